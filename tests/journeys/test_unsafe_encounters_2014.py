"""P-8 in 2014, EP-3 in 2016, MQ-9 in 2023: metres apart, and nothing agreed to measure it by.

Aircraft of two sides came within 20 to 50 feet of one another, once until they touched. Each side
called the other unprofessional. There was no agreed distance for such a pair, no list of acts that
neither does, and no record that both held.

Here the distances are data of the agreement, one for each pair of arenas, with its version and its
clause, and both nodes find by the same figures what is closer (R16). A pair for which nothing was
agreed is said to be not judged, never clear. Who changes a distance changes it on both sides at
once, and all is judged again. What was declared when is in both ledgers, revision by revision, and
can be played again from either (R2, R16).
"""

import asyncio
from dataclasses import replace

import msgspec
from council_scenes import opened, said
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Track
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import tables
from wideberth.peering.council.agreement import AgreementProposed, AgreementSigned

FEET_50_M = 15.24
AIR = frozenset({Arena.AIR})
LINE = ((33.0, 34.0), (33.5, 34.0))


def flight(party, lower_m, **different):
    """Return a flight along a line, ten metres high, whose path is known to 100 m."""
    times_s = (T0 + 7200.0, T0 + 9000.0)
    volume = a_volume(
        footprint=Track(LINE, times_s, 100.0),
        height=HeightBand.of(lower_m, lower_m + 10.0),
        time=TimeWindow(*times_s),
    )
    fields = {"kind": "reconnaissance", "volumes": (volume,)}
    return an_activity(party, f"{party} flight", **(fields | different))


def agreed(*, minima=None, pair=True, version=1):
    """Return an agreement with minima for aircraft, or with none for that pair."""
    base = an_agreement(version=version)
    kept = [one for one in base.separations if frozenset(one.arenas) != AIR]
    (air,) = [one for one in base.separations if frozenset(one.arenas) == AIR]
    air = air if minima is None else replace(air, minima=minima)
    return replace(base, separations=(*kept, air) if pair else tuple(kept))


def played(scene, agreement):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


async def both_fly(pair, apart_m=FEET_50_M):
    await pair.north.declare(flight("north", 6000.0))
    await pair.settle()
    answer = await pair.south.declare(flight("south", 6010.0 + apart_m))
    await pair.settle()
    return answer


def test_two_that_come_within_50_feet_are_found_on_both_sides_by_one_clause_and_the_same_figures():
    async def scene(pair):
        await both_fly(pair)
        found = [(await node.conflicts())[0] for node in (pair.north, pair.south)]
        for one in found:
            assert abs(one.vertical_m - FEET_50_M) < 1.0
            assert one.lateral_m == 0.0
            assert one.clause == "default air"
        assert found[0].id == found[1].id

    played(scene, agreed())


def test_two_that_keep_the_agreed_distance_are_no_conflict_on_either_side():
    async def scene(pair):
        await both_fly(pair, apart_m=1000.0)
        for node in (pair.north, pair.south):
            assert await node.conflicts() == []

    played(scene, agreed())


def test_where_no_distance_was_agreed_for_the_pair_it_is_not_judged_and_not_clear():
    async def scene(pair):
        answer = await both_fly(pair)
        assert answer.conflicts == ()
        assert answer.not_judged, "silence would read as clear"

    played(scene, agreed(pair=False))


def test_a_distance_that_both_sign_anew_is_the_measure_on_both_sides_at_once():
    wider = agreed(minima=Minima(9260.0, 1500.0, 600.0), version=2)

    async def scene(pair):
        await both_fly(pair, apart_m=1000.0)
        assert await pair.north.conflicts() == await pair.south.conflicts() == []
        text = canonical(wider)
        one = await opened(
            pair, pair.north, AgreementProposed(role="secretary", text=text.decode())
        )
        for node in (pair.north, pair.south):
            await said(pair, node, one, AgreementSigned, role="deputy", digest=digest(text))
        for node in (pair.north, pair.south):
            (met,) = await node.conflicts()
            assert (met.a.activity, met.b.activity) == ("north flight", "south flight")

    played(scene, agreed())


def test_what_each_flew_and_when_is_the_same_in_both_records_revision_by_revision():
    async def scene(pair):
        await both_fly(pair)
        for revision in (2, 3):
            pair.clock.now += 60.0
            await pair.south.declare(flight("south", 6000.0 + 100.0 * revision, revision=revision))
            await pair.settle()
        records = [
            await node.store.read(lambda r: [raw for _key, raw in r.scan(tables.REVISION)])
            for node in (pair.north, pair.south)
        ]
        volumes = [[msgspec.json.decode(raw)["activity"]["volumes"] for raw in r] for r in records]
        assert volumes[0] == volumes[1]
        assert len(volumes[0]) == 4

    played(scene, agreed())
