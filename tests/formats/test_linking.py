"""Notices of one activity are linked, and their disagreement is told in numbers."""

import dataclasses

import pytest
from builders import NOON_S, a_volume, an_activity
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.linking import link_notices
from wideberth.model.footprint import Circle, Polygon
from wideberth.model.volume import Arena

CORNERS = ((40.0, -15.0), (40.5, -15.0), (40.5, -15.5), (40.0, -15.5))


def notice(party, name, *footprints, kind="gunnery", **changes):
    volumes = [
        a_volume(f, arena=Arena.SEA, lower_m=0.0, upper_m=50.0, volume_id=str(k), **changes)
        for k, f in enumerate(footprints)
    ]
    return dataclasses.replace(an_activity(*volumes, party=party, name=name), kind=kind)


def as_area(party="EAST", name="E 1/26", **changes):
    return notice(party, name, Polygon.of(CORNERS), **changes)


def as_circles(party="WEST", name="W 2/26", **changes):
    return notice(party, name, *(Circle(c, 3704.0) for c in CORNERS), **changes)


def test_an_area_and_circles_on_its_corners_are_one_activity_and_the_areas_are_told():
    named, links = link_notices([as_area(), as_circles()])
    assert [n.linked for n in named] == ["EAST E 1/26 = WEST W 2/26"] * 2
    (line,) = links[0].disagreements
    assert line == ("area: E 1/26 1 polygon of 866 NM2, W 2/26 4 circles of 50 NM2, 17.2 times")


def test_times_that_differ_are_told():
    other = as_area("WEST", "W 2/26", start_s=NOON_S + 60.0)
    _, links = link_notices([as_area(), other])
    assert [line.split(":")[0] for line in links[0].disagreements] == ["times"]


@pytest.mark.parametrize(
    "other",
    [
        as_area("WEST", "later", start_s=NOON_S + 9e5, end_s=NOON_S + 9.1e5),
        as_area("WEST", "survey", kind="survey"),
        notice("WEST", "two corners", Circle(CORNERS[0], 10.0), Circle(CORNERS[1], 10.0)),
        dataclasses.replace(as_area("EAST", "another ship"), title="other words"),
    ],
    ids=lambda a: a.id,
)
def test_other_times_kinds_places_and_other_words_of_one_authority_are_not_linked(other):
    named, links = link_notices([as_area(), other])
    assert links == ()
    assert all(n.linked == "" for n in named)


def test_a_copy_is_linked_without_disagreement():
    _, links = link_notices([as_area(), as_area("WEST", "W 2/26")])
    assert links[0].disagreements == ()


@settings(max_examples=50, deadline=None)
@given(
    st.permutations(
        [as_area(), as_circles(), as_area("THIRD", "T 3/26"), as_area("X", "x", kind="")]
    )
)
def test_the_order_of_notices_changes_no_link(notices):
    _, links = link_notices(notices)
    assert [link.name for link in links] == ["EAST E 1/26 = THIRD T 3/26 = WEST W 2/26"]


@settings(max_examples=50, deadline=None)
@given(st.floats(-0.0033, 0.0033), st.floats(-0.0033, 0.0033))
def test_positions_within_a_fifth_of_a_minute_are_one_position(east_deg, north_deg):
    moved = Polygon.of([(lon + east_deg, lat + north_deg) for lon, lat in CORNERS])
    _, links = link_notices([as_area(), notice("WEST", "W 2/26", moved)])
    assert len(links) == 1
