"""The Q line's circle, and whether an area of item E lies in it.

Source: ICAO Annex 15, NOTAM format, item Q: centre to whole minutes, radius to whole NM.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from wideberth.engine.geodesy import MEAN_RADIUS_M, lengths
from wideberth.errors import ImpossibleValueError
from wideberth.formats.positions import degrees
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, Polygon
from wideberth.units import METRES_PER_NAUTICAL_MILE

_PLACE: Final = re.compile(r"([0-9]{2})([0-9]{2})([NS])([0-9]{3})([0-9]{2})([EW])([0-9]{3})")
_SPHERE_FAULT: Final = 1.006  # no geodesic is longer than this times the sphere's
ROUNDING_M: Final = 2.0 * METRES_PER_NAUTICAL_MILE  # of centre and radius together


def circle_of(words: str) -> Circle | None:
    """Return the circle of a Q line's last field, such as 3440N03310E012; None if it is none.

    A radius of 0 is no circle.
    """
    match = _PLACE.fullmatch(words)
    if match is None:
        return None
    lat, lat_minute, ns, lon, lon_minute, ew, radius = match.groups()
    try:
        centre = (degrees(ew, int(lon), int(lon_minute)), degrees(ns, int(lat), int(lat_minute)))
    except ImpossibleValueError:
        return None
    return Circle(centre, int(radius) * METRES_PER_NAUTICAL_MILE) if int(radius) else None


def outside_m(area: Footprint, circle: Circle) -> float:
    """Return how far an area reaches beyond a circle, metres; 0 within the Q line's rounding.

    A small circle on the Earth holds the geodesics between its points, so vertices are enough.
    """
    points, more_m = _reach(area)
    limit_m = circle.radius_m + ROUNDING_M
    if all(_sphere_m(circle.centre, p) * _SPHERE_FAULT + more_m <= limit_m for p in points):
        return 0.0
    farthest_m = farthest(circle.centre, points) + more_m
    return farthest_m - circle.radius_m if farthest_m > limit_m else 0.0


def enclosing(points: Sequence[Point], more_m: float) -> Circle:
    """Return a circle about the middle of some points that holds them and more_m about each."""
    at = np.radians(np.asarray(points, float))
    across = np.cos(at[:, 1])
    x, y = (across * np.cos(at[:, 0])).sum(), (across * np.sin(at[:, 0])).sum()
    z = np.sin(at[:, 1]).sum()
    centre = (
        math.degrees(math.atan2(y, x)),
        math.degrees(math.atan2(z, math.hypot(x, y))),
    )
    return Circle(centre, min(farthest(centre, points) + more_m, 1.0e7))


def farthest(centre: Point, points: Sequence[Point]) -> float:
    """Return the geodesic length in metres from a centre to the farthest of some points."""
    to = np.asarray(points, float)
    return float(lengths(np.broadcast_to(np.asarray(centre, float), to.shape), to).max())


def _reach(area: Footprint) -> tuple[tuple[Point, ...], float]:
    """Return points of an area and how far about them it reaches."""
    if isinstance(area, Polygon):
        return tuple(p for part in area.parts for p in part.outer), 0.0
    if isinstance(area, Circle):
        return (area.centre,), area.radius_m
    if isinstance(area, Corridor):
        return area.points, area.half_width_m
    return (), 0.0


def _sphere_m(a: Point, b: Point) -> float:
    """Return the great-circle distance in metres (haversine; Sinnott 1984)."""
    lat_a, lat_b = math.radians(a[1]), math.radians(b[1])
    h = (
        math.sin((lat_b - lat_a) / 2.0) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b[0] - a[0]) / 2.0) ** 2
    )
    return 2.0 * MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
