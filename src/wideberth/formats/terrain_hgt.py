"""SRTM tiles, .hgt: a bare square of 16-bit heights whose name says where it lies.

Source: SRTM Topography (USGS, SRTM_Topo.pdf), section 2.1.
"""

import hashlib
import re
from typing import Final

import numpy as np

from wideberth.formats.terrain import UnreadableTerrainError, base_name, heights_of
from wideberth.spectrum.terrain import Terrain

_NAME: Final = re.compile(r"([NS])(\d\d)([EW])(\d\d\d)(?![0-9])[^/]*\Z", re.IGNORECASE)
_SIDES: Final = (1201, 3601)  # nodes a side: 3 and 1 arc-seconds, edges shared with neighbours
_VOID: Final = -32768
_RENAME: Final = "Name it by its south-west corner, like N34E035.hgt."


def read(data: bytes, name: str) -> Terrain:
    """Return the tile of one degree. Raises UnreadableTerrainError for a wrong size or name."""
    side = next((side for side in _SIDES if len(data) == 2 * side * side), None)
    if side is None:
        sizes = " or ".join(str(2 * side * side) for side in _SIDES)
        raise UnreadableTerrainError(
            f"the file has {len(data)} bytes, and an .hgt tile has {sizes}.",
            remedy="It may be cut off or packed: fetch or unpack it again.",
        )
    west_deg, south_deg = _corner(base_name(name))
    southward = np.frombuffer(data, dtype=">i2").reshape(side, side)
    step_deg = 1.0 / (side - 1)
    return Terrain(
        base_name(name),
        hashlib.sha256(data).hexdigest(),
        west_deg,
        south_deg,
        step_deg,
        step_deg,
        heights_of(southward[::-1], _VOID),
    )


def _corner(name: str) -> tuple[float, float]:
    """Return longitude and latitude of the south-west corner that a name gives."""
    match = _NAME.match(name)
    if match is None:
        raise UnreadableTerrainError(
            f"the name {name!r} does not say where the tile lies.", remedy=_RENAME
        )
    lat_deg = float(match[2]) * (-1.0 if match[1] in "Ss" else 1.0)
    lon_deg = float(match[4]) * (-1.0 if match[3] in "Ww" else 1.0)
    if not (-90.0 <= lat_deg <= 89.0 and -180.0 <= lon_deg <= 179.0):
        raise UnreadableTerrainError(
            f"the name {name!r} gives a corner at latitude {lat_deg:g}, longitude {lon_deg:g}.",
            remedy=_RENAME,
        )
    return lon_deg, lat_deg
