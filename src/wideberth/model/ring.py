"""Closed rings on the Earth: where one crosses itself, and which points it holds.

Rings are looked at in a gnomonic plane about their own centre, where great circles are straight
(Snyder, Map Projections: A Working Manual, 1987, chapter 22). Good to 80 degrees from the centre.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

Point = tuple[float, float]  # (lon_deg, lat_deg)
PlanePoint = tuple[float, float]

MAX_RADIUS_DEG: Final = 80.0  # farther out a gnomonic plane runs away


class Crossing(NamedTuple):
    """Two edges (by the place of their first vertex) and where they meet, in the plane."""

    first_edge: int
    second_edge: int
    at: PlanePoint


class Gnomonic:
    """A plane touching the sphere at the mean of some points."""

    __slots__ = ("cos_lat", "cos_lon", "sin_lat", "sin_lon")

    def __init__(self, points: Sequence[Point]) -> None:
        x = y = z = 0.0
        for lon_deg, lat_deg in points:
            lon, lat = math.radians(lon_deg), math.radians(lat_deg)
            c = math.cos(lat)
            x += c * math.cos(lon)
            y += c * math.sin(lon)
            z += math.sin(lat)
        h = math.hypot(x, y)
        n = math.hypot(h, z) or 1.0
        self.sin_lat, self.cos_lat = z / n, h / n
        self.sin_lon, self.cos_lon = (y / h, x / h) if h > 0.0 else (0.0, 1.0)

    def forward(self, point: Point) -> PlanePoint | None:
        """Return plane coordinates in Earth radii, or None beyond 80 degrees."""
        lon, lat = math.radians(point[0]), math.radians(point[1])
        sin_phi, cos_phi = math.sin(lat), math.cos(lat)
        sin_l, cos_l = math.sin(lon), math.cos(lon)
        cos_d = cos_l * self.cos_lon + sin_l * self.sin_lon
        sin_d = sin_l * self.cos_lon - cos_l * self.sin_lon
        cos_c = self.sin_lat * sin_phi + self.cos_lat * cos_phi * cos_d
        if cos_c < _MIN_COS:
            return None
        return (
            cos_phi * sin_d / cos_c,
            (self.cos_lat * sin_phi - self.sin_lat * cos_phi * cos_d) / cos_c,
        )

    def inverse(self, at: PlanePoint) -> Point:
        """Return (lon_deg, lat_deg) of a plane point."""
        x, y = at
        up = self.cos_lat - y * self.sin_lat
        east = x
        north = self.sin_lat + y * self.cos_lat
        ex = up * self.cos_lon - east * self.sin_lon
        ey = up * self.sin_lon + east * self.cos_lon
        return math.degrees(math.atan2(ey, ex)), math.degrees(math.atan2(north, math.hypot(ex, ey)))


_MIN_COS: Final = math.cos(math.radians(MAX_RADIUS_DEG))


def _side(a: PlanePoint, b: PlanePoint, c: PlanePoint) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _meeting(a: PlanePoint, b: PlanePoint, c: PlanePoint, d: PlanePoint) -> PlanePoint | None:
    """Return where segments ab and cd meet (touching counts), or None."""
    at = _proper_crossing(a, b, c, d)
    if at is not None:
        return at
    d1, d2, d3, d4 = _side(c, d, a), _side(c, d, b), _side(a, b, c), _side(a, b, d)
    for side, p, u, v in ((d1, a, c, d), (d2, b, c, d), (d3, c, a, b), (d4, d, a, b)):
        if side == 0.0 and _within(p, u, v):
            return p
    return None


def _within(p: PlanePoint, u: PlanePoint, v: PlanePoint) -> bool:
    return min(u[0], v[0]) <= p[0] <= max(u[0], v[0]) and min(u[1], v[1]) <= p[1] <= max(u[1], v[1])


def _close_pairs(edges: Sequence[tuple[float, float, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of edges whose extents in x meet; each edge is (min x, max x, index)."""
    order = sorted(edges)
    active: list[tuple[float, int]] = []
    for low, high, index in order:
        active = [(h, i) for h, i in active if h >= low]
        for _, other in active:
            yield (other, index) if other < index else (index, other)
        active.append((high, index))


def effort(ring: Sequence[PlanePoint]) -> int:
    """Return how many pairs of edges `first_crossing` looks at, without looking at them."""
    return min(_overlaps(_spans(ring, axis)) for axis in (0, 1))


def _spans(ring: Sequence[PlanePoint], axis: int) -> list[tuple[float, float]]:
    """Return from where to where each edge reaches on an axis of the plane."""
    ends = zip(ring, (*ring[1:], ring[0]), strict=True)
    return [(min(a[axis], b[axis]), max(a[axis], b[axis])) for a, b in ends]


def _overlaps(spans: Sequence[tuple[float, float]]) -> int:
    """Return how many pairs of spans meet."""
    ends = sorted(high for _low, high in spans)
    apart = sum(bisect_left(ends, low) for low, _high in spans)
    return len(spans) * (len(spans) - 1) // 2 - apart


def first_crossing(ring: Sequence[PlanePoint]) -> Crossing | None:
    """Return the first self-crossing of an open ring (last vertex joins the first), or None.

    Neighbouring edges share a vertex and may not fold back on each other; other edges may not
    even touch. Order is by edge, so the answer does not depend on the search.
    """
    n = len(ring)
    along, across = sorted((_spans(ring, axis) for axis in (0, 1)), key=_overlaps)
    edges = [(low, high, i) for i, (low, high) in enumerate(along)]
    found: Crossing | None = None
    for i, j in _close_pairs(edges):
        if across[i][0] > across[j][1] or across[j][0] > across[i][1]:
            continue
        if found is not None and (i, j) >= (found.first_edge, found.second_edge):
            continue
        a, b, c, d = ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n]
        if j == i + 1 or (i == 0 and j == n - 1):
            at = _fold(a, b, d) if j == i + 1 else _fold(c, a, b)
        else:
            at = _meeting(a, b, c, d)
        if at is not None:
            found = Crossing(i, j, at)
    return found


def _fold(a: PlanePoint, b: PlanePoint, c: PlanePoint) -> PlanePoint | None:
    """Return b when the path a, b, c turns straight back at b."""
    if _side(a, b, c) != 0.0:
        return None
    dot = (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1])
    return b if dot > 0.0 else None


def crossing_between(one: Sequence[PlanePoint], two: Sequence[PlanePoint]) -> PlanePoint | None:
    """Return a point where two rings properly cross each other, or None (touching is allowed)."""
    west, east = min(x for x, _ in two), max(x for x, _ in two)
    south, north = min(y for _, y in two), max(y for _, y in two)
    for i, a in enumerate(one):
        b = one[(i + 1) % len(one)]
        if max(a[0], b[0]) < west or min(a[0], b[0]) > east:
            continue
        if max(a[1], b[1]) < south or min(a[1], b[1]) > north:
            continue
        for j, c in enumerate(two):
            at = _proper_crossing(a, b, c, two[(j + 1) % len(two)])
            if at is not None:
                return at
    return None


def _proper_crossing(
    a: PlanePoint, b: PlanePoint, c: PlanePoint, d: PlanePoint
) -> PlanePoint | None:
    """Return where segments ab and cd pass through each other, or None."""
    d1, d2, d3, d4 = _side(c, d, a), _side(c, d, b), _side(a, b, c), _side(a, b, d)
    if not (((d1 > 0.0 > d2) or (d1 < 0.0 < d2)) and ((d3 > 0.0 > d4) or (d3 < 0.0 < d4))):
        return None
    t = d1 / (d1 - d2)
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def holds(ring: Sequence[PlanePoint], p: PlanePoint) -> bool:
    """Return whether a plane point lies inside the ring (even-odd; the edge itself may be either).

    Source: crossing-number test, Shimrat 1962, Algorithm 112.
    """
    inside = False
    x, y = p
    for i, (x1, y1) in enumerate(ring):
        x2, y2 = ring[i - 1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
