"""A changed agreement, or program, makes a node search again all that it holds, before it runs."""

import asyncio
from dataclasses import replace

import pytest
from two_nodes import T0, HandClock, a_volume, an_activity, an_agreement, make_node, two_nodes

from wideberth.adapters.store_memory import MemoryStore
from wideberth.model.agreement import Minima
from wideberth.model.command import Tick
from wideberth.model.footprint import Circle
from wideberth.model.volume import Arena
from wideberth.node import queries, renewing
from wideberth.node.renewing import OutdatedError, renew

FAR = a_volume(footprint=Circle((33.5, 34.0), 10_000.0))  # 26 km from the other's edge


def stricter():
    """Return the agreement with 30 NM between aircraft in place of 5."""
    base = an_agreement()
    separations = tuple(
        replace(s, minima=Minima(30 * 1852.0, 300.0, 300.0)) if set(s.arenas) == {Arena.AIR} else s
        for s in base.separations
    )
    return replace(base, separations=separations)


class Kept(MemoryStore):
    """A store that outlives its node."""

    async def close(self) -> None:
        pass


async def with_two_apart() -> Kept:
    """Return north's store after two activities 26 km apart: no conflict at 5 NM."""
    store = Kept()
    async with two_nodes(stores=(store, MemoryStore())) as pair:
        await pair.south.declare(an_activity("south", "B1", volumes=(FAR,)))
        await pair.settle()
        answer = await pair.north.declare(an_activity())
        assert answer.conflicts == ()
        await store.transact(lambda tx: renewing.note_current(tx, pair.north.desk.bench.settings))
    return store


async def lasting(store) -> list:
    found = await store.read(queries.conflicts)
    return [met for met in found if met.ended_s is None]


def test_stricter_minima_bring_out_conflicts_that_were_none():
    async def main():
        store = await with_two_apart()
        bench = make_node("north", stricter(), HandClock(), store=store).desk.bench
        assert await renew(bench, store, T0) == 2
        assert len(await lasting(store)) == 1
        assert await renew(bench, store, T0) == 0
        laxer = make_node("north", an_agreement(), HandClock(), store=store).desk.bench
        assert await renew(laxer, store, T0) == 2
        assert await lasting(store) == []

    asyncio.run(main())


def test_a_renewal_that_was_interrupted_is_carried_on_and_not_taken_for_done():
    async def main():
        store = await with_two_apart()
        bench = make_node("north", stricter(), HandClock(), store=store).desk.bench

        def stop(_count):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await renew(bench, store, T0, stop)
        assert not await store.read(lambda r: renewing.is_current(r, bench.settings))
        await renew(bench, store, T0)
        assert len(await lasting(store)) == 1

    asyncio.run(main())


def test_a_process_under_the_old_agreement_stops_writing():
    async def main():
        store = await with_two_apart()
        old = make_node("north", an_agreement(), HandClock(), store=store)
        task = asyncio.create_task(old.desk.run())
        await old.do(Tick())
        new = make_node("north", stricter(), HandClock(), store=store)
        await renew(new.desk.bench, store, T0)
        with pytest.raises(OutdatedError):
            await old.declare(an_activity(name="A2"))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
