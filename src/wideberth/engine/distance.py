"""Metres between two footprints on the ellipsoid, and whether they overlap.

Error at most 1 cm for gaps up to 10 km and 0.01 % beyond (DESIGN 4). The law is tested against
dense geodesic sampling in tests/engine/test_distance.py.
"""

from dataclasses import dataclass

import numpy as np

from wideberth.engine.axis import LATERAL_RESOLUTION_M
from wideberth.engine.geodesy import Floats, direct, inverse, lengths
from wideberth.engine.nearest import Nearest, nearest
from wideberth.engine.shape import Core, Shape
from wideberth.engine.touching import share_area
from wideberth.model.footprint import Point


@dataclass(frozen=True, slots=True)
class Gap:
    """How far apart two footprints are (0: they touch or overlap), and where (lon_deg, lat_deg)."""

    gap_m: float
    is_overlap: bool
    place: Point


def gap(a: Shape, b: Shape) -> Gap:
    """Return the gap of two footprints; the same from either side.

    is_overlap: they share more than an edge or a point; areas that meet by less than a millimetre
    touch.
    """
    if Core.EVERYWHERE in (a.core, b.core):
        there = (b if a.core is Core.EVERYWHERE else a).lonlat[0]
        return Gap(0.0, True, (float(there[0]), float(there[1])))
    found = nearest(a, b)
    inside = _inside_place(a, b) if not found.is_crossing else None
    reach_m = a.radius_m + b.radius_m
    gap_m = max(0.0, found.distance_m - reach_m)
    if inside is not None and found.distance_m > LATERAL_RESOLUTION_M:
        return Gap(0.0, True, inside)
    is_overlap = _is_overlap(a, b, found, reach_m, is_inside=inside is not None)
    return Gap(gap_m, is_overlap, middle(found, a.radius_m, b.radius_m))


def _is_overlap(a: Shape, b: Shape, found: Nearest, reach_m: float, *, is_inside: bool) -> bool:
    if found.distance_m < reach_m - LATERAL_RESOLUTION_M:
        return True
    if found.distance_m > LATERAL_RESOLUTION_M or reach_m > LATERAL_RESOLUTION_M:
        return False
    if a.core is Core.AREA and b.core is Core.AREA:
        return found.is_sure_crossing or share_area(a, b)
    return found.is_crossing or is_inside or a.core is b.core is Core.POINT


def middle(found: Nearest, radius_a_m: float, radius_b_m: float) -> Point:
    """Return the middle of what two discs about the nearest points share, or of their gap."""
    if found.at_a == found.at_b:
        return found.at_a
    start, end = np.array([found.at_a]), np.array([found.at_b])
    azimuth, length_m = inverse(start, end)
    edge_a_m = np.minimum(length_m, radius_a_m)
    edge_b_m = np.maximum(0.0, length_m - radius_b_m)
    at, _ = direct(start, azimuth, (edge_a_m + edge_b_m) / 2.0)
    return float(at[0, 0]), float(at[0, 1])


def _inside_place(a: Shape, b: Shape) -> tuple[float, float] | None:
    """Return a vertex of one footprint that lies inside the other, or None."""
    for area, other in ((a, b), (b, a)):
        if area.core is not Core.AREA:
            continue
        for point in _one_of_each(other):
            if holds(area, point):
                return float(point[0]), float(point[1])
    return None


def _one_of_each(shape: Shape) -> list[Floats]:
    """Return one vertex of every part of a shape."""
    firsts = []
    for ring, is_hole in enumerate(shape.is_hole):
        if not is_hole:
            piece = int(np.argmax(shape.ring == ring))
            firsts.append(shape.lonlat[shape.head[piece]])
    return firsts


def holds(area: Shape, point: Floats) -> bool:
    """Return whether an area holds a point (2,): inside an outer ring and in none of its holes.

    A ring holds the point if the bearings from the point to its vertices turn right round. Every
    bearing is a geodesic's, so the edges count as geodesics; on the edge itself either may come.
    """
    if lengths(area.cap_lonlat[:1], point[None, :])[0] > area.cap_m[0]:
        return False
    inside: dict[int, bool] = {}
    bearing, _ = inverse(np.broadcast_to(point, area.lonlat.shape), area.lonlat)
    turn = (bearing[area.tail] - bearing[area.head] + 180.0) % 360.0 - 180.0
    turns = np.bincount(area.ring, weights=turn, minlength=len(area.is_hole))
    for ring, total in enumerate(turns.tolist()):
        part = area.part_of_ring[ring]
        is_in = abs(total) > 180.0
        if area.is_hole[ring]:
            inside[part] = inside.get(part, False) and not is_in
        else:
            inside[part] = is_in
    return any(inside.values())
