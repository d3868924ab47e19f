"""Sea, land and what is partly both."""

import numpy as np
import propagation_oracle as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.spectrum import mixed_path, smooth_earth
from wideberth.spectrum.ground import LAND, SEA, Polarization

FREQS = st.floats(30e6, 50e9)
DISTANCES = st.floats(1.0, 1e6)
HEIGHTS = st.one_of(st.just(0.0), st.floats(0.01, 3000.0))


@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, st.sampled_from(list(Polarization)))
@pytest.mark.parametrize(("share", "ground"), [(0.0, LAND), (1.0, SEA)])
def test_all_land_and_all_sea_are_the_smooth_earth(
    share, ground, freq_hz, distance_m, one_m, other_m, polarization
):
    path = (freq_hz, distance_m, one_m, other_m)
    mixed_db = mixed_path.diffraction_loss_db(*path, sea_fraction=share, polarization=polarization)
    pure_db = smooth_earth.diffraction_loss_db(*path, ground=ground, polarization=polarization)
    assert mixed_db == pytest.approx(pure_db, abs=1e-9)


@settings(max_examples=300)
@given(FREQS, DISTANCES, HEIGHTS, HEIGHTS, st.floats(0.0, 1.0), st.booleans(), st.floats(0.6, 5.0))
def test_a_second_implementation_agrees(freq_hz, distance_m, one_m, other_m, share, is_vertical, k):
    polarization = Polarization.VERTICAL if is_vertical else Polarization.HORIZONTAL
    found_db = mixed_path.diffraction_loss_db(
        freq_hz, distance_m, one_m, other_m, sea_fraction=share, polarization=polarization, k=k
    )
    expected_db = oracle.smooth_earth(
        freq_hz / 1e6, distance_m / 1e3, one_m, other_m, share, is_vertical=is_vertical, k=k
    )
    assert found_db == pytest.approx(expected_db, rel=1e-6, abs=1e-4)


@given(FREQS, st.floats(3e5, 1e6), st.floats(0.0, 500.0), st.floats(0.0, 1.0))
def test_beyond_the_horizon_a_share_weighs_in_decibels(freq_hz, distance_m, height_m, share):
    land_db, mixed_db, sea_db = mixed_path.diffraction_loss_db(
        freq_hz, distance_m, height_m, 10.0, sea_fraction=[0.0, share, 1.0]
    )
    assert mixed_db == pytest.approx(share * sea_db + (1.0 - share) * land_db, abs=1e-9)


def test_a_share_that_cannot_be_has_no_figure():
    found = mixed_path.diffraction_loss_db(1e9, 1e5, 10.0, 10.0, sea_fraction=[-0.1, 1.1, np.nan])
    assert np.isnan(found).all()


# Intermediate values that the reference program of P.1812 prints for ITU-R's validation examples
# b2iseac (over the Irish Sea) and rburg (over land): Ldsph at its effective heights, k = 3
@pytest.mark.parametrize(
    ("freq_mhz", "distance_km", "heights_m", "share", "way", "loss_db"),
    [
        (95.3, 235.1, (734.4522796, 154.8142878), 0.9096129307, "horizontal", 13.921474),
        (95.3, 235.1, (734.4522796, 154.8142878), 0.9096129307, "vertical", 14.04702621),
        (98.2, 96.2, (44.46182993, 19.07975011), 0.0, "horizontal", 37.42847713),
    ],
)
def test_the_reference_programs_examples(freq_mhz, distance_km, heights_m, share, way, loss_db):
    found_db = mixed_path.diffraction_loss_db(
        freq_mhz * 1e6,
        distance_km * 1e3,
        *heights_m,
        sea_fraction=share,
        polarization=Polarization(way),
        k=3.0,
    )
    assert found_db == pytest.approx(loss_db, abs=1e-3)  # it takes 0.2998 for the speed of light
