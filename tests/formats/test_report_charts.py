"""The charts: what overlaps in fact overlaps on paper, and open ends run off the edge."""

import itertools
import math

import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.engine.words import hertz
from wideberth.formats import report_ticks as ticks
from wideberth.formats.report_charts import (
    BOTTOM_PX,
    LEFT_PX,
    RIGHT_PX,
    TOP_PX,
    frequency_chart,
    height_chart,
)
from wideberth.formats.report_facts import volume_index
from wideberth.formats.report_marks import ranges
from wideberth.formats.report_parties import looks_of
from wideberth.formats.report_svg import Labels, px
from wideberth.model.footprint import Track
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow


def heights_of(result):
    return height_chart(result, volume_index(result), looks_of(["north", "south"]))


def frequencies_of(result):
    return frequency_chart(result, volume_index(result), looks_of(["north", "south"]))


limits = st.floats(-500, 20_000) | st.sampled_from([0.0, -math.inf])
tops = st.floats(0.0, 5_000) | st.sampled_from([math.inf, 0.0])
starts = st.floats(0.0, 1e6) | st.sampled_from([-math.inf])
lengths = st.floats(1.0, 1e6) | st.sampled_from([math.inf])


def a_pair(a_height, b_height, a_time, b_time):
    a = samples.an_activity("north", "A", samples.a_volume(height=a_height, time=a_time))
    b = samples.an_activity("south", "B", samples.a_volume(height=b_height, time=b_time))
    start_s, end_s = max(a_time.start_s, b_time.start_s), min(a_time.end_s, b_time.end_s)
    start_s, end_s = min(start_s, end_s), max(start_s, end_s)
    return samples.a_result([a, b], [samples.a_conflict(a, b, start_s=start_s, end_s=end_s)])


@settings(max_examples=150, deadline=None)
@given(limits, tops, limits, tops, starts, lengths, starts, lengths)
def test_nothing_leaves_the_chart_and_a_shared_part_lies_in_both_bars(
    a_low, a_high, b_low, b_high, a_start, a_length, b_start, b_length
):
    a_height = HeightBand.of(a_low, max(a_low, 0.0) + a_high)
    b_height = HeightBand.of(b_low, max(b_low, 0.0) + b_high)
    windows = [
        TimeWindow(s, max(s, 0.0) + n) for s, n in ((a_start, a_length), (b_start, b_length))
    ]
    chart = heights_of(a_pair(a_height, b_height, *windows))
    (clash,) = chart.clashes
    for shape in (*chart.bars, clash):
        assert LEFT_PX - 2 <= shape.x <= shape.x + shape.width <= RIGHT_PX + 2
        assert TOP_PX - 2 <= shape.y <= shape.y + shape.height <= BOTTOM_PX + 2
        assert min(shape.width, shape.height) >= 2.99
    low_m = max(a_height.lower.height_m, b_height.lower.height_m)
    if low_m <= min(a_height.upper.height_m, b_height.upper.height_m):
        tops = [bar.y for bar in chart.bars]
        bottoms = [bar.y + bar.height for bar in chart.bars]
        assert clash.y == pytest.approx(max(tops), abs=3.0)
        assert clash.y + clash.height == pytest.approx(min(bottoms), abs=3.0)


def test_a_volume_without_a_ceiling_reaches_the_top():
    chart = heights_of(samples.everything())
    firing = next(bar for bar in chart.bars if "S-GUNEX" in bar.name)
    assert firing.y == pytest.approx(TOP_PX)


def test_volumes_that_only_radiate_are_on_the_frequency_chart_alone():
    assert heights_of(samples.spectrum_only()) is None
    assert len(frequencies_of(samples.spectrum_only()).bars) == 2
    assert frequencies_of(samples.one_conflict()) is None


def test_a_wide_band_has_ticks_for_each_decade_and_names_of_bands():
    a = samples.an_activity(
        "north", "R1", samples.a_volume("0", samples.SPECTRUM, freq=FrequencyBand(518e3, 10e9))
    )
    b = samples.an_activity("south", "R2", samples.a_volume("0", samples.SPECTRUM))
    chart = frequencies_of(samples.a_result([a, b], [samples.a_conflict(a, b)]))
    words = {said for _, said in chart.levels}
    assert {"1 MHz", "10 MHz", "100 MHz", "1 GHz", "10 GHz"} <= words
    assert [name for _, _, name in chart.stripes] == ["LF", "MF", "HF", "VHF", "UHF", "SHF", "EHF"]


def test_conflicts_at_all_times_have_no_clock():
    assert heights_of(samples.open_ended()).times == ()


@given(st.floats(-1e9, 3e9), st.floats(600.0, 3e9))
def test_the_clock_is_even_in_range_and_not_crowded(low_s, length_s):
    found = ticks.clock(low_s, low_s + length_s)
    instants = [time_s for time_s, _ in found]
    assert len(found) <= 10
    assert all(low_s - 1e-3 <= t <= low_s + length_s + 1e-3 for t in instants)
    assert len({round(b - a) for a, b in itertools.pairwise(instants)}) <= 1


@given(st.floats(-1e5, 1e5), st.floats(1e-3, 1e6))
def test_figures_are_round_and_in_range(low, length):
    found = ticks.figures(low, low + length)
    assert 1 <= len(found) <= 8
    slack = 1e-6 * max(length, 1.0)
    assert all(low - slack <= x <= low + length + slack for x in found)


@given(st.floats(1e3, 1e11), st.floats(1.001, 1e6))
def test_frequencies_on_the_axis_lie_in_the_span(low_hz, ratio):
    found = ticks.frequencies(low_hz, low_hz * ratio)
    assert found
    assert all(low_hz * 0.999 <= f <= low_hz * ratio * 1.001 for f, _ in found)
    assert [words for _, words in found] == [hertz(f) for f, _ in found]


def test_a_moving_volume_has_its_times_along_its_line():
    track = Track(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), (0.0, 3600.0, 7200.0), 500.0)
    found = {tick.words: (tick.x, tick.y) for tick in ticks.time_ticks(track)}
    assert found["00:30"] == pytest.approx((0.5, 0.0), abs=1e-6)
    assert found["01:00"] == pytest.approx((1.0, 0.0), abs=1e-9)
    assert found["01:30"] == pytest.approx((1.0, 0.5), abs=1e-3)


def test_party_letters_go_on_past_z():
    looks = looks_of([f"p{i:02}" for i in range(30)])
    letters = [look.letter for look in looks.values()]
    assert (letters[0], letters[25], letters[26], letters[29]) == ("A", "Z", "AA", "AD")
    assert {look.style for look in looks.values()} == set(range(6))


def test_runs_of_numbers_are_drawn_together():
    assert ranges([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"


@given(st.lists(st.tuples(st.floats(0, 90), st.floats(0, 90)), max_size=30))
def test_labels_never_cover_one_another(spots):
    labels = Labels((0.0, 0.0, 100.0, 100.0))
    boxes = [b for x, y in spots if (b := labels.find([(x, y, x + 10, y + 10)])) is not None]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


@given(st.floats(-1e5, 1e5))
def test_pixels_are_short_and_never_minus_zero(value):
    assert float(px(value)) == pytest.approx(value, abs=0.051)
    assert px(value) != "-0"
