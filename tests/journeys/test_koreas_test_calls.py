"""The Koreas: two test calls a day, and a call that nobody answers says nothing of why.

At nine and at four the one side rings. At times nobody answers: out of politics, or, once, because
of heavy rain. Silence cannot be told from a fault.

Here every minute has its test call, signed and receipted, between the nodes themselves (R19). If
nothing comes, the line is down, "since" is shown, and it goes up by level. If the other node
answers and its people do not, that is said in other words. One is never taken for the other.
"""

import asyncio

import pytest
from behind import pass_time
from two_nodes import T0, HandClock, an_activity, two_nodes


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await pass_time(pair, 300.0)
            await scene(pair)

    asyncio.run(whole())


def words(node):
    return " ".join(text for _role, text in node.heard.alerts)


def test_nothing_is_in_red_while_the_nodes_ring_each_other():
    async def scene(pair):
        await pass_time(pair, 7200.0, step_s=10.0)
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            assert await node.alarms() == []
            assert pair.clock.now - (await node.peer(other)).last_heard_s <= 70.0

    played(scene)


def test_a_line_that_is_cut_is_down_since_the_last_that_came_on_both_sides():
    async def scene(pair):
        last_s = [(await n.peer(o)).last_heard_s for n, o in nodes(pair)]
        pair.network.partition(["north"], ["south"])
        await pass_time(pair, 100.0)
        for node, _other in nodes(pair):
            assert "line down" not in await node.alarms()
        await pass_time(pair, 150.0)
        for (node, other), heard_s in zip(nodes(pair), last_s, strict=True):
            assert "line down" in await node.alarms()
            since_s = (await node.peer(other)).down_since_s
            assert heard_s <= since_s <= heard_s + 70.0
            assert "no answer" not in words(node)

    played(scene)


def nodes(pair):
    return ((pair.north, "south"), (pair.south, "north"))


@pytest.mark.parametrize("way", [("north", "south"), ("south", "north")])
def test_a_line_that_is_cut_one_way_is_noticed_by_both(way):
    async def scene(pair):
        pair.network.line(*way).cut = True
        pair.network.line(*reversed(way)).drop_answer = 1.0
        await pass_time(pair, 600.0)
        deaf = pair.south if way[0] == "north" else pair.north
        assert "line down" in await deaf.alarms()

    played(scene)


def test_a_node_that_answers_and_people_who_do_not_is_no_line_fault():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pass_time(pair, 600.0)
        for node in (pair.north, pair.south):
            assert await node.alarms() == ["unacknowledged"]
            assert "no answer" in words(node)
            assert "line fault" not in words(node)

    played(scene)


def test_the_red_of_the_line_goes_up_by_level_and_ends_with_the_first_that_comes():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await pass_time(pair, 400.0)
        roles = {role for role, text in pair.north.heard.alerts if "nothing heard" in text}
        assert roles == {"duty officer", "deputy", "decision level"}
        pair.network.heal()
        await pass_time(pair, 70.0)
        for node, other in nodes(pair):
            assert "line down" not in await node.alarms()
            assert (await node.peer(other)).down_since_s is None

    played(scene)


def test_a_peer_whose_clock_is_a_day_ahead_cannot_put_off_the_deadlines_of_its_notices():
    async def scene(pair):
        pair.north.desk.clock = HandClock(T0 + 86_400.0)
        await pair.north.declare(an_activity())
        await pair.settle()
        for _ in range(40):
            pair.clock.now += 10.0
            await pair.south.tick()
        assert "unacknowledged" in await pair.south.alarms()

    played(scene)
