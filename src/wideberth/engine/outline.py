"""Footprints as rings of many points, for drawing and export; nothing is ever judged on them.

Every footprint becomes patches whose union it is. Each ring of a patch is closed, densified until
a straight line in longitude and latitude between neighbours strays from the true edge by no more
than a tolerance, and keeps its inside on the left. From the sense in which such a ring goes round
the axis follows which pole it holds, so nothing here looks at shapes case by case.
"""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from wideberth.model.footprint import (
    Circle,
    Corridor,
    Everywhere,
    Footprint,
    Part,
    Point,
    Polygon,
    Ring,
)
from wideberth.model.ring import Gnomonic

Positions = NDArray[np.float64]  # (n, 2): lon_deg, lat_deg
Curve = Callable[[NDArray[np.float64]], Positions]  # from a running number to positions

TOLERANCE_M: Final = 1.0
_GEOD: Final = pyproj.Geod(ellps="WGS84")
_METRES_PER_DEGREE: Final = 111_320.0  # along the equator, WGS-84
_CIRCLE_PIECES: Final = 72
_STRIP_M: Final = 3.0e6  # a strip this short holds at most one pole, however wide it is
_ROUNDS: Final = 40
_WAYPOINTS: Final = np.array([0.25, 0.5, 0.75])


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """An area in one piece; all its rings, the holes too, have their own inside on the left."""

    outer: Positions
    holes: tuple[Positions, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rings:
    """What a footprint covers: patches (their union), or a line or a point without width."""

    patches: tuple[Patch, ...] = ()
    line: Positions | None = None
    point: Point | None = None
    everywhere: bool = False


def rings_of(footprint: Footprint, *, tolerance_m: float = TOLERANCE_M) -> Rings:
    """Return the footprint as dense rings, each within tolerance_m (above 0) of the true edge.

    A circle of radius 0 is a point, a corridor or track of width 0 a line.
    """
    if isinstance(footprint, Everywhere):
        return Rings(everywhere=True)
    if isinstance(footprint, Polygon):
        return Rings(tuple(_part(part, tolerance_m) for part in footprint.parts))
    if isinstance(footprint, Circle):
        if footprint.radius_m == 0.0:
            return Rings(point=footprint.centre)
        return Rings((Patch(_disc(footprint.centre, footprint.radius_m, tolerance_m)),))
    points = footprint.points
    reach_m = footprint.half_width_m if isinstance(footprint, Corridor) else footprint.radius_m
    if reach_m == 0.0:
        return Rings(line=_flatten(_path(points), len(points) - 1, tolerance_m))
    discs = [_disc(point, reach_m, tolerance_m) for point in dict.fromkeys(points)]
    strips = _strips(points, reach_m, tolerance_m)
    return Rings(tuple(Patch(ring) for ring in (*discs, *strips)))


def outline_of(
    footprint: Footprint, *, tolerance_m: float = TOLERANCE_M, centre_lon_deg: float = 0.0
) -> shapely.Geometry:
    """Return the footprint flat in longitude and latitude, cut where the map's two sides meet.

    With centre_lon_deg 0 the cut is at the antimeridian and longitudes run from -180 to 180. An
    area that holds a pole is closed along the pole's edge of the map. Outer rings run
    anticlockwise, holes clockwise (RFC 7946, 3.1.6). Degrees; see rings_of for the tolerance.
    """
    return flat(rings_of(footprint, tolerance_m=tolerance_m), centre_lon_deg=centre_lon_deg)


def flat(rings: Rings, *, centre_lon_deg: float = 0.0) -> shapely.Geometry:
    """Return rings flat in longitude and latitude; see outline_of."""
    west_deg = centre_lon_deg - 180.0
    if rings.everywhere:
        return shapely.orient_polygons(shapely.box(west_deg, -90.0, west_deg + 360.0, 90.0))
    if rings.point is not None:
        lon_deg, lat_deg = rings.point
        inside_deg = west_deg + (lon_deg - west_deg) % 360.0
        return shapely.Point(lon_deg if centre_lon_deg == 0.0 else inside_deg, lat_deg)
    if rings.line is not None:
        return _cut(shapely.LineString(_unwrapped(rings.line)), west_deg)
    areas = [_flat_patch(patch, west_deg) for patch in rings.patches]
    whole = areas[0] if len(areas) == 1 else shapely.union_all(areas)
    return shapely.orient_polygons(whole)


def _flat_patch(patch: Patch, west_deg: float) -> shapely.Geometry:
    area = _flat_ring(patch.outer, west_deg)
    for hole in patch.holes:
        area = shapely.difference(area, _flat_ring(hole, west_deg))
    return areas_of(area)


def _flat_ring(ring: Positions, west_deg: float) -> shapely.Geometry:
    """Return what a ring holds; one that goes once round the axis is closed along its pole.

    With the inside on the left a ring that runs eastwards round the axis holds the north pole.
    """
    path = _unwrapped(ring)
    turns = round((path[-1, 0] - path[0, 0]) / 360.0)
    if turns:
        turn = np.array([360.0 * turns, 0.0])
        pole_deg = math.copysign(90.0, turns)
        path = path - np.array([360.0 * math.floor((path[0, 0] - west_deg) / 360.0), 0.0])
        path = np.concatenate([path[:-1] - turn, path[:-1], path + turn])
        ends = [[path[-1, 0], pole_deg], [path[0, 0], pole_deg]]
        path = np.concatenate([path, ends])
    area = areas_of(shapely.make_valid(shapely.Polygon(path)))
    if turns:
        return areas_of(shapely.intersection(area, _frame(west_deg)))
    return areas_of(_cut(area, west_deg))


def _cut(shape: shapely.Geometry, west_deg: float) -> shapely.Geometry:
    """Return a shape brought into the map's 360 degrees, cut where it runs over their edge."""
    low, _, high, _ = shapely.bounds(shape)
    first = math.floor((low - west_deg) / 360.0)
    last = math.ceil((high - west_deg) / 360.0)
    if last - first <= 1:
        return _moved(shape, first) if first else shape
    pieces = []
    for k in range(first, last):
        piece = shapely.intersection(shape, _frame(west_deg + 360.0 * k))
        if piece.has_z or shapely.get_dimensions(piece) < shapely.get_dimensions(shape):
            continue
        pieces.append(_moved(piece, k))
    return shapely.union_all(pieces)


def _moved(shape: shapely.Geometry, turns: int) -> shapely.Geometry:
    def move(xy: Positions) -> Positions:
        moved: Positions = xy - np.array([360.0 * turns, 0.0])
        return moved

    return shapely.transform(shape, move)


def _frame(west_deg: float) -> shapely.Polygon:
    return shapely.box(west_deg, -90.0, west_deg + 360.0, 90.0)


def areas_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return only what has an area: a polygon or several, or an empty one."""
    if isinstance(shape, shapely.Polygon):
        return shape
    parts: list[shapely.Polygon] = [
        q
        for p in shapely.get_parts(shape)
        if shapely.get_dimensions(p) == 2
        for q in shapely.get_parts(p)
        if not shapely.is_empty(q)
    ]
    if len(parts) == 1:
        return parts[0]
    return shapely.MultiPolygon(parts) if parts else shapely.Polygon()


def _unwrapped(path: Positions) -> Positions:
    """Return positions whose longitudes run on past 180 instead of jumping."""
    return np.column_stack([np.unwrap(path[:, 0], period=360.0), path[:, 1]])


# The edges, each as a curve over a running number ------------------------------------------------


def _part(part: Part, tolerance_m: float) -> Patch:
    return Patch(
        _ring(part.outer, tolerance_m), tuple(_ring(hole, tolerance_m) for hole in part.holes)
    )


def _ring(ring: Ring, tolerance_m: float) -> Positions:
    plane = Gnomonic(ring)
    at = [xy for xy in map(plane.forward, ring) if xy is not None]
    twice_area = sum(at[i - 1][0] * y - x * at[i - 1][1] for i, (x, y) in enumerate(at))
    points = ring if twice_area > 0.0 else ring[::-1]
    return _flatten(_path((*points, points[0])), len(points), tolerance_m)


def _path(points: tuple[Point, ...]) -> Curve:
    """Return the line through points: whole numbers are its vertices."""
    lon, lat = np.array(points, dtype=np.float64).T
    azimuth, _, length = _GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])

    def curve(t: NDArray[np.float64]) -> Positions:
        leg = np.minimum(t.astype(int), len(length) - 1)
        along = (t - leg) * length[leg]
        at_lon, at_lat, _ = _GEOD.fwd(lon[leg], lat[leg], azimuth[leg], along)
        at_vertex = t == np.floor(t)
        vertex = t.astype(int)
        at_lon[at_vertex], at_lat[at_vertex] = lon[vertex[at_vertex]], lat[vertex[at_vertex]]
        return np.column_stack([at_lon, at_lat])

    return curve


def _disc(centre: Point, radius_m: float, tolerance_m: float) -> Positions:
    def curve(t: NDArray[np.float64]) -> Positions:
        azimuth = -360.0 * (t % _CIRCLE_PIECES) / _CIRCLE_PIECES
        full = np.ones_like(t)
        at_lon, at_lat, _ = _GEOD.fwd(centre[0] * full, centre[1] * full, azimuth, radius_m * full)
        return np.column_stack([at_lon, at_lat])

    return _flatten(curve, _CIRCLE_PIECES, tolerance_m)


def _strips(points: tuple[Point, ...], reach_m: float, tolerance_m: float) -> list[Positions]:
    """Return, for each stretch of a line, the strip that lies square to it on both sides."""
    strips = []
    for a, b in itertools.pairwise(points):
        azimuth, _, length_m = _GEOD.inv(*a, *b)
        count = math.ceil(length_m / _STRIP_M)
        for k in range(count):
            start_m, end_m = length_m * k / count, length_m * (k + 1) / count
            curve = _strip(a, azimuth, (start_m, end_m), reach_m)
            strips.append(_flatten(curve, 4, tolerance_m))
    return strips


def _strip(a: Point, azimuth: float, span_m: tuple[float, float], reach_m: float) -> Curve:
    """Return a strip's edge: 0 to 1 its right side onwards, 2 to 3 its left side back."""
    start_m, end_m = span_m

    def curve(t: NDArray[np.float64]) -> Positions:
        t = t % 4.0
        back = np.clip(t - 2.0, 0.0, 1.0)
        along = start_m + (end_m - start_m) * (np.minimum(t, 1.0) - back)
        right = np.interp(t, [0.0, 1.0, 2.0, 3.0, 4.0], [1.0, 1.0, -1.0, -1.0, 1.0])
        full = np.ones_like(t)
        lon, lat, back_azimuth = _GEOD.fwd(a[0] * full, a[1] * full, azimuth * full, along)
        at_lon, at_lat, _ = _GEOD.fwd(lon, lat, back_azimuth - 90.0, reach_m * right)
        return np.column_stack([at_lon, at_lat])

    return curve


def _flatten(curve: Curve, pieces: int, tolerance_m: float) -> Positions:
    """Return a curve's points from 0 to pieces, with more put in wherever it strays."""
    t = np.arange(pieces + 1, dtype=np.float64)
    points = curve(t)
    for _ in range(_ROUNDS):
        step = np.diff(t)
        between = (t[:-1, None] + step[:, None] * _WAYPOINTS).ravel()
        stray_m = _stray_m(points, curve(between).reshape(len(step), len(_WAYPOINTS), 2))
        split = np.where(stray_m > tolerance_m, np.ceil(np.sqrt(stray_m / tolerance_m)), 1.0)
        split = np.clip(split, 1.0, 16.0).astype(int)
        if np.all(split == 1):
            break
        starts = np.repeat(t[:-1], split) + np.repeat(step / split, split) * _ranks(split)
        t = np.append(starts, t[-1])
        points = curve(t)
    return points


def _ranks(split: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return 0, 1, ... split[0] - 1, 0, 1, ... split[1] - 1, and so on."""
    starts = np.repeat(np.cumsum(split) - split, split)
    return np.arange(int(split.sum()), dtype=np.float64) - starts


def _stray_m(points: Positions, between: Positions) -> NDArray[np.float64]:
    """Return how far the curve leaves each chord that is straight in longitude and latitude."""
    a, b = points[:-1, None, :], points[1:, None, :]
    shrink = np.cos(np.radians(between[..., 1]))
    east = (b[..., 0] - a[..., 0] + 180.0) % 360.0 - 180.0
    across = (between[..., 0] - a[..., 0] + 180.0) % 360.0 - 180.0
    chord = np.stack([east * shrink, np.broadcast_to(b[..., 1] - a[..., 1], shrink.shape)])
    from_a = np.stack([across * shrink, between[..., 1] - a[..., 1]])
    length = np.hypot(*chord)
    cross = np.abs(chord[0] * from_a[1] - chord[1] * from_a[0])
    safe = np.where(length > 0.0, length, 1.0)
    along = np.sum(chord * from_a, axis=0) / safe
    off = np.where(length > 0.0, cross / safe, 0.0)
    beyond = np.maximum(np.maximum(-along, along - length), 0.0)
    stray: NDArray[np.float64] = np.max(np.hypot(off, beyond), axis=1) * _METRES_PER_DEGREE
    return stray
