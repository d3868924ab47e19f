"""Amending again and again does not keep anyone from noticing that nobody reads."""

import asyncio

from two_nodes import a_volume, an_activity, two_nodes

from wideberth.model.command import MarkRead
from wideberth.model.footprint import Circle


def moved(revision: int):
    centre = (33.0 + 0.001 * revision, 34.0)
    return an_activity(revision=revision, volumes=(a_volume(footprint=Circle(centre, 5000.0)),))


def test_amending_every_minute_does_not_put_off_the_alarm_that_nobody_reads():
    async def main():
        async with two_nodes() as pair:
            for revision in range(1, 12):
                await pair.north.declare(moved(revision))
                await pair.settle()
                pair.clock.now += 60.0
                await pair.north.tick()
                await pair.south.tick()
                await pair.settle()
            for node in (pair.north, pair.south):
                assert "unacknowledged" in await node.alarms()
            newest = [n for n in await pair.south.notices() if not n.superseded]
            assert [n.revision for n in newest] == [11]
            await pair.south.do(MarkRead(newest[0].message, "watch"))
            await pair.settle()
            for node in (pair.north, pair.south):
                assert "unacknowledged" not in await node.alarms()

    asyncio.run(main())


def test_what_follows_a_notice_that_was_read_has_its_own_time():
    async def main():
        async with two_nodes() as pair:
            await pair.north.declare(moved(1))
            await pair.settle()
            (first,) = [n for n in await pair.south.notices() if n.way == "in"]
            await pair.south.do(MarkRead(first.message, "watch"))
            await pair.settle()
            pair.clock.now += 250.0
            await pair.north.declare(moved(2))
            await pair.settle()
            pair.clock.now += 200.0  # 450 s after the first, 200 s after the second
            for node in (pair.north, pair.south):
                await node.tick()
                assert "unacknowledged" not in await node.alarms()

    asyncio.run(main())
