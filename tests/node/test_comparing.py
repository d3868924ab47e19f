"""What is in force is compared by hash (R10): no difference stays unnamed, none is invented."""

import asyncio
from dataclasses import replace

import msgspec
import pytest
from behind import altered_activity, compared, pass_time, whisper
from traces import of_store
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.model.activity import Disclosure, State
from wideberth.model.command import Suspend
from wideberth.model.footprint import Polygon
from wideberth.node import comparing, tables
from wideberth.node.records import Held
from wideberth.peering.messages import InForce, InForceItems
from wideberth.peering.wire import to_wire

ALARM = "in force differs"


def run(scene):
    async def whole():
        async with two_nodes() as pair:
            await scene(pair)

    asyncio.run(whole())


async def lines(node, party):
    return (await node.peer(party)).in_force_differences


def test_equal_lists_raise_nothing_and_say_when_they_were_compared():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.south.declare(an_activity("south", "B1", disclose=Disclosure.EXTENT))
        await compared(pair)
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            peer = await node.peer(other)
            assert peer.compared_same
            assert peer.compared_s > pair.clock.now - 3700.0
            assert ALARM not in await node.alarms()

    run(scene)


def test_a_shape_that_was_told_as_its_hull_is_the_same_on_both_sides():
    corners = ((33.0, 34.0), (33.5, 34.0), (33.2, 34.1), (33.0, 34.4))
    volume = replace(a_volume(), footprint=Polygon.of(corners))
    shape = replace(an_activity("south", "B1"), volumes=(volume,), disclose=Disclosure.EXTENT)

    async def scene(pair):
        await pair.south.declare(shape)
        await compared(pair)
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            assert (await node.peer(other)).compared_same
            assert ALARM not in await node.alarms()

    run(scene)


def a_title(held):
    held["activity"]["title"] = "Something else"
    return held


def a_contact(held):
    held["contact"] = "somebody else"
    return held


def a_doubt(held):
    held["doubt"] = "none at all"
    return held


def a_place(held):
    held["activity"]["volumes"][0]["footprint"]["centre"][0] += 0.1
    return held


def a_height(held):
    held["activity"]["volumes"][0]["upper_m"] -= 500.0
    return held


def unreadable(_held):
    return {"activity": 7}


ALTERED = {
    "title": a_title,
    "contact": a_contact,
    "doubt": a_doubt,
    "footprint": a_place,
    "upper_m": a_height,
    "A1": unreadable,
    "unknown": lambda _held: None,
}


@pytest.mark.parametrize("field", ALTERED)
def test_a_peers_activity_that_was_altered_in_the_store_is_named_by_its_field(field):
    async def scene(pair):
        await pair.north.declare(an_activity(), doubt="the pilot is new")
        await compared(pair)
        await altered_activity(pair.south, "north", "A1", ALTERED[field])
        await compared(pair)
        assert ALARM in await pair.south.alarms()
        assert ALARM in await pair.north.alarms()
        assert any(field in line and "A1" in line for line in await lines(pair.south, "north"))

    run(scene)


@pytest.mark.parametrize("field", [f for f in ALTERED if f not in ("A1", "unknown")])
def test_an_own_activity_that_was_altered_in_the_store_is_named_too(field):
    async def scene(pair):
        await pair.north.declare(an_activity(), doubt="the pilot is new")
        await compared(pair)
        await altered_activity(pair.north, "north", "A1", ALTERED[field])
        await compared(pair)
        assert ALARM in await pair.north.alarms()
        assert any(field in line for line in await lines(pair.south, "north"))

    run(scene)


def test_an_activity_that_somebody_put_into_the_store_is_named():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await compared(pair)
        ghost = Held(
            activity=to_wire(an_activity("north", "GHOST")),
            declared_s=0.0,
            changed_s=0.0,
            contact="nobody",
        )
        await pair.south.store.transact(
            lambda tx: tx.put(
                tables.ACTIVITY, tables.key("north", "GHOST"), msgspec.json.encode(ghost)
            )
        )
        await compared(pair)
        assert any("GHOST" in line for line in await lines(pair.south, "north"))
        assert any("GHOST" in line for line in await lines(pair.north, "south"))

    run(scene)


def test_the_alarm_ends_on_both_sides_when_the_lists_are_equal_again_and_not_before():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.south.declare(an_activity("south", "B1"))
        await compared(pair)
        await altered_activity(pair.south, "north", "A1", a_title)
        for _ in range(3):  # the other list is equal all along, and must not clear it
            await compared(pair)
            assert ALARM in await pair.north.alarms()
            assert ALARM in await pair.south.alarms()
            assert not (await pair.north.peer("south")).compared_same
        amended = an_activity(revision=2, title="Patrol one, again")
        await pair.north.declare(amended)
        await compared(pair)
        assert ALARM not in await pair.north.alarms()
        assert ALARM not in await pair.south.alarms()
        assert await lines(pair.north, "south") == await lines(pair.south, "north") == ()

    run(scene)


def many(count):
    return [
        an_activity(name=f"N{k:04d}", volumes=(a_volume(33.0 + k * 0.5 % 60.0),))
        for k in range(count)
    ]


def test_a_list_of_many_stretches_is_compared_whole():
    count = comparing.MOST_ITEMS + 40

    async def scene(pair):
        for activity in many(count):
            await pair.north.declare(activity)
        await pair.settle()
        await compared(pair)
        for name in ("N0000", "N0249", "N0250", f"N{count - 1:04d}"):
            await altered_activity(pair.south, "north", name, a_title)
        await compared(pair)
        told = " ".join(await lines(pair.south, "north"))
        assert all(name in told for name in ("N0000", "N0249", "N0250", f"N{count - 1:04d}"))
        assert "N0001" not in told

    run(scene)


def test_a_store_that_lost_everything_still_raises_the_alarm_however_much_there_was():
    count = comparing.MOST_ITEMS + 40

    async def scene(pair):
        for activity in many(count):
            await pair.north.declare(activity)
        await pair.settle()
        for activity in many(count):
            await altered_activity(pair.south, "north", activity.id, lambda _held: None)
        await compared(pair)
        assert ALARM in await pair.south.alarms()
        assert ALARM in await pair.north.alarms()

    run(scene)


def test_what_was_told_while_the_items_were_on_their_way_is_no_difference():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await compared(pair)
        # South's items are of what it has now; north says more before it reads them.
        item = InForceItems(party="north", items=())
        await pair.north.change("A1", State.ACTIVATED)
        await pair.north.declare(an_activity(name="A2"))
        await whisper(pair.south, "north", item)
        outbox = pair.south.outbox
        await outbox.turn()
        assert not [line for line in await lines(pair.north, "south") if "A2" in line]
        assert not [line for line in await lines(pair.north, "south") if "A1: rev" in line]

    run(scene)


def test_a_list_longer_than_agreed_is_refused_and_the_sender_is_told():
    async def scene(pair):
        body = InForce(digest="0" * 64, count=comparing.MOST_ITEMS + 1)
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()

    run(scene)


def test_what_is_over_is_in_no_list():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.north.declare(an_activity(name="A2"))
        await pair.settle()
        await pair.north.change("A1", State.WITHDRAWN)
        await compared(pair)
        assert (await pair.south.peer("north")).compared_same
        told = await pair.north.store.read(lambda r: [key for key, _ in r.scan(tables.TOLD)])
        assert told == [tables.key("south", "A2")]

    run(scene)


def test_what_was_not_told_in_a_suspension_does_not_leak_by_a_comparison():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await compared(pair)
        await pair.north.do(Suspend("south", suspended=True, by="w", reason="politics"))
        await pair.north.declare(an_activity(revision=2, title="UNTOLD TITLE"))
        await whisper(pair.south, "north", InForceItems(party="north", items=()))
        await pair.settle()
        await pass_time(pair, 7300.0, step_s=120.0)
        assert (await pair.south.held("north", "A1")).activity.revision == 1
        assert b"Patrol one" in await of_store(pair.south)
        assert b"UNTOLD TITLE" not in await of_store(pair.south)

    run(scene)
