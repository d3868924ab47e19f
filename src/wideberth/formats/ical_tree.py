"""The lines and components of an iCalendar file, before anything is made of them.

Lines are taken apart by icalendar; components are put together here, within bounds. Its own reader
is not used: it evaluates the recurrence rules of a stranger's time zones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline, Contentlines

from wideberth.formats.ical import CalendarError
from wideberth.formats.reading import Problem, Severity
from wideberth.formats.shown import plain

_MOST_BYTES: Final = 1024 * 1024
_MOST_LINES: Final = 10_000
_LONGEST: Final = 100_000  # characters of one line
_DEEPEST: Final = 8
_SHOWN: Final = 160
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_AGAIN: Final = "Export it again as iCalendar (.ics) in UTF-8."


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters, its value as it stands."""

    name: str
    params: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """Return the value as text: its escapes undone (RFC 5545, 3.3.11)."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    @property
    def shown(self) -> str:
        """Return the property as a person may see it, cut to fit a line."""
        whole = plain(f"{self.name}:{self.value}")
        return whole if len(whole) <= _SHOWN else f"{whole[: _SHOWN - 1]}…"


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def named(self, name: str) -> list[Line]:
        """Return the properties of a name."""
        return [line for line in self.lines if line.name == name]


def tree_of(data: bytes, problems: list[Problem]) -> Component:
    """Return the one VCALENDAR of a file; raises CalendarError. Lines unread become problems."""
    root = Component("")
    stack = [root]
    for number, raw in enumerate(_lines(data), start=1):
        line = _line(raw) if len(raw) <= _LONGEST else None
        if line is None:
            shown = plain(raw[:_SHOWN])
            problems.append(
                Problem(
                    Severity.PARTIAL,
                    f"line {number}",
                    "not a calendar's line, or too long.",
                    text=shown,
                )
            )
        elif line.name == "BEGIN":
            _open(stack, line.value.strip().upper())
        elif line.name == "END":
            _close(stack, line.value.strip().upper())
        else:
            stack[-1].lines.append(line)
    if len(stack) > 1:
        raise CalendarError(f"the file ends inside {plain(stack[-1].name)}.", remedy=_AGAIN)
    found = [part for part in root.parts if part.name == "VCALENDAR"]
    if len(found) != 1:
        raise CalendarError(f"the file holds {len(found)} calendars, not one.", remedy=_AGAIN)
    return found[0]


def _lines(data: bytes) -> list[str]:
    if len(data) > _MOST_BYTES:
        raise CalendarError("the calendar is larger than 1 MiB.", remedy="Export less of it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarError(f"not UTF-8 at byte {error.start}.", remedy=_AGAIN) from None
    unfolded = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    lines = [str(line) for line in unfolded if line.strip()]
    if len(lines) > _MOST_LINES:
        raise CalendarError("the calendar has over 10000 lines.", remedy="Export less of it.")
    return lines


def _line(raw: str) -> Line | None:
    try:
        name, params, value = Contentline(raw).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    plain_params = {
        str(key).upper(): ",".join(map(str, one)) if isinstance(one, list) else str(one)
        for key, one in params.items()
    }
    return Line(str(name).upper(), plain_params, str(value))


def _open(stack: list[Component], name: str) -> None:
    if len(stack) > _DEEPEST:
        raise CalendarError("components stand too deep in one another.", remedy=_AGAIN)
    part = Component(name)
    stack[-1].parts.append(part)
    stack.append(part)


def _close(stack: list[Component], name: str) -> None:
    if len(stack) == 1 or stack[-1].name != name:
        inside = plain(stack[-1].name) or "no component"
        raise CalendarError(f"END:{plain(name[:40])} stands in {inside}.", remedy=_AGAIN)
    stack.pop()
