"""The radio horizon of a smooth earth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.spectrum import horizon

HEIGHTS = st.floats(0.0, 20_000.0)


@pytest.mark.parametrize("height_m", [1.0, 100.0, 10_000.0])
def test_the_rule_of_thumb_of_4_12_root_h_holds(height_m):
    assert horizon.distance_to_horizon_m(height_m) / 1e3 == pytest.approx(
        4.12 * math.sqrt(height_m), rel=1e-3
    )


@given(HEIGHTS, HEIGHTS, st.floats(0.5, 5.0))
def test_two_antennas_see_each_other_as_far_as_both_horizons_reach(one_m, other_m, k):
    radius_m = 6_371_000.0 * k
    expected_m = math.sqrt(2 * radius_m * one_m) + math.sqrt(2 * radius_m * other_m)
    assert horizon.line_of_sight_m(one_m, other_m, k=k) == pytest.approx(expected_m)
    assert horizon.line_of_sight_m(other_m, one_m, k=k) == pytest.approx(expected_m)


def test_on_the_ground_there_is_no_horizon_and_below_it_no_answer():
    assert horizon.distance_to_horizon_m(0.0) == 0.0
    assert np.isnan(horizon.line_of_sight_m(-1.0, 10.0))
    assert np.isnan(horizon.line_of_sight_m(10.0, 10.0, k=0.0))


def test_a_lapse_of_39_units_is_the_standard_and_157_a_duct():
    assert horizon.k_of_gradient(39.25) == pytest.approx(4 / 3)
    assert horizon.k_of_gradient(0.0) == 1.0
    assert np.isnan(horizon.k_of_gradient([157.0, 200.0])).all()
