"""A desk that notes what it is told and answers; a clock that stands; chance that counts."""

import asyncio
import hashlib
from collections.abc import Callable
from typing import TypeVar

import msgspec
from argon2 import Parameters
from argon2.low_level import Type

from wideberth.adapters.store_memory import MemoryStore
from wideberth.model.activity import Disclosure
from wideberth.model.agreement import Agreement
from wideberth.model.command import ChangeState, Command, Declare
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.ports import Reader, Transaction
from wideberth.node.records import Event, Held, Met
from wideberth.node.refusals import ConflictingRevisionError, NotFoundError
from wideberth.peering.wire import to_wire

T = TypeVar("T")
QUICK = Parameters(Type.ID, 19, 8, 16, 1, 8, 1)


class StandingClock:
    """Stands until it is moved."""

    def __init__(self, now_s: float = 1_800_000_000.0) -> None:
        self.time_s = now_s

    def now_s(self) -> float:
        return self.time_s

    async def sleep(self, seconds: float) -> None:
        self.time_s += seconds


class CountedChance:
    """Never the same twice, the same every run."""

    def __init__(self) -> None:
        self.count = 0

    def token(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_256(str(self.count).encode()).digest(size)


class FakeDesk:
    """Declares and changes states; all other commands are noted only."""

    def __init__(self, agreement: Agreement, party: str = "north") -> None:
        self.party = party
        self.agreement = agreement
        self.clock = StandingClock()
        self.store = MemoryStore()
        self.asked: list[Command] = []
        self.refusal: Exception | None = None
        self.running = True
        self.conflicts: tuple[Met, ...] = ()

    def status(self) -> dict[str, object]:
        return {"running": self.running}

    async def do(self, command: Command) -> Answer:
        self.asked.append(command)
        if self.refusal is not None:
            raise self.refusal
        match command:
            case Declare():
                return await self.store.transact(lambda t: self._declare(t, command))
            case ChangeState():
                return await self.store.transact(lambda t: self._change(t, command))
            case _:
                return Answer(count=1)

    async def read(self, work: Callable[[Reader], T]) -> T:
        return await self.store.read(work)

    async def next_event(self, after: int, timeout_s: float) -> bool:
        for _turn in range(max(1, int(min(timeout_s, 0.2) / 0.01))):
            if await self.read(lambda reader: queries.events(reader, after=after, limit=1)):
                return True
            await asyncio.sleep(0.01)
        return False

    def _declare(self, transaction: Transaction, command: Declare) -> Answer:
        wire = to_wire(command.activity)
        now = queries.activity(transaction, wire.party, wire.id)
        held_revision = 0 if now is None else now.activity.revision
        if wire.revision != held_revision + 1:
            raise ConflictingRevisionError(
                f"revision {wire.revision} does not follow {held_revision}.", held=held_revision
            )
        now_s = self.clock.now_s()
        held = Held(activity=wire, declared_s=now_s, changed_s=now_s, contact=command.contact)
        return self._keep(transaction, held)

    def _change(self, transaction: Transaction, command: ChangeState) -> Answer:
        held = queries.activity(transaction, self.party, command.activity)
        if held is None:
            raise NotFoundError("there is no such activity.")
        if command.of_revision not in (None, held.activity.revision):
            raise ConflictingRevisionError("it was changed.", held=held.activity.revision)
        wire = msgspec.structs.replace(
            held.activity, state=command.state, revision=held.activity.revision + 1
        )
        return self._keep(transaction, msgspec.structs.replace(held, activity=wire))

    def _keep(self, transaction: Transaction, held: Held) -> Answer:
        key = tables.key(held.activity.party, held.activity.id)
        record = msgspec.json.encode(held)
        transaction.put(tables.ACTIVITY, key, record)
        revision = tables.key(held.activity.party, held.activity.id, held.activity.revision)
        transaction.put(tables.REVISION, revision, record)
        self.happen(transaction, tables.ACTIVITY, key)
        return Answer(activity=held, conflicts=self.conflicts)

    def happen(self, transaction: Transaction, table: str, key: str) -> None:
        newest = next(transaction.scan(tables.EVENT, newest=True, limit=1), None)
        number = 1 if newest is None else int(newest[0]) + 1
        event = Event(id=number, at_s=self.clock.now_s(), table=table, key=key)
        transaction.put(tables.EVENT, tables.key(number), msgspec.json.encode(event))


def a_private(wire):
    """Return the same activity, kept to oneself."""
    return msgspec.structs.replace(wire, disclose=Disclosure.PRIVATE)
