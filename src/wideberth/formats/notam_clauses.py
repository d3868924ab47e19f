"""Item D's words as clauses: on which days, between which hours, and on which days not.

Source: ICAO Annex 15, NOTAM format, item D; Eurocontrol OPADD, section on item D.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from wideberth.errors import WideberthError

DAY_MIN: Final = 1440
_WEEKDAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_MONTHS: Final = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
)  # fmt: skip
_TOKEN: Final = re.compile(
    r" ?(?:"
    r"(?P<time>[0-9]{2}:?[0-9]{2})(?:Z| ?UTC)?(?![0-9A-Z])"
    r"|(?P<number>[0-9]{1,2})(?![0-9A-Z])"
    r"|(?P<sun>SR|SS|SUNRISE|SUNSET)(?: ?(?:MINUS|PLUS|\+|-(?=[0-9]{1,3}(?![0-9]))) ?[0-9]{1,3})?"
    r"(?![0-9A-Z])"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})(?:[A-Z]{{0,6}}DAY)?(?![0-9A-Z])"
    rf"|(?P<month>{'|'.join(_MONTHS)})(?![A-Z])"
    r"|(?P<every>H24|DAILY|DLY)(?![0-9A-Z])"
    r"|(?P<but>EXCEPT|EXCL|EXC|EXCP)(?![0-9A-Z])"
    r"|(?P<holiday>HOLIDAYS|HOLIDAY|HOLS|HOL|PH)(?![0-9A-Z])"
    r"|(?P<dash>-|TO(?![0-9A-Z]))"
    r"|(?P<also>[,;/.&]|AND(?![0-9A-Z]))"
    r")"
)
_LEAP_YEAR: Final = 2024


class NotUnderstoodError(WideberthError):
    """A schedule with words that no clause can be made of."""


@dataclass(frozen=True, slots=True)
class Days:
    """Which days: weekdays (Monday is 0) and dates (month, day); month 0 is any month."""

    weekdays: frozenset[int] = frozenset()
    dates: frozenset[tuple[int, int]] = frozenset()

    def __or__(self, other: "Days") -> "Days":
        return Days(self.weekdays | other.weekdays, self.dates | other.dates)


class Hours(NamedTuple):
    """Minutes after the day's 0000: an end past 1440 lies on the next day."""

    start_min: int
    end_min: int


class Stretch(NamedTuple):
    """From a time on one day to a time on a later one, such as MON 0800-TUE 1600."""

    first: Days
    start_min: int
    last: Days
    end_min: int


@dataclass(slots=True)
class Clause:
    """Days (None: every day) with hours, less the days in `but`; or stretches over days.

    needs_sun: an edge is sunrise or sunset. has_holidays: holidays are excepted, which are not
    known here.
    """

    days: Days | None = None
    hours: list[Hours] = field(default_factory=list)
    but: Days = field(default_factory=Days)
    stretches: list[Stretch] = field(default_factory=list)
    needs_sun: bool = False
    has_holidays: bool = False
    is_begun: bool = False


class _Token(NamedTuple):
    kind: str
    word: str


def tokens_of(text: str) -> list[_Token]:
    """Return the words of a schedule; raises NotUnderstoodError at the first unknown one."""
    found: list[_Token] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotUnderstoodError(f"{text[at : at + 40].strip()!r} is not understood.")
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind]))
        at = match.end()
    return found


def minutes_of(word: str) -> int:
    """Return minutes after 0000 of HHMM; 2400 is the day's end."""
    hour, minute = int(word[:2]), int(word[-2:])
    if minute > 59 or hour * 60 + minute > DAY_MIN:
        raise NotUnderstoodError(f"time {word} does not exist.")
    return hour * 60 + minute


def hours_of(start: _Token, end: _Token) -> Hours:
    """Return hours between two words; an end not after its start lies on the next day.

    2359 as an end is the day's end. With sunrise or sunset the most that it can be is taken.
    """
    if start.kind == "sun" and end.kind == "sun":
        is_day = start.word in ("SR", "SUNRISE") and end.word in ("SS", "SUNSET")
        return Hours(0, DAY_MIN if is_day else 2 * DAY_MIN)
    if start.kind == "sun":
        return Hours(0, DAY_MIN + minutes_of(end.word))
    start_min = minutes_of(start.word)
    if end.kind == "sun":
        return Hours(start_min, start_min + DAY_MIN)
    end_min = DAY_MIN if end.word in ("2359", "23:59") else minutes_of(end.word)
    return Hours(start_min, end_min if end_min > start_min else end_min + DAY_MIN)


def weekdays_between(first: str, last: str) -> Days:
    """Return the weekdays from one to another, over the week's end if need be."""
    a, b = _WEEKDAYS.index(first), _WEEKDAYS.index(last)
    return Days(weekdays=frozenset((a + i) % 7 for i in range((b - a) % 7 + 1)))


def month_of(word: str) -> int:
    """Return 1 for JAN to 12 for DEC."""
    return _MONTHS.index(word) + 1


def dates_between(first: tuple[int, int], last: tuple[int, int]) -> Days:
    """Return the dates from one to another, over months and the year's end if need be."""
    if first[0] == 0:
        span = (last[1] - first[1]) % 31 + 1
        return Days(dates=frozenset((0, (first[1] - 1 + i) % 31 + 1) for i in range(span)))
    a, b = (date(_LEAP_YEAR, m, d) for m, d in (first, last))
    span = (b - a).days % 366 + 1
    days = (a + timedelta(days=i) for i in range(span))
    return Days(dates=frozenset((d.month, d.day) for d in days))


def check_date(month: int, day: int) -> tuple[int, int]:
    """Return (month, day); raises NotUnderstoodError for one that no year has."""
    try:
        date(_LEAP_YEAR, month or 1, day)
    except ValueError:
        raise NotUnderstoodError(f"day {day} of month {month} does not exist.") from None
    return month, day
