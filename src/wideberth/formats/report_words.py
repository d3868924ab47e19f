"""How a report says heights, instants, positions, bands and titles to a person."""

import math
from typing import Final

from wideberth.engine.words import hertz
from wideberth.formats.shown import line
from wideberth.formats.times import show_utc
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit
from wideberth.units import (
    METRES_PER_FLIGHT_LEVEL,
    METRES_PER_FOOT,
)

_DATUM_WORDS: Final = {
    Datum.ELLIPSOID: "above the ellipsoid",
    Datum.MSL: "above mean sea level",
    Datum.PRESSURE: "",
    Datum.GROUND: "above ground",
}
TITLE_LENGTH: Final = 60  # characters; a notice has its whole wording for a title


def shortened(text: str) -> str:
    """Return a title that fits a line; notices have their whole wording for a title.

    >>> shortened("WESTERN NORTH ATLANTIC. SURVEY OPERATIONS IN PROGRESS BY TWO SHIPS TOWING")
    'WESTERN NORTH ATLANTIC. SURVEY OPERATIONS IN PROGRESS BY …'
    """
    if len(text) <= TITLE_LENGTH:
        return text
    return f"{text[:TITLE_LENGTH].rsplit(' ', 1)[0]} \u2026"


def beside_party(party: str, activity: str) -> str:
    """Return an activity's id as it stands beside its party's name, which is not said twice.

    >>> beside_party("NAVAREA III", "NAVAREA III 212/27")
    '212/27'
    """
    rest = activity.removeprefix(party)
    return rest.lstrip() if rest[:1] == " " and rest.strip() else activity


def beside_id(activity: str, title: str) -> str:
    """Return a title as it stands beside an id, short, and empty where it only repeats the id."""
    return "" if title.strip() == activity.strip() else shortened(title)


def sentence(text: str) -> str:
    """Return words with a capital in front and a full stop behind, safe to show.

    >>> sentence("no rule covers this pair")
    'No rule covers this pair.'
    """
    shown = line(text).strip()
    ends = shown.endswith((".", "!", "?", ":"))
    return f"{shown[:1].upper()}{shown[1:]}{'' if ends or not shown else '.'}"


def count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 volume, 2,000 volumes."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def band(freq: FrequencyBand) -> str:
    """Return a frequency band: 225 MHz to 400 MHz."""
    return f"{hertz(freq.low_hz)} to {hertz(freq.high_hz)}"


def _limit(limit: HeightLimit) -> str:
    height_m = limit.height_m
    if limit.datum is Datum.PRESSURE:
        level = height_m / METRES_PER_FLIGHT_LEVEL
        return f"FL {level:.5g}"
    if height_m == 0.0 and limit.datum is not Datum.ELLIPSOID:
        return "surface" if limit.datum is Datum.MSL else "ground"
    if height_m < 0.0 and limit.datum is Datum.MSL:
        return f"{-height_m:,.4g} m deep".replace(".0 m", " m")
    height_ft = height_m / METRES_PER_FOOT
    return f"{round(height_ft):,} ft {_DATUM_WORDS[limit.datum]}".strip()


def heights(height: HeightBand) -> str:
    """Return a height band with its datums: surface to 5,000 ft above mean sea level."""
    lower = "no lower limit" if math.isinf(height.lower.height_m) else _limit(height.lower)
    upper = "no upper limit" if math.isinf(height.upper.height_m) else _limit(height.upper)
    if lower == upper:
        return lower
    words = _DATUM_WORDS[height.upper.datum]
    if words and lower.endswith(words) and upper.endswith(words):
        lower = lower.removesuffix(words).rstrip()
    return f"{lower} to {upper}"


def instant(time_s: float) -> str:
    """Return a finite instant as 2026-11-22 08:00, UTC without saying so; seconds if there are."""
    text = (show_utc(time_s) or "").removesuffix("Z").replace("T", " ")
    return text.removesuffix(":00")


def window(start_s: float, end_s: float) -> str:
    """Return a time window in UTC, parts of a second rounded outwards; open ends in words.

    >>> window(0.0, 5400.0)
    '1970-01-01 00:00 to 01:30 Z'
    """
    if math.isinf(start_s) and math.isinf(end_s):
        return "at all times"
    start_s = start_s if math.isinf(start_s) else float(math.floor(start_s))
    end_s = end_s if math.isinf(end_s) else float(math.ceil(end_s))
    if math.isinf(end_s):
        return f"from {instant(start_s)} Z until further notice"
    if math.isinf(start_s):
        return f"until {instant(end_s)} Z, since before"
    start, end = instant(start_s), instant(end_s)
    if start == end:
        return f"{start} Z"
    same_day = start[:10] == end[:10]
    return f"{start} to {end[11:] if same_day else end} Z"


def position(point: tuple[float, float]) -> str:
    """Return (lon_deg, lat_deg) in degrees and minutes, latitude first as people say it.

    >>> position((33.25, -34.5))
    "34°30.00'S 033°15.00'E"
    """
    lon_deg, lat_deg = point
    return f"{_angle(lat_deg, 2, 'NS')} {_angle(lon_deg, 3, 'EW')}"


def _angle(angle_deg: float, width: int, hemispheres: str) -> str:
    hundredths = round(abs(angle_deg) * 6000.0)
    degrees, rest = divmod(hundredths, 6000)
    return f"{degrees:0{width}d}°{rest / 100.0:05.2f}'{hemispheres[angle_deg < 0.0]}"
