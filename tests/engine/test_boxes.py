"""The boxes by which a store looks: whatever the check finds too close, its boxes meet."""

import math
from dataclasses import replace

from builders import AIR, NM, NOON_S, RANGES, SPECTRUM, a_volume, an_activity, an_agreement
from drawing import ANCHORS, azimuths, footprints, go, tracks
from hypothesis import event, given, settings
from hypothesis import strategies as st

from wideberth.arenas import all_rules
from wideberth.checking import check
from wideberth.engine.boxes import box_rows
from wideberth.model.activity import Activity, State
from wideberth.model.agreement import Agreement, HeightRanges, Separation
from wideberth.model.footprint import Circle, Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

AGREEMENT = an_agreement()
COLD = HeightRanges(qnh_hpa=(960.0, 960.0), terrain_m=(0.0, 0.0), isa_deviation_k=(-40.0, -40.0))
HOT = HeightRanges(qnh_hpa=(1050.0, 1050.0), terrain_m=(0.0, 0.0), isa_deviation_k=(40.0, 40.0))
SHORT = 1.0 - 1e-6  # this much of a minimum is still too little


def meet(a, b) -> bool:
    """Both ends belong to a box, as node/draft.py and every store have it."""
    return all(
        a[low] <= b[high] and b[low] <= a[high]
        for low, high in ((0, 2), (1, 3), (4, 5), (6, 7), (8, 9))
    )


def boxes_meet(one: Activity, other: Activity, agreement: Agreement = AGREEMENT) -> bool:
    rules = all_rules(agreement)
    (first,) = box_rows([one], rules, agreement.heights)
    (second,) = box_rows([other], rules, agreement.heights)  # by itself, perhaps days later
    return any(meet(a, b) for a in first for b in second)


datums = st.sampled_from((Datum.MSL, Datum.MSL, *Datum))
gaps = st.sampled_from((0.0, 0.5, 0.999, SHORT, 1.0, 1.001, 2.0))


@st.composite
def beside(draw, anchor, apart_m: float, up_m: float, late_s: float, up_hz: float) -> Volume:
    """A volume that far from the anchor on each axis, of any arena, shape and datum."""
    arena = draw(st.sampled_from(Arena))
    centre = go(anchor, draw(azimuths), min(1.9e7, apart_m))
    size_m = draw(st.sampled_from((0.0, 100.0, 20_000.0, 600_000.0)))
    start_s = NOON_S + late_s
    kind = draw(st.integers(0, 3))
    if kind == 0:
        place = draw(tracks(centre, max(size_m, 1000.0), start_s=start_s))
    elif kind == 1 or size_m == 0.0:
        place = Circle(centre, size_m)
    else:
        place = draw(footprints(centre, size_m))
    window = (
        TimeWindow(place.times_s[0], place.times_s[-1])
        if isinstance(place, Track)
        else TimeWindow(start_s, start_s + 600.0)
    )
    lower, upper = draw(datums), draw(datums)
    base_m = 3000.0 + up_m
    is_radio = arena is Arena.SPECTRUM
    low_hz = 225.0e6 + up_hz
    return Volume(
        id="0",
        arena=arena,
        footprint=place,
        height=HeightBand(HeightLimit(base_m, lower), HeightLimit(base_m + 200.0, upper)),
        time=window,
        freq=FrequencyBand(low_hz, low_hz + 1e6) if is_radio else None,
        role=draw(st.sampled_from((Role.EMIT, Role.RECEIVE))) if is_radio else None,
    )


@st.composite
def neighbours(draw) -> tuple[Activity, Activity]:
    """Two activities about a minimum apart on each axis, where the Earth is awkward."""
    anchor = draw(st.sampled_from(ANCHORS))
    reach_m = draw(st.sampled_from((AIR.lateral_m, SPECTRUM.lateral_m, 2 * NM)))
    apart_m = draw(gaps) * reach_m + draw(st.sampled_from((0.0, 100.0, 20_000.0, 620_000.0)))
    up_m = draw(gaps) * AIR.vertical_m + draw(st.sampled_from((0.0, 200.0, -200.0, 400.0)))
    late_s = (draw(gaps) * AIR.time_s + 600.0) * draw(st.sampled_from((-1.0, 0.0, 1.0)))
    up_hz = draw(gaps) * SPECTRUM.freq_hz + draw(st.sampled_from((0.0, 1e6)))
    one = draw(beside(anchor, 0.0, 0.0, 0.0, 0.0))
    other = draw(beside(anchor, apart_m, up_m, late_s, up_hz))
    return (
        an_activity(one, party="north", name="N"),
        an_activity(other, party="south", name="S"),
    )


@given(neighbours())
@settings(max_examples=600)
def test_the_boxes_of_whatever_is_too_close_meet(pair):
    found = check(pair, AGREEMENT).conflicts
    event("too close" if found else "apart")
    if found:
        assert boxes_meet(*pair)


@given(
    st.sampled_from(ANCHORS),
    azimuths,
    st.sampled_from(tuple(Datum)),
    st.floats(0.9, SHORT),
    st.floats(0.9, SHORT),
)
@settings(max_examples=150)
def test_two_points_just_under_every_minimum_of_the_air_are_found(
    anchor, azimuth, datum, lateral, vertical
):
    near = go(anchor, azimuth, AIR.lateral_m * lateral)
    base_m = 3000.0
    one = a_volume(Circle(anchor, 0.0), lower_m=base_m, upper_m=base_m, datum=datum)
    up_m = base_m + AIR.vertical_m * vertical
    late_s = NOON_S + 3600.0 + AIR.time_s - 0.01
    other = a_volume(
        Circle(near, 0.0),
        lower_m=up_m,
        upper_m=up_m,
        datum=datum,
        start_s=late_s,
        end_s=late_s + 60.0,
    )
    pair = an_activity(one), an_activity(other, party="south", name="S1")
    assert check(pair, AGREEMENT).conflicts
    assert boxes_meet(*pair)


@given(
    st.sampled_from(ANCHORS),
    st.sampled_from(tuple(Datum)),
    st.sampled_from(tuple(Datum)),
    st.floats(-3000.0, 3000.0)
    | st.sampled_from((-SHORT, -0.95, 0.95, SHORT)).map(lambda k: k * (AIR.vertical_m + 200.0)),
    st.sampled_from((RANGES, COLD, HOT)),
)
@settings(max_examples=400)
def test_heights_of_any_two_datums_that_may_be_too_close_are_found(
    anchor, datum, other_datum, up_m, ranges
):
    agreement = replace(AGREEMENT, heights=ranges)
    one = a_volume(Circle(anchor, 0.0), lower_m=3000.0, upper_m=3200.0, datum=datum)
    other = a_volume(
        Circle(anchor, 0.0), lower_m=3000.0 + up_m, upper_m=3200.0 + up_m, datum=other_datum
    )
    pair = an_activity(one), an_activity(other, party="south", name="S1")
    if check(pair, agreement).conflicts:
        assert boxes_meet(*pair, agreement)


@given(st.sampled_from(ANCHORS), azimuths, st.floats(0.9, SHORT))
@settings(max_examples=60)
def test_two_radios_just_under_the_minimum_of_the_spectrum_are_found(anchor, azimuth, share):
    near = go(anchor, azimuth, SPECTRUM.lateral_m * share)
    low_hz = 226.0e6 + SPECTRUM.freq_hz * share
    one = a_volume(Circle(anchor, 0.0), arena=Arena.SPECTRUM, band_hz=(225.0e6, 226.0e6))
    other = a_volume(Circle(near, 0.0), arena=Arena.SPECTRUM, band_hz=(low_hz, low_hz + 1e6))
    pair = an_activity(one), an_activity(other, party="south", name="S1")
    assert check(pair, AGREEMENT).conflicts
    assert boxes_meet(*pair)


@given(neighbours())
@settings(max_examples=100)
def test_every_box_is_one_that_a_store_can_keep(pair):
    for rows in box_rows(pair, all_rules(AGREEMENT), RANGES):
        assert rows
        for row in rows:
            assert not any(map(math.isnan, row))
            west, south, east, north = row[:4]
            assert -180.0 <= west <= east <= 180.0
            assert -90.0 <= south <= north <= 90.0
            assert all(row[k] <= row[k + 1] for k in (4, 6, 8))


@given(neighbours())
@settings(max_examples=50)
def test_boxes_do_not_depend_on_what_else_is_boxed_with_them(pair):
    rules = all_rules(AGREEMENT)
    together = box_rows(pair, rules, RANGES)
    assert together == [box_rows([one], rules, RANGES)[0] for one in pair]


def test_what_is_over_is_nowhere():
    over = [Activity("north", "N", (a_volume(),), state=s) for s in (State.ENDED, State.WITHDRAWN)]
    assert box_rows(over, all_rules(AGREEMENT), RANGES) == [[], []]


def test_boxes_tell_apart_what_is_far_apart():
    here = an_activity(a_volume(Circle((33.0, 34.0), 1000.0)))
    there = an_activity(a_volume(Circle((34.0, 34.0), 1000.0)), party="south", name="S1")
    assert not boxes_meet(here, there)


def test_where_the_agreement_compares_aircraft_with_emissions_their_boxes_meet():
    air_and_radio = replace(
        AGREEMENT,
        separations=(
            *AGREEMENT.separations,
            Separation((Arena.AIR, Arena.SPECTRUM), "S1", SPECTRUM),
        ),
    )
    flight = an_activity(a_volume())
    radio = an_activity(a_volume(arena=Arena.SPECTRUM), party="south", name="S1")
    assert check([flight, radio], air_and_radio).conflicts
    assert boxes_meet(flight, radio, air_and_radio)
