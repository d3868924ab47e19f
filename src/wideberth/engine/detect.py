"""Find the conflicts among activities: near finds pairs in five dimensions, rules judge them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from wideberth.engine.columns import Columns, columns_of
from wideberth.engine.entries import Places
from wideberth.engine.join import narrow
from wideberth.engine.near import Pairs, ReachColumns, candidates
from wideberth.engine.separation import Reach, SeparationRule
from wideberth.model.activity import Activity
from wideberth.model.agreement import HeightRanges
from wideberth.model.conflict import Conflict, NotJudged, VolumeRef
from wideberth.model.volume import Arena, Volume

Progress = Callable[[str, int, int], None]
PROGRESS_EVERY = 64


def _no_progress(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a detection beside the activities and rules.

    within: compare activities of one party too. fast: the compiled path (None: as size demands).
    about: only pairs in which at least one is of these activities, (party, id) each; None: all.
    """

    ranges: HeightRanges
    within: bool = False
    fast: bool | None = None
    about: frozenset[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """The activities laid out: refs and volumes row by row, and the same as columns."""

    refs: tuple[VolumeRef, ...]
    volumes: tuple[Volume, ...]
    columns: Columns


def lay_out(
    activities: Sequence[Activity], ranges: HeightRanges, progress: Progress = _no_progress
) -> Field:
    """Return the volumes of all activities that are not over, by party, activity and place."""
    present = sorted((a for a in activities if not a.is_over), key=lambda a: (a.party, a.id))
    refs = tuple(
        VolumeRef(a.party, a.id, place, volume.id)
        for a in present
        for place, volume in enumerate(a.volumes)
    )
    volumes = tuple(volume for a in present for volume in a.volumes)
    columns = columns_of(
        present, ranges, progress=lambda done, total: progress("laying out", done, total)
    )
    return Field(refs, volumes, columns)


def find_conflicts(
    field: Field,
    rules: Sequence[SeparationRule],
    question: Question,
    progress: Progress = _no_progress,
) -> tuple[Conflict, ...]:
    """Return every conflict that a rule finds, by its two volumes and the rule's name."""
    found = [
        conflict for rule in rules for conflict in _under_rule(field, rule, question, progress)
    ]
    return tuple(sorted(found, key=lambda c: (c.a, c.b, c.finding.rule)))


def _under_rule(
    field: Field, rule: SeparationRule, question: Question, progress: Progress
) -> list[Conflict]:
    ours, theirs = (field.columns.members(arena) for arena in rule.arenas)
    if not len(ours) or not len(theirs):
        return []
    step = f"judging {rule.name}"
    first, second = narrow(
        field.columns,
        (ours, theirs),
        _reach_of(field, rule),
        within=question.within,
        fast=question.fast,
    )
    first, second = _asked(field, (first, second), question)
    conflicts = []
    for k, (i, j) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if k % PROGRESS_EVERY == 0:
            progress(step, k, len(first))
        finding = rule.judge(field.volumes[i], field.volumes[j])
        if finding is not None:
            conflicts.append(Conflict(field.refs[i], field.refs[j], finding))
    progress(step, len(first), len(first))
    return conflicts


def _asked(field: Field, pairs: Pairs, question: Question) -> Pairs:
    """Return the pairs that the question is about."""
    if question.about is None:
        return pairs
    about = np.array([(ref.party, ref.activity) in question.about for ref in field.refs], bool)
    keep = about[pairs[0]] | about[pairs[1]]
    return pairs[0][keep], pairs[1][keep]


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
    covered = {frozenset(rule.arenas) for rule in rules}
    anywhere = Reach(lateral_m=0.0, vertical_m=np.inf, time_s=0.0, freq_hz=np.inf)
    found = []
    for one, other in combinations_with_replacement(Arena, 2):
        ours, theirs = field.columns.members(one), field.columns.members(other)
        if frozenset((one, other)) in covered or not _can_pair(field, ours, theirs, question):
            continue
        near = candidates(field.columns, ours, theirs, anywhere, within=question.within)
        pairs = len(_asked(field, near, question)[0])
        why = "no separation is agreed for this pair of arenas"
        found.append(NotJudged((one.value, other.value), pairs, why))
    return tuple(found)


def _can_pair(field: Field, ours: Places, theirs: Places, question: Question) -> bool:
    """Return whether some volume of the one and some of the other may be compared at all."""
    owner = field.columns.activity if question.within else field.columns.party
    owners = [set(owner[side].tolist()) for side in (ours, theirs)]
    return bool(owners[0] and owners[1] and len(owners[0] | owners[1]) > 1)
