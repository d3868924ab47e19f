"""What a meeting takes from beside the council: nothing that the other side does not know."""

import asyncio

from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.model.activity import Disclosure, State
from wideberth.node.council.meeting_sources import in_force, late_notices, ledger_head, with_times
from wideberth.node.council.saying import Say
from wideberth.peering.council.decision import DecisionProposed
from wideberth.peering.council.meeting import MeetingCalled, MeetingCancelled


def test_the_map_of_a_pack_shows_what_is_disclosed_and_not_over():
    async def run():
        async with two_nodes(an_agreement()) as pair:
            north = pair.north
            await north.declare(an_activity(name="open"))
            await north.declare(an_activity(name="secret", disclose=Disclosure.PRIVATE))
            hidden = an_activity(name="hull", disclose=Disclosure.EXTENT)
            await north.declare(hidden)
            await north.declare(an_activity(name="ended"))
            await north.change("ended", State.WITHDRAWN)
            await pair.south.declare(an_activity("south", "theirs"))
            await pair.settle()
            found = await north.desk.read(lambda r: in_force(r, "north", T0))
            assert {one.id for one in found} == {"open", "hull", "theirs"}
            hull = next(one for one in found if one.id == "hull")
            assert hull.title == ""
            assert await north.desk.read(lambda r: in_force(r, "north", T0 + 1e6)) == ()

    asyncio.run(run())


def test_late_notices_of_both_sides_are_counted_since_a_time():
    async def run():
        async with two_nodes(an_agreement()) as pair:
            pair.clock.now = T0 + 7000.0  # 200 s before the start; 3600 s are owed
            await pair.north.declare(an_activity(name="late"))
            await pair.settle()
            for node in (pair.north, pair.south):
                (late,) = await node.desk.read(lambda r: late_notices(r, T0))
                assert (late.party, late.activity, late.owed_s) == ("north", "late", 3600.0)
                assert late.given_s < 201.0
                assert await node.desk.read(lambda r: late_notices(r, T0 + 8000.0)) == ()

    asyncio.run(run())


def test_a_calendar_keeps_meetings_that_are_over_and_the_ledger_is_named_as_it_is():
    async def run():
        async with two_nodes(an_agreement()) as pair:
            node = pair.north
            await node.do(Say(MeetingCalled(role="deputy", title="M"), "x"))
            about = {"opener": "north", "matter": "M-1", "role": "deputy"}
            await node.do(Say(MeetingCancelled(**about), "x"))
            await node.do(Say(DecisionProposed(role="s", title="D", text="t"), "x"))
            found = await node.desk.read(with_times)
            assert sorted(one.kind for one in found) == ["decision", "meeting"]
            head = await node.desk.read(lambda r: ledger_head(r, "north"))
            assert (head.party, len(head.root)) == ("north", 64)
            assert head.size >= 3

    asyncio.run(run())
