"""P-8 in 2014, EP-3 in 2016, MQ-9 in 2023: metres apart, and nothing agreed to measure it by.

Aircraft of two sides came within 20 to 50 feet of one another, once until they touched. Each side
called the other unprofessional. There was no agreed distance for such a pair, no list of acts that
neither does, and no record that both held.

Here the distances are data of the agreement, one for each pair of arenas, with its version and its
clause, and both nodes find by the same figures what is closer (R16). A pair for which nothing was
agreed is said to be not judged, never clear. Who changes a distance changes it on both sides at
once, and all is judged again. What was declared when is in both ledgers, revision by revision, and
can be played again from either (R2, R16).

And what nobody does is on a list with codes (R27): an encounter is reported as such an act, by the
clause that forbids it, both nodes freeze what their ledgers hold of it at once, each side owes its
account within a day, and only both close it, with their findings side by side (R17).
"""

import asyncio
from dataclasses import replace

import msgspec
import pytest
from behind import pass_time
from council_scenes import opened, said, stand, texts_of
from msgspec import structs
from traces import opened as unsealed
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.council.refusals import NotFittingError
from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.agreement import Minima
from wideberth.model.binding import ProhibitedAct
from wideberth.model.command import RecallNotice
from wideberth.model.footprint import Track
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import tables
from wideberth.node.council import freezing
from wideberth.peering.council.agreement import AgreementProposed, AgreementSigned
from wideberth.peering.council.incident import (
    Harm,
    IncidentClosed,
    IncidentFinding,
    IncidentForm,
    IncidentReport,
    IncidentReported,
)

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


CROSSING = ProhibitedAct("P1", "Crossing close ahead of an aircraft.", "default air")
OURS = IncidentForm(
    text="An aircraft crossed our nose from the right at 50 feet.",
    happened_s=T0 + 7500.0,
    about=("activity/north/north flight", "activity/south/south flight"),
    act=CROSSING.code,
    harm=Harm.NO,
)
THEIRS = IncidentForm(
    text="The other aircraft turned into our path.", happened_s=T0 + 7500.0, harm=Harm.NO
)
ENCOUNTER = IncidentReported(role="duty officer", title="Crossing close ahead", form=OURS)


async def reported(pair):
    await both_fly(pair)
    pair.clock.now = T0 + 7800.0
    return await opened(pair, pair.north, ENCOUNTER)


def reviewed(scene):
    played(scene, replace(agreed(), prohibited=(CROSSING,)))


def test_an_encounter_is_reported_as_a_prohibited_act_by_the_clause_that_forbids_it():
    async def scene(pair):
        one = await reported(pair)
        for node in (pair.north, pair.south):
            found = await stand(node, one)
            assert found.preliminary["north"].clause == CROSSING.clause
        assert "incident reported" in await pair.south.alarms()
        unknown = replace_act(ENCOUNTER, "P9")
        with pytest.raises(NotFittingError, match="does not have"):
            await opened(pair, pair.north, unknown)

    reviewed(scene)


def replace_act(report, act):
    return structs.replace(report, form=structs.replace(report.form, act=act))


def test_both_nodes_freeze_what_they_hold_of_it_at_once_and_no_recall_reaches_that():
    async def scene(pair):
        one = await reported(pair)
        told = (await stand(pair.north, one)).frozen
        assert told == (await stand(pair.south, one)).frozen
        assert told.keys() == {"north", "south"}
        sent = next(n for n in await pair.north.notices() if n.activity == "north flight")
        await pair.north.do(RecallNotice(sent.message, "p", "it looks bad"))
        await pair.settle()
        assert await pair.south.held("north", "north flight") is None
        (kept,) = await pair.south.desk.read(lambda r: freezing.excerpts(r, one))
        assert (kept.digest, len(kept.entries)) == (
            told["south"][0].digest,
            told["south"][0].entries,
        )
        assert any(b"north flight" in unsealed(entry.data) for entry in kept.entries)

    reviewed(scene)


def test_a_side_that_gives_no_account_within_a_day_is_in_red_on_both_sides():
    async def scene(pair):
        one = await reported(pair)
        pair.clock.now = T0 + 7500.0 + 23 * 3600.0
        await pass_time(pair, 10.0)
        for node in (pair.north, pair.south):
            assert not [kind for kind in await node.alarms() if "overdue" in kind]
        pair.clock.now += 3600.0 + 60.0
        await pass_time(pair, 10.0)
        for node in (pair.north, pair.south):
            assert await texts_of(node, "preliminary report overdue")
        await said(pair, pair.south, one, IncidentReport, form=THEIRS)
        for node in (pair.north, pair.south):
            assert await texts_of(node, "preliminary report overdue") == []

    reviewed(scene)


def test_what_each_side_finds_stands_beside_the_other_and_only_both_close_it():
    async def scene(pair):
        one = await reported(pair)
        await said(pair, pair.south, one, IncidentReport, form=THEIRS, final=True)
        await said(pair, pair.north, one, IncidentReport, form=OURS, final=True)
        await said(pair, pair.north, one, IncidentFinding, text="The south crossed.")
        await said(pair, pair.south, one, IncidentFinding, text="Both held their course.")
        await said(pair, pair.north, one, IncidentClosed)
        for node in (pair.north, pair.south):
            found = await stand(node, one)
            assert (found.state, found.is_open) == ("closing", True)
            assert {side.text for side in found.findings.values()} == {
                "The south crossed.",
                "Both held their course.",
            }
            assert {one.field for one in found.differences} >= {"act", "about"}
        await said(pair, pair.south, one, IncidentClosed)
        for node in (pair.north, pair.south):
            assert (await stand(node, one)).state == "closed"

    reviewed(scene)
