"""Who may see what: private activities, and what hangs on them, decided here for the whole API."""

import msgspec
from msgspec.structs import replace

from wideberth.model.activity import Disclosure
from wideberth.node import promises, tables
from wideberth.node.answers import Answer
from wideberth.node.ports import Reader
from wideberth.node.promise_records import Broken
from wideberth.node.records import Alarm, Held, Met


def is_private(held: Held) -> bool:
    """Return whether no peer knows of an activity."""
    return held.activity.disclose is Disclosure.PRIVATE


def is_private_alarm(reader: Reader, alarm: Alarm) -> bool:
    """Return whether an alarm is about a private activity; its subject names it then."""
    record = reader.get(tables.ACTIVITY, promises.activity_of(alarm) or alarm.subject)
    return record is not None and is_private(msgspec.json.decode(record, type=Held))


def shown_answer(answer: Answer) -> Answer:
    """Return an answer for who may not see private activities: that there is more is still said.

    A conflict that is not shown is not "clear".
    """
    held = answer.activity
    conflicts = tuple(met for met in answer.conflicts if not met.private)
    left_out = len(answer.conflicts) - len(conflicts)
    more = (f"{left_out} more conflicts: this key lacks the right to see with what.",)
    broken = tuple(one for one in answer.broken if not one.private)
    kept_back = len(answer.broken) - len(broken)
    acting = (f"{kept_back} more assurances are broken: this key lacks the right to see by what.",)
    return replace(
        answer,
        activity=None if held is not None and is_private(held) else held,
        conflicts=conflicts,
        broken=broken,
        advice=(*answer.advice, *(more if left_out else ()), *(acting if kept_back else ())),
    )


def is_private_record(reader: Reader, table: str, record: bytes | None) -> bool:
    """Return whether a record is not for everybody; what is gone cannot be told, so it is not."""
    if table == tables.ACTIVITY:
        return record is None or is_private(msgspec.json.decode(record, type=Held))
    if table == tables.CONFLICT:
        return record is None or msgspec.json.decode(record, type=Met).private
    if table == tables.BROKEN:
        return record is None or msgspec.json.decode(record, type=Broken).private
    if table == tables.ALARM and record is not None:
        return is_private_alarm(reader, msgspec.json.decode(record, type=Alarm))
    return False
