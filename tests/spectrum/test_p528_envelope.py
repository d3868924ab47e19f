"""The least loss in a volume: nothing that the exact form gives inside falls below it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.spectrum.p528 import basic_transmission_loss_db, least_loss_db
from wideberth.spectrum.validity import NoModelError

LEAST_M, MOST_M = 1.5, 20_000.0
FREQS_HZ = st.floats(8.0, math.log10(3e10)).map(lambda x: min(max(10.0**x, 1e8), 3e10))
HEIGHTS_M = st.floats(math.log(LEAST_M), math.log(MOST_M)).map(
    lambda x: min(max(math.exp(x), LEAST_M), MOST_M)
)
PAIRS_M = st.tuples(HEIGHTS_M, HEIGHTS_M).map(sorted)
PERCENTS = st.sampled_from([1.0, 2.0, 5.0, 9.9, 10.0, 20.0, 50.0, 60.0, 99.0])
PARTS = st.floats(0.01, 2.5)


def horizon_m(heights_m):
    return 4120.0 * sum(math.sqrt(height_m) for height_m in heights_m)


@given(FREQS_HZ, PAIRS_M, PERCENTS, PARTS, st.integers(0, 2**32 - 1))
@settings(max_examples=150, deadline=None)
def test_no_path_in_the_volume_has_less_loss(f, heights, percent, part, seed):
    nearest_m = min(part * horizon_m(heights), 1.79e6)
    bound_db = least_loss_db(f, nearest_m, *heights, percent)
    draw = np.random.default_rng(seed)
    share = draw.random((60, 2)) ** 3
    share[:15, 0] = share[:25, 1] = 0.0
    inside = np.sort(np.array(heights) * (LEAST_M / np.array(heights)) ** share, axis=1)
    inside = np.clip(inside, LEAST_M, MOST_M)
    further_m = np.concatenate([np.zeros(30), draw.uniform(0, 1.5e5, 20), draw.uniform(0, 2e6, 10)])
    distance_m = np.minimum(nearest_m + further_m, 1.8e6)
    losses = basic_transmission_loss_db(f, distance_m, inside[:, 0], inside[:, 1], percent)
    assert bound_db <= losses.min()


@given(FREQS_HZ, PAIRS_M, PERCENTS, PARTS, st.floats(0.0, 3e5))
@settings(max_examples=150, deadline=None)
def test_further_away_is_never_less(f, heights, percent, part, more_m):
    nearest_m = min(part * horizon_m(heights), 1.5e6)
    near = least_loss_db(f, nearest_m, *heights, percent)
    assert near <= least_loss_db(f, nearest_m + more_m, *heights, percent)


@given(FREQS_HZ, PAIRS_M, PARTS)
@settings(max_examples=60, deadline=None)
def test_a_longer_time_is_never_less(f, heights, part):
    nearest_m = min(part * horizon_m(heights), 1.8e6)
    percents = [1.0, 1.7, 2.0, 4.0, 5.0, 9.0, 9.999, 10.0, 11.0, 30.0, 49.9, 50.0, 51.0, 99.0]
    bounds = [least_loss_db(f, nearest_m, *heights, percent) for percent in percents]
    assert np.all(np.diff(bounds) >= -1e-9)


@given(FREQS_HZ, PAIRS_M, PAIRS_M, PERCENTS, PARTS)
@settings(max_examples=150, deadline=None)
def test_higher_up_is_never_more_but_for_the_margin(f, one, other, percent, part):
    """The bound itself is taken a margin below what is never more in the sampling above."""
    lower = [min(a, b) for a, b in zip(one, other, strict=True)]
    higher = [max(a, b) for a, b in zip(one, other, strict=True)]
    nearest_m = min(part * horizon_m(higher), 1.8e6)
    low_db = least_loss_db(f, nearest_m, *lower, percent)
    assert least_loss_db(f, nearest_m, *higher, percent) <= low_db + 1.5


def test_beyond_the_horizon_the_bound_is_not_idle():
    exact = basic_transmission_loss_db(1.09e9, 700e3, 10.0, 9_000.0, 5.0)
    free_space = 20.0 * math.log10(4.0 * math.pi * 1.09e9 * 700e3 / 299_792_458.0)
    bound = least_loss_db(1.09e9, 700e3, 10.0, 9_000.0, 5.0)
    assert exact - 8.0 <= bound <= exact  # gas, a node of distance and the margin
    assert bound > free_space + 20.0


def test_remembered_curves_are_not_mixed_up():
    asked = [(f, d, 10.0, h, p) for f in (2e8, 4e8) for d in (3e5, 9e5) for h in (50.0, 8e3)
             for p in (1.0, 50.0)]  # fmt: skip
    first = [least_loss_db(*path) for path in asked]
    assert [least_loss_db(*path) for path in reversed(asked)] == first[::-1]
    assert len(set(first)) == len(first)


def test_in_one_place_nothing_can_be_counted_on():
    assert least_loss_db(1e9, 0.0, 10.0, 10.0, 50.0) == -math.inf


@pytest.mark.parametrize(
    "path",
    [
        (99e6, 1e5, 10.0, 1e3, 50.0),
        (99e6, 0.0, 10.0, 1e3, 50.0),
        (1e9, -1.0, 10.0, 1e3, 50.0),
        (1e9, 1.9e6, 10.0, 1e3, 50.0),
        (1e9, 1e5, 1.0, 1e3, 50.0),
        (1e9, 1e5, 1e3, 10.0, 50.0),
        (1e9, 1e5, 10.0, 2.1e4, 50.0),
        (1e9, 1e5, 10.0, 1e3, 0.5),
        (1e9, 1e5, 10.0, 1e3, float("nan")),
    ],
)
def test_outside_the_model_no_bound_is_given(path):
    with pytest.raises(NoModelError):
        least_loss_db(*path)
