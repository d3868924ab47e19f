"""What no peer could read is refused before it is signed, and no content stops the line."""

import asyncio
import math

import msgspec
import pytest
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.times import show_utc
from wideberth.model.activity import State
from wideberth.model.footprint import Circle, Track
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.node.draft import Draft
from wideberth.node.outgoing import send
from wideberth.node.work import Work
from wideberth.peering.messages import Heartbeat
from wideberth.peering.wire import from_wire, to_wire
from wideberth.peering.wire_footprint import WirePolygon

BEYOND = {
    "a time no calendar has": a_volume(time=TimeWindow(1e18, 2e18)),
    "a time before all calendars": a_volume(time=TimeWindow(-1e300, T0 + 9000.0)),
    "a height beyond the Moon": a_volume(height=HeightBand.of(0.0, 1e300)),
    "a frequency beyond light": a_volume(
        arena=Arena.SPECTRUM, freq=FrequencyBand(1e6, 1e300), role=Role.EMIT
    ),
    "a power beyond the Sun": a_volume(
        arena=Arena.SPECTRUM, freq=FrequencyBand(1e6, 2e6), role=Role.EMIT, eirp_dbm=1e300
    ),
    "a course beyond all calendars": a_volume(
        footprint=Track(((33.0, 34.0), (33.1, 34.0)), (-1e18, 1e18), 1000.0),
        time=TimeWindow(-1e18, 1e18),
    ),
}


@pytest.mark.parametrize("name", BEYOND)
def test_numbers_that_nothing_has_are_refused_where_they_are_declared(name):
    async def main():
        async with two_nodes() as pair:
            with pytest.raises(WideberthError):
                await pair.north.declare(an_activity(volumes=(BEYOND[name],)))
            await pair.north.declare(an_activity())
            await pair.settle()
            assert await pair.south.held("north", "A1") is not None

    asyncio.run(main())


@pytest.mark.parametrize("beside", [{"doubt": "x" * 2001}, {"contact": "x" * 201}])
def test_words_that_no_peer_would_read_are_refused_where_they_are_said(beside):
    async def main():
        async with two_nodes() as pair:
            with pytest.raises(WideberthError):
                await pair.north.declare(an_activity(), **beside)
            await pair.north.declare(an_activity())
            with pytest.raises(WideberthError):
                await pair.north.change("A1", State.ACTIVATED, reason="x" * 2001)
            held = await pair.north.held("north", "A1")
            assert held.activity.state is State.ACCEPTED

    asyncio.run(main())


@pytest.mark.parametrize("time_s", [1e18, -1e18, 1e300, math.nan])
def test_a_time_that_cannot_be_shown_is_an_impossible_value(time_s):
    with pytest.raises(ImpossibleValueError):
        show_utc(time_s)


NAMES = ("a/b", "%2F", "\0", "..", "\N{GRINNING FACE}" * 200, "0", " x ")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_held_searched_and_found_again(name):
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B"))
            await pair.settle()
            volume = a_volume(id=name, footprint=Circle((33.0, 34.0), 0.0))
            answer = await pair.north.declare(an_activity("north", name, volumes=(volume,)))
            assert len(answer.conflicts) == 1
            await pair.settle()
            assert len(await pair.south.conflicts()) == 1
            await pair.north.change(name, State.ENDED)
            await pair.settle()
            assert await pair.south.conflicts() == []

    asyncio.run(main())


def test_a_heartbeat_of_no_time_is_not_sent():
    async def main():
        async with two_nodes() as pair:
            bench = pair.north.desk.bench

            def beat(transaction):
                work = Work(bench, Draft(transaction), T0)
                with pytest.raises(WideberthError):
                    send(work, "south", Heartbeat(at_s=1e300))

            await pair.north.store.transact(beat)

    asyncio.run(main())


def to_and_fro(count: int) -> tuple[tuple[float, float], ...]:
    """Return a ring of long slanting edges, each beside all others; it may cross itself."""
    legs = ((0.5 * k / count, 0.001 if k % 2 else 0.5) for k in range(count))
    return tuple((33.0 + x - y, 34.0 + x + y) for x, y in legs)


def test_an_outline_that_would_keep_everybody_waiting_is_refused_unseen():
    wire = to_wire(an_activity())
    footprint = WirePolygon(((to_and_fro(2500),),))
    volume = msgspec.structs.replace(wire.volumes[0], footprint=footprint)
    with pytest.raises(ImpossibleValueError, match="to and fro"):
        from_wire(msgspec.structs.replace(wire, volumes=(volume,)))
