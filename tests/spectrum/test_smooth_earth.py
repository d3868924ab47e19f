"""Diffraction over the sphere: a second implementation, its limits, and compiled code."""

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wideberth.spectrum import free_space, horizon, mixed_path, smooth_earth
from wideberth.spectrum.ground import LAND, SEA, Polarization
from wideberth.spectrum.smooth_earth import diffraction_loss_db

FREQS = st.floats(30e6, 50e9)
DISTANCES = st.floats(1.0, 1e6)
HEIGHTS = st.one_of(st.just(0.0), st.floats(0.01, 3000.0))
GROUNDS = st.sampled_from([SEA, LAND])
WAYS = st.sampled_from(list(Polarization))
FACTORS = st.floats(0.6, 5.0)


@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, GROUNDS, WAYS, FACTORS)
def test_ends_may_be_exchanged(freq_hz, distance_m, one_m, other_m, ground, way, k):
    manner = {"ground": ground, "polarization": way, "k": k}
    there_db = diffraction_loss_db(freq_hz, distance_m, one_m, other_m, **manner)
    back_db = diffraction_loss_db(freq_hz, distance_m, other_m, one_m, **manner)
    assert there_db == pytest.approx(back_db, abs=1e-6)
    assert there_db >= 0.0


@given(FREQS, st.floats(0.5, 3000.0), HEIGHTS, GROUNDS, WAYS, FACTORS)
def test_nothing_jumps_at_the_horizon(freq_hz, one_m, other_m, ground, way, k):
    sight_m = horizon.line_of_sight_m(one_m, other_m, k=k)
    before_db, beyond_db = diffraction_loss_db(
        freq_hz,
        sight_m * np.array([1 - 1e-10, 1 + 1e-10]),
        one_m,
        other_m,
        ground=ground,
        polarization=way,
        k=k,
    )
    assert before_db == pytest.approx(beyond_db, abs=1e-3)


@given(FREQS, DISTANCES, DISTANCES, HEIGHTS, HEIGHTS, GROUNDS, WAYS)
def test_more_distance_never_loses_less(
    freq_hz, distance_m, other_distance_m, one_m, other_m, ground, way
):
    distances_m = np.array(sorted((distance_m, other_distance_m)))
    added_db = diffraction_loss_db(
        freq_hz, distances_m, one_m, other_m, ground=ground, polarization=way
    )
    loss_db = added_db + free_space.basic_transmission_loss_db(freq_hz, distances_m)
    assert loss_db[0] <= loss_db[1] + 1e-6


@given(FREQS, st.floats(1e4, 1e6), HEIGHTS, GROUNDS, WAYS)
def test_an_antenna_on_the_ground_is_the_limit_of_low_ones(
    freq_hz, distance_m, other_m, ground, way
):
    manner = {"ground": ground, "polarization": way}
    at_zero_db, just_above_db = diffraction_loss_db(
        freq_hz, distance_m, [0.0, 1e-12], other_m, **manner
    )
    assert np.isfinite(at_zero_db)
    assert at_zero_db == pytest.approx(just_above_db, abs=1e-3)


@given(FREQS, st.floats(10.0, 3000.0), st.floats(10.0, 3000.0))
def test_a_short_path_high_above_the_ground_loses_nothing(freq_hz, one_m, other_m):
    assert diffraction_loss_db(freq_hz, min(one_m, other_m), one_m, other_m) == 0.0


@given(st.floats(300e6, 50e9), st.floats(1.0, 3000.0), st.floats(1.0, 3000.0), GROUNDS)
def test_far_beyond_the_horizon_loss_grows_at_the_rate_of_the_first_term(
    freq_hz, one_m, other_m, ground
):
    # 17.6 dB for each unit of X, less 10 log of the distances (P.526-15, eq. 17)
    distances_m = horizon.line_of_sight_m(one_m, other_m) + np.array([3e5, 4e5])
    way = Polarization.HORIZONTAL
    low_db, high_db = diffraction_loss_db(
        freq_hz, distances_m, one_m, other_m, ground=ground, polarization=way
    )
    per_km = 2.188 * (freq_hz / 1e6) ** (1 / 3) * (6371.0 * 4 / 3) ** (-2 / 3)
    expected_db = 17.6 * per_km * 100.0 - 10 * np.log10(distances_m[1] / distances_m[0])
    assert high_db - low_db == pytest.approx(expected_db, rel=2e-3)


@pytest.mark.parametrize("height", [1.9999, 2.0001, 2.01])
def test_the_level_piece_of_the_height_gain_is_within_the_gap_of_the_clause(height):
    clause_db = (
        17.6 * np.sqrt(height - 1.1) - 5 * np.log10(height - 1.1) - 8
        if height > 2
        else 20 * np.log10(height + 0.1 * height**3)
    )
    found_db = smooth_earth._height_gain_db(np.array(height))
    assert 0.0 <= found_db - clause_db < 0.0175


@pytest.mark.parametrize(
    ("freq_hz", "distance_m", "one_m", "k"),
    [
        (29e6, 1e4, 10.0, 1.3),
        (1e9, -1.0, 10.0, 1.3),
        (1e9, 1e4, -1.0, 1.3),
        (1e9, 1e4, 10.0, 0.0),
        (np.nan, 1e4, 10.0, 1.3),
        (1e9, np.nan, 10.0, 1.3),
        (1e9, 1e4, np.nan, 1.3),
        (1e9, np.inf, 10.0, 1.3),
    ],
)
@pytest.mark.parametrize("count", [1, 2 * smooth_earth.COMPILED_FROM])
def test_outside_there_is_no_figure(count, freq_hz, distance_m, one_m, k):
    found = diffraction_loss_db(np.full(count, freq_hz), distance_m, one_m, 10.0, k=k)
    assert np.isnan(found).all()


def drawn(seed, count):
    """Paths near every edge: short and long, on the ground and high, outside now and then."""
    chance = np.random.default_rng(seed)
    freq_hz = 10.0 ** chance.uniform(7.4, 10.7, count)
    distance_m = 10.0 ** chance.uniform(-1.0, 6.0, count)
    heights_m = 10.0 ** chance.uniform(-2.0, 3.5, (2, count))
    heights_m[chance.random((2, count)) < 0.2] = 0.0
    k, share = chance.uniform(0.5, 4.0, count), chance.choice([0.0, 0.4, 1.0, 1.2], count)
    sight_m = horizon.line_of_sight_m(*heights_m, k=k)
    distance_m = np.where(chance.random(count) < 0.2, sight_m, distance_m)
    return mixed_path.paths_and_parts((freq_hz, distance_m), tuple(heights_m), share, k)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), WAYS, st.booleans())
def test_compiled_and_plain_give_the_same(seed, way, is_steady):
    pytest.importorskip("numba")
    paths, parts = drawn(seed, 300)
    chosen = smooth_earth.steady_loss_db if is_steady else smooth_earth.loss_db
    compiled_db = chosen(paths, parts, way)
    plain_db = smooth_earth.loss_in_numpy_db(paths, parts, way, is_steady=is_steady)
    np.testing.assert_allclose(compiled_db, plain_db, rtol=1e-12, atol=1e-8, equal_nan=True)
    assert np.isnan(plain_db).any()
    assert (plain_db > 0.0).any()


def test_a_grid_comes_back_as_a_grid():
    freq_hz, distance_m = np.geomspace(1e8, 1e10, 9)[:, None], np.geomspace(1e3, 1e6, 40)
    grid_db = diffraction_loss_db(freq_hz, distance_m, 30.0, 5.0, ground=SEA)
    assert grid_db.shape == (9, 40)
    assert grid_db[4, 30] == pytest.approx(
        diffraction_loss_db(1e9, distance_m[30], 30.0, 5.0, ground=SEA), abs=1e-9
    )


@settings(max_examples=200)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, st.floats(0.0, 1.0), WAYS, FACTORS)
def test_the_steady_loss_is_that_of_its_second_implementation(
    freq_hz, distance_m, one_m, other_m, share, way, k
):
    paths, parts = mixed_path.paths_and_parts((freq_hz, distance_m), (one_m, other_m), share, k)
    found_db = smooth_earth.steady_loss_db(paths, parts, way)
    is_vertical = way is Polarization.VERTICAL
    expected_db = oracle.steady(
        freq_hz / 1e6, distance_m / 1e3, one_m, other_m, share, is_vertical=is_vertical, k=k
    )
    assert found_db == pytest.approx(expected_db, rel=1e-6, abs=1e-4)


@settings(max_examples=300)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, st.floats(0.0, 1.0), WAYS)
def test_the_steady_loss_is_that_of_the_clause_beyond_the_horizon_and_barely_more_within(
    freq_hz, distance_m, one_m, other_m, share, way
):
    paths, parts = mixed_path.paths_and_parts((freq_hz, distance_m), (one_m, other_m), share, 4 / 3)
    steady_db = smooth_earth.steady_loss_db(paths, parts, way)
    clause_db = smooth_earth.loss_db(paths, parts, way)
    if distance_m >= horizon.line_of_sight_m(one_m, other_m):
        assert steady_db == clause_db
    else:
        assert steady_db <= clause_db + 3.0


@settings(max_examples=400)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, HEIGHTS, GROUNDS, WAYS, FACTORS)
def test_the_steady_loss_never_rises_with_a_height(
    freq_hz, distance_m, low_m, high_m, other_m, ground, way, k
):
    low_m, high_m = sorted((low_m, high_m))
    assume(low_m < high_m)
    paths = smooth_earth.Paths.of(freq_hz, distance_m, ([low_m, high_m], other_m), k)
    low_db, high_db = smooth_earth.steady_loss_db(paths, [(ground, np.ones(2))], way)
    assert high_db <= low_db + 1e-6
