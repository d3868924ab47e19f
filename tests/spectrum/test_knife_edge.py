"""One edge: known values, a second way to integrate, and how near the approximation comes."""

import math

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.spectrum import knife_edge


def test_an_edge_that_just_touches_the_line_takes_half_the_field():
    assert knife_edge.exact_loss_db(0.0) == pytest.approx(20 * math.log10(2.0), abs=1e-12)


# Fresnel's integrals from the tables of Abramowitz and Stegun, table 7.7: C(1), S(1); C(2), S(2)
@pytest.mark.parametrize(
    ("nu", "c", "s"), [(1.0, 0.7798934, 0.4382591), (2.0, 0.4882534, 0.3434157)]
)
@pytest.mark.parametrize("side", [1, -1])
def test_the_loss_is_that_of_the_printed_integrals(nu, c, s, side):
    c, s = side * c, side * s
    loss_db = -20 * math.log10(math.sqrt((1 - c - s) ** 2 + (c - s) ** 2) / 2)
    assert knife_edge.exact_loss_db(side * nu) == pytest.approx(loss_db, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.floats(-4.0, 6.0))
def test_integrals_by_simpson_give_the_same(nu):
    assert knife_edge.exact_loss_db(nu) == pytest.approx(oracle.fresnel_loss(nu), abs=1e-6)


@given(st.floats(20.0, 1e4))
def test_far_behind_an_edge_the_loss_is_that_of_the_asymptote(nu):
    asymptote_db = 20 * math.log10(math.sqrt(2.0) * math.pi * nu)
    assert knife_edge.exact_loss_db(nu) == pytest.approx(asymptote_db, abs=1e-4)


def test_far_above_an_edge_there_is_no_loss():
    assert abs(float(knife_edge.exact_loss_db(-1e3))) < 0.005


@given(st.floats(-0.7, 50.0))
def test_the_approximation_is_within_half_a_decibel(nu):
    gap_db = knife_edge.approximate_loss_db(nu) - knife_edge.exact_loss_db(nu)
    assert abs(float(gap_db)) < 0.5


@given(st.floats(-5.0, 50.0), st.floats(-5.0, 50.0))
def test_the_approximation_never_falls_as_the_edge_rises(one, other):
    low_db, high_db = knife_edge.approximate_loss_db(sorted((one, other)))
    assert 0.0 <= low_db <= high_db


def test_known_values_of_the_approximation():
    found = knife_edge.approximate_loss_db([0.0, 1.0, 2.4, -0.78, -3.0])
    assert found == pytest.approx([6.03, 13.93, 20.54, 0.0, 0.0], abs=0.01)
    assert knife_edge.approximate_loss_db([-0.78, -0.79, -3.0]).tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(knife_edge.approximate_loss_db(np.nan))


def test_nu_of_a_worked_path():
    # 10 m over the line, 5 km from both ends, 0.3 m waves: 10 sqrt(2 / 0.3 * 2 / 5000)
    freq_hz = 299_792_458.0 / 0.3
    found = knife_edge.nu([10.0, -10.0], 5000.0, 5000.0, freq_hz)
    assert found == pytest.approx([0.516398, -0.516398], abs=1e-6)


def test_an_edge_at_an_end_has_no_parameter():
    assert np.isnan(knife_edge.nu(10.0, [0.0, -5.0], 100.0, 1e9)).all()
