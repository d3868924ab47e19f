"""Ids that are taken for another name held here: told on receipt, never refused (ADR 12).

A notice under a look-alike id is a notice: to refuse it would lose it. So it is taken as any other,
and an alarm says which name it looks like, by code points. Nothing of this goes back to the peer:
whether a name is held here is not for it to learn.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from wideberth.formats.lookalike import doubt, likeness, skeleton, spelt, told_apart
from wideberth.model.activity import Activity, Disclosure
from wideberth.node import tables
from wideberth.node.records import Held
from wideberth.node.work import Work

ALIKE: Final = "look-alike name"
_INDEXED: Final = "seen as"
_MOST_TOLD: Final = 5


def note(work: Work, activity: Activity) -> None:
    """Look at the id of an activity about to be kept; raise or end its alarm."""
    about = tables.key("name", activity.party, activity.id)
    if activity.is_over:
        work.clear_alarm(ALIKE, about, "the activity is over")
    if work.held(activity.party, activity.id) is not None:
        return
    _index_older(work)
    seen = tables.key(skeleton(activity.id), activity.party, activity.id)
    text = _words(work, activity)
    work.draft.put(tables.SEEN_AS, seen, b"")
    if text and not activity.is_over:
        work.raise_alarm(ALIKE, about, text)


def forget(work: Work, party: str, activity_id: str) -> None:
    """Let go of an id whose activity is deleted."""
    work.draft.delete(tables.SEEN_AS, tables.key(skeleton(activity_id), party, activity_id))
    work.clear_alarm(ALIKE, tables.key("name", party, activity_id), "the activity is deleted")


def _words(work: Work, activity: Activity) -> str:
    """Return what the alarm says; empty: the id is like no other. No undisclosed id is named."""
    told = list(dict.fromkeys(_alike(work, activity)))
    said = [told_apart(activity.id, name) if name else "an undisclosed name" for name in told]
    more = f"; and {len(said) - _MOST_TOLD} more" if len(said) > _MOST_TOLD else ""
    why = doubt(activity.id)
    who = f"{activity.party} declares {_shown(activity)}"
    if said:
        return f"{who}, taken for another name held here: {'; '.join(said[:_MOST_TOLD])}{more}."
    return f"{who}, which may be taken for another name: {why}." if why else ""


def _shown(activity: Activity) -> str:
    is_private = activity.disclose is Disclosure.PRIVATE
    return "an undisclosed activity" if is_private else spelt(activity.id)


def _alike(work: Work, activity: Activity) -> Iterator[str]:
    """Yield names held here that look like the activity's id; empty for an undisclosed one."""
    is_private = activity.disclose is Disclosure.PRIVATE
    for name in _standing(work):
        if likeness(activity.id, name):
            yield "" if is_private else name
    first, before = tables.under(skeleton(activity.id))
    rows = work.draft.scan(tables.SEEN_AS, first=first, before=before, limit=100)
    for key, _record in rows:
        _seen, party, name = tables.parts(key)
        if name == activity.id:
            continue
        held = work.held(party, name)
        hides = held is None or held.activity.disclose is Disclosure.PRIVATE
        yield "" if hides or is_private else name


def _standing(work: Work) -> Iterator[str]:
    """Yield the names that the agreement and the peers bring: parties, units, roles."""
    agreement = work.agreement
    yield from agreement.parties
    yield from (peer.party for peer in work.peers())
    yield from (unit.id for unit in agreement.notice.units)
    yield from (contact.role for contact in agreement.contacts)
    yield from (step.role for step in agreement.notice.escalation)


def _index_older(work: Work) -> None:
    """Index once what an older version of this program held before there was an index."""
    if work.draft.get(tables.META, _INDEXED) is not None:
        return
    work.draft.put(tables.META, _INDEXED, b"1")
    for _key, record in list(work.draft.scan(tables.ACTIVITY)):
        one = msgspec.json.decode(record, type=Held).activity
        work.draft.put(tables.SEEN_AS, tables.key(skeleton(one.id), one.party, one.id), b"")
