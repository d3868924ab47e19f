"""What is in red says how far a thing has come now, also when no clock looks at it any more."""

import asyncio

from behind import altered, pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from interference_scenes import asked, opened
from interference_scenes import played as played_whole
from key_scenes import Holder
from two_nodes import an_activity, two_nodes

from wideberth.model.command import AddPeer, MarkRead, PassToUnits, UnitAcknowledge
from wideberth.node import queries, tables

UNITS = ("battery", "frigate")
RED = "unacknowledged"


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


async def words(node, kind=RED):
    """Return what the alarms of a kind say that last at a node."""
    return [alarm.text for alarm in await node.desk.read(queries.alarms) if alarm.kind == kind]


async def declared_over_a_cut_line(pair, **different):
    """Declare while the line is cut, until every deadline and every escalation has passed."""
    pair.network.partition(["north"], ["south"])
    await pair.north.declare(an_activity(**different))
    await pass_time(pair, 2400.0, step_s=100.0)
    (said,) = await words(pair.north)
    assert "has not reached its node: line fault; delivered was due within 60 s" in said


def with_a_later_revision(held):
    return held | {"activity": held["activity"] | {"revision": 9}}


async def climb(pair, step):
    (notice,) = await pair.south.notices()
    passed = {one.unit for one in notice.units}
    match step:
        case "read":
            await pair.south.do(MarkRead(notice.message, "watch"))
        case "pass" if notice.read_s is not None:
            await pair.south.do(PassToUnits(notice.message, UNITS, "watch"))
        case "battery" | "frigate" if step in passed:
            await pair.south.do(UnitAcknowledge(notice.message, step, step))


def test_when_the_line_heals_after_the_last_deadline_a_fault_of_it_is_said_no_more():
    async def scene(pair):
        await declared_over_a_cut_line(pair)
        pair.network.heal()
        await pair.settle()
        (said,) = await words(pair.north)
        assert said.startswith("a notice to south is delivered and no further: no answer;")
        assert "read was due within 300 s" in said

    played(scene)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["read", "pass", *UNITS]), max_size=6))
def test_at_each_rung_both_sides_say_in_red_that_it_is_there_and_what_is_due_next(steps):
    async def scene(pair):
        await declared_over_a_cut_line(pair)
        pair.network.heal()
        await pair.settle()
        await pair.south.tick()
        for step in steps:
            await climb(pair, step)
            await pair.settle()
            for node in (pair.north, pair.south):
                (notice,) = await node.notices()
                if notice.rung == "acknowledged":
                    assert await words(node) == []
                    continue
                (said,) = await words(node)
                assert f" is {notice.rung} and no further: no answer" in said
                due = "read" if notice.rung == "delivered" else "acknowledged"
                assert f"; {due} was due within" in said

    played(scene)


def test_a_notice_that_was_not_accepted_after_its_deadline_is_not_said_to_lack_an_answer():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        key = tables.key("north", "A1")
        await altered(pair.south, tables.ACTIVITY, key, with_a_later_revision)
        await declared_over_a_cut_line(pair, revision=2)
        pair.network.heal()
        await pair.settle()
        (said,) = await words(pair.north)
        assert said.startswith("a notice to south was not accepted there;")

    played(scene)


def test_what_is_signed_anew_because_keys_were_lost_is_in_red_again_and_not_forgotten():
    async def scene(pair):
        await declared_over_a_cut_line(pair)
        holder = Holder("north")
        new = holder.next(holder.first(), lost=True)
        pair.north.signer.generation = 2
        await pair.south.do(AddPeer(holder.card(new), "admin"))
        pair.network.heal()
        for _ in range(3):  # refused, signed anew, taken
            pair.clock.now += 30.0
            await pair.settle()
        await pair.north.tick()
        (said,) = await words(pair.north)
        assert "is delivered and no further: no answer" in said

    played(scene)


def test_a_request_to_cease_that_came_to_late_is_a_line_fault_no_more():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await opened(pair.north, cease=True)
        await pass_time(pair, 2400.0, step_s=100.0)
        (said,) = await words(pair.north, "cease unanswered")
        assert said.endswith("it has not reached its node: line fault.")
        pair.network.heal()
        await pair.settle()
        (said,) = await words(pair.north, "cease unanswered")
        assert said.endswith(": no answer.")
        pair.network.partition(["north"], ["south"])
        await asked(pair.north)
        (said,) = await words(pair.north, "cease unanswered")
        assert said.endswith(": no answer."), "its node has the request before"

    played_whole(scene)
