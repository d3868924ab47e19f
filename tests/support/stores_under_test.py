"""The three stores, each as something that can be opened fresh, and opened once more."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from wideberth.adapters.store_memory import MemoryStore
from wideberth.node.ports import Box, Store

T = TypeVar("T")
NAMES = ("memory",)

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
    with {"memory": _memory}[name]() as fresh:
        yield fresh


@contextmanager
def _memory() -> Iterator[Fresh]:
    yield lambda: Home("memory", MemoryStore, holds_two=False)


def put_all(store: Store, table: str, records: Iterable[tuple[str, bytes]]) -> None:
    """Write records in one transaction, from outside a loop."""

    async def write() -> None:
        await store.transact(lambda t: [t.put(table, key, record) for key, record in records])

    run(write())
