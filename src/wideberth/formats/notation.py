"""A position in other notations, and back: MGRS, degrees-minutes-seconds, bearing and distance.

One who writes a position down in one notation and reads it back in another cannot repeat a slip
of the first (REQUIREMENTS R4). MGRS is to 1 m (five digits): figures are cut off, not rounded
(NGA.STND.0037, 3.2), so a reference names a square, and is opened to its middle. Beyond 84 N and
80 S it is the polar grid (UPS).
"""

import math
import re
import warnings
from dataclasses import dataclass
from typing import Final

import mgrs  # type: ignore[import-untyped]
from mgrs.core import MGRSError  # type: ignore[import-untyped]

from wideberth.engine.geodesy import GEOD
from wideberth.errors import ImpossibleValueError
from wideberth.formats.positions import degrees
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Point, check_point
from wideberth.units import METRES_PER_NAUTICAL_MILE

MGRS_WITHIN_M: Final = 0.75  # half a square's diagonal, and a little for its scale
DMS_WITHIN_M: Final = 0.25  # half a hundredth of a second both ways
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
_AT_EQUATOR_DEG: Final = 1e-7
_BAND_SLACK_DEG: Final = 1e-4  # a square on the edge of its band has its middle beyond it
_BEARING_DIGITS: Final = 2
_GRID: Final = mgrs.MGRS()
_MGRS: Final = re.compile(
    r"(?P<zone>\d{1,2}[C-HJ-NP-X]|[ABYZ]) ?(?P<square>[A-HJ-NP-Z]{2})"
    r" ?(?P<east>\d{5}) ?(?P<north>\d{5})"
)
_DMS: Final = re.compile(
    r"(\d{2})-(\d{2})-(\d{2}\.\d{2})([NS]) (\d{3})-(\d{2})-(\d{2}\.\d{2})([EW])"
)
_BEARING: Final = re.compile(
    r"(?P<bearing>\d{3}\.\d{2}) T (?P<far>\d+\.\d{2}) NM from (?P<name>.+)"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A position that was read from a notation, and how far off its rounding may put it."""

    point: Point
    within_m: float


def mgrs_of(point: Point) -> str:
    """Return a position's MGRS reference to 1 m, in groups: 18S UJ 23394 07395."""
    check_point(point)
    lon_deg, lat_deg = point
    if -_AT_EQUATOR_DEG < lat_deg < 0.0:
        lat_deg = 0.0  # the package takes 10,000,000 m north of the southern grid for 0 m
    packed = str(_GRID.toMGRS(lat_deg, lon_deg))
    found = _MGRS.fullmatch(packed)
    if found is None:
        raise ImpossibleValueError(f"no MGRS reference for {point}; found {packed!r}.")
    return " ".join(found.group("zone", "square", "east", "north"))


def point_of_mgrs(text: str) -> Point:
    """Return the middle of the square that an MGRS reference of five and five digits names.

    Raises ImpossibleValueError for another form and for a square that is not on the grid.
    """
    found = _MGRS.fullmatch(text.strip().upper())
    if found is None:
        raise ImpossibleValueError(
            f"{text!r} is not an MGRS reference to 1 m.", remedy="Write 18S UJ 23394 07395."
        )
    off_grid = ImpossibleValueError(
        f"{text!r} is no square of the grid.", remedy="Check zone and letters."
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a square off its band, refused below
            packed = "".join(found.group("zone", "square", "east", "north"))
            lat_deg, lon_deg = _GRID.toLatLon(packed)
    except (MGRSError, ValueError) as error:
        raise off_grid from error
    low_deg, high_deg = _band_deg(found["zone"][-1])
    if not low_deg - _BAND_SLACK_DEG <= lat_deg <= high_deg + _BAND_SLACK_DEG:
        raise off_grid
    return float(lon_deg), float(lat_deg)


def _band_deg(letter: str) -> tuple[float, float]:
    """Return the latitudes from and to which a letter is used; NGA.STND.0037, table 3-1."""
    if letter in _BANDS:
        low_deg = -80.0 + 8.0 * _BANDS.index(letter)
        return low_deg, 84.0 if letter == "X" else low_deg + 8.0
    return (-90.0, -80.0) if letter in "AB" else (84.0, 90.0)


def dms_of(point: Point) -> str:
    """Return degrees, minutes and seconds to a hundredth: 34-00-15.00N 033-00-00.00E."""
    check_point(point)
    lon_deg, lat_deg = point
    return f"{_dms(lat_deg, 2)}{'NS'[lat_deg < 0.0]} {_dms(lon_deg, 3)}{'EW'[lon_deg < 0.0]}"


def _dms(angle_deg: float, digits: int) -> str:
    whole, hundredths = divmod(round(abs(angle_deg) * 360_000.0), 100)
    minutes, second = divmod(whole, 60)
    degree, minute = divmod(minutes, 60)
    return f"{degree:0{digits}d}-{minute:02d}-{second:02d}.{hundredths:02d}"


def bearing_of(point: Point, agreement: Agreement) -> str | None:
    """Return bearing (true) and distance from the agreement's nearest named point, or None.

    045.00 T 12.34 NM from MIDWAY. None where the agreement names no point.
    """
    ways = [(GEOD.inv(*at, *point), name) for name, at in agreement.named_points]
    if not ways:
        return None
    (azimuth_deg, _, length_m), name = min(ways, key=lambda way: (way[0][2], way[1]))
    bearing_deg = round(azimuth_deg % 360.0, _BEARING_DIGITS) % 360.0
    return f"{bearing_deg:06.2f} T {length_m / METRES_PER_NAUTICAL_MILE:.2f} NM from {name}"


def opens(text: str, agreement: Agreement | None = None) -> Opened:
    """Return the position that a text in one of the three notations stands for.

    A bearing needs the agreement that names its point. Raises ImpossibleValueError for any other
    text, with the three forms.
    """
    stated = text.strip()
    if _MGRS.fullmatch(stated.upper()):
        return Opened(point_of_mgrs(stated), MGRS_WITHIN_M)
    parts = _DMS.fullmatch(stated)
    if parts is not None:
        lat = degrees(parts[4], float(parts[1]), float(parts[2]), float(parts[3]))
        lon = degrees(parts[8], float(parts[5]), float(parts[6]), float(parts[7]))
        return Opened((lon, lat), DMS_WITHIN_M)
    way = _BEARING.fullmatch(stated)
    if way is not None:
        return _from_named_point(way, agreement)
    raise ImpossibleValueError(
        f"{stated!r} is no position.",
        remedy=(
            "Write 18S UJ 23394 07395, 34-00-15.00N 033-00-00.00E,"
            " or 045.00 T 12.34 NM from a named point."
        ),
    )


def _from_named_point(way: re.Match[str], agreement: Agreement | None) -> Opened:
    named = dict(agreement.named_points) if agreement is not None else {}
    if way["name"] not in named:
        raise ImpossibleValueError(
            f"{way['name']!r} is no named point of the agreement.",
            remedy=f"Named points: {', '.join(sorted(named)) or 'none'}.",
        )
    bearing_deg, far_m = float(way["bearing"]), float(way["far"]) * METRES_PER_NAUTICAL_MILE
    if bearing_deg >= 360.0 or far_m > 2.0e7:
        raise ImpossibleValueError(f"{way[0]!r} is no way on the Earth.", remedy="Check it.")
    lon_deg, lat_deg, _ = GEOD.fwd(*named[way["name"]], bearing_deg, far_m)
    half_deg, half_m = 0.5 * 10.0**-_BEARING_DIGITS, 0.005 * METRES_PER_NAUTICAL_MILE
    return Opened((lon_deg, lat_deg), math.radians(half_deg) * far_m * 1.01 + half_m * 1.01 + 0.01)
