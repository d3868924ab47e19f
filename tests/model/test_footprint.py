"""Values that cannot exist cannot be built; those that can are kept as given."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError, SelfCrossingError
from wideberth.model.footprint import Circle, Corridor, Part, Polygon, Track, opened
from wideberth.model.ring import Gnomonic, first_crossing, holds

BOX = ((33.0, 34.0), (34.0, 34.0), (34.0, 35.0), (33.0, 35.0))
nowhere = st.sampled_from(
    [(math.nan, 1.0), (1.0, math.inf), (181.0, 0.0), (0.0, 90.1), (34.0, 134.0)]
)


@given(nowhere)
def test_a_position_off_the_earth_is_refused(point):
    for build in (
        lambda: Circle(point, 1.0),
        lambda: Corridor((point, (1.0, 1.0)), 1.0),
        lambda: Polygon.of([*BOX[:2], point]),
        lambda: Track((point, (1.0, 1.0)), (0.0, 1.0), 1.0),
    ):
        with pytest.raises(ImpossibleValueError):
            build()


def test_a_latitude_that_could_be_a_longitude_hints_at_swapped_coordinates():
    with pytest.raises(ImpossibleValueError, match="swapped"):
        Circle((34.0, 134.0), 1.0)


@pytest.mark.parametrize("length_m", [-1.0, math.nan, math.inf, 2.0e7])
def test_a_length_that_cannot_be_is_refused(length_m):
    for build in (lambda: Circle((0.5, 0.5), length_m), lambda: Corridor(BOX[:2], length_m)):
        with pytest.raises(ImpossibleValueError, match="km"):
            build()


def test_a_ring_that_crosses_itself_is_refused_with_the_crossing_point():
    with pytest.raises(SelfCrossingError) as caught:
        Polygon.of([BOX[0], BOX[2], BOX[1], BOX[3]])
    lon, lat = caught.value.crossing
    assert (lon, lat) == pytest.approx((33.5, 34.504), abs=0.001)


@pytest.mark.parametrize(
    "ring",
    [
        [BOX[0], BOX[1], BOX[0]],
        [BOX[0], BOX[1], BOX[2], BOX[1]],
        [(0.0, 0.0), (2.0, 0.0), (1.0, 0.0), (1.0, 1.0)],
        [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 0.0), (0.0, 4.0)],
    ],
    ids=["two points", "a spike", "folded back", "touching an edge"],
)
def test_a_ring_without_room_or_that_touches_itself_is_refused(ring):
    with pytest.raises(ImpossibleValueError):
        Polygon.of(ring)


def test_an_area_of_more_than_half_the_earth_is_refused():
    with pytest.raises(ImpossibleValueError, match="Split"):
        Polygon.of([(-170.0, -60.0), (0.0, -60.0), (170.0, -60.0), (170.0, 60.0), (-170.0, 60.0)])


@pytest.mark.parametrize("west", [179.5, -180.0, 89.0, 0.0])
@pytest.mark.parametrize("south", [-89.9, -45.0, 0.0, 88.0])
def test_boxes_stand_at_the_date_line_and_near_the_poles(west, south):
    east = west + 1.0 if west + 1.0 <= 180.0 else west - 359.0
    Polygon.of([(west, south), (east, south), (east, south + 0.1), (west, south + 0.1)])


def test_a_ring_round_the_pole_stands():
    Polygon.of([(0.0, 80.0), (90.0, 80.0), (180.0, 80.0), (-90.0, 80.0)])


def test_a_hole_outside_or_across_its_ring_is_refused():
    with pytest.raises(ImpossibleValueError, match="outside"):
        Polygon.of(BOX, [(36.0, 34.2), (36.2, 34.2), (36.2, 34.4)])
    with pytest.raises(SelfCrossingError, match="crosses the outer"):
        Polygon.of(BOX, [(33.5, 34.2), (36.2, 34.2), (33.5, 34.4)])


def test_opened_drops_the_closing_vertex_and_repeats_in_a_row():
    assert opened([BOX[0], BOX[0], *BOX[1:], BOX[0]]) == BOX


@pytest.mark.parametrize(
    ("times", "match"),
    [
        ((0.0,), "2 vertices"),
        ((5.0, 5.0), "not after"),
        ((9.0, 1.0), "not after"),
        ((0.0, math.inf), "finite"),
    ],
)
def test_a_track_whose_times_do_not_rise_is_refused(times, match):
    with pytest.raises(ImpossibleValueError, match=match):
        Track(BOX[:2], times, 10.0)


def test_a_leg_between_opposite_points_of_the_earth_is_refused():
    with pytest.raises(ImpossibleValueError, match="opposite"):
        Corridor(((0.0, 10.0), (180.0, -10.0)), 1.0)


def test_a_part_knows_nothing_but_its_rings():
    assert Part(BOX) == Part(BOX, ())


def crossing_by_brute_force(ring):
    n = len(ring)

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    for i in range(n):
        for j in range(i + 2, n):
            if i == 0 and j == n - 1:
                continue
            a, b, c, d = ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n]
            if side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0:
                return True
    return False


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=9, unique=True))
def test_every_crossing_that_brute_force_sees_is_found(ring):
    if crossing_by_brute_force(ring):
        assert first_crossing(ring) is not None


@settings(max_examples=200, deadline=None)
@given(st.integers(3, 40), st.randoms(use_true_random=False), st.integers(0, 39))
def test_a_star_never_crosses_itself_wherever_it_starts(n, chance, start):
    ring = [
        (r * math.cos(2 * math.pi * k / n), r * math.sin(2 * math.pi * k / n))
        for k in range(n)
        for r in [chance.uniform(0.3, 1.0)]
    ]
    start %= n
    turned = ring[start:] + ring[:start]
    assert first_crossing(turned) is None
    assert first_crossing(turned[::-1]) is None
    assert holds(turned, (0.0, 0.0)) or n < 5


@settings(max_examples=200, deadline=None)
@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-60, 60), st.floats(-60, 60))
def test_the_central_plane_and_back_is_the_same_place(lon, lat, east_deg, north_deg):
    plane = Gnomonic([(lon, lat)])
    far = (math.remainder(lon + east_deg, 360.0), max(-89.0, min(89.0, lat + north_deg)))
    at = plane.forward(far)
    if at is not None:
        back = plane.inverse(at)
        assert back[1] == pytest.approx(far[1], abs=1e-8)
        assert math.remainder(back[0] - far[0], 360.0) == pytest.approx(0.0, abs=1e-6)
