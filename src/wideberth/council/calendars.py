"""The council as calendars: a meeting's invitation, an answer to it, and a feed of all that is due.

What is written is what both sides hold; people are roles. Source: RFC 5546 (iTIP).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from wideberth.council.action import ActionStand
from wideberth.council.agenda import Item
from wideberth.council.assurance import AssuranceStand
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import Held, MeetingStand
from wideberth.formats import ical
from wideberth.formats.ical import Attendee, Calendar, Entry, Event, EventState, Method, Seat, Task
from wideberth.formats.ical import TaskState as State
from wideberth.model.agreement import Agreement
from wideberth.peering.council.meeting import Coming, When

PLACE_OPEN: Final = "The place is still to be fixed."
_COMING: Final = {
    None: ical.Coming.OPEN,
    Coming.ACCEPTED: ical.Coming.ACCEPTED,
    Coming.TENTATIVE: ical.Coming.TENTATIVE,
    Coming.DECLINED: ical.Coming.DECLINED,
}
_STATES: Final = {"open": State.OPEN, "done": State.STARTED, "confirmed": State.DONE} | {
    "withdrawn": State.CANCELLED
}


def offered(now: MeetingStand, party: str) -> tuple[When | None, str]:
    """Return the time and place put to a party: the newest of the others', else settled."""
    own = now.holds[party]
    others = [held for one, held in now.holds.items() if one != party]
    times = [held for held in others if held.when is not None and held.time_no > own.time_no]
    places = [held for held in others if held.place and held.place_no > own.place_no]
    when = max(times, key=lambda held: held.time_no).when if times else now.when or own.when
    place = max(places, key=lambda held: held.place_no).place if places else now.place or own.place
    if when is None:
        when = next((held.when for held in others if held.when is not None), None)
    return when, place


def meeting_event(
    matter: Matter, agreement: Agreement, party: str, agenda: Sequence[Item] = ()
) -> Event | None:
    """Return a meeting as it is put to a party; None: no time is proposed yet."""
    now = stand_of(matter, agreement)
    assert isinstance(now, MeetingStand)
    when, place = offered(now, party)
    if when is None:
        return None
    lines = [matter.ref, *([] if place else [PLACE_OPEN])]
    lines += [f"{number}. {item.title}" for number, item in enumerate(agenda, start=1)]
    return Event(
        uid=ical.uid_of(matter.kind, matter.opener, matter.id),
        stamp_s=float(int(matter.steps[-1].said.at_s)),
        title=now.title,
        start_s=float(int(when.start_s)),
        end_s=float(int(when.end_s)),
        sequence=now.sequence,
        organizer=_seat(now, matter.opener, agreement),
        attendees=tuple(
            Attendee(_seat(now, one, agreement), _coming(held, when, place), is_chair=True)
            for one, held in sorted(now.holds.items())
        ),
        place=place,
        words="\n".join(lines),
        state=_state(now, when),
        kind="meeting",
    )


def _seat(now: MeetingStand, party: str, agreement: Agreement) -> Seat:
    return Seat(party, now.heads.get(party) or agreement.council.lead(party).role)


def _coming(held: Held, when: When, place: str) -> ical.Coming:
    if held.answer is Coming.DECLINED:
        return ical.Coming.DECLINED
    if held.when == when and held.place in (place, ""):
        return ical.Coming.ACCEPTED
    return ical.Coming.OPEN if held.answer is Coming.ACCEPTED else _COMING[held.answer]


def _state(now: MeetingStand, when: When) -> EventState:
    if now.state == "cancelled":
        return EventState.CANCELLED
    return EventState.CONFIRMED if now.when == when else EventState.TENTATIVE


def action_task(matter: Matter, agreement: Agreement) -> Task:
    """Return an action item as a task, related to the meeting where it was agreed."""
    now = stand_of(matter, agreement)
    assert isinstance(now, ActionStand)
    parts = now.meeting.split("/", 2)
    related = (ical.uid_of(*parts),) if len(parts) == 3 else ()
    done = now.state == "confirmed"
    return Task(
        uid=ical.uid_of(matter.kind, matter.opener, matter.id),
        stamp_s=float(int(matter.steps[-1].said.at_s)),
        title=now.title,
        due_s=float(int(now.due_s)),
        state=_STATES[now.state],
        completed_s=float(int(now.claimed_s)) if done and now.claimed_s is not None else None,
        sequence=len(matter.steps) - 1,
        owner=Seat(now.owner, now.owner_role),
        words="\n".join(part for part in (matter.ref, now.text) if part),
        kind="action",
        related=related,
    )


def feed(matters: Sequence[Matter], agreement: Agreement, party: str) -> Calendar:
    """Return all that has a time: meetings, action items, what is owed, when the agreement ends."""
    entries = [entry for one in matters for entry in _entries(one, agreement, party)]
    entries += list(_term(agreement))
    return Calendar(Method.PUBLISH, tuple(entries), f"Council of {party}: {agreement.title}")


def _entries(one: Matter, agreement: Agreement, party: str) -> Iterator[Entry]:
    stand = stand_of(one, agreement)
    stamp_s = float(int(one.steps[-1].said.at_s))
    if one.kind == "meeting":
        event = meeting_event(one, agreement, party)
        yield from () if event is None else (event,)
    if one.kind == "action":
        yield action_task(one, agreement)
        return
    if isinstance(stand, AssuranceStand) and stand.is_open:
        yield Event(
            uid=ical.uid_of(f"{one.kind} lapse", one.opener, one.id),
            stamp_s=stamp_s,
            title=f"Lapses: {stand.title}",
            start_s=float(int(stand.until_s)),
            end_s=float(int(stand.until_s)),
            words=one.ref,
            kind=one.kind,
        )
    for due in stand.dues:
        role = agreement.council.lead(due.party).role
        yield Task(
            uid=ical.uid_of(f"{one.kind} {due.what} {due.party}", one.opener, one.id),
            stamp_s=stamp_s,
            title=f"{due.party} owes the {due.what}: {stand.title}",
            due_s=float(int(due.at_s)),
            owner=Seat(due.party, role),
            words="\n".join(part for part in (one.ref, due.clause) if part),
            kind=one.kind,
            related=(ical.uid_of(one.kind, one.opener, one.id),),
        )


def _term(agreement: Agreement) -> Iterator[Event]:
    validity = agreement.validity
    if validity is not None and validity.end_s < 253_402_300_799.0:
        yield Event(
            uid=ical.uid_of("agreement end", agreement.id, str(agreement.version)),
            stamp_s=max(0.0, float(int(validity.start_s))) if validity.start_s > 0.0 else 0.0,
            title=f"The agreement ends: {agreement.title}",
            start_s=float(int(validity.end_s)),
            end_s=float(int(validity.end_s)),
            kind="agreement",
        )
