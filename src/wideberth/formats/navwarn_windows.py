"""From the elements of time phrases to windows: days and hours laid out, ends applied.

Windows that touch are joined. What cannot be laid out is taken as one window that holds it all.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from wideberth.formats.navwarn_dates import Day, first_from, last_until, span_of
from wideberth.formats.navwarn_times import Element, When
from wideberth.model.span import TimeWindow
from wideberth.units import SECONDS_PER_DAY

MAX_DAYS: Final = 4000  # more days than this are not laid out one by one
_DAY_S: Final = SECONDS_PER_DAY

Window = tuple[float, float]


class Rule(NamedTuple):
    """Hours on some weekdays (empty: every day), with what a person must look at."""

    start_s: float
    end_s: float
    weekdays: frozenset[int] = frozenset()


class Schedule(NamedTuple):
    """What a message's time phrases say for one scope; empty tuples and None: not said.

    windows: with both ends known. rules: hours without days. start_s: a beginning without an
    end. until_s: an end without a beginning, infinite for "until further notice".
    remarks: (what is wrong, the words) for a person.
    """

    windows: tuple[Window, ...] = ()
    rules: tuple[Rule, ...] = ()
    start_s: float | None = None
    until_s: float | None = None
    remarks: tuple[tuple[str, str], ...] = ()

    def joined(self, other: "Schedule") -> "Schedule":
        """Return the times of both; the earlier beginning and the later end rule."""
        starts = [s for s in (self.start_s, other.start_s) if s is not None]
        ends = [s for s in (self.until_s, other.until_s) if s is not None]
        return Schedule(
            self.windows + other.windows,
            self.rules + other.rules,
            min(starts, default=None),
            max(ends, default=None),
            self.remarks + other.remarks,
        )


def schedule_of(
    elements: Sequence[When], words: str, *, issue_s: float, sun_margin_s: float
) -> Schedule:
    """Return what one time phrase says, for a message issued at issue_s (seconds UTC).

    sun_margin_s: added on both sides of hours that the sun decides, where the local day is far
    from the day in UTC.
    """
    issue = math.floor(issue_s / _DAY_S)
    left_out = frozenset[int]().union(
        *(e.weekdays for e in elements if e.element is Element.EXCEPT)
    )
    is_endless = any(e.element in (Element.UNTIL, Element.NOTICE) for e in elements)
    out = Schedule(remarks=tuple(_for_person(e.needs_person) for e in elements if e.needs_person))
    rules: list[Rule] = []
    has_dates = False
    for when in elements:
        if when.element is Element.HOURS:
            rules = [] if has_dates else rules
            has_dates = False
            sun_s = sun_margin_s if when.is_sun else 0.0
            rules.append(Rule(when.start_s - sun_s, when.end_s + sun_s))
        elif when.element is Element.WEEKDAYS:
            free = [r for r in rules if not r.weekdays] or [Rule(0.0, _DAY_S)]
            kept = [r for r in rules if r.weekdays]
            rules = kept + [r._replace(weekdays=when.weekdays) for r in free]
        elif when.element is Element.DATES:
            has_dates = True
            alone = not rules and is_endless and len(when.days) == 1
            laid = _dated(when, rules or [Rule(0.0, _DAY_S)], left_out, issue, words)
            if alone and when.days[0][0] == when.days[0][1] and laid.windows:
                laid = Schedule(start_s=laid.windows[0][0])
            out = out.joined(laid)
        elif when.element is not Element.EXCEPT:
            out = out.joined(_moments(when, issue_s, words))
    if rules and not has_dates:
        out = out._replace(rules=tuple(_without(r, left_out) for r in rules))
    return out


def _for_person(words: str) -> tuple[str, str]:
    what = "hours or days that the text does not put into figures; all that they may be is taken"
    return f"{what}; a person must look.", words


def _without(rule: Rule, left_out: frozenset[int]) -> Rule:
    if not left_out:
        return rule
    days = (rule.weekdays or frozenset(range(7))) - left_out
    return rule._replace(weekdays=days) if days else rule


def _dated(
    when: When, rules: Sequence[Rule], left_out: frozenset[int], issue: int, words: str
) -> Schedule:
    windows: list[Window] = []
    for start, end in when.days:
        span = span_of(start, end, issue)
        if span is None:
            return Schedule(remarks=(_impossible(words),))
        for rule in rules:
            windows.extend(days_of(_without(rule, left_out), *span))
    return Schedule(tuple(windows))


def days_of(rule: Rule, first: int, last: int) -> Iterator[Window]:
    """Yield the windows of a rule on the days first to last; very many come as one."""
    if last - first >= MAX_DAYS or (not rule.weekdays and rule.end_s - rule.start_s >= _DAY_S):
        yield first * _DAY_S + rule.start_s, last * _DAY_S + rule.end_s
        return
    for day in range(first, last + 1):
        if not rule.weekdays or (day + 3) % 7 in rule.weekdays:  # 1970-01-01 was a Thursday
            yield day * _DAY_S + rule.start_s, day * _DAY_S + rule.end_s


def _impossible(words: str) -> tuple[str, str]:
    return "a time that does not exist, runs backwards or names no month.", words


def _moments(when: When, issue_s: float, words: str) -> Schedule:
    if when.element is Element.NOTICE:
        return Schedule(until_s=math.inf)
    issue = math.floor(issue_s / _DAY_S)
    (start, end) = when.days[0]
    if when.element is Element.SPAN:
        span = span_of(start, end, issue)
        if span is None or span[0] * _DAY_S + when.start_s >= span[1] * _DAY_S + when.end_s:
            return Schedule(remarks=(_impossible(words),))
        return Schedule(((span[0] * _DAY_S + when.start_s, span[1] * _DAY_S + when.end_s),))
    if when.element is Element.UNTIL:
        last = first_from(end, issue)
        if last is None:
            return Schedule(remarks=(_impossible(words),))
        until_s = last * _DAY_S + when.end_s
        if until_s <= issue_s:
            what = "an end before the warning's own issue; it was not used."
            return Schedule(until_s=math.inf, remarks=((what, words),))
        return Schedule(until_s=until_s)
    return _opening(when, start, issue, words)


def _opening(when: When, day: Day, issue: int, words: str) -> Schedule:
    """Return the beginning that a lone moment gives: the one nearest to the issue.

    A day to come without an hour, after ON, is that day alone.
    """
    near = [d for d in (last_until(day, issue), first_from(day, issue)) if d is not None]
    if not near:
        return Schedule(remarks=(_impossible(words),))
    first = min(near, key=lambda d: abs(d - issue))
    if when.opener == "ON" and when.start_s == 0.0 and first >= issue:
        return Schedule(((first * _DAY_S, (first + 1) * _DAY_S),))
    return Schedule(start_s=first * _DAY_S + when.start_s)


def windows_of(
    schedule: Schedule, *, issue_s: float, cancel_s: float
) -> tuple[tuple[TimeWindow, ...], tuple[tuple[str, str], ...]]:
    """Return the windows a scope is in force, joined and in order, with remarks.

    cancel_s: when the message cancels itself, infinite if it does not say. Where no end is said,
    that is the end; where no beginning is said, the issue is.
    """
    until_s = schedule.until_s
    end_s = cancel_s if until_s is None or math.isinf(until_s) else until_s
    start_s = issue_s if schedule.start_s is None else schedule.start_s
    is_plain = not schedule.windows and not schedule.rules
    if is_plain and max(issue_s, start_s) < end_s <= cancel_s:
        return (TimeWindow(start_s, end_s),), schedule.remarks
    remarks = list(schedule.remarks)
    found = list(schedule.windows)
    if schedule.rules:
        found.extend(_laid_out(schedule.rules, start_s, end_s))
        if math.isinf(end_s):
            remarks.append(("hours without a last day; taken as without a break.", ""))
    elif not found or schedule.start_s is not None:
        found.append((start_s, end_s if end_s > start_s else math.inf))
    elif until_s is not None:
        found.append((max(e for _, e in found), end_s))
    joined = _joined([w for w in found if w[0] < w[1]])
    if all(end <= issue_s for _, end in joined):
        remarks.append(("all times lie before the issue; taken as going on from then.", ""))
        first_s = min((start for start, _ in joined), default=issue_s)
        joined = [(first_s, cancel_s if cancel_s > first_s else math.inf)]
    if max(end for _, end in joined) > cancel_s:
        remarks.append(("a time after the message cancels itself; it was kept.", ""))
    return tuple(TimeWindow(a, b) for a, b in joined), tuple(remarks)


def _laid_out(rules: Sequence[Rule], start_s: float, end_s: float) -> list[Window]:
    if math.isinf(end_s) or end_s <= start_s:
        return [(start_s, math.inf)]
    first, last = math.floor(start_s / _DAY_S), math.floor(end_s / _DAY_S)
    return [
        (max(a, start_s), min(b, end_s))
        for rule in rules
        for a, b in days_of(rule, first - 1, last)
    ]


def _joined(windows: list[Window]) -> list[Window]:
    out: list[Window] = []
    for start_s, end_s in sorted(windows):
        if out and start_s <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end_s))
        else:
            out.append((start_s, end_s))
    return out
