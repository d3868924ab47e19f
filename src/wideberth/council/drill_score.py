"""The score board of drills: what was held, answered and missed, and how long an answer took.

One line for each direction and kind of test. A miss is the line's where the call did not reach the
other node before the answer was due, and silence where it did. What falls into a declared pause is
paused, and not missed.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from wideberth.council.drill_stand import DrillStand
from wideberth.council.drill_times import slots
from wideberth.model.council_clocks import DrillRules
from wideberth.peering.council.drill import DrillOpened, Exercise


@dataclass(frozen=True, slots=True)
class Tried:
    """A drill as it is scored; reached_s: when it reached the other node, by its clock."""

    caller: str
    opening: DrillOpened
    stand: DrillStand
    reached_s: float | None


class Score(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How drills of one kind went in one direction; times in seconds.

    held: calls made. late: answered after it was due; those are among `silence` or `line` too.
    waiting: not due yet. not_called: times that passed while the caller's node did not run.
    median_s, worst_s: from the call to the answer, of all that were answered. last_s: of the last
    call; last: what became of it.
    """

    caller: str
    callee: str
    what: Exercise
    held: int = 0
    answered: int = 0
    late: int = 0
    silence: int = 0
    line: int = 0
    not_called: int = 0
    paused: int = 0
    waiting: int = 0
    median_s: float | None = None
    worst_s: float | None = None
    last_s: float | None = None
    last: str = ""


KINDS = (Exercise.SCHEDULED, Exercise.SURPRISE, Exercise.END_TO_END)


def board(
    tried: Iterable[Tried], parties: Sequence[str], rules: DrillRules, *, now_s: float
) -> tuple[Score, ...]:
    """Return the lines of the score board between two parties, as things were at a time."""
    drills = sorted(tried, key=lambda one: (one.stand.called_s, one.caller, one.opening.matter))
    pauses = [_pause(one, now_s) for one in drills if one.opening.what is Exercise.PAUSE]
    first, second = sorted(parties)
    return tuple(
        _score(drills, (caller, callee, what), pauses, rules, now_s)
        for caller, callee in ((first, second), (second, first))
        for what in KINDS
    )


def verdict(one: Tried, pauses: Sequence[tuple[float, float]], now_s: float) -> str:
    """Return what became of a call: answered, waiting, paused, line or silence."""
    found = one.stand
    if found.state == "answered":
        return "answered"
    due_s = math.inf if found.due_s is None else found.due_s
    if now_s < due_s and found.ended_s is None and found.answered_s is None:
        return "waiting"
    if _is_paused(found.called_s, pauses):
        return "paused"
    return "line" if one.reached_s is None or one.reached_s > due_s else "silence"


def median(times_s: Sequence[float]) -> float | None:
    """Return the middle of some times, the mean of both middles of an even count; None: of none."""
    return quantile(times_s, 0.5)


def quantile(times_s: Sequence[float], part: float) -> float | None:
    """Return the quantile of some times, linear between two of them; None: of none."""
    if not times_s:
        return None
    ordered = sorted(times_s)
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _score(
    drills: Sequence[Tried],
    about: tuple[str, str, Exercise],
    pauses: Sequence[tuple[float, float]],
    rules: DrillRules,
    now_s: float,
) -> Score:
    caller, callee, what = about
    ours = [one for one in drills if one.caller == caller and one.stand.callee == callee]
    calls = [one for one in ours if one.opening.what is what]
    verdicts = [verdict(one, pauses, now_s) for one in calls]
    answered = [one.stand for one in calls if one.stand.answered_s is not None]
    times_s = [found.answered_s - found.called_s for found in answered if found.answered_s]
    called = {one.opening.slots[0] for one in calls if one.opening.slots}
    lost, paused = set[float](), set[float]()
    if what is Exercise.SCHEDULED:
        told = (s for o in ours if o.opening.what is Exercise.NOT_CALLED for s in o.opening.slots)
        lost = {slot_s for slot_s in told if not _is_paused(slot_s, pauses)} - called
        paused = _paused_slots(rules, pauses, now_s) - called
    return Score(
        caller=caller,
        callee=callee,
        what=what,
        held=len(calls),
        answered=verdicts.count("answered"),
        late=sum(1 for found in answered if found.state == "answered late"),
        silence=verdicts.count("silence"),
        line=verdicts.count("line"),
        not_called=len(lost),
        paused=len(paused) + verdicts.count("paused"),
        waiting=verdicts.count("waiting"),
        median_s=median(times_s),
        worst_s=max(times_s, default=None),
        last_s=calls[-1].stand.called_s if calls else None,
        last=verdicts[-1] if calls else "",
    )


def _pause(one: Tried, now_s: float) -> tuple[float, float]:
    until_s = one.opening.until_s or 0.0
    ended_s = math.inf if one.stand.ended_s is None else one.stand.ended_s
    return one.stand.called_s, min(until_s, ended_s, now_s)


def _is_paused(at_s: float, pauses: Sequence[tuple[float, float]]) -> bool:
    return any(from_s <= at_s < until_s for from_s, until_s in pauses)


def _paused_slots(
    rules: DrillRules, pauses: Sequence[tuple[float, float]], now_s: float
) -> set[float]:
    return {
        slot_s
        for from_s, until_s in pauses
        for slot_s in slots(rules, after_s=from_s - 1.0, until_s=min(until_s, now_s))
        if from_s <= slot_s < until_s
    }
