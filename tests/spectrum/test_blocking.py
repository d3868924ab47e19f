"""Blocking: all that a front end lets through, against what overloads it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.spectrum.blocking import (
    FrontEnd,
    default_skirt,
    front_end_dbm,
    front_end_loss_db,
    overload_margin_db,
)
from wideberth.spectrum.mask import Mask

LAW = settings(max_examples=150, deadline=None, derandomize=True)
ALTIMETER = FrontEnd(FrequencyBand(4.2e9, 4.4e9), -30.0)
edges = st.one_of(
    st.sampled_from((4.2e9, 4.4e9, 4.0e9, 4.6e9, 4.2e9 - 1.0, 4.4e9 + 1.0)), st.floats(3e9, 6e9)
)


@pytest.mark.parametrize(
    ("low_hz", "high_hz", "lost_db"),
    [(4.3e9, 4.31e9, 0.0), (4.1e9, 4.2e9, 0.0), (4.4e9, 4.5e9, 0.0), (4.5e9, 4.6e9, 20.0),
     (3.9e9, 4.0e9, 40.0), (9e9, 9.1e9, 40.0), (1e9, 9e9, 0.0)],
)  # fmt: skip
def test_a_front_end_keeps_out_what_is_far_from_its_band(low_hz, high_hz, lost_db):
    assert front_end_loss_db(ALTIMETER, low_hz, high_hz) == pytest.approx(lost_db)


def test_a_declared_skirt_counts_in_place_of_the_default():
    steep = FrontEnd(ALTIMETER.band, -30.0, Mask(((0.0, 0.0), (1e7, 60.0)), 80.0))
    assert front_end_loss_db(steep, [4.405e9, 4.45e9], [4.41e9, 4.46e9]).tolist() == [30.0, 80.0]
    assert not default_skirt(ALTIMETER.band).verified


def test_five_that_singly_pass_block_together():
    power_dbm = np.full(5, -36.0)
    low_hz = np.linspace(4.21e9, 4.35e9, 5)
    total = front_end_dbm(ALTIMETER, power_dbm, low_hz, low_hz + 1e6)
    assert overload_margin_db(ALTIMETER, power_dbm).min() == pytest.approx(6.0)
    assert overload_margin_db(ALTIMETER, total) == pytest.approx(-0.99, abs=0.01)


@LAW
@given(st.lists(st.tuples(edges, edges, st.floats(-120.0, 20.0)), min_size=1, max_size=5))
def test_a_wider_emission_or_one_more_never_lowers_the_power_in_the_front_end(found):
    low, high, power = (np.array(column) for column in zip(*found, strict=True))
    low, high = np.minimum(low, high), np.maximum(low, high) + 1.0
    total = front_end_dbm(ALTIMETER, power, low, high)
    assert front_end_dbm(ALTIMETER, power, low - 1e7, high + 1e7) >= total - 1e-9
    assert front_end_dbm(ALTIMETER, power[:-1], low[:-1], high[:-1]) <= total + 1e-9
    assert total <= 10.0 * math.log10((10.0 ** (power / 10.0)).sum()) + 1e-9


def test_a_power_that_is_not_known_leaves_no_margin():
    total = front_end_dbm(ALTIMETER, [-90.0, math.nan], [4.3e9, 9e9], [4.31e9, 9.1e9])
    assert math.isnan(overload_margin_db(ALTIMETER, total))


def test_an_impossible_front_end_is_refused():
    with pytest.raises(ImpossibleValueError):
        FrontEnd(ALTIMETER.band, math.inf)
    with pytest.raises(ImpossibleValueError):
        FrontEnd(ALTIMETER.band, -30.0, Mask(((-1.0, 9.0), (0.0, 0.0), (1.0, 9.0)), 9.0))
