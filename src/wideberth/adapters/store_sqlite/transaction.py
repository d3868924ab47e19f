"""A SQLite connection as the port's reader and transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from wideberth.adapters.store_sqlite.axes import coarse, widened
from wideberth.adapters.store_sqlite.failures import store_error
from wideberth.adapters.store_sqlite.session import Session, Table
from wideberth.node.ports import Box

T = TypeVar("T")

_GET: Final = "SELECT value FROM {} WHERE key = ?"
_PUT: Final = (
    "INSERT INTO {} (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_DELETE: Final = "DELETE FROM {} WHERE key = ?"
_ROWS: Final = "SELECT key, value FROM {} WHERE key >= ?"
_SCAN: Final = {
    (False, False): _ROWS + " ORDER BY key LIMIT ?",
    (False, True): _ROWS + " ORDER BY key DESC LIMIT ?",
    (True, False): _ROWS + " AND key < ? ORDER BY key LIMIT ?",
    (True, True): _ROWS + " AND key < ? ORDER BY key DESC LIMIT ?",
}
_NEAR: Final = (
    "SELECT place FROM boxes WHERE lon_from <= ? AND lon_to >= ? AND lat_from <= ? AND lat_to >= ?"
    " AND height_from <= ? AND height_to >= ? AND time_from <= ? AND time_to >= ?"
    " AND freq_from <= ? AND freq_to >= ?"
    " AND lon_low <= ? AND lon_high >= ? AND lat_low <= ? AND lat_high >= ?"
    " AND height_low <= ? AND height_high >= ? AND time_low <= ? AND time_high >= ?"
    " AND freq_low <= ? AND freq_high >= ?"
)
_OWN: Final = "SELECT box FROM places WHERE place = ?"
_FORGET: Final = "DELETE FROM places WHERE place = ?"
_LIFT: Final = "DELETE FROM boxes WHERE id = ?"
_SET: Final = (
    "INSERT INTO boxes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REMEMBER: Final = "INSERT INTO places (place, box) VALUES (?, ?)"


class SqliteReader:
    """See node.ports.Reader. `failure` is the first error of SQLite, after which all is void."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._db = session.db
        self._epoch_s = session.epoch_s
        self._open: list[sqlite3.Cursor] = []
        self.failure: sqlite3.Error | None = None

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record under a key, or None."""
        found = self._find(table)
        row = None if found is None else self._run(found.sql(_GET), (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Yield records in the order of keys, as this reader's snapshot has them."""
        found = self._find(table)
        if found is None:
            return iter(())
        bounds = (first,) if before is None else (first, before)
        sql = found.sql(_SCAN[before is not None, newest])
        cursor = self._run(sql, (*bounds, -1 if limit is None else limit))
        self._open.append(cursor)
        return self._rows(cursor)

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        """Return the places that meet any of the boxes: exactly those."""
        found: set[str] = set()
        for box in boxes:
            bounds = box.by_axis
            search = _crossed(widened(coarse(bounds, epoch_s=self._epoch_s))) + _crossed(bounds)
            found.update(row[0] for row in self._rows(self._run(_NEAR, search)))
        return frozenset(found)

    def release(self) -> None:
        """Close the scans that were not read to their end."""
        for cursor in self._open:
            cursor.close()

    def _find(self, table: str) -> Table | None:
        return self._known(lambda: self._session.find(table))

    def _run(self, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
        return self._known(lambda: self._db.execute(sql, values))

    def _known(self, ask: Callable[[], T]) -> T:
        """Return the answer; make an error of SQLite one of the store, and keep the first."""
        if self.failure is not None:
            raise store_error(self.failure)
        try:
            return ask()
        except sqlite3.Error as error:
            self.failure = error
            raise store_error(error) from error

    def _rows(self, cursor: sqlite3.Cursor) -> Iterator[Any]:
        try:
            yield from cursor
        except sqlite3.Error as error:
            self.failure = self.failure or error
            raise store_error(error) from error


class SqliteTransaction(SqliteReader):
    """See node.ports.Transaction."""

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Yield records as they are now, whatever is written while they are looked at."""
        rows = super().scan(table, first=first, before=before, limit=limit, newest=newest)
        return iter(list(rows))

    def put(self, table: str, key: str, record: bytes) -> None:
        """Write a record, in place of the one before."""
        found = self._known(lambda: self._session.find_or_make(table))
        self._run(found.sql(_PUT), (key, record))

    def delete(self, table: str, key: str) -> None:
        """Remove a record, if there is one."""
        if found := self._find(table):
            self._run(found.sql(_DELETE), (key,))

    def place(self, key: str, boxes: Iterable[Box]) -> None:
        """Put a place where the boxes are."""
        new = [box.by_axis for box in boxes]
        old = self._run(_OWN, (key,)).fetchall()
        for box_id in old:
            self._run(_LIFT, box_id)
        if old:
            self._run(_FORGET, (key,))
        for bounds in new:
            row = (*coarse(bounds, epoch_s=self._epoch_s), key, *bounds)
            self._run(_REMEMBER, (key, self._run(_SET, row).lastrowid))


def _crossed(bounds: tuple[float, ...]) -> tuple[float, ...]:
    """Return high and low by axis: what a place's low and high are held against."""
    return tuple(bounds[i ^ 1] for i in range(10))
