"""A store that forgets: for tests, demonstrations and trying things out."""

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from wideberth.node.ports import Box, NoCopyError, Reader, StoreError, Transaction

T = TypeVar("T")
_Undo = Callable[[], None]


class MemoryStore:
    """Keeps records and places while the process lives; one piece of work at a time.

    Work that raises is undone, step by step. `near` looks at every place: fine for thousands.
    """

    def __init__(self) -> None:
        self._shelves = _Shelves()
        self._lock = threading.Lock()
        self._closed = False

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run work and keep what it wrote; keep nothing if it raises."""
        with self._lock:
            self._refuse_if_closed()
            transaction = _MemoryTransaction(self._shelves)
            try:
                return work(transaction)
            except BaseException:
                transaction.undo()
                raise

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work that only reads."""
        with self._lock:
            self._refuse_if_closed()
            return work(_MemoryReader(self._shelves))

    async def copy_to(self, path: str) -> None:  # noqa: ARG002 - the port's
        """Raise NoCopyError: what is in memory is there to be forgotten."""
        raise NoCopyError(
            "a store in memory has no copy.", remedy="Keep the node in SQLite or PostgreSQL."
        )

    async def close(self) -> None:
        """Forget everything; further use raises StoreError."""
        with self._lock:
            self._closed = True
            self._shelves = _Shelves()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreError("the store is closed.", remedy="Open it again.")


class _Shelf:
    """One table: records by key, and the keys in order of code points, as str compares them."""

    def __init__(self) -> None:
        self.records: dict[str, bytes] = {}
        self.keys: list[str] = []

    def set(self, key: str, record: bytes | None) -> None:
        if record is None:
            if self.records.pop(key, None) is not None:
                del self.keys[bisect_left(self.keys, key)]
            return
        if key not in self.records:
            insort(self.keys, key)
        self.records[key] = record


class _Shelves:
    """All that a memory store holds."""

    def __init__(self) -> None:
        self.tables: dict[str, _Shelf] = {}
        self.places: dict[str, tuple[Box, ...]] = {}

    def set_place(self, key: str, boxes: tuple[Box, ...]) -> None:
        if boxes:
            self.places[key] = boxes
        else:
            self.places.pop(key, None)


class _MemoryReader:
    """See node.ports.Reader."""

    def __init__(self, shelves: _Shelves) -> None:
        self._shelves = shelves

    def get(self, table: str, key: str) -> bytes | None:
        shelf = self._shelves.tables.get(table)
        return None if shelf is None else shelf.records.get(key)

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        shelf = self._shelves.tables.get(table)
        if shelf is None:
            return iter(())
        end = len(shelf.keys) if before is None else bisect_left(shelf.keys, before)
        keys = shelf.keys[bisect_left(shelf.keys, first) : end]
        if newest:
            keys.reverse()
        return iter([(key, shelf.records[key]) for key in keys[:limit]])

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        return frozenset(
            key
            for key, placed in self._shelves.places.items()
            if any(a.meets(b) for a in placed for b in boxes)
        )


class _MemoryTransaction(_MemoryReader):
    """See node.ports.Transaction; remembers how to take back each step."""

    def __init__(self, shelves: _Shelves) -> None:
        super().__init__(shelves)
        self._undo: list[_Undo] = []

    def put(self, table: str, key: str, record: bytes) -> None:
        self._set(table, key, bytes(record))

    def delete(self, table: str, key: str) -> None:
        self._set(table, key, None)

    def place(self, key: str, boxes: Iterable[Box]) -> None:
        new = tuple(boxes)
        before = self._shelves.places.get(key, ())
        self._undo.append(lambda: self._shelves.set_place(key, before))
        self._shelves.set_place(key, new)

    def undo(self) -> None:
        """Take back every step, the last one first."""
        while self._undo:
            self._undo.pop()()

    def _set(self, table: str, key: str, record: bytes | None) -> None:
        shelf = self._shelves.tables.setdefault(table, _Shelf())
        before = shelf.records.get(key)
        self._undo.append(lambda: shelf.set(key, before))
        shelf.set(key, record)
