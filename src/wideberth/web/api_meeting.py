"""What a meeting is besides its steps: its agenda, its invitation as a file, its pack for print.

What a mail client answers is read here and shown as the step it says; it is said by sending that
step to the route of its word.
"""

import asyncio
from typing import Final

from msgspec import Struct
from starlette.responses import Response

from wideberth.council import itip
from wideberth.council.agenda import Item
from wideberth.council.calendars import meeting_event
from wideberth.council.itip import Speaker
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.pack import pack_of
from wideberth.council.shown import word_of
from wideberth.formats import typeset
from wideberth.formats.ical import Event, Method, matter_of
from wideberth.formats.ical_reader import read
from wideberth.formats.ical_writer import write
from wideberth.node.council import matters
from wideberth.node.council.meeting_sources import Here, agenda_now, pack_now
from wideberth.node.people import Permission
from wideberth.node.refusals import NotFoundError
from wideberth.peering.council.meeting import MeetingBody
from wideberth.peering.wire import Name
from wideberth.web.api_route import Asked, Route, v1, v1_read

_LONGEST_NAME: Final = 200
CALENDAR: Final = "text/calendar"
_PDF: Final = "application/pdf"
_KIND: Final = "meeting"


class Agenda(Struct, frozen=True, kw_only=True):
    """The items of an agenda, in order."""

    items: tuple[Item, ...]


class Remark(Struct, frozen=True, kw_only=True):
    """One remark on a file that was read: error, partial, assumed or note."""

    severity: str
    where: str
    what: str
    remedy: str
    text: str


class MailRead(Struct, frozen=True, kw_only=True):
    """What a mail client's file says: word: of the step, "open" for a call; step: its body."""

    understood: tuple[str, ...]
    remarks: tuple[Remark, ...]
    word: str
    step: MeetingBody


class Speaking(Struct, frozen=True, forbid_unknown_fields=True):
    """role: which role of ours the file speaks for. ours: an address without a party is ours."""

    role: Name = "deputy"
    ours: bool = False


async def agenda(asked: Asked) -> Agenda:
    """Return a meeting's agenda; raises NotFoundError."""
    one, agreement = await _meeting(asked), asked.desk.agreement
    return Agenda(items=await asked.desk.read(lambda reader: agenda_now(reader, one, agreement)))


async def invitation(asked: Asked) -> Response:
    """Return a meeting for mail clients; raises NotFoundError, NotFittingError."""
    one, desk = await _meeting(asked), asked.desk
    items = await desk.read(lambda reader: agenda_now(reader, one, desk.agreement))
    is_over = stand_of(one, desk.agreement).state == "cancelled"
    method = Method.CANCEL if is_over else Method.REQUEST
    event = meeting_event(one, desk.agreement, desk.party, items)
    data = write(itip.written(one, desk.agreement, desk.party, method, event))
    return Response(data, media_type=f"{CALENDAR}; charset=utf-8; method={method.value}")


async def pack(asked: Asked) -> Response:
    """Return a meeting's pack; raises NotFoundError, TypesetError."""
    one, desk = await _meeting(asked), asked.desk
    here = Here(desk.party, desk.clock.now_s())
    sources = await desk.read(lambda reader: pack_now(reader, one, desk.agreement, here))
    data = await asyncio.to_thread(lambda: typeset.pdf(pack_of(sources)))
    return Response(data, media_type=_PDF)


async def mail(asked: Asked) -> MailRead:
    """Return what a mail client's file says; raises CalendarError, NotFittingError."""
    reading = await asyncio.to_thread(read, asked.body)
    event = next((e for e in reading.calendar.entries if isinstance(e, Event)), None)
    name = None if event is None else matter_of(event.uid)
    found = None
    if name is not None:
        found = await asked.desk.read(lambda reader: matters.matter(reader, *name))
    speaker = Speaker(asked.desk.party, asked.query.role, is_ours=asked.query.ours)
    step = itip.step_of(reading.calendar, found, speaker, asked.desk.agreement)
    remarks = tuple(
        Remark(severity=p.severity, where=p.where, what=p.what, remedy=p.remedy, text=p.text)
        for p in reading.problems
    )
    return MailRead(understood=reading.understood, remarks=remarks, word=word_of(step), step=step)


async def _meeting(asked: Asked) -> Matter:
    opener, name = asked.path("party"), asked.path("matter")
    found = None
    if max(len(opener), len(name)) <= _LONGEST_NAME:
        found = await asked.desk.read(lambda reader: matters.matter(reader, _KIND, opener, name))
    if found is None:
        raise NotFoundError("there is no such meeting.")
    return found


_ONE: Final = "/council/meeting/{party}/{matter}"
ROUTES: Final[tuple[Route, ...]] = (
    v1_read(f"{_ONE}/agenda", "A meeting's agenda", agenda, Agenda, says=(404,)),
    v1_read(
        f"{_ONE}/invitation.ics",
        "For mail clients",
        invitation,
        CALENDAR,
        says=(404, 409),
    ),
    v1_read(f"{_ONE}/pack.pdf", "A meeting's pack for print", pack, _PDF, says=(404, 501)),
    v1(
        "POST",
        "/council/meeting-mail",
        Permission.COUNCIL,
        "Read what a mail client answers; nothing is said",
        handle=mail,
        media=(CALENDAR,),
        query=Speaking,
        gives=MailRead,
        says=(404, 409),
    ),
)
