"""The store's face: one connection that writes and a few that read.

Changes of one process go one after the other: a search touches so much of the index that any two at
once would nearly always be taken for a collision, and be run again.
"""

import asyncio
import queue
import random
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from wideberth.adapters.store_postgres.failures import (
    closed_error,
    collided_error,
    is_collision,
    is_lost,
    store_error,
    uncertain_error,
)
from wideberth.adapters.store_postgres.marks import Marks
from wideberth.adapters.store_postgres.opening import connect, migrate, migrations
from wideberth.adapters.store_postgres.transaction import PostgresReader, PostgresTransaction
from wideberth.node.ports import NoCopyError, Reader, StoreError, Transaction

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
_READERS: Final = 3
_WAIT_S: Final = 30.0
_FIRST_PAUSE_S: Final = 0.001
_LONGEST_PAUSE_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[T]):
    """What work returned or raised; any exception may be carried, even StopIteration."""

    value: T | None = None
    error: BaseException | None = None

    def unwrap(self) -> T:
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


class _AgainError(Exception):
    """Nothing was kept, and the work may be run again."""

    def __init__(self, said: StoreError) -> None:
        self.said = said


class PostgresStore:
    """Keeps everything in one schema of a database; several nodes' processes may share it.

    Transactions are SERIALIZABLE. Work that collided, or lost its line before the commit, is run
    again, for up to `wait_s` seconds. Where the line breaks during the commit, the store finds out
    whether it was kept (marks.py); UncertainError is raised only if the database stays away.
    """

    def __init__(self, dsn: str, marks: Marks, *, wait_s: float = _WAIT_S) -> None:
        self._dsn = dsn
        self._marks = marks
        self._wait_s = wait_s
        self._is_open = True
        self._idle: queue.SimpleQueue[psycopg.Connection | None] = queue.SimpleQueue()
        for _ in range(_READERS + 1):
            self._idle.put(None)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")

    @classmethod
    def open(cls, dsn: str, *, wait_s: float = _WAIT_S) -> Self:
        """Connect and bring the schema up to date; raises StoreError.

        dsn: as libpq reads it, such as postgresql://node@host/wideberth. The tables are made in the
        first schema of the search path.
        """
        marks = Marks(uuid.uuid4().hex)
        db = connect(dsn)
        try:
            migrate(db, migrations(), wait_s=wait_s)
            marks.begin(db)
        finally:
            db.close()
        return cls(dsn, marks, wait_s=wait_s)

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run work and keep what it wrote; keep nothing if it raises.

        Raises StoreError, and UncertainError where nobody can know whether the change is kept.
        """
        return await self._in_thread(self._writer, lambda db: self._change(db, work))

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work on the data as they are at its first look; raises StoreError."""
        return await self._in_thread(self._readers, lambda db: _look(db, work))

    async def copy_to(self, path: str) -> None:  # noqa: ARG002 - the port's
        """Raise NoCopyError: PostgreSQL has tools of its own for that."""
        raise NoCopyError(
            "a store in PostgreSQL is copied by PostgreSQL itself.",
            remedy="Run pg_dump on the database that node.toml names, or back up the whole server.",
        )

    async def close(self) -> None:
        """Finish what runs and hang up; further use raises StoreError."""
        self._is_open = False
        await asyncio.to_thread(self._close)

    async def _in_thread(
        self,
        threads: ThreadPoolExecutor,
        attempt: "Callable[[psycopg.Connection], _Outcome[T]]",
    ) -> T:
        if not self._is_open:
            raise closed_error()
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(threads, self._repeat, attempt)
        return outcome.unwrap()

    def _repeat(self, attempt: "Callable[[psycopg.Connection], _Outcome[T]]") -> _Outcome[T]:
        """Try until it is neither a collision nor a lost line, or time is up."""
        until_s, pause_s = time.monotonic() + self._wait_s, _FIRST_PAUSE_S
        while True:
            try:
                return self._once(attempt)
            except _AgainError as again:
                if time.monotonic() > until_s:
                    return _Outcome(error=again.said)
            except StoreError as error:
                return _Outcome(error=error)
            time.sleep(random.uniform(0.0, pause_s))  # noqa: S311 -- only to part those who collided
            pause_s = min(2.0 * pause_s, _LONGEST_PAUSE_S)

    def _once(self, attempt: "Callable[[psycopg.Connection], _Outcome[T]]") -> _Outcome[T]:
        db = self._idle.get()
        try:
            if db is None or db.closed:
                db = self._connect()
            return attempt(db)
        finally:
            self._idle.put(db)

    def _connect(self) -> "psycopg.Connection":
        try:
            return connect(self._dsn)
        except StoreError as error:
            raise _AgainError(error) from error

    def _change(self, db: "psycopg.Connection", work: Callable[[Transaction], T]) -> _Outcome[T]:
        import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

        db.isolation_level, db.read_only = psycopg.IsolationLevel.SERIALIZABLE, False
        transaction = PostgresTransaction(db)
        outcome = _try(db, transaction, lambda: _written(transaction, work, self._marks))
        if outcome.error is not None:
            return outcome
        try:
            db.commit()
        except psycopg.Error as error:
            if not is_lost(error, db):
                raise _sorted(error, db) from error
            _hang_up(db)
            if transaction.has_written and not self._is_kept():
                raise _AgainError(store_error(error)) from error
        return outcome

    def _is_kept(self) -> bool:
        """Return whether the commit whose answer was lost happened; raise UncertainError."""
        import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

        until_s = time.monotonic() + self._wait_s
        while True:
            try:
                with connect(self._dsn) as db:
                    db.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
                    kept = self._marks.is_kept(db)
            except (StoreError, psycopg.Error) as error:
                if time.monotonic() > until_s:
                    raise uncertain_error() from error
                time.sleep(_LONGEST_PAUSE_S)
            else:
                if kept is None:
                    raise uncertain_error()
                return kept

    def _close(self) -> None:
        import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

        self._writer.shutdown()
        self._readers.shutdown()
        is_marked = True
        while not self._idle.empty():
            db = self._idle.get()
            if db is None or db.closed:
                continue
            with suppress(psycopg.Error):  # a row too many does no harm
                if is_marked:
                    self._marks.end(db)
                    is_marked = False
            db.close()


def _look(db: "psycopg.Connection", work: Callable[[Reader], T]) -> _Outcome[T]:
    import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

    db.isolation_level, db.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
    reader = PostgresReader(db)
    outcome = _try(db, reader, lambda: work(reader))
    _rollback(db)
    return outcome


def _written(transaction: PostgresTransaction, work: Callable[[Transaction], T], marks: Marks) -> T:
    value = work(transaction)
    transaction.send()
    transaction.mark(marks)
    return value


def _try(db: "psycopg.Connection", reader: PostgresReader, work: Callable[[], T]) -> _Outcome[T]:
    """Return what the work returned or raised; raise what the database did to it."""
    try:
        outcome = _Outcome(work())
    except BaseException as error:  # noqa: BLE001 -- carried to whoever asked, whatever it is
        outcome = _Outcome(error=error)
    if outcome.error is not None or reader.failure is not None:
        _rollback(db)
    if reader.failure is not None:
        raise _sorted(reader.failure, db) from reader.failure
    return outcome


def _sorted(error: "psycopg.Error", db: "psycopg.Connection") -> Exception:
    """Return what an error before or at a refused commit comes to; nothing was kept."""
    if is_collision(error):
        _rollback(db)
        return _AgainError(collided_error())
    if is_lost(error, db):
        _hang_up(db)
        return _AgainError(store_error(error))
    _rollback(db)
    return store_error(error)


def _rollback(db: "psycopg.Connection") -> None:
    """End the transaction; where even that fails, end the line, and the server ends the rest."""
    import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

    try:
        db.rollback()
    except psycopg.Error:
        _hang_up(db)


def _hang_up(db: "psycopg.Connection") -> None:
    import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

    with suppress(psycopg.Error):
        db.close()
