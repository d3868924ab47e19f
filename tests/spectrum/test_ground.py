"""The normalised admittance: both faces of its formula, and the grounds it is made for."""

import propagation_oracle as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.ground import LAND, SEA, Ground, Polarization, normalised_admittance


@given(
    st.floats(30e6, 50e9),
    st.floats(3e6, 3e7),
    st.sampled_from([("sea", SEA), ("land", LAND)]),
    st.sampled_from(list(Polarization)),
)
def test_gigahertz_with_0_036_is_megahertz_with_0_36(freq_hz, radius_m, named, polarization):
    name, ground = named
    is_vertical = polarization is Polarization.VERTICAL
    by_megahertz = oracle.admittance(freq_hz / 1e6, radius_m / 1e3, name, is_vertical)
    found = normalised_admittance(ground, freq_hz, radius_m=radius_m, polarization=polarization)
    assert found == pytest.approx(by_megahertz, rel=1e-12)


def test_a_perfect_insulator_gives_the_closed_form():
    dry = Ground(10.0, 1e-30)
    horizontal = normalised_admittance(dry, 1e9, radius_m=1e6, polarization=Polarization.HORIZONTAL)
    vertical = normalised_admittance(dry, 1e9, radius_m=1e6, polarization=Polarization.VERTICAL)
    assert horizontal == pytest.approx(0.036 / 10.0 / 3.0)  # (1000 km GHz)^-1/3, 81^-1/4
    assert vertical == pytest.approx(10.0 * horizontal)


def test_vertical_waves_over_the_sea_are_those_that_the_ground_carries():
    kept = {
        (ground, way): normalised_admittance(ground, 30e6, radius_m=8.5e6, polarization=way)
        for ground in (SEA, LAND)
        for way in Polarization
    }
    assert max(kept, key=lambda case: kept[case]) == (SEA, Polarization.VERTICAL)


@pytest.mark.parametrize(("permittivity", "conductivity"), [(1.0, 0.1), (80.0, 0.0), (0.0, 1.0)])
def test_ground_that_cannot_be_is_refused(permittivity, conductivity):
    with pytest.raises(ImpossibleValueError, match="permittivity"):
        Ground(permittivity, conductivity)
