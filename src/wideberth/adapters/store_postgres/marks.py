"""The mark that a store leaves with each commit, so that a lost answer is found out.

A store has one row of its own. Each commit counts it up, in the same transaction. Where the line
breaks during a commit, the row is asked for with a lock: that waits until the server is done with
the old transaction, one way or the other, and then the number tells which.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import psycopg

_BEGIN: Final = "INSERT INTO commits (handle, number) VALUES (%s, 0)"
_SET: Final = (
    "INSERT INTO commits (handle, number) VALUES (%s, %s)"
    " ON CONFLICT (handle) DO UPDATE SET number = excluded.number"
)
_ASK: Final = "SELECT number FROM commits WHERE handle = %s FOR UPDATE"
_NOT_FOR_EVER: Final = "SET LOCAL lock_timeout = '2s'"  # the server may not know the line is gone
_END: Final = "DELETE FROM commits WHERE handle = %s"


class Marks:
    """Counts the commits of one store; used by one thread at a time."""

    def __init__(self, handle: str) -> None:
        self._handle = handle
        self._number = 0

    def begin(self, db: "psycopg.Connection") -> None:
        """Make the row, so that there is something to lock."""
        with db.transaction():
            db.execute(_BEGIN, (self._handle,))

    def set(self, db: "psycopg.Connection") -> None:
        """Put a new number into the transaction that is about to be committed."""
        self._number += 1
        db.execute(_SET, (self._handle, self._number))

    def is_kept(self, db: "psycopg.Connection") -> bool | None:
        """Return whether the last commit happened; None if the row is gone and nobody can know.

        Raises psycopg's LockNotAvailable while the server still holds the old transaction open.
        """
        with db.transaction():
            db.execute(_NOT_FOR_EVER)
            row = db.execute(_ASK, (self._handle,)).fetchone()
        return None if row is None else row[0] == self._number

    def end(self, db: "psycopg.Connection") -> None:
        """Remove the row."""
        with db.transaction():
            db.execute(_END, (self._handle,))
