"""Which model speaks of a way, and that passing from one to the next clears nothing."""

import pytest

from wideberth.interference.propagation import AERONAUTICAL_M, Air, Ends, free_space_db, loss
from wideberth.model.spectrum_rules import SpectrumRules

AIR = Air.of(SpectrumRules())
STEP_DB = 0.5  # the bound over all lower heights is right to so much


@pytest.mark.parametrize("freq_hz", [1.01e8, 3e8, 1.09e9, 5.6e9, 2.9e10])
@pytest.mark.parametrize("distance_m", [2e4, 8e4, 1.5e5, 3e5, 6e5, 1.2e6])
@pytest.mark.parametrize("low_height_m", [0.0, 10.0, 290.0])
def test_an_end_that_rises_into_the_air_loses_no_more_than_near_the_surface(
    freq_hz, distance_m, low_height_m
):
    below, above = (
        loss(Ends(freq_hz, distance_m, low_height_m, AERONAUTICAL_M + step_m), AIR).loss_db
        for step_m in (-1.0, 1.0)
    )
    assert above <= below + STEP_DB


def test_a_model_speaks_within_its_validity_and_free_space_says_why_it_does_not():
    sea = loss(Ends(3e8, 1e5, 10.0, 30.0), AIR)
    air = loss(Ends(3e8, 6e5, 10.0, 9000.0), AIR)
    assert sea.model.startswith("P.526")
    assert air.model == "ITU-R P.528-5"
    for ends, why in (
        (Ends(9e7, 6e5, 10.0, 9000.0), "freq_hz"),
        (Ends(3e8, 6e5, 10.0, 21_000.0), "high_height_m"),
        (Ends(3e8, 6e5, None, None), "height"),
    ):
        found = loss(ends, AIR)
        assert found.loss_db == free_space_db(ends.freq_hz, ends.distance_m)
        assert why in found.why_not
