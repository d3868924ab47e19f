"""The planes a report's map is drawn on, and the piece of one that it shows.

Up to a continent: azimuthal equidistant about the view's own centre, which knows no antimeridian
and no pole. Beyond: longitude and latitude as they stand, about the view's own meridian.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
import pyproj
import shapely

from wideberth.engine.outline import Positions, Rings, areas_of, flat
from wideberth.model.footprint import Point

WIDTH_PX: Final = 1000.0
HEIGHT_PX: Final = 620.0
_PADDING: Final = 0.12
_LEAST_M: Final = 4000.0  # a view is at least this high
_AZIMUTHAL_DEG: Final = 50.0
_METRES_PER_DEGREE: Final = 111_320.0
_HUGE_M: Final = 2.1e7  # farther than any point of the Earth from another


class Plane(Protocol):
    """A way to lay the Earth flat; metres, exact at the centre."""

    def project(self, positions: Positions) -> Positions:
        """Return plane metres (n, 2) of positions (n, 2) in degrees."""

    def invert(self, xy: Positions) -> Positions:
        """Return positions in degrees of plane metres."""

    def shape(self, rings: Rings) -> shapely.Geometry:
        """Return a footprint's rings as a shape in plane metres."""


@lru_cache(maxsize=4)
def _aeqd(centre: Point) -> pyproj.Proj:
    return pyproj.Proj(proj="aeqd", lat_0=centre[1], lon_0=centre[0], ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Distances and directions from the centre are true."""

    centre: Point

    def project(self, positions: Positions) -> Positions:
        """Return plane metres of positions in degrees."""
        return np.column_stack(_aeqd(self.centre)(positions[:, 0], positions[:, 1]))

    def invert(self, xy: Positions) -> Positions:
        """Return positions in degrees of plane metres."""
        return np.column_stack(_aeqd(self.centre)(xy[:, 0], xy[:, 1], inverse=True))

    def shape(self, rings: Rings) -> shapely.Geometry:
        """Return rings in plane metres; one about the far side of the Earth holds all outside."""
        if rings.everywhere:
            return shapely.box(-_HUGE_M, -_HUGE_M, _HUGE_M, _HUGE_M)
        if rings.point is not None:
            return shapely.Point(self.project(np.array([rings.point]))[0])
        if rings.line is not None:
            return shapely.LineString(self.project(rings.line))
        areas = []
        for patch in rings.patches:
            area = self._held(patch.outer)
            for hole in patch.holes:
                area = shapely.difference(area, self._held(hole))
            areas.append(area)
        return areas_of(areas[0] if len(areas) == 1 else shapely.union_all(areas))

    def _held(self, ring: Positions) -> shapely.Geometry:
        xy = self.project(ring)
        inside = areas_of(shapely.make_valid(shapely.Polygon(xy)))
        if shapely.is_ccw(shapely.LinearRing(xy)):
            return inside
        return shapely.difference(shapely.box(-_HUGE_M, -_HUGE_M, _HUGE_M, _HUGE_M), inside)


@dataclass(frozen=True, slots=True)
class Cylindrical:
    """Longitude and latitude as x and y, narrowed as at one latitude."""

    centre: Point

    def _shrink(self) -> Positions:
        across = _METRES_PER_DEGREE * max(math.cos(math.radians(self.centre[1])), 0.4)
        return np.array([across, _METRES_PER_DEGREE])

    def project(self, positions: Positions) -> Positions:
        """Return plane metres of positions in degrees."""
        west = self.centre[0] - 180.0
        lon = west + (positions[:, 0] - west) % 360.0 - self.centre[0]
        scaled: Positions = np.column_stack([lon, positions[:, 1]]) * self._shrink()
        return scaled

    def invert(self, xy: Positions) -> Positions:
        """Return positions in degrees of plane metres, longitudes running on past 180."""
        at: Positions = xy / self._shrink() + np.array([self.centre[0], 0.0])
        return at

    def shape(self, rings: Rings) -> shapely.Geometry:
        """Return rings in plane metres, cut opposite the centre."""
        centre_lon_deg = self.centre[0]

        def lay(lonlat: Positions) -> Positions:
            laid: Positions = (lonlat - np.array([centre_lon_deg, 0.0])) * self._shrink()
            return laid

        return shapely.transform(flat(rings, centre_lon_deg=centre_lon_deg), lay)


@dataclass(frozen=True, slots=True)
class View:
    """The piece of a plane that the map shows, and how it comes to pixels, y downwards."""

    plane: Plane
    west_m: float
    north_m: float
    metres_per_px: float

    def pixels(self, xy: Positions) -> Positions:
        """Return pixels of plane metres."""
        at: Positions = (xy - np.array([self.west_m, self.north_m])) / self.metres_per_px
        turned: Positions = at * np.array([1.0, -1.0])
        return turned

    def metres(self, px: Positions) -> Positions:
        """Return plane metres of pixels."""
        at: Positions = px * np.array([1.0, -1.0]) * self.metres_per_px
        moved: Positions = at + np.array([self.west_m, self.north_m])
        return moved

    def place(self, point: Point) -> tuple[float, float]:
        """Return the pixel of one position in degrees."""
        x, y = self.pixels(self.plane.project(np.array([point])))[0].tolist()
        return x, y

    def shape(self, rings: Rings) -> shapely.Geometry:
        """Return a footprint in pixels, cut off well outside the frame."""
        return shapely.intersection(
            shapely.transform(self.plane.shape(rings), self.pixels), sheet()
        )

    @property
    def centre(self) -> Point:
        """Return the position in the middle of the frame."""
        middle = np.array([[WIDTH_PX / 2, HEIGHT_PX / 2]])
        lon_deg, lat_deg = self.plane.invert(self.metres(middle))[0].tolist()
        return lon_deg, lat_deg


def frame() -> shapely.Polygon:
    """Return what is seen at first, in pixels."""
    return shapely.box(0.0, 0.0, WIDTH_PX, HEIGHT_PX)


def sheet() -> shapely.Polygon:
    """Return what is drawn, in pixels: the frame and some of its surroundings."""
    return shapely.box(-WIDTH_PX, -HEIGHT_PX, 2.0 * WIDTH_PX, 2.0 * HEIGHT_PX)


def fit(positions: Positions) -> View:
    """Return the view that shows all positions (at least one), north up."""
    middle, spread_deg = cap(positions)
    plane: Plane = Azimuthal(middle)
    if spread_deg > _AZIMUTHAL_DEG:
        lats = positions[:, 1]
        plane = Cylindrical((_widest(positions[:, 0]), float(lats.min() + lats.max()) / 2.0))
    xy = plane.project(positions)
    xy = xy[np.all(np.isfinite(xy), axis=1)]
    low, high = xy.min(axis=0), xy.max(axis=0)
    size = np.maximum(high - low, _LEAST_M) * (1.0 + 2.0 * _PADDING)
    scale = max(size[0] / WIDTH_PX, size[1] / HEIGHT_PX)
    mid = (low + high) / 2.0
    return View(
        plane,
        float(mid[0] - scale * WIDTH_PX / 2.0),
        float(mid[1] + scale * HEIGHT_PX / 2.0),
        float(scale),
    )


def _widest(lons_deg: Sequence[float] | Positions) -> float:
    """Return the meridian opposite the widest empty stretch of longitudes."""
    lons = np.unique(np.round(np.asarray(lons_deg, dtype=np.float64) % 360.0, 6))
    gaps = np.diff(np.append(lons, lons[0] + 360.0))
    after = int(np.argmax(gaps))
    middle = float(lons[after] + gaps[after] / 2.0 + 180.0)
    return (middle + 180.0) % 360.0 - 180.0


def unit_vectors(positions: Positions) -> Positions:
    """Return positions as unit vectors (n, 3) on a sphere, for rough sizes only."""
    lon, lat = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def cap(positions: Positions) -> tuple[Point, float]:
    """Return a middle and how many degrees all positions are from it, on a sphere."""
    vectors = unit_vectors(positions)
    mean = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean))
    if length < 1e-9:
        return (0.0, 0.0), 180.0
    x, y, z = (mean / length).tolist()
    spread = float(np.degrees(np.arccos(np.clip(vectors @ (mean / length), -1.0, 1.0))).max())
    return (math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))), spread
