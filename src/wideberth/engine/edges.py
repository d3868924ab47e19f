"""Edges that are straight in longitude and latitude (RFC 7946), as chains of geodesics, and back.

A straight line in longitude and latitude bends against the geodesic by its geodesic curvature k:
over a length L the two are k L^2 / 8 apart at most. With the change of longitude dl and latitude
dp along the edge, on a sphere, k = sin(lat) dl (1 + cos^2 a) / D per radian, a the angle from
north and D^2 = cos^2(lat) dl^2 + dp^2 (differentiate tan a = cos(lat) dl / dp along the edge). The
bound below takes each factor at its worst along the edge, so no edge is split too little.
"""

import itertools
import math
from collections.abc import Sequence
from typing import Final

from wideberth.engine.geodesy import GEOD
from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Point, show

TOLERANCE_M: Final = 1.0  # DESIGN section 4: no point of an edge is off by more
MAX_POINTS: Final = 250_000  # of one feature after its edges are split
_RADIUS_M: Final = 6.4e6  # above every radius of curvature of WGS-84 (6,335 to 6,399.6 km)
_SAFETY: Final = 1.1  # the ellipsoid's slant against the sphere's, and sec(L/2) against L^2 / 8
_MAX_STEP_RAD: Final = math.radians(20.0)
_POLE_DEG: Final = 90.0


def eastward_deg(a: Point, b: Point) -> float:
    """Return how far an edge goes east, -180 to 180 degrees: the short way round the Earth.

    Along a pole it goes nowhere. Raises ImpossibleValueError for exactly 180 degrees.
    """
    if abs(a[1]) == _POLE_DEG and a[1] == b[1]:
        return 0.0
    change_deg = b[0] - a[0]
    if abs(change_deg) < 180.0:
        return change_deg
    if abs(change_deg) == 180.0:
        raise ImpossibleValueError(
            f"the edge from {show(a)} to {show(b)} spans exactly 180 degrees of longitude.",
            remedy="Add a vertex between them, so that it is clear which way it goes.",
        )
    return change_deg - math.copysign(360.0, change_deg)


def crosses_antimeridian(points: Sequence[Point]) -> bool:
    """Say whether some edge, as written, jumps over the map's side and so goes the short way."""
    return any(
        180.0 < abs(b[0] - a[0]) < 360.0 and not abs(a[1]) == abs(b[1]) == _POLE_DEG
        for a, b in itertools.pairwise(points)
    )


def pieces_of(a: Point, b: Point, *, tolerance_m: float = TOLERANCE_M) -> int:
    """Return into how many equal pieces a straight edge is cut to stay near its geodesics.

    Raises ImpossibleValueError where the edge's direction is not clear (eastward_deg).
    """
    d_lon = math.radians(abs(eastward_deg(a, b)))
    if d_lon == 0.0:
        return 1
    high, low = math.radians(abs(a[1])), math.radians(abs(b[1]))
    if high < low:
        high, low = low, high
    if a[1] * b[1] < 0.0:
        low = 0.0
    d_lat = math.radians(b[1] - a[1])
    least = math.hypot(math.cos(high) * d_lon, d_lat)
    most = math.hypot(math.cos(low) * d_lon, d_lat)
    if least == 0.0:
        return 1
    bend = math.sin(high) * d_lon * (1.0 + (d_lat / least) ** 2) * most * (most / least)
    pieces = math.sqrt(bend * _RADIUS_M * _SAFETY / (8.0 * tolerance_m))
    return max(1, math.ceil(pieces), math.ceil(most / _MAX_STEP_RAD))


def straight_legs(points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    """Return each edge of a line as a chain of points, both ends included.

    Geodesics along the chain stay within TOLERANCE_M of the edge that is straight in longitude
    and latitude. Longitudes are brought to above -180 and up to 180, and a pole's to 0. Raises
    ImpossibleValueError for an edge whose way is not clear, and beyond MAX_POINTS.
    """
    counts = [pieces_of(a, b) for a, b in itertools.pairwise(points)]
    if sum(counts) > MAX_POINTS:
        raise ImpossibleValueError(
            f"{len(points)} vertices become {sum(counts)} when its edges follow straight lines of"
            f" longitude and latitude to {TOLERANCE_M:g} m; at most {MAX_POINTS} are taken.",
            remedy="Split it into smaller features.",
        )
    ends = zip(itertools.pairwise(points), counts, strict=True)
    return tuple((*_from(a, b, n), settled(b)) for (a, b), n in ends)


def _from(a: Point, b: Point, pieces: int) -> list[Point]:
    """Return the points of an edge from its first vertex on, without its last."""
    if pieces == 1:
        return [settled(a)]
    d_lon, d_lat = eastward_deg(a, b) / pieces, (b[1] - a[1]) / pieces
    inner = [settled((_wrapped(a[0] + k * d_lon), a[1] + k * d_lat)) for k in range(1, pieces)]
    return [settled(a), *inner]


def _wrapped(lon_deg: float) -> float:
    return lon_deg - 360.0 if lon_deg > 180.0 else lon_deg + 360.0 if lon_deg < -180.0 else lon_deg


def settled(point: Point) -> Point:
    """Return a position in the one form it has: -180 is 180, and a pole's longitude is 0."""
    lon_deg, lat_deg = point
    if abs(lat_deg) == _POLE_DEG:
        return 0.0, lat_deg
    return (180.0, lat_deg) if lon_deg == -180.0 else point


def straight_ring(ring: Sequence[Point]) -> tuple[Point, ...]:
    """Return an open ring with edges straight in longitude and latitude as a ring of geodesics.

    A cut along the antimeridian or to a pole, which a flat map needs (RFC 7946, 3.1.9), is taken
    out: it goes there and back and bounds nothing. Errors as straight_legs.
    """
    legs = straight_legs([*ring, ring[0]])
    kept: list[Point] = []
    for point in (point for leg in legs for point in leg[:-1]):
        if not kept or point != kept[-1]:
            kept.append(point)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if any(abs(lat_deg) == _POLE_DEG or lon_deg == 180.0 for lon_deg, lat_deg in kept):
        return _without_cut(kept)
    return tuple(kept)


def _without_cut(ring: list[Point]) -> tuple[Point, ...]:
    """Take out tips where a ring turns straight back on a pole or on the antimeridian."""
    kept = list(ring)
    at = 0
    calm = 0
    while len(kept) > 2 and calm < len(kept):
        at %= len(kept)
        before, tip, after = kept[at - 1], kept[at], kept[(at + 1) % len(kept)]
        if before == tip or _is_tip(before, tip, after):
            del kept[at]
            at, calm = at - 1, 0
        else:
            at, calm = at + 1, calm + 1
    return tuple(kept)


def _is_tip(before: Point, tip: Point, after: Point) -> bool:
    if abs(tip[1]) == _POLE_DEG:
        return before[0] == after[0] and before != tip != after
    on_cut = before[0] == tip[0] == after[0] == 180.0
    return on_cut and (before[1] - tip[1]) * (after[1] - tip[1]) > 0.0


def geodesic_leg(a: Point, b: Point) -> tuple[tuple[Point, ...], tuple[float, ...]]:
    """Return a geodesic as points with straight edges between that stay within TOLERANCE_M of it.

    Both ends are included. Also returns how far along each point lies, as a share from 0 to 1. What
    is returned needs no further points: pieces_of is 1 for each edge. A geodesic over a pole has
    the pole twice, once for each meridian.
    """
    azimuth, _, length_m = GEOD.inv(*a, *b)
    points, shares = [a], [0.0]
    waiting = [(1.0, b)]
    while waiting:
        share, point = waiting[-1]
        short_m = (share - shares[-1]) * length_m
        if _is_one_piece(points[-1], point):
            points.append(point)
            shares.append(share)
            waiting.pop()
        elif short_m < TOLERANCE_M and abs(point[0] - points[-1][0]) == 180.0:
            pole_deg = math.copysign(_POLE_DEG, point[1])
            pair = [(points[-1][0], pole_deg), (point[0], pole_deg)]
            pole = [p for p in pair if p not in (points[-1], point)]
            shares += [GEOD.inv(*a, 0.0, pole_deg)[2] / length_m] * len(pole)
            points += pole
        else:
            middle = (share + shares[-1]) / 2.0
            lon_deg, lat_deg, _ = GEOD.fwd(*a, azimuth, length_m * middle)
            waiting.append((middle, (lon_deg, lat_deg)))
    return tuple(points), tuple(shares)


def _is_one_piece(a: Point, b: Point) -> bool:
    if abs(b[0] - a[0]) == 180.0 and not abs(a[1]) == abs(b[1]) == _POLE_DEG:
        return False
    return pieces_of(a, b) == 1
