"""Item D as windows of time inside items B and C; what it leaves open makes the extent larger."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from wideberth.formats.notam_clause_reader import clauses_of
from wideberth.formats.notam_clauses import DAY_MIN, Clause, Days, NotUnderstoodError, Stretch
from wideberth.formats.reading import Problem, Severity
from wideberth.model.span import TimeWindow
from wideberth.units import SECONDS_PER_DAY, SECONDS_PER_MINUTE

MAX_WINDOWS: Final = 2000
_MAX_DAYS: Final = 10 * 366
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_YEAR_DAYS: Final = 366
_Span = tuple[float, float]


def windows_of(
    schedule: str, whole: TimeWindow, where: str
) -> tuple[tuple[TimeWindow, ...], tuple[Problem, ...]]:
    """Return the windows of item D inside those of items B and C, in order, none overlapping.

    Words that are not understood, and a schedule that never falls inside, leave the whole; so do
    more than 2000 windows and a schedule with no end (or of more than ten years).
    """
    try:
        clauses = clauses_of(schedule)
    except NotUnderstoodError as error:
        what = f"item D: {error.what} The whole time from B to C counts."
        return (whole,), (_partial(where, what, schedule),)
    problems = tuple(_remarks(clauses, schedule, where))
    days = (whole.end_s - whole.start_s) / SECONDS_PER_DAY
    if not days <= _MAX_DAYS:
        what = "item D runs over more than ten years; the whole time from B to C counts."
        return (whole,), (*problems, _assumed(where, what, schedule))
    spans = _merged(_inside(clauses, whole))
    if not spans:
        what = "item D names no time between B and C; the whole time from B to C counts."
        return (whole,), (*problems, _partial(where, what, schedule))
    if len(spans) > MAX_WINDOWS:
        what = f"item D gives {len(spans)} windows; one from the first to the last is taken."
        return (TimeWindow(spans[0][0], spans[-1][1]),), (
            *problems,
            _assumed(where, what, schedule),
        )
    return tuple(TimeWindow(*span) for span in spans), problems


def _partial(where: str, what: str, words: str) -> Problem:
    return Problem(Severity.PARTIAL, where, what, "Look at the schedule.", words)


def _assumed(where: str, what: str, words: str) -> Problem:
    return Problem(Severity.ASSUMED, where, what, "Declare it anew for a nearer time.", words)


def _remarks(clauses: Sequence[Clause], schedule: str, where: str) -> Iterator[Problem]:
    if any(c.needs_sun for c in clauses):
        what = "item D names sunrise or sunset, which is not computed; the whole day counts."
        yield _partial(where, what, schedule)
    if any(c.has_holidays for c in clauses):
        what = "item D excepts holidays, which are not known here; those days count as active."
        yield _partial(where, what, schedule)


def _inside(clauses: Sequence[Clause], whole: TimeWindow) -> Iterator[_Span]:
    """Yield the spans of all clauses, cut to the whole; those from the day before run in too."""
    first = math.floor(whole.start_s / SECONDS_PER_DAY)
    last = math.ceil(whole.end_s / SECONDS_PER_DAY) - 1
    for clause in clauses:
        for start_s, end_s in _of_clause(clause, first, last):
            cut = max(start_s, whole.start_s), min(end_s, whole.end_s)
            if cut[0] < cut[1]:
                yield cut


def _of_clause(clause: Clause, first: int, last: int) -> Iterator[_Span]:
    """Yield the spans that begin on days first to last, or soon enough before to reach them."""
    lead_days = max((h.end_min for h in clause.hours), default=DAY_MIN) // DAY_MIN
    for day in range(first - lead_days, last + 1):
        if (clause.days is None or _has(clause.days, day)) and not _has(clause.but, day):
            for hours in clause.hours:
                yield _span(day, hours.start_min, hours.end_min)
    for stretch in clause.stretches:
        for day in range(first - _YEAR_DAYS, last + 1):
            if _has(stretch.first, day):
                yield _span(day, stretch.start_min, _end_min(stretch, day))


def _end_min(stretch: Stretch, day: int) -> int:
    """Return minutes from a stretch's first day to the next time that its end comes round."""
    for later in range(_YEAR_DAYS * 8):  # 29 February may be eight years away
        end_min = later * DAY_MIN + stretch.end_min
        if end_min > stretch.start_min and _has(stretch.last, day + later):
            return end_min
    return DAY_MIN * _YEAR_DAYS * 8


def _span(day: int, start_min: int, end_min: int) -> _Span:
    midnight_s = day * SECONDS_PER_DAY
    return midnight_s + start_min * SECONDS_PER_MINUTE, midnight_s + end_min * SECONDS_PER_MINUTE


def _has(days: Days, day: int) -> bool:
    """Say whether a day (counted from 1970-01-01, a Thursday) is among some days."""
    if (day + 3) % 7 in days.weekdays:
        return True
    if not days.dates:
        return False
    when = date.fromordinal(day + _EPOCH_ORDINAL)
    return (when.month, when.day) in days.dates or (0, when.day) in days.dates


def _merged(spans: Iterator[_Span]) -> list[_Span]:
    """Return spans in order, those that touch or overlap made one."""
    merged: list[_Span] = []
    for start_s, end_s in sorted(spans):
        if merged and start_s <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end_s, merged[-1][1])
        else:
            merged.append((start_s, end_s))
    return merged
