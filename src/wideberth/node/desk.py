"""The node's one door: every change is a command, applied in order, in one transaction a batch.

All commands that wait are taken together and committed once (ADR 8). A refused command leaves
nothing; if the batch itself fails, its commands are tried again one at a time, so that one cannot
take the others down. What was answered was committed.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from msgspec import structs

from wideberth.errors import WideberthError
from wideberth.model import command as commands
from wideberth.model.agreement import Agreement
from wideberth.node import clocks, queries, renewing, tables, working_agreement
from wideberth.node.answers import Answer
from wideberth.node.council import concerning
from wideberth.node.draft import Draft
from wideberth.node.handlers import HANDLERS, Command
from wideberth.node.ports import Clock, Notifier, Reader, Store, StoreError, Transaction
from wideberth.node.searching import find_all
from wideberth.node.taking_up import renewed
from wideberth.node.work import Bench, Work

T = TypeVar("T")
Result = Answer | Exception

MOST_TOGETHER: Final = 64
MOST_OF_PEERS: Final = 16


class DeskClosedError(WideberthError):
    """The node is stopping; the command was not done."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    command: Command
    done: "asyncio.Future[Answer]"


@dataclass(frozen=True, slots=True)
class News:
    """What a batch leaves to do after its commit; is_agreed: to take up another agreement first."""

    last_event: int
    alerts: tuple[tuple[str, str], ...]
    is_agreed: bool = False


class Desk:
    """Applies commands; `run` must be running for `do` to return."""

    def __init__(self, bench: Bench, store: Store, *, clock: Clock, notifier: Notifier) -> None:
        self.bench = bench
        self.store = store
        self.clock = clock
        self._notifier = notifier
        self._waiting: list[_Waiting] = []
        self._at_work: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._changed = asyncio.Condition()
        self._last_event = 0
        self._failed_alerts = 0
        self._store_failure = ""
        self._faults: set[str] = set()
        self._closed = False

    @property
    def party(self) -> str:
        """Return the node's party."""
        return self.bench.settings.party

    @property
    def agreement(self) -> Agreement:
        """Return the agreement in force."""
        return self.bench.settings.agreement

    def status(self) -> dict[str, object]:
        """Return how the desk is doing."""
        return {
            "running": not self._closed,
            "waiting": len(self._waiting),
            "failed_alerts": self._failed_alerts,
            "degraded": bool(self._store_failure),
            "store": self._store_failure,
            "faults": sorted(self._faults),
        }

    async def do(self, command: Command) -> Answer:
        """Apply a command and return once it is committed; raises what refuses it."""
        if self._closed:
            raise DeskClosedError("the node is stopping.", remedy="Try again when it is back.")
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(command, done))
        self._wake.set()
        return await done

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work that only reads."""
        return await self.store.read(work)

    async def next_event(self, after: int, timeout_s: float) -> bool:
        """Return whether an event above `after` exists, waiting for one up to timeout_s."""
        async with self._changed:
            try:
                async with asyncio.timeout(timeout_s):
                    await self._changed.wait_for(lambda: self._last_event > after or self._closed)
            except TimeoutError:
                return False
            return self._last_event > after

    async def run(self) -> None:
        """Apply commands until cancelled; what waits then is refused, not lost in silence."""
        theirs = False
        try:
            self._last_event = await self.store.read(_last_event)
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._waiting:
                    self._at_work = self._next(after_peers=theirs)
                    theirs = isinstance(self._at_work[0].command, commands.Receive)
                    await self._apply(self._at_work)
                    self._at_work = []
        finally:
            self._closed = True
            _close(self._waiting, "the node stopped; nothing was done.")
            _close(self._at_work, "the node stopped while this was being done: look before again.")
            async with self._changed:
                self._changed.notify_all()

    def _next(self, *, after_peers: bool) -> list[_Waiting]:
        """Take what is applied next, in order: all together, unless a peer sends much.

        Its messages may be costly to judge. Where more of them wait than go together, they and
        what our own side asks take turns, so that no peer keeps our own from being done.
        """
        peers = [w for w in self._waiting if isinstance(w.command, commands.Receive)]
        if len(peers) <= MOST_OF_PEERS:
            taken = self._waiting[:MOST_TOGETHER]
        else:
            own = [w for w in self._waiting if not isinstance(w.command, commands.Receive)]
            taken = own[:MOST_TOGETHER] if own and after_peers else peers[:MOST_OF_PEERS]
        chosen = {id(waiting) for waiting in taken}
        self._waiting = [waiting for waiting in self._waiting if id(waiting) not in chosen]
        return taken

    async def _apply(self, batch: Sequence[_Waiting]) -> None:
        now_s = self.clock.now_s()
        asked = [waiting.command for waiting in batch]
        try:
            results, news = await self.store.transact(
                lambda tx: apply_all(self.bench, tx, asked, now_s)
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, each command gets its answer
            if isinstance(error, renewing.OutdatedError) and await self._take_up():
                await self._apply(batch)
                return
            if len(batch) > 1 and not isinstance(error, StoreError):
                for waiting in batch:
                    await self._apply([waiting])
                return
            results, news = [error] * len(batch), None
            if isinstance(error, StoreError):
                await self._store_failed(error.what)
            elif not isinstance(error, WideberthError):
                await self._fault_found(type(error).__name__)
        else:
            self._store_failure = ""
        self._waiting = [*batch[len(results) :], *self._waiting]
        for waiting, result in zip(batch, results, strict=False):
            _settle(waiting.done, result)
        if news is not None:
            await self._announce(news)
        if news is not None and news.is_agreed:
            await self._take_up()

    async def _take_up(self) -> bool:
        """Work under the agreement in force now; return whether it is another one."""
        try:
            bench, alerts = await renewed(self.bench, self.store, self.clock.now_s())
        except WideberthError as error:
            await self._store_failed(error.what)
            return False
        is_another, self.bench = bench is not self.bench, bench
        await self._announce(News(await self.store.read(_last_event), tuple(alerts)))
        return is_another

    async def remind(self) -> None:
        """Alert the roles of all alarms that last: the process before may have ended first."""
        for alarm in await self.read(queries.alarms):
            for role in alarm.roles or ("duty officer",):
                await self._alert(role, alarm.text)

    async def _announce(self, news: News) -> None:
        """Wake those who watch, and alert roles."""
        async with self._changed:
            self._last_event = max(self._last_event, news.last_event)
            self._changed.notify_all()
        for role, text in news.alerts:
            await self._alert(role, text)

    async def _store_failed(self, what: str) -> None:
        """Say so outside the store, once for each way it fails: no alarm can be written down."""
        if what == self._store_failure:
            return
        self._store_failure = what
        for step in self.agreement.notice.escalation[:1]:
            text = f"the node's store does not take anything: {what} Nothing new is acknowledged."
            await self._alert(step.role, text)

    async def _fault_found(self, name: str) -> None:
        """Say, once for each kind, that a command failed by a fault of the program.

        Whoever gave it is told each time; but a peer's message may be given for ever.
        """
        if name in self._faults:
            return
        self._faults.add(name)
        for step in self.agreement.notice.escalation[:1]:
            text = f"the node could not do something it was asked ({name}): a fault of the program."
            await self._alert(step.role, text)

    async def _alert(self, role: str, text: str) -> None:
        try:
            await self._notifier.alert(role, text)
        except Exception:  # noqa: BLE001 - a horn that fails must not stop the desk
            self._failed_alerts += 1


def apply_all(
    bench: Bench, transaction: Transaction, asked: Sequence[Command], now_s: float
) -> tuple[list[Result], News]:
    """Apply commands in order in one transaction; return an answer or refusal for each.

    Those behind one that puts another agreement in force are left: they are judged under it.
    """
    renewing.refuse_outdated(transaction, bench.settings)
    draft = Draft(transaction)
    work = Work(bench, draft, now_s)
    results: list[Result] = []
    is_agreed = False
    for command in asked:
        if is_agreed:
            break
        try:
            results.append(_done(work, command))
        except StoreError:
            raise  # no refusal: the batch is not kept
        except WideberthError as refusal:
            results.append(refusal)
        is_agreed = working_agreement.is_another(draft, bench.settings)
    found = find_all(work) if work.search else {}
    concerning.look(work)
    results = [_with_conflicts(result, found) for result in results]
    news = News(_last_event(draft), tuple(work.alerts), is_agreed)
    draft.keep()
    return results, news


def _done(work: Work, command: Command) -> Answer:
    if isinstance(command, commands.Tick):
        return work.attempt(clocks.tick)
    handler = HANDLERS[type(command)]
    return work.attempt(lambda attempt: handler(attempt, command))


def _with_conflicts(result: Result, found: dict) -> Result:  # type: ignore[type-arg]
    if isinstance(result, Exception) or result.activity is None:
        return result
    name = (result.activity.activity.party, result.activity.activity.id)
    if name not in found:
        return result
    conflicts, not_judged, broken = found[name]
    return structs.replace(result, conflicts=conflicts, not_judged=not_judged, broken=broken)


def _settle(done: "asyncio.Future[Answer]", result: Result) -> None:
    if done.cancelled():
        return
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)


def _close(left: Sequence[_Waiting], what: str) -> None:
    for waiting in left:
        if not waiting.done.done():
            waiting.done.set_exception(DeskClosedError(what))


def _last_event(reader: Reader) -> int:
    return int(reader.get(tables.META, "event") or b"0")
