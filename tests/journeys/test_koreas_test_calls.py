"""The Koreas: two test calls a day, and a call that nobody answers says nothing of why.

At nine and at four the one side rings. At times nobody answers: out of politics, or, once, because
of heavy rain. Silence cannot be told from a fault.

Here every minute has its test call, signed and receipted, between the nodes themselves (R19). If
nothing comes, the line is down, "since" is shown, and it goes up by level. If the other node
answers and its people do not, that is said in other words. One is never taken for the other.

And at nine and four each node calls the other's people. Politics: their node has the call, nobody
answers, and both sides read "no answer". The cable: "line fault". Heavy rain: they say so before,
with an end, and nothing is missed.
"""

import asyncio

import pytest
from behind import pass_time
from drill_scenes import FOUR_S, NINE_S, answer_all, call, drilled_agreement, red, say, scores
from two_nodes import T0, HandClock, an_activity, two_nodes

from wideberth.peering.council.drill import Exercise


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


def called(scene):
    """Play a scene between nodes that call each other at nine and at four; it begins at 08:58."""

    async def whole():
        async with two_nodes(drilled_agreement()) as pair:
            await pass_time(pair, NINE_S - 120.0 - T0, step_s=600.0)
            await scene(pair)

    asyncio.run(whole())


async def of_the_call(node):
    """Return what a node's alarms say of north's call to south."""
    return [text for text in await red(node) if text.startswith("DRILL north/")]


async def counted(pair):
    """Return north's calls to south as both score boards have them: answered, silence, line."""
    boards = [(await scores(n, o, pair.clock.now))[0] for n, o in nodes(pair)]
    assert boards[0] == boards[1]
    one = boards[0]
    return one.answered, one.silence, one.line


def test_silence_out_of_politics_is_no_answer_on_both_sides_while_the_line_is_well():
    async def scene(pair):
        await pass_time(pair, 500.0, step_s=20.0)
        for node, _other in nodes(pair):
            (text,) = await of_the_call(node)
            assert "no answer" in text
            assert "line fault" not in text
            assert "line down" not in await node.alarms()
        assert await counted(pair) == (0, 1, 0)

    called(scene)


def test_a_cable_that_rain_has_cut_is_a_line_fault_and_no_silence():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await pass_time(pair, 600.0, step_s=20.0)
        (text,) = await of_the_call(pair.north)
        assert "line fault" in text
        assert "no answer" not in text
        assert "line down" in await pair.south.alarms()
        pair.network.heal()
        await pass_time(pair, 100.0, step_s=20.0)
        assert await counted(pair) == (0, 0, 1)
        await pass_time(pair, FOUR_S + 30.0 - pair.clock.now, step_s=280.0)
        assert await answer_all(pair.south) == 2
        await pair.settle()
        assert await counted(pair) == (1, 0, 1)
        assert await of_the_call(pair.north) == []

    called(scene)


def test_who_says_that_it_rains_is_not_silent():
    async def scene(pair):
        until_s = FOUR_S - 600.0
        rain = call(Exercise.PAUSE, until_s=until_s, words="heavy rain; nobody at the post")
        await say(pair.south, rain)
        await pass_time(pair, 600.0, step_s=20.0)
        for node, _other in nodes(pair):
            assert await node.alarms() == ["DRILL paused"]
        assert await counted(pair) == (0, 0, 0)
        await pass_time(pair, FOUR_S + 30.0 - pair.clock.now, step_s=280.0)
        for node, _other in nodes(pair):
            assert await answer_all(node) == 1
        await pair.settle()
        assert await counted(pair) == (1, 0, 0)

    called(scene)
