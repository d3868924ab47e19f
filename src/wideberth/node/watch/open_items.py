"""What is open at a node: all that the incoming officer must accept by name (R30)."""

import hashlib
from collections.abc import Iterable

from wideberth.council.kinds import stand_of
from wideberth.model.agreement import Agreement
from wideberth.node import answer_clock, cases, queries
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.node.records import Alarm, Way
from wideberth.node.watch.watch_records import OpenItem

_CODE_LENGTH = 6


def open_items(reader: Reader, agreement: Agreement) -> list[OpenItem]:
    """Return open calls and other matters, alarms, unread notices and cases, by name."""
    found = [*_matters(reader, agreement), *_alarms(reader), *_notices(reader), *_cases(reader)]
    return sorted(found, key=lambda item: item.name)


def list_code(names: Iterable[str]) -> str:
    """Return a short code of a list of open items, so that exactly that list is accepted."""
    said = "\n".join(sorted(names))
    return hashlib.sha256(said.encode()).hexdigest()[:_CODE_LENGTH].upper()


def _matters(reader: Reader, agreement: Agreement) -> list[OpenItem]:
    found, after = [], ""
    while True:
        page, after = matters.matters(reader, after=after)
        for one in page:
            stand = stand_of(one, agreement)
            found.append(OpenItem(name=one.ref, what=f"{stand.state}: {stand.title}"))
        if not after:
            return found


def alarm_name(alarm: Alarm) -> str:
    """Return the name by which an alarm is accepted."""
    return f"alarm/{alarm.id.lstrip('0')}"


def _alarms(reader: Reader) -> list[OpenItem]:
    return [OpenItem(name=alarm_name(alarm), what=alarm.text) for alarm in queries.alarms(reader)]


def _notices(reader: Reader) -> list[OpenItem]:
    return [
        OpenItem(
            name=f"notice/{one.message[:12]}",
            what=f"not read yet: {one.owner} {one.activity}, revision {one.revision}",
        )
        for one in queries.waiting_notices(reader)
        if one.way is Way.IN and one.read_s is None
    ]


def _cases(reader: Reader) -> list[OpenItem]:
    found, _after = cases.cases(reader)
    return [
        OpenItem(
            name=f"interference/{one.opener}/{one.id}",
            what=f"{one.state.value}: {answer_clock.what(one)}",
        )
        for one in found
    ]
