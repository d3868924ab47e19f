"""The three stores, each as something that can be opened fresh, and opened once more."""

import asyncio
import itertools
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from wideberth.adapters.store_memory import MemoryStore
from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node.ports import Box, Store

T = TypeVar("T")
NAMES = ("memory", "sqlite")

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


Fresh = Callable[[], Home]


@contextmanager
def homes(name: str) -> Iterator[Fresh]:
    """Give fresh homes for the named kind of store, and clear them away afterwards."""
    with {"memory": _memory, "sqlite": _sqlite}[name]() as fresh:
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
