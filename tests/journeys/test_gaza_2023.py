"""Gaza, 2023 and 2024: hundreds of notified sites and convoys were reported hit.

Sites and convoys had been notified. There was no emergency channel that answered and no radios, so
that nobody could tell whether any one of the notices had been seen by those who fire.

What concerns notices: each of hundreds stands on its own ladder, and not one that is unread is
lost among the others (R5). Roles are alerted, not persons, up to the level that decides (R7). While
a channel is suspended, what is not told is counted and shown, and all of it is told when it is
taken up again (R23). And there is the channel that was not there: a flash rings while all else is
suspended, and whoever has the watch takes it, whatever that role is called (R7, R23).
"""

import asyncio

from behind import pass_time
from council_scenes import opened, said, stand
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.model.command import MarkRead, Suspend
from wideberth.model.council_rules import Precedence
from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow
from wideberth.node import clocks
from wideberth.peering.council.call import CallAnswered, CallMade, CallTaken

SITES = 60


def site(number, **different):
    volume = a_volume(
        footprint=Circle((33.0 + number % 10 / 10, 34.0 + number // 10 / 10), 200.0),
        time=TimeWindow(T0 + 7200.0, T0 + 86_400.0),
    )
    return an_activity(name=f"SITE-{number:03d}", kind="site", volumes=(volume,), **different)


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await scene(pair)

    asyncio.run(whole())


def test_not_one_unread_notice_is_lost_among_hundreds():
    async def scene(pair):
        for number in range(SITES):
            await pair.north.declare(site(number))
        await pair.settle()
        for notice in await pair.south.notices():
            if not notice.activity.endswith("7"):
                await pair.south.do(MarkRead(notice.message, "watch"))
        await pass_time(pair, 400.0, step_s=20.0)
        for node in (pair.north, pair.south):
            overdue = [one.activity for one in await node.notices() if one.overdue]
            assert overdue == [f"SITE-{n:03d}" for n in range(SITES) if n % 10 == 7]
            assert (await node.alarms()).count("unacknowledged") == len(overdue)

    played(scene)


def test_however_many_become_due_at_once_the_clocks_come_to_each():
    async def scene(pair):
        for number in range(SITES):
            await pair.north.declare(site(number))
        await pair.settle()
        pair.clock.now += 400.0
        for _ in range(-(-SITES // clocks.MOST_AT_ONCE)):
            await pair.north.tick()
        assert all(one.overdue for one in await pair.north.notices())

    played(scene)


def test_the_alert_goes_to_roles_up_to_the_one_that_decides():
    async def scene(pair):
        await pair.north.declare(site(1))
        await pair.settle()
        await pass_time(pair, 500.0)
        steps = pair.south.desk.agreement.notice.escalation
        for node in (pair.north, pair.south):
            assert {role for role, _text in node.heard.alerts} == {step.role for step in steps}

    played(scene)


def test_a_suspension_is_in_red_on_both_sides_and_its_end_brings_all_that_was_not_told():
    async def scene(pair):
        await pair.north.declare(site(1))
        await pair.settle()
        await pair.south.do(Suspend("north", suspended=True, by="w", reason="talks are over"))
        await pair.settle()
        assert "suspended" in await pair.north.alarms()
        assert "suspended by us" in await pair.south.alarms()
        await pair.north.declare(site(2))
        await pair.north.declare(site(1, revision=2, title="now a shelter"))
        await pass_time(pair, 600.0, step_s=60.0)
        assert await pair.south.held("north", "SITE-002") is None
        peer = await pair.north.peer("south")
        assert peer.suspended_by_them == "talks are over"
        assert peer.suspended_s == T0
        assert "line down" not in await pair.north.alarms()  # the line is what is left
        await pair.south.do(Suspend("north", suspended=False, by="w", reason=""))
        await pair.settle()
        assert (await pair.south.held("north", "SITE-002")) is not None
        assert (await pair.south.held("north", "SITE-001")).activity.title == "now a shelter"
        for node in (pair.north, pair.south):
            assert not [kind for kind in await node.alarms() if kind.startswith("suspended")]

    played(scene)


def test_a_suspension_by_both_lasts_until_both_have_ended_it_and_counts_from_the_first():
    async def scene(pair):
        await pair.south.do(Suspend("north", suspended=True, by="w", reason="talks are over"))
        await pair.settle()
        await pass_time(pair, 100.0, step_s=50.0)
        await pair.north.do(Suspend("south", suspended=True, by="w", reason="likewise"))
        await pair.settle()
        await pass_time(pair, 100.0, step_s=50.0)
        await pair.south.do(Suspend("north", suspended=False, by="w", reason=""))
        await pair.north.declare(site(2))
        await pair.settle()
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            assert (await node.peer(other)).suspended_s == T0
        assert await pair.south.held("north", "SITE-002") is None
        await pair.north.do(Suspend("south", suspended=False, by="w", reason=""))
        await pair.settle()
        assert (await pair.south.held("north", "SITE-002")) is not None
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            assert (await node.peer(other)).suspended_s is None

    played(scene)


HIT = CallMade(
    role="site watch",
    to_role="duty officer",
    precedence=Precedence.FLASH,
    code="H8C",  # a protected site is there
    values=("34-00-00.00N 033-06-00.00E", "200 m"),
)


def test_a_site_that_is_being_hit_is_heard_while_the_exchange_is_suspended_by_any_watch_keeper():
    async def scene(pair):
        await pair.south.do(Suspend("north", suspended=True, by="w", reason="talks are over"))
        await pair.settle()
        call = await opened(pair, pair.north, HIT)
        assert "flash call" in await pair.south.alarms()
        await pass_time(pair, 5.0)
        await said(pair, pair.south, call, CallTaken, role="gate sentry")
        await said(pair, pair.south, call, CallAnswered, role="gate sentry", code="L3A")
        for node in (pair.north, pair.south):
            found = await stand(node, call)
            assert (found.state, found.holder) == ("answered", "gate sentry")
            assert found.time_to_take_s == 5.0
            assert "call not taken" not in await node.alarms()

    played(scene)
