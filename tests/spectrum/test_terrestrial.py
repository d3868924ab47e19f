"""The refined terrestrial loss: bounds, laws, a second implementation, and typed "no model"."""

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import free_space, horizon, smooth_earth, terrestrial, troposcatter
from wideberth.spectrum.delta_bullington import Profiles
from wideberth.spectrum.ground import Polarization
from wideberth.spectrum.terrestrial import Conditions, basic_transmission_loss_db
from wideberth.spectrum.validity import NoModelError

FREQS = st.floats(30e6, 50e9)
DISTANCES = st.one_of(st.floats(0.0, 1e4), st.floats(1e4, 1e6))
HEIGHTS = st.one_of(st.just(0.0), st.floats(0.01, 30.0), st.floats(30.0, 3000.0))
SHARES = st.floats(0.0, 1.0)
TIMES = st.one_of(st.just(50.0), st.floats(0.001, 50.0))
CONDITIONS = st.builds(
    Conditions,
    time_percent=TIMES,
    n0=st.floats(250.0, 400.0),
    k=st.one_of(st.none(), st.floats(0.6, 5.0)),
    polarization=st.sampled_from(list(Polarization)),
)
LEAST_DB = 1e-6  # what rounding may move


@settings(max_examples=300)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_a_second_implementation_agrees(freq_hz, distance_m, one_m, other_m, share, conditions):
    found_db = basic_transmission_loss_db(
        freq_hz, distance_m, one_m, other_m, sea_fraction=share, conditions=conditions
    )
    expected_db = oracle.terrestrial(
        freq_hz / 1e6,
        distance_m / 1e3,
        one_m,
        other_m,
        share,
        is_vertical=conditions.polarization is Polarization.VERTICAL,
        k=conditions.k or 4 / 3,
        n0=conditions.n0,
        p=conditions.time_percent,
    )
    assert found_db == pytest.approx(expected_db, rel=1e-6, abs=1e-4)


@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_the_loss_is_between_free_space_and_troposcatter(
    freq_hz, distance_m, one_m, other_m, share, conditions
):
    found_db = basic_transmission_loss_db(
        freq_hz, distance_m, one_m, other_m, sea_fraction=share, conditions=conditions
    )
    free_db = free_space.basic_transmission_loss_db(freq_hz, distance_m)
    angle = troposcatter.smooth_angle_mrad(distance_m, one_m, other_m, k=max(conditions.factors))
    scattered_db = troposcatter.basic_transmission_loss_db(
        freq_hz, distance_m, angle, n0=conditions.n0, time_percent=conditions.time_percent
    )
    assert free_db <= found_db <= max(free_db, scattered_db)


@settings(max_examples=300)
@given(FREQS, DISTANCES, DISTANCES, HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_more_distance_never_loses_less(freq_hz, a_m, b_m, one_m, other_m, share, conditions):
    near_db, far_db = basic_transmission_loss_db(
        freq_hz, sorted((a_m, b_m)), one_m, other_m, sea_fraction=share, conditions=conditions
    )
    assert near_db <= far_db + LEAST_DB


@settings(max_examples=300)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_more_height_never_loses_more(freq_hz, distance_m, a_m, b_m, other_m, share, conditions):
    low_db, high_db = basic_transmission_loss_db(
        freq_hz, distance_m, sorted((a_m, b_m)), other_m, sea_fraction=share, conditions=conditions
    )
    assert high_db <= low_db + LEAST_DB


@given(FREQS, st.floats(1.0, 3e5), st.floats(0.0, 100.0), st.floats(1.0001, 1.2), st.booleans())
def test_near_the_ground_too_height_never_adds_loss(freq_hz, distance_m, low_m, more, is_sea):
    found_db = basic_transmission_loss_db(
        freq_hz, distance_m, [low_m, low_m * more], 0.0, sea_fraction=float(is_sea)
    )
    assert found_db[1] <= found_db[0] + LEAST_DB


@settings(max_examples=200)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, TIMES, TIMES, st.floats(0.6, 5.0))
def test_less_time_never_loses_more(freq_hz, distance_m, one_m, other_m, a, b, k):
    few, many = (Conditions(time_percent=percent, k=k) for percent in sorted((a, b)))
    path = (freq_hz, distance_m, one_m, other_m)
    few_db = basic_transmission_loss_db(*path, conditions=few)
    assert few_db <= basic_transmission_loss_db(*path, conditions=many) + LEAST_DB


@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_ends_may_be_exchanged(freq_hz, distance_m, one_m, other_m, share, conditions):
    there_db, back_db = (
        basic_transmission_loss_db(
            freq_hz, distance_m, *ends, sea_fraction=share, conditions=conditions
        )
        for ends in ((one_m, other_m), (other_m, one_m))
    )
    assert there_db == pytest.approx(back_db, abs=LEAST_DB)


@given(FREQS, st.floats(0.5, 3000.0), HEIGHTS, CONDITIONS)
def test_nothing_jumps_at_the_horizon(freq_hz, one_m, other_m, conditions):
    for k in conditions.factors:
        sight_m = horizon.line_of_sight_m(one_m, other_m, k=k) * np.array([1 - 1e-10, 1 + 1e-10])
        before_db, beyond_db = basic_transmission_loss_db(
            freq_hz, sight_m, one_m, other_m, conditions=conditions
        )
        assert before_db == pytest.approx(beyond_db, abs=1e-3)


def test_high_and_near_is_free_space():
    free_db = free_space.basic_transmission_loss_db(1e9, 5e3)
    assert basic_transmission_loss_db(1e9, 5e3, 500.0, 500.0) == pytest.approx(free_db, abs=1e-3)


def test_far_beyond_the_horizon_scatter_takes_over():
    angle = troposcatter.smooth_angle_mrad(400e3, 10.0, 10.0)
    scattered_db = troposcatter.basic_transmission_loss_db(3e9, 400e3, angle)
    found_db = basic_transmission_loss_db(3e9, 400e3, 10.0, 10.0)
    assert found_db == pytest.approx(scattered_db, abs=1e-6)


def test_less_than_half_of_the_time_a_flatter_earth_is_tried_too():
    assert Conditions().factors == (horizon.STANDARD_K,)
    assert Conditions(time_percent=49.0).factors == (horizon.STANDARD_K, 3.0)
    assert Conditions(time_percent=1.0, k=4.0).factors == (4.0, 4.0)


@pytest.mark.parametrize(
    "change", [{"time_percent": 51.0}, {"time_percent": 0.0}, {"n0": 100.0}, {"k": 0.0}]
)
def test_conditions_that_cannot_be_are_refused(change):
    with pytest.raises(ImpossibleValueError, match=next(iter(change))):
        Conditions(**change)


GOOD = {"freq_hz": 1e9, "distance_m": 5e4, "one_height_m": 10.0, "other_height_m": 10.0}
OUTSIDE = [
    ("freq_hz", 29e6),
    ("freq_hz", 51e9),
    ("freq_hz", np.nan),
    ("distance_m", -1.0),
    ("distance_m", 1.1e7),
    ("one_height_m", -0.1),
    ("other_height_m", 3001.0),
    ("other_height_m", np.nan),
    ("sea_fraction", 1.5),
]


@pytest.mark.parametrize(("name", "value"), OUTSIDE)
def test_outside_one_path_is_refused_by_name_and_many_have_no_figure(name, value):
    with pytest.raises(NoModelError, match=name) as caught:
        terrestrial.path_loss_db(**{**GOOD, name: value})
    assert caught.value.reason.model == terrestrial.MODEL
    asked = {"sea_fraction": 0.0, **GOOD, name: [value, {"sea_fraction": 0.5, **GOOD}[name]]}
    share = asked.pop("sea_fraction")
    found = basic_transmission_loss_db(*asked.values(), sea_fraction=share)
    assert np.isnan(found).tolist() == [True, False]


@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS)
def test_one_path_is_as_among_many(freq_hz, distance_m, one_m, other_m):
    count = 2 * smooth_earth.COMPILED_FROM
    many_db = basic_transmission_loss_db(np.full(count, freq_hz), distance_m, one_m, other_m)
    alone_db = terrestrial.path_loss_db(freq_hz, distance_m, one_m, other_m)
    assert isinstance(alone_db, float)
    np.testing.assert_allclose(many_db, alone_db, atol=1e-7)


@st.composite
def terrain(draw):
    """A profile of uneven steps, flat or rough."""
    points = draw(st.integers(3, 25))
    steps_m = draw(st.lists(st.floats(10.0, 1e4), min_size=points - 1, max_size=points - 1))
    scale_m = draw(st.sampled_from([0.0, 30.0, 1500.0]))
    heights = draw(st.lists(st.floats(0.0, 1.0), min_size=points, max_size=points))
    return np.concatenate([[0.0], np.cumsum(steps_m)]), scale_m * np.array(heights)


@settings(max_examples=200, deadline=None)
@given(FREQS, terrain(), HEIGHTS, HEIGHTS, SHARES, CONDITIONS)
def test_over_terrain_too_a_second_implementation_agrees(
    freq_hz, ground, one_m, other_m, share, conditions
):
    along_m, ground_m = ground
    profile = Profiles.of(along_m, ground_m, antennas_m=(one_m, other_m), sea_fraction=share)
    found_db = terrestrial.path_loss_with_terrain_db(freq_hz, profile, conditions=conditions)
    along_km, losses_db = list(along_m / 1e3), []
    for k in conditions.factors:
        added_db = oracle.delta_bullington(
            freq_hz / 1e6,
            along_km,
            list(ground_m),
            one_m,
            other_m,
            share,
            is_vertical=conditions.polarization is Polarization.VERTICAL,
            k=k,
        )
        angle = oracle.angle_mrad(along_km, list(ground_m), one_m, other_m, k)
        mhz, percent = freq_hz / 1e6, conditions.time_percent
        losses_db.append(oracle.joined(mhz, along_km[-1], added_db, angle, conditions.n0, percent))
    expected_db = min(losses_db)
    assert found_db == pytest.approx(expected_db, rel=1e-6, abs=1e-3)
    assert found_db >= free_space.basic_transmission_loss_db(freq_hz, along_m[-1])


def test_a_ridge_between_two_stations_is_seen():
    along_m = np.linspace(0.0, 40e3, 200)
    ridge_m = np.where(np.abs(along_m - 20e3) < 1e3, 800.0, 0.0)
    flat, ridge = (
        terrestrial.path_loss_with_terrain_db(400e6, Profiles.of(along_m, g, antennas_m=(50, 50)))
        for g in (np.zeros(200), ridge_m)
    )
    assert ridge > flat + 20.0


@pytest.mark.parametrize(
    ("freq_hz", "ground_m", "antennas_m", "word"),
    [
        (29e6, [0.0, 0.0, 0.0], (10.0, 10.0), "freq_hz"),
        (1e9, [0.0, 0.0, 0.0], (10.0, -1.0), "other_height_m"),
        (1e9, [0.0, 0.0, 0.0], (3001.0, 10.0), "one_height_m"),
        (1e9, [0.0, np.nan, 0.0], (10.0, 10.0), "not known"),
    ],
)
def test_one_profile_outside_is_refused_and_many_have_no_figure(
    freq_hz, ground_m, antennas_m, word
):
    along_m = [0.0, 1e3, 2e3]
    one = Profiles.of(along_m, ground_m, antennas_m=antennas_m)
    with pytest.raises(NoModelError, match=word) as caught:
        terrestrial.path_loss_with_terrain_db(freq_hz, one)
    assert caught.value.reason.model == terrestrial.TERRAIN_MODEL
    many = Profiles.of(along_m, np.tile(ground_m, (4, 1)), antennas_m=antennas_m)
    assert np.isnan(terrestrial.loss_with_terrain_db(freq_hz, many)).all()


def test_many_profiles_are_not_one_path():
    many = Profiles.of([0.0, 1e3, 2e3], np.zeros((2, 3)), antennas_m=(1.0, 1.0))
    with pytest.raises(ImpossibleValueError, match="many"):
        terrestrial.path_loss_with_terrain_db(1e9, many)
