"""iCalendar bytes as calendars: what was understood, what was assumed, what was not read.

Floating times and whole days are refused with the remedy; unknown properties are shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from wideberth.errors import ImpossibleValueError
from wideberth.formats.ical import (
    MOST_SEQUENCE,
    Attendee,
    Calendar,
    Coming,
    Entry,
    Event,
    EventState,
    Method,
    Seat,
    Task,
    TaskState,
    seat_of,
)
from wideberth.formats.ical_times import length_s, moment
from wideberth.formats.ical_tree import Component, Line, tree_of
from wideberth.formats.reading import Problem, Severity, counted
from wideberth.formats.shown import plain

E = TypeVar("E", bound=StrEnum)

_MOST_NOTES: Final = 100  # remarks on properties that were not read
_MOST_SHOWN: Final = 20  # addresses that name no party, each in a remark of its own
_QUIET: Final = frozenset(
    {"VERSION", "PRODID", "METHOD", "CALSCALE", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"}
    | {"X-WR-TIMEZONE", "X-PUBLISHED-TTL"}
)
_READ: Final = frozenset(
    {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DESCRIPTION", "COMMENT", "CATEGORIES", "ORGANIZER"}
    | {"RELATED-TO", "DTSTART", "DTEND", "DURATION", "STATUS", "LOCATION", "ATTENDEE", "TRANSP"}
    | {"DUE", "COMPLETED", "PERCENT-COMPLETE"}
)
_REPEATING: Final = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})


@dataclass(frozen=True, slots=True)
class IcalReading:
    """What came out of one file. calendar holds what could be read of it."""

    calendar: Calendar
    problems: tuple[Problem, ...]
    understood: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Return whether some entry could not be read at all."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read(data: bytes) -> IcalReading:
    """Return what a file says; raises CalendarError where it is no calendar."""
    problems: list[Problem] = []
    tree = tree_of(data, problems)
    method = _method(tree, problems)
    entries: list[Entry] = []
    for number, part in enumerate(tree.parts, start=1):
        if part.name in ("VEVENT", "VTODO"):
            entry = _Reader(part, f"{part.name} {number}", method, problems).entry()
            entries += [] if entry is None else [entry]
        elif part.name != "VTIMEZONE":
            what = f"{plain(part.name[:40])} is not read."
            problems.append(Problem(Severity.NOTE, "calendar", what))
    unknown = [line for line in tree.lines if line.name not in _QUIET]
    _note(problems, "calendar", unknown)
    names = [*tree.named("NAME"), *tree.named("X-WR-CALNAME")]
    calendar = Calendar(method, tuple(entries), names[0].text if names else "")
    return IcalReading(calendar, tuple(problems), (_understood(calendar),))


def _method(tree: Component, problems: list[Problem]) -> Method:
    said = [line.value.strip().upper() for line in tree.named("METHOD")]
    if not said:
        what = "the file does not say what it asks for; it is only shown."
        problems.append(Problem(Severity.ASSUMED, "METHOD", what))
        return Method.PUBLISH
    if len(said) == 1 and said[0] in list(Method):
        return Method(said[0])
    shown = plain(" ".join(said)[:60])
    what = f"{shown} is not an answer that can be taken; the file is only shown."
    problems.append(Problem(Severity.ERROR, "METHOD", what, "Send a reply or a new proposal."))
    return Method.PUBLISH


def _note(problems: list[Problem], where: str, lines: Sequence[Line]) -> None:
    """Say which properties were not read, each as it stands; of very many, how many more."""
    room = max(0, _MOST_NOTES - sum(p.severity is Severity.NOTE for p in problems))
    problems += [Problem(Severity.NOTE, where, "not read:", text=one.shown) for one in lines[:room]]
    if len(lines) > room:
        what = f"{counted(len(lines) - room, 'more property', 'more properties')} not read."
        problems.append(Problem(Severity.NOTE, where, what))


def _understood(calendar: Calendar) -> str:
    events = sum(isinstance(entry, Event) for entry in calendar.entries)
    tasks = len(calendar.entries) - events
    said = [counted(events, "meeting")] if events or not tasks else []
    said += [counted(tasks, "task")] if tasks else []
    return f"{calendar.method.value}: {', '.join(said)}"


class _Reader:
    """Reads one component; every problem of it is noted before it is given up."""

    def __init__(
        self, part: Component, where: str, method: Method, problems: list[Problem]
    ) -> None:
        self._part, self._where, self._method = part, where, method
        self._problems = problems
        self._failed = False

    def entry(self) -> Entry | None:
        """Return the meeting or task, None where it could not be read."""
        self._say_unread()
        entry: Entry | None = None
        try:
            entry = self._event() if self._part.name == "VEVENT" else self._task()
        except ImpossibleValueError as error:
            self._fail(error)
        return None if self._failed else entry

    def _event(self) -> Event:
        start_s = self._moment("DTSTART")
        if not self._part.named("DTSTART") and self._method is not Method.REPLY:
            self._fail(ImpossibleValueError("the meeting has no start."))
        return Event(
            uid=self._text("UID"),
            stamp_s=self._stamp_s(),
            title=self._text("SUMMARY"),
            start_s=start_s,
            end_s=self._end_s(start_s),
            sequence=self._sequence(),
            organizer=self._organizer(),
            attendees=tuple(map(self._attendee, self._seated("ATTENDEE"))),
            place=self._text("LOCATION"),
            words=self._text("DESCRIPTION"),
            comment=self._comment(),
            state=self._one_of(EventState, "STATUS", None),
            kind=self._text("CATEGORIES"),
            related=tuple(line.text for line in self._part.named("RELATED-TO")),
        )

    def _task(self) -> Task:
        owners = self._seated("ATTENDEE")
        if len(owners) > 1:
            self._say(Severity.PARTIAL, "several owners; the first is taken.")
        return Task(
            uid=self._text("UID"),
            stamp_s=self._stamp_s(),
            title=self._text("SUMMARY"),
            due_s=self._moment("DUE"),
            state=self._one_of(TaskState, "STATUS", TaskState.OPEN) or TaskState.OPEN,
            completed_s=self._moment("COMPLETED"),
            sequence=self._sequence(),
            organizer=self._organizer(),
            owner=owners[0][1] if owners else None,
            words=self._text("DESCRIPTION"),
            comment=self._comment(),
            kind=self._text("CATEGORIES"),
            related=tuple(line.text for line in self._part.named("RELATED-TO")),
        )

    def _say_unread(self) -> None:
        lines = self._part.lines
        repeats = sorted({line.name for line in lines if line.name in _REPEATING})
        if repeats:
            what = f"it repeats ({', '.join(repeats)}); only the first is read."
            self._say(Severity.PARTIAL, what)
        for part in self._part.parts:
            self._say(Severity.NOTE, f"{plain(part.name[:40])} is not read.")
        known = _READ | _REPEATING
        _note(self._problems, self._where, [line for line in lines if line.name not in known])

    def _say(self, severity: Severity, what: str) -> None:
        self._problems.append(Problem(severity, self._where, what))

    def _fail(self, error: ImpossibleValueError) -> None:
        self._failed = True
        self._problems.append(Problem.of(error, self._where))

    def _line(self, name: str) -> Line | None:
        found = self._part.named(name)
        if len(found) > 1:
            self._fail(ImpossibleValueError(f"{name} stands {len(found)} times."))
        return found[0] if found else None

    def _text(self, name: str) -> str:
        line = self._line(name)
        return "" if line is None else line.text

    def _comment(self) -> str:
        return "\n".join(line.text for line in self._part.named("COMMENT"))

    def _moment(self, name: str) -> float | None:
        line = self._line(name)
        return None if line is None else self._found(moment, line)

    def _found(
        self, reading: Callable[[Line], tuple[float, tuple[str, ...]]], line: Line
    ) -> float | None:
        try:
            time_s, assumed = reading(line)
        except ImpossibleValueError as error:
            self._fail(error)
            return None
        for what in assumed:
            self._say(Severity.ASSUMED, what)
        return time_s

    def _stamp_s(self) -> float:
        found_s = self._moment("DTSTAMP")
        if found_s is None and not self._failed:
            self._say(Severity.ASSUMED, "no DTSTAMP: when it was made is not known.")
        return 0.0 if found_s is None else found_s

    def _end_s(self, start_s: float | None) -> float | None:
        """Return the end; without one a meeting ends when it starts (RFC 5545, 3.6.1)."""
        length = self._line("DURATION")
        end_s = self._moment("DTEND")
        if start_s is None:
            return None
        if length is not None:
            if end_s is not None:
                self._fail(ImpossibleValueError("both DTEND and DURATION."))
            return start_s + (self._found(lambda line: (length_s(line), ()), length) or 0.0)
        return start_s if end_s is None else end_s

    def _sequence(self) -> int:
        text = self._text("SEQUENCE").strip() or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 10):
            self._fail(ImpossibleValueError(f"SEQUENCE {plain(text[:20])!r} is no number."))
            return 0
        return min(int(text), MOST_SEQUENCE)

    def _organizer(self) -> Seat | None:
        line = self._line("ORGANIZER")
        return None if line is None else seat_of(line.value)

    def _seated(self, name: str) -> list[tuple[Line, Seat]]:
        lines = self._part.named(name)
        found = [(line, seat) for line in lines if (seat := seat_of(line.value)) is not None]
        outside = [seat for _line, seat in found if seat.outside]
        if len(outside) > _MOST_SHOWN:
            self._say(Severity.PARTIAL, f"{len(outside)} addresses are no role of a party.")
        else:
            for seat in outside:
                what = f"{plain(seat.outside[:80])} is no role of a party; say for whom it answers."
                self._say(Severity.PARTIAL, what)
        return found

    def _attendee(self, seated: tuple[Line, Seat]) -> Attendee:
        line, seat = seated
        said = line.params.get("PARTSTAT", Coming.OPEN.value).upper()
        if said not in list(Coming):
            self._say(Severity.PARTIAL, f"PARTSTAT {plain(said[:40])} is taken as no answer.")
        coming = Coming(said) if said in list(Coming) else Coming.OPEN
        return Attendee(seat, coming, line.params.get("ROLE", "").upper() == "CHAIR")

    def _one_of(self, kinds: type[E], name: str, otherwise: E | None) -> E | None:
        said = self._text(name).strip().upper()
        if not said:
            return otherwise
        if said in list(kinds):
            return kinds(said)
        self._say(Severity.PARTIAL, f"{name} {plain(said[:40])} is not known.")
        return otherwise
