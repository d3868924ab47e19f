"""Gases: the credit is there where lines are, and below every published value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.spectrum import gas

FREQS = st.floats(30e6, 350e9)
WATER = st.floats(0.0, 30.0)


# P.676, figure 1: sea level, 15 degrees, 7.5 g/m3; dB/km of dry air and of water vapour
PUBLISHED = [
    (1.0, 0.0054, 0.00005),
    (10.0, 0.008, 0.006),
    (22.235, 0.013, 0.18),
    (60.0, 14.6, 0.15),
    (94.0, 0.034, 0.37),
    (118.75, 1.33, 0.61),
    (183.31, 0.013, 28.0),
    (300.0, 0.026, 5.2),
]


@pytest.mark.parametrize(("freq_ghz", "dry", "water"), PUBLISHED)
def test_the_credit_is_below_the_published_value(freq_ghz, dry, water):
    found = gas.specific_attenuation_db_per_km(freq_ghz * 1e9, water_g_per_m3=[0.0, 7.5])
    assert 0.0 < found[0] < dry
    assert found[0] < found[1] < dry + water


@pytest.mark.parametrize(("peak_ghz", "aside_ghz"), [(60.5, 75.0), (118.75, 105.0)])
def test_oxygens_lines_stand_out(peak_ghz, aside_ghz):
    peak, aside = gas.specific_attenuation_db_per_km(np.array([peak_ghz, aside_ghz]) * 1e9)
    assert peak > 10.0 * aside


@pytest.mark.parametrize(("peak_ghz", "aside_ghz"), [(22.4, 30.0), (183.3, 160.0), (325.1, 305.0)])
def test_the_lines_of_water_stand_out(peak_ghz, aside_ghz):
    freq_hz = np.array([peak_ghz, aside_ghz]) * 1e9
    wet = gas.specific_attenuation_db_per_km(freq_hz, water_g_per_m3=10.0)
    dry = gas.specific_attenuation_db_per_km(freq_hz)
    assert (wet - dry)[0] > 3.0 * (wet - dry)[1]


@given(FREQS, WATER, WATER, st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_drier_and_shorter_never_takes_more_off(freq_hz, one_water, other_water, one_m, other_m):
    dry, wet = sorted((one_water, other_water))
    near_m, far_m = sorted((one_m, other_m))
    least_db = gas.loss_db(freq_hz, near_m, water_g_per_m3=dry)
    assert 0.0 <= least_db <= gas.loss_db(freq_hz, far_m, water_g_per_m3=wet)


@given(st.floats(30e6, 10e9), st.floats(0.0, 50e3))
def test_below_10_gigahertz_the_credit_is_small(freq_hz, distance_m):
    assert gas.loss_db(freq_hz, distance_m, water_g_per_m3=7.5) < 0.4


def test_below_a_gigahertz_nothing_is_taken_off():
    assert gas.loss_db([30e6, 999e6], 1e6, water_g_per_m3=30.0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("freq_hz", "distance_m", "water"),
    [(29e6, 1e3, 0.0), (351e9, 1e3, 0.0), (1e10, -1.0, 0.0), (1e10, 1e3, -1.0), (1e10, 1e3, 31.0)],
)
def test_outside_there_is_no_figure(freq_hz, distance_m, water):
    assert np.isnan(gas.loss_db(freq_hz, distance_m, water_g_per_m3=water))


def test_steps_rise_in_frequency():
    assert (np.diff(gas.FROM_HZ) > 0.0).all()
