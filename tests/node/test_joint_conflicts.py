"""Emissions that only together are too much: kept, renewed and ended as their parts come and go."""

import asyncio
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, two_nodes

from wideberth.checking import check
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.command import ChangeState, Declare
from wideberth.model.footprint import Circle
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.node import queries
from wideberth.peering.wire import from_wire

MIDDLE_HZ = 300e6
LIMIT = "-100 dBm"


def a_radio(name, role, lon_deg, eirp_dbm=None, *, middle_hz=MIDDLE_HZ, start_s=T0 + 7200.0):
    return Volume(
        name,
        Arena.SPECTRUM,
        Circle((lon_deg, 34.0), 0.0),
        HeightBand.of(0.0, 10.0),
        TimeWindow(start_s, start_s + 3600.0),
        FrequencyBand(middle_hz - 12.5e3, middle_hz + 12.5e3),
        role,
        eirp_dbm=eirp_dbm,
        criterion=LIMIT if role is Role.RECEIVE else "",
    )


def a_receiver(party="south", name="R"):
    return Activity(party, name, (a_radio("r", Role.RECEIVE, 33.0),), kind="k")


def a_link(name, eirp_dbm, *, party="north", revision=1, lon_deg=33.02, **different):
    """A link 1.85 km from the receiver; at -12.1 dBm EIRP and more it is too much by itself."""
    volume = a_radio("e", Role.EMIT, lon_deg, eirp_dbm, **different)
    return Activity(party, name, (volume,), kind="k", revision=revision)


async def said(node):
    return {(met.rule, met.a.activity, met.b.activity) for met in await node.conflicts()}


async def declare(node, activity):
    return await node.do(Declare(activity, "duty", "p"))


def keys_of(conflicts):
    return {
        (c.a.party, c.a.activity, c.a.volume, c.b.party, c.b.activity, c.b.volume, c.finding.rule)
        for c in conflicts
    }


async def expected(node):
    held = await node.desk.read(queries.activities)
    return keys_of(check([from_wire(h.activity) for h in held], node.desk.agreement).conflicts)


async def kept(node):
    return {
        (m.a.party, m.a.activity, m.a.volume, m.b.party, m.b.activity, m.b.volume, m.rule)
        for m in await node.conflicts()
    }


def test_three_links_that_singly_pass_are_one_conflict_until_one_of_them_goes():
    async def main():
        async with two_nodes() as pair:
            await declare(pair.south, a_receiver())
            await pair.settle()
            for number in range(3):
                answer = await declare(pair.north, a_link(f"L{number}", -14.0 - number))
                await pair.settle()
            (met,) = answer.conflicts
            assert met.rule == "interference aggregate"
            assert {one["activity"] for one in met.budget["contributors"]} == {"L0", "L1", "L2"}
            for node in (pair.north, pair.south):
                assert await said(node) == {("interference aggregate", "L0", "R")}
            await pair.north.do(ChangeState("L2", State.ENDED, "p"))
            await pair.settle()
            for node in (pair.north, pair.south):  # the two that are left are still too much
                assert await said(node) == {("interference aggregate", "L0", "R")}
            await pair.north.do(ChangeState("L1", State.ENDED, "p"))
            await pair.settle()
            for node in (pair.north, pair.south):
                assert await said(node) == set()

    asyncio.run(main())


def test_a_stronger_link_takes_the_place_of_the_strongest_and_no_old_conflict_stays():
    async def main():
        async with two_nodes() as pair:
            await declare(pair.south, a_receiver())
            await pair.settle()
            await declare(pair.north, a_link("L0", -14.5))
            await declare(pair.north, a_link("L1", -14.8))
            await pair.settle()
            assert await said(pair.south) == {("interference aggregate", "L0", "R")}
            await declare(pair.north, a_link("L2", -14.0))
            await pair.settle()
            for node in (pair.north, pair.south):
                assert await said(node) == {("interference aggregate", "L2", "R")}

    asyncio.run(main())


def test_a_conflict_in_which_a_private_emission_takes_part_is_marked_private():
    async def main():
        async with two_nodes() as pair:
            await declare(pair.south, a_receiver())
            await pair.settle()
            await declare(pair.north, a_link("L0", -14.5))
            hidden = replace(a_link("L1", -14.8), disclose=Disclosure.PRIVATE)
            answer = await declare(pair.north, hidden)
            assert [met.private for met in answer.conflicts] == [True]
            await pair.settle()
            assert await said(pair.south) == set()

    asyncio.run(main())


@st.composite
def steps(draw):
    party = draw(st.sampled_from(("north", "north", "south")))
    name = draw(st.sampled_from(("A", "B", "C", "D")))
    what = draw(st.sampled_from(("emit", "emit", "emit", "listen", "end")))
    eirp_dbm = draw(st.sampled_from((-16.0, -15.0, -14.0, 20.0)))
    start_s = T0 + 7200.0 + draw(st.sampled_from((0.0, 0.0, 1800.0, 3600.0)))
    middle_hz = draw(st.sampled_from((MIDDLE_HZ, MIDDLE_HZ, 150e6, MIDDLE_HZ + 20e3)))
    return party, name, what, eirp_dbm, start_s, middle_hz, draw(st.booleans())


@settings(max_examples=60)
@given(st.lists(steps(), min_size=3, max_size=9))
def test_both_nodes_keep_what_a_whole_check_finds_of_radio(todo):
    async def main():
        async with two_nodes() as pair:
            for party, name, what, eirp_dbm, start_s, middle_hz, is_settled in todo:
                node = getattr(pair, party)
                held = await node.held(party, name)
                if held is not None and held.activity.state in (State.ENDED, State.WITHDRAWN):
                    continue
                if what == "end":
                    if held is not None:
                        await node.do(ChangeState(name, State.ENDED, "p"))
                    continue
                role = Role.EMIT if what == "emit" else Role.RECEIVE
                power_dbm = eirp_dbm if what == "emit" else None
                lon_deg = 33.02 if what == "emit" else 33.0
                volume = a_radio(
                    "v", role, lon_deg, power_dbm, middle_hz=middle_hz, start_s=start_s
                )
                revision = 1 if held is None else held.activity.revision + 1
                await declare(node, Activity(party, name, (volume,), kind="k", revision=revision))
                if is_settled:
                    await pair.settle()
            await pair.settle()
            for node in (pair.north, pair.south):
                assert await kept(node) == await expected(node)
            assert await kept(pair.north) == await kept(pair.south)

    asyncio.run(main())


def test_an_emission_against_a_flight_without_equipage_is_told_as_not_judged_on_both_sides():
    flight = Volume(
        "0",
        Arena.AIR,
        Circle((33.0, 34.0), 5000.0),
        HeightBand.of(3000.0, 3300.0),
        TimeWindow(T0 + 7200.0, T0 + 10_800.0),
    )

    async def main():
        async with two_nodes() as pair:
            deaf = Activity("south", "F", (flight,), kind="k")
            await declare(pair.south, deaf)
            await pair.settle()
            answer = await declare(pair.north, a_link("L0", 20.0))
            assert [one.arenas for one in answer.not_judged] == [("spectrum", "air")]
            await declare(pair.south, replace(deaf, revision=2, equipage="ifr_transport"))
            await pair.settle()
            answer = await declare(pair.north, a_link("L1", 20.0))
            assert answer.not_judged == ()

    asyncio.run(main())
