"""The types a parameter of a phrase can have: how each is read, held and read aloud.

A value is held as one text that is the same on both sides and in all languages. `read` makes it
from what a person typed, `code` puts it in letters A to Z and digits, `of` takes it back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from wideberth.errors import ImpossibleValueError
from wideberth.formats import phrase_figures, phrase_places
from wideberth.formats.phrase_texts import NAME, NameType
from wideberth.formats.slip_codes import stamp, unstamp
from wideberth.formats.times import parse_rfc3339, show_utc

_FROM_S: Final = 0.0
_UNTIL_S: Final = 7_258_118_400.0  # the year 2200
_STAMP: Final = re.compile(r"\d{14}", re.ASCII)


class ValueType(Protocol):
    """How the values of one type are read, held and read aloud; all raise ImpossibleValueError."""

    @property
    def sample(self) -> str:
        """Return a value as one may type it."""

    def read(self, text: str) -> str:
        """Return the value of what was typed; a value is returned as it is."""

    def code(self, value: str) -> str:
        """Return a value in letters A to Z and digits."""

    def of(self, code: str) -> str:
        """Return the value of a code."""


@dataclass(frozen=True, slots=True)
class _Type:
    sample: str
    read: Callable[[str], str]
    code: Callable[[str], str]
    of: Callable[[str], str]


def read_time(text: str) -> str:
    """Return an instant in UTC to the second; parts of a second are refused.

    >>> read_time("2031-05-14T12:30+03:00")
    '2031-05-14T09:30:00Z'
    """
    time_s = parse_rfc3339(text.strip())
    if time_s != int(time_s) or not _FROM_S <= time_s < _UNTIL_S:
        raise ImpossibleValueError(
            f"time {text!r} has parts of a second, or a year that is not 1970 to 2199.",
            remedy="Give it to the second.",
        )
    return show_utc(time_s) or ""


def _time_of(code: str) -> str:
    if _STAMP.fullmatch(code) is None:
        raise ImpossibleValueError(f"{code!r} is no time.")
    return read_time(show_utc(unstamp(code)) or "")


TYPES: Final[dict[str, ValueType]] = {
    "activity": NameType("FIRE-7"),
    "area": _Type(
        "EASTERN BOX", phrase_places.read_area, phrase_places.area_code, phrase_places.area_of
    ),
    "bearing": phrase_figures.BEARING,
    "callsign": NAME,
    "count": phrase_figures.COUNT,
    "depth": phrase_figures.DEPTH,
    "distance": phrase_figures.DISTANCE,
    "duration": phrase_figures.DURATION,
    "freq": phrase_figures.FREQ,
    "height": phrase_figures.HEIGHT,
    "name": NameType("relief agency"),
    "place": _Type(
        "34-00-15.00N 033-00-00.00E",
        phrase_places.read_place,
        phrase_places.place_code,
        phrase_places.place_of,
    ),
    "role": NameType("duty officer"),
    "time": _Type(
        "2031-05-14T09:30:00Z",
        read_time,
        lambda value: stamp(int(parse_rfc3339(value))),
        _time_of,
    ),
}
