"""Positions in item E, in every common spelling, and what only looks like one.

Spellings: 344000N0331000E, 344000N 0331000E, 3440N03310E, N344000E0331000, N3440 E03310,
34-40-00N 033-10-00E, 34 40 00N 033 10 00E, with degree signs, with decimals in the last part.
Source: ICAO Doc 8126, chapter 6 (degrees, minutes, seconds); spellings seen in notices.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from wideberth.errors import ImpossibleValueError
from wideberth.formats.positions import degrees
from wideberth.model.footprint import Point

_MARK: Final = r"['\"\u2032\u2033\u2019\u201d\u00b4]"  # primes, quotes, an accent
_ANGLE: Final = (
    r"(?:[0-9]{4,8}(?:\.[0-9]{1,6})?"
    r"|[0-9]{1,3}\.[0-9]{1,8} ?[\u00b0\u00ba]?"
    rf"|[0-9]{{1,3}} ?[-:\u00b0\u00ba ] ?[0-9]{{1,2}}(?:\.[0-9]{{1,6}})?"
    rf"(?: ?(?:[-: ]|{_MARK}) ?[0-9]{{1,2}}(?:\.[0-9]{{1,6}})?)? ?{_MARK}{{0,2}}"
    r"|[0-9]{1,3} ?[\u00b0\u00ba])"
)
_BETWEEN: Final = r" ?(?:[,/-] ?)?(?:LONG?(?:ITUDE)?:? ?)?"
_PAIR: Final = re.compile(  # the letter before its look behind: much faster
    rf"([NS]) ?(?<![A-Z0-9]N)(?<![A-Z0-9]S)(?<![A-Z0-9][NS] )({_ANGLE}){_BETWEEN}"
    rf"([EW]) ?({_ANGLE})(?![A-Z0-9\u00b0\u00ba])"
    rf"|(?<![A-Z0-9.])({_ANGLE}) ?([NS]){_BETWEEN}({_ANGLE}) ?([EW])(?![A-Z0-9])"
)
_LOOKS: Final = re.compile(
    r"(?<![A-Z0-9])[NSEW] ?[0-9]{4,}(?:\.[0-9]+)?"
    r"|(?<![0-9])[0-9]{4,}(?:\.[0-9]+)?(?:[NSEW](?![A-Z])| [NSEW](?![A-Z0-9]))"
    rf"|[0-9]{{1,3}} ?[-:\u00b0\u00ba] ?[0-9]{{1,2}}(?:\.[0-9]+| ?(?:[-:]|{_MARK}) ?[0-9.]{{0,9}})?"
    rf" ?{_MARK}{{0,2}} ?[NSEW](?![A-Z0-9])"
    r"|[0-9]{1,3}\.[0-9]{2,} ?[\u00b0\u00ba]? ?[NSEW](?![A-Z0-9])"
    r"|[0-9]{1,3} ?[\u00b0\u00ba] ?[0-9]{1,2}"
)
_FIGURES: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIGITS: Final = {"N": 2, "S": 2, "E": 3, "W": 3}  # of the whole degrees, per hemisphere


class Token(NamedTuple):
    """Words that are, or look like, a position: where in the text, and the point or the fault."""

    start: int
    end: int
    words: str
    point: Point | None
    fault: str


def tokens_in(text: str) -> list[Token]:
    """Return positions, and what looks like part of one, in a text in capitals; in order."""
    found: list[Token] = []
    last = 0
    for match in _PAIR.finditer(text):
        start = match.start()
        if start > last:
            found.extend(_leftovers(text, last, start))
        found.append(_token(match))
        last = match.end()
    found.extend(_leftovers(text, last, len(text)))
    return found


def _leftovers(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _LOOKS.finditer(text, start, end):
        fault = f"{match[0]!r} looks like part of a position, but is not one."
        yield Token(match.start(), match.end(), match[0], None, fault)


def _token(match: re.Match[str]) -> Token:
    first_ns, first_lat, first_ew, first_lon, lat, ns, lon, ew = match.groups()
    start, end = match.span()
    try:
        if first_ns:
            point = _point(first_lon, first_ew, first_lat, first_ns)
        else:
            point = _point(lon, ew, lat, ns)
    except ImpossibleValueError as error:
        return Token(start, end, match[0], None, f"position {match[0]!r}: {error.what}")
    return Token(start, end, match[0], point, "")


def _point(lon: str, ew: str, lat: str, ns: str) -> Point:
    """Return a point; exactly 0, 0 is refused, since lost positions land there."""
    point = (_angle(lon, ew), _angle(lat, ns))
    if " " in lat.strip() and len(_FIGURES.findall(lat)) != len(_FIGURES.findall(lon)):
        raise ImpossibleValueError("latitude and longitude are not written alike.")
    if point == (0.0, 0.0):
        raise ImpossibleValueError("exactly 0, 0 is where lost positions land.")
    return point


def _angle(words: str, hemisphere: str) -> float:
    """Return signed degrees of DDMM, DDMMSS (a digit more for longitude), or of parts."""
    if words.isdigit():
        width = _DIGITS[hemisphere]
        if len(words) == width + 4:
            seconds = float(words[width + 2 :])
            return degrees(hemisphere, int(words[:width]), int(words[width : width + 2]), seconds)
        if len(words) == width + 2:
            return degrees(hemisphere, int(words[:width]), int(words[width:]))
        raise ImpossibleValueError(f"{words!r} has {len(words)} digits.")
    parts = _FIGURES.findall(words)
    whole, _, decimals = parts[0].partition(".")
    if len(parts) == 1 and decimals and len(whole) > 3:
        return _decimal(whole, float(f"0.{decimals}"), hemisphere)
    if " " in words.strip() and len(whole) != _DIGITS[hemisphere]:
        raise ImpossibleValueError(f"{words!r} does not have {_DIGITS[hemisphere]} digits.")
    return degrees(hemisphere, *(float(part) for part in parts))


def _decimal(whole: str, more: float, hemisphere: str) -> float:
    """Return signed degrees where the last part, minutes or seconds, has decimals."""
    width = _DIGITS[hemisphere]
    if len(whole) == width + 2:
        return degrees(hemisphere, int(whole[:width]), int(whole[width:]) + more)
    if len(whole) == width + 4:
        minute, second = int(whole[width : width + 2]), int(whole[width + 2 :]) + more
        return degrees(hemisphere, int(whole[:width]), minute, second)
    raise ImpossibleValueError(f"{whole!r} has {len(whole)} digits.")
