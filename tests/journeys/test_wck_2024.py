"""World Central Kitchen, 1 April 2024, 7 dead: coordinated, and never read by the units.

The route had been agreed. The drone operators did not have the plan, soldiers who watched had not
read the messages, and three hits fell within about five minutes.

Here "agreed" is no state: the ladder shows the rung where a notice stopped (R5), and it is not in
effect below the rung that the agreement names. Each unit has its own step (R6). A change of route
or of vehicle is an amendment that must climb all the way again (R13), and nothing that was
acknowledged before counts for it. Silence goes up by level (R7). And who comes on watch takes over
each notice that is still open by its name, or does not have the watch (R30).
"""

import asyncio

import pytest
from behind import pass_time
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.model.command import MarkRead, PassToUnits, UnitAcknowledge
from wideberth.model.footprint import Track
from wideberth.model.span import TimeWindow
from wideberth.model.watch import AcceptWatch, OfferWatch, TakeWatch
from wideberth.node.refusals import NotAllowedError
from wideberth.node.watch import on_watch
from wideberth.node.watch.open_items import open_items

UNITS = ("battery", "frigate")
ROUTE = ((33.0, 34.0), (33.05, 34.02), (33.1, 34.0))
OTHER_ROUTE = ((33.0, 34.0), (33.05, 34.09), (33.1, 34.0))


def convoy(route=ROUTE, **different):
    times_s = tuple(T0 + 7200.0 + 600.0 * k for k in range(len(route)))
    volume = a_volume(
        footprint=Track(route, times_s, 200.0), time=TimeWindow(times_s[0], times_s[-1])
    )
    return an_activity(name="CONVOY", kind="aid convoy", volumes=(volume,), **different)


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await pair.north.declare(convoy())
            await pair.settle()
            await scene(pair)

    asyncio.run(whole())


async def newest(pair):
    await pair.settle()
    return (await pair.north.notices())[-1], (await pair.south.notices())[-1]


async def climb(pair, steps):
    """Climb so many steps: read, passed, each unit's acknowledgement."""
    _sent, taken = await newest(pair)
    commands = (
        MarkRead(taken.message, "watch"),
        PassToUnits(taken.message, UNITS, "watch"),
        *(UnitAcknowledge(taken.message, unit, unit) for unit in UNITS),
    )
    for command in commands[:steps]:
        await pair.south.do(command)
    return taken.message


@pytest.mark.parametrize(
    ("steps", "rung"),
    [(0, "delivered"), (1, "read"), (2, "passed"), (3, "passed"), (4, "acknowledged")],
)
def test_the_ladder_shows_both_sides_where_the_notice_stopped(steps, rung):
    async def scene(pair):
        await climb(pair, steps)
        for one in await newest(pair):
            assert one.rung == rung
            assert (one.effective_s is not None) is (rung == "acknowledged")

    played(scene)


@pytest.mark.parametrize(
    ("steps", "stopped"), [(0, "delivered"), (1, "read"), (2, "passed"), (3, "passed")]
)
def test_a_notice_that_stopped_is_in_red_and_says_where(steps, stopped):
    async def scene(pair):
        await climb(pair, steps)
        await pass_time(pair, 2000.0, step_s=20.0)
        for node in (pair.north, pair.south):
            assert "unacknowledged" in await node.alarms()
            said = [text for _role, text in node.heard.alerts if "no answer" in text]
            assert f"is {stopped} and no further: no answer" in said[-1]

    played(scene)


def test_a_notice_that_climbed_to_the_top_is_in_effect_and_raises_nothing():
    async def scene(pair):
        await climb(pair, 4)
        await pass_time(pair, 2000.0, step_s=20.0)
        for node in (pair.north, pair.south):
            assert await node.alarms() == []

    played(scene)


def test_a_change_of_route_must_climb_all_the_way_again():
    async def scene(pair):
        await climb(pair, 4)
        await pair.north.declare(convoy(OTHER_ROUTE, revision=2))
        for one in await newest(pair):
            assert (one.revision, one.rung, one.effective_s) == (2, "delivered", None)
            assert one.units == ()
            assert "outline changed" in one.moved or "moved" in one.moved
        await pass_time(pair, 2000.0, step_s=20.0)
        for node in (pair.north, pair.south):
            assert "unacknowledged" in await node.alarms()
        await climb(pair, 4)
        for node, one in zip((pair.north, pair.south), await newest(pair), strict=True):
            assert one.effective_s == pair.clock.now
            assert "unacknowledged" not in await node.alarms()

    played(scene)


def test_a_unit_cannot_acknowledge_the_old_route_once_there_is_a_new_one():
    async def scene(pair):
        old = await climb(pair, 2)
        await pair.north.declare(convoy(OTHER_ROUTE, revision=2))
        await pair.settle()
        with pytest.raises(NotAllowedError, match="superseded"):
            await pair.south.do(UnitAcknowledge(old, "battery", "battery"))

    played(scene)


def test_an_acknowledgement_of_the_old_route_that_crosses_the_new_one_does_not_count_for_it():
    async def scene(pair):
        old = await climb(pair, 2)
        await pair.settle()
        for unit in UNITS:
            await pair.south.do(UnitAcknowledge(old, unit, unit))
        await pair.north.declare(convoy(OTHER_ROUTE, revision=2))  # before it hears of them
        for one in await newest(pair):
            assert (one.revision, one.rung, one.effective_s) == (2, "delivered", None)
        await pass_time(pair, 2000.0, step_s=20.0)
        for node in (pair.north, pair.south):
            assert "unacknowledged" in await node.alarms()

    played(scene)


def test_a_change_of_vehicle_is_an_amendment_too():
    async def scene(pair):
        await climb(pair, 4)
        await pair.north.declare(convoy(revision=2, equipage="two vehicles instead of three"))
        for one in await newest(pair):
            assert (one.revision, one.rung) == (2, "delivered")
        assert (await pair.south.held("north", "CONVOY")).activity.equipage.startswith("two")

    played(scene)


ROLE = "duty officer"


def test_who_comes_on_watch_has_it_only_with_the_convoy_that_nobody_has_read():
    async def scene(pair):
        south, agreement = pair.south, pair.south.desk.agreement
        found = await south.desk.read(lambda reader: open_items(reader, agreement))
        names = tuple(item.name for item in found)
        await south.do(TakeWatch(ROLE, "ada", "ada", seen=names))
        await south.do(OfferWatch(ROLE, "ben", "ada"))
        others = tuple(name for name in names if not name.startswith("notice/"))
        assert len(others) == len(names) - 1
        with pytest.raises(NotAllowedError, match="1 open items are not accepted: notice/"):
            await south.do(AcceptWatch(ROLE, "ben", "ben", others))
        assert (await south.desk.read(lambda r: on_watch.watch_of(r, ROLE))).user == "ada"
        await south.do(AcceptWatch(ROLE, "ben", "ben", names))
        assert (await south.desk.read(lambda r: on_watch.watch_of(r, ROLE))).user == "ben"

    played(scene)
