"""The store's face: one writer, a few readers, one file."""

import asyncio
import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Self, TypeVar

from wideberth.adapters.store_sqlite.copying import copy
from wideberth.adapters.store_sqlite.failures import closed_error, store_error
from wideberth.adapters.store_sqlite.opening import connect, prepare
from wideberth.adapters.store_sqlite.session import Session
from wideberth.adapters.store_sqlite.transaction import SqliteReader
from wideberth.adapters.store_sqlite.writer import Outcome, Writer
from wideberth.node.ports import Reader, Transaction

T = TypeVar("T")
_READERS: Final = 2
_WAIT_S: Final = 30.0
_WRITER_CACHE_MB: Final = 64


class SqliteStore:
    """Keeps everything in one file, beside it a log and an index of the log while it is open.

    Several stores, in several processes, may have the same file open; they wait for one another.
    The file must be on a disk of this machine (SQLite's log does not work over a network).
    """

    def __init__(self, path: Path, *, wait_s: float = _WAIT_S) -> None:
        self._path = path
        self._wait_s = wait_s
        self._is_open = True
        self._readers: queue.SimpleQueue[Session] = queue.SimpleQueue()
        for _ in range(_READERS):
            db = connect(path, wait_s=wait_s)
            db.execute("PRAGMA query_only = ON")
            self._readers.put(Session(db))
        self._threads = ThreadPoolExecutor(_READERS, thread_name_prefix="store-reader")
        self._writer = Writer(lambda: connect(path, wait_s=wait_s, cache_mb=_WRITER_CACHE_MB))

    @classmethod
    def open(cls, path: Path | str, *, wait_s: float = _WAIT_S) -> Self:
        """Open a file or make it; read nothing but the schema, however much it holds.

        wait_s: how long to wait for another process that writes. Raises StoreError.
        """
        prepare(Path(path), wait_s=wait_s)
        try:
            return cls(Path(path), wait_s=wait_s)
        except sqlite3.Error as error:
            raise store_error(error, where=str(path)) from error

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run work and keep what it wrote; keep nothing if it raises.

        Work runs in the writer's thread. Cancelled before its turn, it does not run; later, it is
        finished and kept. Raises StoreError.
        """
        return await self._writer.run(work)

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work on the file as it is at its first look, in a thread; raises StoreError."""
        if not self._is_open:
            raise closed_error()
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(self._threads, self._read, work)
        return outcome.unwrap()

    async def copy_to(self, path: str) -> None:
        """Write the file as it is now into a new one; raises StoreError."""
        if not self._is_open:
            raise closed_error()
        await asyncio.to_thread(copy, self._path, Path(path), wait_s=self._wait_s)

    async def close(self) -> None:
        """Finish what waits and release the file; further use raises StoreError."""
        self._is_open = False
        await asyncio.to_thread(self._close)

    def _read(self, work: Callable[[Reader], T]) -> Outcome[T]:
        session = self._readers.get()
        reader = SqliteReader(session)
        try:
            session.db.execute("BEGIN")
            return Outcome(work(reader))
        except sqlite3.Error as error:
            return Outcome(error=store_error(error, where=str(self._path)))
        except BaseException as error:  # noqa: BLE001 -- carried to whoever asked, whatever it is
            return Outcome(error=error)
        finally:
            reader.release()
            if session.db.in_transaction:
                session.db.execute("ROLLBACK")
            self._readers.put(session)

    def _close(self) -> None:
        self._writer.stop()
        self._threads.shutdown()
        while not self._readers.empty():
            self._readers.get().db.close()
