"""Test calls at the agreement's times, by each node itself (R19).

Each time is called once and in each direction, whatever happens to the node: the call's name is
its time, so that none is made twice. A time that passed while the node did not run is told to the
other side as not called; it is never passed over in silence.
"""

from itertools import islice
from typing import Final

from msgspec import structs

from wideberth.council.drill import MACHINE
from wideberth.council.drill_times import name_of, slots
from wideberth.formats.times import show_utc
from wideberth.node import deadlines
from wideberth.node.council import matters
from wideberth.node.council.drilling import DrillClock, clock_of, keep_clock
from wideberth.node.council.saying import BY_ITSELF, Say, say
from wideberth.node.work import Work
from wideberth.peering.council.drill import MOST_SLOTS, DrillOpened, Exercise

NO_SURPRISE: Final = "DRILL no surprise test"
NO_END_TO_END: Final = "DRILL no test to the units"


def look(work: Work) -> int:
    """Make the test calls whose time has come; return how many things were said or raised."""
    parties = [p.party for p in work.peers() if p.party in work.agreement.parties]
    return sum(_look(work, peer) for peer in parties)


def _look(work: Work, peer: str) -> int:
    clock = clock_of(work.draft, peer)
    if clock is None:
        keep_clock(work, peer, DrillClock(begun_s=work.now_s, slot_s=work.now_s))
        return 0
    if clock.slot_s > work.now_s:  # our clock was put back: what was called has its name
        clock = structs.replace(clock, slot_s=work.now_s)
        keep_clock(work, peer, clock)
    count = _call(work, peer, clock)
    return count + _lacking(work, peer, clock)


def _call(work: Work, peer: str, clock: DrillClock) -> int:
    """Call for the time that has just come; tell of those that passed unseen."""
    rules = work.agreement.council.drills
    passed = slots(rules, after_s=clock.slot_s, until_s=work.now_s)
    due = list(islice(passed, MOST_SLOTS))
    if not due:
        return 0
    wanted = [
        slot_s
        for slot_s in due
        if not clock.is_paused(slot_s)
        and matters.matter(work.draft, "drill", work.party, name_of(slot_s, peer)) is None
    ]
    late = tuple(slot_s for slot_s in wanted if work.now_s - slot_s > rules.answer_s)
    if late:
        _say(work, peer, DrillOpened(role=MACHINE, what=Exercise.NOT_CALLED, slots=late))
    fresh = wanted[len(late) :]
    for slot_s in fresh:
        name = name_of(slot_s, peer)
        opening = DrillOpened(role=MACHINE, what=Exercise.SCHEDULED, matter=name, slots=(slot_s,))
        _say(work, peer, opening)
    latest = clock_of(work.draft, peer) or clock
    keep_clock(work, peer, structs.replace(latest, slot_s=due[-1]))
    return len(fresh) + bool(late)


def _say(work: Work, peer: str, opening: DrillOpened) -> None:
    opening = structs.replace(opening, parties=(work.party, peer))
    say(work, Say(opening, BY_ITSELF))


def _lacking(work: Work, peer: str, clock: DrillClock) -> int:
    """Raise that nobody tested by surprise, or down to the units, for too long."""
    rules = work.agreement.council.drills
    clause = f" ({rules.clause})" if rules.clause else ""
    count = 0
    for kind, last_s, every_s in (
        (NO_SURPRISE, clock.surprise_s, rules.surprise_every_s),
        (NO_END_TO_END, clock.end_to_end_s, rules.end_to_end_every_s),
    ):
        since_s = clock.begun_s if last_s is None else last_s
        late_s = work.now_s - since_s - every_s
        if late_s <= 0.0 or clock.is_paused(work.now_s):
            work.clear_alarm(kind, peer, "it is so no longer")
            continue
        what = kind.removeprefix("DRILL ")
        text = (
            f"DRILL: {what} between us and {peer} since {show_utc(float(int(since_s)))}; one was"
            f" due within {every_s / 86_400.0:g} days{clause}. Either side may begin it."
        )
        roles = deadlines.alerted(work.agreement.notice, late_s)
        work.raise_alarm(kind, peer, text, roles)
        count += 1
    return count
