"""All that acts against an assurance is in red on both sides, whatever was said first."""

import asyncio

from assurance_scenes import (
    AGREEMENT,
    SCOPE,
    H,
    both,
    broken,
    given_by,
    said,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.assessing.promised import against
from wideberth.council import assurance as assurances
from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.assurance import Assurance
from wideberth.model.span import TimeWindow
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.peering.council.assurance import (
    AssuranceRenewed,
    AssuranceWithdrawn,
)
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import from_wire
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import scope_from_wire

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


@settings(max_examples=30, deadline=None)
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
