"""The groups of one volume on a slip: heights, times, band, shape and places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import point_of_mgrs
from wideberth.formats.slip import ROLES
from wideberth.formats.slip_codes import band_of, heights_of, unspell, unstamp, window_of
from wideberth.model.footprint import (
    Circle,
    Corridor,
    Everywhere,
    Footprint,
    Part,
    Point,
    Polygon,
    Ring,
    Track,
)
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena, Role, Volume

_SHAPE: Final = re.compile(r"(E)|([CLMA])(\d{1,8})")
_PLACE: Final = re.compile(r"([AHN])((?:\d\d)?[A-Z]{3}\d{10})(?:T(\d{17}))?")
_ROLES: Final[dict[str, Role]] = {letter: role for role, letter in ROLES.items()}

Bodies = Sequence[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class _Place:
    mark: str
    point: Point
    time_s: float | None


def volume_of(bodies: Bodies, arenas: Mapping[str, Arena]) -> Volume:
    """Return the volume of its groups, the first of them V; errors name the group or the volume."""
    _refuse_twice(bodies)
    said = {letter: (number, text) for number, letter, text in bodies if letter in "VHTFS"}
    number, head = said["V"]
    if not head or head[0] not in arenas:
        raise ImpossibleValueError("no arena.", where=_where(number))
    for letter, name in (("H", "heights"), ("S", "shape")):
        if letter not in said:
            raise ImpossibleValueError(f"no {name} follow.", where=_where(number))
    footprint = _footprint(said["S"], [_place(*body) for body in _only(bodies, "M")])
    try:
        role, band = (said["F"][1][:1], said["F"][1][1:]) if "F" in said else ("", "")
        return Volume(
            id=unspell(head[1:]),
            arena=arenas[head[0]],
            footprint=footprint,
            height=heights_of(said["H"][1]),
            time=_window(footprint, said.get("T")),
            freq=band_of(band) if band else None,
            role=_ROLES.get(role),
        )
    except ImpossibleValueError as error:
        raise ImpossibleValueError(
            error.what, remedy=error.remedy, where=f"volume from {_where(number)}"
        ) from error


def _where(number: int) -> str:
    return f"group {number:03d}"


def _refuse_twice(bodies: Bodies) -> None:
    seen: set[str] = set()
    for number, letter, _ in bodies:
        if letter not in "VHTFSM" or (letter in seen and letter != "M"):
            raise ImpossibleValueError(f"letter {letter} is not due.", where=_where(number))
        seen.add(letter)


def _only(bodies: Bodies, wanted: str) -> Iterator[tuple[int, str]]:
    return ((number, text) for number, letter, text in bodies if letter == wanted)


def _place(number: int, text: str) -> _Place:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ImpossibleValueError("no place.", where=_where(number))
    mark, reference, time = found.groups()
    try:
        time_s = None if time is None else unstamp(time[:14]) + int(time[14:]) / 1000.0
        return _Place(mark, point_of_mgrs(reference), time_s)
    except ImpossibleValueError as error:
        raise ImpossibleValueError(error.what, where=_where(number)) from error


def _window(footprint: Footprint, said: tuple[int, str] | None) -> TimeWindow:
    if isinstance(footprint, Track):
        return TimeWindow(footprint.times_s[0], footprint.times_s[-1])
    if said is None:
        raise ImpossibleValueError("no times are given.")
    return window_of(said[1])


def _footprint(said: tuple[int, str], places: Sequence[_Place]) -> Footprint:
    found = _SHAPE.fullmatch(said[1])
    if found is None:
        raise ImpossibleValueError("no shape.", where=_where(said[0]))
    try:
        return _shape_of(found[2], int(found[3] or 0), places)
    except ImpossibleValueError as error:
        raise ImpossibleValueError(
            error.what, remedy=error.remedy, where=f"shape of {_where(said[0])}"
        ) from error


def _shape_of(kind: str | None, number: int, places: Sequence[_Place]) -> Footprint:
    """Return a shape; number: its radius or half width in metres, or how many parts it has."""
    points = tuple(place.point for place in places)
    match kind:
        case "C" if len(points) == 1:
            return Circle(points[0], float(number))
        case "L":
            return Corridor(points, float(number))
        case "M":
            times_s = tuple(p.time_s for p in places if p.time_s is not None)
            return Track(points, times_s, float(number))
        case "A":
            return _area(places, number)
        case None if not points:
            return Everywhere()
    raise ImpossibleValueError(f"{len(points)} places for this shape.")


def _area(places: Sequence[_Place], count: int) -> Polygon:
    rings: list[tuple[str, list[Point]]] = []
    for place in places:
        if place.mark != "N":
            rings.append((place.mark, []))
        if not rings:
            raise ImpossibleValueError("the first place begins no ring.")
        rings[-1][1].append(place.point)
    parts: list[tuple[Ring, list[Ring]]] = []
    for mark, ring in rings:
        if mark == "A":
            parts.append((tuple(ring), []))
        elif parts:
            parts[-1][1].append(tuple(ring))
    if len(parts) != count or not rings or rings[0][0] != "A":
        raise ImpossibleValueError(f"{len(parts)} parts where {count} are announced.")
    return Polygon(tuple(Part(outer, tuple(holes)) for outer, holes in parts))
