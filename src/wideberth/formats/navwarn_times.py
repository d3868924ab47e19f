"""The words that say when: moments, spans, hours, days, weekdays, and what they end with.

Each `_x` looks for one element at a place among the tokens and returns it with the place after
it, or None. Months left out are taken from the next date that has one.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from wideberth.formats.navwarn_dates import YEARS, Day
from wideberth.formats.navwarn_tokens import CLOCK, DTG, MONTH, NUM, UNIT, WEEKDAY, Token
from wideberth.units import SECONDS_PER_DAY

TO: Final = frozenset(("TO", "THRU", "THROUGH", "UNTIL", "TILL", "-"))
_LINKS: Final = frozenset((",", "AND", "OR", "ALTERNATE", "ALTERNATES", "DAILY", "FROM", "ON", "("))
_OPENERS: Final = frozenset(("AT", "ON", "FROM", "COMMENCING", "BEGINNING", "STARTING"))
_SUN: Final = frozenset(("SUNRISE", "SUNSET"))


class Element(StrEnum):
    """What an element says."""

    SPAN = "from a moment to a moment"
    HOURS = "hours of a day"
    DATES = "days"
    WEEKDAYS = "weekdays"
    UNTIL = "an end"
    NOTICE = "until further notice"
    OPEN = "a moment"
    EXCEPT = "left out"


class When(NamedTuple):
    """One element; days with their seconds of the day, hours as seconds from midnight.

    opener: the word before a lone moment ("AT", "FROM"), else empty. needs_person: why a person
    must look, where the words cannot be put into figures (the larger extent is then taken).
    """

    element: Element
    days: tuple[tuple[Day, Day], ...] = ()
    start_s: float = 0.0
    end_s: float = SECONDS_PER_DAY
    weekdays: frozenset[int] = frozenset()
    opener: str = ""
    needs_person: str = ""
    is_sun: bool = False


Found = tuple[When, int] | None
_END: Final = Token("", "", None, -1, -1)


def at(tokens: Sequence[Token], i: int) -> Token:
    """Return a token, or one that is nothing beyond the end."""
    return tokens[i] if i < len(tokens) else _END


def elements_at(tokens: Sequence[Token], i: int, year: int) -> tuple[tuple[When, ...], int]:
    """Return all elements of the time phrase at a place, and the place after it.

    year: that of the issue, near which a year of two digits must lie. No element: same place.
    """
    found: list[When] = []
    end = j = i
    while True:
        one = _element(tokens, j, year)
        if one is not None:
            found.append(one[0])
            end = j = one[1]
        elif at(tokens, j).text in _LINKS and j - end < 4:
            j += 1
        else:
            break
    return tuple(_with_months(found)), end


def _element(tokens: Sequence[Token], i: int, year: int) -> Found:
    for look in _LOOKS.get(at(tokens, i).kind) or _BY_WORD.get(at(tokens, i).text) or ():
        found = look(tokens, i, year)
        if found is not None:
            return found
    return None


def _month(tokens: Sequence[Token], i: int, year: int) -> tuple[int | None, int | None, int]:
    """Return the month and year at a place (None where there is none) and the place after."""
    token = at(tokens, i)
    if token.kind != MONTH or not isinstance(token.value, float):
        return None, None, i
    after = at(tokens, i + 1)
    given = int(after.value) if after.kind == NUM and isinstance(after.value, float) else -1
    if len(after.text) == 4 and after.text.isdigit() and given in YEARS:
        return int(token.value), given, i + 2
    is_year = len(after.text) == 2 and after.text.isdigit() and abs(2000 + given - year) <= 3
    if is_year and at(tokens, i + 2).kind not in (UNIT, MONTH):
        return int(token.value), 2000 + given, i + 2
    return int(token.value), None, i + 1


def _moment(tokens: Sequence[Token], i: int, year: int) -> tuple[Day, float, int] | None:
    """Return day, seconds of the day and the place after, for `171636Z [MAR [22]]`."""
    token = at(tokens, i)
    if token.kind != DTG:
        return None
    day, second_s = int(token.text[:2]), seconds_of(token.text[2:6])
    if second_s is None or not 1 <= day <= 31:
        return None
    month, stated, j = _month(tokens, i + 1, year)
    return Day(day, month, stated), second_s, j


def seconds_of(clock: str) -> float | None:
    """Return seconds from midnight of four digits, or None for a time that does not exist."""
    hour, minute = int(clock[:2]), int(clock[2:4])
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour * 3600.0 + minute * 60.0


def _span(tokens: Sequence[Token], i: int, year: int) -> Found:
    start = _moment(tokens, i, year)
    if start is None or at(tokens, start[2]).text not in TO:
        return None
    end = _moment(tokens, start[2] + 1, year)
    if end is None:
        return None
    return When(Element.SPAN, ((start[0], end[0]),), start[1], end[1]), end[2]


def _open(tokens: Sequence[Token], i: int, year: int) -> Found:
    opener = at(tokens, i).text if at(tokens, i).text in _OPENERS else ""
    j = i + bool(opener)
    moment = _moment(tokens, j, year)
    if moment is not None:
        if opener and at(tokens, moment[2]).text in TO and at(tokens, moment[2] + 1).kind == DTG:
            return None  # FROM a TO b: the span comes next
        day, second_s, k = moment
        return When(Element.OPEN, ((day, day),), second_s, second_s, opener=opener), k
    if not opener:
        return None
    month, stated, k = _month(tokens, j + 1, year)
    day_token = at(tokens, j)
    follows = at(tokens, k).text
    if month is None or not _is_day(day_token) or follows in TO or follows in (",", "AND"):
        return None
    one = Day(int(day_token.text), month, stated)
    return When(Element.OPEN, ((one, one),), 0.0, 0.0, opener=opener), k


def _until(tokens: Sequence[Token], i: int, year: int) -> Found:
    if at(tokens, i + 1).text == "FURTHER" and at(tokens, i + 2).text == "NOTICE":
        return When(Element.NOTICE), i + 3
    moment = _moment(tokens, i + 1, year)
    if moment is not None:
        day, second_s, j = moment
        return When(Element.UNTIL, ((day, day),), end_s=second_s), j
    second_s, j = SECONDS_PER_DAY, i + 1
    if at(tokens, j).kind == CLOCK:
        second_s, j = seconds_of(at(tokens, j).text) or SECONDS_PER_DAY, j + 1
        j += at(tokens, j).text in {"ON", ","}
    month, stated, k = _month(tokens, j + 1, year)
    if month is None or not _is_day(at(tokens, j)):
        return None
    one = Day(int(at(tokens, j).text), month, stated)
    return When(Element.UNTIL, ((one, one),), end_s=second_s), k


def _is_day(token: Token) -> bool:
    digits = token.text
    return token.kind == NUM and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31


def _clock(token: Token, *, is_start: bool) -> tuple[float, bool] | None:
    """Return seconds from midnight, and whether the sun decides: the whole day is then taken."""
    if token.text in _SUN:
        return (0.0 if is_start else SECONDS_PER_DAY), True
    is_bare = token.kind == NUM and len(token.text) == 4 and token.text.isdigit()
    if token.kind != CLOCK and not is_bare:
        return None
    found = seconds_of(token.text)
    return None if found is None else (found, False)


def _hours(tokens: Sequence[Token], i: int, year: int) -> Found:
    del year
    if at(tokens, i).text == "DAYLIGHT":
        return When(Element.HOURS, needs_person="DAYLIGHT", is_sun=True), i + 1
    start, end = (_clock(at(tokens, i), is_start=True), _clock(at(tokens, i + 2), is_start=False))
    if start is None or end is None or at(tokens, i + 1).text not in TO:
        return None
    words = f"{at(tokens, i).text} TO {at(tokens, i + 2).text}"
    if NUM in (at(tokens, i).kind, at(tokens, i + 2).kind) and at(tokens, i + 2).kind != CLOCK:
        if at(tokens, i + 3).text != "LOCAL":
            return None  # figures without a zone are no time
        return When(Element.HOURS, needs_person=f"{words} LOCAL", is_sun=True), i + 4
    is_sun = start[1] or end[1]
    needs = words if is_sun else ""
    night_s = SECONDS_PER_DAY if end[0] <= start[0] or at(tokens, i).text == "SUNSET" else 0.0
    hours = When(Element.HOURS, (), start[0], end[0] + night_s, needs_person=needs, is_sun=is_sun)
    return hours, i + 3


def _weekdays(tokens: Sequence[Token], i: int, year: int) -> Found:
    del year
    found: set[int] = set()
    end = j = i
    while (first := at(tokens, j)).kind == WEEKDAY and isinstance(first.value, float):
        last = at(tokens, j + 2)
        low = high = int(first.value)
        if at(tokens, j + 1).text in TO and last.kind == WEEKDAY and isinstance(last.value, float):
            high, j = int(last.value), j + 2
        found |= {(low + n) % 7 for n in range((high - low) % 7 + 1)}
        end = j = j + 1
        while at(tokens, j).text in {",", "AND"}:
            j += 1
    return (When(Element.WEEKDAYS, weekdays=frozenset(found)), end) if found else None


def _except(tokens: Sequence[Token], i: int, year: int) -> Found:
    j = i + 1
    holidays = at(tokens, j).text == "HOLIDAYS"
    j += holidays
    j += holidays and at(tokens, j).text in {",", "AND"}
    days = _weekdays(tokens, j, year)
    if days is None:
        return (When(Element.EXCEPT, needs_person="EXCEPT HOLIDAYS"), i + 2) if holidays else None
    end = days[1]
    k = end + (at(tokens, end).text in {",", "AND"})
    if at(tokens, k).text == "HOLIDAYS":
        holidays, end = True, k + 1
    needs = "EXCEPT HOLIDAYS" if holidays else ""
    return When(Element.EXCEPT, weekdays=days[0].weekdays, needs_person=needs), end


def _dates(tokens: Sequence[Token], i: int, year: int) -> Found:
    days: list[tuple[Day, Day]] = []
    kept, end, j = 0, i, i
    while _is_day(at(tokens, j)):
        month, stated, k = _month(tokens, j + 1, year)
        first = last = Day(int(at(tokens, j).text), month, stated)
        if at(tokens, k).text in TO and _is_day(at(tokens, k + 1)):
            month, stated, after = _month(tokens, k + 2, year)
            last, k = Day(int(at(tokens, k + 1).text), month, stated), after
        days.append((first, last))
        if month is not None:
            kept, end = len(days), k
        j = k
        while at(tokens, j).text in {",", "AND"}:
            j += 1
    return (When(Element.DATES, tuple(days[:kept])), end) if kept else None


def _with_months(found: Sequence[When]) -> list[When]:
    """Give each day the month of the next day that has one, else of the last that has."""
    known: Day | None = None
    full: list[When] = []
    if all(d.month is not None for w in found for pair in w.days for d in pair):
        return list(found)
    for when in reversed(found):
        days: list[tuple[Day, Day]] = []
        for first, last in reversed(when.days):
            end = _as_before(last, known, 15)
            start = _as_before(first, end, 0)
            days.insert(0, (start, end))
            known = start if start.month is not None else known
        full.insert(0, when._replace(days=tuple(days)) if days else when)
    if any(d.month is None for w in full for pair in w.days for d in pair):
        months = [d for w in full for pair in w.days for d in pair if d.month is not None]
        if months:
            fill = months[-1]
            return [
                w._replace(days=tuple((_filled(a, fill), _filled(b, fill)) for a, b in w.days))
                for w in full
            ]
    return full


def _filled(day: Day, known: Day) -> Day:
    return day if day.month is not None else Day(day.day, known.month, known.year)


def _as_before(day: Day, known: Day | None, slack: int) -> Day:
    """Return the day in a later day's month, or in the month before: if more than slack later."""
    if day.month is not None or known is None or known.month is None:
        return day
    if day.day <= known.day + slack:
        return Day(day.day, known.month, known.year)
    if known.month > 1:
        return Day(day.day, known.month - 1, known.year)
    return Day(day.day, 12, None if known.year is None else known.year - 1)


_Look = Callable[[Sequence[Token], int, int], Found]
_LOOKS: Final[dict[str, tuple[_Look, ...]]] = {
    DTG: (_span, _open),
    CLOCK: (_hours,),
    NUM: (_dates, _hours),
    WEEKDAY: (_weekdays,),
}
_BY_WORD: Final[dict[str, tuple[_Look, ...]]] = {
    **dict.fromkeys(_OPENERS, (_open,)),
    **dict.fromkeys((*_SUN, "DAYLIGHT"), (_hours,)),
    "UNTIL": (_until,),
    "TILL": (_until,),
    "EXCEPT": (_except,),
}
