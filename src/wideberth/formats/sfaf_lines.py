"""The items of one SFAF record: figures as SFAF writes them, rounded outwards where it must."""

import math
import re
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from wideberth.engine.geodesy import GEOD
from wideberth.errors import WideberthError
from wideberth.formats.emission import width_hz
from wideberth.formats.sfaf_antenna import antenna_lines
from wideberth.formats.sfaf_values import SERVICE_UNIT_M, assigned, place, shortened
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Point
from wideberth.model.span import Datum, FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Role, Volume
from wideberth.units import METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE, SECONDS_PER_DAY

Line = tuple[str, str]

_SERIAL: Final = 10  # characters, MCEB Pub 7
_AGENCY: Final = 6
_FIGURES: Final = 10  # of a frequency, beside its letter
_LINE: Final = 72
_LINES: Final = 20
_FAR_KM: Final = 9999
_CLASS: Final = re.compile(r"[A-Z]{2,4}")
_KILO_BELOW_HZ: Final = 30e6
_GIGA_FROM_HZ: Final = 100e9


class OutsideError(WideberthError):
    """Something without which there is no record, and which SFAF cannot say."""


def lines_of(activity: Activity, stations: Sequence[Volume]) -> list[Line]:
    """Return the items of a record: the transmitter first, where there is one.

    Raises OutsideError for a place, a height or a name that SFAF has no form for.
    """
    first = stations[0]
    emission = first.radio.emission if first.radio is not None else ""
    if first.freq is None:
        raise OutsideError("no frequency band.")
    emits = first.role is Role.EMIT
    lines = [
        ("005", "U"),
        ("102", _name(activity.id, _SERIAL, "102")),
        ("110", _frequency(first.freq, emission)),
        *([("113", activity.kind)] if _CLASS.fullmatch(activity.kind) else []),
        *([("114", emission)] if emission else []),
        *_power(first),
        *_dates(first.time),
        ("200", _name(activity.party, _AGENCY, "200")),
    ]
    if emits:
        lines += _station(first, "3", "")
    for number, volume in enumerate(stations[emits:], start=1):
        lines += _station(volume, "4", "" if number == 1 else f",R{number:02d}")
    lines += [("502", line) for line in textwrap.wrap(activity.title, _LINE)[:_LINES]]
    return [*lines, *_service(stations)]


def _name(text: str, longest: int, number: str) -> str:
    if len(text) > longest or text != " ".join(text.splitlines()).strip():
        raise OutsideError(
            f"item {number} has at most {longest} characters, and {text[:40]!r} does not fit.",
            remedy="Give it a shorter name.",
        )
    return text


def _frequency(band: FrequencyBand, emission: str) -> str:
    """Return one frequency where the emission makes the very band of it, else both edges."""
    middle_hz = (band.low_hz + band.high_hz) / 2.0
    single = _figure(middle_hz, ROUND_FLOOR)
    if emission and assigned(single).band(emission) == band:
        return single
    low, high = _figure(band.low_hz, ROUND_FLOOR), _figure(band.high_hz, ROUND_CEILING)
    if emission and width_hz(emission) > band.high_hz - band.low_hz:
        raise OutsideError("its emission needs more than its band.", remedy="Correct one of them.")
    return f"{low}-{high}"


def _figure(hz: float, rounding: str) -> str:
    """Return a frequency with its letter: K below 30 MHz, G from 100 GHz, M between."""
    unit = "K" if hz < _KILO_BELOW_HZ else "G" if hz >= _GIGA_FROM_HZ else "M"
    exact = Decimal(repr(hz)).scaleb(-{"K": 3, "M": 6, "G": 9}[unit])
    whole = len(str(int(exact)))
    last = Decimal(1).scaleb(-max(0, _FIGURES - 1 - whole))
    kept = exact.quantize(last, rounding=rounding)
    figures = f"{kept:f}"
    return unit + (figures.rstrip("0").rstrip(".") if "." in figures else figures)


def _power(volume: Volume) -> list[Line]:
    if volume.role is not Role.EMIT or volume.eirp_dbm is None:
        return []
    return [("117", shortened(volume.eirp_dbm, 6))]


def _dates(window: TimeWindow) -> list[Line]:
    """Return the whole days that hold a window."""
    lines: list[Line] = []
    if math.isfinite(window.start_s):
        lines.append(("140", _day(math.floor(window.start_s / SECONDS_PER_DAY))))
    if math.isfinite(window.end_s):
        lines.append(("141", _day(math.ceil(window.end_s / SECONDS_PER_DAY) - 1)))
    return lines


def _day(day: int) -> str:
    try:
        return f"{datetime.fromtimestamp(day * SECONDS_PER_DAY, UTC):%Y%m%d}"
    except (OverflowError, OSError, ValueError):
        raise OutsideError("a date outside the years 1 to 9999.") from None


def _station(volume: Volume, head: str, suffix: str) -> list[Line]:
    if not isinstance(volume.footprint, Circle):
        kind = type(volume.footprint).__name__.lower()
        raise OutsideError(
            f"volume {volume.id!r} is a {kind}; a record says a place and a radius.",
            remedy="Declare the circle about it, or keep it in the plan.",
        )
    text = _position(volume.footprint.centre)
    off_m = abs(GEOD.inv(*volume.footprint.centre, *place(text, "303"))[2])
    lines = [(f"{head}03", text), *_radius(volume.footprint.radius_m, off_m, head)]
    lines += _height(volume.height, head)
    if volume.radio is not None and volume.radio.antenna is not None:
        lines += antenna_lines(volume.radio.antenna, head)
    if suffix.endswith("01") or not suffix:
        return lines
    return [(number, f"{words}{suffix}") for number, words in lines]


def _position(point: Point) -> str:
    lon_deg, lat_deg = point
    return f"{_angle(lat_deg, 2)}{'NS'[lat_deg < 0.0]}{_angle(lon_deg, 3)}{'EW'[lon_deg < 0.0]}"


def _angle(angle_deg: float, digits: int) -> str:
    minutes, second = divmod(round(abs(angle_deg) * 3600.0), 60)
    degree, minute = divmod(minutes, 60)
    return f"{degree:0{digits}d}{minute:02d}{second:02d}"


def _radius(radius_m: float, off_m: float, head: str) -> list[Line]:
    """Return the radius in whole kilometres that holds the circle about the rounded place."""
    if radius_m == 0.0:
        return []
    moved_m = off_m if off_m > 1e-3 else 0.0
    kilometres = math.ceil((radius_m + moved_m) / METRES_PER_KILOMETRE)
    if kilometres > _FAR_KM:
        raise OutsideError(f"a radius of {kilometres:,} km.")
    return [(f"{head}06", f"{kilometres}{'T' if head == '3' else ''}")]


def _height(band: HeightBand, head: str) -> list[Line]:
    """Return the feedpoint's height, or up to which height the structure reaches."""
    lower, upper = band.lower, band.upper
    is_single = lower == upper
    if is_single and lower.datum is Datum.GROUND:
        return [(f"{head}59", shortened(lower.height_m, 5))]
    if is_single and lower.datum is Datum.MSL:
        return [(f"{head}58", shortened(lower.height_m, 5)), (f"{head}59", "0")]
    if lower.datum is upper.datum is Datum.GROUND and 0.0 <= lower.height_m <= upper.height_m < 999:
        return [(f"{head}56", str(math.ceil(upper.height_m)))]
    if lower.datum is upper.datum is Datum.MSL and lower.height_m >= 0.0 and _thousands(band) < 1e3:
        return []  # item 711, for all stations of the record
    raise OutsideError(
        f"heights from {lower.height_m:g} m {lower.datum.value} to {upper.height_m:g} m"
        f" {upper.datum.value}.",
        remedy="Declare the antenna's own height above ground.",
    )


def _thousands(band: HeightBand) -> float:
    return math.ceil(band.upper.height_m / SERVICE_UNIT_M - 1e-9) if _is_bounded(band) else math.inf


def _is_bounded(band: HeightBand) -> bool:
    return math.isfinite(band.upper.height_m)


def _service(stations: Sequence[Volume]) -> list[Line]:
    """Return item 711 where a station's heights are said by it: range and thousands of feet."""
    said = [
        v
        for v in stations
        if v.height.lower != v.height.upper and v.height.lower.datum is Datum.MSL
    ]
    if not said:
        return []
    far_m = max(v.footprint.radius_m for v in said if isinstance(v.footprint, Circle))
    range_nm = min(999, math.ceil(far_m / METRES_PER_NAUTICAL_MILE))
    return [("711", f"{range_nm:03d}{int(max(_thousands(v.height) for v in said)):03d}")]
