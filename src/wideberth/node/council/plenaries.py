"""The plenary comes round: where the last is too long ago and none is called, both are in red."""

from typing import Final

from wideberth.council.clocks import at
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter, Step
from wideberth.council.meeting_stand import MeetingStand
from wideberth.node import tables
from wideberth.node.council import matters
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.meeting import MeetingCalled, MeetingKind

ALARM: Final = "plenary overdue"
_ABOUT: Final = tables.key("council", "plenary")


def after(work: Work, one: Matter, _step: Step) -> tuple[CouncilBody, ...]:
    """Look anew after a step of a plenary."""
    return looked(work, one)


def looked(work: Work, one: Matter) -> tuple[CouncilBody, ...]:
    """Raise or end the alarm as it should be now; nothing is said of it."""
    if _is_plenary(one):
        _weigh(work)
    return ()


def _is_plenary(one: Matter) -> bool:
    opening = one.opening
    return isinstance(opening, MeetingCalled) and opening.meeting_kind is MeetingKind.PLENARY


def _weigh(work: Work) -> None:
    rules = work.agreement.council.meetings
    stands = [stand for stand in _plenaries(work) if stand.state != "cancelled"]
    held = [stand.held_s for stand in stands if stand.held_s is not None]
    is_called = len(held) < len(stands)
    due_s = max(held, default=work.now_s) + rules.plenary_every_s
    if is_called or work.now_s < due_s:
        work.clear_alarm(ALARM, _ABOUT, "a plenary is called, or not due")
        return
    clause = f" ({rules.clause})" if rules.clause else ""
    text = f"the last plenary was held {at(max(held))}; the next was due by {at(due_s)}{clause}."
    work.raise_alarm(ALARM, _ABOUT, text, (work.agreement.council.lead(work.party).role,))


def _plenaries(work: Work) -> list[MeetingStand]:
    found: list[MeetingStand] = []
    after_key = ""
    while True:
        page, after_key = matters.matters(
            work.draft, kind="meeting", is_open=False, after=after_key
        )
        stands = [stand_of(one, work.agreement) for one in page if _is_plenary(one)]
        found += [stand for stand in stands if isinstance(stand, MeetingStand)]
        if not after_key:
            return found
