"""Nothing a peer must hear of goes nowhere in silence; nothing it refused is built upon."""

import asyncio
import math

from behind import altered, altered_activity, compared, whisper
from key_scenes import Holder
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.model.activity import State
from wideberth.model.command import AddPeer, Suspend
from wideberth.model.footprint import Part, Polygon
from wideberth.node import tables
from wideberth.peering.messages import Change, Declare
from wideberth.peering.wire import to_wire


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await scene(pair)

    asyncio.run(whole())


def too_large(name="LARGE"):
    """Return an activity that fits no message: rings of very many corners."""
    turn = [2.0 * math.pi * k / 12_000 for k in range(12_000)]
    ring = tuple((33.0 + 0.3 * math.cos(t), 34.0 + 0.3 * math.sin(t)) for t in turn)
    shape = Polygon((Part(ring, ()),))
    return an_activity(
        name=name, volumes=tuple(a_volume(id=number, footprint=shape) for number in "12")
    )


def test_one_activity_that_cannot_be_told_does_not_keep_the_others_from_being_told():
    async def scene(pair):
        await pair.north.do(Suspend("south", suspended=True, by="w", reason="drill"))
        await pair.settle()
        for activity in (an_activity(name="A1"), too_large("B1"), an_activity(name="C1")):
            await pair.north.declare(activity)
        await pair.north.do(Suspend("south", suspended=False, by="w", reason=""))
        await pair.settle()
        for name in ("A1", "C1"):
            assert await pair.south.held("north", name) is not None
        assert await pair.south.held("north", "B1") is None
        assert "not told" in await pair.north.alarms()
        assert not (await pair.south.peer("north")).suspended_by_them

    played(scene)


def test_the_red_of_what_could_not_be_told_ends_when_it_is():
    async def scene(pair):
        await pair.north.do(Suspend("south", suspended=True, by="w", reason="drill"))
        await pair.north.declare(too_large("B1"))
        await pair.north.do(Suspend("south", suspended=False, by="w", reason=""))
        assert "not told" in await pair.north.alarms()
        await pair.north.declare(an_activity(name="B1", revision=2))
        assert "not told" not in await pair.north.alarms()

    played(scene)


def test_after_a_refused_amendment_the_peer_is_told_all_of_it_and_not_a_bare_change_of_state():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()

        def later(held):
            return held | {"activity": held["activity"] | {"revision": 2}}

        await altered_activity(pair.south, "north", "A1", later)
        amended = an_activity(revision=2, title="Patrol two", volumes=(a_volume(33.4),))
        await pair.north.declare(amended)
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()
        await pair.north.change("A1", State.ACTIVATED)
        await pair.settle()
        held = await pair.south.held("north", "A1")
        assert held.activity.title == "Patrol two"
        assert held.activity.volumes == (await pair.north.held("north", "A1")).activity.volumes
        assert "not accepted" not in await pair.north.alarms()
        await compared(pair)
        assert (await pair.south.peer("north")).compared_same

    played(scene)


def test_a_message_of_any_kind_that_the_peer_refuses_is_an_alarm_at_its_sender():
    async def scene(pair):
        body = Change(activity="NOBODY", revision=3, state=State.ENDED, at_s=0.0)
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert "not accepted" in await pair.north.alarms()

    played(scene)


def test_a_link_between_notices_that_a_peer_sends_is_refused_for_it_would_hide_conflicts():
    async def scene(pair):
        own = an_activity("south", "B1", linked="one and the same")
        await pair.south.declare(own)
        body = Declare(
            activity=to_wire(an_activity(linked="one and the same")), contact="duty officer"
        )
        await whisper(pair.north, "south", body)
        await pair.settle()
        assert await pair.south.held("north", "A1") is None
        assert "not accepted" in await pair.north.alarms()

    played(scene)


def test_nothing_is_told_twice_and_nothing_is_kept_of_what_is_over_and_known():
    async def scene(pair):
        for number in range(5):
            await pair.north.declare(an_activity(name=f"A{number}"))
            await pair.settle()
            await pair.north.change(f"A{number}", State.WITHDRAWN)
        await pair.settle()
        await pair.north.do(AddPeer(Holder("south").card(Holder("south").first()), "admin"))
        for on in (True, False):
            await pair.north.do(Suspend("south", suspended=on, by="w", reason="drill"))
        await compared(pair)
        assert len(await pair.south.notices()) == 10
        assert await pair.north.store.read(lambda r: list(r.scan(tables.TOLD))) == []

    played(scene)


def test_a_notice_lost_from_the_store_does_not_keep_its_activity_from_being_withdrawn():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        for node in (pair.north, pair.south):
            (notice,) = await node.notices()
            await altered(node, tables.NOTICE, notice.message, lambda _notice: None)
        await pair.north.change("A1", State.WITHDRAWN)
        await pair.settle()
        assert (await pair.south.held("north", "A1")).activity.state is State.WITHDRAWN

    played(scene)
