"""Two sides under unlike versions of the agreement are told so: they find unlike conflicts."""

import asyncio
from dataclasses import replace

from counted_chance import CountedChance
from two_nodes import an_agreement, two_nodes

from wideberth.model.command import Tick
from wideberth.node.settings import Settings
from wideberth.node.work import Bench


def under(node, version: int, **different) -> Bench:
    """Return the node's bench under a version of the agreement, or with another content."""
    settings = Settings.of(node.party, replace(an_agreement(), version=version, **different))
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


def test_one_version_that_says_two_things_is_an_alarm_until_it_says_one():
    version = an_agreement().version

    async def main():
        async with two_nodes() as pair:
            laxer = tuple(
                replace(one, minima=replace(one.minima, lateral_m=one.minima.lateral_m / 2.0))
                for one in an_agreement().separations
            )
            pair.south.desk.bench = under(pair.south, version, separations=laxer)
            for node in (pair.north, pair.south):
                await node.do(Tick())
            await pair.settle()
            for node in (pair.north, pair.south):
                assert "agreement differs" in await node.alarms()
            pair.south.desk.bench = under(pair.south, version)
            pair.clock.now += 3600.0
            for node in (pair.north, pair.south):
                await node.do(Tick())
            await pair.settle()
            for node in (pair.north, pair.south):
                assert "agreement differs" not in await node.alarms()

    asyncio.run(main())
