"""Heights of unlike datum: compared at their worst, never nearer to clear than the truth."""

import math

import pytest
from builders import FT, RANGES
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.engine import geoid, heights
from wideberth.engine.shape import shape_of
from wideberth.model.agreement import HeightRanges
from wideberth.model.footprint import Circle
from wideberth.model.span import Datum, HeightBand, HeightLimit

HAIFA = shape_of(Circle((35.0, 32.8), 10_000.0))
STANDARD = HeightRanges(
    qnh_hpa=(1013.25, 1013.25), terrain_m=(0.0, 0.0), isa_deviation_k=(0.0, 0.0)
)


def gap_of(one, other, ranges=RANGES):
    return heights.vertical_gap(one, other, (HAIFA, HAIFA), ranges)


def band(lower_m, upper_m, datum=Datum.MSL):
    return HeightBand.of(lower_m, upper_m, datum)


@pytest.mark.parametrize("datum", list(Datum))
def test_one_datum_is_compared_as_it_stands(datum):
    found = gap_of(band(3000.0, 3300.0, datum), band(3604.8, 4000.0, datum))
    assert found.gap_m == pytest.approx(304.8)
    assert found.notes == ()


def test_bands_that_touch_do_not_overlap():
    found = gap_of(band(0.0, 100.0), band(100.0, 200.0))
    assert (found.gap_m, found.is_overlap) == (0.0, False)


def test_single_heights_overlap_where_they_are_equal_and_at_a_bands_lower_edge():
    assert gap_of(band(0.0, 0.0), band(0.0, 0.0)).is_overlap
    assert gap_of(band(0.0, 0.0), band(0.0, 50.0)).is_overlap
    assert not gap_of(band(50.0, 50.0), band(0.0, 50.0)).is_overlap


def test_a_flight_level_in_the_standard_atmosphere_is_its_height_above_the_sea():
    limit = HeightLimit(100 * 100 * FT, Datum.PRESSURE)
    assert heights.msl_range_m(limit, HAIFA, STANDARD) == pytest.approx((3048.0, 3048.0), abs=1e-9)


@pytest.mark.parametrize(("qnh_hpa", "shift_m"), [(1030.0, 139.0), (980.0, -280.3)])
def test_qnh_shifts_a_flight_level_as_the_standard_atmosphere_says(qnh_hpa, shift_m):
    """ICAO Doc 7488: 1030 hPa lies 139 m below, 980 hPa 280 m above standard sea level."""
    ranges = HeightRanges((qnh_hpa, qnh_hpa), (0.0, 0.0), (0.0, 0.0))
    low, high = heights.msl_range_m(HeightLimit(3048.0, Datum.PRESSURE), HAIFA, ranges)
    assert low == high == pytest.approx(3048.0 + shift_m, abs=1.0)


def test_colder_air_lowers_a_flight_level_by_four_per_cent_for_ten_degrees():
    ranges = HeightRanges((1013.25, 1013.25), (0.0, 0.0), (-10.0, -10.0))
    low, _ = heights.msl_range_m(HeightLimit(3048.0, Datum.PRESSURE), HAIFA, ranges)
    assert low == pytest.approx(3048.0 * 0.964, abs=3.0)  # ICAO Doc 8168: 4 % for 10 degrees, about


def test_ground_is_anywhere_in_the_terrain_range():
    found = gap_of(band(0.0, 150.0, Datum.GROUND), band(2700.0, 3000.0))
    assert found.gap_m == pytest.approx(50.0)
    assert "ground" in found.notes[0]


def test_the_geoid_off_haifa_is_about_twenty_metres_above_the_ellipsoid():
    low, high = heights.undulation_range_m(HAIFA)
    assert low < 20.3 < high  # EGM96, about 20 m there
    assert high - low < 60.0


@pytest.mark.parametrize(("lon", "lat", "geoid_m"), [(35.0, 32.8, 20.3), (79.0, 5.0, -103.0)])
def test_an_ellipsoidal_height_is_lower_above_the_sea_by_the_height_of_the_geoid(lon, lat, geoid_m):
    """EGM96 at two places, one above and one below the ellipsoid."""
    place = shape_of(Circle((lon, lat), 1000.0))
    low, high = heights.msl_range_m(HeightLimit(500.0, Datum.ELLIPSOID), place, RANGES)
    assert low < 500.0 - geoid_m < high
    assert high - low < 60.0


def test_geoid_extremes_lie_in_the_range_of_the_whole_earth():
    low, high = geoid.undulation_range(-180.0, -90.0, 180.0, 90.0)
    assert (low, high) == (geoid.LOWEST_M, geoid.HIGHEST_M)
    assert geoid.undulation_range(78.0, 4.0, 80.0, 6.0)[0] < -100.0  # south of India
    assert geoid.undulation_range(143.0, -6.0, 148.0, -2.0)[1] > 70.0  # New Guinea


def test_the_geoid_is_the_same_across_the_date_line():
    east = geoid.undulation_range(179.0, 10.0, 181.0, 11.0)
    west = geoid.undulation_range(-181.0, 10.0, -179.0, 11.0)
    assert east == west


def test_an_infinite_limit_overlaps_whatever_its_datum():
    sky = HeightBand(HeightLimit(0.0, Datum.GROUND), HeightLimit(math.inf, Datum.MSL))
    assert gap_of(sky, band(9000.0, 9100.0, Datum.PRESSURE)).is_overlap


limits = st.floats(-200.0, 15_000.0)
datums = st.sampled_from(list(Datum))


@st.composite
def bands(draw):
    low = draw(limits)
    return HeightBand.of(low, low + draw(st.floats(0.0, 3000.0)), draw(datums))


@settings(max_examples=300, deadline=None)
@given(bands(), bands())
def test_the_gap_is_the_same_from_either_side(one, other):
    there, back = gap_of(one, other), gap_of(other, one)
    assert there.gap_m == back.gap_m
    assert there.is_overlap == back.is_overlap


@settings(max_examples=300, deadline=None)
@given(bands(), bands(), st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 1000.0))
def test_knowing_less_never_clears(one, other, hpa, kelvin, metres):
    wider = HeightRanges(
        (RANGES.qnh_hpa[0] - hpa, RANGES.qnh_hpa[1] + hpa),
        (RANGES.terrain_m[0] - metres, RANGES.terrain_m[1] + metres),
        (RANGES.isa_deviation_k[0] - kelvin, RANGES.isa_deviation_k[1] + kelvin),
    )
    assert gap_of(one, other, wider).gap_m <= gap_of(one, other).gap_m + 1e-6


@settings(max_examples=300, deadline=None)
@given(bands(), bands(), st.floats(990.0, 1030.0), st.floats(-15.0, 15.0), st.floats(0.0, 2500.0))
def test_the_gap_is_never_more_than_in_any_weather_the_agreement_allows(
    one, other, qnh_hpa, kelvin, terrain_m
):
    day = HeightRanges((qnh_hpa, qnh_hpa), (terrain_m, terrain_m), (kelvin, kelvin))
    assert gap_of(one, other).gap_m <= gap_of(one, other, day).gap_m + 1e-6
