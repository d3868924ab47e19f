"""A copy of the store's file as of one instant, made while the node works on."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from wideberth.adapters.store_sqlite.failures import store_error
from wideberth.adapters.store_sqlite.opening import connect
from wideberth.node.ports import StoreError


def copy(source: Path, target: Path, *, wait_s: float) -> None:
    """Write a new file, for its owner only, that opens as a store; it is on disk on return.

    Raises StoreError, also where the target is there already; a half-made copy is removed.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"the copy cannot be made ({error.strerror}).",
            remedy="Make room, and give the node's user the right to use the folder.",
            where=str(target),
        ) from error
    try:
        _copy(source, target, wait_s=wait_s)
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise store_error(error, where=str(target)) from error
        raise StoreError(
            f"the copy cannot be written ({error.strerror}).", remedy="Make room."
        ) from error
    except StoreError:
        target.unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path, *, wait_s: float) -> None:
    with closing(connect(source, wait_s=wait_s)) as db, closing(sqlite3.connect(target)) as made:
        db.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")  # one file, complete by itself
        said = made.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise StoreError("the copy is damaged.", remedy="Look at the disk.", where=str(target))
    with target.open("rb+") as file:
        os.fsync(file.fileno())
