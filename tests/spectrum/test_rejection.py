"""Frequency-dependent rejection against thin slices added up, and the laws a screen stands on."""

import importlib.util
import itertools
import math

import mask_drawing
import numpy as np
import pytest
import rejection_oracle
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import rejection
from wideberth.spectrum.mask import Mask, default_emission, default_selectivity, skirt
from wideberth.spectrum.rejection import (
    fdr_db,
    guaranteed_rejection_db,
    least_rejection_db,
    off_frequency_rejection_db,
    on_tune_rejection_db,
    roaming_rejection_db,
    settled_gap_hz,
)

LAW = settings(max_examples=120, deadline=None, derandomize=True)
TOLERANCE_DB = 1e-7
shares = st.one_of(
    st.sampled_from((0.0, 0.5, 1.0, -1.0, 1.000001, 3.0)),
    st.floats(-1.3, 1.3),
    st.floats(-0.1, 0.1),
)


def given_of(mask):
    return mask.points, mask.floor_db


def rectangle(width_hz, floor_db=100.0):
    return Mask(((0.5 * width_hz, 0.0), (0.5 * width_hz, floor_db)), floor_db)


def far_hz(emission, selectivity):
    return sum(max(map(abs, mask.edges_hz)) for mask in (emission, selectivity))


@LAW
@given(mask_drawing.masks, mask_drawing.masks, shares)
def test_the_closed_form_is_what_thin_slices_add_up_to_within_a_twentieth_of_a_decibel(
    emission, selectivity, share
):
    offset_hz = share * far_hz(emission, selectivity)
    want_db = rejection_oracle.fdr_db(given_of(emission), given_of(selectivity), offset_hz)
    assert fdr_db(emission, selectivity, offset_hz) == pytest.approx(want_db, abs=0.05)


@LAW
@given(mask_drawing.even_masks, mask_drawing.even_masks, st.floats(0.0, 1.2))
def test_the_least_rejection_is_that_of_the_emission_that_spills_all_it_may(one, other, share):
    gap_hz = share * far_hz(one, other)
    want_db = rejection_oracle.least_db(gap_hz, given_of(one), given_of(other))
    near = [rejection_oracle.least_db(gap_hz + d * far_hz(one, other),
            given_of(one), given_of(other)) for d in (-1e-3, 1e-3)]  # fmt: skip
    assume(near[1] - near[0] < 1.0)  # slices are no judge of where a step begins
    assert least_rejection_db(gap_hz, one, other) == pytest.approx(want_db, abs=0.05)


@pytest.mark.parametrize(("wide_hz", "narrow_hz"), [(100e3, 25e3), (1e6, 8.33e3), (2e4, 1.99e4)])
def test_on_tune_a_wide_flat_emission_loses_ten_log_of_the_ratio_of_bandwidths(wide_hz, narrow_hz):
    want_db = 10.0 * math.log10(wide_hz / narrow_hz)
    assert on_tune_rejection_db(rectangle(wide_hz), rectangle(narrow_hz)) == pytest.approx(
        want_db, abs=1e-4
    )
    assert on_tune_rejection_db(rectangle(narrow_hz), rectangle(wide_hz)) == 0.0


def test_half_an_emission_beyond_the_receivers_edge_is_three_decibels():
    assert fdr_db(rectangle(10.0), rectangle(100.0), 50.0) == pytest.approx(
        10.0 * math.log10(2.0), abs=1e-6
    )


def test_on_tune_and_off_frequency_parts_add_up():
    emission, selectivity = default_emission(50e3, 47.0), default_selectivity(25e3)
    offsets = np.linspace(-2e5, 2e5, 41)
    parts = on_tune_rejection_db(emission, selectivity) + off_frequency_rejection_db(
        emission, selectivity, offsets
    )
    assert parts == pytest.approx(fdr_db(emission, selectivity, offsets))


def test_offsets_of_any_shape_are_answered_one_by_one_and_no_offset_is_no_answer():
    emission, selectivity = default_emission(50e3, 47.0), default_selectivity(25e3)
    offsets = np.array([[0.0, 1e4, math.nan], [math.inf, -math.inf, -1e4]])
    found = fdr_db(emission, selectivity, offsets)
    assert math.isnan(found[0, 2])
    assert found[1, 0] == found[1, 1] == fdr_db(emission, selectivity, 1e12) == emission.floor_db
    assert found[0, 1] == pytest.approx(found[1, 2], abs=1e-12)
    assert found[0, 1] == pytest.approx(fdr_db(emission, selectivity, 1e4), abs=1e-12)
    assert isinstance(fdr_db(emission, selectivity, 1e4), np.float64)
    gaps = least_rejection_db(offsets, skirt(emission, 25e3), skirt(selectivity, 12.5e3))
    assert math.isnan(gaps[0, 2])
    assert gaps[1].tolist() == [least_rejection_db(1e12, skirt(emission, 25e3),
                                skirt(selectivity, 12.5e3)), 0.0, 0.0]  # fmt: skip


@LAW
@given(mask_drawing.masks, mask_drawing.masks, shares)
def test_rejection_is_never_below_zero_nor_above_either_floor(emission, selectivity, share):
    found_db = fdr_db(emission, selectivity, share * far_hz(emission, selectivity))
    assert 0.0 <= found_db <= min(emission.floor_db, selectivity.floor_db) + TOLERANCE_DB


@LAW
@given(mask_drawing.even_masks, mask_drawing.even_masks, st.lists(shares, min_size=2, max_size=6))
def test_with_like_sides_a_wider_offset_never_rejects_less(emission, selectivity, drawn):
    offsets = np.sort(np.abs(drawn)) * far_hz(emission, selectivity)
    found_db = fdr_db(emission, selectivity, offsets)
    assert np.all(np.diff(found_db) >= -TOLERANCE_DB)
    assert fdr_db(emission, selectivity, -offsets) == pytest.approx(found_db, abs=TOLERANCE_DB)
    guaranteed_db = guaranteed_rejection_db(emission, selectivity, -offsets)
    assert guaranteed_db == pytest.approx(found_db, abs=TOLERANCE_DB)


@LAW
@given(mask_drawing.masks, mask_drawing.masks, st.lists(shares, min_size=2, max_size=6))
def test_what_is_guaranteed_holds_at_every_wider_offset_to_either_side(
    emission, selectivity, drawn
):
    offsets = np.sort(np.abs(drawn)) * far_hz(emission, selectivity)
    guaranteed_db = guaranteed_rejection_db(emission, selectivity, offsets)
    assert np.all(np.diff(guaranteed_db) >= -TOLERANCE_DB)
    assert np.all(guaranteed_db >= 0.0)
    for k, least_db in enumerate(guaranteed_db):
        for wider in (offsets[k:], -offsets[k:]):
            assert np.all(fdr_db(emission, selectivity, wider) >= least_db - TOLERANCE_DB)


@LAW
@given(
    mask_drawing.masks, mask_drawing.masks, st.tuples(shares, shares), st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)  # fmt: skip
def test_wherever_in_their_bands_two_known_shapes_sit_they_reject_no_less(
    emission, selectivity, spans, place, other_place
):
    far = far_hz(emission, selectivity)
    band_hz = 0.0, far  # of the emission, which takes up a tenth; the receiver's begins anywhere
    start_hz, end_hz = sorted((spans[0] * far, spans[1] * far + 0.2 * far))
    assume(end_hz - start_hz >= 0.1 * far)
    gap_hz = max(start_hz - band_hz[1], band_hz[0] - end_hz)
    widths_hz = 0.1 * far, 0.1 * far
    sent_hz = band_hz[0] + 0.05 * far + place * (band_hz[1] - band_hz[0] - 0.1 * far)
    heard_hz = start_hz + 0.05 * far + other_place * (end_hz - start_hz - 0.1 * far)
    least_db = roaming_rejection_db(emission, selectivity, gap_hz, widths_hz=widths_hz)
    assert fdr_db(emission, selectivity, sent_hz - heard_hz) >= least_db - 1e-6


def test_in_bands_that_just_meet_two_known_shapes_are_half_their_widths_apart():
    emission, selectivity = default_emission(25e3, 47.0), default_selectivity(16e3)
    found_db = roaming_rejection_db(emission, selectivity, [0.0, -1e6], widths_hz=(25e3, 16e3))
    assert found_db.tolist() == fdr_db(emission, selectivity, [20.5e3, 0.0]).tolist()


@LAW
@given(mask_drawing.masks, mask_drawing.masks, shares, st.floats(0.0, 1.0))
def test_a_receiver_that_rejects_less_never_gains_rejection(emission, selectivity, share, part):
    lower = Mask(
        tuple((hz, part * db) for hz, db in selectivity.points), part * selectivity.floor_db
    )
    offset_hz = share * far_hz(emission, selectivity)
    before_db = fdr_db(emission, selectivity, offset_hz)
    assert fdr_db(emission, lower, offset_hz) <= before_db + TOLERANCE_DB


@LAW
@given(mask_drawing.even_masks, mask_drawing.even_masks, st.lists(shares, min_size=2, max_size=6))
def test_a_narrower_gap_or_bands_that_meet_never_reject_more(one, other, drawn):
    gaps = np.sort(drawn) * far_hz(one, other)
    found_db = least_rejection_db(gaps, one, other)
    assert np.all(np.diff(found_db) >= -TOLERANCE_DB)
    assert np.all(found_db[gaps <= 0.0] == 0.0)
    assert np.all(found_db <= min(one.floor_db, other.floor_db) + TOLERANCE_DB)


@LAW
@given(mask_drawing.even_masks, mask_drawing.even_masks, shares, st.floats(0.0, 1.0), st.booleans())
def test_a_skirt_that_says_less_never_gains_rejection(one, other, share, part, is_first):
    gap_hz = share * far_hz(one, other)
    before_db = least_rejection_db(gap_hz, one, other)
    chosen = one if is_first else other
    lower = Mask(tuple((hz, part * db) for hz, db in chosen.points), part * chosen.floor_db)
    pair = (lower, other) if is_first else (one, lower)
    assert least_rejection_db(gap_hz, *pair) <= before_db + TOLERANCE_DB


@LAW
@given(
    st.sampled_from((8.33e3, 25e3, 1e6)), st.sampled_from((3e3, 8.33e3, 1e8)),
    st.floats(-60.0, 90.0), shares,
)  # fmt: skip
def test_what_is_known_by_its_edges_alone_is_never_rejected_more_than_the_default_emission(
    sent_hz, heard_hz, power_dbm, share
):
    emission, selectivity = default_emission(sent_hz, power_dbm), default_selectivity(heard_hz)
    skirts = skirt(emission, 0.5 * sent_hz), skirt(selectivity, 0.5 * heard_hz)
    offset_hz = share * 3.0 * (sent_hz + heard_hz)
    gap_hz = abs(offset_hz) - 0.5 * (sent_hz + heard_hz)
    assert least_rejection_db(gap_hz, *skirts) <= fdr_db(emission, selectivity, offset_hz) + 1e-9


@LAW
@given(st.lists(st.floats(-1.0, 1.0), min_size=1, max_size=5), st.floats(-0.5, 3.0), st.data())
def test_no_carrier_within_the_band_is_rejected_less_than_the_least(carriers, share, data):
    """Carriers of any share of the power, anywhere in the band and as far out as the skirt lets."""
    selectivity = data.draw(mask_drawing.even_masks)
    spilled = data.draw(mask_drawing.even_masks)
    heard = skirt(selectivity, 0.0)
    gap_hz = share * far_hz(spilled, selectivity)
    left = [1.0, *(10.0 ** (-db / 10.0) for _, db in spilled.points)]
    allowed = np.array([one - other for one, other in itertools.pairwise(left)])
    power = np.append(allowed, 1.0 - allowed.sum())  # each part just within the next point
    places = np.array([0.0, *(hz for hz, _ in spilled.points)])
    away_hz = gap_hz - places * (1.0 - 1e-9) * np.abs(np.resize(carriers, len(places)))
    response = 10.0 ** (
        -rejection_oracle.attenuation(*given_of(heard), np.maximum(away_hz, 0)) / 10
    )
    response[away_hz <= 0.0] = 1.0
    rejected_db = -10.0 * np.log10((power * response).sum())
    assert least_rejection_db(gap_hz, spilled, heard) <= rejected_db + 1e-6


@LAW
@given(mask_drawing.even_masks, mask_drawing.even_masks)
def test_from_the_settled_gap_on_both_floors_are_reached_but_for_three_decibels(one, other):
    gap_hz = settled_gap_hz(one, other) * (1.0 + 1e-9)
    found_db = least_rejection_db([gap_hz, 2.0 * gap_hz, 1e15], one, other)
    assert np.ptp(found_db) < 1e-9
    assert found_db[0] >= min(one.floor_db, other.floor_db) - 10.0 * math.log10(2.0) - 1e-9


def test_skirts_of_two_sides_are_refused():
    odd = Mask(((-2.0, 40.0), (0.0, 0.0), (1.0, 40.0)), 60.0)
    with pytest.raises(ImpossibleValueError, match="below zero"):
        least_rejection_db(1.0, odd, default_selectivity(1.0))


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="the extra fast is absent")
@settings(max_examples=40, deadline=None, derandomize=True)
@given(mask_drawing.masks, mask_drawing.masks, st.lists(shares, min_size=1, max_size=8))
def test_compiled_or_not_the_answer_is_the_same(emission, selectivity, drawn):
    few = np.array([*drawn, math.nan]) * far_hz(emission, selectivity)
    many = np.resize(few, rejection.FAST_FROM)
    slow_db = fdr_db(emission, selectivity, few)
    fast_db = fdr_db(emission, selectivity, many)[: len(few)]
    assert fast_db == pytest.approx(slow_db, abs=1e-9, nan_ok=True)
    slow_db = least_rejection_db(few, skirt(even := default_emission(1e4, 40.0), 5e3), even)
    fast_db = least_rejection_db(many, skirt(even, 5e3), even)[: len(few)]
    assert fast_db == pytest.approx(slow_db, abs=1e-9, nan_ok=True)
