"""Positions and geodesics on the WGS-84 ellipsoid, on arrays.

Geodesics are PROJ's (Karney, Algorithms for geodesics, J. Geodesy 87, 2013: 15 nm).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

Floats = NDArray[np.float64]

GEOD: Final = Geod(ellps="WGS84")
SEMI_MAJOR_M: Final = 6378137.0  # NGA.STND.0036, table 3.1
FLATTENING: Final = 1.0 / 298.257223563  # NGA.STND.0036, table 3.1
ECCENTRICITY_2: Final = FLATTENING * (2.0 - FLATTENING)
MEAN_RADIUS_M: Final = 6371008.8  # IUGG mean radius R1


def ecef(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Return earth-centred positions (n, 3) in metres of points on the ellipsoid.

    Source: NGA.STND.0036 (2014), equation 4-14 with height 0.
    """
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    sin_lat = np.sin(lat)
    normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_2 * sin_lat * sin_lat)
    across = normal_m * np.cos(lat)
    return np.stack(
        (across * np.cos(lon), across * np.sin(lon), normal_m * (1.0 - ECCENTRICITY_2) * sin_lat),
        axis=-1,
    )


def upward(lonlat: Floats) -> Floats:
    """Return unit vectors (n, 3) that stand upright on the ellipsoid at points (n, 2)."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    across = np.cos(lat)
    return np.stack((across * np.cos(lon), across * np.sin(lon), np.sin(lat)), axis=-1)


def inverse(from_lonlat: Floats, to_lonlat: Floats) -> tuple[Floats, Floats]:
    """Return azimuths at the start (degrees) and lengths (metres) of geodesics; (n, 2) arrays."""
    azimuth, _, length = GEOD.inv(
        from_lonlat[:, 0], from_lonlat[:, 1], to_lonlat[:, 0], to_lonlat[:, 1]
    )
    return np.asarray(azimuth, float), np.asarray(length, float)


def direct(from_lonlat: Floats, azimuth_deg: Floats, length_m: Floats) -> tuple[Floats, Floats]:
    """Return end points (n, 2) and the azimuths there (degrees) of geodesics that go on."""
    start_lon, start_lat, azimuth, length = np.broadcast_arrays(
        from_lonlat[:, 0], from_lonlat[:, 1], azimuth_deg, length_m
    )
    lon, lat, back = GEOD.fwd(start_lon, start_lat, azimuth, length)
    points = np.stack((np.asarray(lon, float), np.asarray(lat, float)), axis=-1)
    return points, np.asarray(back, float) + 180.0


def lengths(from_lonlat: Floats, to_lonlat: Floats) -> Floats:
    """Return geodesic lengths in metres between rows of two (n, 2) arrays."""
    return inverse(from_lonlat, to_lonlat)[1]
