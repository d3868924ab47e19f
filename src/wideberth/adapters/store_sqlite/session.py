"""A connection, and what is known about the file it is on.

Each of Wideberth's tables is a table of SQL, made when it is first written, and named by number so
that no name needs quoting. One table for all, with the name in its key, took twice as long to find
a record among a million (docs/adr/0009-stores.md).
"""

import sqlite3
from dataclasses import dataclass
from typing import Final

_EPOCH: Final = "SELECT value FROM meta WHERE name = 'epoch_s'"
_FIND: Final = "SELECT id FROM tables WHERE name = ?"
_ENTER: Final = "INSERT INTO tables (name) VALUES (?)"


@dataclass(frozen=True, slots=True)
class Table:
    """One of Wideberth's tables, by its number."""

    number: int

    def sql(self, statement: str) -> str:
        """Return a statement with the table's name in the place of {}."""
        return statement.format(f"records_{self.number}")


class Session:
    """Remembers the tables' numbers, so that they are looked up once a connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.epoch_s = float(db.execute(_EPOCH).fetchone()[0])
        self._tables: dict[str, Table] = {}

    def find(self, name: str) -> Table | None:
        """Return a table that has been written to."""
        table = self._tables.get(name)
        if table is None and (row := self.db.execute(_FIND, (name,)).fetchone()):
            table = self._tables[name] = Table(row[0])
        return table

    def find_or_make(self, name: str) -> Table:
        """Return a table, made in the present transaction if need be."""
        if table := self.find(name):
            return table
        number = self.db.execute(_ENTER, (name,)).lastrowid
        assert number is not None
        table = Table(number)
        create = "CREATE TABLE {} (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL)"
        self.db.execute(table.sql(create))
        return table

    def rolled_back(self) -> None:
        """Forget the tables: one of them may have been made in what was taken back."""
        self._tables.clear()
