"""The words of a navigational warning, found by one pattern.

What only resembles a position is a token of its own, so that it cannot be lost. Offsets are into
the upper-case text.
"""

import re
from typing import Final, NamedTuple

from wideberth.errors import ImpossibleValueError
from wideberth.formats.positions import degrees
from wideberth.units import (
    METRES_PER_FATHOM,
    METRES_PER_FOOT,
    METRES_PER_KILOMETRE,
    METRES_PER_NAUTICAL_MILE,
    METRES_PER_YARD,
)


class Coordinate(NamedTuple):
    """Signed degrees, and half a unit of the last written digit in metres of latitude."""

    degrees: float
    slack_m: float


class Token(NamedTuple):
    """A piece of the text.

    kind: one of the constants below; punctuation and words of the grammar are their own kind.
    value: Coordinate or None (LAT, LON), number (NUM), month 1-12, weekday 0-6 from Monday,
    metres (UNIT), else None.
    """

    kind: str
    text: str
    value: Coordinate | float | None
    start: int
    end: int


LAT: Final = "LAT"
LON: Final = "LON"
BAD: Final = "BAD"  # resembles a position and is none
ITEM: Final = "ITEM"  # "1." or "A." at the start of a line
DTG: Final = "DTG"  # 171636Z
CLOCK: Final = "CLOCK"  # 0500Z
REF: Final = "REF"  # 1247/23
NUM: Final = "NUM"  # digits, or a number in words
WORD: Final = "WORD"  # a run of words that mean nothing to the grammar
MONTH: Final = "MONTH"
WEEKDAY: Final = "WEEKDAY"
UNIT: Final = "UNIT"
POSITIONS: Final = frozenset((LAT, LON, BAD))

# The first sign stands before the alternatives, so that the search can leap from sign to sign.
_TOKEN: Final = re.compile(
    r"[A-Z0-9.,:;()/\u2013-](?:"
    r"(?<=[A-Z])(?P<WORD>[A-Z0-9'&]*(?:/[A-Z0-9]+)*)"
    r"|(?<=[0-9])(?:"
    r"(?P<POSITION>(?<![0-9-][0-9])(?<![0-9]\.[0-9])[0-9]{0,2}[-\xb0] ?([0-9]{1,2}(?:\.[0-9]+)?)"
    r"(?:[-'\u2032] ?([0-9]{1,2}(?:\.[0-9]+)?))?[\"\u2033'\u2032]? ?([NSEW])(?![A-Z]))"
    r"|(?P<DTG>(?<![0-9][0-9])[0-9]{5} ?(?:Z|UTC|GMT)\b)"
    r"|(?P<CLOCK>(?<![0-9][0-9])[0-9]{3} ?(?:Z|UTC|GMT)\b)"
    r"|(?P<BAD>[0-9.\xb0'\u2032\"\u2033-]* ?[NSEW](?![A-Z0-9])|[0-9]{0,2}-[0-9.-]+[NSEW](?!M))"
    r"|(?P<REF>(?<![0-9][0-9])[0-9]{0,4}/[0-9]{2,4}(?![0-9])(?:\([0-9A-Z, ]*\))?)"
    r"|(?P<NUM>[0-9]*(?:\.[0-9]+)?))"
    r"|(?P<MARK>))"
)
_ITEM: Final = re.compile(r"^[ \t]*([0-9]{1,2}|[A-Z])\.(?=\s|$)", re.MULTILINE)

_MONTHS: Final = "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER"
_DAYS: Final = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"
_NUMBERS: Final = (
    "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN"
    " FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN TWENTY"
)
_TENS: Final = "THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY"
_KEYS: Final = (
    "IN AREA AREAS BOUND BOUNDED WITHIN OF FROM TO AND OR BY THE A AN TRACKLINE TRACKLINES LINE"
    " LINES TRACK ROUTE JOINING CONNECTING BETWEEN ALONG EITHER SIDE RADIUS CIRCLE CENTERED CENTRED"
    " ON AT VICINITY NEAR WIDE WIDTH BERTH DAILY THRU THROUGH TILL UNTIL FURTHER NOTICE COMMENCING"
    " BEGINNING STARTING SUNRISE SUNSET DAYLIGHT ALTERNATE ALTERNATES LOCAL EXCEPT HOLIDAYS CANCEL"
    " THIS MSG MESSAGE CHANNEL CHANNELS CH CHAN MHZ KHZ GHZ HZ GPS GNSS VHF UHF HF MF LF FOLLOWING"
    " POSITION POSITIONS POINT POINTS COORDINATES DEPTH DEPTHS FLOAT LEAST SHOAL SHOALS BELOW"
    " SURFACE HEIGHT HEIGHTS ALTITUDE CEILING UP HEREBY SELF LONG REQUESTED"
)
_UNITS: Final = {
    METRES_PER_NAUTICAL_MILE: "MILE MILES NM NMI",
    1.0: "METER METERS METRE METRES MTRS",
    METRES_PER_KILOMETRE: "KM KMS KILOMETER KILOMETERS KILOMETRE KILOMETRES",
    METRES_PER_YARD: "YARD YARDS YDS",
    METRES_PER_FOOT: "FOOT FEET FT",
    METRES_PER_FATHOM: "FATHOM FATHOMS",
}


def _vocabulary() -> dict[str, tuple[str, float | None]]:
    known: dict[str, tuple[str, float | None]] = {k: (k, None) for k in _KEYS.split()}
    for i, name in enumerate([*_MONTHS.split(), "DECEMBER"], start=1):
        known[name] = known[name[:3]] = (MONTH, float(i))
    known["SEPT"] = (MONTH, 9.0)
    for i, name in enumerate(_DAYS.split()):
        known[name] = known[f"{name}S"] = (WEEKDAY, float(i))
    known |= {name: (NUM, float(i)) for i, name in enumerate(_NUMBERS.split())}
    known |= {name: (NUM, 10.0 * i) for i, name in enumerate(_TENS.split(), start=3)}
    known |= {"HUNDRED": (NUM, 100.0), "HALF": (NUM, 0.5), "QUARTER": (NUM, 0.25)}
    known |= {"M": (UNIT, 0.0)}  # metres or miles: the grammar asks
    for metres, names in _UNITS.items():
        known |= dict.fromkeys(names.split(), (UNIT, metres))
    return known


_KNOWN: Final = _vocabulary()
_new: Final = tuple.__new__  # a third of the time of Token(...)
_PLAIN: Final = (WORD, None)
_HALF_MINUTE_M: Final = 0.5 * METRES_PER_NAUTICAL_MILE
_SLACKS_M: Final = tuple(_HALF_MINUTE_M * 10.0**-n for n in range(10))


def whole_words(text: str, start: int, end: int) -> str:
    """Return a part of a text with the rest of the words it cuts."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]


def tokens_of(text: str) -> list[Token]:
    """Return all tokens of an upper-case text, in order; white space alone belongs to none.

    Words without a meaning to the grammar come as one WORD token a run.
    """
    found: list[Token] = []
    add = found.append
    items = {m.start(1): m.end() for m in _ITEM.finditer(text)}
    skip_to, run_start, run_end = 0, -1, -1
    for match in _TOKEN.finditer(text):
        word, kind = match[0], match.lastgroup
        start, end = match.span()
        value: Coordinate | float | None = None
        if kind == WORD:
            known = _KNOWN.get(word)
            if known is None and (end - start > 1 or start not in items):
                run_start = run_start if run_start >= 0 else start
                run_end = end
                continue
            kind, value = known or _PLAIN
        elif kind == "MARK":
            if start < skip_to:
                continue
            kind = word = "-" if word == "\u2013" else word
        elif kind == "POSITION":
            kind, value = (LAT if match[5] in "NS" else LON), _coordinate(match)
        elif kind == NUM:
            value = float(word[:15])
        if end - start < 3 and start in items:
            skip_to = end = items[start]
            kind, word, value = ITEM, text[start:end], None
        if run_start >= 0:
            add(_new(Token, (WORD, text[run_start:run_end], None, run_start, run_end)))
            run_start = -1
        add(_new(Token, (kind, word, value, start, end)))
    if run_start >= 0:
        add(_new(Token, (WORD, text[run_start:run_end], None, run_start, run_end)))
    return found


def _coordinate(match: re.Match[str]) -> Coordinate | None:
    """Return the value, or None where there is no such place."""
    minutes, seconds, hemisphere = match.group(3, 4, 5)
    whole = match[0][: match.start(3) - match.start()].rstrip("-\xb0 ")
    if seconds and "." in minutes:
        return None
    try:
        value = degrees(hemisphere, float(whole), float(minutes), float(seconds or 0.0))
    except ImpossibleValueError:
        return None
    last = seconds or minutes
    slack_m = _SLACKS_M[min(len(last.partition(".")[2]), 9)]
    return Coordinate(value, slack_m / 60.0 if seconds else slack_m)
