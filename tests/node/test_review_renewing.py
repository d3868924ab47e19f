"""Nobody writes under old rules while a store is searched again under new ones."""

import asyncio
from dataclasses import replace

import pytest
from two_nodes import T0, HandClock, an_activity, an_agreement, make_node, two_nodes

from wideberth.adapters.store_memory import MemoryStore
from wideberth.model.agreement import Minima
from wideberth.model.command import Declare
from wideberth.model.notice import Deadline, Rung
from wideberth.model.volume import Arena
from wideberth.node import queries, renewing
from wideberth.node.checking_first import check_first
from wideberth.node.renewing import OutdatedError, renew


class Kept(MemoryStore):
    """A store that outlives its node."""

    async def close(self) -> None:
        pass


def stricter():
    """Return the agreement with 30 NM between aircraft."""
    base = an_agreement()
    separations = tuple(
        replace(s, minima=Minima(30 * 1852.0, 300.0, 300.0)) if set(s.arenas) == {Arena.AIR} else s
        for s in base.separations
    )
    return replace(base, separations=separations)


def test_a_desk_refuses_from_the_first_step_of_a_renewal_on():
    async def main():
        store = Kept()
        async with two_nodes(stores=(store, MemoryStore())) as pair:
            await pair.north.declare(an_activity())
            old = pair.north.desk.bench.settings
            await store.transact(lambda tx: renewing.note_current(tx, old))
            bench = make_node("north", stricter(), HandClock(), store=store).desk.bench

            def stop(_count):
                raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                await renew(bench, store, T0, stop)
            with pytest.raises(OutdatedError):
                await pair.north.declare(an_activity("north", "A2"))
            asked = [Declare(an_activity("north", "A3"), "duty officer", "p")]
            with pytest.raises(OutdatedError):
                await store.read(lambda reader: check_first(reader, old, asked, now_s=T0))
            assert await renew(pair.north.desk.bench, store, T0) == 1
            await pair.north.declare(an_activity("north", "A2"))

    asyncio.run(main())


def test_deadlines_of_a_new_agreement_count_for_what_waits_already():
    async def main():
        store = Kept()
        notice = an_agreement().notice
        without = replace(an_agreement(), notice=replace(notice, deadlines=()))
        async with two_nodes(without, stores=(store, MemoryStore())) as pair:
            await pair.north.declare(an_activity())
        clause = an_agreement().clauses[0].id
        soon = replace(notice, deadlines=(Deadline(Rung.DELIVERED, 60.0, clause),))
        clock = HandClock(T0 + 61.0)
        new = make_node("north", replace(without, notice=soon), clock, store=store)
        await renew(new.desk.bench, store, T0 + 1.0)
        task = asyncio.create_task(new.desk.run())
        await new.tick()
        alarms = await new.desk.read(queries.alarms)
        task.cancel()
        assert "unacknowledged" in {alarm.kind for alarm in alarms}

    asyncio.run(main())
