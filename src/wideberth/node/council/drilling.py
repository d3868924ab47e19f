"""What a node does about drills beside keeping them: ends what is over, notes when what was tested.

A later drill that came to its end, answered or not, ends the ones before it in its direction, so
that one alarm says how the line is, and not hundreds. A unit's spoken code is checked here and
goes no further.
"""

import msgspec
from msgspec import Struct, structs

from wideberth.council.drill import MACHINE
from wideberth.council.drill_stand import DrillStand, stand
from wideberth.council.matter import Matter, Step
from wideberth.formats.slip_checkin import CheckIn, is_checkin
from wideberth.node import tables
from wideberth.node.climbing import SECRET_BYTES, secret_of
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.drill import (
    DrillAcknowledged,
    DrillClosed,
    DrillOpened,
    DrillPassed,
    DrillResumed,
    Exercise,
)

REVISION = 1  # a drill has no revisions; a unit's code names one


class Pause(Struct, frozen=True):
    """A pause of drills that either side declared: (opener, id), from when, until when."""

    opener: str
    id: str
    from_s: float
    until_s: float


class DrillClock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far drills with a peer have come.

    begun_s: since when they are due. slot_s: times of the agreement up to this one were looked at.
    surprise_s, end_to_end_s: when either side last began such a test.
    """

    begun_s: float
    slot_s: float
    surprise_s: float | None = None
    end_to_end_s: float | None = None
    pauses: tuple[Pause, ...] = ()

    def is_paused(self, at_s: float) -> bool:
        """Return whether no drill is due at a time."""
        return any(one.from_s <= at_s < one.until_s for one in self.pauses)


def clock_of(reader: Reader, peer: str) -> DrillClock | None:
    """Return how far drills with a peer have come; None: they have not begun."""
    record = reader.get(tables.META, tables.key("drill", peer))
    return None if record is None else msgspec.json.decode(record, type=DrillClock)


def keep_clock(work: Work, peer: str, clock: DrillClock) -> None:
    """Write down how far drills with a peer have come."""
    work.draft.put(tables.META, tables.key("drill", peer), msgspec.json.encode(clock))


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Note what a step says of when what was tested; end what is over with an answer."""
    _noted(work, one, step)
    found = stand(one, work.agreement)
    return _ended_by(work, one, found) if found.answered_s is not None else ()


def looked(work: Work, one: Matter) -> tuple[CouncilBody, ...]:
    """End a pause of ours whose time is over, and what is older than a call that ran out."""
    found = stand(one, work.agreement)
    opening = one.opening
    assert isinstance(opening, DrillOpened)
    is_over = opening.until_s is not None and opening.until_s <= work.now_s
    if one.opener == work.party and found.is_open and is_over:
        return (DrillResumed(opener=one.opener, matter=one.id, role=MACHINE, words="time is up"),)
    is_due = any(due.at_s <= work.now_s for due in found.dues)
    return _ended_by(work, one, found) if is_due else ()


def before(work: Work, one: Matter, said: CouncilBody) -> CouncilBody:
    """Check a unit's spoken code, as for a notice, and keep it here; without one nothing is proved.

    A unit that a drill is passed to has a secret from then on, as one that a notice is passed to.
    """
    if isinstance(said, DrillPassed):
        for unit in said.units:
            if secret_of(work.draft, unit) is None:
                fresh = work.bench.chance.token(SECRET_BYTES)
                work.draft.put(tables.META, tables.key("check-in", unit), fresh)
    if not isinstance(said, DrillAcknowledged):
        return said
    if not said.code:
        return structs.replace(said, is_proved=False)
    secret = secret_of(work.draft, said.unit)
    wanted = CheckIn(one.opener, code_name(one.id), REVISION, said.unit)
    if secret is None or not is_checkin(said.code, wanted, secret=secret):
        raise NotAllowedError(
            "the code is not this unit's for this DRILL.",
            remedy="Have the unit read the code of this DRILL again.",
        )
    return structs.replace(said, code="", is_proved=True)


def code_name(drill: str) -> str:
    """Return what a unit acknowledges by voice: no activity has that name by chance."""
    return f"DRILL {drill}"


def _noted(work: Work, one: Matter, step: Step) -> None:
    (peer,) = one.others(work.party)
    clock = clock_of(work.draft, peer) or DrillClock(begun_s=work.now_s, slot_s=work.now_s)
    at_s = min(step.said.at_s, work.now_s)  # a clock that is ahead cannot put an alarm off
    match step.said:
        case DrillOpened(what=Exercise.SURPRISE):
            clock = structs.replace(clock, surprise_s=max(at_s, clock.surprise_s or 0.0))
        case DrillOpened(what=Exercise.END_TO_END):
            clock = structs.replace(clock, end_to_end_s=max(at_s, clock.end_to_end_s or 0.0))
        case DrillOpened(what=Exercise.PAUSE, until_s=until_s) if until_s is not None:
            pause = Pause(one.opener, one.id, step.said.at_s, until_s)
            clock = structs.replace(clock, pauses=(*_not_past(clock), pause))
        case DrillResumed():
            pauses = tuple(_cut(pause, one, step.said.at_s) for pause in clock.pauses)
            clock = structs.replace(clock, pauses=pauses)
        case _:
            return
    keep_clock(work, peer, clock)


def _not_past(clock: DrillClock) -> tuple[Pause, ...]:
    return tuple(pause for pause in clock.pauses if pause.until_s > clock.slot_s)


def _cut(pause: Pause, one: Matter, at_s: float) -> Pause:
    if (pause.opener, pause.id) != (one.opener, one.id):
        return pause
    return structs.replace(pause, until_s=min(pause.until_s, at_s))


def _ended_by(work: Work, one: Matter, found: DrillStand) -> tuple[CouncilBody, ...]:
    """Return what ends our drills before this one, in its direction and of its group."""
    if one.opener != work.party:
        return ()
    first, cutoff = tables.under("drill", work.party)
    names = [key for key, _mark in work.draft.scan(tables.MATTER_OPEN, first=first, before=cutoff)]
    ended: list[CouncilBody] = []
    for name in names:
        other = matters.existing(work, *tables.parts(name))
        then = stand(other, work.agreement)
        is_older = (then.called_s, other.id) < (found.called_s, one.id)
        if is_older and then.callee == found.callee and _group(then) == _group(found):
            why = f"a later drill came to its end: {one.id}"
            ended.append(DrillClosed(opener=other.opener, matter=other.id, role=MACHINE, words=why))
    return tuple(ended)


def _group(found: DrillStand) -> Exercise:
    is_missed_slot = found.what is Exercise.NOT_CALLED
    return Exercise.SCHEDULED if is_missed_slot else found.what
