"""Arrays of gaps say, number for number, what the scalar judgement of each axis says."""

import math

from builders import RANGES
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import heights, minima, theatres, windows

from wideberth.engine.axes import are_too_close, height_gap_m, time_gap_s
from wideberth.engine.axis import (
    FREQ_RESOLUTION_HZ,
    TIME_RESOLUTION_S,
    VERTICAL_RESOLUTION_M,
    falls_short,
    overlaps,
    signed_gap,
)
from wideberth.engine.columns import columns_of
from wideberth.engine.heights import vertical_gap
from wideberth.engine.shape import shape_of
from wideberth.model.activity import Activity
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Circle
from wideberth.model.span import Datum, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Volume

PLACE = Circle((33.0, 34.0), 5000.0)


def is_close(edges, minimum, resolution):
    short = falls_short(signed_gap(*edges), minimum, resolution=resolution)
    return short or overlaps(*edges, resolution=resolution)


def is_close_in_all(v, w, least):
    high = vertical_gap(v.height, w.height, (shape_of(v.footprint), shape_of(w.footprint)), RANGES)
    is_high = high.is_overlap or falls_short(
        high.gap_m, least.vertical_m, resolution=VERTICAL_RESOLUTION_M
    )
    times = (v.time.start_s, v.time.end_s, w.time.start_s, w.time.end_s)
    is_then = is_close(times, least.time_s, TIME_RESOLUTION_S)
    if v.freq is None or w.freq is None:
        return is_high and is_then
    bands = (v.freq.low_hz, v.freq.high_hz, w.freq.low_hz, w.freq.high_hz)
    return is_high and is_then and is_close(bands, least.freq_hz, FREQ_RESOLUTION_HZ)


def all_pairs(columns):
    return [(i, j) for i in range(len(columns)) for j in range(len(columns)) if i != j]


@settings(max_examples=200, deadline=None)
@given(theatres(most=5), minima)
def test_pairs_are_too_close_where_the_scalar_axes_say_so(activities, least):
    columns = columns_of(activities, RANGES)
    volumes = [v for a in activities for v in a.volumes]
    for i, j in all_pairs(columns):
        found = are_too_close(columns, [i], [j], least)[0]
        assert found == is_close_in_all(volumes[i], volumes[j], least)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(heights(), windows()), min_size=2, max_size=4), minima)
def test_height_gaps_of_any_datums_are_those_of_vertical_gap(spans, least):
    volumes = [
        Volume(str(k), Arena.AIR, PLACE, height, time) for k, (height, time) in enumerate(spans)
    ]
    columns = columns_of([Activity("north", "1", tuple(volumes))], RANGES)
    shapes = shape_of(PLACE), shape_of(PLACE)
    for i, j in all_pairs(columns):
        expected = vertical_gap(volumes[i].height, volumes[j].height, shapes, RANGES)
        assert max(0.0, height_gap_m(columns, [i], [j])[0]) == expected.gap_m
        times = [t for k in (i, j) for t in (volumes[k].time.start_s, volumes[k].time.end_s)]
        assert time_gap_s(columns, [i], [j])[0] == signed_gap(*times)
        found = are_too_close(columns, [i], [j], least)[0]
        assert found == is_close_in_all(volumes[i], volumes[j], least)


def test_touching_bands_are_apart_though_another_limit_has_a_datum_of_its_own_and_no_end():
    pressure, msl = Datum.PRESSURE, Datum.MSL
    low = HeightBand(HeightLimit(0.0, pressure), HeightLimit(1000.0, msl))
    high = HeightBand(HeightLimit(1000.0, msl), HeightLimit(math.inf, msl))
    volumes = tuple(
        Volume(name, Arena.AIR, PLACE, band, TimeWindow(0.0, 1.0))
        for name, band in (("low", low), ("high", high))
    )
    columns = columns_of([Activity("north", "1", volumes)], RANGES)
    assert not are_too_close(columns, [0], [1], Minima(1.0, 0.0, 0.0))[0]
