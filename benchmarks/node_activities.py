"""The benchmarks' traffic as activities, and a node's store filled with them."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

import msgspec

from benchmarks.settling import footprint
from benchmarks.workload import Workload, make
from wideberth.engine.boxes import Row, box_rows
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume
from wideberth.node import tables
from wideberth.node.ports import Box, Store, Transaction
from wideberth.node.records import Held
from wideberth.node.renewing import note_current
from wideberth.node.settings import Settings
from wideberth.peering.wire import to_wire

PARTIES = ("north", "south")
TOGETHER = 2000


def activities(count: int, *, start_s: float, seed: int, prefix: str) -> Iterator[Activity]:
    """Yield so many air activities, one volume each, over the week from start_s on."""
    work = make(count, "uniform", seed)
    for row in range(count):
        try:
            yield _activity(work, row, start_s, f"{prefix}{row}")
        except WideberthError:
            continue  # a ring that crosses itself on the Earth, one in thousands


def _activity(work: Workload, row: int, start_s: float, name: str) -> Activity:
    window = TimeWindow(start_s + float(work.start_s[row]), start_s + float(work.end_s[row]))
    height = HeightBand.of(float(work.low_m[row]), float(work.high_m[row]))
    volume = Volume("0", Arena.AIR, footprint(work, row), height, window)
    return Activity(PARTIES[int(work.party[row])], name, (volume,), kind="training")


async def fill(store: Store, settings: Settings, those: Iterable[Activity], now_s: float) -> int:
    """Put activities in force without notices or log, as if told long ago; return how many."""
    count = 0
    rest = iter(those)
    while some := list(islice(rest, TOGETHER)):
        rows = box_rows(some, settings.rules, settings.agreement.heights)
        await store.transact(partial(_put, some=some, rows=rows, now_s=now_s))
        count += len(some)
    await store.transact(partial(note_current, settings=settings))
    return count


def _put(
    transaction: Transaction, *, some: list[Activity], rows: list[list[Row]], now_s: float
) -> None:
    for activity, those in zip(some, rows, strict=True):
        name = tables.key(activity.party, activity.id)
        transaction.put(tables.ACTIVITY, name, _held(activity, now_s))
        transaction.put(tables.PRESENT, f"air/{name}", b"")
        transaction.place(name, [Box(*row) for row in those])


def _held(activity: Activity, now_s: float) -> bytes:
    held = Held(activity=to_wire(activity), declared_s=now_s, changed_s=now_s, contact="duty")
    return msgspec.json.encode(held)
