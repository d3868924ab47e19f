"""Which pairs are surely apart and which surely in conflict on the ground, fast and in a plane.

Each pair of entries is laid flat: seen from straight above the centre of the smaller one
(orthographic projection along the ellipsoid's normal there), edges drawn straight, and measured
by shapely. What the plane can be wrong by is bounded; a pair whose bound spans the limit is
unsure, and left to the exact judge.

**The bound.** Let k = 1 / LEAST_RADIUS_M, which no normal curvature of the ellipsoid exceeds, and
p the distance from the centre, in the plane (never more than along the ground).

1. The view from above shortens: a distance in the plane is at most that along the ground.
2. At p the ground is tilted by an angle t with sin t <= k p, because the normal turns by at most
   k a metre of ground and a metre of ground is at least cos t of plane.
3. So the ground above a straight line of the plane that stays within p is at most 1 / cos t
   times as long, and the geodesic between its ends is not longer than that.
4. A geodesic bends only along the normal, by at most k, of which the view shows sin t: an edge of
   length L is seen within k sin t L^2 / 8 <= k^2 p L^2 / 8 of the straight line between its ends
   (error of linear interpolation). Vertices are kept in single precision, which adds SINGLE of the
   disc's radius. Areas bounded by such edges are as near to each other
   (Hausdorff) as their edges, since only points that an edge sweeps over change sides.

With d the sum of both cores' errors by 4, the cores' distance on the ground lies between
g - d and (g + d) / cos t for the distance g found in the plane; t is taken at the smaller core's
radius plus g + d, where the shortest line lies. Two points need no plane: their chord c and
`geodesic_bound_m(c)` hold the geodesic between them.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from wideberth.engine.columns import Columns, Marks
from wideberth.engine.entries import LEAST_RADIUS_M, SINGLE, Entries, Places, geodesic_bound_m
from wideberth.engine.geodesy import ECCENTRICITY_2, Floats
from wideberth.engine.shape import Core

SURE_M: Final = 0.02  # above what the exact judge may be wrong by (DESIGN 4: 1 cm) and rounding
FRAME_M: Final = 3.0e6  # nothing farther from the frame's centre is laid flat
TOGETHER: Final = 20_000  # pairs of entries measured together, so that memory stays bounded

Geometries = NDArray[np.object_]
Verdicts = NDArray[np.int8]


class Verdict(IntEnum):
    """What a screen can say of a pair; a pair of many entries is what the greatest of them is."""

    APART = 0
    UNSURE = 1
    CONFLICT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Between what the distances of cores lie, metres, and whether areas surely overlap."""

    least_m: Floats
    most_m: Floats
    is_overlap: Marks


def screen(columns: Columns, i: Places, j: Places, lateral_m: float) -> Verdicts:
    """Return a verdict for each pair of volumes on their gap along the ground alone.

    CONFLICT: they overlap or their gap is less than lateral_m. A moving volume is looked at as
    everywhere it will be, so it is apart or unsure; so is an area with holes.
    """
    pair, e, f = _entry_pairs(columns, i, j)
    verdicts = np.zeros(len(i), np.int8)
    for a in range(0, len(e), TOGETHER):
        part = slice(a, a + TOGETHER)
        np.maximum.at(verdicts, pair[part], _verdicts(columns, e[part], f[part], lateral_m))
    is_doubtful = (verdicts == Verdict.CONFLICT) & (columns.is_moving[i] | columns.is_moving[j])
    verdicts[is_doubtful] = Verdict.UNSURE
    return verdicts


def ranges(start: Places, count: Places) -> Places:
    """Return start[0], start[0] + 1, ... count[0] of them, then those of start[1], and so on."""
    before = np.cumsum(count) - count
    return np.repeat(start - before, count) + np.arange(int(count.sum()))


def _entry_pairs(columns: Columns, i: Places, j: Places) -> tuple[Places, Places, Places]:
    """Return each entry of i with each of j, and which pair they belong to."""
    first = np.searchsorted(columns.entries.volume, np.arange(len(columns) + 1))
    count_i, count_j = first[i + 1] - first[i], first[j + 1] - first[j]
    pair = np.repeat(np.arange(len(i)), count_i * count_j)
    nth = ranges(np.zeros(len(i), np.intp), count_i * count_j)
    return pair, first[i][pair] + nth // count_j[pair], first[j][pair] + nth % count_j[pair]


def _verdicts(columns: Columns, e: Places, f: Places, lateral_m: float) -> Verdicts:
    """Return a verdict for each pair of entries."""
    entries = columns.entries
    swap = entries.core_m[e] > entries.core_m[f]
    e, f = np.where(swap, f, e), np.where(swap, e, f)  # the frame stands on the smaller one
    core_e, core_f = columns.core[entries.volume[e]], columns.core[entries.volume[f]]
    limit_m = lateral_m + columns.radius_m[entries.volume[e]] + columns.radius_m[entries.volume[f]]
    apart = entries.centre[e] - entries.centre[f]
    chord_m = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    far_m = geodesic_bound_m(chord_m) + entries.core_m[f]
    verdicts = np.full(len(e), Verdict.UNSURE, np.int8)
    verdicts[core_f == Core.EVERYWHERE] = Verdict.CONFLICT
    is_apart = chord_m - entries.core_m[e] - entries.core_m[f] >= limit_m + SURE_M
    verdicts[is_apart] = Verdict.APART
    is_points = (core_e == Core.POINT) & (core_f == Core.POINT)
    least_m, most_m = np.where(is_points, chord_m, 0.0), geodesic_bound_m(chord_m)
    is_overlap = np.zeros(len(e), bool)
    flat = np.flatnonzero(~is_points & ~is_apart & (far_m <= FRAME_M))
    bounds = _in_plane(columns, e[flat], f[flat], far_m[flat], lateral_m)
    least_m[flat], most_m[flat], is_overlap[flat] = bounds.least_m, bounds.most_m, bounds.is_overlap
    known = is_points & (core_f != Core.EVERYWHERE)
    known[flat] = True
    verdicts[known & (least_m >= limit_m + SURE_M)] = Verdict.APART
    is_short = known & ((most_m <= limit_m - SURE_M) | is_overlap)
    holed = (entries.first_ring[e + 1] - entries.first_ring[e] > 1) | (
        entries.first_ring[f + 1] - entries.first_ring[f] > 1
    )
    verdicts[is_short & ~holed] = Verdict.CONFLICT
    return verdicts


def _in_plane(columns: Columns, e: Places, f: Places, far_m: Floats, lateral_m: float) -> Bounds:
    """Return bounds on the distances of cores, each pair in a plane above e's centre."""
    entries = columns.entries
    east, north = _frames(entries.centre[e])
    flat_e = _flat(columns, e, entries.centre[e], east, north)
    flat_f = _flat(columns, f, entries.centre[e], east, north)
    found_m = np.asarray(shapely.distance(flat_e, flat_f))
    error_m = _bow_m(entries.core_m[e], entries.edge_m[e]) + _bow_m(far_m, entries.edge_m[f])
    error_m += SINGLE * (entries.core_m[e] + entries.core_m[f])
    sin_tilt = (entries.core_m[e] + found_m + error_m) / LEAST_RADIUS_M
    cos_tilt = np.sqrt(np.maximum(1.0 - sin_tilt * sin_tilt, 1e-6))
    is_area = columns.core == Core.AREA
    both = is_area[entries.volume[e]] & is_area[entries.volume[f]]
    asked = np.flatnonzero(both & (found_m == 0.0)) if lateral_m <= SURE_M else np.empty(0, np.intp)
    is_overlap = np.zeros(len(e), bool)
    is_overlap[asked] = _overlap_for_sure(flat_e[asked], flat_f[asked], error_m[asked])
    return Bounds(found_m - error_m, (found_m + error_m) / cos_tilt, is_overlap)


def _bow_m(far_m: Floats, edge_m: Floats) -> Floats:
    """Return how far an edge is seen from straight; its geodesic is longer by less than 0.01 %."""
    return np.asarray(1.0001 * far_m * edge_m * edge_m / (8.0 * LEAST_RADIUS_M**2))


def _frames(centre: Floats) -> tuple[Floats, Floats]:
    """Return two unit vectors at right angles to each other and to the ellipsoid's normal."""
    up = centre / np.array([1.0, 1.0, 1.0 - ECCENTRICITY_2])
    up /= np.linalg.norm(up, axis=1)[:, None]
    steep = np.abs(up[:, 2]) > 0.9
    axis = np.where(steep[:, None], np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]))
    east = np.cross(axis, up)
    east /= np.linalg.norm(east, axis=1)[:, None]
    return east, np.cross(up, east)


def _flat(columns: Columns, e: Places, origin: Floats, east: Floats, north: Floats) -> Geometries:
    """Return the cores of entries as seen from above each one's origin."""
    core = columns.core[columns.entries.volume[e]]
    made = np.empty(len(e), object)
    for kind in (Core.POINT, Core.LINE, Core.AREA):
        rows = np.flatnonzero(core == kind)
        if len(rows):
            made[rows] = _made(
                columns.entries, e[rows], kind, (origin[rows], east[rows], north[rows])
            )
    return made


def _made(
    entries: Entries, e: Places, kind: Core, frames: tuple[Floats, Floats, Floats]
) -> Geometries:
    rings_each = entries.first_ring[e + 1] - entries.first_ring[e]
    rings = ranges(entries.first_ring[e], rings_each)
    vertices_each = entries.ring_start[rings + 1] - entries.ring_start[rings]
    whose = np.repeat(np.repeat(np.arange(len(e)), rings_each), vertices_each)
    origin, east, north = frames
    off = entries.vertices[ranges(entries.ring_start[rings], vertices_each)].astype(float)
    off += (entries.centre[e] - origin)[whose]
    flat = np.stack(
        (np.einsum("ij,ij->i", off, east[whose]), np.einsum("ij,ij->i", off, north[whose])), axis=-1
    )
    if kind is Core.POINT:
        return np.asarray(shapely.points(flat))
    ring_no = np.repeat(np.arange(len(rings)), vertices_each)
    if kind is Core.LINE:
        return np.asarray(shapely.linestrings(flat, indices=ring_no))
    shells = np.asarray(shapely.linearrings(flat, indices=ring_no))
    return np.asarray(shapely.polygons(shells, indices=np.repeat(np.arange(len(e)), rings_each)))


def _overlap_for_sure(one: Geometries, other: Geometries, error_m: Floats) -> Marks:
    """Return where two areas share more than errors along all their edges could account for.

    Within d of an outline of length l and n corners lies at most 2 d l + n pi d^2.
    """
    common = shapely.area(shapely.intersection(shapely.make_valid(one), shapely.make_valid(other)))
    strip_m = error_m + SURE_M
    length_m = shapely.length(one) + shapely.length(other)
    corners = shapely.get_num_coordinates(one) + shapely.get_num_coordinates(other)
    return np.asarray(common > 2.0 * strip_m * length_m + corners * np.pi * strip_m**2)
