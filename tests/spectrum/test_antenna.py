"""Antenna envelopes, and the worst pointing towards a range of directions against many tried."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wideberth.model.radio import Antenna, AntennaKind
from wideberth.spectrum.antenna import (
    assumed,
    beam_gain_dbi,
    dish_gain_dbi,
    earth_station_gain_dbi,
    gain_dbi,
    most_gain_dbi,
)

LAW = settings(max_examples=200, deadline=None, derandomize=True)
azimuths = st.one_of(st.sampled_from((0.0, 90.0, 179.0, 180.0, 359.9, 360.0)), st.floats(0, 360))
elevations = st.one_of(st.sampled_from((-90.0, 0.0, 3.0, 90.0)), st.floats(-90.0, 90.0))
elevation_ranges = st.tuples(elevations, elevations).map(lambda pair: tuple(sorted(pair)))
antennas = st.builds(
    Antenna,
    st.sampled_from(AntennaKind),
    st.sampled_from((0.0, 7.6, 15.0, 34.0, 60.0)),
    azimuth_deg=st.none() | st.tuples(azimuths, azimuths),
    elevation_deg=st.none() | elevation_ranges,
    beamwidth_deg=st.none() | st.sampled_from((1.0, 30.0, 120.0, 360.0)),
)
kinds = pytest.mark.parametrize("kind", AntennaKind)


def unit(azimuth_deg, elevation_deg):
    azimuth, elevation = np.radians(azimuth_deg), np.radians(elevation_deg)
    flat, up = np.cos(elevation), np.sin(elevation)
    east, north = flat * np.sin(azimuth), flat * np.cos(azimuth)
    return np.stack(np.broadcast_arrays(east, north, up), axis=-1)


def spread(start_deg, end_deg, count):
    """Azimuths from start clockwise to end."""
    turn = end_deg - start_deg
    width = 360.0 if turn >= 360.0 else turn % 360.0
    return start_deg + np.linspace(0.0, width, count)


@LAW
@given(antennas, st.tuples(azimuths, azimuths), elevation_ranges)
def test_no_direction_of_a_range_has_more_gain_than_the_most(antenna, azimuth_deg, elevation_deg):
    most = most_gain_dbi(antenna, azimuth_deg, elevation_deg)
    there = spread(*azimuth_deg, 25)[:, None], np.linspace(*elevation_deg, 25)
    found = gain_dbi(antenna, *there)
    assert np.all(found <= most + 1e-9)
    assert np.all(most_gain_dbi(antenna, (there[0],) * 2, (there[1],) * 2) >= found - 1e-9)


@LAW
@given(azimuths, elevations, st.tuples(azimuths, azimuths), elevation_ranges)
def test_the_nearest_pointing_counts_and_no_nearer_one_is_made_up(
    azimuth_deg, elevation_deg, pointed, heights
):
    """Angles to many pointings by vectors, against the angle that a beam wide enough tells."""
    tried = unit(spread(*pointed, 181)[:, None], np.linspace(*heights, 181))
    near = math.degrees(
        math.acos(min(1.0, max(-1.0, (tried @ unit(azimuth_deg, elevation_deg)).max())))
    )
    assume(near > 4.0)
    width = near / 0.9
    beam = Antenna(AntennaKind.RADAR, 0.0, pointed, heights, beamwidth_deg=width)
    told = float(gain_dbi(beam, azimuth_deg, elevation_deg))
    assert width * math.sqrt(-told / 12.0) <= near + 1e-5
    assert width * math.sqrt(-told / 12.0) >= near - 1.5


@LAW
@given(antennas, azimuths, elevations)
def test_gain_is_never_above_the_peak_and_the_peak_is_where_it_points(
    antenna, azimuth_deg, elevation_deg
):
    assert gain_dbi(antenna, azimuth_deg, elevation_deg) <= antenna.gain_dbi
    ahead = (antenna.azimuth_deg or (azimuth_deg, 0.0))[0]
    above = (antenna.elevation_deg or (elevation_deg, 0.0))[1]
    assert gain_dbi(antenna, ahead, above) == pytest.approx(antenna.gain_dbi, abs=1e-3)


@LAW
@given(antennas, azimuths, elevations)
def test_what_is_declared_less_narrowly_never_has_less_gain(antenna, azimuth_deg, elevation_deg):
    found = gain_dbi(antenna, azimuth_deg, elevation_deg)
    anywhere = Antenna(antenna.kind, antenna.gain_dbi, None, None, antenna.beamwidth_deg)
    assert gain_dbi(anywhere, azimuth_deg, elevation_deg) >= found - 1e-9
    all_round = Antenna(
        antenna.kind, antenna.gain_dbi, None, antenna.elevation_deg, antenna.beamwidth_deg
    )
    assert gain_dbi(all_round, azimuth_deg, elevation_deg) >= found - 1e-4


@LAW
@given(antennas, st.integers(-2, 2), azimuths, elevations)
def test_a_whole_turn_changes_nothing(antenna, turns, azimuth_deg, elevation_deg):
    turned = gain_dbi(antenna, azimuth_deg + 360.0 * turns, elevation_deg)
    assert turned == pytest.approx(gain_dbi(antenna, azimuth_deg, elevation_deg), abs=1e-4)


def test_over_north_is_no_edge():
    sector = Antenna(AntennaKind.SECTOR, 15.0, (350.0, 10.0), (-5.0, 5.0), beamwidth_deg=10.0)
    found = gain_dbi(sector, [350.0, 355.0, 0.0, 5.0, 10.0, 180.0], 0.0)
    assert found.tolist() == [15.0] * 5 + [-5.0]
    assert most_gain_dbi(sector, (170.0, 345.0), (0.0, 1.0)) == 15.0
    assert most_gain_dbi(sector, (90.0, 180.0), (0.0, 1.0)) == -5.0


def test_the_worst_direction_may_lie_inside_a_range_of_heights():
    upward = Antenna(AntennaKind.SECTOR, 15.0, (0.0, 0.0), (45.0, 45.0), beamwidth_deg=40.0)
    most = most_gain_dbi(upward, (20.0, 30.0), (-90.0, 90.0))
    assert most == 15.0 == gain_dbi(upward, 20.0, 46.0)
    assert most_gain_dbi(upward, (20.0, 30.0), (80.0, 90.0)) < 15.0


def test_a_beam_holds_its_peak_for_half_a_width_and_then_falls_to_its_side_lobes():
    found = beam_gain_dbi([0.0, 5.0, 5.01, 8.0, 60.0], 30.0, beamwidth_deg=10.0, side_db=13.2)
    assert found == pytest.approx([30.0, 30.0, 26.99, 22.32, 16.8], abs=0.01)


@kinds
def test_what_is_not_declared_earns_no_credit(kind):
    antenna = Antenna(kind, 34.0)
    assert gain_dbi(antenna, [0.0, 77.0, 180.0], [-90.0, 0.0, 45.0]).tolist() == [34.0] * 3


def test_an_unknown_antenna_has_one_gain_all_round():
    assert gain_dbi(assumed(), [0.0, 200.0], [0.0, -90.0]).tolist() == [3.0, 3.0]
    assert gain_dbi(assumed(0.0), 12.0, 34.0) == 0.0


def test_a_radar_pointed_low_has_its_side_lobes_overhead():
    radar = Antenna(AntennaKind.RADAR, 34.0, None, (0.0, 3.0), beamwidth_deg=2.0)
    assert gain_dbi(radar, 123.0, [1.0, 4.0, 60.0]) == pytest.approx([34.0, 34.0, 20.8])
    assert most_gain_dbi(radar, (0.0, 360.0), (30.0, 90.0)) == pytest.approx(20.8)
    assert most_gain_dbi(radar, (0.0, 360.0), (-90.0, 90.0)) == 34.0


@pytest.mark.parametrize(
    ("size", "angle_deg", "want_dbi"),
    [
        (1000.0, 0.0, 67.7), (1000.0, 0.1, 67.7 - 25.0 + 4.3), (1000.0, 1.0, 32.0),
        (1000.0, 10.0, 7.0), (1000.0, 48.1, -10.0), (1000.0, 180.0, -10.0),
        (50.0, 2.0, 52.0 - 16.99 - 7.526), (50.0, 10.0, 52.0 - 16.99 - 25.0), (50.0, 90.0, -6.99),
    ],
)  # fmt: skip
def test_a_dish_follows_recommendation_f_699(size, angle_deg, want_dbi):
    peak_dbi = 20.0 * math.log10(size) + 7.7
    found = dish_gain_dbi(angle_deg, peak_dbi, diameter_wavelengths=size)
    if angle_deg == 0.1:
        want_dbi = max(peak_dbi - 2.5e-3 * 100.0**2, 2.0 + 45.0)
    assert found == pytest.approx(want_dbi, abs=0.05)
    assert dish_gain_dbi(angle_deg, peak_dbi) == pytest.approx(found)


@pytest.mark.parametrize(
    ("size", "angle_deg", "want_dbi"),
    [(200.0, 0.9, 55.0), (200.0, 1.0, 32.0), (200.0, 10.0, 7.0), (200.0, 48.0, -10.0),
     (40.0, 2.0, 55.0), (40.0, 2.05, 32.0 - 25.0 * math.log10(2.05)), (60.0, 1.6, 55.0)],
)  # fmt: skip
def test_an_earth_station_follows_recommendation_s_465(size, angle_deg, want_dbi):
    found = earth_station_gain_dbi(angle_deg, 55.0, diameter_wavelengths=size)
    assert found == pytest.approx(want_dbi, abs=0.01)


@LAW
@given(
    st.floats(-10.0, 70.0), st.none() | st.floats(0.5, 2000.0),
    st.lists(st.floats(0.0, 180.0), min_size=2, max_size=20),
)  # fmt: skip
def test_off_the_axis_an_envelope_never_rises(peak_dbi, size, angles):
    angles = np.sort(angles)
    found = [dish_gain_dbi(angles, peak_dbi, diameter_wavelengths=size)]
    found += [earth_station_gain_dbi(angles, peak_dbi, diameter_wavelengths=size or 40.0)]
    found += [beam_gain_dbi(angles, peak_dbi, beamwidth_deg=size or 3.0, side_db=13.2)]
    for envelope in found:
        assert np.all(np.diff(envelope) <= 1e-9)
        assert np.all(envelope <= peak_dbi)


def test_a_direction_that_is_not_known_has_no_known_gain():
    radar = Antenna(AntennaKind.RADAR, 34.0, (0.0, 90.0), (0.0, 3.0), beamwidth_deg=2.0)
    dish = Antenna(AntennaKind.PARABOLIC, 34.0, (0.0, 90.0), (0.0, 3.0))
    for antenna in (radar, dish, assumed()):
        assert np.isnan(gain_dbi(antenna, [math.nan, 10.0], [0.0, math.nan])).all()
