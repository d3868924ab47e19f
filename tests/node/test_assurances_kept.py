"""Assurances between two nodes: what acts against one is in red on both sides while it stands."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.assessing.promised import against
from wideberth.council import assurance as assurances
from wideberth.council.refusals import NotFittingError
from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.assurance import Assurance
from wideberth.model.command import ClearAlarm, Declare, Suspend
from wideberth.model.footprint import Polygon
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import promises, queries
from wideberth.node.checking_first import check_first
from wideberth.node.council import matters
from wideberth.node.council.assuring import MOST_STANDING
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.node.settings import Settings
from wideberth.peering.council.assurance import (
    AssuranceGiven,
    AssuranceLapsed,
    AssuranceRenewed,
    AssuranceWithdrawn,
)
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import from_wire
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import WireScope, scope_from_wire

H = 3600.0
AGREEMENT = an_agreement()
SCOPE = WireScope(
    start_s=T0,
    end_s=T0 + 6 * 24 * H,
    arenas=tuple(Arena),
    area=WireCircle(centre=(33.0, 34.0), radius_m=20_000.0),
)
GIVEN = AssuranceGiven(role="deputy", title="Nothing near the strait", scope=SCOPE)


def near(name="A1", hours=2.0, **more):
    start_s = T0 + hours * H
    volume = a_volume(33.0, 34.0, time=TimeWindow(start_s, start_s + H))
    return an_activity(name=name, volumes=(volume,), **more)


def far(name="A1", **more):
    return an_activity(name=name, volumes=(a_volume(35.0, 34.0),), **more)


async def given_by(node, **more):
    return (await node.do(Say(structs.replace(GIVEN, **more), "user"))).matter


def said(matter, body, **more):
    return Say(body(opener=matter.opener, matter=matter.id, role="deputy", **more), "user")


async def broken(node):
    found, _next = await node.desk.read(promises.broken)
    return [(one.party, one.assurance, one.activity) for one in found]


async def red(node):
    return sorted(one for one in await node.alarms() if "assurance" in one)


async def both(pair, expected):
    await pair.settle()
    for node in (pair.north, pair.south):
        assert await broken(node) == expected
        assert (await red(node)).count("assurance broken") == len(expected)


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


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"scope": structs.replace(SCOPE, end_s=T0)}, "runs backwards"),
        ({"scope": structs.replace(SCOPE, start_s=T0 - 9.0, end_s=T0 - 1.0)}, "has passed"),
        ({"scope": structs.replace(SCOPE, end_s=T0 + 400 * 24 * H)}, "longer than"),
        ({"answers": "concern/south/C-9"}, "not known"),
        ({"answers": "nonsense"}, "not known"),
        ({"clause": "no such"}, "clause"),
    ],
)
def test_an_assurance_that_cannot_be_is_not_given(different, words):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            with pytest.raises(WideberthError, match=words):
                await given_by(pair.north, **different)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("body", "more", "words"),
    [
        (AssuranceRenewed, {"until_s": T0 + 5 * 24 * H}, "no later"),
        (AssuranceRenewed, {"until_s": T0 + 999 * 24 * H}, "longer"),
        (AssuranceWithdrawn, {"ends_s": T0 + H}, "reason"),
        (AssuranceWithdrawn, {"ends_s": T0 - H, "words": "w"}, "passed"),
        (AssuranceWithdrawn, {"ends_s": T0 + 999 * H, "words": "w"}, "later than"),
        (AssuranceLapsed, {}, "not lapsed yet"),
    ],
)
def test_what_does_not_fit_is_not_said_of_an_assurance(body, more, words):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            with pytest.raises(NotFittingError, match=words):
                await pair.north.do(said(one, body, **more))
            await pair.settle()
            with pytest.raises(NotFittingError, match="only north"):
                await pair.south.do(said(one, AssuranceWithdrawn, ends_s=T0 + H, words="w"))

    asyncio.run(run())


PLACES = st.sampled_from((33.0, 33.2, 33.5))
HOURS = st.sampled_from((1.0, 5.0, 9.0, 20.0))
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("declare"), st.sampled_from("ABC"), PLACES, HOURS, st.booleans()),
        st.tuples(st.just("end"), st.sampled_from("ABC")),
        st.tuples(st.just("give"), PLACES, HOURS),
        st.tuples(st.just("renew"), st.integers(0, 2), HOURS),
        st.tuples(st.just("withdraw"), st.integers(0, 2), HOURS),
        st.tuples(st.just("wait"), HOURS),
        st.tuples(st.just("line"), st.booleans()),
    ),
    min_size=3,
    max_size=12,
)


async def play(pair, move, given):
    """Do one of the moves, if it can be done."""
    node = pair.north
    now_s = pair.clock.now
    match move:
        case ("declare", name, lon_deg, hours, is_extent):
            held = await node.held("north", name)
            revision = 1 if held is None else held.activity.revision + 1
            window = TimeWindow(now_s + hours * H, now_s + (hours + 2) * H)
            disclose = Disclosure.EXTENT if is_extent else Disclosure.FULL
            volume = a_volume(lon_deg, time=window)
            await node.declare(
                an_activity(name=name, volumes=(volume,), revision=revision, disclose=disclose)
            )
        case ("end", name):
            await node.change(name, State.ENDED)
        case ("give", lon_deg, hours):
            area = WireCircle(centre=(lon_deg, 34.1), radius_m=5000.0)
            start_s = now_s + (hours - 5.0) * H
            scope = structs.replace(SCOPE, area=area, start_s=start_s, end_s=now_s + hours * H)
            given.append(await given_by(node, scope=scope))
        case ("renew", k, hours):
            await node.do(said(given[k], AssuranceRenewed, until_s=now_s + hours * H))
        case ("withdraw", k, hours):
            ends_s = now_s + (hours - 1.0) * H
            await node.do(said(given[k], AssuranceWithdrawn, ends_s=ends_s, words="w"))
        case ("wait", hours):
            pair.clock.now += hours * H
        case ("line", True):
            pair.network.heal()
            await pair.settle()
        case ("line", False):
            pair.network.partition(["north"], ["south"])


async def by_brute_force(node, given):
    """Return what acts against what, all against all, as the records of a node say it."""
    held = await node.desk.read(lambda r: queries.activities(r, party="north"))
    found = set()
    for one in given:
        matter = await node.desk.read(
            lambda r, name=one.id: matters.matter(r, "assurance", "north", name)
        )
        stood = assurances.stand(matter, AGREEMENT)
        if assurances.now_of(stood, node.clock.now) in ("lapsed", "withdrawn"):
            continue
        promise = Assurance("north", one.id, scope_from_wire(stood.scope))
        for each in held:
            activity = from_wire(each.activity)
            seen = disclosed(activity) if node.party == "north" else activity
            if against([seen], [promise], AGREEMENT.heights):
                found.add(("north", one.id, activity.id))
    return sorted(found)


@settings(max_examples=50, deadline=None)
@given(MOVES)
def test_all_that_brute_force_finds_is_in_red_on_both_sides_whatever_the_order(moves):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            given = []
            for move in moves:
                try:
                    await play(pair, move, given)
                except (WideberthError, IndexError):
                    continue
                for node in (pair.north, pair.south):
                    await node.tick()
                assert await broken(pair.north) == await by_brute_force(pair.north, given)
            pair.network.heal()
            await pair.settle()
            for node in (pair.north, pair.south):
                await node.tick()
            await both(pair, await by_brute_force(pair.north, given))
            assert await broken(pair.south) == await by_brute_force(pair.south, given)

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


def test_a_party_gives_no_more_assurances_than_its_activities_can_be_held_against():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            for _ in range(MOST_STANDING):
                await given_by(pair.north)
            with pytest.raises(NotAllowedError, match="stand"):
                await given_by(pair.north)

    asyncio.run(run())
