"""Footprints made a little wider, so that places told to the metre still hold all of them."""

import math
from typing import Final

import numpy as np
import shapely

from wideberth.engine.geodesy import MEAN_RADIUS_M
from wideberth.engine.hull import convex
from wideberth.engine.moving import top_speed
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import mgrs_of, point_of_mgrs
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
from wideberth.model.ring import Gnomonic

PLACE_M: Final = 1.0  # above what a place told in MGRS may be off
TIME_S: Final = 1e-3  # and what a track's time may be off
_EDGE_M: Final = 3.0  # an area's edges go out at least so far
_LARGEST_M: Final = 9.0e6  # of a circle; a larger one would not hold its geodesics
_MITRE: Final = 4.0
_STRETCH: Final = 2.0  # a plane reaches 45 degrees from its middle; there it is stretched so much


def widened(footprint: Footprint) -> Footprint:
    """Return a footprint that still holds another when each place is moved by PLACE_M.

    Radii and widths grow to whole metres. An area's edges are moved out by 3 to 6 m, and up to
    four times that at sharp corners; where that makes no sound area its holes are filled, then its
    dents, and at last a circle is taken.
    """
    match footprint:
        case Circle(centre, radius_m):
            return Circle(centre, _metres(radius_m + PLACE_M))
        case Corridor(points, half_width_m):
            return Corridor(points, _metres(half_width_m + PLACE_M))
        case Track(points, times_s, radius_m):
            slip_m = TIME_S * top_speed(footprint)
            return Track(points, times_s, _metres(radius_m + PLACE_M + 2.0 * slip_m))
        case Everywhere():
            return footprint
        case Polygon(parts):
            return _area(parts, footprint)


def _metres(length_m: float) -> float:
    return float(math.ceil(length_m - 1e-6))


def _area(parts: tuple[Part, ...], footprint: Polygon) -> Footprint:
    """Return the closest of a few areas that hold another and stay sound when told to the metre."""
    solid = tuple(Part(part.outer) for part in parts)
    for ways in (parts, solid):
        wide = [_part(part) for part in ways]
        kept = tuple(part for part in wide if part is not None)
        if len(kept) == len(wide) and _is_sound(kept):
            return Polygon(kept)
    outline = convex(footprint)
    if isinstance(outline, Polygon) and _is_sound(outline.parts):
        return outline
    shape = shape_of(footprint)
    (lon_deg, lat_deg), reach_m = shape.cap_lonlat[0], float(shape.cap_m[0])
    if reach_m > _LARGEST_M:
        return Everywhere()
    return Circle((float(lon_deg), float(lat_deg)), _metres(reach_m + PLACE_M))


def _is_sound(parts: tuple[Part, ...]) -> bool:
    """Say whether an area is still one when each of its places is told in MGRS."""
    try:
        for part in parts:
            Part(_told(part.outer), tuple(_told(hole) for hole in part.holes))
    except ImpossibleValueError:
        return False
    return True


def _told(ring: Ring) -> Ring:
    return tuple(point_of_mgrs(mgrs_of(point)) for point in ring)


def _part(part: Part) -> Part | None:
    """Return a part with its edges moved out, or None where that makes no sound part."""
    plane = Gnomonic(part.outer)
    flat = shapely.Polygon(_flat(part.outer, plane), [_flat(hole, plane) for hole in part.holes])
    farthest = float(np.abs(shapely.get_coordinates(flat)).max()) / MEAN_RADIUS_M
    if not flat.is_valid or farthest > math.sqrt((_STRETCH - 1.0) / 2.0):
        return None
    reach = _EDGE_M * _STRETCH
    wide = flat.buffer(reach, join_style="mitre", mitre_limit=_MITRE)
    if not isinstance(wide, shapely.Polygon) or not wide.buffer(-reach / 2.0).covers(flat):
        return None
    try:
        holes = tuple(_ring(hole, plane) for hole in wide.interiors)
        return Part(_ring(wide.exterior, plane), holes)
    except ImpossibleValueError:
        return None


def _flat(ring: Ring, plane: Gnomonic) -> list[Point]:
    at = [plane.forward(point) for point in ring]
    return [(x * MEAN_RADIUS_M, y * MEAN_RADIUS_M) for x, y in (p for p in at if p is not None)]


def _ring(line: shapely.LinearRing, plane: Gnomonic) -> Ring:
    inner = shapely.get_coordinates(line)[:-1] / MEAN_RADIUS_M
    return tuple(plane.inverse((float(x), float(y))) for x, y in inner)
