"""A node whose own clock is put back, or whose peer was never there: it says so all the same."""

import asyncio

from two_nodes import HandClock, an_activity, two_nodes

from wideberth.model.command import LinkState

HOUR_S = 3600.0


def test_a_clock_put_back_keeps_no_heartbeat_back_and_no_alarm():
    async def journey():
        async with two_nodes() as pair:
            await pair.north.tick()
            await pair.settle()
            rules = pair.north.desk.agreement.notice
            before = (await pair.north.peer("south")).out_sequence
            pair.clock.now -= HOUR_S
            pair.network.partition(["north"], ["south"])
            await pair.north.tick()
            pair.clock.now += rules.heartbeat_s
            await pair.north.tick()
            told = (await pair.north.peer("south")).out_sequence - before
            pair.clock.now += rules.link_down_after_s
            await pair.north.tick()
            return told, await pair.north.alarms()

    told, alarms = asyncio.run(journey())
    assert told >= 1
    assert "line down" in alarms


def test_a_peer_that_was_never_there_is_a_line_down_and_not_silence():
    async def journey():
        async with two_nodes() as pair:
            await pair.north.do(LinkState("south", up=False, reason="unreachable"))
            await pair.north.tick()
            before = await pair.north.alarms()
            pair.clock.now += pair.north.desk.agreement.notice.link_down_after_s + 1.0
            await pair.north.tick()
            return before, await pair.north.alarms()

    before, alarms = asyncio.run(journey())
    assert "line down" not in before
    assert "line down" in alarms


def test_an_outbox_that_waits_long_tries_at_once_when_the_peer_is_heard():
    async def journey():
        async with two_nodes() as pair:
            await pair.settle()
            pair.network.line("north", "south").cut = True
            await pair.north.declare(an_activity())
            for _ in range(9):
                assert not await pair.north.outbox.turn()
            pair.clock.slept.clear()
            waiting = asyncio.create_task(pair.north.outbox.wait())
            for _ in range(20):
                await asyncio.sleep(0.0)
            assert pair.clock.slept
            assert not waiting.done()
            pair.clock.now += 1.0
            await pair.south.declare(an_activity("south", "B1"))
            await pair.south.outbox.turn()
            await waiting
            return sum(pair.clock.slept)

    assert asyncio.run(journey()) < 16.0


def test_a_message_that_waited_for_the_line_says_nothing_of_the_peers_clock():
    async def journey(waited_s, later_s):
        async with two_nodes() as pair:
            await pair.settle()
            pair.network.line("north", "south").cut = True
            await pair.north.declare(an_activity())
            assert not await pair.north.outbox.turn()
            pair.clock.now += waited_s
            pair.network.heal()
            pair.network.line("south", "north").cut = True
            pair.south.desk.clock = Later(pair.clock, later_s)
            await pair.north.outbox.turn()
            return await pair.north.alarms()

    assert "clock skew" not in asyncio.run(journey(100.0, 0.0))
    assert "clock skew" in asyncio.run(journey(100.0, 3.0))
    assert "clock skew" in asyncio.run(journey(0.0, -3.0))


class Later(HandClock):
    """A hand clock some seconds off another."""

    def __init__(self, clock: HandClock, later_s: float) -> None:
        self._clock, self._later_s = clock, later_s
        super().__init__()

    def now_s(self) -> float:
        return self._clock.now_s() + self._later_s


def test_a_peer_that_is_heard_but_cannot_be_reached_stays_down_until_it_is():
    async def journey():
        async with two_nodes() as pair:
            pair.network.line("north", "south").cut = True
            await pair.north.declare(an_activity())
            await pair.north.outbox.turn()
            since_s = (await pair.north.peer("south")).down_since_s
            pair.clock.now += 10.0
            await pair.south.declare(an_activity("south", "B1"))
            await pair.south.outbox.turn()
            await pair.north.outbox.turn()
            heard = await pair.north.peer("south")
            pair.network.heal()
            await pair.settle()
            return since_s, heard, await pair.north.peer("south")

    since_s, heard, after = asyncio.run(journey())
    assert heard.in_sequence >= 1
    assert heard.down_since_s == since_s
    assert heard.down_reason
    assert after.down_since_s is None
