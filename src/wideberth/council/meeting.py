"""Meetings: where each stands, what is owed by when, and what alarms that raises.

A time or a place is settled when every party holds the same one; what was settled stands until all
hold another same one. The figures are the agreement's rules for meetings.
"""

from msgspec import structs

from wideberth.council.clocks import joined, watch_dues
from wideberth.council.matter import Matter, Step
from wideberth.council.meeting_dues import dues_of
from wideberth.council.meeting_fold import folded
from wideberth.council.meeting_stand import MeetingStand
from wideberth.council.refusals import NotFittingError, refuse_unknown_clause
from wideberth.council.stand import Alert, Kind, Seen, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingCalled,
    MeetingCancelled,
    MeetingDelegation,
    MeetingHeld,
    MeetingKind,
    MeetingPoint,
    MeetingPostponed,
    MeetingProposed,
    MinutesAgreed,
    MinutesProposed,
    When,
)
from wideberth.peering.council.said import Said
from wideberth.units import SECONDS_PER_HOUR


def stand(matter: Matter, agreement: Agreement) -> MeetingStand:
    """Return where a meeting stands."""
    now = folded(matter, agreement)
    return structs.replace(now, dues=dues_of(now, matter.opener, agreement.council.meetings))


def may(_matter: Matter | None, said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse a time that ends before it starts, a clause unknown, a late extraordinary meeting."""
    when: When | None = getattr(said, "when", None)
    if when is not None and when.end_s < when.start_s:
        raise NotFittingError("the meeting ends before it starts.")
    if isinstance(said, MeetingPoint):
        refuse_unknown_clause(said.clause, agreement)
    if isinstance(said, MeetingCalled) and when is not None:
        _refuse_late(said, when, agreement)


def _refuse_late(said: MeetingCalled, when: When, agreement: Agreement) -> None:
    if when.end_s <= said.at_s:
        raise NotFittingError("the meeting ends before it is called.")
    limit_s = agreement.council.meetings.extraordinary_s
    if said.meeting_kind is MeetingKind.EXTRAORDINARY and when.start_s > said.at_s + limit_s:
        hours = limit_s / SECONDS_PER_HOUR
        raise NotFittingError(
            f"an extraordinary meeting starts within {hours:g} h of its call.",
            remedy="Call a working group for later.",
        )


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing, and an answer that says nothing or what nobody proposed."""
    match said:
        case MeetingProposed(when=None, place=""):
            raise NotFittingError("a proposal of neither time nor place.")
        case MeetingProposed(when=When() as when) if when.end_s <= said.at_s:
            raise NotFittingError("the proposed time is past.")
        case MeetingAnswered(answer=Coming.ACCEPTED):
            _refuse_unheld(folded(matter, agreement), said, party)
    step = Step(party=party, said=said, known_s=said.at_s)  # type: ignore[arg-type]
    tried = folded(matter.with_step(step), agreement)
    for idle in tried.idle:
        if (idle.turn, idle.party) == (said.turn, party):
            raise NotFittingError(f"{idle.why}.")


def _refuse_unheld(now: MeetingStand, said: MeetingAnswered, party: str) -> None:
    if said.when is None and not said.place:
        raise NotFittingError("an acceptance of neither time nor place.")
    others = [held for one, held in now.holds.items() if one != party]
    if said.when is not None and said.when not in [held.when for held in others]:
        raise NotFittingError("nobody proposes that time.", remedy="Look at the meeting again.")
    if said.place and said.place not in [held.place for held in others]:
        raise NotFittingError("nobody proposes that place.", remedy="Look at the meeting again.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: what is overdue, and an extraordinary meeting that waits for our word."""
    now = stand(matter, seen.agreement)
    watched = joined(watch_dues(matter, now, seen), _next_plenary(now, seen))
    if now.meeting_kind is not MeetingKind.EXTRAORDINARY or seen.party not in now.asked:
        return watched
    lead = seen.agreement.council.lead(seen.party)
    name = f"{matter.kind} {matter.opener}/{matter.id}"
    text = f"{name}: {matter.opener} calls an extraordinary meeting; we have not answered."
    alert = Alert("extraordinary meeting", text, (lead.role,), dismissible=True)
    return joined(watched, Watch((alert,)))


def _next_plenary(now: MeetingStand, seen: Seen) -> Watch:
    """Look again when the plenary after this one is due (node/council/plenaries.py)."""
    if now.meeting_kind is not MeetingKind.PLENARY or now.held_s is None:
        return Watch()
    due_s = now.held_s + seen.agreement.council.meetings.plenary_every_s
    return Watch(again_s=due_s) if seen.now_s < due_s else Watch()


KIND = Kind(
    name="meeting",
    prefix="M",
    opening=MeetingCalled,
    steps={
        "propose": MeetingProposed,
        "answer": MeetingAnswered,
        "delegation": MeetingDelegation,
        "point": MeetingPoint,
        "held": MeetingHeld,
        "minutes": MinutesProposed,
        "agree": MinutesAgreed,
        "postpone": MeetingPostponed,
        "cancel": MeetingCancelled,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
