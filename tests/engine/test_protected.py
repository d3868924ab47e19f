"""Protected volumes: whoever overlaps one is told, by its clause, whatever else is agreed."""

import asyncio
import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.checking import check
from wideberth.engine.protected import RULE
from wideberth.formats.report_text import render
from wideberth.model.activity import Disclosure
from wideberth.model.binding import ProtectedVolume
from wideberth.model.footprint import Circle
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena

BASE = an_agreement()
CLAUSE = BASE.clauses[-1].id
APPROACH = ProtectedVolume(
    "approach",
    "The approach",
    CLAUSE,
    Circle((33.0, 34.0), 5000.0),
    TimeWindow(T0, T0 + 90_000.0),
    HeightBand.of(0.0, 2000.0),
    kinds=("landing",),
    contact="tower, 118.1 MHz",
)
AGREEMENT = replace(BASE, protected=(APPROACH,))
GEOD = Geod(ellps="WGS84")
activities = st.builds(
    lambda party, name, kind, arena, lon, low, start: an_activity(
        party,
        name,
        kind=kind,
        volumes=(
            a_volume(
                lon,
                arena=arena,
                height=HeightBand.of(low, low + 1000.0),
                time=TimeWindow(T0 + start, T0 + start + 600.0),
            ),
        ),
    ),
    st.sampled_from(["north", "south"]),
    st.sampled_from(["A1", "A2", "A3"]),
    st.sampled_from(["landing", "patrol"]),
    st.sampled_from([Arena.AIR, Arena.SEA]),
    st.sampled_from([33.0, 33.16, 33.163, 34.0]),
    st.sampled_from([0.0, 1999.0, 2000.0]),
    st.sampled_from([0.0, -600.0, -599.0, 90_000.0, 89_999.0]),
)


def is_in(activity, one):
    """Return whether a disc overlaps a protected disc: by hand, with no engine."""
    (volume,) = activity.volumes
    (_, _, apart_m) = GEOD.inv(*volume.footprint.centre, *one.area.centre)
    high, low = volume.height, one.heights
    start_s = max(volume.time.start_s, one.window.start_s)
    return (
        activity.kind not in one.kinds
        and apart_m < volume.footprint.radius_m + one.area.radius_m
        and max(high.lower.height_m, low.lower.height_m)
        < min(high.upper.height_m, low.upper.height_m)
        and start_s < min(volume.time.end_s, one.window.end_s)
    )


@settings(max_examples=50)
@given(st.lists(activities, max_size=5, unique_by=lambda a: (a.party, a.id)), st.booleans())
def test_exactly_what_overlaps_a_protected_volume_is_told_whatever_the_search(drawn, fast):
    found = check(drawn, AGREEMENT, fast=fast).conflicts
    told = {ref for one in found if one.finding.rule == RULE for ref in (one.a, one.b)}
    told = {(ref.party, ref.activity) for ref in told if not ref.party.startswith("agreement")}
    assert told == {(a.party, a.id) for a in drawn if is_in(a, APPROACH)}
    others = [one for one in found if one.finding.rule != RULE]
    assert others == list(check(drawn, BASE, fast=fast).conflicts)


def test_one_activity_alone_is_told_with_clause_and_contact_in_the_report():
    one = an_activity(volumes=(a_volume(time=TimeWindow(T0 + 1e4, T0 + 2e4)),))
    result = check([one], AGREEMENT)
    (conflict,) = result.conflicts
    assert conflict.finding.clause == CLAUSE
    assert "whatever notice was given" in conflict.finding.why
    assert "tower, 118.1 MHz" in conflict.finding.why
    said = render(result, (), width=100, color=False)
    assert "the protected volumes" in said
    assert "The approach" in said


def test_a_lead_of_a_year_does_not_let_anybody_in_and_both_nodes_say_so():
    year = replace(APPROACH, window=TimeWindow(-math.inf, math.inf))

    async def run():
        async with two_nodes(replace(BASE, protected=(year,))) as pair:
            late = TimeWindow(T0 + 3e7, T0 + 3.1e7)
            answer = await pair.north.declare(an_activity(volumes=(a_volume(time=late),)))
            assert not answer.notices[0].lead.late
            await pair.north.declare(an_activity(name="A2", disclose=Disclosure.PRIVATE))
            await pair.settle()
            assert [m.clause for m in await pair.south.conflicts()] == [CLAUSE]
            ours = await pair.north.conflicts()
            assert sorted(m.private for m in ours) == [False, True]

    asyncio.run(run())
