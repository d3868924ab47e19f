"""Clutter about an end: the published examples, and where it is not to be used."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import clutter


# Test points that NTIA published with its own program of P.2108 (US public domain)
@pytest.mark.parametrize(
    ("freq_ghz", "distance_km", "percent", "loss_db"),
    [
        (0.5, 0.25, 50.0, 17.4),
        (0.5, 0.25, 1.0, 3.9),
        (0.5, 0.25, 99.0, 30.9),
        (26.6, 15.8, 45.0, 32.5),
        (67.0, 5.4, 30.5, 30.9),
        (3.5, 1.0, 0.1, 16.8),
        (3.5, 1.0, 99.9, 42.8),
    ],
)
def test_published_points(freq_ghz, distance_km, percent, loss_db):
    found_db = clutter.loss_db(freq_ghz * 1e9, distance_km * 1e3, location_percent=percent)
    assert found_db == pytest.approx(loss_db, abs=0.0501)


@pytest.mark.parametrize(
    ("freq_hz", "distance_m", "percent"),
    [
        (0.49e9, 1e3, 50.0),
        (67.1e9, 1e3, 50.0),
        (3e9, 249.0, 50.0),
        (3e9, 1e3, 0.0),
        (3e9, 1e3, 100.0),
        (3e9, np.nan, 50.0),
    ],
)
def test_outside_nothing_may_be_taken_off(freq_hz, distance_m, percent):
    assert np.isnan(clutter.loss_db(freq_hz, distance_m, location_percent=percent))


FREQS, DISTANCES = st.floats(0.5e9, 67e9), st.floats(1e3, 1e6)


@given(FREQS, DISTANCES, st.floats(0.1, 99.9), st.floats(0.1, 99.9))
def test_fewer_places_take_less_off(freq_hz, distance_m, one, other):
    few, many = sorted((one, other))
    few_db = clutter.loss_db(freq_hz, distance_m, location_percent=few)
    assert few_db <= clutter.loss_db(freq_hz, distance_m, location_percent=many)


@given(FREQS, DISTANCES)
def test_both_ends_take_twice_as_much_off_from_a_kilometre_on(freq_hz, distance_m):
    one_db = clutter.loss_db(freq_hz, distance_m, location_percent=50.0)
    both_db = clutter.loss_db(freq_hz, distance_m, location_percent=50.0, ends=2)
    assert both_db == 2.0 * one_db
    assert np.isnan(clutter.loss_db(freq_hz, 999.0, location_percent=50.0, ends=2))


@given(FREQS, st.floats(2e3, 1e6))
def test_from_two_kilometres_on_the_loss_is_level(freq_hz, distance_m):
    level_db = clutter.loss_db(freq_hz, 2e3, location_percent=50.0)
    assert clutter.loss_db(freq_hz, distance_m, location_percent=50.0) == pytest.approx(level_db)


def test_a_path_has_two_ends():
    with pytest.raises(ImpossibleValueError, match="1 or 2 ends"):
        clutter.loss_db(3e9, 1e3, location_percent=50.0, ends=3)
