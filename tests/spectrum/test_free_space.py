"""Free space: the published constants, the inverse, and fields beside powers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.spectrum import free_space

FREQS = st.floats(30e6, 100e9)
DISTANCES = st.floats(1.0, 1e7)


def test_a_gigahertz_over_a_kilometre_loses_92_45_db():
    assert free_space.basic_transmission_loss_db(1e9, 1000.0) == pytest.approx(92.4478, abs=1e-4)


def test_a_megahertz_kilometre_formula_agrees_to_its_rounding():
    freq_hz, distance_m = np.array([30e6, 118e6, 9.4e9]), np.array([[10.0], [4e5]])
    by_hand = 32.45 + 20 * np.log10(freq_hz / 1e6) + 20 * np.log10(distance_m / 1e3)
    found = free_space.basic_transmission_loss_db(freq_hz, distance_m)
    assert found.shape == (2, 3)
    assert np.abs(found - by_hand).max() < 0.003


@given(FREQS, DISTANCES)
def test_the_distance_of_a_loss_is_the_inverse(freq_hz, distance_m):
    loss_db = free_space.basic_transmission_loss_db(freq_hz, distance_m)
    assert free_space.distance_m(freq_hz, loss_db) == pytest.approx(distance_m, rel=1e-12)


@given(FREQS, st.floats(0.0, 1e7), st.floats(0.0, 1e7))
def test_more_distance_never_loses_less(freq_hz, one_m, other_m):
    near_m, far_m = sorted((one_m, other_m))
    near_db, far_db = free_space.basic_transmission_loss_db(freq_hz, [near_m, far_m])
    assert near_db <= far_db


def test_below_a_metre_counts_as_a_metre_both_ways():
    at_a_metre_db = free_space.basic_transmission_loss_db(1e9, 1.0)
    assert free_space.basic_transmission_loss_db(1e9, 0.0) == at_a_metre_db
    assert free_space.distance_m(1e9, at_a_metre_db - 40.0) == 1.0


@pytest.mark.parametrize(
    ("freq_hz", "distance_m"), [(29.9e6, 1e3), (1e9, -1.0), (math.nan, 1e3), (1e9, math.nan)]
)
def test_outside_there_is_no_figure(freq_hz, distance_m):
    assert np.isnan(free_space.basic_transmission_loss_db(freq_hz, distance_m))


def test_no_distance_below_30_megahertz():
    assert np.isnan(free_space.distance_m(29e6, 100.0))


def test_one_frequency_outside_leaves_the_others_their_figure():
    found = free_space.basic_transmission_loss_db([1e6, 1e9], 1000.0)
    assert np.isnan(found).tolist() == [True, False]


def test_the_known_field_of_a_power_at_100_megahertz():
    # E = P + 20 log f(MHz) + 77.2 (P.525, and every table of receivers)
    assert free_space.field_dbuv_per_m(100e6, -100.0) == pytest.approx(17.2, abs=0.03)


def test_a_kilowatt_isotropic_gives_the_textbook_field_of_p525():
    # P.525 eq. 5: E = 104.8 dB(uV/m) + 10 log P(kW) - 20 log d(km), e.i.r.p. of a kilowatt
    lost_db = free_space.basic_transmission_loss_db(3e9, 50e3)
    field = free_space.field_dbuv_per_m(3e9, 60.0 - lost_db)
    assert field == pytest.approx(104.8 - 20 * math.log10(50.0), abs=0.05)


def test_a_flux_is_what_spreads_over_the_sphere():
    lost_db = free_space.basic_transmission_loss_db(5e9, 2e3)
    flux = free_space.flux_dbm_per_m2(5e9, 30.0 - lost_db)
    assert flux == pytest.approx(30.0 - 10 * math.log10(4 * math.pi * 2e3**2), abs=1e-9)


@given(FREQS, st.floats(-200.0, 60.0))
def test_field_and_flux_come_back_as_the_power(freq_hz, power_dbm):
    field = free_space.field_dbuv_per_m(freq_hz, power_dbm)
    flux = free_space.flux_dbm_per_m2(freq_hz, power_dbm)
    assert free_space.received_dbm(freq_hz, field) == pytest.approx(power_dbm, abs=1e-9)
    assert free_space.received_from_flux_dbm(freq_hz, flux) == pytest.approx(power_dbm, abs=1e-9)
