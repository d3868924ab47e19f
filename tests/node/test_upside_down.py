"""A band whose floor is above its ceiling holds nothing, so nothing would ever conflict with it."""

import asyncio

import pytest
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.model.span import Datum, HeightBand, HeightLimit
from wideberth.node.outgoing import send
from wideberth.node.refusals import IncompleteError
from wideberth.node.work import Work
from wideberth.peering.messages import Declare
from wideberth.peering.wire import to_wire

UPSIDE_DOWN = HeightBand(HeightLimit(20_000.0, Datum.GROUND), HeightLimit(500.0, Datum.PRESSURE))
UNSURE = HeightBand(HeightLimit(300.0, Datum.GROUND), HeightLimit(500.0, Datum.PRESSURE))


def test_a_floor_above_the_ceiling_is_refused_and_one_that_may_be_below_it_is_not():
    async def main():
        async with two_nodes() as pair:
            with pytest.raises(IncompleteError, match="floor lies above its ceiling"):
                await pair.north.declare(an_activity(volumes=(a_volume(height=UPSIDE_DOWN),)))
            await pair.north.declare(an_activity(volumes=(a_volume(height=UNSURE),)))

    asyncio.run(main())


def test_a_peers_upside_down_band_is_not_accepted():
    async def main():
        async with two_nodes() as pair:
            wire = to_wire(an_activity(volumes=(a_volume(height=UPSIDE_DOWN),)))

            def lie(transaction):
                work = Work(pair.north.desk.bench, transaction, pair.clock.now)
                send(work, "south", Declare(activity=wire, contact="duty officer"))

            await pair.north.store.transact(lie)
            await pair.settle()
            assert await pair.south.held("north", "A1") is None

    asyncio.run(main())
