"""The words of a report: rounding never hides a shortfall."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.engine import words as amounts
from wideberth.formats import report_words as words
from wideberth.model.span import Datum, HeightBand, HeightLimit


def spoken(text):
    return float(text.split()[0].replace(",", ""))


@given(st.integers(1, 400), st.floats(0.0, 1.0, exclude_max=True))
def test_a_gap_below_the_minimum_never_reads_as_the_minimum(minimum_nm, share):
    minimum_m = minimum_nm * 1852.0
    gap_m = min(share * minimum_m, minimum_m - 0.01)
    said = amounts.nautical_miles(gap_m)
    in_nm = spoken(said) if said.endswith("NM") else spoken(said) / 1852.0
    assert in_nm < minimum_nm
    assert spoken(amounts.nautical_miles(minimum_m - gap_m, up=True)) > 0.0


@given(st.integers(1, 99_999))
def test_a_round_minimum_reads_round_in_its_own_unit(number):
    assert amounts.nautical_miles(number * 1852.0) == f"{number:,} NM"
    assert amounts.feet(number * 0.3048) == f"{number:,} ft"
    assert amounts.minutes(number * 60.0) == f"{number:,} min"
    assert amounts.metres(float(number)) == f"{number:,} m"


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_position_reads_back_to_within_ten_metres(lon_deg, lat_deg):
    lat, lon = words.position((lon_deg, lat_deg)).split()
    for text, degrees in ((lat, lat_deg), (lon, lon_deg)):
        whole, rest = text.split("°")
        minutes = float(rest[:5])
        assert minutes < 60.0
        sign = -1.0 if rest[-1] in "SW" else 1.0
        assert sign * (int(whole) + minutes / 60.0) == pytest.approx(degrees, abs=1e-4)


def test_windows_read_as_people_say_them():
    assert words.window(0.0, 5400.0) == "1970-01-01 00:00 to 01:30 Z"
    assert words.window(0.0, 90_000.0) == "1970-01-01 00:00 to 1970-01-02 01:00 Z"
    assert words.window(30.0, 90.0) == "1970-01-01 00:00:30 to 00:01:30 Z"
    assert words.window(60.0, 60.0) == "1970-01-01 00:01 Z"
    assert words.window(0.4, 59.6) == "1970-01-01 00:00 to 00:01 Z"
    assert words.window(-math.inf, math.inf) == "at all times"
    assert words.window(0.0, math.inf) == "from 1970-01-01 00:00 Z until further notice"
    assert words.window(-math.inf, 0.0) == "until 1970-01-01 00:00 Z, since before"


def test_heights_always_say_their_datum():
    ft = 0.3048
    cases = {
        "surface to 5,000 ft above mean sea level": HeightBand.of(0.0, 5000 * ft),
        "1,000 ft to 2,000 ft above ground": HeightBand.of(1000 * ft, 2000 * ft, Datum.GROUND),
        "FL 95 to FL 120": HeightBand.of(9500 * ft, 12000 * ft, Datum.PRESSURE),
        "300 m deep to 50 m deep": HeightBand.of(-300.0, -50.0),
        "surface to no upper limit": HeightBand.of(0.0, math.inf),
        "no lower limit to no upper limit": HeightBand.of(-math.inf, math.inf),
        "500 ft above ground to FL 45": HeightBand(
            HeightLimit(500 * ft, Datum.GROUND), HeightLimit(4500 * ft, Datum.PRESSURE)
        ),
    }
    assert {words.heights(height) for height in cases.values()} == set(cases)


@pytest.mark.parametrize(
    ("freq_hz", "said"),
    [(518e3, "518 kHz"), (243e6, "243 MHz"), (1.57542e9, "1.57542 GHz"), (50.0, "50 Hz")],
)
def test_frequencies_carry_the_unit_that_suits_them(freq_hz, said):
    assert words.hertz(freq_hz) == said


def test_a_reason_reads_as_a_sentence():
    assert words.sentence("no rule covers this") == "No rule covers this."
    assert words.sentence("Ask the issuer.") == "Ask the issuer."
    assert words.sentence("") == ""
