"""Values of a slip as letters A to Z and digits, and back: texts, heights, instants, bands.

Rounding goes outwards: lower limits and starts down, upper limits and ends up.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.times import utc
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow

_DATUMS: Final = {
    Datum.ELLIPSOID: "E",
    Datum.MSL: "M",
    Datum.PRESSURE: "P",
    Datum.GROUND: "G",
}
_LETTERS: Final = {letter: datum for datum, letter in _DATUMS.items()}
_SPELT: Final = {" ": "S", "-": "H", ".": "P", "_": "B", "/": "D", "x": "X"}
_MARKS: Final = {mark: character for character, mark in _SPELT.items()}
_PIECE: Final = re.compile(r"XC([0-9A-F]{6})|X([UL])|X([SHPBDX])|([A-WYZ0-9])")
_CAPITALS: Final = re.compile(r"([A-Z][A-Z0-9 _./-]*[A-Z])")
_HEIGHTS: Final = re.compile(r"([EMPG])(N|[UD]\d{1,9})([EMPG])(N|[UD]\d{1,9})")
_TIMES: Final = re.compile(r"(N|\d{14})T(N|\d{14})")
_BAND: Final = re.compile(r"(\d{1,15})T(\d{1,15})")
_OPEN: Final = ((2, -math.inf), (4, math.inf))
_SLACK: Final = 1e-6  # so that 1524.0000000001 m stays 1524


def spell(text: str) -> str:
    """Return a text in letters and digits: capitals after XU, or from XL to XL; signs after X.

    >>> spell("N1 north-x"), spell("FIRE-7")
    ('XUN1XSNORTHXHXX', 'XLFIREXLXH7')
    """
    runs = _CAPITALS.split(text)  # every second one is a run of capitals
    return "".join(
        f"XL{''.join(map(_spelt, run.lower()))}XL" if k % 2 else "".join(map(_spelt, run))
        for k, run in enumerate(runs)
    )


def _spelt(character: str) -> str:
    if character in _SPELT:
        return "X" + _SPELT[character]
    if character.isascii() and character.isalnum():
        return "XU" + _spelt(character.lower()) if character.isupper() else character.upper()
    return f"XC{ord(character):06X}"


def unspell(code: str) -> str:
    """Return the text that was spelt; raises ImpossibleValueError for what cannot be."""
    text, at, is_capital, is_locked = "", 0, False, False
    while at < len(code):
        piece = _PIECE.match(code, at)
        if piece is None or (piece[1] and not _is_character(int(piece[1], 16))):
            raise ImpossibleValueError(f"{code[at : at + 8]!r} spells nothing.")
        at = piece.end()
        number, shift, mark, plain = piece.groups()
        if shift:
            is_capital, is_locked = shift == "U", is_locked is not (shift == "L")
            continue
        character = chr(int(number, 16)) if number else _MARKS[mark] if mark else plain.lower()
        text += character.upper() if (is_capital or is_locked) and not number else character
        is_capital = False
    return text


def _is_character(number: int) -> bool:
    return number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF


def down(value: float) -> int:
    """Return the whole number at or below a value, not minding its rounding noise."""
    return math.floor(value + _SLACK)


def up(value: float) -> int:
    """Return the whole number at or above a value, not minding its rounding noise."""
    return math.ceil(value - _SLACK)


def heights_code(band: HeightBand) -> str:
    """Return datum, U or D and whole metres of both limits; N for no limit."""
    return _limit_code(band.lower, down) + _limit_code(band.upper, up)


def _limit_code(limit: HeightLimit, whole: Callable[[float], int]) -> str:
    letter = _DATUMS[limit.datum]
    if math.isinf(limit.height_m):
        return f"{letter}N"
    height_m = whole(limit.height_m)
    return f"{letter}{'D' if height_m < 0 else 'U'}{abs(height_m)}"


def heights_of(code: str) -> HeightBand:
    """Return the height band of a code."""
    found = _HEIGHTS.fullmatch(code)
    if found is None:
        raise ImpossibleValueError(f"{code!r} is no pair of heights.")
    low_m, high_m = (_height_m(found[k], unlimited_m) for k, unlimited_m in _OPEN)
    return HeightBand(
        HeightLimit(low_m, _LETTERS[found[1]]), HeightLimit(high_m, _LETTERS[found[3]])
    )


def _height_m(code: str, unlimited_m: float) -> float:
    if code == "N":
        return unlimited_m
    return -float(code[1:]) if code[0] == "D" else float(code[1:])


def window_code(window: TimeWindow) -> str:
    """Return start and end as YYYYMMDDHHMMSS in UTC, with a T between; N for an open side."""
    ends = (
        "N" if math.isinf(time_s) else stamp(whole(time_s))
        for time_s, whole in ((window.start_s, down), (window.end_s, up))
    )
    return "T".join(ends)


def window_of(code: str) -> TimeWindow:
    """Return the window of a code."""
    found = _TIMES.fullmatch(code)
    if found is None:
        raise ImpossibleValueError(f"{code!r} is no pair of times.")
    start, end = found.groups()
    return TimeWindow(
        -math.inf if start == "N" else float(unstamp(start)),
        math.inf if end == "N" else float(unstamp(end)),
    )


def stamp(time_s: int) -> str:
    """Return YYYYMMDDHHMMSS of a whole second UTC."""
    when = datetime.fromtimestamp(time_s, UTC)
    return f"{when.year:04d}{when:%m%d%H%M%S}"


def unstamp(code: str) -> int:
    """Return the second UTC of YYYYMMDDHHMMSS; raises ImpossibleValueError where there is none."""
    year, second = int(code[:4]), int(code[12:14])
    month, day, hour, minute = (int(code[k : k + 2]) for k in (4, 6, 8, 10))
    if second >= 60 or hour >= 24 or year < 1:
        raise ImpossibleValueError(f"{code!r} is no date and time.")
    return round(utc(year, month, day, hour, minute)) + second


def band_code(band: FrequencyBand) -> str:
    """Return both edges in whole hertz with a T between."""
    return f"{max(1, down(band.low_hz))}T{up(band.high_hz)}"


def band_of(code: str) -> FrequencyBand:
    """Return the band of a code."""
    found = _BAND.fullmatch(code)
    if found is None:
        raise ImpossibleValueError(f"{code!r} is no band.")
    return FrequencyBand(float(found[1]), float(found[2]))
