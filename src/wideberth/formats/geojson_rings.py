"""Rings of a GeoJSON polygon: closed, straight in longitude and latitude, not crossing themselves.

Source: RFC 7946, sections 3.1.1, 3.1.6 and 3.1.9.
"""

import itertools
from collections.abc import Sequence
from typing import Any

from wideberth.engine.edges import eastward_deg, straight_ring
from wideberth.errors import ImpossibleValueError, SelfCrossingError
from wideberth.formats.coordinates import read_position
from wideberth.formats.fields import show_value
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.model.footprint import Part, Point, opened, show
from wideberth.model.ring import PlanePoint, first_crossing

_CLOSE = "Repeat the first position at the end (RFC 7946, 3.1.6)."


def part_of(
    rings: Any, options: ReadOptions, *, where: str
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    """Return one part from an outer ring and its holes, or none with every problem.

    With options.repair a part that crosses itself becomes the hull of its outer ring, without
    holes: the larger area, so that nothing is missed.
    """
    if not isinstance(rings, list) or not rings:
        return (), (_error(where, "the polygon has no ring.", _CLOSE),)
    problems: list[Problem] = []
    read: list[list[Point]] = []
    for number, ring in enumerate(rings):
        points, found = _positions(ring, where, "outer ring" if number == 0 else f"hole {number}")
        problems.extend(found)
        read.append(points)
    if problems:
        return (), tuple(problems)
    try:
        return (_part(read),), ()
    except SelfCrossingError as error:
        if options.repair:
            return _mended(read[0], error, options, where)
        remedy = f"{error.remedy} Or use --repair to take the hull of its vertices.".strip()
        return (), (_error(where, error.what, remedy),)
    except ImpossibleValueError as error:
        return (), (Problem.of(error, where),)


def _error(where: str, what: str, remedy: str = "") -> Problem:
    return Problem(Severity.ERROR, where, what, remedy)


def _part(rings: Sequence[Sequence[Point]]) -> Part:
    chains = []
    for ring in rings:
        _refuse_crossing(ring)
        chains.append(straight_ring(ring))
    return Part(chains[0], tuple(chains[1:]))


def _mended(
    outer: Sequence[Point], error: SelfCrossingError, options: ReadOptions, where: str
) -> tuple[tuple[Part, ...], tuple[Problem, ...]]:
    try:
        polygon, problems = polygon_of(straight_ring(outer), options, where=where)
    except ImpossibleValueError as second:
        return (), (Problem.of(second, where),)
    if polygon is None:
        return (), problems
    note = f"{error.what} Mended on request: the area round its outer ring is taken, without holes."
    return polygon.parts, (Problem(Severity.ASSUMED, where, note, "Ask the issuer."),)


def _positions(ring: Any, where: str, name: str) -> tuple[list[Point], list[Problem]]:
    """Return a ring's vertices without the closing one, and every problem with them."""
    if not isinstance(ring, list):
        return [], [_error(where, f"{name} is {show_value(ring)}, not a list of positions.")]
    points, problems = positions_of(ring, where, name)
    if problems:
        return [], problems
    if len(points) < 4:
        return [], [_error(where, f"{name} has {len(points)} positions; 4 are needed.", _CLOSE)]
    if points[0] != points[-1]:
        ends = f"{show(points[0])} and ends at {show(points[-1])}"
        return [], [_error(where, f"{name} is not closed: it starts at {ends}.", _CLOSE)]
    return list(opened(points)), []


def positions_of(values: Sequence[Any], where: str, name: str) -> tuple[list[Point], list[Problem]]:
    """Return the positions of a list, and a problem for each that is none."""
    points: list[Point] = []
    problems: list[Problem] = []
    for place, value in enumerate(values):
        try:
            points.append(read_position(value))
        except ImpossibleValueError as error:
            what = f"{name}, position {place}: {error.what}"
            problems.append(_error(where, what, error.remedy))
    return points, problems


def _refuse_crossing(ring: Sequence[Point]) -> None:
    """Raise SelfCrossingError where the ring, as written on the flat map, meets itself."""
    if len(ring) < 3:
        raise ImpossibleValueError(
            f"a ring needs at least 3 different vertices; {len(ring)} found."
        )
    flat, start = _flat(ring)
    crossing = first_crossing(flat)
    if crossing is not None:
        at = (crossing.at[0] - 360.0 * round(crossing.at[0] / 360.0), crossing.at[1])
        first, second = ((edge + start) % len(ring) for edge in crossing[:2])
        raise SelfCrossingError(
            f"ring crosses itself: the edges after position {first} and position {second}"
            f" meet at {show(at)}.",
            crossing=at,
            remedy="Check the order of the positions.",
        )


def _flat(ring: Sequence[Point]) -> tuple[list[PlanePoint], int]:
    """Return a ring with longitudes that run on past 180 where an edge goes the short way.

    A ring that runs along a pole, or goes once round it, is closed along that pole's edge of the
    map, so what is written as a cap is seen as one. Also returns which position comes first.
    """
    if all(abs(b[0] - a[0]) < 180.0 for a, b in itertools.pairwise([*ring, ring[0]])):
        return list(ring), 0
    at_pole = [abs(lat_deg) == 90.0 for _, lat_deg in ring]
    leaves = [
        i
        for i in range(len(ring))
        if at_pole[i] and at_pole[i - 1] and not at_pole[(i + 1) % len(ring)]
    ]
    start = leaves[0] if leaves else 0
    turned = [*ring[start:], *ring[:start]]
    flat = [turned[0]]
    for a, b in itertools.pairwise(turned):
        if not abs(a[1]) == abs(b[1]) == 90.0:
            flat.append((flat[-1][0] + eastward_deg(a, b), b[1]))
    if leaves:
        return flat, start
    end = (flat[-1][0] + eastward_deg(turned[-1], turned[0]), turned[0][1])
    if round((end[0] - flat[0][0]) / 360.0):
        pole_deg = 90.0 if sum(lat_deg for _, lat_deg in ring) > 0.0 else -90.0
        flat += [end, (end[0], pole_deg), (flat[0][0], pole_deg)]
    return flat, start
