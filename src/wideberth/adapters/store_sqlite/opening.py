"""From a path to a file with the schema this program knows."""

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Final

from wideberth.adapters.store_sqlite.failures import store_error
from wideberth.node.ports import StoreError

_OURS: Final = 0x57425448  # PRAGMA application_id: "WBTH"
_PAGE_BYTES: Final = 4096
_STATEMENTS: Final = 1000
_RETRY_S: Final = 0.02


def prepare(path: Path, *, wait_s: float) -> None:
    """Make the file if there is none, for its owner only, and bring it to the present schema.

    Nothing but the schema is read, however large the file. Raises StoreError for a file of another
    program, of a newer Wideberth, or that cannot be used.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"the store cannot be opened ({error.strerror}).",
            remedy="Make the folder, and give the node's user the right to use it.",
            where=str(path),
        ) from error
    try:
        with closing(connect(path, wait_s=wait_s)) as db:
            migrate(db, migrations(), where=str(path))
            _use_wal(db, wait_s=wait_s)
    except sqlite3.Error as error:
        raise store_error(error, where=str(path)) from error


def connect(path: Path, *, wait_s: float, cache_mb: int = 16) -> sqlite3.Connection:
    """Return a connection that commits durably and waits for other writers for so long."""
    db = sqlite3.connect(
        path,
        timeout=wait_s,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )
    try:
        db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone leaves data in the drive
        db.execute("PRAGMA wal_autocheckpoint = 0")  # checkpoints.py does it beside the writer
        db.execute(f"PRAGMA cache_size = {-1024 * cache_mb}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def migrations() -> tuple[str, ...]:
    """Return the schema's steps in order; step n leads from version n - 1 to n."""
    folder = files("wideberth.adapters").joinpath("sql", "sqlite")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), names
    return tuple(folder.joinpath(name).read_text("utf-8") for name in names)


def migrate(db: sqlite3.Connection, steps: Sequence[str], *, where: str = "") -> None:
    """Bring the schema to the last step, in one transaction: all the steps, or none."""
    if _version(db, where=where, known=len(steps)) == len(steps):
        return
    try:
        db.execute("BEGIN IMMEDIATE")
        done = _version(db, where=where, known=len(steps))
        for step in steps[done:]:
            for statement in _statements(step):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {_OURS}")
        db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute("COMMIT")
    except sqlite3.Error as error:
        said = store_error(error, where=where)
        raise StoreError(
            f"the store could not be brought to schema {len(steps)}: {said.what}",
            remedy=f"{said.remedy} It is as it was before.",
            where=where,
        ) from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _version(db: sqlite3.Connection, *, where: str, known: int) -> int:
    owner = int(db.execute("PRAGMA application_id").fetchone()[0])
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    is_empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if owner != _OURS and not is_empty:
        raise StoreError(
            "the file is a database of another program.",
            remedy="Name the store's own file, or one that does not exist yet.",
            where=where,
        )
    if version > known:
        raise StoreError(
            f"the store has schema {version}, and this Wideberth knows no later one than {known}.",
            remedy="Run the newer Wideberth, or restore the backup made before it.",
            where=where,
        )
    return version


def _statements(script: str) -> list[str]:
    """Return the statements of a script that ends each on a line's end."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def _use_wal(db: sqlite3.Connection, *, wait_s: float) -> None:
    """Switch to the write-ahead log; SQLite does not wait for other openers here, so this does."""
    until_s = time.monotonic() + wait_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(_RETRY_S)
        else:
            return
