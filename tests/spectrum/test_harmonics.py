"""Harmonics: two to five times the band, as far down as declared or as the Regulations ask."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.spectrum.harmonics import harmonic_edges_hz, harmonics

LAW = settings(max_examples=100, deadline=None, derandomize=True)


def test_the_second_to_the_fifth_multiple_of_the_band_and_its_width():
    found = harmonics(FrequencyBand(100e6, 101e6), power_dbm=40.0)
    assert [(h.order, h.band.low_hz, h.band.high_hz) for h in found] == [
        (2, 200e6, 202e6), (3, 300e6, 303e6), (4, 400e6, 404e6), (5, 500e6, 505e6)
    ]  # fmt: skip
    low, high = harmonic_edges_hz([100e6, 1e9], [101e6, 1.1e9])
    assert low.shape == high.shape == (2, 4)
    assert low[0].tolist() == [h.band.low_hz for h in found]
    assert high[0].tolist() == [h.band.high_hz for h in found]


@pytest.mark.parametrize(
    ("power_dbm", "is_radar", "want_db"), [(30.0, False, 43.0), (90.0, False, 70.0), (90, True, 60)]
)
def test_undeclared_harmonics_are_at_the_spurious_limit_and_not_verified(
    power_dbm, is_radar, want_db
):
    found = harmonics(FrequencyBand(1e9, 2e9), power_dbm=power_dbm, is_radar=is_radar)
    assert {(h.attenuation_db, h.verified) for h in found} == {(want_db, False)}


def test_declared_harmonics_are_believed():
    found = harmonics(FrequencyBand(1e9, 2e9), power_dbm=30.0, declared_db=80.0)
    assert {(h.attenuation_db, h.verified) for h in found} == {(80.0, True)}


@LAW
@given(st.floats(-60.0, 120.0), st.floats(0.0, 20.0), st.booleans())
def test_more_power_never_weakens_a_harmonic(power_dbm, more_db, is_radar):
    band = FrequencyBand(1e9, 2e9)
    weak, strong = (
        p - harmonics(band, power_dbm=p, is_radar=is_radar)[0].attenuation_db
        for p in (power_dbm, power_dbm + more_db)
    )
    assert strong >= weak - 1e-9


@pytest.mark.parametrize("declared_db", [-1.0, math.inf, math.nan])
def test_harmonics_above_the_carrier_or_without_end_below_it_are_refused(declared_db):
    with pytest.raises(ImpossibleValueError):
        harmonics(FrequencyBand(1e9, 2e9), power_dbm=30.0, declared_db=declared_db)
