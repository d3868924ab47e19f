"""Masks: what is refused, what is read between points, and the defaults where none is declared."""

import math

import mask_drawing
import numpy as np
import pytest
import rejection_oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.mask import (
    Mask,
    attenuation_db,
    declared,
    default_emission,
    default_selectivity,
    even_envelope,
    skirt,
    spurious_db,
)

LAW = settings(max_examples=150, deadline=None, derandomize=True)
PLAIN = ((0.0, 0.0), (1.0, 60.0))


@pytest.mark.parametrize(
    ("points", "floor_db", "said"),
    [
        ((), 80.0, "no points"),
        (((0.0, 0.0), (math.nan, 1.0)), 80.0, "finite"),
        (((0.0, 0.0), (1.0, math.inf)), 80.0, "finite"),
        (((0.0, 0.0), (2.0, 1.0), (1.0, 2.0)), 80.0, "ascend"),
        (((0.0, 0.0), (1.0, 1.0), (1.0, 2.0), (1.0, 3.0)), 80.0, "three points"),
        (((0.0, 0.0), (1.0, 9.0), (2.0, 8.0)), 80.0, "falls"),
        (((-2.0, 3.0), (-1.0, 9.0), (0.0, 0.0), (1.0, 5.0)), 80.0, "falls"),
        (((0.0, 3.0), (1.0, 9.0)), 80.0, "least attenuation"),
        (((0.0, -1.0), (1.0, 9.0)), 80.0, "least attenuation"),
        (PLAIN, math.inf, "floor"),
        (PLAIN, 100.1, "floor"),
        (PLAIN, -1.0, "floor"),
        (PLAIN, math.nan, "floor"),
        (PLAIN, 59.9, "more than its floor"),
        (((0.0, 0.0),), 80.0, "no width"),
        (((0.0, 0.0), (0.0, 80.0)), 80.0, "no width"),
    ],
)
def test_an_impossible_mask_is_refused(points, floor_db, said):
    with pytest.raises(ImpossibleValueError, match=said):
        Mask(points, floor_db)


def test_between_points_the_attenuation_is_a_straight_line_and_beyond_them_the_floor():
    mask = Mask(((10.0, 0.0), (20.0, 40.0)), 80.0)
    found = attenuation_db(mask, [0.0, 10.0, -15.0, 15.0, 20.0, 20.1, -1e9, math.inf, math.nan])
    assert found[:8].tolist() == [0.0, 0.0, 20.0, 20.0, 40.0, 80.0, 80.0, 80.0]
    assert math.isnan(found[8])


def test_at_a_step_the_lesser_attenuation_counts():
    mask = Mask(((-10.0, 30.0), (-10.0, 0.0), (20.0, 0.0), (20.0, 60.0)), 60.0)
    assert attenuation_db(mask, [-10.0, 20.0]).tolist() == [0.0, 0.0]
    assert attenuation_db(mask, [-10.1, -9.9, 20.1]).tolist() == [60.0, 0.0, 60.0]
    stairs = Mask(
        ((5.0, 0.0), (10.0, 0.0), (10.0, 30.0), (20.0, 30.0), (20.0, 60.0), (30.0, 60.0)), 60.0
    )
    assert attenuation_db(stairs, [-20.0, -10.0, 10.0, 20.0]).tolist() == [30.0, 0.0, 0.0, 30.0]


@LAW
@given(mask_drawing.masks, st.lists(st.floats(-1.5, 1.5), min_size=1, max_size=8))
def test_a_mask_is_read_as_its_points_say(mask, shares):
    offsets = np.array([share * max(map(abs, mask.edges_hz)) for share in shares])
    edges = np.array(sorted(rejection_oracle.edges(mask.points)))
    apart = np.abs(offsets[:, None] - edges).min(axis=1) > 1e-9 * np.abs(edges).max()
    want = rejection_oracle.attenuation(mask.points, mask.floor_db, offsets)
    assert attenuation_db(mask, offsets)[apart] == pytest.approx(want[apart], abs=1e-6)


@LAW
@given(mask_drawing.odd_masks(), st.lists(st.floats(0.0, 1.2), min_size=1, max_size=20))
def test_the_envelope_lets_through_all_that_the_mask_does_and_no_more(mask, shares):
    even = even_envelope(mask)
    far_hz = max(map(abs, mask.edges_hz))
    offsets = np.unique([share * far_hz for share in shares])
    tolerance = 1e-6 + 40.0 * 1e-9
    found = attenuation_db(even, offsets)
    assert even.is_even
    assert np.all(found <= attenuation_db(mask, offsets) + tolerance)
    assert np.all(found <= attenuation_db(mask, -offsets) + tolerance)
    grid = np.linspace(0.0, 1.3 * far_hz, 3001)
    knots = np.array([abs(hz) for hz, _ in mask.points])
    every = np.unique([*grid, *knots])
    both = np.minimum(attenuation_db(mask, every), attenuation_db(mask, -every))
    outward = np.minimum.accumulate(both[::-1])[::-1]
    reached = np.interp(offsets, every, outward)
    apart = np.abs(offsets[:, None] - knots).min(axis=1) > 2e-3 * far_hz
    steepest = 40.0 / (0.01 * min(hz for hz in np.diff(np.unique(knots)) if hz > 0.0) + 1e-12)
    slack = min(steepest * far_hz / 3000.0, 0.5)
    assert np.all((found >= reached - slack - tolerance)[apart])


def test_a_mask_of_like_sides_is_its_own_envelope():
    mask = Mask(((10.0, 0.0), (20.0, 40.0)), 80.0)
    assert even_envelope(mask) is mask


def test_where_two_sides_cross_the_envelope_has_a_point():
    mask = Mask(((-4.0, 40.0), (-2.0, 0.0), (0.0, 0.0), (4.0, 30.0)), 50.0)
    assert even_envelope(mask).points == ((0.0, 0.0), (2.0, 0.0), (3.2, 24.0), (4.0, 30.0))


def test_what_was_declared_is_believed_no_further_than_its_last_point():
    assert declared(((0.0, 0.0), (1.0, 60.0))).floor_db == 60.0
    assert declared(((-1.0, 30.0), (0.0, 0.0), (1.0, 60.0))).points[-1] == (1.0, 30.0)
    assert declared(((0.0, 0.0), (1.0, 300.0))).floor_db == 100.0
    assert declared(((0.0, 0.0), (1.0, 60.0)), floor_db=80.0).floor_db == 80.0
    assert declared(((0.0, 0.0), (1.0, 60.0))).verified
    with pytest.raises(ImpossibleValueError):
        declared(())


@pytest.mark.parametrize(
    ("power_dbm", "is_radar", "want_db"),
    [(30.0, False, 43.0), (57.0, False, 70.0), (90.0, False, 70.0), (90.0, True, 60.0),
     (20.0, True, 33.0), (-13.0, False, 0.0), (-60.0, False, 0.0),
     (math.nan, False, 0.0)],
)  # fmt: skip
def test_spurious_emissions_are_43_and_10_log_p_below_the_carrier_up_to_a_most(
    power_dbm, is_radar, want_db
):
    assert spurious_db(power_dbm, is_radar=is_radar) == pytest.approx(want_db)


def test_the_default_emission_falls_40_db_a_decade_to_two_and_a_half_bandwidths():
    mask = default_emission(1000.0, 60.0)
    assert attenuation_db(mask, [0.0, 500.0]).tolist() == [0.0, 0.0]
    assert attenuation_db(mask, 2500.0) == pytest.approx(40.0 * math.log10(5.0))
    assert attenuation_db(mask, 2501.0) == 70.0
    offsets = np.linspace(500.0, 2500.0, 400)
    fall = 40.0 * np.log10(offsets / 500.0)
    assert np.all(attenuation_db(mask, offsets) <= fall + 1e-9)
    assert np.all(attenuation_db(mask, offsets) >= fall - 0.5)
    assert not mask.verified


def test_a_weak_emission_falls_no_deeper_than_its_spurious_level():
    mask = default_emission(1000.0, 0.0)
    assert mask.floor_db == pytest.approx(13.0)
    assert max(db for _, db in mask.points) == pytest.approx(13.0)


def test_the_default_receiver_is_open_over_its_band_and_never_rejects_without_end():
    mask = default_selectivity(16e3)
    assert attenuation_db(mask, [0.0, 8e3, 16e3, 40e3, 1e12]).tolist() == [0, 0, 40.0, 80.0, 80.0]
    assert not mask.verified


@LAW
@given(mask_drawing.even_masks, st.floats(0.0, 0.99), st.floats(0.0, 1.2))
def test_a_skirt_says_no_more_than_its_mask(mask, share, beyond):
    half_width_hz = share * mask.edges_hz[1]
    away_hz = beyond * mask.edges_hz[1]
    edge = skirt(mask, half_width_hz)
    assert edge.points[0] == (0.0, 0.0)
    told = attenuation_db(mask, half_width_hz + away_hz * (1.0 - 1e-9))
    assert attenuation_db(edge, away_hz * (1.0 - 1e-6)) <= told + 1e-3


def test_a_skirt_beyond_the_last_point_is_refused():
    with pytest.raises(ImpossibleValueError, match="past the edge"):
        skirt(default_selectivity(16e3), 40.1e3)


def test_a_step_at_the_edge_of_the_band_stays_a_step():
    brick = declared(((10e3, 0.0), (10e3, 60.0)))
    edge = skirt(brick, 10e3)
    assert attenuation_db(edge, [1e-3, 1.0, 1e6]).tolist() == [60.0, 60.0, 60.0]
