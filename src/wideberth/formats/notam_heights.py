"""NOTAM heights: items F and G, the Q line's levels, and heights written into item E.

Source: ICAO Annex 15, appendix on the NOTAM format, items F and G; Doc 8126, chapter 6.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.reading import Problem, Severity
from wideberth.model.span import Datum, HeightBand, HeightLimit
from wideberth.units import METRES_PER_FLIGHT_LEVEL, METRES_PER_FOOT

_LIMIT: Final = (
    r"(?:GND|SFC|MSL|UNL(?:TD|IMITED)?|FL ?[0-9]{1,3}(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,2} ?(?:FT|M)(?![A-Z])(?: ?(?:AMSL|MSL|AGL|ASFC))?"
    r"|[0-9]{1,6}(?:\.[0-9]{1,3})? ?(?:FT|M)(?![A-Z])(?: ?(?:AMSL|MSL|AGL|ASFC))?)"
)
_WORDS: Final = re.compile(_LIMIT)
_PARTS: Final = re.compile(r"([0-9.,]+) ?(FT|M)(?: ?(AMSL|MSL|AGL|ASFC))?")
_DATUMS: Final = {
    "AMSL": Datum.MSL, "MSL": Datum.MSL, "AGL": Datum.GROUND, "ASFC": Datum.GROUND
}  # fmt: skip
_FROM_TO: Final = re.compile(
    rf"(?<![A-Z0-9])(?:({_LIMIT})|[0-9]{{3,6}})(?: ?[-/] ?| TO | AND | UP TO )({_LIMIT})"
    r"(?![A-Z0-9])"
)
_BELOW: Final = re.compile(rf"(?<![A-Z0-9,.])({_LIMIT}) (?:AND|OR|&) (?:BELOW|BLW|LOWER)")
_ABOVE: Final = re.compile(rf"(?<![A-Z0-9,.])({_LIMIT}) (?:AND|OR|&) (?:ABOVE|ABV|HIGHER)")
_UP_TO: Final = re.compile(
    r"(?:UP TO|UPPER LIMIT|HEIGHTS?|HGT|ALTITUDES?|ALT|BELOW|BLW|NOT ABOVE|ELEV)"
    rf"(?: ?: ?| (?:OF |IS )?)({_LIMIT})(?![A-Z0-9])"
)
_HAS_HEIGHT: Final = re.compile(r"[0-9] ?(?:FT|M)(?![A-Z])|FL ?[0-9]|UNL")
GROUND: Final = HeightLimit(0.0, Datum.GROUND)
UNLIMITED: Final = HeightLimit(math.inf, Datum.MSL)


@dataclass(frozen=True, slots=True)
class Limit:
    """A height limit, what was assumed about it ("" for nothing), and the words left over."""

    limit: HeightLimit | None
    assumed: str
    rest: str


def limit_of(words: str) -> Limit:
    """Return the limit that words begin with; None where they do not begin with one.

    Feet and metres without a datum are taken above mean sea level, which is assumed.
    """
    match = _WORDS.match(words)
    if match is None:
        return Limit(None, "", words)
    rest = words[match.end() :].strip(" ).")
    word = match[0]
    if word in ("GND", "SFC"):
        return Limit(GROUND, "", rest)
    if word == "MSL":
        return Limit(HeightLimit(0.0, Datum.MSL), "", rest)
    if word.startswith("UNL"):
        return Limit(UNLIMITED, "", rest)
    if word.startswith("FL"):
        level = HeightLimit(float(word[2:]) * METRES_PER_FLIGHT_LEVEL, Datum.PRESSURE)
        return Limit(level, "", rest)
    parts = _PARTS.fullmatch(word)
    assert parts is not None  # the same pattern, taken apart
    figure, unit, datum = parts.groups()
    height_m = float(figure.replace(",", "")) * (1.0 if unit == "M" else METRES_PER_FOOT)
    assumed = "" if datum else f"{word} has no datum; above mean sea level is assumed."
    return Limit(HeightLimit(height_m, _DATUMS.get(datum, Datum.MSL)), assumed, rest)


def level_limits(lower: str, upper: str) -> tuple[HeightLimit, HeightLimit]:
    """Return the limits of a Q line's flight levels: 000 is the ground, 999 is no limit."""
    low = GROUND if lower == "000" else _level(lower)
    return low, UNLIMITED if upper == "999" else _level(upper)


def _level(figure: str) -> HeightLimit:
    return HeightLimit(float(figure) * METRES_PER_FLIGHT_LEVEL, Datum.PRESSURE)


def widened(band: HeightBand, text: str, where: str) -> tuple[HeightBand, tuple[Problem, ...]]:
    """Return a band widened by the heights that item E names, with a remark on each.

    Limits of unlike datum are compared by their figures, since the terrain is not known here.
    """
    if _HAS_HEIGHT.search(text) is None:
        return band, ()
    lower, upper = band.lower, band.upper
    problems: list[Problem] = []
    for words, low, high in _mentions(text):
        more = (low is not None and low.height_m < lower.height_m) or (
            high is not None and high.height_m > upper.height_m
        )
        if low is not None and low.height_m < lower.height_m:
            lower = low
        if high is not None and high.height_m > upper.height_m:
            upper = high
        what = (
            "item E names a height beyond items F and G; the larger extent is taken."
            if more
            else "the height in item E lies within items F and G, which are taken."
        )
        severity = Severity.PARTIAL if more else Severity.NOTE
        remedy = "Ask the issuer which limits hold." if more else ""
        problems.append(Problem(severity, where, what, remedy, words))
    return band_of(lower, upper) or HeightBand(GROUND, UNLIMITED), tuple(problems)


def without_heights(text: str) -> str:
    """Return a text without the heights that widened uses or tells."""
    if _HAS_HEIGHT.search(text) is None:
        return text
    for words, _, _ in _mentions(text):
        text = text.replace(words, " ", 1)
    return text


def band_of(lower: HeightLimit, upper: HeightLimit) -> HeightBand | None:
    """Return the band between two limits, or None where they run backwards."""
    try:
        return HeightBand(lower, upper)
    except ImpossibleValueError:
        return None


def _mentions(text: str) -> list[tuple[str, HeightLimit | None, HeightLimit | None]]:
    """Return each height in a text with its words: lower limit, upper limit, or both."""
    found: list[tuple[str, HeightLimit | None, HeightLimit | None]] = []
    taken: list[tuple[int, int]] = []
    for pattern in (_FROM_TO, _BELOW, _ABOVE, _UP_TO):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            limits = [limit_of(words).limit if words else None for words in match.groups()]
            if pattern is _FROM_TO:
                found.append((match[0], limits[0], limits[1]))
            elif pattern is _ABOVE:
                found.append((match[0], limits[0], None))
            else:
                found.append((match[0], None, limits[0]))
    return found
