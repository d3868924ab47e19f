"""The one thread that writes: takes all work that waits, and commits it once."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from wideberth.adapters.store_sqlite.checkpoints import Checkpoints
from wideberth.adapters.store_sqlite.failures import closed_error, store_error
from wideberth.adapters.store_sqlite.session import Session
from wideberth.adapters.store_sqlite.transaction import SqliteTransaction
from wideberth.node.ports import Transaction

T = TypeVar("T")
_MOST_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What work returned or raised; any exception may be carried, even StopIteration."""

    value: T | None = None
    error: BaseException | None = None

    def unwrap(self) -> T:
        """Return the value or raise the error."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Transaction], Any]
    outcome: Future[Outcome[Any]] = field(default_factory=Future)


class Writer:
    """Runs work in the order it came; work that waits together shares a commit.

    Each piece runs under a savepoint, so one that raises takes back its own writes only. Should
    SQLite itself fail, the batch is rolled back and each piece is run again alone, so that each is
    told what became of it.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._db = connect()
        self._session = Session(self._db)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._is_over = False
        self._gate = threading.Lock()
        self._checkpoints = Checkpoints(connect)
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run work and return what it returned, once that is durable."""
        job = _Job(work)
        with self._gate:
            if self._is_over:
                raise closed_error()
            self._jobs.put(job)
        outcome: Outcome[T] = await asyncio.wrap_future(job.outcome)
        return outcome.unwrap()

    def stop(self) -> None:
        """Finish what waits, then end the thread."""
        with self._gate:
            if not self._is_over:
                self._is_over = True
                self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while batch := self._next():
            jobs = [job for job in batch if job.outcome.set_running_or_notify_cancel()]
            for job, outcome in zip(jobs, self._outcomes(jobs), strict=True):
                job.outcome.set_result(outcome)
            self._checkpoints.committed(self._db)
        self._checkpoints.stop()
        self._db.close()

    def _next(self) -> list[_Job]:
        """Return what waits, at least one; nothing at the end."""
        batch: list[_Job] = []
        while len(batch) < _MOST_AT_ONCE:
            try:
                job = self._jobs.get(block=not batch)
            except queue.Empty:
                break
            if job is None:
                if batch:
                    self._jobs.put(None)
                break
            batch.append(job)
        return batch

    def _outcomes(self, jobs: list[_Job]) -> list[Outcome[Any]]:
        if len(jobs) > 1:
            try:
                return self._together(jobs)
            except sqlite3.Error:
                self._rollback()
        return [self._alone(job) for job in jobs]

    def _together(self, jobs: list[_Job]) -> list[Outcome[Any]]:
        self._db.execute("BEGIN IMMEDIATE")
        outcomes = [self._under_savepoint(job) for job in jobs]
        self._db.execute("COMMIT")
        return outcomes

    def _under_savepoint(self, job: _Job) -> Outcome[Any]:
        self._db.execute("SAVEPOINT piece")
        outcome = self._try(job)
        if outcome.error is not None:
            self._db.execute("ROLLBACK TO piece")
            self._session.rolled_back()
        self._db.execute("RELEASE piece")
        return outcome

    def _alone(self, job: _Job) -> Outcome[Any]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            outcome = self._try(job)
            if outcome.error is None:
                self._db.execute("COMMIT")
            else:
                self._rollback()
        except sqlite3.Error as error:
            self._rollback()
            return Outcome(error=store_error(error))
        return outcome

    def _try(self, job: _Job) -> Outcome[Any]:
        """Return what the work returned or raised; raise only what SQLite raised."""
        transaction = SqliteTransaction(self._session)
        try:
            outcome = Outcome(job.work(transaction))
        except BaseException as error:  # noqa: BLE001 -- carried to whoever asked, whatever it is
            outcome = Outcome(error=error)
        if transaction.failure is not None:
            raise transaction.failure
        return outcome

    def _rollback(self) -> None:
        """Take everything back; should even that fail, all later work fails, and says so."""
        self._session.rolled_back()
        with suppress(sqlite3.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
