"""What falls due is raised: not lost, not put off, not held up by anything else."""

import asyncio
from dataclasses import replace

import pytest
from behind import altered, pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.model.activity import State
from wideberth.model.command import Confirm, MarkRead, PassToUnits, UnitAcknowledge
from wideberth.model.notice import Rung, reaches
from wideberth.model.span import TimeWindow
from wideberth.node import clocks, queries, tables

UNITS = ("battery", "frigate")
RED = "unacknowledged"


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            return await scene(pair)

    return asyncio.run(whole())


def late(notice, now_s, deadlines):
    """Return the rungs that are overdue, told from the notice and the agreement alone."""
    waited_s = now_s - notice.sent_s
    return {
        d.rung
        for d in deadlines
        if waited_s > d.within_s + 6.0 and not reaches(notice.rung, d.rung)
    }


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["wait", "read", "pass", "ack", "ack", "amend", "activate"]),
        st.sampled_from([5.0, 55.0, 240.0, 900.0]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_a_notice_is_in_red_exactly_while_a_rung_of_it_is_overdue_and_it_is_the_newest(steps):
    async def scene(pair):
        deadlines = pair.north.desk.agreement.notice.deadlines
        await pair.north.declare(an_activity())
        await pair.settle()
        for step, wait_s in steps:
            await climb(pair, step)
            await pass_time(pair, wait_s)
            for node in (pair.north, pair.south):
                notices = await node.notices()
                lasting = await node.desk.read(queries.alarms)
                red = {alarm.subject for alarm in lasting if alarm.kind == RED}
                newest = max(notices, key=lambda one: one.revision)
                assert red <= {newest.message}, "only the newest can be in red"
                if late(newest, pair.clock.now, deadlines):
                    assert red == {newest.message}
                if not newest.overdue:
                    assert red == set()

    played(scene)


async def climb(pair, step):
    """Do one step on the newest notice, where it is possible."""
    newest = max(await pair.south.notices(), key=lambda one: one.revision)
    steps = {one.unit: one for one in newest.units}
    waits = [name for name in UNITS if name in steps and steps[name].acknowledged_s is None]
    held = (await pair.north.held("north", "A1")).activity
    match step:
        case "read":
            await pair.south.do(MarkRead(newest.message, "watch"))
        case "pass" if newest.read_s is not None:
            await pair.south.do(PassToUnits(newest.message, UNITS, "watch"))
        case "ack" if waits:
            await pair.south.do(UnitAcknowledge(newest.message, waits[0], waits[0]))
        case "amend":
            await pair.north.declare(an_activity(revision=held.revision + 1, title=step))
        case "activate" if held.state is State.ACCEPTED:
            await pair.north.change("A1", State.ACTIVATED)
    await pair.settle()


def test_a_notice_that_came_after_its_deadline_is_in_red_where_it_came_to_at_once():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await pair.north.declare(an_activity())
        await pass_time(pair, 1000.0, step_s=100.0)
        pair.network.heal()
        await pair.settle()
        await pair.south.tick()
        assert RED in await pair.south.alarms()

    played(scene)


def test_one_notice_that_is_lost_from_the_store_does_not_stop_the_clocks_of_the_others():
    async def scene(pair):
        for name in ("A1", "A2"):
            await pair.north.declare(an_activity(name=name))
        await pair.settle()
        first = (await pair.south.notices())[0]
        await altered(pair.south, tables.NOTICE, first.message, lambda _notice: None)
        await pass_time(pair, 400.0, step_s=50.0)
        assert (await pair.south.alarms()).count(RED) == 1
        assert "line down" not in await pair.south.alarms()

    played(scene)


def test_a_tick_looks_at_no_more_than_it_can_and_the_next_goes_on_from_there():
    async def scene(pair):
        count = 30
        for number in range(count):
            await pair.north.declare(an_activity(name=f"A{number}"))
        await pair.settle()
        due = await pair.north.store.read(lambda r: len(list(r.scan(tables.DUE))))
        assert due == count  # one place in the queue each, however many deadlines there are
        pair.clock.now += 10_000.0
        await pair.north.tick()
        assert (await pair.north.alarms()).count(RED) == min(count, clocks.MOST_AT_ONCE)

    played(scene)


def test_what_has_climbed_to_the_top_leaves_the_queue():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        for step in ("read", "pass", "ack", "ack"):
            await climb(pair, step)
        await pass_time(pair, 2000.0, step_s=50.0)
        for node in (pair.north, pair.south):
            for table in (tables.DUE, tables.WAITING):
                assert await node.store.read(lambda r, t=table: list(r.scan(t))) == []

    played(scene)


def test_a_notice_that_was_not_accepted_is_never_effective():
    agreement = an_agreement()
    agreement = replace(agreement, notice=replace(agreement.notice, effective=Rung.DELIVERED))

    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        # South has a later revision from elsewhere: what comes now is refused there.
        key = tables.key("north", "A1")
        await altered(
            pair.south,
            tables.ACTIVITY,
            key,
            lambda held: held | {"activity": held["activity"] | {"revision": 9}},
        )
        await pair.north.declare(an_activity(revision=2))
        await pair.settle()
        newest = (await pair.north.notices())[-1]
        assert not newest.accepted
        assert newest.effective_s is None
        assert "not accepted" in await pair.north.alarms()

    played(scene, agreement)


def ends_in(seconds, **different):
    time = TimeWindow(T0 + 100.0, T0 + seconds)
    return an_activity(volumes=(a_volume(time=time),), **different)


@pytest.mark.parametrize("whose", ["north", "south"])
def test_an_activity_past_its_end_expires_loudly_once_on_both_sides(whose):
    async def scene(pair):
        owner = pair.north if whose == "north" else pair.south
        await owner.declare(ends_in(1000.0, party=whose))
        await pass_time(pair, 990.0, step_s=90.0)
        for node in (pair.north, pair.south):
            assert "stale" not in await node.alarms()
        await pass_time(pair, 200.0, step_s=10.0)
        for node in (pair.north, pair.south):
            assert (await node.alarms()).count("stale") == 1
            assert (await node.held(whose, "A1")).stale_s is not None
        await owner.change("A1", State.ENDED)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "stale" not in await node.alarms()

    played(scene)


def test_an_activity_that_was_extended_is_stale_no_more_and_becomes_so_again():
    async def scene(pair):
        await pair.north.declare(ends_in(1000.0))
        await pass_time(pair, 1100.0, step_s=50.0)
        await pair.north.declare(ends_in(3000.0, revision=2))
        await pass_time(pair, 60.0)
        for node in (pair.north, pair.south):
            assert "stale" not in await node.alarms()
        await pass_time(pair, 2000.0, step_s=50.0)
        for node in (pair.north, pair.south):
            assert "stale" in await node.alarms()

    played(scene)


def test_a_change_of_state_after_the_end_does_not_silence_it_for_long():
    async def scene(pair):
        await pair.north.declare(ends_in(1000.0))
        await pair.north.change("A1", State.ACTIVATED)
        await pass_time(pair, 1100.0, step_s=50.0)
        await pair.north.change("A1", State.NONCONFORMING)
        await pass_time(pair, 20.0)
        for node in (pair.north, pair.south):
            assert "stale" in await node.alarms()

    played(scene)


def test_a_confirmation_silences_an_expired_activity_until_it_is_looked_at_again_and_no_longer():
    async def scene(pair):
        await pair.north.declare(ends_in(1000.0))
        await pass_time(pair, 1100.0, step_s=50.0)
        await pair.north.do(Confirm("A1", "watch"))
        assert "stale" not in await pair.north.alarms()
        assert "stale" in await pair.south.alarms()  # it does not know where it is now
        await pass_time(pair, 3500.0, step_s=100.0)
        assert "stale" not in await pair.north.alarms()
        await pass_time(pair, 300.0, step_s=50.0)
        assert "stale" in await pair.north.alarms()

    played(scene)
