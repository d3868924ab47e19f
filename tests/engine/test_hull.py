"""The extent of an activity holds all of it, and no conflict is lost by judging it instead."""

import dataclasses
import itertools

import drawing
import pytest
import scenes
import shapely
from builders import NOON_S, RANGES, a_volume, an_activity, an_agreement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import GEOD

from wideberth.checking import check
from wideberth.engine.distance import gap
from wideberth.engine.hull import convex, hull
from wideberth.engine.moved_off import largest_off_m, offsets_m
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.agreement import Separation
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon, Track
from wideberth.model.volume import Arena

LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

footprints = st.tuples(st.sampled_from(drawing.ANCHORS), drawing.sizes).flatmap(
    lambda at: drawing.footprints(*at) | drawing.tracks(*at)
)


def outline(footprint):
    """Points on the very edge of a footprint, by pyproj alone."""
    if isinstance(footprint, Polygon):
        rings = [part.outer for part in footprint.parts]
        lines, radius_m = [[*ring, ring[0]] for ring in rings], 0.0
    elif isinstance(footprint, Circle):
        lines, radius_m = [[footprint.centre]], footprint.radius_m
    else:
        lines = [footprint.points]
        is_track = isinstance(footprint, Track)
        radius_m = footprint.radius_m if is_track else footprint.half_width_m
    for line in lines:
        on_line = list(line)
        for a, b in itertools.pairwise(line):
            azimuth, _, length = GEOD.inv(*a, *b)
            on_line += [drawing.go(a, azimuth, length * k / 7) for k in range(1, 7)]
        for point in on_line:
            yield point
            if radius_m > 0.0:
                yield from (drawing.go(point, 30.0 * k + 3.0, radius_m) for k in range(12))


@LAW
@given(footprints)
def test_the_hull_holds_every_point_of_the_outline(footprint):
    extent = shape_of(convex(footprint))
    rounding_m = 1e-6 if isinstance(footprint, Circle) else 0.0  # a circle is its own hull
    for point in outline(footprint):
        assert gap(shape_of(Circle(point, 0.0)), extent).gap_m <= rounding_m


@LAW
@given(footprints)
def test_the_hull_of_a_footprint_is_simple_and_convex(footprint):
    extent = convex(footprint)
    if isinstance(footprint, Circle):
        assert extent == footprint
    elif isinstance(extent, Polygon):
        (part,) = extent.parts
        assert part.holes == ()
        again = shape_of(convex(extent))
        assert largest_off_m(again, shape_of(extent)) < 40.0  # its own hull is hardly wider


@given(st.sampled_from(drawing.ANCHORS), drawing.azimuths, st.floats(3.0, 5.7), st.floats(0.0, 0.5))
@settings(max_examples=60, deadline=None)
def test_a_convex_footprint_hardly_grows(anchor, azimuth, size, share):
    length_m = 10.0**size
    straight = Corridor((anchor, drawing.go(anchor, azimuth, length_m)), share * length_m)
    off_m = largest_off_m(shape_of(convex(straight)), shape_of(straight))
    assert off_m <= 0.05 * straight.half_width_m + 20.0


def test_parts_and_dents_and_holes_are_closed_over():
    one = [(33.0, 34.0), (33.2, 34.0), (33.1, 34.1), (33.2, 34.2), (33.0, 34.2)]
    two = [(33.5, 34.0), (33.7, 34.0), (33.6, 34.2)]
    hole = [(33.02, 34.02), (33.05, 34.02), (33.03, 34.05)]
    apart = Polygon((Part(tuple(one), (tuple(hole),)), Part(tuple(two))))
    (part,) = convex(apart).parts
    flat = shapely.Polygon(part.outer)
    assert flat.convex_hull.area == pytest.approx(flat.area, rel=1e-3)
    assert flat.area == pytest.approx(shapely.MultiPoint([*one, *two]).convex_hull.area, rel=2e-3)


def test_a_polygon_of_few_corners_has_no_more_of_them_than_its_long_edges_need():
    square = Polygon.of([(33.0, 34.0), (33.2, 34.0), (33.2, 34.2), (33.0, 34.2)])
    assert len(convex(square).parts[0].outer) <= 8


@pytest.mark.parametrize("lat", [-90.0, 90.0])
def test_an_area_round_a_pole_holds_it_still(lat):
    ring = [(lon, lat - 1.0 if lat > 0.0 else lat + 1.0) for lon in (-120.0, 0.0, 120.0)]
    extent = shape_of(convex(Polygon.of(ring)))
    assert offsets_m(shape_of(Circle((0.0, lat), 0.0)).lonlat, extent)[0] < 0.0


def test_what_reaches_half_round_the_earth_becomes_a_circle_and_farther_everything():
    far = Corridor(((-65.0, 0.0), (0.0, 0.0), (65.0, 0.0)), 1000.0)
    extent = convex(far)
    assert isinstance(extent, Circle)
    for point in outline(far):
        assert GEOD.inv(*point, *extent.centre)[2] < extent.radius_m
    girdle = Corridor(((-170.0, 0.0), (-80.0, 0.0), (0.0, 0.0), (80.0, 0.0), (170.0, 0.0)), 9.0)
    assert convex(girdle) == Everywhere()
    assert convex(Everywhere()) == Everywhere()


def test_a_line_that_goes_nowhere_becomes_a_circle():
    still = Track(((33.0, 34.0), (33.0, 34.0)), (0.0, 60.0), 500.0)
    extent = convex(still)
    assert extent.centre == pytest.approx((33.0, 34.0), abs=1e-9)
    assert 500.0 <= extent.radius_m < 510.0


def told():
    track = Track(((33.0, 34.0), (33.5, 34.1)), (NOON_S, NOON_S + 600.0), 900.0)
    radio = dataclasses.replace(
        a_volume(arena=Arena.SPECTRUM, volume_id="r"), eirp_dbm=40.0, criterion="I/N -6 dB"
    )
    return Activity(
        "north", "N1", (a_volume(track), radio),
        title="Secret", kind="transit", priority=3, disclose=Disclosure.EXTENT, revision=4,
        state=State.ACTIVATED, flex=Flex(time_s=60.0), equipage="transponder", linked="pair",
    )  # fmt: skip


def test_only_what_and_when_and_how_high_is_left():
    before, after = told(), hull(told())
    for name in ("party", "id", "kind", "priority", "disclose", "revision", "state"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.title, after.flex, after.equipage, after.linked) == ("", None, "", "")
    for was, now in zip(before.volumes, after.volumes, strict=True):
        for name in ("id", "arena", "height", "time", "freq", "role"):
            assert getattr(now, name) == getattr(was, name)
        assert (now.eirp_dbm, now.criterion) == (None, "")
    assert isinstance(after.volumes[0].footprint, Polygon)
    assert hull(dataclasses.replace(before, disclose=Disclosure.FULL)) == after


def test_a_private_activity_has_no_extent():
    with pytest.raises(ImpossibleValueError) as caught:
        hull(dataclasses.replace(told(), disclose=Disclosure.PRIVATE))
    assert "Secret" not in str(caught.value)


def pairs_of(activities, agreement):
    return {(c.a, c.b, c.finding.rule) for c in check(activities, agreement).conflicts}


@given(scenes.theatres(most=4), scenes.minima, st.integers(0, 3))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_conflict_is_still_one_when_some_activities_are_known_by_their_extent(
    activities, minima, keep
):
    agreement = dataclasses.replace(
        an_agreement(),
        separations=tuple(
            Separation(s.arenas, s.clause, minima) for s in an_agreement().separations
        ),
        heights=RANGES,
    )
    known = [a if i == keep else hull(a) for i, a in enumerate(activities)]
    assert pairs_of(activities, agreement) <= pairs_of(known, agreement)


def test_an_extent_of_its_own_is_in_conflict_where_the_activity_was():
    ours, theirs = an_activity(), an_activity(party="south", name="S1")
    before = pairs_of([ours, theirs], an_agreement())
    assert before
    assert pairs_of([ours, hull(theirs)], an_agreement()) == before
