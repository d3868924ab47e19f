"""A PostgreSQL transaction as the port's reader and transaction."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, LiteralString

from wideberth.adapters.store_postgres.failures import store_error
from wideberth.adapters.store_postgres.grid import cell_of, cells_near
from wideberth.adapters.store_postgres.marks import Marks
from wideberth.node.ports import Bounds, Box

if TYPE_CHECKING:
    import psycopg

_GET: Final = "SELECT value FROM records WHERE tab = %s AND key = %s"
_PUT: Final = (
    "INSERT INTO records (tab, key, value) VALUES (%s, %s, %s)"
    " ON CONFLICT (tab, key) DO UPDATE SET value = excluded.value"
)
_DELETE: Final = "DELETE FROM records WHERE tab = %s AND key = %s"
_ROWS: Final = "SELECT key, value FROM records WHERE tab = %s AND key >= %s"
_SCAN: Final = {
    (False, False): _ROWS + " ORDER BY key LIMIT %s",
    (False, True): _ROWS + " ORDER BY key DESC LIMIT %s",
    (True, False): _ROWS + " AND key < %s ORDER BY key LIMIT %s",
    (True, True): _ROWS + " AND key < %s ORDER BY key DESC LIMIT %s",
}
_MEETS: Final = (
    "lon_low <= %s AND lon_high >= %s AND lat_low <= %s AND lat_high >= %s"
    " AND height_low <= %s AND height_high >= %s AND time_low <= %s AND time_high >= %s"
    " AND freq_low <= %s AND freq_high >= %s"
)
_ALL: Final = "SELECT place FROM places WHERE " + _MEETS  # noqa: S608 -- constants only
# OFFSET 0 keeps the planner from joining the cells to the whole table: it takes the index instead.
_NEAR: Final = (
    "SELECT found.place FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])"  # noqa: S608
    " AS near (cell, first, last) CROSS JOIN LATERAL (SELECT place FROM places"
    " WHERE cell = near.cell AND step >= near.first AND step <= near.last AND "
    + _MEETS
    + " OFFSET 0) AS found"
)
_LIFT: Final = "DELETE FROM places WHERE place = %s"
_SET: Final = "INSERT INTO places VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


class PostgresReader:
    """See node.ports.Reader. `failure` is the database's first error; after it, all is void."""

    def __init__(self, db: "psycopg.Connection") -> None:
        self._db = db
        self.failure: psycopg.Error | None = None

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record under a key, or None."""
        rows = self._rows(_GET, (table, key.encode()))
        return bytes(rows[0][0]) if rows else None

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Yield records in the order of keys, as they are now."""
        bounds = (first.encode(),) if before is None else (first.encode(), before.encode())
        rows = self._rows(_SCAN[before is not None, newest], (table, *bounds, limit))
        return ((bytes(key).decode(), bytes(record)) for key, record in rows)

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        """Return the places that meet any of the boxes: exactly those."""
        found: set[str] = set()
        for box in boxes:
            bounds = _crossed(box.by_axis)
            cells = cells_near(box)
            rows = self._rows(_ALL, bounds) if cells is None else self._rows(_NEAR, cells + bounds)
            found.update(bytes(row[0]).decode() for row in rows)
        return frozenset(found)

    def _rows(self, sql: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._noting():
            return self._db.execute(sql, values).fetchall()

    def _noting(self) -> "_Noting":
        return _Noting(self)


class PostgresTransaction(PostgresReader):
    """See node.ports.Transaction. `has_written`: something was sent that a commit would keep.

    Writes are kept here until something asks for them, so that they travel together.
    """

    def __init__(self, db: "psycopg.Connection") -> None:
        super().__init__(db)
        self.has_written = False
        self._records: dict[tuple[str, str], bytes | None] = {}
        self._places: dict[str, list[tuple[Any, ...]]] = {}

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record under a key, or None."""
        if (table, key) in self._records:
            return self._records[table, key]
        return super().get(table, key)

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
        self._send_records()
        return super().scan(table, first=first, before=before, limit=limit, newest=newest)

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        """Return the places that meet any of the boxes: exactly those."""
        self._send_places()
        return super().near(boxes)

    def put(self, table: str, key: str, record: bytes) -> None:
        """Write a record, in place of the one before."""
        self._records[table, key] = bytes(record)

    def delete(self, table: str, key: str) -> None:
        """Remove a record, if there is one."""
        self._records[table, key] = None

    def place(self, key: str, boxes: Iterable[Box]) -> None:
        """Put a place where the boxes are."""
        self._places[key] = [
            (key.encode(), i, *cell_of(box), *box.by_axis) for i, box in enumerate(boxes)
        ]

    def send(self) -> None:
        """Send all that was written; it is not committed yet."""
        self._send_records()
        self._send_places()

    def mark(self, marks: Marks) -> None:
        """Put the store's mark beside what was written."""
        if self.has_written:
            with self._noting():
                marks.set(self._db)

    def _send_records(self) -> None:
        written, self._records = self._records, {}
        puts = [(t, k.encode(), r) for (t, k), r in written.items() if r is not None]
        deletes = [(t, k.encode()) for (t, k), r in written.items() if r is None]
        self._many(_PUT, puts)
        self._many(_DELETE, deletes)

    def _send_places(self) -> None:
        written, self._places = self._places, {}
        self._many(_LIFT, [(key.encode(),) for key in written])
        self._many(_SET, [row for rows in written.values() for row in rows])

    def _many(self, sql: LiteralString, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self.has_written = True
            with self._noting(), self._db.cursor() as cursor:
                cursor.executemany(sql, rows)


class _Noting:
    """Turns an error of the database into one of the store, and keeps the first."""

    def __init__(self, reader: PostgresReader) -> None:
        self._reader = reader

    def __enter__(self) -> None:
        if self._reader.failure is not None:
            raise store_error(self._reader.failure)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

        if isinstance(error, psycopg.Error):
            self._reader.failure = error
            raise store_error(error) from error


def _crossed(bounds: Bounds) -> tuple[float, ...]:
    """Return high and low by axis: what a place's low and high are held against."""
    return tuple(bounds[i ^ 1] for i in range(10))
