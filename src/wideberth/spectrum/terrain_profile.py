"""Terrain along the geodesic between two places: what a diffraction model is given.

A profile with a height missing is "no model": no part of a path is filled in by a guess.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.terrain import Mosaic
from wideberth.spectrum.validity import NoModel, NoModelError

Floats = NDArray[np.float64]

MODEL: Final = "terrain profile"
_ECCENTRICITY_2: Final = 0.0066943799901413165  # WGS-84, NGA.STND.0036, table 3.5
_SUPPORTS: Final = 28  # of a polynomial along a path: under 1 micrometre halfway around the Earth
_BLOCK: Final = 1 << 18  # points looked up at once, so that memory stays bounded


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Equally spaced points of one path, ends included, and the ground's height at each.

    distance_m: along the geodesic from the start. height_m: above mean sea level, all known.
    digests: SHA-256 of the tiles' files that the heights were drawn from, sorted.
    """

    lon_deg: Floats
    lat_deg: Floats
    distance_m: Floats
    height_m: Floats
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Profiles of many paths, arrays (paths, points); heights that are missing are not a number."""

    lon_deg: Floats
    lat_deg: Floats
    distance_m: Floats
    height_m: Floats
    digests: tuple[tuple[str, ...], ...]

    def no_model(self, path: int) -> NoModel | None:
        """Return where a path's first missing height is, or None where all are known."""
        missing = np.flatnonzero(np.isnan(self.height_m[path]))
        if missing.size == 0:
            return None
        first, points = missing[0], self.height_m.shape[1]
        lon_deg, lat_deg = self.lon_deg[path, first], self.lat_deg[path, first]
        along_km = self.distance_m[path, first] / 1000.0
        return NoModel(
            MODEL,
            f"No height of the ground is known at {_place(lon_deg, lat_deg)}, {along_km:.3f} km"
            f" along the path ({missing.size} of {points} points lack one): no tile covers it, or"
            f" it is void there. The tile of that degree is {tile_name(lon_deg, lat_deg)}.",
        )

    def one(self, path: int) -> Profile:
        """Return a path's profile. Raises NoModelError where a height is missing."""
        reason = self.no_model(path)
        if reason is not None:
            raise NoModelError(reason)
        return Profile(
            self.lon_deg[path],
            self.lat_deg[path],
            self.distance_m[path],
            self.height_m[path],
            self.digests[path],
        )


def profile(
    mosaic: Mosaic,
    start_lonlat: tuple[float, float],
    end_lonlat: tuple[float, float],
    *,
    n_points: int,
) -> Profile:
    """Return the ground along the geodesic from a place to another, (lon, lat) in degrees.

    n_points: 2 or more, equally spaced, ends included. Raises NoModelError naming the place where
    a height is missing, ImpossibleValueError for a position that is none.
    """
    return profiles(mosaic, [start_lonlat], [end_lonlat], n_points=n_points).one(0)


def profiles(
    mosaic: Mosaic, start_lonlat: ArrayLike, end_lonlat: ArrayLike, *, n_points: int
) -> Profiles:
    """Return the ground along many geodesics between starts and ends (paths, 2), degrees.

    A place is (lon, lat); one alone (2,) stands for all paths. A height that is missing is not a
    number, and no_model says where. Ends are as given; what is between has longitude -180 to 180.
    """
    starts, ends = _paths(start_lonlat, end_lonlat)
    if n_points < 2:
        raise ImpossibleValueError(
            f"a profile of {n_points} points has no two ends.", remedy="Ask for 2 or more."
        )
    lon_deg, lat_deg, length_m = waypoints(starts, ends, n_points=n_points)
    height_m = np.empty_like(lon_deg)
    used = np.zeros((starts.shape[0], len(mosaic.tiles)), bool)
    stride = max(1, _BLOCK // n_points)
    for first in range(0, starts.shape[0], stride):
        rows = slice(first, first + stride)
        lon, lat = lon_deg[rows], lat_deg[rows]
        sampled = mosaic.sampled(lon.ravel(), lat.ravel(), per_path=n_points)
        height_m[rows], used[rows] = sampled.height_m.reshape(lon.shape), sampled.used
    hashes = np.array([tile.sha256 for tile in mosaic.tiles], dtype=object)
    digests = tuple(tuple(sorted(set(hashes[row]))) for row in used)
    distance_m = length_m[:, None] * np.linspace(0.0, 1.0, n_points)
    return Profiles(lon_deg, lat_deg, distance_m, height_m, digests)


def waypoints(starts: Floats, ends: Floats, *, n_points: int) -> tuple[Floats, Floats, Floats]:
    """Return longitudes and latitudes (paths, points), degrees, and lengths (paths,), metres.

    Equally spaced on WGS-84 geodesics. PROJ (Karney 2013) gives a few supports of each path; a
    Chebyshev polynomial through their earth-centred positions gives the rest: within 1 micrometre.
    """
    from pyproj import Geod  # noqa: PLC0415 - slow to load, and only wanted here

    geod = Geod(ellps="WGS84")
    azimuth_deg, _, length_m = geod.inv(starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1])
    length_m = np.asarray(length_m, float)
    place, weights = _supports(n_points)
    shape = (starts.shape[0], _SUPPORTS)
    lon, lat, _ = geod.fwd(
        np.broadcast_to(starts[:, :1], shape).ravel(),
        np.broadcast_to(starts[:, 1:], shape).ravel(),
        np.broadcast_to(np.asarray(azimuth_deg, float)[:, None], shape).ravel(),
        (length_m[:, None] * place).ravel(),
    )
    x, y, z = (axis.reshape(shape) @ weights for axis in _upright(lon, lat))
    lon_deg = np.degrees(np.arctan2(y, x))
    lat_deg = np.degrees(np.arctan2(z, (1.0 - _ECCENTRICITY_2) * np.hypot(x, y)))
    lon_deg[:, 0], lat_deg[:, 0] = starts[:, 0], starts[:, 1]
    lon_deg[:, -1], lat_deg[:, -1] = ends[:, 0], ends[:, 1]
    return lon_deg, lat_deg, length_m


def _supports(n_points: int) -> tuple[Floats, Floats]:
    """Return places 0 to 1 of the supports, and weights (supports, points) of each for a point."""
    angle = np.pi * (np.arange(_SUPPORTS) + 0.5) / _SUPPORTS
    x = -np.cos(angle)
    to_series = np.polynomial.chebyshev.chebvander(x, _SUPPORTS - 1) * (2.0 / _SUPPORTS)
    to_series[:, 0] /= 2.0
    at_points = np.polynomial.chebyshev.chebvander(np.linspace(-1.0, 1.0, n_points), _SUPPORTS - 1)
    return (x + 1.0) / 2.0, to_series @ at_points.T


def _upright(lon_deg: ArrayLike, lat_deg: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return earth-centred positions on the ellipsoid, in semi-major axes (NGA.STND.0036, 4-14)."""
    lon, lat = np.radians(np.asarray(lon_deg, float)), np.radians(np.asarray(lat_deg, float))
    sin_lat = np.sin(lat)
    normal = 1.0 / np.sqrt(1.0 - _ECCENTRICITY_2 * sin_lat * sin_lat)
    across = normal * np.cos(lat)
    return across * np.cos(lon), across * np.sin(lon), normal * (1.0 - _ECCENTRICITY_2) * sin_lat


def _paths(start_lonlat: ArrayLike, end_lonlat: ArrayLike) -> tuple[Floats, Floats]:
    starts, ends = np.asarray(start_lonlat, float), np.asarray(end_lonlat, float)
    if starts.shape[-1:] != (2,) or ends.shape[-1:] != (2,) or max(starts.ndim, ends.ndim) > 2:
        raise ImpossibleValueError(
            f"starts {starts.shape} and ends {ends.shape} are no (paths, 2) of lon, lat."
        )
    both = np.concatenate([starts.reshape(-1, 2), ends.reshape(-1, 2)])
    if not np.isfinite(both).all() or (np.abs(both) > (360.0, 90.0)).any():
        raise ImpossibleValueError(
            "a path begins or ends at no position on the Earth.",
            remedy="Give longitude, then latitude, in degrees.",
        )
    starts, ends = np.broadcast_arrays(np.atleast_2d(starts), np.atleast_2d(ends))
    return starts, ends


def tile_name(lon_deg: float, lat_deg: float) -> str:
    """Return the name of the one-degree tile that holds a place, as .hgt files are named.

    >>> tile_name(35.2, 34.9), tile_name(-0.1, -0.1)
    ('N34E035', 'S01W001')
    """
    lat = min(int(np.floor(lat_deg)), 89)
    lon = int(np.floor((lon_deg + 180.0) % 360.0)) - 180
    return f"{'S' if lat < 0 else 'N'}{abs(lat):02d}{'W' if lon < 0 else 'E'}{abs(lon):03d}"


def _place(lon_deg: float, lat_deg: float) -> str:
    lon_deg = (lon_deg + 180.0) % 360.0 - 180.0
    return (
        f"{abs(lon_deg):.5f} {'W' if lon_deg < 0 else 'E'},"
        f" {abs(lat_deg):.5f} {'S' if lat_deg < 0 else 'N'}"
    )
