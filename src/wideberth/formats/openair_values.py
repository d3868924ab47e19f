"""OpenAir's small words: positions, heights, activation times, plain numbers.

Source: Naviter, SeeYou OpenAir file format specification 2.1 (units); WinPilot OpenAir 0.92.
"""

import math
import re
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.coordinates import read_position
from wideberth.formats.positions import degrees
from wideberth.formats.times import parse_rfc3339
from wideberth.model.footprint import Point
from wideberth.model.span import Datum, HeightLimit, TimeWindow
from wideberth.units import METRES_PER_FLIGHT_LEVEL, METRES_PER_FOOT, SECONDS_PER_DAY

_ANGLE: Final = r"[0-9]+(?:\.[0-9]+|:[0-9]+(?:\.[0-9]+|:[0-9]+(?:\.[0-9]+)?)?)?"
_PAIR: Final = re.compile(rf"\s*({_ANGLE})\s*([NS])\s*,?\s*({_ANGLE})\s*([EW])\s*,?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)")
_LEVEL: Final = re.compile(r"FL\s*([0-9]{1,3})", re.IGNORECASE)
_HEIGHT: Final = re.compile(
    r"(?P<number>-?[0-9]{1,6}(?:\.[0-9]+)?)\s*(?P<unit>FT|F|M)?\s*"
    r"(?P<datum>AMSL|MSL|AGL|AGND|ASFC|GND|SFC|STD)?",
    re.IGNORECASE,
)
_DATUM: Final = {
    "AMSL": Datum.MSL,
    "MSL": Datum.MSL,
    "AGL": Datum.GROUND,
    "AGND": Datum.GROUND,
    "ASFC": Datum.GROUND,
    "GND": Datum.GROUND,
    "SFC": Datum.GROUND,
    "STD": Datum.PRESSURE,
}
_GROUND: Final = ("GND", "SFC")
_UNLIMITED: Final = ("UNL", "UNLIM", "UNLIMITED")
_END_OF_DAY: Final = re.compile(r"(.{10}[Tt])24:00(?::00)?([Zz])")


def positions(text: str) -> tuple[Point, ...]:
    """Return the positions that fill a text: degrees, `d:m.m` or `d:m:s`, latitude first.

    Raises ImpossibleValueError when any of the text is something else, and for exactly 0, 0.
    """
    found: list[Point] = []
    at = 0
    while at < len(text):
        match = _PAIR.match(text, at)
        if match is None:
            break
        lat, ns, lon, ew = match.groups()
        found.append(read_position([_degrees(lon, ew), _degrees(lat, ns)]))
        at = match.end()
    if not found or text[at:].strip():
        raise ImpossibleValueError(
            f"position {text!r} is not understood.",
            remedy="Write it like 34:30:00 N 033:15:30 E or 34:30.5 N 033:15.5 E.",
        )
    return tuple(found)


def position(text: str) -> Point:
    """Return the one position that fills a text; raises ImpossibleValueError for none or more."""
    found = positions(text)
    if len(found) > 1:
        raise ImpossibleValueError(
            f"{len(found)} positions in {text!r}; 1 was wanted.", remedy="One to a line."
        )
    return found[0]


def _degrees(angle: str, hemisphere: str) -> float:
    return degrees(hemisphere.upper(), *(float(piece) for piece in angle.split(":")))


def number(text: str, what: str) -> float:
    """Return a plain decimal number; what names it in the error."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ImpossibleValueError(
            f"{what} {text!r} is not a number.", remedy="Write it like 12.5."
        )
    return float(text)


def height(text: str) -> tuple[HeightLimit, str]:
    """Return a height limit and what was assumed about it ("" for nothing).

    The format gives feet where no unit is written; a number alone is taken above mean sea level.
    """
    word = text.strip().upper()
    if word in _GROUND:
        return HeightLimit(0.0, Datum.GROUND), ""
    if word in _UNLIMITED:
        return HeightLimit(math.inf, Datum.MSL), ""
    level = _LEVEL.fullmatch(word)
    if level is not None:
        return HeightLimit(float(level[1]) * METRES_PER_FLIGHT_LEVEL, Datum.PRESSURE), ""
    match = _HEIGHT.fullmatch(word)
    if match is None:
        raise ImpossibleValueError(
            f"height {text!r} is not understood.",
            remedy="Write one height: GND, UNL, FL100, 4500ft AMSL, 1000ft AGL or 1500m AMSL.",
        )
    metres = 1.0 if match["unit"] == "M" else METRES_PER_FOOT
    limit = HeightLimit(
        float(match["number"]) * metres, _DATUM[match["datum"]] if match["datum"] else Datum.MSL
    )
    return limit, _assumption(unit=match["unit"], datum=match["datum"])


def _assumption(*, unit: str | None, datum: str | None) -> str:
    words = ([] if unit else ["in feet"]) + ([] if datum else ["above mean sea level"])
    return " ".join(words)


def interval(text: str) -> TimeWindow | None:
    """Return an activation interval `start/end` in UTC; NONE is an open end.

    None stands for `NONE` alone or on both sides: announced elsewhere, not in the file.
    """
    sides = [side.strip() for side in text.split("/")]
    if all(side.upper() == "NONE" for side in sides) and len(sides) <= 2:
        return None
    if len(sides) != 2:
        raise ImpossibleValueError(
            f"activation {text!r} is not start/end.",
            remedy="Write it like 2026-11-22T08:00Z/2026-11-22T10:00Z.",
        )
    start, end = sides
    return TimeWindow(
        -math.inf if start.upper() == "NONE" else _instant(start),
        math.inf if end.upper() == "NONE" else _instant(end),
    )


def _instant(text: str) -> float:
    last = _END_OF_DAY.fullmatch(text)
    if last is not None:
        return parse_rfc3339(f"{last[1]}00:00{last[2]}") + SECONDS_PER_DAY
    return parse_rfc3339(text)
