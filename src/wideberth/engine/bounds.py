"""The box around places, for a map's first view: west may be more than east (RFC 7946, 5.2)."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Point, Polygon

Box = tuple[float, float, float, float]  # west, south, east, north, in degrees
_METRES_PER_DEGREE: Final = 110_000.0  # a little less than there are anywhere
_ALL: Final = (-180.0, -90.0, 180.0, 90.0)


def bounds_of(footprints: Iterable[Footprint]) -> Box | None:
    """Return a box around all footprints, to about one part in a hundred; None: there is none.

    One that is everywhere counts only where it is alone.
    """
    west: list[float] = []
    east: list[float] = []
    lats: list[float] = []
    is_everywhere = False
    for footprint in footprints:
        if isinstance(footprint, Everywhere):
            is_everywhere = True
            continue
        points, reach_m = _spread(footprint)
        reach_deg = reach_m / _METRES_PER_DEGREE
        for lon_deg, lat_deg in points:
            low, high = max(-90.0, lat_deg - reach_deg), min(90.0, lat_deg + reach_deg)
            lats += (low, high)
            shrink = math.cos(math.radians(max(abs(low), abs(high))))
            wide_deg = 180.0 if reach_deg >= 180.0 * shrink else reach_deg / shrink
            west.append(lon_deg - wide_deg)
            east.append(lon_deg + wide_deg)
    if not lats:
        return _ALL if is_everywhere else None
    first, last = _around(west, east)
    return first, min(lats), last, max(lats)


def _spread(footprint: Footprint) -> tuple[tuple[Point, ...], float]:
    match footprint:
        case Circle(centre, radius_m):
            return (centre,), radius_m
        case Polygon(parts):
            return tuple(point for part in parts for point in part.outer), 0.0
        case Everywhere():
            return (), 0.0
        case Corridor(points, reach_m):
            return points, reach_m
        case _:
            return footprint.points, footprint.radius_m


def _around(west: list[float], east: list[float]) -> tuple[float, float]:
    """Return from where to where, eastwards, all stretches of longitude lie, most narrowly."""
    low, high = np.array(west), np.array(east)
    if bool(np.any(high - low >= 360.0)):
        return -180.0, 180.0
    start = (low + 180.0) % 360.0
    order = np.argsort(start, kind="stable")
    start, end = start[order], (start + (high - low))[order]
    reached = np.maximum.accumulate(end)
    before = np.concatenate([[reached[-1] - 360.0], reached[:-1]])
    gaps = start - before
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0.0:
        return -180.0, 180.0
    return _normal(float(start[widest])), _normal(float(before[widest]))


def _normal(turned_deg: float) -> float:
    """Return a longitude from -180 to 180 of one counted from the antimeridian."""
    return (turned_deg % 360.0) - 180.0
