"""Calendars as iCalendar bytes; what is written is read back as it was (formats/ical_reader.py)."""

from datetime import UTC, datetime, timedelta
from typing import Final

import icalendar
from icalendar.prop import vCalAddress, vDDDTypes, vDuration, vText

from wideberth.formats.ical import (
    Attendee,
    Calendar,
    Entry,
    Event,
    Seat,
    Task,
    TaskState,
    written,
)

PRODUCT: Final = "-//Wideberth//Council//EN"
_REFRESH: Final = timedelta(hours=1)


def write(calendar: Calendar) -> bytes:
    """Return a calendar as iCalendar, its lines folded, its times in UTC."""
    made = icalendar.Calendar()
    _put(made, "PRODID", vText(PRODUCT))
    _put(made, "VERSION", vText("2.0"))
    _put(made, "METHOD", vText(calendar.method.value))
    if calendar.name:
        _put(made, "NAME", vText(written(calendar.name)))
        _put(made, "X-WR-CALNAME", vText(written(calendar.name)))
        refresh = vDuration(_REFRESH)
        refresh.params["VALUE"] = "DURATION"
        _put(made, "REFRESH-INTERVAL", refresh)
    for entry in calendar.entries:
        made.add_component(_event(entry) if isinstance(entry, Event) else _task(entry))
    data: bytes = made.to_ical(sorted=False)
    return data


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    _common(made, event)
    if event.start_s is not None and event.end_s is not None:
        _put(made, "DTSTART", _moment(event.start_s))
        if event.end_s > event.start_s:
            _put(made, "DTEND", _moment(event.end_s))
        else:
            _put(made, "TRANSP", vText("TRANSPARENT"))
    if event.state is not None:
        _put(made, "STATUS", vText(event.state.value))
    if event.place:
        _put(made, "LOCATION", vText(written(event.place)))
    for attendee in event.attendees:
        _put(made, "ATTENDEE", _attendee(attendee))
    return made


def _task(task: Task) -> icalendar.Todo:
    made = icalendar.Todo()
    _common(made, task)
    if task.due_s is not None:
        _put(made, "DUE", _moment(task.due_s))
    _put(made, "STATUS", vText(task.state.value))
    if task.completed_s is not None:
        _put(made, "COMPLETED", _moment(task.completed_s))
    if task.state is TaskState.DONE:
        _put(made, "PERCENT-COMPLETE", vText("100"))
    if task.owner is not None:
        _put(made, "ATTENDEE", _seat(task.owner))
    return made


def _common(made: icalendar.Component, entry: Entry) -> None:
    _put(made, "UID", vText(written(entry.uid)))
    _put(made, "DTSTAMP", _moment(entry.stamp_s))
    _put(made, "SEQUENCE", vText(str(entry.sequence)))
    for name, text in (
        ("SUMMARY", entry.title),
        ("DESCRIPTION", entry.words),
        ("COMMENT", entry.comment),
        ("CATEGORIES", entry.kind),
    ):
        if text:
            _put(made, name, vText(written(text)))
    for uid in entry.related:
        _put(made, "RELATED-TO", vText(written(uid)))
    if entry.organizer is not None:
        _put(made, "ORGANIZER", _seat(entry.organizer))


def _put(made: icalendar.Component, name: str, value: object) -> None:
    made.add(name, value, encode=False)


def _moment(time_s: float) -> vDDDTypes:
    return vDDDTypes(datetime.fromtimestamp(round(time_s), UTC))


def _seat(seat: Seat) -> vCalAddress:
    made = vCalAddress(plain_address(seat.address))
    if seat.party:
        made.params["CN"] = written(f"{seat.party} {seat.role}").replace("\n", " ")
    return made


def _attendee(attendee: Attendee) -> vCalAddress:
    made = _seat(attendee.seat)
    made.params["PARTSTAT"] = attendee.coming.value
    made.params["ROLE"] = "CHAIR" if attendee.is_chair else "REQ-PARTICIPANT"
    return made


def plain_address(address: str) -> str:
    """Return an address on one line, as plain text is shown."""
    return written(address).replace("\n", " ")
