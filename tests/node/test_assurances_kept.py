"""Assurances between two nodes: what acts against one is in red on both sides while it stands."""

import asyncio
from dataclasses import replace

import pytest
from assurance_scenes import (
    AGREEMENT,
    SCOPE,
    H,
    both,
    broken,
    far,
    given_by,
    near,
    red,
    said,
)
from msgspec import structs
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.council import assurance as assurances
from wideberth.council.refusals import NotFittingError
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import ClearAlarm, Declare, RecallNotice, Suspend
from wideberth.model.footprint import Polygon
from wideberth.model.volume import Arena
from wideberth.node import promises, queries, tables
from wideberth.node.checking_first import check_first
from wideberth.node.council import matters
from wideberth.node.refusals import NotAllowedError
from wideberth.node.settings import Settings
from wideberth.peering.council.assurance import (
    AssuranceRenewed,
    AssuranceWithdrawn,
)


def test_what_was_declared_before_and_what_is_declared_after_are_alarms_on_both_sides():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(near("before"))
            one = await given_by(pair.north)
            await both(pair, [("north", one.id, "before")])
            answer = await pair.north.declare(near("after"))
            assert [b.assurance for b in answer.broken] == [one.id]
            await pair.south.declare(near("theirs", party="south"))
            await both(pair, [("north", one.id, "after"), ("north", one.id, "before")])
            await pair.north.change("before", State.WITHDRAWN)
            await both(pair, [("north", one.id, "after")])

    asyncio.run(run())


def test_an_alarm_says_the_clause_which_activity_and_from_when():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await given_by(pair.north, clause="default air")
            await pair.north.declare(near("F-7"))
            await pair.settle()
            for node, whose in ((pair.north, "our"), (pair.south, "north's")):
                (alarm,) = [
                    a for a in await node.desk.read(queries.alarms) if a.kind == "assurance broken"
                ]
                assert alarm.text == (
                    f"assurance north/AS-1 (default air) is broken: {whose} activity F-7 acts"
                    " against it from 2027-01-15T10:00:00Z to 2027-01-15T11:00:00Z."
                )
                with pytest.raises(NotAllowedError, match="lasts"):
                    await node.do(ClearAlarm(alarm.id, "user", "seen"))

    asyncio.run(run())


def test_an_amendment_into_the_area_is_found_and_one_out_of_it_ends_the_alarm():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            await pair.north.declare(far())
            await both(pair, [])
            await pair.north.declare(replace(near(), revision=2))
            await both(pair, [("north", one.id, "A1")])
            await pair.north.declare(replace(far(), revision=3))
            await both(pair, [])

    asyncio.run(run())


def test_it_lapses_on_both_sides_at_the_same_instant_though_the_line_is_down():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north, scope=structs.replace(SCOPE, end_s=T0 + 48 * H))
            await pair.north.declare(near())
            await both(pair, [("north", one.id, "A1")])
            pair.network.partition(["north"], ["south"])
            for at_s, expected in (
                (T0 + 24 * H - 1, ["assurance broken"]),
                (T0 + 24 * H, ["assurance broken", "assurance lapses soon"]),
                (T0 + 48 * H - 1, ["assurance broken", "assurance lapses soon"]),
                (T0 + 48 * H, ["assurance lapsed"]),
            ):
                pair.clock.now = at_s
                for node in (pair.north, pair.south):
                    await node.tick()
                    assert await red(node) == expected
            for node in (pair.north, pair.south):
                assert await broken(node) == []
            await pair.north.declare(near("later", hours=72.0))
            pair.network.heal()
            await both(pair, [])
            for node in (pair.north, pair.south):
                found = await node.desk.read(
                    lambda r: matters.matter(r, "assurance", "north", one.id)
                )
                stood = assurances.stand(found, AGREEMENT)
                assert (stood.state, stood.is_open) == ("lapsed", False)

    asyncio.run(run())


def test_a_renewal_moves_the_expiry_on_and_what_was_after_it_is_found():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north, scope=structs.replace(SCOPE, end_s=T0 + 24 * H))
            await pair.north.declare(near("later", hours=30.0))
            await both(pair, [])
            await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 48 * H))
            await both(pair, [("north", one.id, "later")])
            found, _next = await pair.south.desk.read(promises.broken)
            assert (found[0].from_s, found[0].to_s) == (T0 + 30 * H, T0 + 31 * H)
            withdrawn = said(one, AssuranceWithdrawn, ends_s=T0 + 30.5 * H, words="no need")
            await pair.north.do(withdrawn)
            await both(pair, [("north", one.id, "later")])
            found, _next = await pair.south.desk.read(promises.broken)
            assert found[0].to_s == T0 + 30.5 * H
            with pytest.raises(NotFittingError, match="withdrawn already"):
                await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 60 * H))
            pair.clock.now = T0 + 30.5 * H
            for node in (pair.north, pair.south):
                await node.tick()
            await both(pair, [])
            assert await red(pair.south) == ["assurance withdrawn"]

    asyncio.run(run())


def test_a_renewal_said_in_time_holds_though_it_comes_after_the_lapse():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north, scope=structs.replace(SCOPE, end_s=T0 + 10 * H))
            await pair.north.declare(near())
            await both(pair, [("north", one.id, "A1")])
            pair.network.partition(["north"], ["south"])
            await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 90 * H))
            pair.clock.now = T0 + 11 * H
            for node in (pair.north, pair.south):
                await node.tick()
            assert await broken(pair.north) == [("north", one.id, "A1")]
            assert await broken(pair.south) == []
            assert "assurance lapsed" in await red(pair.south)
            pair.network.heal()
            await both(pair, [("north", one.id, "A1")])
            assert "assurance lapsed" not in await red(pair.south)

    asyncio.run(run())


def test_a_private_activity_is_an_alarm_at_home_alone_and_nothing_of_it_is_told():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            await pair.settle()
            sequence = (await pair.north.peer("south")).out_sequence
            heard = len(pair.north.heard.alerts)
            await pair.north.declare(near("SECRET", disclose=Disclosure.PRIVATE))
            await pair.settle()
            assert await broken(pair.north) == [("north", one.id, "SECRET")]
            assert (await pair.north.peer("south")).out_sequence == sequence
            assert await broken(pair.south) == []
            assert await red(pair.south) == []
            texts = [text for _role, text in pair.north.heard.alerts[heard:]]
            assert len(texts) == 1
            assert "SECRET" not in texts[0]
            assert "2027" not in texts[0]

    asyncio.run(run())


def test_what_is_disclosed_by_its_extent_is_judged_as_the_other_side_sees_it():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            corner = structs.replace(SCOPE.area, centre=(33.35, 34.3), radius_m=3000.0)
            one = await given_by(pair.north, scope=structs.replace(SCOPE, area=corner))
            ring = ((33.0, 34.0), (33.4, 34.0), (33.4, 34.4), (33.38, 34.02))
            bent = replace(a_volume(), footprint=Polygon.of(ring))
            await pair.north.declare(an_activity(volumes=(bent,), disclose=Disclosure.EXTENT))
            await pair.north.declare(an_activity(name="FULL", volumes=(bent,)))
            await both(pair, [("north", one.id, "A1")])

    asyncio.run(run())


def test_it_is_answered_before_it_is_declared_and_not_refused():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            asked = [Declare(a, "duty officer", "p") for a in (near("IN"), far("OUT"))]
            rules = Settings.of("north", AGREEMENT)
            first = await pair.north.desk.read(
                lambda r: check_first(r, rules, asked, now_s=pair.clock.now)
            )
            assert [[b.assurance for b in answer.broken] for answer in first] == [[one.id], []]
            assert await broken(pair.north) == []
            declared = await pair.north.do(asked[0])
            assert declared.broken == first[0].broken

    asyncio.run(run())


def test_a_suspended_exchange_stops_no_assurance_and_no_lapse():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(near())
            await pair.settle()
            await pair.south.do(Suspend("north", True, "admin", "for reasons"))
            one = await given_by(pair.north)
            await both(pair, [("north", one.id, "A1")])

    asyncio.run(run())


def test_it_is_no_alarm_for_kinds_and_arenas_that_are_not_promised():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await given_by(pair.north, scope=structs.replace(SCOPE, kinds=("gunnery",)))
            await given_by(pair.north, scope=structs.replace(SCOPE, arenas=(Arena.SEA,)))
            await pair.north.declare(near())
            await both(pair, [])
            await pair.north.declare(near("G", kind="gunnery"))
            await both(pair, [("north", "AS-1", "G")])

    asyncio.run(run())


def test_between_its_expiry_and_the_next_tick_it_has_lapsed_already():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north, scope=structs.replace(SCOPE, end_s=T0 + 6 * H))
            await pair.settle()
            pair.clock.now = T0 + 6 * H
            answer = await pair.north.declare(near("late", hours=5.0))
            assert answer.broken == ()
            with pytest.raises(NotFittingError, match="lapsed already"):
                await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 9 * H))

    asyncio.run(run())


def test_what_cannot_be_judged_is_an_alarm_and_ends_no_other():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            await pair.north.declare(near("~BAD"))
            await pair.north.declare(near("GOOD"))
            await both(pair, [("north", one.id, "GOOD"), ("north", one.id, "~BAD")])
            key = tables.key("north", "~BAD")
            kept = await pair.south.store.read(lambda r: r.get(tables.ACTIVITY, key))
            await pair.south.store.transact(lambda tx: tx.put(tables.ACTIVITY, key, b"{"))
            await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 7 * 24 * H))
            await both(pair, [("north", one.id, "GOOD"), ("north", one.id, "~BAD")])
            assert "assurance not judged" in await red(pair.south)
            assert "assurance not judged" not in await red(pair.north)
            await pair.south.store.transact(lambda tx: tx.put(tables.ACTIVITY, key, kept))
            await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 8 * 24 * H))
            await both(pair, [("north", one.id, "GOOD"), ("north", one.id, "~BAD")])
            assert "assurance not judged" not in await red(pair.south)

    asyncio.run(run())


def test_a_recalled_activity_leaves_no_trace_of_where_and_when_it_broke_an_assurance():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            (notice,) = (await pair.north.declare(near("F-7"))).notices
            await both(pair, [("north", one.id, "F-7")])
            await pair.north.do(RecallNotice(notice.message, "user", "not for them"))
            await pair.settle()
            assert await broken(pair.north) == [("north", one.id, "F-7")]
            assert await broken(pair.south) == []
            assert "assurance broken" not in await red(pair.south)
            left = await pair.south.desk.read(
                lambda r: [*r.scan(tables.BROKEN), *r.scan(tables.BROKEN_OF)]
            )
            assert left == []
            alarms = await pair.south.desk.read(lambda r: [a for _k, a in r.scan(tables.ALARM)])
            assert not [a for a in alarms if b"F-7 acts" in a]
            assert any(b"recalled since" in a for a in alarms)

    asyncio.run(run())
