"""Matters in the store: found, kept, and what receipts say of our own steps."""

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct, structs

from wideberth.council.kinds import stand_of
from wideberth.council.matter import Delivery, Matter
from wideberth.council.stand import Stand
from wideberth.node import tables
from wideberth.node.outgoing import Sent
from wideberth.node.ports import Reader
from wideberth.node.queries import LARGEST_PAGE
from wideberth.node.refusals import NotFoundError
from wideberth.node.work import Work
from wideberth.peering.council.said import Said
from wideberth.peering.payloads import Receipt

MOST_STEPS: Final = 500  # of one side in one matter: neither can keep the other from speaking


class SaidStep(Struct, frozen=True):
    """Which step of which matter a message of ours told, and to whom."""

    kind: str
    opener: str
    id: str
    turn: int
    peer: str


class OpenMark(Struct, frozen=True):
    """Where an open matter stands: enough to count it."""

    state: str
    alarms: int


def matter(reader: Reader, kind: str, opener: str, matter_id: str) -> Matter | None:
    """Return a matter."""
    record = reader.get(tables.MATTER, tables.key(kind, opener, matter_id))
    return None if record is None else msgspec.json.decode(record, type=Matter)


def matters(
    reader: Reader,
    *,
    kind: str = "",
    is_open: bool = True,
    after: str = "",
    limit: int = LARGEST_PAGE,
) -> tuple[list[Matter], str]:
    """Return matters by kind, opener and id, and the key where the next page goes on ("": end)."""
    table = tables.MATTER_OPEN if is_open else tables.MATTER
    first, before = tables.under(kind) if kind else ("", None)
    first = f"{after}\0" if after else first
    most = min(limit, LARGEST_PAGE)
    keys = [key for key, _record in reader.scan(table, first=first, before=before, limit=most)]
    records = [reader.get(tables.MATTER, key) for key in keys]
    found = [msgspec.json.decode(one, type=Matter) for one in records if one is not None]
    return found, keys[-1] if len(keys) == most else ""


def existing(work: Work, kind: str, opener: str, matter_id: str) -> Matter:
    """Return a matter; raises NotFoundError."""
    found = matter(work.draft, kind, opener, matter_id)
    if found is None:
        raise NotFoundError(
            f"there is no such {kind}.", remedy=f"List them: `wideberth council list {kind}`."
        )
    return found


def subject(one: Matter) -> str:
    """Return what alarms about a matter are about; it is no activity's key."""
    return tables.key("council", one.kind, one.opener, one.id)


def of_subject(reader: Reader, about: str) -> Matter | None:
    """Return the matter that an alarm is about; None: it is about something else."""
    parts = tables.parts(about)
    return matter(reader, *parts[1:]) if len(parts) == 4 and parts[0] == "council" else None


def keep(work: Work, one: Matter) -> Matter:
    """Write a matter, and return it."""
    name = tables.key(one.kind, one.opener, one.id)
    work.save(tables.MATTER, name, one)
    stand: Stand = stand_of(one, work.agreement)
    if stand.is_open:
        mark = OpenMark(stand.state, len(one.raised))
        work.draft.put(tables.MATTER_OPEN, name, msgspec.json.encode(mark))
    else:
        work.draft.delete(tables.MATTER_OPEN, name)
    return one


def is_full(one: Matter, party: str) -> bool:
    """Return whether a party has said all it may in one matter."""
    return sum(1 for step in one.steps if step.party == party) >= MOST_STEPS


def note_said(work: Work, said: Said, delivery: Delivery) -> None:
    """Note which message told a step of ours, for when its receipt comes."""
    noted = SaidStep(said.kind, said.opener, said.matter, said.turn, delivery.peer)
    work.draft.put(tables.MATTER_SAID, delivery.message, msgspec.json.encode(noted))


def receipted(work: Work, receipt: Receipt) -> Matter | None:
    """Note that a peer's node has a step of ours, or did not accept it; return the matter."""
    problems = () if receipt.accepted else (receipt.problems or ("not accepted",))

    def noted(one: Delivery) -> Delivery:
        return structs.replace(
            one, delivered_s=work.now_s, received_s=receipt.received_s, problems=problems
        )

    changed = _change(work, receipt.message, noted)
    work.draft.delete(tables.MATTER_SAID, receipt.message)
    return changed


def sent_anew(work: Work, before: str, sent: Sent) -> None:
    """Note that a step is told by another message now."""

    def renamed(one: Delivery) -> Delivery:
        return structs.replace(one, message=sent.digest, index=sent.index)

    record = work.draft.get(tables.MATTER_SAID, before)
    if record is not None:
        _change(work, before, renamed)
        work.draft.delete(tables.MATTER_SAID, before)
        work.draft.put(tables.MATTER_SAID, sent.digest, record)


def _change(work: Work, message: str, change: Callable[[Delivery], Delivery]) -> Matter | None:
    record = work.draft.get(tables.MATTER_SAID, message)
    if record is None:
        return None
    said = msgspec.json.decode(record, type=SaidStep)
    found = matter(work.draft, said.kind, said.opener, said.id)
    if found is None:
        return None  # lost from the store: it must not keep the line from going on
    steps = tuple(
        structs.replace(
            step,
            deliveries=tuple(change(d) if d.peer == said.peer else d for d in step.deliveries),
        )
        if (step.party, step.said.turn) == (work.party, said.turn)
        else step
        for step in found.steps
    )
    return keep(work, structs.replace(found, steps=steps))
