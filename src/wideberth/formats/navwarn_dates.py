"""Days without a year, as warnings write them: which year they mean.

Days are counted from 1970-01-01. A warning in force has not ended yet, so a span's end is its
first such day at or after the issue, and its start the last such day at or before its end.
"""

import datetime as dt
from functools import lru_cache
from typing import Final, NamedTuple

EPOCH: Final = dt.date(1970, 1, 1).toordinal()
FAR_AHEAD_DAYS: Final = 300  # a short span that would begin later than this has just passed
SHORT_DAYS: Final = 60
YEARS: Final = range(1970, 2101)  # any other year is a slip of the pen


class Day(NamedTuple):
    """A day of a month; month or year None where the text leaves it to its neighbours."""

    day: int
    month: int | None
    year: int | None


@lru_cache(maxsize=4096)
def day_number(year: int, month: int, day: int) -> int | None:
    """Return the days since 1970-01-01, or None for a day that does not exist."""
    if year not in YEARS:
        return None
    try:
        return dt.date(year, month, day).toordinal() - EPOCH
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def year_of(number: int) -> int:
    """Return the calendar year of a day."""
    return dt.date.fromordinal(number + EPOCH).year


def first_from(day: Day, number: int) -> int | None:
    """Return the first such day at or after a day; its own year rules where it has one."""
    return _pick(day, (0, 1, 2, 3, 4), number, ahead=True)


def last_until(day: Day, number: int) -> int | None:
    """Return the last such day at or before a day; its own year rules where it has one."""
    return _pick(day, (0, -1, -2, -3, -4), number, ahead=False)


def _pick(day: Day, offsets: tuple[int, ...], number: int, *, ahead: bool) -> int | None:
    if day.month is None:
        return None
    if day.year is not None:
        return day_number(day.year, day.month, day.day)
    year = year_of(number)
    for offset in offsets:  # five years hold a 29 February
        found = day_number(year + offset, day.month, day.day)
        if found is not None and (found >= number if ahead else found <= number):
            return found
    return None


def span_of(start: Day, end: Day, issue: int) -> tuple[int, int] | None:
    """Return the first and last day of a span that a warning issued on a day speaks of.

    None: a month is missing, the day does not exist, or stated years make it run backwards.
    """
    if start.year is not None and end.year is None:
        first = first_from(start, issue)
        last = None if first is None else first_from(end, first)
    else:
        last = first_from(end, issue)
        first = None if last is None else last_until(start, last)
        if first is not None and last is not None and end.year is None:
            is_short = last - first < SHORT_DAYS
            if is_short and first - issue > FAR_AHEAD_DAYS:
                last = last_until(end, issue)
                first = None if last is None else last_until(start, last)
    if first is None or last is None or first > last:
        return None
    return first, last
