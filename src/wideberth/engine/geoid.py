"""Where mean sea level lies above the ellipsoid: EGM96, from the package `sidereon`.

The only file that knows that package (ADR 0004). Its grid has one-degree spacing; GRID_ERROR_M is
what that spacing and the model itself may be off, and every conversion is widened by it.
"""

from functools import lru_cache
from typing import Final

import numpy as np

from wideberth.engine.geodesy import Floats

GRID_ERROR_M: Final = (
    15.0  # against the 5-minute grid: 13.7 m at worst, 3.9 m for 99.9 %, 0.1 m median
)
LOWEST_M: Final = -107.0  # EGM96 south of India, NASA/TP-1998-206861
HIGHEST_M: Final = 86.0  # EGM96 north of Australia, NASA/TP-1998-206861


@lru_cache(maxsize=100_000)
def undulation_range(
    west_deg: float, south_deg: float, east_deg: float, north_deg: float
) -> tuple[float, float]:
    """Return lowest and highest geoid height above the ellipsoid over a box, in metres, widened.

    Longitudes may run past 180 so that west <= east. Boxes over 20 degrees wide or high get the
    range of the whole Earth.
    """
    if east_deg - west_deg > 20.0 or north_deg - south_deg > 20.0:
        return LOWEST_M, HIGHEST_M
    lon = np.linspace(west_deg, east_deg, 2 + int(east_deg - west_deg))
    lat = np.linspace(south_deg, north_deg, 2 + int(north_deg - south_deg))
    grid = _undulations(*np.meshgrid(lon, lat))
    return float(grid.min()) - GRID_ERROR_M, float(grid.max()) + GRID_ERROR_M


def _undulations(lon_deg: Floats, lat_deg: Floats) -> Floats:
    import sidereon  # noqa: PLC0415 - 80 ms and only needed where an ellipsoidal height meets another

    wrapped = (lon_deg.ravel() + 180.0) % 360.0 - 180.0
    pairs = np.stack((lat_deg.ravel(), wrapped), axis=-1)
    return np.asarray(sidereon.egm96_undulations_deg(pairs), float)
