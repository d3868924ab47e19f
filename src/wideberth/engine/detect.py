"""Find the conflicts among activities: near finds pairs in five dimensions, rules judge them."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np

from wideberth.engine.columns import ROLES
from wideberth.engine.entries import Places
from wideberth.engine.field import Field, Progress, Question, no_progress
from wideberth.engine.join import narrow
from wideberth.engine.near import Pairs, ReachColumns, candidates
from wideberth.engine.screened import JointRule, PlacedRule, ScreenedRule
from wideberth.engine.separation import Reach, SeparationRule
from wideberth.model.conflict import Conflict, Finding, NotJudged
from wideberth.model.volume import Arena, Role, Volume

PROGRESS_EVERY = 64
UNRULED = "no separation is agreed for this pair of arenas"
DEAF = "no equipage that the agreement knows is named, so what the craft listens to is not known"


class Found(NamedTuple):
    """Conflicts, and pairs that a screen reports and a model clears; both in order."""

    conflicts: tuple[Conflict, ...]
    cleared: tuple[Conflict, ...]


def find_conflicts(
    field: Field,
    rules: Sequence[SeparationRule],
    question: Question,
    progress: Progress = no_progress,
) -> tuple[Conflict, ...]:
    """Return every conflict that a rule finds, by its two volumes and the rule's name."""
    return find(field, rules, (), question, progress).conflicts


def find(
    field: Field,
    rules: Sequence[SeparationRule],
    joint: Sequence[JointRule],
    question: Question,
    progress: Progress = no_progress,
) -> Found:
    """Return what rules find in pairs, and joint rules among more than two volumes."""
    found = [
        conflict for rule in rules for conflict in _under_rule(field, rule, question, progress)
    ]
    found += [c for rule in joint for c in rule.find(field, question, progress)]
    found.sort(key=lambda c: (c.a, c.b, c.finding.rule))
    return Found(
        tuple(c for c in found if not c.finding.is_cleared),
        tuple(c for c in found if c.finding.is_cleared),
    )


def _under_rule(
    field: Field, rule: SeparationRule, question: Question, progress: Progress
) -> list[Conflict]:
    ours, theirs = (_members(field, rule, arena) for arena in rule.arenas)
    if not len(ours) or not len(theirs):
        return []
    step = f"judging {rule.name}"
    first, second = field.asked(_near(field, rule, (ours, theirs), question), question)
    judge, conflicts = _judge_of(field, rule), []
    for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if k % PROGRESS_EVERY == 0:
            progress(step, k, len(first))
        finding = judge(i, j)
        if finding is not None:
            conflicts.append(Conflict(field.refs[i], field.refs[j], finding))
    progress(step, len(first), len(first))
    return conflicts


def _judge_of(field: Field, rule: SeparationRule) -> Callable[[int, int], Finding | None]:
    """Return how a rule judges the volumes at two places."""
    if isinstance(rule, PlacedRule):
        return partial(rule.judge_at, field)
    return lambda i, j: rule.judge(field.volumes[i], field.volumes[j])


def _members(field: Field, rule: SeparationRule, arena: Arena) -> Places:
    """Return the volumes of an arena that a rule may be about.

    What a craft's equipage brings is for the rules with a search of their own.
    """
    members = field.columns.members(arena)
    if arena is not Arena.SPECTRUM or isinstance(rule, ScreenedRule):
        return members
    declared = field.kept(
        "declared", lambda: np.array([not _is_aboard(v) for v in field.volumes], bool)
    )
    return np.asarray(members[declared[members]])


def _is_aboard(volume: Volume) -> bool:
    return volume.radio is not None and bool(volume.radio.aboard)


def _near(
    field: Field, rule: SeparationRule, members: tuple[Places, Places], question: Question
) -> Pairs:
    """Return the pairs that a rule is to judge: by its own screen, or by its reach."""
    if isinstance(rule, ScreenedRule):
        return rule.screened(field, question)
    reach = _reach_of(field, rule)
    return narrow(field.columns, members, reach, within=question.within, fast=question.fast)


def _reach_of(field: Field, rule: SeparationRule) -> Reach | ReachColumns:
    """Return the rule's reach, one for all volumes where it is the same around each of them."""
    nowhere = Reach(0.0, 0.0, 0.0)
    rows = [rule.reach(v) if v.arena in rule.arenas else nowhere for v in field.volumes]
    different = {r for r, v in zip(rows, field.volumes, strict=True) if v.arena in rule.arenas}
    if len(different) == 1:
        return different.pop()
    return ReachColumns(
        np.array([r.lateral_m for r in rows]),
        np.array([r.vertical_m for r in rows]),
        np.array([r.time_s for r in rows]),
        np.array([r.freq_hz for r in rows]),
    )


def not_judged(
    field: Field, rules: Sequence[SeparationRule], question: Question
) -> tuple[NotJudged, ...]:
    """Return the pairs of arenas present that no rule is about, and how many volumes meet.

    What was not judged is not clear; reports show it beside every answer.
    """
    covered = {frozenset(rule.arenas) for rule in rules if rule.is_whole}
    anywhere = Reach(lateral_m=0.0, vertical_m=np.inf, time_s=0.0, freq_hz=np.inf)
    found = []
    for one, other in combinations_with_replacement(Arena, 2):
        if frozenset((one, other)) in covered:
            continue
        ours, theirs = _unknown(field, one, other), _unknown(field, other, one)
        if not _can_pair(field, ours, theirs, question):
            continue
        is_radio = one is not other is Arena.SPECTRUM
        if is_radio:
            pairs = _at_once(field, ours, theirs, question)
        else:
            near = candidates(field.columns, ours, theirs, anywhere, within=question.within)
            pairs = len(field.asked(near, question)[0])
        found.append(NotJudged((one.value, other.value), pairs, DEAF if is_radio else UNRULED))
    return tuple(found)


def _unknown(field: Field, arena: Arena, other: Arena) -> Places:
    """Return the volumes of an arena of which nothing is known in the other.

    A craft whose equipage is known listens in volumes of its own; of radio only emissions count.
    """
    members = field.columns.members(arena)
    if arena is Arena.SPECTRUM:
        return np.asarray(members[field.columns.role[members] == ROLES.index(Role.EMIT)])
    if arena is other or other is not Arena.SPECTRUM:
        return members
    listening = {
        (ref.party, ref.activity)
        for ref, volume in zip(field.refs, field.volumes, strict=True)
        if volume.radio is not None and volume.radio.aboard == arena
    }
    deaf = [(field.refs[k].party, field.refs[k].activity) not in listening for k in members]
    return np.asarray(members[np.array(deaf, bool)])


def _at_once(field: Field, ours: Places, theirs: Places, question: Question) -> int:
    """Return how many pairs are there at one time, however far apart: radio waves reach far."""
    owner = field.columns.activity if question.within else field.columns.party
    about = field.marked(question)

    def count(first: Places, second: Places) -> int:
        """Return the pairs of two owners."""
        found = _overlapping(field, first, second)
        for each in np.intersect1d(owner[first], owner[second]):
            found -= _overlapping(field, first[owner[first] == each], second[owner[second] == each])
        return found

    return count(ours, theirs) - count(ours[~about[ours]], theirs[~about[theirs]])


def _overlapping(field: Field, ours: Places, theirs: Places) -> int:
    start_s, end_s = field.columns.start_s, field.columns.end_s
    begun = np.searchsorted(np.sort(start_s[theirs]), end_s[ours], "left")
    over = np.searchsorted(np.sort(end_s[theirs]), start_s[ours], "right")
    return int((begun - over).sum())


def _can_pair(field: Field, ours: Places, theirs: Places, question: Question) -> bool:
    """Return whether some volume of the one and some of the other may be compared at all."""
    owner = field.columns.activity if question.within else field.columns.party
    owners = [set(owner[side].tolist()) for side in (ours, theirs)]
    return bool(owners[0] and owners[1] and len(owners[0] | owners[1]) > 1)
