"""What a mail client answers about a meeting, as the step that says the same in the council.

Nothing is said by reading: the step is shown first, and taken when a person confirms it. An answer
to an older proposal than the newest is refused, never bent to fit. Source: RFC 5546.
"""

from dataclasses import dataclass
from typing import Any

from wideberth.council.calendars import meeting_event, offered
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import MeetingStand
from wideberth.council.refusals import NotFittingError
from wideberth.formats import ical
from wideberth.formats.ical import Attendee, Calendar, Coming, Event, Method
from wideberth.model.agreement import Agreement
from wideberth.peering.council import meeting
from wideberth.peering.council.meeting import (
    MeetingAnswered,
    MeetingBody,
    MeetingCalled,
    MeetingCancelled,
    MeetingProposed,
    When,
)

_LONGEST = 200
_AGAIN = "Export the meeting anew: `wideberth meeting ics`, and answer that."


@dataclass(frozen=True, slots=True)
class Speaker:
    """For whom a file is taken: our party, and the role that speaks.

    is_ours: a person says that an address which names no party answers for ours.
    """

    party: str
    role: str
    is_ours: bool = False


def written(
    matter: Matter, agreement: Agreement, party: str, method: Method, event: Event | None = None
) -> Calendar:
    """Return a meeting as a file for mail clients; raises NotFittingError without a time.

    REPLY and COUNTER say what the party itself answers; the others put the meeting to it.
    """
    event = event or meeting_event(matter, agreement, party)
    if event is None:
        raise NotFittingError("no time is proposed yet.", remedy="Propose one first.")
    if method not in (Method.REPLY, Method.COUNTER):
        return Calendar(method, (event,))
    return Calendar(method, (_answering(event, matter, agreement, party),))


def _answering(event: Event, matter: Matter, agreement: Agreement, party: str) -> Event:
    """Return what the party itself holds: its own seat alone, its own time and place."""
    now = stand_of(matter, agreement)
    assert isinstance(now, MeetingStand)
    held = now.holds[party]
    when = held.when or When(start_s=event.start_s or 0.0, end_s=event.end_s or 0.0)
    own = tuple(one for one in event.attendees if one.seat.party == party)
    return Event(
        uid=event.uid,
        stamp_s=event.stamp_s,
        title=event.title,
        start_s=float(int(when.start_s)),
        end_s=float(int(when.end_s)),
        sequence=event.sequence,
        organizer=event.organizer,
        attendees=own,
        place=held.place or event.place,
        kind=event.kind,
    )


def step_of(
    calendar: Calendar, matter: Matter | None, speaker: Speaker, agreement: Agreement
) -> MeetingBody:
    """Return the step that says what a file says; raises NotFittingError where none does.

    matter: the meeting that its uid names, None where there is none of that name here.
    """
    event = _one(calendar)
    if calendar.method is Method.PUBLISH:
        raise NotFittingError("the file only informs; it asks for nothing.")
    if matter is None:
        if calendar.method is not Method.REQUEST or ical.matter_of(event.uid) is not None:
            raise NotFittingError("there is no meeting here that it answers.", remedy=_AGAIN)
        return _called(event, speaker)
    now = stand_of(matter, agreement)
    assert isinstance(now, MeetingStand)
    _refuse_stranger(calendar.method, event, matter, speaker)
    if event.sequence != now.sequence:
        raise NotFittingError(
            f"it answers an older proposal (SEQUENCE {event.sequence}, now {now.sequence}).",
            remedy=_AGAIN,
        )
    return _said(calendar.method, event, matter, speaker, now)


def _one(calendar: Calendar) -> Event:
    events = [entry for entry in calendar.entries if isinstance(entry, Event)]
    if len(events) != 1 or len(calendar.entries) != 1:
        raise NotFittingError(
            f"the file holds {len(events)} meetings that could be read, and not one alone."
        )
    return events[0]


def _refuse_stranger(method: Method, event: Event, matter: Matter, speaker: Speaker) -> None:
    """Refuse what another party answers: that comes from its own node, signed."""
    others = {one.seat.party for one in event.attendees if one.seat.party}
    answering = method in (Method.REPLY, Method.COUNTER)
    outside = [one.seat.outside for one in event.attendees if one.seat.outside]
    if answering and outside and not others and not speaker.is_ours:
        raise NotFittingError(
            f"{outside[0]} names no party.", remedy="If it answers for us, say so: --ours."
        )
    if answering and others and speaker.party not in others:
        raise NotFittingError(
            f"that is the answer of {' and '.join(sorted(others))}; its own node says it."
        )
    if not answering and matter.opener != speaker.party:
        raise NotFittingError(
            f"{method.value} is the word of {matter.opener}; its own node says it."
        )


def _said(
    method: Method, event: Event, matter: Matter, speaker: Speaker, now: MeetingStand
) -> MeetingBody:
    named: dict[str, Any] = {"opener": matter.opener, "matter": matter.id, "role": speaker.role}
    words = event.comment.strip()[:2000]
    if method is Method.CANCEL:
        return MeetingCancelled(**named, words=words)
    if method is Method.DECLINECOUNTER:
        return MeetingAnswered(**named, answer=meeting.Coming.DECLINED, words=words)
    when, place = _asked(event)
    shown_when, shown_place = offered(now, speaker.party)
    if method in (Method.COUNTER, Method.REQUEST):
        new_when = when if when != _whole(shown_when) else None
        new_place = place if place != shown_place else ""
        if new_when is None and not new_place:
            raise NotFittingError("it proposes the time and place that are proposed already.")
        return MeetingProposed(**named, when=new_when, place=new_place, words=words)
    if when is not None and when != _whole(shown_when):
        raise NotFittingError("it answers another time than the one proposed.", remedy=_AGAIN)
    answer = _answer(event, speaker)
    if answer is not meeting.Coming.ACCEPTED:
        return MeetingAnswered(**named, answer=answer, words=words)
    own = now.holds[speaker.party]
    new_when = shown_when if shown_when != own.when else None
    new_place = shown_place if shown_place != own.place else ""
    if new_when is None and not new_place:
        raise NotFittingError("we have accepted that already.")
    return MeetingAnswered(**named, answer=answer, when=new_when, place=new_place, words=words)


def _answer(event: Event, speaker: Speaker) -> meeting.Coming:
    """Return what the one attendee that can be ours says."""
    own = [one for one in event.attendees if one.seat.party == speaker.party]
    said: list[Attendee] = own or list(event.attendees)
    if len(said) != 1 or said[0].coming is Coming.OPEN:
        raise NotFittingError("the reply does not say accepted, tentative or declined.")
    return meeting.Coming(said[0].coming.value.lower())


def _called(event: Event, speaker: Speaker) -> MeetingCalled:
    when, place = _asked(event)
    title = " ".join(event.title.split())[:_LONGEST] or "Meeting"
    words = event.words.strip()[:2000]
    return MeetingCalled(role=speaker.role, title=title, when=when, place=place, words=words)


def _asked(event: Event) -> tuple[When | None, str]:
    place = " ".join(event.place.split())[:500]
    if event.start_s is None or event.end_s is None:
        return None, place
    return When(start_s=event.start_s, end_s=event.end_s), place


def _whole(when: When | None) -> When | None:
    """Return a time in whole seconds, as calendars hold it."""
    if when is None:
        return None
    return When(start_s=float(int(when.start_s)), end_s=float(int(when.end_s)))
