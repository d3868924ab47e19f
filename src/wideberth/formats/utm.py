"""UTM grid coordinates: a zone and north or south, metres east and north (NGA.STND.0037).

The letter S is refused: as a hemisphere it is the south, as a latitude band 32 to 40 degrees north.
What is written here says north or south in full.
"""

import re
from functools import lru_cache
from typing import Final

import pyproj

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import mgrs_of
from wideberth.model.footprint import Point, check_point

WITHIN_M: Final = 0.1  # what utm_of rounds away
_FORM: Final = "Write it like 36 north 684123 3765432 or 36T 684123 4765432."
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
_SOUTH_NORTHING_M: Final = 10_000_000.0
_LOW_DEG, _HIGH_DEG = -80.0, 84.0
_UTM: Final = re.compile(
    r"(?P<zone>[0-9]{1,2}) ?(?P<side>NORTH|SOUTH|[A-Z]),? "
    r"(?P<e1>E )?(?P<east>[0-9]{6}(?:\.[0-9]{1,3})?) ?(?P<e2>ME?)?,? ?"
    r"(?P<n1>N )?(?P<north>[0-9]{1,8}(?:\.[0-9]{1,3})?) ?(?P<n2>MN?)?"
)
_SLACK_DEG: Final = 0.01


@lru_cache(maxsize=120)
def _projection(zone: int, *, is_south: bool) -> pyproj.Proj:
    return pyproj.Proj(proj="utm", zone=zone, south=is_south, ellps="WGS84")


def looks_like_utm(text: str) -> bool:
    """Return whether a text has the form of UTM coordinates."""
    return _UTM.fullmatch(text.strip().upper()) is not None


def utm_of(point: Point) -> str:
    """Return UTM coordinates to a decimetre: 36 north 684123.5 3765432.0; empty near the poles."""
    check_point(point)
    lon_deg, lat_deg = point
    if not _LOW_DEG <= lat_deg < _HIGH_DEG:
        return ""
    zone = int(mgrs_of(point).split()[0][:-1])
    east_m, north_m = _projection(zone, is_south=lat_deg < 0.0)(lon_deg, lat_deg)
    return f"{zone} {'south' if lat_deg < 0.0 else 'north'} {east_m:.1f} {north_m:.1f}"


def point_of_utm(text: str) -> Point:
    """Return the place of UTM coordinates; raises ImpossibleValueError."""
    found = _UTM.fullmatch(text.strip().upper())
    if found is None:
        raise ImpossibleValueError(f"{text!r} is no UTM.", remedy=_FORM)
    zone, side = int(found["zone"]), found["side"]
    if not 1 <= zone <= 60:
        raise ImpossibleValueError(f"there is no zone {zone}.", remedy="Zones go from 1 to 60.")
    if side == "S":
        raise ImpossibleValueError(
            "the letter S says south to some and 32 to 40 degrees north to others.",
            remedy=f"Write {zone} north or {zone} south.",
        )
    if len(side) == 1 and side not in _BANDS:
        raise ImpossibleValueError(f"{side!r} is no latitude band.", remedy=_FORM)
    is_south = side == "SOUTH" or side in tuple("CDEFGHJKLM")
    east_m, north_m = float(found["east"]), float(found["north"])
    if not (100_000.0 <= east_m < 900_000.0 and north_m <= _SOUTH_NORTHING_M):
        raise ImpossibleValueError(
            f"{east_m:g} east or {north_m:g} north is beyond the grid.",
            remedy="East comes first, 100000 to 900000 m.",
        )
    lon_deg, lat_deg = _projection(zone, is_south=is_south)(east_m, north_m, inverse=True)
    _check(zone, side, (lon_deg, lat_deg), is_south=is_south)
    return float(lon_deg), float(lat_deg)


def _check(zone: int, side: str, point: Point, *, is_south: bool) -> None:
    """Raise ImpossibleValueError where a place is not in the band or far out of the zone."""
    lon_deg, lat_deg = point
    check_point(point)
    off_deg = abs((lon_deg - (6 * zone - 183) + 180.0) % 360.0 - 180.0)
    if off_deg > (6.5 if lat_deg >= 56.0 else 3.5):  # zones of Norway and Svalbard are wider
        raise ImpossibleValueError(
            f"it lies {off_deg:.1f} degrees off the middle of zone {zone}.",
            remedy="Check the zone and the metres east.",
        )
    low_deg, high_deg = (_LOW_DEG, 0.0) if is_south else (0.0, _HIGH_DEG)
    if len(side) == 1 and side != "N":
        low_deg = -80.0 + 8.0 * _BANDS.index(side)
        high_deg = _HIGH_DEG if side == "X" else low_deg + 8.0
    if not low_deg - _SLACK_DEG <= lat_deg <= high_deg + _SLACK_DEG:
        raise ImpossibleValueError(
            f"it lies at {lat_deg:.2f} degrees, not {low_deg:g} to {high_deg:g} as {side} says.",
            remedy="Check the letter and the metres north.",
        )
