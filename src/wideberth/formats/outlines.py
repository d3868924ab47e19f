"""Footprints as GeoJSON for the eye: dense edges, cut at the antimeridian, many at once.

An edge is at most a two-thousandth of the shape's size from where it truly is, or 1 m, whichever
is more, and never over 50 m. A line of very many legs is drawn without its width, so that nobody
can keep a node drawing. Nothing is judged by these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from wideberth.engine.geodesy import GEOD
from wideberth.engine.outline import outline_of
from wideberth.formats.report_geojson import geometry
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Point, Polygon, Track

Box = tuple[float, float, float, float]  # west, south, east, north, in degrees
FINEST_M: Final = 1.0
COARSEST_M: Final = 50.0
MOST_LEGS: Final = 1500  # about a second
_OF_ITS_SIZE: Final = 2000.0
_CORNERS: Final = 100  # of a circle: off by a two-thousandth of its radius
_LARGEST_M: Final = COARSEST_M * _OF_ITS_SIZE
_POLEWARD_DEG: Final = 85.0
_METRES_PER_DEGREE: Final = 110_000.0
_DIGITS: Final = 6  # a decimetre


@dataclass(frozen=True, slots=True)
class Outline:
    """The type of a GeoJSON geometry, its coordinates as JSON, and a box around each part."""

    type: str
    coordinates: bytes
    boxes: tuple[Box, ...]


def outlines_of(footprints: Sequence[Footprint]) -> list[Outline]:
    """Return the outline of each footprint; circles, of which there are most, all together."""
    found: dict[int, Outline] = {}
    plain = [(i, one) for i, one in enumerate(footprints) if isinstance(one, Circle) and _fits(one)]
    if plain:
        rings = _circles([one for _i, one in plain])
        for (i, _one), ring in zip(plain, rings, strict=True):
            found[i] = _of_ring(ring)
    return [found.get(i) or _outline(one) for i, one in enumerate(footprints)]


def _fits(circle: Circle) -> bool:
    """Return whether a circle is of a usual size, far from the poles and the antimeridian."""
    (lon_deg, lat_deg), reach_deg = circle.centre, circle.radius_m / _METRES_PER_DEGREE
    is_low = abs(lat_deg) + reach_deg < _POLEWARD_DEG
    is_within = abs(lon_deg) + reach_deg * 12.0 < 180.0  # 1 / cos(85 degrees) is below 12
    return is_low and is_within and 0.0 < circle.radius_m <= _LARGEST_M


def _circles(circles: Sequence[Circle]) -> NDArray[np.float64]:
    """Return a closed ring for each circle, anticlockwise: (circles, corners + 1, 2)."""
    count = _CORNERS + 1
    lon = np.repeat([one.centre[0] for one in circles], count)
    lat = np.repeat([one.centre[1] for one in circles], count)
    radius = np.repeat([one.radius_m for one in circles], count)
    turn = np.arange(count, dtype=np.float64) % _CORNERS
    azimuth = np.tile(-360.0 * turn / _CORNERS, len(circles))
    at_lon, at_lat, _back = GEOD.fwd(lon, lat, azimuth, radius)
    return np.round(np.column_stack([at_lon, at_lat]), _DIGITS).reshape(len(circles), count, 2)


def _of_ring(ring: NDArray[np.float64]) -> Outline:
    west, south = ring.min(axis=0).tolist()
    east, north = ring.max(axis=0).tolist()
    coordinates = msgspec.json.encode([ring.tolist()])
    return Outline("Polygon", coordinates, ((west, south, east, north),))


def _outline(footprint: Footprint) -> Outline:
    if isinstance(footprint, Corridor | Track) and len(footprint.points) > MOST_LEGS:
        footprint = Corridor(footprint.points, 0.0)
    shape = outline_of(footprint, tolerance_m=_tolerance_m(footprint))
    drawn = geometry(shape)
    boxes = [tuple(shapely.bounds(part).tolist()) for part in shapely.get_parts(shape)]
    return Outline(drawn["type"], msgspec.json.encode(drawn["coordinates"]), tuple(boxes))


def _tolerance_m(footprint: Footprint) -> float:
    match footprint:
        case Circle(_centre, radius_m):
            size_m = radius_m
        case Polygon(parts):
            size_m = _size_m([point for part in parts for point in part.outer])
        case Everywhere():
            size_m = _LARGEST_M
        case Corridor(points, reach_m):
            size_m = _size_m(points) + reach_m
        case _:
            size_m = _size_m(footprint.points) + footprint.radius_m
    return min(max(size_m / _OF_ITS_SIZE, FINEST_M), COARSEST_M)


def _size_m(points: Sequence[Point]) -> float:
    """Return about half of how far the points go."""
    lon, lat = np.array(points).T
    wide_deg = float(np.ptp(lon)) * float(np.cos(np.radians(np.abs(lat).min())))
    return max(min(wide_deg, 360.0), float(np.ptp(lat))) / 2.0 * _METRES_PER_DEGREE
