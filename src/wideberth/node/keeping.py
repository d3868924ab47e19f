"""Which activities act against the assurances of their party, in bounded work.

Looked for from both ends: when an assurance is given or renewed, among the activities near it; when
an activity is declared, amended or changed, among the assurances of its party. An own activity is
judged as the peer sees it, and one that no peer sees as it is, so that both sides find the same.
What could not be judged is told: it is not kept clear.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from wideberth.assessing.promised import Against, against, rows
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity, Disclosure
from wideberth.model.agreement import HeightRanges
from wideberth.model.assurance import Assurance
from wideberth.node import promises, tables
from wideberth.node.judging import MOST_NEARBY, MOST_PAIRS, UNJUDGEABLE, Name
from wideberth.node.ports import Box, Reader, StoreError
from wideberth.node.promise_records import Broken, Promise
from wideberth.node.records import Held
from wideberth.node.work import Work
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import from_wire
from wideberth.peering.wire_scope import scope_from_wire

MOST_SINGLY: Final = 500  # pairs of an activity and an assurance judged one by one
MOST_TOLD: Final = 20  # activities that could not be judged, each with an alarm of its own
Found = dict[Name, tuple[Broken, ...]]


class _Judged(NamedTuple):
    """What acts against which assurance, and the pairs that could not be judged, with why."""

    found: list[Against]
    left_out: dict[tuple[str, str], str]


def look_at(work: Work, changed: Mapping[Name, Activity | None]) -> Found:
    """Settle what the activities that changed do to the assurances of their parties."""
    found: Found = {}
    for party in sorted({party for party, _name in changed}):
        those = {name: a for (owner, name), a in changed.items() if owner == party}
        standing = {one.id: one for one in promises.standing(work.draft, party, work.now_s)}
        before = {name: promises.by_activity(work.draft, party, name) for name in those}
        present = [a for a in those.values() if a is not None and not a.is_over]
        judged = _judge(present, standing.values(), work.agreement.heights, work.party)
        kept = {
            (one.activity, one.assurance): promises.keep(
                work, _broken(one, standing[one.assurance], those[one.activity], work.now_s)
            )
            for one in judged.found
        }
        for name, earlier in before.items():
            gone = [one for one in earlier if (name, one.assurance) not in kept]
            gone = [one for one in gone if (name, one.assurance) not in judged.left_out]
            promises.end(work, gone, "it acts against it no longer, or is over")
            found[party, name] = tuple(b for (a, _n), b in sorted(kept.items()) if a == name)
            for one in standing.values():
                _tell_left_out(work, one, judged.left_out.get((name, one.id), ""), name)
    return found


def look_for(work: Work, one: Promise) -> None:
    """Settle what acts against an assurance that was given, renewed or cut."""
    earlier = promises.by_assurance(work.draft, one.party, one.id)
    try:
        near, unread = _near(work.draft, one, work.agreement.heights)
    except StoreError:
        raise
    except UNJUDGEABLE as error:
        promises.left_out(work, one, _in_words(error))
        return
    judged = _judge(list(near.values()), [one], work.agreement.heights, work.party)
    promises.judged_whole(work, one)
    left_out = dict.fromkeys(unread, "it cannot be read")
    left_out |= {name: why for (name, _id), why in judged.left_out.items()}
    if len(left_out) > MOST_TOLD:
        promises.left_out(work, one, f"{len(left_out)} activities near it could not be judged")
    else:
        for name, why in left_out.items():
            promises.left_out(work, one, why, name)
    kept = {
        found.activity: promises.keep(work, _broken(found, one, near[found.activity], work.now_s))
        for found in judged.found
    }
    gone = [b for b in earlier if b.activity not in kept and b.activity not in left_out]
    promises.end(work, gone, "it acts against it no longer, or is over")


def would_break(
    reader: Reader, ranges: HeightRanges, activities: Sequence[Activity], now_s: float
) -> Found:
    """Return the assurances of ours that activities of ours would break, were they declared."""
    found: Found = {(one.party, one.id): () for one in activities}
    for party in {one.party for one in activities}:
        standing = {one.id: one for one in promises.standing(reader, party, now_s)}
        present = {one.id: one for one in activities if one.party == party}
        judged = _judge(list(present.values()), standing.values(), ranges, party)
        for one in judged.found:
            broken = _broken(one, standing[one.assurance], present[one.activity], now_s)
            found[party, one.activity] += (broken,)
    return found


def _judge(
    activities: Sequence[Activity],
    standing: Iterable[Promise],
    ranges: HeightRanges,
    own_party: str,
) -> _Judged:
    """Return what acts against what; what cannot be judged together is judged pair by pair."""
    those = list(standing)
    if not those or not activities:
        return _Judged([], {})
    try:
        seen = [_as_seen(one, own_party) for one in activities]
        promised = [_assurance(one) for one in those]
        return _Judged(list(against(seen, promised, ranges, _Bound())), {})
    except StoreError:
        raise
    except UNJUDGEABLE:
        return _singly(activities, those, ranges, own_party)


def _singly(
    activities: Sequence[Activity], those: Sequence[Promise], ranges: HeightRanges, own_party: str
) -> _Judged:
    judged = _Judged([], {})
    pairs = [(activity, one) for activity in activities for one in those]
    for activity, one in pairs[:MOST_SINGLY]:
        try:
            seen = _as_seen(activity, own_party)
            judged.found.extend(against([seen], [_assurance(one)], ranges, _Bound()))
        except StoreError:
            raise
        except UNJUDGEABLE as error:
            judged.left_out[activity.id, one.id] = _in_words(error)
    for activity, one in pairs[MOST_SINGLY:]:
        judged.left_out[activity.id, one.id] = "too much to judge one by one"
    return judged


def _as_seen(activity: Activity, own_party: str) -> Activity:
    """Return an own activity as peers see it, which holds all it does; a private one as it is."""
    if activity.party != own_party or activity.disclose is Disclosure.PRIVATE:
        return activity
    return disclosed(activity) or activity


def _assurance(one: Promise) -> Assurance:
    return Assurance(one.party, one.id, scope_from_wire(one.scope, is_checked=True))


def _tell_left_out(work: Work, one: Promise, why: str, activity: str) -> None:
    if why:
        promises.left_out(work, one, why, activity)
    else:
        promises.judged(work, one, activity)


def _near(
    reader: Reader, one: Promise, ranges: HeightRanges
) -> tuple[dict[str, Activity], list[str]]:
    """Return the party's activities near an assurance, and those whose record is unreadable."""
    boxes = [Box(*row) for row in rows(_assurance(one), ranges)]
    keys = {key for key in reader.near(boxes) if tables.parts(key)[0] == one.party}
    if len(keys) > MOST_NEARBY:
        raise _TooMuchError(f"more than {MOST_NEARBY} activities are near")
    near: dict[str, Activity] = {}
    unread: list[str] = []
    for key in sorted(keys):
        record = reader.get(tables.ACTIVITY, key)
        if record is None:
            continue
        try:
            activity = from_wire(msgspec.json.decode(record, type=Held).activity, is_checked=True)
        except (msgspec.MsgspecError, WideberthError):
            unread.append(tables.parts(key)[1])
            continue
        if not activity.is_over:
            near[activity.id] = activity
    return near, unread


class _TooMuchError(WideberthError):
    """So much is near an assurance that judging all of it would keep everybody waiting."""


class _Bound:
    """How many pairs of volumes may still be judged; told before any of them is."""

    def __init__(self) -> None:
        self._left = MOST_PAIRS

    def __call__(self, step: str, done: int, total: int) -> None:
        if done or not step.startswith("judging"):
            return
        if total > self._left:
            raise _TooMuchError(f"more than {MOST_PAIRS} volumes are near")
        self._left -= total


def _in_words(error: Exception) -> str:
    if isinstance(error, _TooMuchError):
        return error.what
    return f"the search failed: {type(error).__name__}"


def _broken(one: Against, promise: Promise, activity: Activity | None, now_s: float) -> Broken:
    first = one.spells[0]
    return Broken(
        party=one.party,
        assurance=one.assurance,
        activity=one.activity,
        revision=one.revision,
        clause=promise.clause,
        volume=first.volume.volume,
        from_s=one.start_s,
        to_s=one.end_s,
        lon_deg=first.place[0],
        lat_deg=first.place[1],
        found_s=now_s,
        notes=tuple(sorted({note for spell in one.spells for note in spell.notes})),
        private=activity is not None and activity.disclose is Disclosure.PRIVATE,
    )
