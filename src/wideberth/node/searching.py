"""The conflicts of what a batch of commands declared: found together, kept, ended, counted.

Runs at the end of a batch, inside its transaction, so that two declarations that wait together, or
in two processes, see each other. What cannot be judged raises an alarm: it is not clear.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping

from msgspec import structs

from wideberth.formats.budget_json import budget_fields
from wideberth.model.activity import Activity, Disclosure
from wideberth.model.conflict import Conflict, VolumeRef
from wideberth.node import keeping, queries, tables, together
from wideberth.node.answers import NotJudged
from wideberth.node.judging import Judged, Name, boxes_of, judge_all
from wideberth.node.marks import ALL_MARKS, marks_of, unruled
from wideberth.node.ports import Box, Reader
from wideberth.node.promise_records import Broken
from wideberth.node.records import Met, Side
from wideberth.node.settings import Settings
from wideberth.node.work import Work

Found = dict[Name, tuple[tuple[Met, ...], tuple[NotJudged, ...], tuple[Broken, ...]]]


def find_all(work: Work) -> Found:
    """Settle places and conflicts of every activity that the batch changed."""
    changed = dict(sorted((together.drawn_in(work.draft, work.search) | work.search).items()))
    present = {name: a for name, a in changed.items() if a is not None and not a.is_over}
    boxes = _put_in_place(work, changed)
    searches = judge_all(work.draft, work.agreement, present, boxes)
    _put_mixing_in_place(work, searches, boxes)
    left_out = _say_left_out(work, changed, searches)
    met: dict[str, Met] = {}
    for one in searches:
        known = {**one.near, **present}
        met |= met_by_id(work.draft, one.conflicts, known, now_s=work.now_s)
    _keep(work, changed.keys() - left_out.keys(), met)
    found: dict[Name, list[Met]] = {name: [] for name in changed}
    for _id, conflict in sorted(met.items()):
        for name in together.parties_to(conflict):
            found.get(name, []).append(conflict)
    settings = work.bench.settings
    broken = keeping.look_at(work, changed)
    return {
        name: (
            tuple(those),
            (*unjudged(left_out.get(name)), *not_judged(work.draft, settings, present.get(name))),
            broken.get(name, ()),
        )
        for name, those in found.items()
    }


def unjudged(why: str | None) -> tuple[NotJudged, ...]:
    """Return what is said of an activity that was not judged against all near it; None: it was."""
    if why is None:
        return ()
    return (NotJudged(arenas=("all", "all"), why=f"{why}: this is not clear"),)


def _say_left_out(
    work: Work, changed: Iterable[Name], searches: Iterable[Judged]
) -> dict[Name, str]:
    """Raise the alarm for what was not judged against all near it; return why, by name."""
    left_out = {name: one.why for one in searches if not one.is_whole for name in one.about}
    for name in changed:
        subject = tables.key(*name)
        if name in left_out:
            said = f"an activity could not be judged ({left_out[name]}): it is not clear."
            work.raise_alarm("not judged", subject, said)
        else:
            work.clear_alarm("not judged", subject, "it was judged, or is over")
    return left_out


def not_judged(
    reader: Reader, settings: Settings, activity: Activity | None
) -> tuple[NotJudged, ...]:
    """Return the pairs of arenas, one of them the activity's, that no rule is about.

    Only where another party has something in force in the other arena; nothing of it was looked
    at, near or far.
    """
    if activity is None:
        return ()
    ruled = {frozenset(rule.arenas) for rule in settings.rules if rule.is_whole}
    others = [party for party in settings.agreement.parties if party != activity.party]
    marks = marks_of(activity, settings.agreement.spectrum)
    found: dict[NotJudged, None] = {}
    for one, other, mark, facing, why in unruled(ruled):
        for mine, theirs, arenas in (
            (mark, facing, (one.value, other.value)),
            (facing, mark, (other.value, one.value)),
        ):
            if mine in marks and any(_is_present(reader, theirs, party) for party in others):
                found[NotJudged(arenas=arenas, why=why)] = None
    return tuple(found)


def _is_present(reader: Reader, mark: str, party: str) -> bool:
    first, before = tables.under(mark, party)
    return next(reader.scan(tables.PRESENT, first=first, before=before, limit=1), None) is not None


def _put_in_place(work: Work, changed: Mapping[Name, Activity | None]) -> dict[Name, list[Box]]:
    """Put activities where others will find them; return where to look for those others."""
    there = [activity for activity in changed.values() if activity is not None]
    boxes = boxes_of(work.bench.settings, there)
    for name, activity in changed.items():
        work.draft.place(tables.key(*name), boxes.get(name, []))
        _mark_present(work, name, activity)
    return boxes


def _put_mixing_in_place(
    work: Work, searches: Iterable[Judged], boxes: Mapping[Name, list[Box]]
) -> None:
    """Put emissions of a site also where who hears their products will find them."""
    for one in searches:
        known = {**one.near, **dict(work.search)}
        for name, more in one.mixing.items():
            activity = known.get(name)
            own = boxes.get(name)
            if own is None and activity is not None:
                own = boxes_of(work.bench.settings, [activity]).get(name)
            if own is not None:
                work.draft.place(tables.key(*name), [*own, *more])


def _mark_present(work: Work, name: Name, activity: Activity | None) -> None:
    rules = work.agreement.spectrum
    used = frozenset[str]() if activity is None else marks_of(activity, rules)
    for mark in ALL_MARKS:
        key = tables.key(mark, *name)
        if mark in used:
            work.draft.put(tables.PRESENT, key, b"")
        elif work.draft.get(tables.PRESENT, key) is not None:
            work.draft.delete(tables.PRESENT, key)


def _keep(work: Work, settled: Iterable[Name], found: Mapping[str, Met]) -> None:
    """Write the conflicts found, and end those of the activities settled that are gone."""
    for name in sorted(settled):
        first, before = tables.under(*name)
        for key, _nothing in list(work.draft.scan(tables.CONFLICT_OF, first=first, before=before)):
            conflict_id = tables.parts(key)[-1]
            if conflict_id not in found:
                _end(work, conflict_id)
    for met in found.values():
        _keep_one(work, met)
        for conflict_id in together.superseded(work.draft, met, found.keys()):
            _end(work, conflict_id)


def met_by_id(
    reader: Reader, conflicts: Iterable[Conflict], activities: dict[Name, Activity], *, now_s: float
) -> dict[str, Met]:
    """Return the conflicts found, by id; one that lasts already keeps the time it was found."""
    found = (_met(conflict, activities, now_s) for conflict in conflicts)
    return {met.id: _since(met, queries.conflict(reader, met.id)) for met in found}


def _since(met: Met, before: Met | None) -> Met:
    if before is None or before.ended_s is not None:
        return met
    return structs.replace(met, found_s=before.found_s)


def _keep_one(work: Work, met: Met) -> None:
    if queries.conflict(work.draft, met.id) == met:
        return
    work.save(tables.CONFLICT, met.id, met)
    for name in together.parties_to(met):
        work.draft.put(tables.CONFLICT_OF, tables.key(*name, met.id), b"")


def _end(work: Work, conflict_id: str) -> None:
    met = queries.conflict(work.draft, conflict_id)
    if met is None:
        return
    ended = structs.replace(met, ended_s=work.now_s, ended_why="clear of it since, or over")
    work.save(tables.CONFLICT, conflict_id, ended)
    for name in together.parties_to(met):
        work.draft.delete(tables.CONFLICT_OF, tables.key(*name, conflict_id))


def _met(conflict: Conflict, activities: dict[Name, Activity], now_s: float) -> Met:
    finding, gaps = conflict.finding, conflict.finding.gaps
    sides = [_side(ref, activities) for ref in (conflict.a, conflict.b)]
    named = (*(part for s in sides for part in (s.party, s.activity, s.volume)), finding.rule)
    involved = [(ref.party, ref.activity) for ref in (conflict.a, conflict.b)]
    involved += (
        [(o.party, o.activity) for o in finding.budget.contributors] if finding.budget else []
    )
    private = any(
        activities[name].disclose is Disclosure.PRIVATE for name in involved if name in activities
    )
    return Met(
        id=hashlib.sha256(tables.key(*named).encode()).hexdigest()[:32],
        a=sides[0],
        b=sides[1],
        rule=finding.rule,
        clause=finding.clause,
        lateral_m=_finite(gaps.lateral_m),
        vertical_m=_finite(gaps.vertical_m),
        time_s=_finite(gaps.time_s),
        freq_hz=None if gaps.freq_hz is None else _finite(gaps.freq_hz),
        from_s=_finite(finding.start_s),
        to_s=_finite(finding.end_s),
        why=finding.why,
        lon_deg=finding.place[0],
        lat_deg=finding.place[1],
        notes=finding.notes,
        found_s=now_s,
        private=private,
        budget=None if finding.budget is None else budget_fields(finding.budget),
    )


def _side(ref: VolumeRef, activities: dict[Name, Activity]) -> Side:
    activity = activities.get((ref.party, ref.activity))
    revision = 0 if activity is None else activity.revision  # 0: the agreement's own bands
    return Side(party=ref.party, activity=ref.activity, volume=ref.volume, revision=revision)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
