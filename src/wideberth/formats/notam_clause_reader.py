"""Reads item D's words into clauses, from left to right, without guessing."""

from typing import Final

from wideberth.formats.notam_clauses import (
    DAY_MIN,
    Clause,
    Days,
    Hours,
    NotUnderstoodError,
    Stretch,
    check_date,
    dates_between,
    hours_of,
    minutes_of,
    month_of,
    tokens_of,
    weekdays_between,
)

_DAY: Final = ("weekday", "month", "number")
_EDGE: Final = ("time", "sun")


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Return the clauses of an item D in capitals.

    Raises NotUnderstoodError for words or an order of words that leave doubt.
    """
    reader = _Reader(text)
    while reader.kind:
        reader.step()
    if any(not c.hours and not c.stretches for c in reader.clauses[1:]):
        raise NotUnderstoodError("days without hours stand beside days with hours.")
    first = reader.clauses[0]
    if not first.is_begun:
        raise NotUnderstoodError("the schedule is empty.")
    if not first.hours and not first.stretches:
        if len(reader.clauses) > 1:
            raise NotUnderstoodError("days without hours stand beside days with hours.")
        first.hours.append(Hours(0, DAY_MIN))
    return tuple(reader.clauses)


class _Reader:
    """Where the reading stands: the words left, the month last named, the clauses so far."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0
        self.month: int | None = None
        self.clauses = [Clause()]

    @property
    def kind(self) -> str:
        return self.ahead(0)

    def ahead(self, steps: int) -> str:
        at = self.at + steps
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def word(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1].word

    def doubt(self) -> NotUnderstoodError:
        words = " ".join(t.word for t in self.tokens[max(0, self.at - 2) : self.at + 3])
        return NotUnderstoodError(f"the order of words near {words!r} is not understood.")

    def step(self) -> None:
        """Take in the next piece: a separator, days, hours or an exception."""
        clause = self.clauses[-1]
        kind = self.kind
        if kind == "also":
            self.at += 1
        elif kind in _EDGE or (kind == "every" and self.tokens[self.at].word == "H24"):
            self.read_hours(clause)
        elif kind == "but":
            self.at += 1
            self.read_exceptions(clause)
        elif kind in _DAY or kind == "every":
            if clause.hours or clause.stretches:
                clause = Clause()
                self.clauses.append(clause)
            elif clause.is_begun:
                raise self.doubt()
            self.read_days(clause)
        else:
            raise self.doubt()
        clause.is_begun = clause.is_begun or kind != "also"

    def read_hours(self, clause: Clause) -> None:
        if clause.stretches:
            raise self.doubt()
        if self.kind == "every":
            self.at += 1
            clause.hours.append(Hours(0, DAY_MIN))
            return
        if self.ahead(1) != "dash" or self.ahead(2) not in _EDGE:
            raise self.doubt()
        start, end = self.tokens[self.at], self.tokens[self.at + 2]
        clause.needs_sun = clause.needs_sun or "sun" in (start.kind, end.kind)
        clause.hours.append(hours_of(start, end))
        self.at += 3

    def read_days(self, clause: Clause) -> None:
        """Read a list of days; a single one with a time may begin a stretch over days."""
        if self.kind == "every":
            self.at += 1
            return
        self.month = None
        days = first = self.day_or_range()
        count = 1
        while True:
            skip = 1 if self.kind == "also" else 0
            if self.ahead(skip) not in _DAY:
                break
            self.at += skip
            days |= self.day_or_range()
            count += 1
        clause.days = days
        is_stretch = self.kind == "time" and self.ahead(1) == "dash" and self.ahead(2) in _DAY
        if is_stretch:
            if count > 1 or len(first.weekdays) + len(first.dates) > 1:
                raise self.doubt()
            self.read_stretch(clause, first)

    def read_stretch(self, clause: Clause, first: Days) -> None:
        start_min = minutes_of(self.word())
        self.at += 1
        last = self.one_day()
        if self.kind != "time" or bool(first.weekdays) != bool(last.weekdays):
            raise self.doubt()
        end_min = minutes_of(self.word())
        clause.stretches.append(Stretch(first, start_min, last, end_min))

    def one_day(self) -> Days:
        if self.kind == "weekday":
            word = self.word()
            return weekdays_between(word, word)
        return Days(dates=frozenset({self.one_date()}))

    def one_date(self) -> tuple[int, int]:
        """Read [month] day; a day alone belongs to the month last named, or to any month."""
        if self.kind == "month":
            if self.month == 0:
                raise self.doubt()
            self.month = month_of(self.word())
        elif self.month is None:
            self.month = 0
        if self.kind != "number":
            raise self.doubt()
        return check_date(self.month, int(self.word()))

    def day_or_range(self) -> Days:
        if self.kind == "weekday":
            first = self.word()
            if self.kind != "dash":
                return weekdays_between(first, first)
            self.at += 1
            if self.kind != "weekday":
                raise self.doubt()
            return weekdays_between(first, self.word())
        start = self.one_date()
        if self.kind != "dash":
            return Days(dates=frozenset({start}))
        self.at += 1
        end = self.one_date()
        if start[0] == end[0] != 0 and end[1] < start[1]:
            raise self.doubt()
        return dates_between(start, end)

    def read_exceptions(self, clause: Clause) -> None:
        """Read the days after EXC; the last of them may turn out to begin the next clause."""
        if clause.stretches:
            raise self.doubt()
        self.month = None
        groups = [Days()]
        has_any = False
        while True:
            skip = 1 if self.kind == "also" and has_any else 0
            if self.ahead(skip) not in (*_DAY, "holiday"):
                break
            self.at += skip
            if skip:
                groups.append(Days())
                self.month = self.month or None
            if self.kind == "holiday":
                self.at += 1
                clause.has_holidays = True
            else:
                groups[-1] |= self.day_or_range()
            has_any = True
        if not has_any:
            raise self.doubt()
        next_days: Days | None = None
        if self.kind in (*_EDGE, "every"):
            if clause.hours:
                next_days = groups.pop() if len(groups) > 1 else None
                if next_days is None or next_days == Days():
                    raise self.doubt()
            elif len(groups) > 1:
                raise self.doubt()
        for group in groups:
            clause.but |= group
        if next_days is not None:
            self.clauses.append(Clause(days=next_days, is_begun=True))
