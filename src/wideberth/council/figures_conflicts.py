"""Figures of conflicts, found anew from what both sides were told: so both find the same.

What an own undisclosed activity meets is in no figure. The declarations are gone through in one
order; after each, the activity that changed is judged against those in force at about its time. A
conflict that went before it began was resolved; one that was still there then has lapsed.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from wideberth.checking import check
from wideberth.council.figures import Basis, Line, counted_line
from wideberth.council.figures_ledger import Told
from wideberth.council.figures_notices import activity_of
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import Conflict
from wideberth.peering.messages import Change, Declare
from wideberth.units import SECONDS_PER_DAY

CONFLICTS: Final = "conflicts"
NEAR_S: Final = SECONDS_PER_DAY  # no time minimum is longer
UNJUDGEABLE: Final = (
    WideberthError,
    ArithmeticError,
    ValueError,
    LookupError,
    RuntimeError,
    AssertionError,
)
Name = tuple[str, str]
Pair = tuple[Name, Name, str]


@dataclass
class _Met:
    """Two activities in conflict under a rule: since when, and when it begins and ends."""

    found_s: float
    begins_s: float
    ends_s: float
    clause: str
    ended: str = ""


@dataclass
class _World:
    """What is in force, the conflicts that last, and those that are over."""

    present: dict[Name, Activity] = field(default_factory=dict)
    met: dict[Pair, _Met] = field(default_factory=dict)
    past: list[_Met] = field(default_factory=list)
    unjudged: int = 0


def conflict_lines(basis: Basis) -> Iterator[Line]:
    """Yield how many conflicts were found, and what became of them."""
    world = _World()
    for told in basis.told(Declare, Change):
        _go_on(world, told, basis)
    ours = [m for m in (*world.past, *world.met.values()) if m.found_s in basis.period]
    resolved = sum(1 for met in ours if met.ended == "resolved")
    lapsed = sum(1 for m in ours if m.ended == "lapsed" or _is_past(m, basis.period.to_s))
    both = " and ".join(basis.parties)
    yield counted_line(CONFLICTS, both, "found", len(ours))
    yield counted_line(CONFLICTS, both, "resolved", resolved)
    yield counted_line(CONFLICTS, both, "lapsed", lapsed)
    yield counted_line(CONFLICTS, both, "open at the end", len(ours) - resolved - lapsed)
    yield counted_line(CONFLICTS, both, "activities that could not be judged", world.unjudged)
    for clause in sorted({met.clause for met in ours}):
        count = sum(1 for met in ours if met.clause == clause)
        yield counted_line(CONFLICTS, both, f"found under {clause or 'no clause'}", count)


def _is_past(met: _Met, to_s: float) -> bool:
    return not met.ended and met.ends_s <= to_s


def _go_on(world: _World, told: Told, basis: Basis) -> None:
    """Take one declaration or change into the world, and judge what it is about."""
    body = told.body
    if isinstance(body, Declare):
        name = (told.sender, body.activity.id)
        activity = activity_of(told)
        if activity is None:
            world.unjudged += 1
            return
    else:
        assert isinstance(body, Change)
        name = (told.sender, body.activity)
        before = world.present.get(name)
        if before is None:
            return
        activity = replace(before, state=body.state, revision=body.revision)
    if activity.is_over:
        world.present.pop(name, None)
        _settle(world, name, {}, told.sent_s)
        return
    world.present[name] = activity
    if isinstance(body, Declare):  # a state alone moves nothing
        _judge(world, name, told.sent_s, basis.agreement)


def _judge(world: _World, name: Name, now_s: float, agreement: Agreement) -> None:
    _forget_past(world, name, now_s)
    near = _near(world, name)
    try:
        conflicts = check(near, agreement, about=frozenset({name})).conflicts
    except UNJUDGEABLE:
        world.unjudged += 1
        return
    found: dict[Pair, list[Conflict]] = {}
    for one in conflicts:
        a, b = ((ref.party, ref.activity) for ref in (one.a, one.b))
        found.setdefault((a, b, one.finding.rule), []).append(one)
    _settle(world, name, found, now_s)


def _settle(world: _World, name: Name, found: dict[Pair, list[Conflict]], now_s: float) -> None:
    """End the conflicts of an activity that are no more, and note those that are new."""
    for pair in [pair for pair in world.met if name in pair[:2] and pair not in found]:
        met = world.met.pop(pair)
        met.ended = "resolved" if now_s < met.begins_s else "lapsed"
        world.past.append(met)
    for pair, those in found.items():
        begins_s = min(one.finding.start_s for one in those)
        ends_s = max(one.finding.end_s for one in those)
        before = world.met.get(pair)
        found_s = now_s if before is None else before.found_s
        world.met[pair] = _Met(found_s, begins_s, ends_s, those[0].finding.clause)


def _forget_past(world: _World, name: Name, now_s: float) -> None:
    """Leave out what ended long ago: nothing that is told now can meet it; its conflicts lapsed."""
    past = [n for n, one in world.present.items() if _window(one)[1] + NEAR_S < now_s]
    for other in past:
        if other != name:
            del world.present[other]


def _near(world: _World, name: Name) -> list[Activity]:
    """Return those in force at about the time of one, and that one; in one order."""
    from_s, to_s = _window(world.present[name])
    near = []
    for other, activity in sorted(world.present.items()):
        start_s, end_s = _window(activity)
        if other == name or (start_s <= to_s + NEAR_S and from_s - NEAR_S <= end_s):
            near.append(activity)
    return near


def _window(activity: Activity) -> tuple[float, float]:
    starts = [volume.time.start_s for volume in activity.volumes]
    ends = [volume.time.end_s for volume in activity.volumes]
    return min(starts, default=-math.inf), max(ends, default=math.inf)
