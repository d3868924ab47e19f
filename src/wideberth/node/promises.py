"""Assurances in the store: those that stand, and what acts against them; alarms on that."""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import structs

from wideberth.council.clocks import at
from wideberth.node import tables
from wideberth.node.ports import Reader
from wideberth.node.promise_records import Broken, Promise
from wideberth.node.queries import LARGEST_PAGE
from wideberth.node.records import Alarm
from wideberth.node.work import Work

BROKEN: Final = "assurance broken"
NOT_JUDGED: Final = "assurance not judged"


def promise(reader: Reader, party: str, name: str) -> Promise | None:
    """Return an assurance that has not lapsed, as far as this node has looked."""
    record = reader.get(tables.PROMISE, tables.key(party, name))
    return None if record is None else msgspec.json.decode(record, type=Promise)


def standing(reader: Reader, party: str, now_s: float) -> list[Promise]:
    """Return a party's assurances that have not lapsed at a time."""
    first, before = tables.under(party)
    rows = reader.scan(tables.PROMISE, first=first, before=before)
    found = [msgspec.json.decode(record, type=Promise) for _key, record in rows]
    return [one for one in found if now_s < one.scope.end_s]


def broken(
    reader: Reader, *, party: str = "", after: str = "", limit: int = LARGEST_PAGE
) -> tuple[list[Broken], str]:
    """Return what acts against assurances and lasts; the key where the next page goes on."""
    first, before = tables.under(party) if party else ("", None)
    most = min(limit, LARGEST_PAGE)
    first = f"{after}\0" if after else first
    rows = reader.scan(tables.BROKEN_ON, first=first, before=before, limit=most)
    keys = [key for key, _nothing in rows]
    records = [reader.get(tables.BROKEN, key) for key in keys]
    found = [msgspec.json.decode(one, type=Broken) for one in records if one is not None]
    return found, keys[-1] if len(keys) == most else ""


def by_assurance(reader: Reader, party: str, name: str) -> list[Broken]:
    """Return what acts against an assurance and lasts."""
    first, before = tables.under(party, name)
    keys = [key for key, _nothing in reader.scan(tables.BROKEN_ON, first=first, before=before)]
    records = [reader.get(tables.BROKEN, key) for key in keys]
    return [msgspec.json.decode(one, type=Broken) for one in records if one is not None]


def by_activity(reader: Reader, party: str, activity: str) -> list[Broken]:
    """Return the assurances that an activity acts against, as they last."""
    first, before = tables.under(party, activity)
    rows = reader.scan(tables.BROKEN_OF, first=first, before=before)
    names = [tables.parts(key)[-1] for key, _nothing in rows]
    records = [reader.get(tables.BROKEN, tables.key(party, name, activity)) for name in names]
    return [msgspec.json.decode(one, type=Broken) for one in records if one is not None]


def keep(work: Work, one: Broken) -> Broken:
    """Keep what acts against an assurance, and raise its alarm; one that lasts keeps its time."""
    key = tables.key(one.party, one.assurance, one.activity)
    record = work.draft.get(tables.BROKEN, key)
    before = None if record is None else msgspec.json.decode(record, type=Broken)
    if before is not None and before.ended_s is None:
        one = structs.replace(one, found_s=before.found_s)
    if one != before:
        work.save(tables.BROKEN, key, one)
    work.draft.put(tables.BROKEN_ON, key, b"")
    work.draft.put(tables.BROKEN_OF, tables.key(one.party, one.activity, one.assurance), b"")
    work.raise_alarm(
        BROKEN, key_of_alarm(one.party, one.assurance, one.activity), _words(work, one)
    )
    return one


def end(work: Work, those: Iterable[Broken], why: str) -> None:
    """Note that something acts against an assurance no longer, and end its alarm."""
    for one in list(those):
        key = tables.key(one.party, one.assurance, one.activity)
        ended = structs.replace(one, ended_s=work.now_s, ended_why=why)
        work.save(tables.BROKEN, key, ended)
        work.draft.delete(tables.BROKEN_ON, key)
        work.draft.delete(tables.BROKEN_OF, tables.key(one.party, one.activity, one.assurance))
        work.clear_alarm(BROKEN, key_of_alarm(one.party, one.assurance, one.activity), why)


def forget(work: Work, party: str, activity: str) -> None:
    """Delete what was kept of an activity that was recalled, where and when it was above all."""
    first, before = tables.under(party)
    for key, _record in list(work.draft.scan(tables.BROKEN, first=first, before=before)):
        _party, name, of = tables.parts(key)
        if of != activity:
            continue
        work.draft.delete(tables.BROKEN, key)
        work.draft.delete(tables.BROKEN_ON, key)
        work.draft.delete(tables.BROKEN_OF, tables.key(party, activity, name))
        work.tell(tables.BROKEN, key)
        for kind in (BROKEN, NOT_JUDGED):
            work.clear_alarm(kind, key_of_alarm(party, name, activity), "it was recalled")
    for key, record in list(work.draft.scan(tables.ALARM)):
        alarm = msgspec.json.decode(record, type=Alarm)
        if alarm.kind == BROKEN and activity_of(alarm) == tables.key(party, activity):
            text = "an assurance was broken by an activity that was recalled since."
            work.save(tables.ALARM, key, structs.replace(alarm, text=text))


def left_out(work: Work, one: Promise, why: str, activity: str = "") -> None:
    """Raise the alarm that an assurance was not judged, at all or against an activity, and why."""
    text = f"{_name(one.party, one.id, one.clause)} was not judged ({why}): not kept clear."
    work.raise_alarm(NOT_JUDGED, key_of_alarm(one.party, one.id, activity), text)


def judged(work: Work, one: Promise, activity: str) -> None:
    """End the alarm that an assurance was not judged against an activity."""
    about = key_of_alarm(one.party, one.id, activity)
    work.clear_alarm(NOT_JUDGED, about, "it was judged, or is over")


def judged_whole(work: Work, one: Promise) -> None:
    """End every alarm that an assurance was not judged."""
    head = tables.key(NOT_JUDGED, key_of_alarm(one.party, one.id, ""))
    for key, _id in list(work.draft.scan(tables.ALARM_ON, first=head, before=f"{head}\x7f")):
        about = tables.parts(key)[1]
        work.clear_alarm(NOT_JUDGED, about, "it was judged, or is over")


def activity_of(alarm: Alarm) -> str:
    """Return the key of the activity that an alarm about an assurance names; empty: none."""
    parts = tables.parts(alarm.subject)
    is_ours = alarm.kind in (BROKEN, NOT_JUDGED) and len(parts) == 4
    return tables.key(parts[1], parts[3]) if is_ours else ""


def key_of_alarm(party: str, name: str, activity: str) -> str:
    """Return what alarms about an assurance and an activity are about."""
    return tables.key("assurance", party, name, activity)


def _name(party: str, name: str, clause: str) -> str:
    return f"assurance {party}/{name}{f' ({clause})' if clause else ''}"


def _words(work: Work, one: Broken) -> str:
    """Return what an alarm says; of a private activity nothing but that there is one."""
    name = _name(one.party, one.assurance, one.clause)
    if one.private:
        return f"{name} is broken: an activity of ours that nobody was told of acts against it."
    whose = "our" if one.party == work.party else f"{one.party}'s"
    return (
        f"{name} is broken: {whose} activity {one.activity} acts against it"
        f" from {at(one.from_s)} to {at(one.to_s)}."
    )
