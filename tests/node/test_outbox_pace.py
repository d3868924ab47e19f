"""What is queued without an event, a heartbeat say, must not lie so long that clocks look apart."""

import asyncio

from two_nodes import two_nodes

from wideberth.model.notice import DEFAULT_NOTICE_RULES
from wideberth.node.outbox import IDLE_S


def test_an_idle_outbox_looks_again_well_before_clocks_are_said_to_differ():
    assert DEFAULT_NOTICE_RULES.skew_s / 2.0 >= IDLE_S


def test_a_heartbeat_leaves_an_outbox_that_nothing_else_wakes():
    async def play():
        async with two_nodes() as pair:
            running = asyncio.create_task(pair.north.outbox.run())
            await asyncio.sleep(0)  # it has looked, and waits
            pair.clock.now += 61.0
            await pair.north.tick()
            while not (await pair.south.peer("north")).in_sequence:  # noqa: ASYNC110 - a store asked
                await asyncio.sleep(0.01)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return (await pair.south.peer("north")).in_sequence

    assert asyncio.run(play()) >= 1
