"""Nothing that comes from a peer stops what comes after it, and none of it is taken on trust."""

import asyncio
from dataclasses import replace

import pytest
from behind import altered, altered_activity, whisper
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.model.activity import Disclosure, State
from wideberth.model.footprint import Circle
from wideberth.model.span import FrequencyBand
from wideberth.model.volume import Arena, Role
from wideberth.node import tables
from wideberth.peering.messages import Change, Declare, ReadBack, Suspension
from wideberth.peering.wire import to_wire


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity())
            await pair.settle()
            await scene(pair)
            assert pair.network.failures == []

    asyncio.run(whole())


async def still_talks(pair):
    """Declare once more and see it arrive."""
    await pair.north.declare(an_activity(name="AFTER"))
    await pair.settle()
    assert await pair.south.held("north", "AFTER") is not None
    peer = await pair.north.peer("south")
    assert peer.out_sequence == peer.receipted


def test_one_damaged_record_does_not_stop_the_line():
    async def scene(pair):
        await altered_activity(pair.south, "north", "A1", lambda _held: {"activity": 7})
        await pair.north.declare(an_activity(revision=2, title="Patrol two"))
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()
        await still_talks(pair)

    played(scene)


def test_a_notice_that_is_damaged_here_does_not_stop_the_line():
    async def scene(pair):
        (notice,) = await pair.south.notices()
        await altered(pair.south, tables.NOTICE, notice.message, lambda _one: {"way": "sideways"})
        await pair.north.change("A1", State.ACTIVATED)
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()
        await still_talks(pair)

    played(scene)


GUARD = a_volume(
    arena=Arena.SPECTRUM, freq=FrequencyBand(100.0e6, 101.0e6), role=Role.GUARD, id="g"
)
UNFIT = {
    "another party's": an_activity("south", "X"),
    "a private one": an_activity(name="X", disclose=Disclosure.PRIVATE),
    "a guard band": an_activity(name="X", volumes=(GUARD,)),
    "an old revision": an_activity(title="older"),
    "a link": an_activity(name="X", linked="with ours"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_declaration_that_cannot_be_accepted_changes_nothing_and_its_sender_is_told(what):
    async def scene(pair):
        before = await pair.south.held("north", "A1")
        body = Declare(activity=to_wire(UNFIT[what]), contact="duty officer")
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert await pair.south.held("north", "A1") == before
        assert await pair.south.held(UNFIT[what].party, "X") is None
        assert "not accepted" in await pair.north.alarms()
        await still_talks(pair)

    played(scene)


STATES = [
    (State.ENDED, State.ACTIVATED),
    (State.WITHDRAWN, State.ACCEPTED),
    (State.ACTIVATED, State.WITHDRAWN),
    (State.CONTINGENT, State.ACTIVATED),
]


@pytest.mark.parametrize(("first", "then"), STATES)
def test_a_state_that_may_not_follow_is_refused_whoever_says_it(first, then):
    async def scene(pair):
        await pair.north.change("A1", first)
        await pair.settle()
        body = Change(activity="A1", revision=3, state=then, at_s=1.0)
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert (await pair.south.held("north", "A1")).activity.state is first
        assert "not accepted" in await pair.north.alarms()

    played(scene)


def test_what_is_over_is_not_declared_again():
    async def scene(pair):
        await pair.north.change("A1", State.ENDED)
        await pair.settle()
        again = replace(an_activity(), revision=5)
        await whisper(pair.north, "south", Declare(activity=to_wire(again), contact="c"))
        await pair.settle()
        assert (await pair.south.held("north", "A1")).activity.state is State.ENDED

    played(scene)


@pytest.mark.parametrize(
    "body",
    [
        ReadBack(notice="0" * 64, activity="A1", revision=1, volumes=()),
        Suspension(suspended=False, at_s=0.0, reason=""),
        Change(activity="A1", revision=1, state=State.ENDED, at_s=0.0),
    ],
)
def test_what_is_said_of_nothing_is_refused_and_the_line_goes_on(body):
    async def scene(pair):
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()
        assert (await pair.south.held("north", "A1")).activity.state is State.ACCEPTED
        await still_talks(pair)

    played(scene)


@pytest.mark.parametrize("place", [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 45.0)])
def test_a_place_at_the_end_of_the_world_is_read_back_and_stops_nothing(place):
    async def scene(pair):
        far = an_activity(name="FAR", volumes=(a_volume(footprint=Circle(place, 1000.0)),))
        await whisper(pair.north, "south", Declare(activity=to_wire(far), contact="c"))
        await pair.settle()
        assert await pair.south.held("north", "FAR") is not None
        await still_talks(pair)

    played(scene)
