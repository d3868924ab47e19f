"""Where on a map two volumes come too close: their nearest places, and the area to be hatched.

For the eye: the rules judge exactly, and a track at each instant.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from wideberth.engine.distance import gap
from wideberth.engine.geodesy import direct, inverse
from wideberth.engine.nearest import nearest
from wideberth.engine.outline import Patch, Positions, Rings, areas_of, flat, rings_of
from wideberth.engine.shape import Core, shape_of
from wideberth.formats.report_plane import Azimuthal
from wideberth.model.footprint import Corridor, Everywhere, Footprint, Point, Track

MOST_POINTS: Final = 1500  # of a line whose area is looked for
_TOLERANCE_M: Final = 5.0
_EDGES: Final = 200.0  # along the area's own edge, so that it is smooth in degrees too


@dataclass(frozen=True, slots=True, eq=False)
class MeetingArea:
    """What a map shows of a conflict.

    gap_m: between the footprints, 0 where they meet. nearest: a place on the edge of each; None
    where they meet. area: in degrees, cut at the antimeridian, what both cover once each is
    widened by padded_by_m; None: there is none, or it is not to be told.
    """

    gap_m: float
    nearest: tuple[Point, Point] | None
    padded_by_m: float
    area: shapely.Geometry | None


def meeting_area(a: Footprint, b: Footprint, at: Point, lateral_m: float) -> MeetingArea:
    """Return where two footprints come together; at: a place of the conflict, the middle.

    lateral_m: the minimum; where they do not overlap each is widened by half of it and a little.
    """
    if isinstance(a, Everywhere) or isinstance(b, Everywhere):
        other = b if isinstance(a, Everywhere) else a
        return MeetingArea(0.0, None, 0.0, None if isinstance(other, Everywhere) else _own(other))
    one, two = shape_of(a), shape_of(b)
    found = gap(one, two)
    places = None if found.gap_m <= 0.0 else _edges(a, b)
    if any(_is_long(each) for each in (a, b)):
        return MeetingArea(found.gap_m, places, 0.0, None)
    area = _common(a, b, at, 0.0) if found.is_overlap else None
    if area is not None:
        return MeetingArea(found.gap_m, places, 0.0, area)
    half_m = max(lateral_m, found.gap_m) / 2.0 + _TOLERANCE_M
    return MeetingArea(found.gap_m, places, half_m, _common(a, b, at, half_m))


def during(footprint: Footprint, start_s: float, end_s: float) -> Footprint:
    """Return a track's part between two times; any other footprint, or no such part: all of it."""
    if not isinstance(footprint, Track):
        return footprint
    times_s = np.array(footprint.times_s)
    low_s, high_s = max(start_s, float(times_s[0])), min(end_s, float(times_s[-1]))
    if not low_s < high_s:
        return footprint
    inner = [i for i, t in enumerate(footprint.times_s) if low_s < t < high_s]
    points = [_at(footprint, low_s), *(footprint.points[i] for i in inner), _at(footprint, high_s)]
    return Track(
        tuple(points), (low_s, *(footprint.times_s[i] for i in inner), high_s), footprint.radius_m
    )


def _at(track: Track, time_s: float) -> Point:
    leg = int(np.searchsorted(track.times_s, time_s, side="right")) - 1
    leg = min(max(leg, 0), len(track.points) - 2)
    from_s, to_s = track.times_s[leg], track.times_s[leg + 1]
    start, end = np.array([track.points[leg]]), np.array([track.points[leg + 1]])
    azimuth, length_m = inverse(start, end)
    at, _ = direct(start, azimuth, length_m * (time_s - from_s) / (to_s - from_s))
    return float(at[0, 0]), float(at[0, 1])


def _is_long(footprint: Footprint) -> bool:
    return isinstance(footprint, Corridor | Track) and len(footprint.points) > MOST_POINTS


def _edges(a: Footprint, b: Footprint) -> tuple[Point, Point]:
    """Return the nearest places of two footprints that are apart, on the edge of each."""
    one, two = shape_of(a), shape_of(b)
    found = nearest(one, two)
    start, end = np.array([found.at_a]), np.array([found.at_b])
    azimuth, length_m = inverse(start, end)
    reach_a = one.radius_m if one.core is not Core.AREA else 0.0
    reach_b = two.radius_m if two.core is not Core.AREA else 0.0
    ends = []
    for along_m in (np.minimum(length_m, reach_a), np.maximum(0.0, length_m - reach_b)):
        at, _ = direct(start, azimuth, along_m)
        ends.append((float(at[0, 0]), float(at[0, 1])))
    return ends[0], ends[1]


def _own(footprint: Footprint) -> shapely.Geometry | None:
    area = areas_of(flat(rings_of(footprint, tolerance_m=_TOLERANCE_M)))
    return None if shapely.is_empty(area) else area


def _common(a: Footprint, b: Footprint, at: Point, padding_m: float) -> shapely.Geometry | None:
    """Return what both cover in degrees, each widened by some metres; None: nothing with an area.

    On a plane about the place, true near it.
    """
    plane = Azimuthal(at)
    shapes = [plane.shape(rings_of(one, tolerance_m=_TOLERANCE_M)) for one in (a, b)]
    one, other = (shapely.buffer(shapely.make_valid(each), padding_m) for each in shapes)
    common = areas_of(shapely.make_valid(shapely.intersection(one, other)))
    if shapely.is_empty(common):
        return None
    step_m = shapely.length(common) / _EDGES
    common = shapely.orient_polygons(shapely.segmentize(common, step_m))
    patches = tuple(
        Patch(_opened(plane, part.exterior), tuple(_opened(plane, hole) for hole in part.interiors))
        for part in shapely.get_parts(common)
    )
    return flat(Rings(patches))


def _opened(plane: Azimuthal, ring: shapely.LinearRing) -> Positions:
    return plane.invert(shapely.get_coordinates(ring))
