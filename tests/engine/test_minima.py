"""The exact judgement against an oracle that knows only the definition in DESIGN 6."""

import math

import builders
import drawing
import oracle
import pytest
from builders import AIR, FT, NM, NOON_S, RANGES, a_volume
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wideberth.engine.minima import Citation, judge_minima
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Circle, Polygon, Track

CITED = Citation("air", "S1")


def judge(a, b, minima=AIR):
    return judge_minima(a, b, minima, RANGES, CITED)


def beside(gap_m, **changes):
    """Two discs of 5 km, a gap apart on the ground, the same in all else but the changes."""
    centre = (33.0, 34.0)
    other = drawing.go(centre, 60.0, 10_000.0 + gap_m)
    return a_volume(Circle(centre, 5000.0)), a_volume(Circle(other, 5000.0), **changes)


@pytest.mark.parametrize(
    ("gap_m", "is_conflict"),
    [(5 * NM, False), (5 * NM - 0.001, True), (5 * NM + 0.001, False), (0.0, True)],
)
def test_exactly_the_lateral_minimum_is_apart_and_a_millimetre_less_is_not(gap_m, is_conflict):
    assert (judge(*beside(gap_m)) is not None) == is_conflict


@pytest.mark.parametrize(
    ("lower_m", "is_conflict"),
    [(3300.0 + 1000 * FT, False), (3300.0 + 999.9 * FT, True), (3300.0 + 1000.1 * FT, False)],
)
def test_exactly_the_vertical_minimum_is_apart(lower_m, is_conflict):
    pair = beside(0.0, lower_m=lower_m, upper_m=lower_m + 100.0)
    assert (judge(*pair) is not None) == is_conflict


@pytest.mark.parametrize(("pause_s", "is_conflict"), [(300, False), (299, True), (301, False)])
def test_exactly_the_time_minimum_is_apart(pause_s, is_conflict):
    start_s = NOON_S + 3600.0 + pause_s
    pair = beside(0.0, start_s=start_s, end_s=start_s + 60.0)
    assert (judge(*pair) is not None) == is_conflict


def test_thousands_of_feet_round_to_the_minimum_and_not_past_it():
    for thousand in range(1, 60):
        a = a_volume(lower_m=(thousand - 1) * 1000 * FT, upper_m=thousand * 1000 * FT)
        b = a_volume(lower_m=(thousand + 1) * 1000 * FT, upper_m=(thousand + 2) * 1000 * FT)
        assert judge(a, b) is None, thousand


ZERO = Minima(lateral_m=0.0, vertical_m=0.0, time_s=0.0)


@pytest.mark.parametrize("axis", ["lateral", "height", "time"])
def test_touching_on_an_axis_whose_minimum_is_zero_is_apart(axis):
    squares = [
        Polygon.of([(w, 34.0), (w + 1, 34.0), (w + 1, 35.0), (w, 35.0)]) for w in (33.0, 34.0)
    ]
    a = a_volume(squares[0])
    touching = {
        "lateral": a_volume(squares[1]),
        "height": a_volume(squares[0], lower_m=3300.0, upper_m=3600.0),
        "time": a_volume(squares[0], start_s=NOON_S + 3600.0, end_s=NOON_S + 7200.0),
    }[axis]
    assert judge(a, a, ZERO) is not None
    assert judge(a, touching, ZERO) is None
    assert judge(touching, a, ZERO) is None


def test_a_finding_carries_gaps_window_place_and_reason():
    finding = judge(*beside(3 * NM, start_s=NOON_S + 1800.0, end_s=NOON_S + 9000.0))
    assert finding is not None
    assert finding.gaps.lateral_m == pytest.approx(3 * NM, abs=1e-3)
    assert (finding.gaps.vertical_m, finding.gaps.time_s) == (0.0, 0.0)
    assert (finding.start_s, finding.end_s) == (NOON_S + 1800.0, NOON_S + 3600.0)
    assert finding.why == (
        "Areas 3 NM apart (5 NM needed); heights overlap (1,000 ft needed);"
        " times overlap (5 min needed)."
    )
    assert (finding.rule, finding.clause) == ("air", "S1")


def test_a_minimum_in_metres_is_told_in_metres():
    finding = judge(*beside(3 * NM), Minima(lateral_m=5 * NM, vertical_m=30.0, time_s=0.0))
    assert finding is not None
    assert "heights overlap (30 m needed)" in finding.why


def test_one_after_the_other_too_soon_is_told_as_the_pause_between():
    start_s = NOON_S + 3600.0 + 120.0
    finding = judge(*beside(0.0, start_s=start_s, end_s=start_s + 60.0))
    assert finding is not None
    assert finding.gaps.time_s == 120.0
    assert (finding.start_s, finding.end_s) == (NOON_S + 3600.0, start_s)


def test_an_open_end_meets_everything_later():
    finding = judge(a_volume(end_s=math.inf), a_volume(start_s=NOON_S + 9e6, end_s=NOON_S + 9.1e6))
    assert finding is not None


def sampled_conflict(a, b, minima):
    """Say by the definition whether two volumes conflict; None where too near the edge to tell."""
    time_gap = max(0.0, b.time.start_s - a.time.end_s, a.time.start_s - b.time.end_s)
    time_overlap = a.time.start_s < b.time.end_s and b.time.start_s < a.time.end_s
    low = max(a.height.lower.height_m, b.height.lower.height_m)
    high = min(a.height.upper.height_m, b.height.upper.height_m)
    height_gap, height_overlap = max(0.0, low - high), low < high
    if isinstance(a.footprint, Track) and isinstance(b.footprint, Track):
        gap_m = oracle.brute_track_gap(a.footprint, b.footprint, minima.time_s)
    else:
        gap_m = oracle.brute_gap(a.footprint, b.footprint)
    if abs(gap_m - minima.lateral_m) < max(0.01, 1e-4 * gap_m):
        return None
    return (
        (time_overlap or time_gap < minima.time_s)
        and (height_overlap or height_gap < minima.vertical_m)
        and gap_m < minima.lateral_m
    )


LAW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
near_height = st.sampled_from((0.0, 1.0, -1.0, 304.8, 304.7, 304.9, -304.8, -700.0, 700.0))
near_time = st.sampled_from((0.0, 299.0, 300.0, 301.0, 3600.0, 3899.0, 3900.0, -3899.0, -3901.0))
minima_drawn = st.builds(
    Minima,
    lateral_m=st.sampled_from((1.0, 9260.0, 100_000.0)),
    vertical_m=st.sampled_from((0.5, 304.8)),
    time_s=st.sampled_from((0.0, 300.0)),
)


@LAW
@given(drawing.pairs(), near_height, near_time, minima_drawn)
def test_two_that_stay_are_judged_as_the_definition_says(pair, up_m, later_s, minima):
    a = a_volume(pair[0])
    b = a_volume(
        pair[1],
        lower_m=3000.0 + up_m,
        upper_m=3300.0 + up_m,
        start_s=NOON_S + later_s,
        end_s=NOON_S + later_s + 3600.0,
    )
    truth = sampled_conflict(a, b, minima)
    if truth is not None:
        assert (judge(a, b, minima) is not None) == truth
        assert (judge(b, a, minima) is not None) == truth


@LAW
@given(st.data(), minima_drawn)
def test_two_that_move_are_judged_as_the_definition_says(data, minima):
    anchor = data.draw(st.sampled_from(drawing.ANCHORS))
    size = 10.0 ** data.draw(st.floats(3.5, 5.5))
    one = data.draw(drawing.tracks(anchor, size, start_s=NOON_S))
    other = data.draw(drawing.tracks(drawing.go(anchor, 40.0, size * 0.3), size, start_s=NOON_S))
    a, b = builders.a_volume(one), builders.a_volume(other)
    truth = sampled_conflict(a, b, minima)
    if truth is not None:
        assert (judge(a, b, minima) is not None) == truth


@LAW
@given(st.data(), minima_drawn)
def test_a_mover_and_one_that_stays_are_judged_at_the_times_allowed(data, minima):
    """Oracle: the mover's positions each second or so against the still one, by geodesics."""
    anchor = data.draw(st.sampled_from(drawing.ANCHORS))
    size = 10.0 ** data.draw(st.floats(3.5, 5.0))
    track = data.draw(drawing.tracks(anchor, size, start_s=NOON_S))
    still = Circle(drawing.go(anchor, data.draw(drawing.azimuths), size), size * 0.1)
    start_s = NOON_S + data.draw(st.floats(-1.0, 1.0)) * size / 50.0
    b = a_volume(still, start_s=start_s, end_s=start_s + data.draw(st.floats(1.0, 1000.0)))
    a = a_volume(track)
    first = max(track.times_s[0], b.time.start_s - minima.time_s)
    last = min(track.times_s[-1], b.time.end_s + minima.time_s)
    if first >= last:
        assert judge(a, b, minima) is None
        return
    inner = [t for t in track.times_s if first < t < last]
    times = sorted([first + (last - first) * k / 2000.0 for k in range(2001)] + inner)
    points = oracle.track_at(track, times)
    lon, lat = still.centre
    away = min(oracle.GEOD.inv(lon, lat, *point)[2] for point in points)
    gap_m = max(0.0, away - track.radius_m - still.radius_m)
    step_m = 1000.0 * (last - first) / 2000.0
    if abs(gap_m - minima.lateral_m) > step_m:
        assert (judge(a, b, minima) is not None) == (gap_m < minima.lateral_m)
