"""Noise and what criteria allow, at the antenna port and in the receiver's bandwidth."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.model.protection import Criterion, CriterionKind
from wideberth.spectrum.noise import (
    density_criterion,
    field_criterion,
    field_power_dbm,
    i_n_of_warming,
    limit_dbm,
    noise_dbm,
)

LAW = settings(max_examples=100, deadline=None, derandomize=True)
bandwidths = st.sampled_from((1.0, 100.0, 8.33e3, 25e3, 1e6, 2e7, 1e8))


def test_noise_is_minus_174_dbm_a_hertz_beside_the_noise_figure():
    assert noise_dbm(1.0, 0.0) == -174.0
    assert noise_dbm([1e3, 1e6], 5.0).tolist() == pytest.approx([-139.0, -109.0])
    assert np.isnan(noise_dbm([0.0, -1.0, math.nan], 5.0)).all()


@LAW
@given(bandwidths, st.floats(0.0, 30.0), st.sampled_from((-6.0, -10.0, -12.2, 0.0)))
def test_i_over_n_is_counted_from_the_noise(bandwidth_hz, noise_figure_db, value):
    found = limit_dbm(Criterion(CriterionKind.I_N, value), bandwidth_hz, noise_figure_db)
    assert found == pytest.approx(noise_dbm(bandwidth_hz, noise_figure_db) + value)


def test_without_a_noise_figure_i_over_n_has_no_limit_to_clear_by():
    assert math.isnan(limit_dbm(Criterion(CriterionKind.I_N, -6.0), 25e3))


@pytest.mark.parametrize(
    ("reference_hz", "want_dbm"), [(None, -90.0), (1e6, -100.0), (1e5, -90.0), (1e4, -80.0)]
)
def test_a_power_is_counted_in_its_reference_bandwidth(reference_hz, want_dbm):
    criterion = Criterion(CriterionKind.POWER, -90.0, reference_hz=reference_hz)
    assert limit_dbm(criterion, 1e5) == pytest.approx(want_dbm)


def test_the_wanted_signal_less_the_ratio_is_the_limit_whatever_the_bandwidth():
    criterion = Criterion(CriterionKind.CARRIER, 20.0, desired_dbm=-82.0, margin_db=6.0)
    assert limit_dbm(criterion, [25e3, 8.33e3]).tolist() == [-108.0, -108.0]


@LAW
@given(st.sampled_from(CriterionKind), st.floats(-150.0, 20.0), bandwidths, st.floats(0.0, 20.0))
def test_a_margin_is_taken_off_once(kind, value, bandwidth_hz, margin_db):
    bare, spared = (
        Criterion(kind, value, reference_hz=1e6, desired_dbm=-80.0, margin_db=margin)
        for margin in (0.0, margin_db)
    )
    found = limit_dbm(bare, bandwidth_hz, 6.0) - limit_dbm(spared, bandwidth_hz, 6.0)
    assert found == pytest.approx(margin_db, abs=1e-9)


@pytest.mark.parametrize("kind", CriterionKind)
def test_no_bandwidth_is_no_limit(kind):
    criterion = Criterion(kind, -10.0, desired_dbm=-80.0)
    assert np.isnan(limit_dbm(criterion, [0.0, math.nan], 6.0)).all()


def test_satellite_navigation_bears_minus_140_5_dbw_a_megahertz():
    criterion = density_criterion(-140.5, margin_db=6.0)
    assert limit_dbm(criterion, 1e6) == pytest.approx(-116.5)
    assert limit_dbm(criterion, 2e7) == pytest.approx(-116.5 + 13.0103, abs=1e-3)


def test_a_field_is_the_power_that_the_antenna_takes_from_it():
    assert field_power_dbm(0.0, 1e6 * 100.0, 0.0) == pytest.approx(-117.216, abs=2e-3)
    assert field_power_dbm(37.5, 127e6, 2.15) == pytest.approx(
        37.5 + 2.15 - 20.0 * math.log10(127.0) - 77.2, abs=0.03
    )
    criterion = field_criterion(20.0, freq_hz=400e6, gain_dbi=3.0, margin_db=2.0)
    assert limit_dbm(criterion, 25e3) == pytest.approx(20 + 3 - 52.04 - 77.2 - 2, abs=0.03)


@pytest.mark.parametrize(("share", "want_db"), [(0.06, -12.2), (0.01, -20.0), (1.0, 0.0)])
def test_a_rise_of_noise_temperature_is_an_i_over_n(share, want_db):
    assert i_n_of_warming(share) == pytest.approx(want_db, abs=0.02)


@pytest.mark.parametrize("share", [0.0, -0.1, math.nan, math.inf])
def test_no_rise_of_noise_temperature_is_refused(share):
    with pytest.raises(ImpossibleValueError):
        i_n_of_warming(share)
