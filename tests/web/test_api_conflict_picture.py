from dataclasses import replace

import pytest
from builders import NM, a_volume, an_activity
from msgspec import structs
from web_scenes import Node, a_met

from wideberth.arenas import standing_activities
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.footprint import Circle, Everywhere, Track
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.node.records import Held, Side
from wideberth.peering.wire import to_wire

URL = "/api/v1/conflicts/c1/picture"


@pytest.fixture
def node():
    return Node()


def declared(name, footprint, party, **more):
    """Return the records of an activity and its revision."""
    activity = replace(an_activity(a_volume(footprint), name=name, party=party), **more)
    held = Held(activity=to_wire(activity), declared_s=0.0, changed_s=0.0, contact="x")
    revision = tables.key(party, name, activity.revision)
    return (tables.ACTIVITY, tables.key(party, name), held), (tables.REVISION, revision, held)


def met(**more):
    table, key, record = a_met()
    return table, key, structs.replace(record, **more)


def got(node, role=Role.OBSERVER, status=200):
    answer = node.as_role(role).get(URL)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_two_that_overlap_are_drawn_with_what_both_cover(node):
    node.keep(*declared("N1", Circle((33.0, 34.0), 5000.0), "north"), met())
    node.keep(*declared("S1", Circle((33.05, 34.0), 5000.0), "south"))
    answer = got(node)
    assert answer["conflict"]["id"] == "c1"
    assert answer["a"]["drawn"]["centre"] == [33.0, 34.0]
    assert (answer["b"]["side"]["activity"], answer["b"]["drawn"]["upper_m"]) == ("S1", 3300.0)
    assert (answer["area_is"], answer["padded_by_m"], answer["nearest"]) == ("overlap", 0.0, None)
    assert answer["area"]["type"] == "Polygon"
    assert answer["required"]["lateral_m"] == pytest.approx(5 * NM)


def test_two_that_are_near_show_how_near_and_the_area_within_half_the_minimum(node):
    node.keep(*declared("N1", Circle((33.0, 34.0), 5000.0), "north"), met())
    node.keep(*declared("S1", Circle((33.15, 34.0), 5000.0), "south"))
    answer = got(node)
    assert 3000 < answer["gap_m"] < 5000
    assert answer["area_is"] == "padded"
    assert answer["padded_by_m"] == pytest.approx(2.5 * NM + 5.0)
    (lon_a, _lat), (lon_b, _lat_b) = answer["nearest"]
    assert 33.0 < lon_a < lon_b < 33.15


def test_a_track_counts_where_it_is_while_the_conflict_lasts(node):
    track = Track(((33.0, 33.0), (33.0, 35.0)), (0.0, 1000.0), 100.0)
    node.keep(*declared("N1", track, "north"), met(from_s=0.0, to_s=100.0))
    node.keep(*declared("S1", Circle((33.0, 34.0), 5000.0), "south"))
    assert got(node)["gap_m"] > 50_000.0
    assert got(node)["a"]["drawn"]["path"][-1] == [33.0, 35.0, 1000.0]


def test_what_is_shown_is_the_revision_that_was_judged_not_the_newest(node):
    now, _old = declared("N1", Circle((20.0, 20.0), 5000.0), "north", revision=2)
    _now, old = declared("N1", Circle((33.0, 34.0), 5000.0), "north")
    node.keep(now, old, met())
    answer = got(node)
    assert answer["a"]["drawn"]["centre"] == [33.0, 34.0]
    assert (answer["b"]["drawn"], answer["gap_m"], answer["area_is"]) == (None, None, "none")


def test_a_side_that_the_agreement_itself_keeps_is_drawn_too(node):
    band = Restriction(
        id="B1",
        kind=RestrictionKind.TABOO,
        clause="S1",
        band=FrequencyBand(1e6, 2e6),
        area=Everywhere(),
        window=TimeWindow(0.0, 1e10),
    )
    node.desk.agreement = replace(node.desk.agreement, restrictions=(band,))
    (standing,) = standing_activities(node.desk.agreement)
    side = Side(
        party=standing.party, activity=standing.id, volume=standing.volumes[0].id, revision=0
    )
    node.keep(*declared("S1", Circle((33.0, 34.0), 5000.0), "south"), met(a=side))
    answer = got(node)
    assert answer["a"]["drawn"]["low_hz"] == 1e6
    assert (answer["required"], answer["area_is"]) == (None, "overlap")


def test_a_private_conflict_is_not_there_for_who_may_not_see_it(node):
    node.keep(*declared("N1", Circle((33.0, 34.0), 5000.0), "north"), a_met(private=True))
    assert got(node, status=404)["detail"] == "there is no such conflict."
    assert got(node, Role.PLANNER)["a"]["drawn"] is not None
