"""The gap of two footprints against the slow way (tests/support/oracle.py)."""

import drawing
import oracle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wideberth.engine.distance import gap
from wideberth.engine.shape import shape_of
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon

LAW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def square(lon, lat, side_deg):
    return Polygon.of(
        [(lon, lat), (lon + side_deg, lat), (lon + side_deg, lat + side_deg), (lon, lat + side_deg)]
    )


def gap_of(one, other):
    return gap(shape_of(one), shape_of(other))


@LAW
@given(drawing.pairs())
def test_gap_equals_dense_geodesic_sampling_to_a_centimetre_or_a_ten_thousandth(pair):
    one, other = pair
    found, truth = gap_of(one, other).gap_m, oracle.brute_gap(one, other)
    assert found == pytest.approx(truth, abs=max(0.01, 1e-4 * truth if truth > 1e4 else 0.0))


@LAW
@given(drawing.pairs())
def test_gap_is_the_same_from_either_side(pair):
    there, back = gap_of(*pair), gap_of(*pair[::-1])
    assert there.gap_m == pytest.approx(back.gap_m, abs=1e-6)
    assert there.is_overlap == back.is_overlap


@LAW
@given(drawing.pairs(), st.floats(1.0, 50_000.0))
def test_a_wider_circle_is_never_farther(pair, more_m):
    one, other = pair
    if isinstance(other, Circle):
        wider = Circle(other.centre, other.radius_m + more_m)
        assert gap_of(one, wider).gap_m <= gap_of(one, other).gap_m + 1e-6


@pytest.mark.parametrize("lon", [-180.0, -179.75, 0.0, 179.75, 180.0])
@pytest.mark.parametrize("lat", [-89.0, -45.0, 0.0, 60.0, 88.0])
def test_circles_placed_a_minimum_apart_are_found_there_exactly(lon, lat):
    centre = drawing.go((0.0, 0.0), 0.0, 0.0)
    centre = (lon, lat)
    other = drawing.go(centre, 77.0, 9260.0 + 3000.0 + 2000.0)
    found = gap_of(Circle(centre, 3000.0), Circle(other, 2000.0))
    assert found.gap_m == pytest.approx(9260.0, abs=1e-6)


def test_squares_that_share_an_edge_touch_and_do_not_overlap():
    found = gap_of(square(33.0, 34.0, 1.0), square(34.0, 34.0, 1.0))
    assert (found.gap_m, found.is_overlap) == (0.0, False)


def test_a_corner_in_the_middle_of_a_geodesic_edge_touches():
    one = Polygon.of([(30.0, 30.0), (50.0, 50.0), (30.0, 50.0)])
    azimuth, _, length = oracle.GEOD.inv(30.0, 30.0, 50.0, 50.0)
    on_edge = drawing.go((30.0, 30.0), azimuth, length * 0.37)
    other = Polygon.of([on_edge, (46.0, 35.0), (47.0, 36.0)])
    found = gap_of(one, other)
    assert found.gap_m == pytest.approx(0.0, abs=1e-6)
    assert not found.is_overlap


def test_two_areas_along_one_long_geodesic_touch():
    a, b = (10.0, 40.0), (45.0, 55.0)
    azimuth, _, length = oracle.GEOD.inv(*a, *b)
    c, d = drawing.go(a, azimuth, length * 0.2), drawing.go(a, azimuth, length * 0.7)
    found = gap_of(Polygon.of([a, b, (20.0, 55.0)]), Polygon.of([c, d, (40.0, 40.0)]))
    assert found.gap_m == pytest.approx(0.0, abs=1e-3)
    assert not found.is_overlap


def test_areas_that_share_two_centimetres_overlap():
    one = square(33.0, 34.0, 1.0)
    edge = drawing.go((34.0, 34.2), 270.0, 0.02)
    other = Polygon.of([edge, (35.0, 34.2), (35.0, 34.6)])
    assert gap_of(one, other).is_overlap


def test_a_point_in_a_hole_is_apart_from_the_area_around():
    ring = Polygon.of(
        [(30.0, 30.0), (40.0, 30.0), (40.0, 40.0), (30.0, 40.0)],
        [(32.0, 32.0), (38.0, 32.0), (38.0, 38.0), (32.0, 38.0)],
    )
    island = Circle((35.0, 35.0), 1000.0)
    assert gap_of(ring, island).gap_m == pytest.approx(oracle.brute_gap(ring, island), rel=1e-6)
    assert gap_of(ring, island).gap_m > 200_000.0


def test_an_island_part_inside_a_hole_counts():
    hole = ((32.0, 32.0), (38.0, 32.0), (38.0, 38.0), (32.0, 38.0))
    outer = ((30.0, 30.0), (40.0, 30.0), (40.0, 40.0), (30.0, 40.0))
    island = ((34.0, 34.0), (36.0, 34.0), (36.0, 36.0), (34.0, 36.0))
    nested = Polygon((Part(outer, (hole,)), Part(island)))
    assert gap_of(nested, Circle((35.0, 35.0), 0.0)).is_overlap


def test_a_cap_over_the_pole_holds_the_pole_and_the_date_line():
    cap = Polygon.of([(0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)])
    assert gap_of(cap, Circle((12.0, 90.0), 0.0)).is_overlap
    assert gap_of(cap, Circle((-180.0, 85.0), 0.0)).is_overlap


def test_the_whole_earth_overlaps_everything():
    assert gap_of(Everywhere(), Circle((1.0, 2.0), 0.0)).is_overlap


def test_a_line_with_no_width_through_an_area_overlaps_it():
    line = Corridor(((32.0, 34.5), (36.0, 34.5)), 0.0)
    assert gap_of(square(33.0, 34.0, 1.0), line).is_overlap


def test_a_point_on_a_corridors_line_overlaps_even_if_both_have_no_width():
    line = Corridor(((32.0, 34.0), (32.0, 36.0)), 0.0)
    assert gap_of(Circle((32.0, 35.0), 0.0), line).gap_m == pytest.approx(0.0, abs=1e-6)


@LAW
@given(
    st.sampled_from(drawing.ANCHORS),
    drawing.azimuths,
    st.floats(0.05, 0.95),
    st.sampled_from((30_000.0, 49_000.0, 400_000.0, 2.0e6)),
    st.floats(-3.0, 2.0),
)
def test_an_edge_that_ends_just_short_of_a_long_geodesic_is_that_far_away(
    anchor, azimuth, share, length, exponent
):
    """A line through the Earth's centre would be decimetres off here."""
    far = drawing.go(anchor, azimuth, length)
    at_start, _, whole = oracle.GEOD.inv(*anchor, *far)
    on = drawing.go(anchor, at_start, whole * share)
    heading = oracle.GEOD.inv(*on, *far)[0]
    end = drawing.go(on, heading + 90.0, 10.0**exponent)
    other = drawing.go(end, heading + 90.0, 5000.0)
    found = gap_of(Corridor((anchor, far), 0.0), Corridor((end, other), 0.0))
    assert found.gap_m == pytest.approx(10.0**exponent, abs=1e-3)


@pytest.mark.parametrize("half_width_m", [0.0, 1e-200, 1e-5, 1.0])
def test_a_line_from_inside_an_area_to_its_corner_overlaps_however_thin_it_is(half_width_m):
    area = Polygon.of([(33.0, 43.0), (41.9, 29.2), (24.1, 29.2)])
    line = Corridor(((33.0, 34.0), (33.0, 43.0)), half_width_m)
    assert gap_of(area, line).is_overlap
    assert gap_of(line, area).is_overlap
