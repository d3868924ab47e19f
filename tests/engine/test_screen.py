"""A sure verdict is never wrong: bounds hold against geodesics sampled densely, and they are tight.

The oracle (tests/support/oracle.py) knows no planes: it searches points along pyproj's geodesics.
"""

import math

import numpy as np
import pytest
from builders import NM, NOON_S, RANGES, a_volume, an_activity
from drawing import GEOD, go, lines, pairs, polygons
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import brute_gap

from wideberth.engine.columns import columns_of
from wideberth.engine.distance import gap
from wideberth.engine.screen import SURE_M, Verdict, screen
from wideberth.engine.shape import PIECE_M, shape_of
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon, Track

MARGIN_M = 1e-3  # what the oracle's grids may miss
CROSSING_M = 0.1  # they come near a crossing, not onto it


def verdict(one, other, lateral_m):
    volumes = a_volume(one), a_volume(other)
    activities = [an_activity(v, party=p) for v, p in zip(volumes, ("n", "s"), strict=True)]
    columns = columns_of(activities, RANGES)
    here, there = (screen(columns, np.array([i]), np.array([1 - i]), lateral_m)[0] for i in (0, 1))
    assert here == there
    return Verdict(here)


@settings(max_examples=70, deadline=None)
@given(pairs(), st.sampled_from((0.001, 0.05, 0.3, 2.0, 30.0, 3000.0)))
def test_no_verdict_is_contradicted_by_dense_geodesics(pair, off_m):
    true_m = brute_gap(*pair)
    if true_m > CROSSING_M:
        assert verdict(*pair, max(0.0, true_m - off_m)) is not Verdict.CONFLICT
    assert verdict(*pair, true_m + off_m + MARGIN_M) is not Verdict.APART


@settings(max_examples=400, deadline=None)
@given(pairs(), st.sampled_from((-100.0, -1.0, -0.05, 0.0, 0.01, 0.05, 1.0, 100.0)))
def test_no_verdict_is_contradicted_by_the_exact_gap(pair, off_m):
    exact = gap(*(shape_of(f) for f in pair))
    lateral_m = exact.gap_m + off_m
    assume(lateral_m >= 0.0)
    is_conflict = exact.is_overlap or exact.gap_m < lateral_m - 1e-4
    assert verdict(*pair, lateral_m) is not (Verdict.APART if is_conflict else Verdict.CONFLICT)


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_areas_that_surely_overlap_do_and_those_apart_do_not_where_the_minimum_is_0(pair):
    found = verdict(*pair, 0.0)
    exact = gap(*(shape_of(f) for f in pair))
    assert found is not (Verdict.APART if exact.is_overlap else Verdict.CONFLICT)


places = st.sampled_from(((33.0, 34.0), (179.99, -20.0), (0.0, 0.0), (20.0, 78.0), (-75.0, 89.9)))


@st.composite
def everyday(draw):
    """Areas, circles and corridors up to 60 NM wide, a few miles apart."""
    centre, size_m = draw(places), draw(st.floats(2000.0, 55_000.0))
    there = go(centre, draw(st.floats(0.0, 360.0)), draw(st.floats(0.0, 130_000.0)))
    kinds = (
        polygons(centre, size_m, holes=False),
        st.just(Circle(centre, size_m)),
        st.builds(Corridor, lines(centre, size_m / 2.0), st.just(5000.0)),
    )
    other = draw(polygons(there, draw(st.floats(2000.0, 55_000.0)), holes=False))
    return draw(st.one_of(kinds)), other


@settings(max_examples=100, deadline=None)
@given(everyday())
def test_pairs_within_ten_miles_are_settled_to_within_five_metres_of_the_limit(pair):
    exact = gap(*(shape_of(f) for f in pair))
    assume(exact.gap_m < 10 * NM)
    assert verdict(*pair, exact.gap_m + 5.0) is Verdict.CONFLICT
    if exact.gap_m > 10.0:
        assert verdict(*pair, exact.gap_m - 5.0) is Verdict.APART


@settings(max_examples=100, deadline=None)
@given(everyday())
def test_most_everyday_pairs_are_settled_within_a_share_of_the_gap_of_two_thousandths(pair):
    exact = gap(*(shape_of(f) for f in pair))
    assume(exact.gap_m > 5 * NM)
    assert verdict(*pair, exact.gap_m * 1.002) is Verdict.CONFLICT
    assert verdict(*pair, exact.gap_m * 0.998) is Verdict.APART


def square(lon, lat, size):
    return tuple((lon + size * x, lat + size * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))


def at(x_km, y_km):
    """Return the point so far east and north of a place, by bearing and distance."""
    bearing = math.degrees(math.atan2(x_km, y_km))
    return go((20.0, 40.0), bearing, 1000.0 * math.hypot(x_km, y_km))


def middle_of_a_piece(start, end):
    """Return the middle of a piece of a long edge, and the edge's bearing there."""
    bearing, _, length_m = GEOD.inv(*start, *end)
    pieces = math.ceil(length_m / PIECE_M)
    along_m = length_m * (pieces // 2 + 0.5) / pieces
    lon, lat, back = GEOD.fwd(*start, bearing, along_m)
    return (lon, lat), back + 180.0


U_SHAPE = tuple(
    at(*p)
    for p in (
        (-800, -800), (800, -800), (800, 800), (750, 800),
        (750, -700), (-750, -700), (-750, 800), (-800, 800),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("edge", "turn", "far"),
    [((4, 5), 90.0, ((500, 2000), (-500, 2000))), ((0, 1), 90.0, ((500, -2700), (-500, -2700)))],
)
@pytest.mark.parametrize("off_m", [-1.0, 1.0])
def test_an_edge_far_from_the_middle_that_bows_in_the_view_is_not_taken_for_straight(
    edge, turn, far, off_m
):
    middle, bearing = middle_of_a_piece(U_SHAPE[edge[0]], U_SHAPE[edge[1]])
    tip = go(middle, bearing + turn, 200.0)
    areas = Polygon.of(U_SHAPE), Polygon.of((tip, *(at(*p) for p in far)))
    exact = gap(*(shape_of(a) for a in areas)).gap_m
    assert exact == pytest.approx(200.0, abs=0.1)
    wrong = Verdict.APART if off_m > 0.0 else Verdict.CONFLICT
    assert verdict(*areas, exact + off_m) is not wrong
    assert verdict(*areas, exact + 100.0 * off_m) not in (wrong, Verdict.UNSURE)


def test_a_circle_in_a_hole_is_not_called_a_conflict_unseen():
    area = Polygon((Part(square(30.0, 30.0, 1.0), (square(30.2, 30.2, 0.6),)),))
    circle = Circle((30.5, 30.5), 1000.0)
    assert verdict(area, circle, 1000.0) is Verdict.APART
    assert verdict(area, circle, 60_000.0) is Verdict.UNSURE


def test_two_parts_are_each_looked_at():
    area = Polygon((Part(square(30.0, 30.0, 0.5)), Part(square(40.0, 30.0, 0.5))))
    assert verdict(area, Circle((40.2, 30.2), 10.0), 100.0) is Verdict.CONFLICT
    assert verdict(area, Circle((35.0, 30.2), 10.0), 100.0) is Verdict.APART


def test_a_mover_is_apart_or_left_to_the_exact_judge():
    track = Track(((30.0, 30.0), (31.0, 30.0)), (NOON_S, NOON_S + 600.0), 100.0)
    assert verdict(track, Circle((30.5, 30.0), 10.0), 100.0) is Verdict.UNSURE
    assert verdict(track, Circle((30.5, 35.0), 10.0), 100.0) is Verdict.APART


def test_everywhere_is_in_conflict_with_any_place():
    assert verdict(Everywhere(), Circle((0.0, 90.0), 0.0), 0.0) is Verdict.CONFLICT


def test_areas_larger_than_a_plane_can_show_are_left_to_the_exact_judge():
    vast = Polygon.of(((-60.0, -50.0), (60.0, -50.0), (60.0, 50.0), (-60.0, 50.0)))
    assert verdict(vast, Polygon.of(square(10.0, 10.0, 1.0)), 100.0) is Verdict.UNSURE


@pytest.mark.parametrize("off_m", [SURE_M / 2, -SURE_M / 2])
def test_a_gap_within_the_exact_judges_own_error_is_left_to_it(off_m):
    circles = Circle((30.0, 30.0), 1000.0), Circle((30.1, 30.0), 1000.0)
    exact = gap(*(shape_of(c) for c in circles)).gap_m
    assert verdict(*circles, exact + off_m) is Verdict.UNSURE


def test_nothing_gives_nothing():
    columns = columns_of([], RANGES)
    none = np.empty(0, np.intp)
    assert len(screen(columns, none, none, math.pi)) == 0
