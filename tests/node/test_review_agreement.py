"""Two sides under unlike versions of the agreement are told so: they find unlike conflicts."""

import asyncio
from dataclasses import replace

from counted_chance import CountedChance
from two_nodes import an_agreement, two_nodes

from wideberth.model.command import Tick
from wideberth.node.settings import Settings
from wideberth.node.work import Bench


def under(node, version: int) -> Bench:
    """Return the node's bench under a version of the agreement."""
    settings = Settings.of(node.party, replace(an_agreement(), version=version))
    return Bench(settings, node.signer, CountedChance(node.party))


def test_another_version_of_the_agreement_is_an_alarm_until_both_are_under_one():
    async def main():
        async with two_nodes() as pair:
            pair.south.desk.bench = under(pair.south, an_agreement().version + 1)
            for node in (pair.north, pair.south):
                await node.do(Tick())
            await pair.settle()
            assert "agreement differs" in await pair.north.alarms()
            assert "agreement differs" in await pair.south.alarms()
            pair.north.desk.bench = under(pair.north, an_agreement().version + 1)
            pair.clock.now += 3600.0
            for node in (pair.north, pair.south):
                await node.do(Tick())
            await pair.settle()
            assert "agreement differs" not in await pair.north.alarms()
            assert "agreement differs" not in await pair.south.alarms()

    asyncio.run(main())
