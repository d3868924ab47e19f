"""Scatter from the troposphere: a second implementation and its laws."""

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.spectrum import troposcatter
from wideberth.spectrum.troposcatter import basic_transmission_loss_db, smooth_angle_mrad

FREQS = st.floats(30e6, 50e9)
DISTANCES = st.floats(1.0, 1e6)
ANGLES = st.floats(-50.0, 200.0)
TIMES = st.floats(0.001, 50.0)


@given(FREQS, DISTANCES, ANGLES, st.floats(250.0, 400.0), TIMES, st.floats(0.0, 60.0))
def test_a_second_implementation_agrees(freq_hz, distance_m, angle_mrad, n0, percent, gains):
    found_db = basic_transmission_loss_db(
        freq_hz, distance_m, angle_mrad, n0=n0, time_percent=percent, gains_dbi=gains
    )
    expected_db = oracle.troposcatter(
        freq_hz / 1e6, distance_m / 1e3, angle_mrad, n0, percent, gains
    )
    assert found_db == pytest.approx(expected_db, abs=1e-7)


def test_a_worked_path():
    # 200 km, 10 mrad, 2 GHz, N0 325, half of the time, no gain:
    # 190 + 25 log 2 + 20 log 200 + 5.73 - 48.75 + 0.051
    expected_db = 190 + 7.5257 + 46.0206 + 5.73 - 48.75 + 0.051
    assert basic_transmission_loss_db(2e9, 200e3, 10.0) == pytest.approx(expected_db, abs=1e-3)


# What the reference program of P.1812 prints for ITU-R's validation examples b2iseac and rburg;
# P.1812 has 190.1 and 10.125 where P.452 has 190 and 10.1, and no loss of coupling
@pytest.mark.parametrize(
    ("freq_mhz", "distance_km", "angle_mrad", "n0", "loss_db"),
    [
        (95.3, 235.1, 7.673515171, 326.079979, 148.4453017),
        (98.2, 96.2, 54.47037953, 323.947135, 168.2293702),
    ],
)
def test_the_examples_of_p1812_up_to_its_constants(freq_mhz, distance_km, angle_mrad, n0, loss_db):
    found_db = basic_transmission_loss_db(
        freq_mhz * 1e6, distance_km * 1e3, angle_mrad, n0=n0, time_percent=1.0
    )
    other_constants_db = 0.1 - 0.025 * np.log10(50.0) ** 0.7 - 0.051
    assert found_db + other_constants_db == pytest.approx(loss_db, abs=1e-6)


@given(FREQS, DISTANCES, ANGLES, TIMES, TIMES)
def test_less_time_never_loses_more(freq_hz, distance_m, angle_mrad, one, other):
    few_db, many_db = basic_transmission_loss_db(
        freq_hz, distance_m, angle_mrad, time_percent=sorted((one, other))
    )
    assert few_db <= many_db


@given(DISTANCES, st.floats(0.0, 3000.0), st.floats(0.0, 3000.0), st.floats(0.6, 5.0))
def test_the_angle_over_a_smooth_earth_is_that_of_a_profile_of_it(distance_m, one_m, other_m, k):
    along_m = np.linspace(0.0, distance_m, 2001)
    profile_mrad = oracle.angle_mrad(list(along_m / 1e3), [0.0] * 2001, one_m, other_m, k)
    found_mrad = smooth_angle_mrad(distance_m, one_m, other_m, k=k)
    assert found_mrad >= 0.0
    if found_mrad > 0.0:
        coarse_mrad = 2e3 * along_m[1] / (6_371_000.0 * k)  # a horizon lies between two points
        assert found_mrad == pytest.approx(profile_mrad, abs=coarse_mrad + 1e-4)


@pytest.mark.parametrize(
    ("freq_hz", "distance_m", "percent"),
    [(29e6, 1e5, 50.0), (51e9, 1e5, 50.0), (1e9, -1.0, 50.0), (1e9, 1e5, 0.0005), (1e9, 1e5, 51.0)],
)
def test_outside_there_is_no_figure(freq_hz, distance_m, percent):
    assert np.isnan(basic_transmission_loss_db(freq_hz, distance_m, 10.0, time_percent=percent))


def test_the_standard_refractivity_is_the_one_that_is_taken():
    explicit_db = basic_transmission_loss_db(1e9, 1e5, 1.0, n0=troposcatter.STANDARD_N0)
    assert basic_transmission_loss_db(1e9, 1e5, 1.0) == explicit_db
