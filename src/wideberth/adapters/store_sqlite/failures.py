"""What SQLite says went wrong, as an error with a remedy."""

import sqlite3
from typing import Final

from wideberth.node.ports import StoreError

# Primary result codes, https://www.sqlite.org/rescode.html
_SAID: Final = {
    sqlite3.SQLITE_FULL: ("the disk is full.", "Make room; nothing acknowledged is lost."),
    sqlite3.SQLITE_BUSY: (
        "another process holds the store for too long.",
        "See which other process has the file open, and end it.",
    ),
    sqlite3.SQLITE_LOCKED: ("the store is locked.", "Close the other use of the file."),
    sqlite3.SQLITE_CORRUPT: (
        "the store is damaged.",
        "Stop the node, keep the file, and restore the newest backup.",
    ),
    sqlite3.SQLITE_NOTADB: ("the file is no SQLite database.", "Name the store's own file."),
    sqlite3.SQLITE_READONLY: (
        "the store cannot be written.",
        "Give the node's user the right to write the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the store cannot be opened.",
        "Make the folder, and give the node's user the right to use it.",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk does not read or write.",
        "Look at the disk and at the system's log.",
    ),
    sqlite3.SQLITE_TOOBIG: ("a record is too big.", "Make the message smaller."),
}
_OTHER: Final = ("the store failed.", "Look at the system's log, and report this if it repeats.")


def store_error(error: sqlite3.Error, *, where: str = "") -> StoreError:
    """Return what a person can do about it; the name of the code, never the content."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    what, remedy = _SAID.get(code, _OTHER)
    return StoreError(f"{what[:-1]} ({name}).", remedy=remedy, where=where)


def closed_error() -> StoreError:
    """Return the error of a store that is used after its end."""
    return StoreError("the store is closed.", remedy="Open it again.")
