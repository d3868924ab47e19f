"""How far one footprint lies off another: the largest distance of any of its points from it.

Every footprint is a core and a radius (engine/shape.py), so how far points lie off it is their
signed distance from the core, negative inside an area, less the radius. That distance changes by
no more than one goes; so a disc lies off by at most its centre's distance and its radius. Cores
are sampled: along their edges, and areas on a grid inside too. Exact where the other footprint is
convex (the farthest point is a vertex); elsewhere the samples may miss the farthest point by less
than the step between them: an eighth of an edge (an edge, of outlines of hundreds) or a seventh
of an area's reach.
"""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from wideberth.engine.distance import holds
from wideberth.engine.geodesy import Floats, direct, ecef, inverse, lengths
from wideberth.engine.nearest import foot_of
from wideberth.engine.shape import HALF_WORLD_M, Core, Shape
from wideberth.model.ring import Gnomonic

Marks = NDArray[np.bool_]

_ON_EDGE: Final = 8  # samples of one edge, fewer where there are many edges
_MOST_SAMPLES: Final = 1000
_GRID: Final = 15
_NEAREST: Final = 3  # edges looked at closely for each point
_ROWS: Final = 256


def largest_off_m(one: Shape, other: Shape) -> float:
    """Return how far the farthest point of one footprint lies off the other; 0 if it is within."""
    if other.core is Core.EVERYWHERE:
        return 0.0
    if one.core is Core.EVERYWHERE:
        return HALF_WORLD_M
    off_m = offsets_m(_samples(one), other)
    return max(0.0, float(off_m.max()) + one.radius_m)


def offsets_m(points: Floats, shape: Shape) -> Floats:
    """Return how far points (n, 2) lie off a footprint; negative, to the edge, where inside."""
    if shape.core is Core.POINT:
        there = np.broadcast_to(shape.lonlat[:1], points.shape)
        return lengths(there, points) - shape.radius_m
    found = [_rows_off(points[k : k + _ROWS], shape) for k in range(0, len(points), _ROWS)]
    return np.concatenate(found) - shape.radius_m


def _rows_off(points: Floats, shape: Shape) -> Floats:
    head, tail = shape.lonlat[shape.head], shape.lonlat[shape.tail]
    share, rough_m = _rough(points, shape)
    few = min(_NEAREST, rough_m.shape[1])
    near = np.argpartition(rough_m, few - 1, axis=1)[:, :few]
    row = np.repeat(np.arange(len(points)), near.shape[1])
    piece = near.ravel()
    _, distance_m = foot_of(points[row], head[piece], tail[piece], share[row, piece])
    off_m = distance_m.reshape(near.shape).min(axis=1)
    if shape.core is Core.AREA:
        off_m = np.where(_are_inside(points, shape), -off_m, off_m)
    return np.asarray(off_m, float)


def _rough(points: Floats, shape: Shape) -> tuple[Floats, Floats]:
    """Return where along each piece's chord a point's foot lies, and how far it is; (n, m)."""
    at = ecef(points[:, 0], points[:, 1])[:, None, :]
    head, tail = shape.xyz[shape.head], shape.xyz[shape.tail]
    chord = tail - head
    square = np.einsum("ij,ij->i", chord, chord)
    along = np.einsum("nmj,mj->nm", at - head, chord) / np.where(square > 0.0, square, 1.0)
    share = np.clip(along, 0.0, 1.0)
    off = head + share[..., None] * chord - at
    return share, np.asarray(np.linalg.norm(off, axis=2), float)


def _samples(shape: Shape) -> Floats:
    """Return points of a core: its vertices, points along its edges, and a grid inside areas."""
    if shape.core is Core.POINT:
        return shape.lonlat[:1]
    steps = max(1, min(_ON_EDGE, _MOST_SAMPLES // len(shape.head)))
    azimuth, length_m = inverse(shape.lonlat[shape.head], shape.lonlat[shape.tail])
    along = [
        direct(shape.lonlat[shape.head], azimuth, length_m * k / steps)[0] for k in range(1, steps)
    ]
    outline = np.concatenate([shape.lonlat, *along])
    return outline if shape.core is Core.LINE else np.concatenate([outline, _inside(shape)])


def _inside(area: Shape) -> Floats:
    """Return the points of a grid about the area's middle that it holds; (n, 2), or none."""
    reach_m = min(float(area.cap_m[0]), 9.0e6)
    across = np.linspace(-reach_m, reach_m, _GRID)
    east, north = (axis.ravel() for axis in np.meshgrid(across, across))
    distance_m = np.hypot(east, north)
    middle = np.broadcast_to(area.cap_lonlat[:1], (len(east), 2))
    grid, _ = direct(middle, np.degrees(np.arctan2(east, north)), distance_m)
    return np.asarray(grid[_are_inside(grid, area)], float)


def _are_inside(points: Floats, area: Shape) -> Marks:
    """Return which points (n, 2) an area holds.

    Asked in a gnomonic plane: right but for points within 0.3 m of the edge of a long piece.
    """
    plane = Gnomonic([(float(lon), float(lat)) for lon, lat in area.lonlat])
    rings = [_flat(area.lonlat[area.head[area.ring == k]], plane) for k in range(len(area.is_hole))]
    if any(np.isnan(ring).any() for ring in rings):
        return np.array([holds(area, point) for point in points])
    at = _flat(points, plane)
    inside = np.zeros(len(points), bool)
    for part in set(area.part_of_ring):
        own = [k for k, of in enumerate(area.part_of_ring) if of == part]
        outer, *holes = sorted(own, key=lambda k: area.is_hole[k])
        region = shapely.Polygon(rings[outer], [rings[k] for k in holes])
        shapely.prepare(region)
        inside |= shapely.contains_xy(region, at[:, 0], at[:, 1])
    return inside


def _flat(points: Floats, plane: Gnomonic) -> Floats:
    """Return points (n, 2) in a plane, NaN where they are not on it."""
    at = [plane.forward((lon, lat)) or (np.nan, np.nan) for lon, lat in points.tolist()]
    return np.array(at, float)
