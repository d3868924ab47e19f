"""Meetings and tasks as calendars hold them: the values that are written as iCalendar and read.

People are seats, a role of a party, never persons; a place that is not settled is empty.
Times are whole seconds UTC. Sources: RFC 5545 (iCalendar), RFC 5546 (iTIP).
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats import shown

_LAST_S: Final = 253_402_300_799.0  # the last second of the year 9999
_URN: Final = "urn:wideberth:"
_AT: Final = "@wideberth"
_RESERVED: Final = re.compile(rb"[^A-Za-z0-9._~-]")  # RFC 3986, 2.3
_QUOTED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
MOST_SEQUENCE: Final = 2**31 - 1


class CalendarError(WideberthError):
    """Bytes that are no calendar, or too many of them."""


class Method(StrEnum):
    """What a calendar that is sent asks for (RFC 5546, 1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    CANCEL = "CANCEL"


class Coming(StrEnum):
    """What a seat says to a meeting (RFC 5545, 3.2.12)."""

    OPEN = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class EventState(StrEnum):
    """Where a meeting stands (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class TaskState(StrEnum):
    """Where a task stands (RFC 5545, 3.8.1.11)."""

    OPEN = "NEEDS-ACTION"
    STARTED = "IN-PROCESS"
    DONE = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Seat:
    """A role of a party. outside: an address of a mail client instead, which names no party."""

    party: str = ""
    role: str = ""
    outside: str = ""

    def __post_init__(self) -> None:
        if bool(self.outside) == bool(self.party.strip() and self.role.strip()):
            raise ImpossibleValueError("a seat is a party with a role, or an address outside.")

    @property
    def address(self) -> str:
        """Return the seat as a calendar address: urn:wideberth:south:duty%20officer."""
        if self.outside:
            return self.outside
        return f"{_URN}{_quoted(self.party)}:{_quoted(self.role)}"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A seat at a meeting and what it says; is_chair: it leads its delegation."""

    seat: Seat
    coming: Coming = Coming.OPEN
    is_chair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A meeting, or a moment to be kept in mind (it ends when it starts).

    A reply need not say when. kind: what the feed has it for. related: uids it belongs to.
    """

    uid: str
    stamp_s: float
    title: str = ""
    start_s: float | None = None
    end_s: float | None = None
    sequence: int = 0
    organizer: Seat | None = None
    attendees: tuple[Attendee, ...] = ()
    place: str = ""
    words: str = ""
    comment: str = ""
    state: EventState | None = None
    kind: str = ""
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.uid, self.sequence, (self.stamp_s, self.start_s, self.end_s))
        if (self.start_s is None) != (self.end_s is None):
            raise ImpossibleValueError("a meeting has a start and an end, or neither.")
        if self.start_s is not None and self.end_s is not None and self.end_s < self.start_s:
            raise ImpossibleValueError("the meeting ends before it starts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a seat is to do by a time."""

    uid: str
    stamp_s: float
    title: str = ""
    due_s: float | None = None
    state: TaskState = TaskState.OPEN
    completed_s: float | None = None
    sequence: int = 0
    organizer: Seat | None = None
    owner: Seat | None = None
    words: str = ""
    comment: str = ""
    kind: str = ""
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.uid, self.sequence, (self.stamp_s, self.due_s, self.completed_s))


Entry = Event | Task


@dataclass(frozen=True, slots=True)
class Calendar:
    """What one file says."""

    method: Method
    entries: tuple[Entry, ...]
    name: str = ""


def uid_of(kind: str, opener: str, matter: str) -> str:
    """Return the uid of a matter of the council; the same on both sides and for ever.

    >>> uid_of("meeting", "north", "M-1")
    'meeting/north/M-1@wideberth'
    """
    return f"{'/'.join(_quoted(part) for part in (kind, opener, matter))}{_AT}"


def matter_of(uid: str) -> tuple[str, str, str] | None:
    """Return kind, opener and id of the matter that a uid names, None for a uid of others."""
    parts = uid.removesuffix(_AT).split("/")
    if len(parts) != 3 or not uid.endswith(_AT):
        return None
    kind, opener, matter = (_unquoted(part) for part in parts)
    named = (kind, opener, matter)
    return named if uid_of(*named) == uid else None


def seat_of(address: str) -> Seat | None:
    """Return the seat of a calendar address, None for an empty one."""
    if not address.strip():
        return None
    parts = address.removeprefix(_URN).split(":")
    if address.startswith(_URN) and len(parts) == 2:
        party, role = (_unquoted(part) for part in parts)
        if party.strip() and role.strip():
            return Seat(party, role)
    return Seat(outside=address)


def written(text: str) -> str:
    """Return text as a calendar holds it: lines, with what a screen would act on written out."""
    return "\n".join(shown.written(line) for line in text.replace("\r\n", "\n").split("\n"))


def _quoted(text: str) -> str:
    data = text.encode("utf-8", "replace")
    return _RESERVED.sub(lambda found: b"%%%02X" % ord(found[0]), data).decode()


def _unquoted(text: str) -> str:
    data = _QUOTED.sub(lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "replace"))
    return data.decode("utf-8", "replace")


def _check(uid: str, sequence: int, times_s: tuple[float | None, ...]) -> None:
    if not uid.strip():
        raise ImpossibleValueError("an entry of a calendar without a uid.")
    if not 0 <= sequence <= MOST_SEQUENCE:
        raise ImpossibleValueError(f"sequence {sequence} is not within 0 to 2147483647.")
    for time_s in times_s:
        if time_s is not None and not (math.isfinite(time_s) and 0.0 <= time_s <= _LAST_S):
            raise ImpossibleValueError(f"time {time_s:g} s is not within 1970 to 9999.")
