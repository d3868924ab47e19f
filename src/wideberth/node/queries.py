"""What can be asked of a node: pure functions of a reader, in bounded pages."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from wideberth.node import tables
from wideberth.node.ports import Reader
from wideberth.node.records import Alarm, Event, Held, Met, Notice, Peer

T = TypeVar("T")

LARGEST_PAGE = 1000


def _page(reader: Reader, table: str, kind: type[T], after: str, limit: int) -> Iterator[T]:
    """Yield up to limit records whose keys come after a key."""
    first = f"{after}\0" if after else ""
    for _key, record in reader.scan(table, first=first, limit=min(limit, LARGEST_PAGE)):
        yield msgspec.json.decode(record, type=kind)


def activity(reader: Reader, party: str, activity_id: str) -> Held | None:
    """Return what is held of an activity now."""
    record = reader.get(tables.ACTIVITY, tables.key(party, activity_id))
    return None if record is None else msgspec.json.decode(record, type=Held)


def activities(
    reader: Reader, *, party: str = "", after: str = "", limit: int = LARGEST_PAGE
) -> list[Held]:
    """Return activities by party and id; party "" is all; after: the last key seen."""
    if not party:
        return list(_page(reader, tables.ACTIVITY, Held, after, limit))
    first, before = tables.under(party)
    rows = reader.scan(
        tables.ACTIVITY,
        first=f"{after}\0" if after else first,
        before=before,
        limit=min(limit, LARGEST_PAGE),
    )
    return [msgspec.json.decode(record, type=Held) for _key, record in rows]


def revisions(reader: Reader, party: str, activity_id: str) -> list[Held]:
    """Return all revisions of an activity, oldest first."""
    first, before = tables.under(party, activity_id)
    rows = reader.scan(tables.REVISION, first=first, before=before)
    return [msgspec.json.decode(record, type=Held) for _key, record in rows]


def conflicts(reader: Reader, *, after: str = "", limit: int = LARGEST_PAGE) -> list[Met]:
    """Return conflicts by id, those that ended too."""
    return list(_page(reader, tables.CONFLICT, Met, after, limit))


def lasting_conflicts(
    reader: Reader, *, party: str = "", after: str = "", limit: int = LARGEST_PAGE
) -> tuple[list[Met], str]:
    """Return conflicts that last, by party and activity, and the key after which to go on.

    party "": of all, each once, under its first side. The key is empty at the end; a page may hold
    fewer than limit before that.
    """
    first, before = tables.under(party) if party else ("", None)
    rows = list(
        reader.scan(
            tables.CONFLICT_OF,
            first=f"{after}\0" if after else first,
            before=before,
            limit=min(limit, LARGEST_PAGE),
        )
    )
    found = []
    for key, _nothing in rows:
        owner, activity_id, conflict_id = tables.parts(key)
        met = conflict(reader, conflict_id)
        if met is not None and (party or (met.a.party, met.a.activity) == (owner, activity_id)):
            found.append(met)
    return found, rows[-1][0] if len(rows) == min(limit, LARGEST_PAGE) else ""


def conflict(reader: Reader, conflict_id: str) -> Met | None:
    """Return a conflict, lasting or over."""
    record = reader.get(tables.CONFLICT, conflict_id)
    return None if record is None else msgspec.json.decode(record, type=Met)


def conflicts_of(reader: Reader, party: str, activity_id: str) -> list[Met]:
    """Return the conflicts of an activity that last."""
    first, before = tables.under(party, activity_id)
    found = []
    for key, _nothing in reader.scan(tables.CONFLICT_OF, first=first, before=before):
        record = reader.get(tables.CONFLICT, tables.parts(key)[-1])
        if record is not None:
            found.append(msgspec.json.decode(record, type=Met))
    return found


def notice(reader: Reader, message: str) -> Notice | None:
    """Return a notice by the hash of its message."""
    record = reader.get(tables.NOTICE, message)
    return None if record is None else msgspec.json.decode(record, type=Notice)


def notices(reader: Reader, *, after: str = "", limit: int = LARGEST_PAGE) -> list[Notice]:
    """Return notices of both ways, in the order of their entries in the log."""
    first = f"{after}\0" if after else ""
    found = []
    rows = reader.scan(tables.NOTICE_IN_ORDER, first=first, limit=min(limit, LARGEST_PAGE))
    for _key, message in rows:
        one = notice(reader, message.decode())
        if one is not None:
            found.append(one)
    return found


def waiting_notices(reader: Reader) -> list[Notice]:
    """Return all notices on their way, in the order of the log: not effective yet, or overdue.

    Those that were superseded or recalled are on their way no more.
    """
    found = [notice(reader, message) for message, _nothing in reader.scan(tables.WAITING)]
    return sorted((one for one in found if one is not None), key=lambda one: one.index)


def notices_of(reader: Reader, party: str, activity_id: str) -> list[Notice]:
    """Return the notices of an activity, by revision and peer."""
    first, before = tables.under(party, activity_id)
    rows = reader.scan(tables.NOTICE_OF, first=first, before=before)
    found = [notice(reader, message.decode()) for _key, message in rows]
    return [one for one in found if one is not None]


def peer(reader: Reader, party: str) -> Peer | None:
    """Return a peer."""
    record = reader.get(tables.PEER, tables.key(party))
    return None if record is None else msgspec.json.decode(record, type=Peer)


def peers(reader: Reader) -> list[Peer]:
    """Return all peers, by party."""
    return list(_page(reader, tables.PEER, Peer, "", LARGEST_PAGE))


def alarms(reader: Reader, *, lasting: bool = True, limit: int = LARGEST_PAGE) -> list[Alarm]:
    """Return alarms, newest first; lasting: only those not cleared."""
    if not lasting:
        rows = reader.scan(tables.ALARM, newest=True, limit=min(limit, LARGEST_PAGE))
        return [msgspec.json.decode(record, type=Alarm) for _key, record in rows]
    found = []
    for _key, alarm_id in reader.scan(tables.ALARM_ON):
        record = reader.get(tables.ALARM, alarm_id.decode())
        if record is not None:
            found.append(msgspec.json.decode(record, type=Alarm))
    return sorted(found, key=lambda alarm: alarm.id, reverse=True)[:limit]


def events(reader: Reader, *, after: int = 0, limit: int = LARGEST_PAGE) -> list[Event]:
    """Return events with ids above `after`, oldest first."""
    rows = reader.scan(tables.EVENT, first=tables.key(after + 1), limit=limit)
    return [msgspec.json.decode(record, type=Event) for _key, record in rows]
