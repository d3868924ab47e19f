"""From an address to a database with the schema this program knows."""

import time
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from wideberth.adapters.store_postgres.failures import is_collision, store_error
from wideberth.node.ports import StoreError

if TYPE_CHECKING:
    import psycopg

_RETRY_S: Final = 0.05
_MADE_MEANWHILE: Final = frozenset({"23505", "42P07", "42710"})  # by another node's process
_META: Final = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
_VERSION: Final = "SELECT value FROM meta WHERE name = 'schema'"
_SET_VERSION: Final = (
    "INSERT INTO meta (name, value) VALUES ('schema', %s)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def connect(dsn: str) -> "psycopg.Connection":
    """Return a connection whose transactions are serializable and whose commits are durable.

    Raises StoreError, which names the extra to install where psycopg is missing.
    """
    try:
        import psycopg  # noqa: PLC0415 -- an extra, imported when it is used
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs the package psycopg.",
            remedy="Install it: pip install 'wideberth[postgres]'.",
        ) from error
    try:
        db = psycopg.connect(dsn, autocommit=True)
        if db.execute("SHOW synchronous_commit").fetchone() == ("off",):
            db.execute("SET synchronous_commit TO on")
        db.autocommit = False
    except psycopg.Error as error:
        raise store_error(error) from error
    db.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    return db


def migrations() -> tuple[str, ...]:
    """Return the schema's steps in order; step n leads from version n - 1 to n."""
    folder = files("wideberth.adapters").joinpath("sql", "postgres")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1)), names
    return tuple(folder.joinpath(name).read_text("utf-8") for name in names)


def migrate(db: "psycopg.Connection", steps: Sequence[str], *, wait_s: float = 30.0) -> None:
    """Bring the schema to the last step, in one transaction: all the steps, or none.

    Two nodes that start at once on an empty database meet here; the later one looks again.
    """
    import psycopg  # noqa: PLC0415 -- an extra, imported when it is used

    until_s = time.monotonic() + wait_s
    while True:
        try:
            with db.transaction():
                _climb(db, steps)
        except psycopg.Error as error:
            may_repeat = is_collision(error) or error.sqlstate in _MADE_MEANWHILE
            if may_repeat and time.monotonic() < until_s and not db.closed:
                time.sleep(_RETRY_S)
                continue
            said = store_error(error)
            raise StoreError(
                f"the store could not be brought to schema {len(steps)}: {said.what}",
                remedy=f"{said.remedy} It is as it was before.",
            ) from error
        else:
            return


def _climb(db: "psycopg.Connection", steps: Sequence[str]) -> None:
    db.execute(_META)
    row = db.execute(_VERSION).fetchone()
    version = int(row[0]) if row else 0
    if version > len(steps):
        raise StoreError(
            f"the store has schema {version},"
            f" and this Wideberth knows no later one than {len(steps)}.",
            remedy="Run the newer Wideberth, or restore the backup made before it.",
        )
    for step in steps[version:]:
        db.execute(step.encode())
    if version < len(steps):
        db.execute(_SET_VERSION, (str(len(steps)),))
