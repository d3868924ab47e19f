"""P.528-5, exact form: the reference points, the laws of the model, and what it refuses."""

import os
import subprocess
import sys

import numpy as np
import p528_points
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import WideberthError
from wideberth.spectrum.p528 import MODEL, Polarisation, basic_transmission_loss_db
from wideberth.spectrum.p528.pairs import pair, terminal
from wideberth.spectrum.validity import NoModelError

FREQS_HZ = st.floats(1e8, 3e10)
HEIGHTS_M = st.floats(np.log(1.5), np.log(20_000.0)).map(
    lambda x: min(max(float(np.exp(x)), 1.5), 2e4)
)
PERCENTS = st.sampled_from([1.0, 2.0, 5.0, 10.0, 30.0, 50.0, 70.0, 99.0])


def loss(freq_hz, distance_m, heights_m, percent, **options):
    low, high = sorted(heights_m)
    return basic_transmission_loss_db(freq_hz, distance_m, low, high, percent, **options)


def horizon_m(freq_hz, heights_m):
    low, high = sorted(heights_m)
    return pair(freq_hz / 1e6, low / 1e3, high / 1e3, False)[0, 12] * 1e3


def free_space_db(freq_hz, distance_m):
    return 20.0 * np.log10(4.0 * np.pi * freq_hz * distance_m / 299_792_458.0)


@pytest.mark.skipif(not p528_points.FILE.exists(), reason="../shared/data is absent")
def test_every_reference_point_is_met_within_a_tenth_of_a_decibel():
    *paths, expected_db = p528_points.reference_points()
    found_db = basic_transmission_loss_db(*paths)
    assert len(expected_db) > 1900
    assert np.abs(found_db - expected_db).max() <= 0.1
    assert np.mean(np.abs(found_db - expected_db)) < 0.03  # their rounding alone is 0.025


@pytest.mark.parametrize("point", p528_points.COMPUTED)
def test_what_was_computed_once_is_computed_again(point):
    *path, expected_db = point
    assert basic_transmission_loss_db(*path) == pytest.approx(expected_db, abs=0.005)


@given(FREQS_HZ, st.tuples(HEIGHTS_M, HEIGHTS_M), st.floats(0.0, 0.05))
@settings(max_examples=60, deadline=None)
def test_close_by_the_median_is_free_space_give_or_take_gas_and_the_two_rays(f, heights, part):
    f = min(f, 1.5e10)
    distance_m = 100.0 + part * horizon_m(f, heights)
    slant_m = np.hypot(distance_m, heights[0] - heights[1])
    over_db = loss(f, distance_m, heights, 50.0) - free_space_db(f, slant_m)
    assert -3.0 - 1e-9 <= over_db <= 45.0
    if min(heights) > 100.0:  # no ground in sight of the ray: gas alone
        assert over_db <= 0.06 * slant_m / 1000.0 + 3.0


@given(st.floats(1e8, 3e10), st.floats(100.0, 20_000.0), st.floats(100.0, 20_000.0))
@settings(max_examples=40, deadline=None)
def test_straight_overhead_the_median_is_free_space_and_the_air_between(f, a_m, b_m):
    if abs(a_m - b_m) < 100.0:
        a_m, b_m = 100.0, 3_000.0
    over_db = loss(f, 0.0, (a_m, b_m), 50.0) - free_space_db(f, abs(a_m - b_m))
    assert -0.01 <= over_db <= 0.5  # P.676: the whole air straight up takes half a decibel here


@given(FREQS_HZ, st.tuples(HEIGHTS_M, HEIGHTS_M), st.floats(0.01, 3.0), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_longer_time_is_a_greater_loss(f, heights, part, is_short_time):
    """Within each of the model's two rules for time; at 10 % it changes from one to the other."""
    distance_m = min(part * horizon_m(f, heights), 1_800e3)
    percents = np.array([1, 1.5, 2, 3, 5] if is_short_time else [10, 15, 30, 50, 51, 70, 90, 99.0])
    low, high = sorted(heights)
    losses = basic_transmission_loss_db(f, distance_m, low, high, percents)
    assert np.all(np.diff(losses) >= -1e-9)


@given(FREQS_HZ, st.tuples(HEIGHTS_M, HEIGHTS_M), PERCENTS)
@settings(max_examples=60, deadline=None)
def test_the_loss_is_continuous_across_the_horizon_save_for_gas(f, heights, percent):
    """Gas and free space are reckoned along different rays on either side (P.528-5 3, step 10)."""
    f = min(f, 1e9)
    edge_m = horizon_m(f, heights)
    before = loss(f, edge_m - 2.0, heights, percent)
    after = loss(f, edge_m + 2.0, heights, percent)
    assert abs(after - before) <= 3.0


@given(FREQS_HZ, st.tuples(HEIGHTS_M, HEIGHTS_M), PERCENTS, st.floats(0.02, 2.0))
@settings(max_examples=60, deadline=None)
def test_a_step_of_a_few_metres_changes_little_away_from_where_rules_change(f, heights, p, part):
    f = min(f, 1.5e10)
    edge_m = horizon_m(f, heights)
    distance_m = max(part * edge_m, 20_000.0)
    steps_m = distance_m + np.arange(20) * 5.0
    low, high = sorted(heights)
    jumps = np.abs(np.diff(basic_transmission_loss_db(f, steps_m, low, high, p)))
    assert np.sort(jumps)[-2] <= 0.3  # one jump at most, where one rule hands over to another


@given(FREQS_HZ, HEIGHTS_M)
@settings(max_examples=40, deadline=None)
def test_the_horizon_is_that_of_the_refracting_earth(f, height_m):
    """4/3 of the earth's radius near the ground; the air bends less higher up."""
    distance_km, effective_km, gas_db, ray_km = terminal(f / 1e6, height_m / 1e3)
    dry_km = np.sqrt(2.0 * 6371.0 * height_m / 1e3)
    assert 1.05 * dry_km < distance_km < 1.25 * dry_km
    assert effective_km == pytest.approx(9257.0 / np.cos(distance_km / 9257.0) - 9257.0)
    assert effective_km <= height_m / 1e3 * 1.05
    assert gas_db > 0.0
    assert ray_km == pytest.approx(np.hypot(distance_km, height_m / 1e3), rel=5e-3)


@given(FREQS_HZ, st.tuples(HEIGHTS_M, HEIGHTS_M), PERCENTS, st.floats(1.0, 1_800e3))
@settings(max_examples=40, deadline=None)
def test_arrays_give_what_numbers_give_remembered_or_not(f, heights, percent, distance_m):
    low, high = sorted(heights)
    one = basic_transmission_loss_db(f, distance_m, low, high, percent)
    pair.cache_clear()
    terminal.cache_clear()
    assert isinstance(one, float)
    many = basic_transmission_loss_db(f, [distance_m, 2e6, 5e3], low, high, percent)
    assert many[0] == pytest.approx(one, abs=1e-9)
    assert np.isnan(many[1])
    pair.cache_clear()
    assert basic_transmission_loss_db(f, distance_m, low, high, percent) == one


def test_arrays_broadcast_and_keep_their_order():
    freqs = np.array([[1e9], [2e8], [1e9]])
    distances = np.array([500e3, 20e3, 300e3, 100e3])
    found = basic_transmission_loss_db(freqs, distances, 10.0, 9000.0, 50.0)
    assert found.shape == (3, 4)
    for i, j in np.ndindex(3, 4):
        path = (float(freqs[i, 0]), float(distances[j]), 10.0, 9000.0, 50.0)
        assert found[i, j] == pytest.approx(basic_transmission_loss_db(*path), abs=1e-9)
    assert basic_transmission_loss_db([], 1e3, 10.0, 20.0, 50.0).shape == (0,)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ((99.9e6, 1e5, 10.0, 1e3, 50.0), "freq_hz"),
        ((30.1e9, 1e5, 10.0, 1e3, 50.0), "freq_hz"),
        ((1e9, -1.0, 10.0, 1e3, 50.0), "distance_m"),
        ((1e9, 1_800_001.0, 10.0, 1e3, 50.0), "distance_m"),
        ((1e9, 1e5, 1.49, 1e3, 50.0), "low_height_m"),
        ((1e9, 1e5, 10.0, 20_001.0, 50.0), "high_height_m"),
        ((1e9, 1e5, 1e3, 999.0, 50.0), "low_height_m"),
        ((1e9, 1e5, 10.0, 1e3, 0.99), "time_percent"),
        ((1e9, 1e5, 10.0, 1e3, 99.01), "time_percent"),
        ((1e9, float("nan"), 10.0, 1e3, 50.0), "distance_m"),
        ((1e9, 0.0, 10.0, 10.0, 50.0), "one place"),
    ],
)
def test_outside_its_validity_there_is_no_model(path, word):
    with pytest.raises(NoModelError) as refused:
        basic_transmission_loss_db(*path)
    assert refused.value.reason.model == MODEL
    assert word in refused.value.reason.why
    assert isinstance(refused.value, WideberthError)
    assert np.isnan(basic_transmission_loss_db(*([value] for value in path)))


@pytest.mark.parametrize("low_m", [1.5, 20_000.0])
@pytest.mark.parametrize("distance_m", [1.0, 1_800e3])
@pytest.mark.parametrize("freq_hz", [100e6, 30e9])
@pytest.mark.parametrize("percent", [1.0, 99.0])
@pytest.mark.parametrize("polarisation", Polarisation)
def test_the_corners_of_its_validity_have_a_finite_loss(
    low_m, distance_m, freq_hz, percent, polarisation
):
    found = basic_transmission_loss_db(
        freq_hz, distance_m, low_m, 20_000.0, percent, polarisation=polarisation
    )
    assert np.isfinite(found)


def test_polarisation_matters_near_the_ground_and_horizontal_is_the_default():
    path = (125e6, 20e3, 1.5, 30.0, 50.0)
    horizontal = basic_transmission_loss_db(*path, polarisation=Polarisation.HORIZONTAL)
    vertical = basic_transmission_loss_db(*path, polarisation=Polarisation.VERTICAL)
    assert horizontal == basic_transmission_loss_db(*path)
    assert abs(horizontal - vertical) > 0.1


SCRIPT = """
import sys
{hide}
sys.path.insert(0, {support!r})
import numpy as np, p528_points
from wideberth.spectrum.compiled.p528_compile import IS_COMPILED
from wideberth.spectrum.p528 import basic_transmission_loss_db
assert IS_COMPILED is False
found = basic_transmission_loss_db(*p528_points.random_paths(150, 7))
sys.stdout.write(" ".join(repr(float(x)) for x in found))
"""


def test_without_numba_the_answer_is_the_same():
    support = os.path.dirname(p528_points.__file__)  # noqa: PTH120 - a path to put into a script
    script = SCRIPT.format(hide="sys.modules['numba'] = None", support=support)
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    plain = np.array([float(word) for word in done.stdout.split()])
    ours = basic_transmission_loss_db(*p528_points.random_paths(150, 7))
    assert len(plain) == 150
    np.testing.assert_allclose(plain, ours, rtol=0.0, atol=1e-6)
