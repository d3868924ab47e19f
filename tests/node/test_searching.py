"""Conflicts kept by a node are those that a check of everything in force finds, always."""

import asyncio
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.checking import check
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.command import ChangeState, Declare
from wideberth.model.footprint import Circle, Corridor, Polygon
from wideberth.model.span import Datum, FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.node import queries, tables
from wideberth.peering.wire import from_wire

NM = 1852.0
FOOT = 0.3048


@st.composite
def near_volumes(draw, place: int) -> Volume:
    """Volumes drawn about the agreed minima: just apart, just together, across the date line."""
    arena = draw(st.sampled_from((Arena.AIR, Arena.AIR, Arena.SEA, Arena.SPECTRUM)))
    anchor = draw(st.sampled_from(((33.0, 34.0), (179.99, 10.0), (-179.99, 10.0))))
    step_deg = draw(st.sampled_from((0.0, 0.05, 0.0834, 0.25)))
    lon = (anchor[0] + step_deg + 180.0) % 360.0 - 180.0
    at = (lon, anchor[1])
    size_m = draw(st.sampled_from((0.0, 500.0, 4 * NM)))
    kind = draw(st.sampled_from(("circle", "polygon", "corridor")))
    north = (at[0], at[1] + 0.2)
    footprint = {
        "circle": Circle(at, size_m),
        "corridor": Corridor((at, north), size_m),
        "polygon": Polygon.of([at, north, (at[0] - 0.15 if at[0] > 0 else at[0] + 0.15, at[1])]),
    }[kind]
    low_m = draw(st.sampled_from((0.0, 300.0, 304.8, 305.0, 700.0)))
    datum = draw(st.sampled_from((Datum.MSL, Datum.ELLIPSOID, Datum.GROUND)))
    if arena is Arena.SEA:
        low_m, datum = draw(st.sampled_from((-60.0, -30.0, 0.0))), Datum.MSL
    start_s = T0 + 3600.0 + draw(st.sampled_from((0.0, 3600.0, 3899.0, 3900.0, 4300.0)))
    freq, role = None, None
    if arena is Arena.SPECTRUM:
        low_hz = draw(st.sampled_from((100e6, 101e6, 100.5e6)))
        freq, role = (
            FrequencyBand(low_hz, low_hz + 1e6),
            draw(st.sampled_from((Role.EMIT, Role.RECEIVE))),
        )
    return Volume(
        str(place),
        arena,
        footprint,
        HeightBand.of(low_m, low_m + 100.0, datum),
        TimeWindow(start_s, start_s + 3600.0),
        freq,
        role,
    )


@st.composite
def steps(draw):
    """One thing that happens: who, which activity, what becomes of it."""
    party = draw(st.sampled_from(("north", "south")))
    name = draw(st.sampled_from(("A", "B", "C")))
    what = draw(st.sampled_from(("declare", "declare", "declare", "end")))
    volumes = tuple(draw(near_volumes(k)) for k in range(draw(st.integers(1, 2))))
    return party, name, what, volumes, draw(st.booleans())


async def act(pair, step) -> None:
    """Do a step at its party's node: declare or amend, or end what is there."""
    party, name, what, volumes, _now = step
    node = getattr(pair, party)
    held = await node.held(party, name)
    if held is not None and held.activity.state in (State.ENDED, State.WITHDRAWN):
        return
    if what == "end":
        if held is not None:
            await node.do(ChangeState(name, State.ENDED, "p"))
        return
    revision = 1 if held is None else held.activity.revision + 1
    activity = Activity(party, name, volumes, kind="k", revision=revision)
    await node.do(Declare(activity, "duty", "p"))


def keys_of(conflicts) -> set:
    return {
        (c.a.party, c.a.activity, c.a.volume, c.b.party, c.b.activity, c.b.volume, c.finding.rule)
        for c in conflicts
    }


async def expected(node) -> set:
    """Return what a check of everything that the node holds finds."""
    held = await node.desk.read(queries.activities)
    return keys_of(check([from_wire(h.activity) for h in held], node.desk.agreement).conflicts)


async def kept(node) -> set:
    return {
        (m.a.party, m.a.activity, m.a.volume, m.b.party, m.b.activity, m.b.volume, m.rule)
        for m in await node.conflicts()
    }


@settings(max_examples=60)
@given(st.lists(steps(), min_size=2, max_size=8))
def test_both_nodes_keep_the_conflicts_that_a_whole_check_finds(todo):
    async def main():
        async with two_nodes() as pair:
            for step in todo:
                await act(pair, step)
                if step[-1]:
                    await pair.settle()
            await pair.settle()
            for node in (pair.north, pair.south):
                assert await kept(node) == await expected(node)
            assert await kept(pair.north) == await kept(pair.south)

    asyncio.run(main())


@settings(max_examples=40)
@given(st.lists(near_volumes(0), min_size=2, max_size=6))
def test_declarations_that_wait_together_find_what_they_find_one_by_one(volumes):
    """One desk takes own and foreign ones at once, the other in turn: the same conflicts last."""

    async def main():
        results = []
        for together in (True, False):
            async with two_nodes() as pair:
                commands = [
                    Declare(Activity(party, f"{party}{k}", (v,), kind="k"), "duty", "p")
                    for k, v in enumerate(volumes)
                    for party in ("north",)
                ]
                for k, volume in enumerate(volumes):
                    await pair.south.do(
                        Declare(Activity("south", f"s{k}", (volume,), kind="k"), "duty", "p")
                    )
                await pair.settle()
                if together:
                    await asyncio.gather(*(pair.north.do(command) for command in commands))
                else:
                    for command in commands:
                        await pair.north.do(command)
                results.append(await kept(pair.north))
                assert results[-1] == await expected(pair.north)
        assert results[0] == results[1]

    asyncio.run(main())


def test_a_conflict_that_an_amendment_solves_ends_and_says_so():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            await pair.settle()
            answer = await pair.north.declare(an_activity())
            assert len(answer.conflicts) == 1
            await pair.settle()  # else south takes both revisions in one commit
            far = a_volume(footprint=Circle((40.0, 34.0), 1000.0))
            answer = await pair.north.declare(an_activity(revision=2, volumes=(far,)))
            assert answer.conflicts == ()
            await pair.settle()
            for node in (pair.north, pair.south):
                (ended,) = await node.desk.read(queries.conflicts)
                assert ended.ended_s is not None
                assert "clear" in ended.ended_why

    asyncio.run(main())


def test_a_conflict_with_a_private_activity_is_known_at_home_only():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            await pair.settle()
            answer = await pair.north.declare(an_activity(disclose=Disclosure.PRIVATE))
            assert [met.private for met in answer.conflicts] == [True]
            await pair.settle()
            assert await pair.south.conflicts() == []
            assert await pair.south.held("north", "A1") is None

    asyncio.run(main())


def test_arenas_without_a_rule_are_said_to_be_not_judged():
    base = an_agreement()
    air_only = tuple(s for s in base.separations if set(s.arenas) == {Arena.AIR})
    agreement = replace(base, separations=air_only)

    async def main():
        async with two_nodes(agreement) as pair:
            ship = a_volume(arena=Arena.SEA, height=HeightBand.of(0.0, 30.0))
            await pair.south.declare(an_activity("south", "SHIP", volumes=(ship,)))
            await pair.settle()
            answer = await pair.north.declare(an_activity())
            assert [one.arenas for one in answer.not_judged] == [("air", "sea")]
            await pair.south.change("SHIP", State.ENDED)
            await pair.settle()
            answer = await pair.north.declare(an_activity(name="A2"))
            assert answer.not_judged == ()

    asyncio.run(main())


def test_what_cannot_be_judged_raises_an_alarm_and_is_not_called_clear():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            await pair.settle()
            key = tables.key("south", "B1")
            sound = await pair.north.desk.read(lambda r: r.get(tables.ACTIVITY, key))
            await pair.north.store.transact(lambda tx: tx.put(tables.ACTIVITY, key, b"{broken"))
            answer = await pair.north.declare(an_activity())
            assert answer.not_judged
            assert "not judged" in await pair.north.alarms()
            await pair.north.store.transact(lambda tx: tx.put(tables.ACTIVITY, key, sound))
            answer = await pair.north.declare(an_activity(revision=2))
            assert len(answer.conflicts) == 1
            assert await pair.north.alarms() == []

    asyncio.run(main())
