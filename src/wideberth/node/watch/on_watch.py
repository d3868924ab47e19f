"""Who has the watch now, and what is planned; read from the store."""

import msgspec

from wideberth.node import tables
from wideberth.node.ports import Reader
from wideberth.node.watch.watch_records import OnWatch, Planned, WatchEntry


def watch_of(reader: Reader, role: str) -> OnWatch | None:
    """Return the watch of a role; None: nobody ever had it."""
    record = reader.get(tables.WATCH, tables.key(role))
    return None if record is None else msgspec.json.decode(record, type=OnWatch)


def watches(reader: Reader) -> list[OnWatch]:
    """Return the watch of every role that ever had one."""
    rows = reader.scan(tables.WATCH)
    return [msgspec.json.decode(record, type=OnWatch) for _key, record in rows]


def roster(reader: Reader, after_s: float = 0.0) -> list[Planned]:
    """Return what is planned and ends after a time, by role and time."""
    rows = reader.scan(tables.WATCH_PLAN)
    found = [msgspec.json.decode(record, type=Planned) for _key, record in rows]
    return [one for one in found if one.until_s > after_s]


def entries(reader: Reader, limit: int = 100) -> list[WatchEntry]:
    """Return the newest lines of the watch log, newest first."""
    rows = reader.scan(tables.WATCH_LOG, newest=True, limit=limit)
    return [msgspec.json.decode(record, type=WatchEntry) for _key, record in rows]


def is_kept(reader: Reader) -> bool:
    """Return whether this node keeps a watch at all: else nothing is known of who is there."""
    return any(True for table in (tables.WATCH, tables.WATCH_PLAN) for _ in reader.scan(table))


def unmanned(reader: Reader, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some roles of which nobody has the watch, where this node keeps one."""
    if not is_kept(reader):
        return ()
    manned = {one.role for one in watches(reader) if one.user}
    return tuple(role for role in roles if role not in manned)
