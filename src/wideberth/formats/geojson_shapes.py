"""The geometry of a plan's feature, with its widths and times, to a footprint.

Source: RFC 7946, section 3.1; DESIGN section 6 for the widths and times.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from wideberth.engine.edges import crosses_antimeridian, settled, straight_legs
from wideberth.engine.geodesy import GEOD
from wideberth.errors import ImpossibleValueError
from wideberth.formats.fields import Fields, nearest, show_value
from wideberth.formats.geojson_rings import part_of, positions_of
from wideberth.formats.plan_keys import HALF_WIDTH, RADIUS
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Footprint, Part, Point, Polygon, Track

_TYPES: Final = ("Point", "LineString", "Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A footprint, or None with the reasons; and what is worth knowing of its positions."""

    footprint: Footprint | None
    problems: tuple[Problem, ...] = ()
    has_height: bool = False


def shape_of(
    geometry: Any, properties: Mapping[str, Any], options: ReadOptions, where: str
) -> Shaped:
    """Return the footprint of one feature; radius_m, half_width_m and times are its properties."""
    fields = Fields({key: properties.get(key) for key in (*RADIUS, *HALF_WIDTH, "times")}, where)
    if not isinstance(geometry, Mapping):
        fields.fail(f"the geometry is {show_value(geometry)}.", "Give the feature a geometry.")
        return Shaped(None, tuple(fields.problems))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in _TYPES:
        fields.fail(f"geometry {show_value(kind)} is not taken.", f"Use {', '.join(_TYPES)}.")
        if isinstance(kind, str):
            fields.problems[-1:] = [_with_hint(fields.problems[-1], kind)]
        return Shaped(None, tuple(fields.problems))
    if not isinstance(coordinates, list) or not coordinates:
        fields.fail(f"the {kind} has no coordinates.", "Give its positions as [lon, lat].")
        return Shaped(None, tuple(fields.problems))
    if kind == "Point":
        footprint = _circle(fields, coordinates)
    elif kind == "LineString":
        footprint = _line(fields, coordinates)
    else:
        rings = [coordinates] if kind == "Polygon" else coordinates
        footprint = _polygon(fields, kind, rings, options)
    if any(problem.severity is Severity.ERROR for problem in fields.problems):
        footprint = None
    return Shaped(footprint, tuple(fields.problems), _has_height(coordinates))


def _with_hint(problem: Problem, kind: str) -> Problem:
    return Problem(
        problem.severity, problem.where, problem.what, f"{problem.remedy} {nearest(kind, _TYPES)}"
    )


def _has_height(coordinates: list[Any]) -> bool:
    """Say whether any position carries a third number."""
    if coordinates and isinstance(coordinates[0], list):
        return any(isinstance(inner, list) and _has_height(inner) for inner in coordinates)
    return len(coordinates) > 2


def _refuse(fields: Fields, kind: str, keys: tuple[str, ...]) -> None:
    for key in fields.given(*keys):
        fields.fail(f"{key!r} has no meaning for a {kind}.", f"Take {key!r} out.")


def _width(fields: Fields, kind: str, units: Mapping[str, float]) -> float | None:
    if not fields.given(*units):
        keys = " or ".join(units)
        fields.fail(f"the {kind} has no {keys}.", f"Give {keys}.")
        return None
    return fields.quantity(units)


def _circle(fields: Fields, coordinates: list[Any]) -> Footprint | None:
    _refuse(fields, "Point", (*HALF_WIDTH, "times"))
    radius_m = _width(fields, "Point", RADIUS)
    points, problems = positions_of([coordinates], fields.where, "Point")
    fields.problems.extend(problems)
    if radius_m is None or not points:
        return None
    try:
        return Circle(points[0], radius_m)
    except ImpossibleValueError as error:
        fields.note(error)
        return None


def _polygon(
    fields: Fields, kind: str, polygons: list[Any], options: ReadOptions
) -> Footprint | None:
    _refuse(fields, kind, (*RADIUS, *HALF_WIDTH, "times"))
    parts: list[Part] = []
    for number, rings in enumerate(polygons):
        name = fields.where if kind == "Polygon" else f"{fields.where}, part {number}"
        made, problems = part_of(rings, options, where=name)
        parts.extend(made)
        fields.problems.extend(problems)
        if made and isinstance(rings, list):
            _note_crossing(fields, rings[0])
    if len(parts) < len(polygons):
        return None
    return Polygon(tuple(parts))


def _note_crossing(fields: Fields, coordinates: list[Any]) -> None:
    points = [(float(position[0]), float(position[1])) for position in coordinates]
    if crosses_antimeridian(points):
        note = "An edge jumps over the antimeridian; it is taken the short way round."
        fields.problems.append(
            Problem(Severity.ASSUMED, fields.where, note, "Cut it there (RFC 7946, 3.1.9).")
        )


def _line(fields: Fields, coordinates: list[Any]) -> Footprint | None:
    """Return a corridor, or with times a moving track; edges follow longitude and latitude."""
    moving = "times" in fields
    width_m = _line_width(fields, moving=moving)
    times_s = _times(fields) if moving else None
    points, problems = positions_of(coordinates, fields.where, "LineString")
    fields.problems.extend(problems)
    if problems or width_m is None or (moving and times_s is None):
        return None
    try:
        if times_s is None:
            line = tuple(point for leg in straight_legs(points) for point in leg[:-1])
            made: Footprint = Corridor((*line, settled(points[-1])), width_m)
        else:
            made = _track(points, times_s, width_m)
    except ImpossibleValueError as error:
        fields.note(error)
        return None
    _note_crossing(fields, coordinates)
    return made


def _line_width(fields: Fields, *, moving: bool) -> float | None:
    if moving and fields.given(*RADIUS) and fields.given(*HALF_WIDTH):
        fields.fail("the track has both a radius and a half width.", "Keep one of them.")
        return None
    if moving:
        return _width(fields, "track", HALF_WIDTH if fields.given(*HALF_WIDTH) else RADIUS)
    _refuse(fields, "LineString without 'times'", tuple(RADIUS))
    return _width(fields, "LineString", HALF_WIDTH)


def _times(fields: Fields) -> list[float] | None:
    value = fields.values["times"]
    if not isinstance(value, list):
        fields.fail(f"'times' is {show_value(value)}.", "Give a list, one time a position.")
        return None
    times_s: list[float] = []
    for place, text in enumerate(value):
        if not isinstance(text, str):
            fields.fail(f"time {place} is {show_value(text)}.", "Write 2026-11-22T08:00:00Z.")
            continue
        time_s = fields.parse_instant(text, f"time {place}")
        if time_s is not None:
            times_s.append(time_s)
    return times_s if len(times_s) == len(value) else None


def _track(points: list[Point], times_s: list[float], radius_m: float) -> Track:
    """Return the moving disc; a leg's time is shared out by length, so its speed is even."""
    Track(tuple(points), tuple(times_s), radius_m)  # the checks of the track as it was written
    at, when = [settled(points[0])], [times_s[0]]
    for number, leg in enumerate(straight_legs(points)):
        start_s, end_s = times_s[number], times_s[number + 1]
        if len(leg) > 2:
            lon, lat = zip(*leg, strict=True)
            lengths = [float(m) for m in GEOD.line_lengths(lon, lat)]
            gone_m, whole_m = 0.0, sum(lengths)
            for length_m, point in zip(lengths[:-1], leg[1:-1], strict=False):
                gone_m += length_m
                at.append(point)
                when.append(round(start_s + (end_s - start_s) * (gone_m / whole_m), 6))
        at.append(leg[-1])
        when.append(end_s)
    if any(b <= a for a, b in itertools.pairwise(when)):
        raise ImpossibleValueError(
            "a leg is flown faster than its times can tell.", remedy="Check 'times'."
        )
    return Track(tuple(at), tuple(when), radius_m)
