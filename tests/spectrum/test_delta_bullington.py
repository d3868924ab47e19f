"""Diffraction over terrain: closed forms, a second implementation, and compiled code."""

import math

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import delta_bullington, knife_edge, mixed_path
from wideberth.spectrum.delta_bullington import Profiles, construct, diffraction_loss_db
from wideberth.spectrum.ground import Polarization

FREQS = st.floats(30e6, 50e9)
ANTENNAS = st.one_of(st.just(0.0), st.floats(0.1, 500.0))
WAYS = st.sampled_from(list(Polarization))
FACTORS = st.floats(0.6, 5.0)
SHARES = st.floats(0.0, 1.0)
RADIUS_M = 6_371_000.0


@st.composite
def profiles(draw):
    """Distances and heights of one path: uneven steps; flat, rough or with single towers."""
    points = draw(st.integers(3, 30))
    steps_m = draw(st.lists(st.floats(10.0, 5e3), min_size=points - 1, max_size=points - 1))
    scale_m = draw(st.sampled_from([0.0, 1.0, 50.0, 2000.0]))
    heights = draw(st.lists(st.floats(0.0, 1.0), min_size=points, max_size=points))
    return np.concatenate([[0.0], np.cumsum(steps_m)]), scale_m * np.array(heights)


def rough(seed, count=40, points=120):
    """Many profiles near every edge, some with a height missing or a step back."""
    chance = np.random.default_rng(seed)
    ground_m = np.cumsum(chance.normal(0.0, 10.0, (count, points)), axis=1)
    ground_m *= chance.choice([0.0, 0.1, 1.0, 5.0], (count, 1))
    distance_m = np.sort(chance.random((count, points)), axis=1)
    distance_m = (distance_m - distance_m[:, :1]) * 10.0 ** chance.uniform(2.0, 5.7, (count, 1))
    ground_m[0, chance.integers(points)] = np.nan
    distance_m[1, 5] = distance_m[1, 4]
    antennas_m = 10.0 ** chance.uniform(-1.0, 3.0, (2, count))
    antennas_m[chance.random((2, count)) < 0.2] = 0.0
    share, freq_hz = chance.random(count), 10.0 ** chance.uniform(7.48, 10.7, count)
    freq_hz[2] = 29e6
    return freq_hz, Profiles.of(
        distance_m, ground_m, antennas_m=tuple(antennas_m), sea_fraction=share
    )


@settings(max_examples=300, deadline=None)
@given(FREQS, profiles(), ANTENNAS, ANTENNAS, SHARES, WAYS, FACTORS)
def test_a_second_implementation_agrees(freq_hz, terrain, one_m, other_m, share, way, k):
    distance_m, ground_m = terrain
    path = Profiles.of(distance_m, ground_m, antennas_m=(one_m, other_m), sea_fraction=share)
    expected_db = oracle.delta_bullington(
        freq_hz / 1e6,
        list(distance_m / 1e3),
        list(ground_m),
        one_m,
        other_m,
        share,
        is_vertical=way is Polarization.VERTICAL,
        k=k,
    )
    found_db = diffraction_loss_db(freq_hz, path, polarization=way, k=k)
    assert found_db == pytest.approx(expected_db, rel=1e-6, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_compiled_and_plain_give_the_same(seed):
    pytest.importorskip("numba")
    freq_hz, paths = rough(seed)
    assert paths.ground_m.size >= delta_bullington.COMPILED_FROM
    compiled = construct(freq_hz, paths, k=4 / 3)
    plain = delta_bullington.construct_in_numpy(freq_hz, paths, k=4 / 3)
    for name in delta_bullington.Construction.__slots__:
        found, expected = getattr(compiled, name), getattr(plain, name)
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-8, equal_nan=True)
        assert np.isnan(expected).tolist()[:3] == [True, True, True]
        assert np.isfinite(expected[3:]).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_many_paths_are_as_each_alone(seed):
    freq_hz, paths = rough(seed)
    all_db = diffraction_loss_db(freq_hz, paths)
    alone_db = [
        diffraction_loss_db(
            freq_hz[i],
            Profiles.of(
                paths.distance_m[i],
                paths.ground_m[i],
                antennas_m=(paths.one_antenna_m[i], paths.other_antenna_m[i]),
                sea_fraction=paths.sea_fraction[i],
            ),
        )
        for i in range(len(freq_hz))
    ]
    np.testing.assert_allclose(all_db, alone_db, atol=1e-3, equal_nan=True)


@given(FREQS, profiles(), ANTENNAS, ANTENNAS, WAYS, FACTORS)
def test_ends_may_be_exchanged(freq_hz, terrain, one_m, other_m, way, k):
    distance_m, ground_m = terrain
    there = Profiles.of(distance_m, ground_m, antennas_m=(one_m, other_m))
    back = Profiles.of(
        distance_m[-1] - distance_m[::-1], ground_m[::-1], antennas_m=(other_m, one_m)
    )
    there_db = diffraction_loss_db(freq_hz, there, polarization=way, k=k)
    assert there_db == pytest.approx(
        diffraction_loss_db(freq_hz, back, polarization=way, k=k), abs=1e-3
    )


@given(FREQS, profiles(), ANTENNAS, ANTENNAS, st.floats(-400.0, 3000.0))
def test_only_the_shape_of_the_ground_counts_not_its_level(
    freq_hz, terrain, one_m, other_m, level_m
):
    distance_m, ground_m = terrain
    low = Profiles.of(distance_m, ground_m, antennas_m=(one_m, other_m))
    high = Profiles.of(distance_m, ground_m + level_m, antennas_m=(one_m, other_m))
    assert diffraction_loss_db(freq_hz, low) == pytest.approx(
        diffraction_loss_db(freq_hz, high), abs=1e-3
    )


@given(FREQS, st.floats(1e3, 5e5), ANTENNAS, ANTENNAS, SHARES, WAYS, st.integers(3, 300))
def test_over_a_smooth_sphere_the_loss_is_that_of_the_smooth_earth(
    freq_hz, distance_m, one_m, other_m, share, way, points
):
    sphere = Profiles.of(
        np.linspace(0.0, distance_m, points),
        np.zeros(points),
        antennas_m=(one_m, other_m),
        sea_fraction=share,
    )
    smooth_db = mixed_path.diffraction_loss_db(
        freq_hz, distance_m, one_m, other_m, sea_fraction=share, polarization=way
    )
    edge_db = construct(freq_hz, sphere, k=4 / 3).actual_db
    found_db = diffraction_loss_db(freq_hz, sphere, polarization=way)
    assert found_db == pytest.approx(max(smooth_db, edge_db), abs=1e-6)


def test_over_a_flat_sea_ships_beyond_the_horizon_lose_what_the_sphere_takes():
    sea = Profiles.of(
        np.linspace(0.0, 80e3, 300), np.zeros(300), antennas_m=(25.0, 10.0), sea_fraction=1.0
    )
    smooth_db = mixed_path.diffraction_loss_db(3e9, 80e3, 25.0, 10.0, sea_fraction=1.0)
    assert diffraction_loss_db(3e9, sea) == pytest.approx(smooth_db, abs=1e-9)
    assert smooth_db > 60.0


@given(FREQS, st.floats(1e3, 2e4), st.floats(0.1, 0.9), st.floats(300.0, 3000.0))
def test_a_single_knife_edge_is_bullingtons_point(freq_hz, distance_m, share, edge_m):
    at_m = np.array([0.0, share * distance_m, distance_m])
    path = Profiles.of(at_m, [0.0, edge_m, 0.0], antennas_m=(10.0, 60.0))
    bulge_m = at_m[1] * (distance_m - at_m[1]) / (2 * RADIUS_M * 4 / 3)
    over_m = edge_m + bulge_m - (10.0 + 50.0 * share)
    nu = knife_edge.nu(over_m, at_m[1], distance_m - at_m[1], freq_hz)
    edge_db = knife_edge.approximate_loss_db(nu)
    expected_db = edge_db + (1 - math.exp(-edge_db / 6)) * (10 + 0.02 * distance_m / 1e3)
    assert construct(freq_hz, path, k=4 / 3).actual_db == pytest.approx(expected_db, abs=1e-6)


def test_an_edge_that_just_touches_the_line_takes_6_decibels_and_bullingtons_correction():
    path = Profiles.of([0.0, 5e3, 1e4], [0.0, 100.0, 0.0], antennas_m=(100.0, 100.0))
    found_db = construct(1e9, path, k=1e9).actual_db  # a flat earth
    assert found_db == pytest.approx(6.03 + (1 - math.exp(-6.03 / 6)) * 10.2, abs=0.02)


def test_high_above_flat_ground_there_is_no_loss():
    path = Profiles.of(np.linspace(0.0, 1e4, 50), np.zeros(50), antennas_m=(500.0, 500.0))
    assert diffraction_loss_db(1e9, path) == 0.0


@given(FREQS, profiles())
def test_antennas_on_the_ground_have_a_figure(freq_hz, terrain):
    path = Profiles.of(*terrain, antennas_m=(0.0, 0.0))
    assert np.isfinite(diffraction_loss_db(freq_hz, path))


@pytest.mark.parametrize(
    ("distance_m", "ground_m"),
    [
        ([0.0, 1e3, 2e3], [0.0, np.nan, 0.0]),
        ([0.0, 1e3, 2e3], [np.nan, 0.0, 0.0]),
        ([0.0, 1e3, 2e3], [0.0, np.inf, 0.0]),
        ([0.0, 1e3, 1e3], [0.0, 0.0, 0.0]),
        ([0.0, 2e3, 1e3], [0.0, 0.0, 0.0]),
        ([0.0, np.nan, 1e3], [0.0, 0.0, 0.0]),
    ],
)
@pytest.mark.parametrize("count", [1, delta_bullington.COMPILED_FROM])
def test_a_profile_with_a_hole_or_a_step_back_has_no_figure(count, distance_m, ground_m):
    paths = Profiles.of(distance_m, np.tile(ground_m, (count, 1)), antennas_m=(10.0, 10.0))
    assert np.isnan(diffraction_loss_db(1e9, paths)).all()


@pytest.mark.parametrize(
    ("freq_hz", "antennas_m", "share", "k"),
    [
        (29e6, (10.0, 10.0), 0.0, 1.3),
        (1e9, (-1.0, 10.0), 0.0, 1.3),
        (1e9, (10.0, np.nan), 0.0, 1.3),
        (1e9, (10.0, 10.0), 1.1, 1.3),
        (1e9, (10.0, 10.0), 0.0, 0.0),
        (np.nan, (10.0, 10.0), 0.0, 1.3),
    ],
)
def test_outside_there_is_no_figure(freq_hz, antennas_m, share, k):
    path = Profiles.of([0.0, 1.0, 2.0], np.zeros(3), antennas_m=antennas_m, sea_fraction=share)
    assert np.isnan(diffraction_loss_db(freq_hz, path, k=k))


@pytest.mark.parametrize(
    ("distance_m", "ground_m", "antennas_m"),
    [
        ([0.0, 1.0], [0.0, 0.0], (1.0, 1.0)),
        ([0.0, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0], (1.0, 1.0)),
        ([0.0, 1.0, 2.0], 0.0, (1.0, 1.0)),
        ([0.0, 1.0, 2.0], [0.0, 0.0, 0.0], ([1.0, 2.0], 1.0)),
    ],
)
def test_what_is_no_profile_is_refused(distance_m, ground_m, antennas_m):
    with pytest.raises(ImpossibleValueError):
        Profiles.of(distance_m, ground_m, antennas_m=antennas_m)
