"""Moving discs against the slow way: grids in both times (tests/support/oracle.py)."""

import builders
import drawing
import oracle
import pytest
from builders import NOON_S
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wideberth.engine import moving
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.shape import shape_of
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Circle, Corridor, Track

LAW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def track_pairs(draw):
    """Two tracks whose lines and times come near each other."""
    anchor = draw(st.sampled_from(drawing.ANCHORS))
    size = 10.0 ** draw(st.floats(3.5, 5.6))
    one = draw(drawing.tracks(anchor, size))
    middle_s = (one.times_s[0] + one.times_s[-1]) / 2.0
    near = drawing.go(moving.position(one, middle_s), draw(drawing.azimuths), size * 0.1)
    other = draw(drawing.tracks(near, size, start_s=middle_s))
    return one, other


@LAW
@given(track_pairs(), st.sampled_from((0.0, 60.0, 300.0)))
def test_least_gap_of_two_tracks_equals_the_finest_grid(pair, time_min_s):
    one, other = pair
    found = moving.track_to_track(one, other, time_min_s)
    truth = oracle.brute_track_gap(one, other, time_min_s)
    if found is None:
        assert truth == float("inf")
    else:
        assert found.gap.gap_m <= truth + max(0.01, 1e-4 * truth)
        assert abs(found.time_a_s - found.time_b_s) <= time_min_s + 2e-6
        here = moving.position(one, found.time_a_s)
        there = moving.position(other, found.time_b_s)
        at_found = oracle.GEOD.inv(*here, *there)[2] - one.radius_m - other.radius_m
        assert found.gap.gap_m == pytest.approx(max(0.0, at_found), abs=0.01)


@LAW
@given(track_pairs(), st.floats(0.0, 600.0))
def test_two_tracks_are_as_near_from_either_side(pair, time_min_s):
    there = moving.track_to_track(*pair, time_min_s)
    back = moving.track_to_track(*pair[::-1], time_min_s)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.gap.gap_m == pytest.approx(back.gap.gap_m, abs=0.02)


@LAW
@given(track_pairs(), st.floats(0.0, 300.0), st.floats(1.0, 300.0))
def test_a_longer_time_minimum_never_makes_tracks_farther(pair, time_min_s, more_s):
    short = moving.track_to_track(*pair, time_min_s)
    longer = moving.track_to_track(*pair, time_min_s + more_s)
    if short is not None:
        assert longer is not None
        assert longer.gap.gap_m <= short.gap.gap_m + 0.02


def head_on(delay_s=0.0):
    """Two discs on one line, 200 km long, each 1,000 s; the second comes the other way."""
    a, b = (33.0, 34.0), drawing.go((33.0, 34.0), 90.0, 200_000.0)
    one = Track((a, b), (NOON_S, NOON_S + 1000.0), 100.0)
    two = Track((b, a), (NOON_S + delay_s, NOON_S + 1000.0 + delay_s), 100.0)
    return one, two


def test_two_tracks_that_pass_one_place_at_other_times_are_apart():
    one = Track(((33.0, 34.0), (34.0, 34.0)), (0.0, 1000.0), 0.0)
    two = Track(((34.0, 34.0), (34.0, 35.0)), (2000.0, 3000.0), 0.0)
    assert moving.track_to_track(one, two, 0.0) is None
    assert moving.track_to_track(one, two, 1000.0) is not None


def test_head_on_tracks_meet_in_the_middle():
    found = moving.track_to_track(*head_on(), 0.0)
    assert found is not None
    assert found.gap.is_overlap
    assert found.time_a_s == pytest.approx(NOON_S + 500.0, abs=0.01)


def test_following_at_a_steady_distance_is_that_distance():
    a = (33.0, 0.0)
    b = drawing.go(a, 90.0, 500_000.0)
    lead = drawing.go(a, 90.0, 10_000.0)
    end = drawing.go(b, 90.0, 10_000.0)
    one = Track((a, b), (0.0, 2000.0), 0.0)
    two = Track((lead, end), (0.0, 2000.0), 0.0)
    found = moving.track_to_track(one, two, 0.0)
    assert found is not None
    assert found.gap.gap_m == pytest.approx(10_000.0, abs=0.01)


def test_a_track_is_judged_where_it_is_and_not_along_its_whole_line():
    track = Track(((33.0, 34.0), (35.0, 34.0)), (NOON_S, NOON_S + 7200.0), 100.0)
    area = Circle((34.9, 34.0), 1000.0)
    early = moving.track_to_still(track, shape_of(area), NOON_S, NOON_S + 600.0)
    late = moving.track_to_still(track, shape_of(area), NOON_S + 6000.0, NOON_S + 7200.0)
    assert early.gap_m > 100_000.0
    assert late.is_overlap


def test_a_stay_is_a_circle():
    track = Track(((33.0, 34.0), (33.0, 34.0), (34.0, 34.0)), (0.0, 100.0, 200.0), 10.0)
    assert moving.between(track, 10.0, 20.0) == Circle((33.0, 34.0), 10.0)
    assert isinstance(moving.between(track, 10.0, 150.0), Corridor)


def test_conflict_times_of_a_track_are_told_to_the_second():
    one, two = head_on()
    minima = Minima(lateral_m=10_000.0, vertical_m=300.0, time_s=0.0)
    finding = judge_minima(
        builders.a_volume(one),
        builders.a_volume(two),
        minima,
        builders.RANGES,
        Citation("air", "S1"),
    )
    assert finding is not None
    # closing at 400 m/s: within 10,200 m for 25.5 s on either side of the meeting
    assert finding.start_s == pytest.approx(NOON_S + 500.0 - 25.5, abs=1.5)
    assert finding.end_s == pytest.approx(NOON_S + 500.0 + 25.5, abs=1.5)
