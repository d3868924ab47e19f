import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.formats.navwarn_quantities import distance_at, frequencies_at
from wideberth.formats.navwarn_tokens import tokens_of

NM = 1852.0
UNITS = {
    "MILES": NM,
    "NM": NM,
    "METERS": 1.0,
    "YARDS": 0.9144,
    "KILOMETERS": 1000.0,
    "FEET": 0.3048,
}
WORDS = "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE".split()  # noqa: SIM905


@given(st.integers(1, 12), st.sampled_from(sorted(UNITS)), st.booleans())
def test_digits_and_words_give_one_distance(number, unit, in_words):
    found = distance_at(tokens_of(f"{WORDS[number - 1] if in_words else number} {unit}"), 0)
    assert found.metres == pytest.approx(number * UNITS[unit])
    assert found.end == 2


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("ONE HALF MILE", NM / 2),
        ("HALF A MILE", NM / 2),
        ("1/2 MILE", NM / 2),
        ("ONE AND ONE HALF MILES", 1.5 * NM),
        ("TWO AND A HALF MILE", 2.5 * NM),
        ("TWENTY-FIVE MILE", None),
        ("TWENTY FIVE MILE", 25 * NM),
        ("ONE HUNDRED FIFTY YARDS", 150 * 0.9144),
        ("THREE QUARTER MILE", 0.75 * NM),
        ("200M", 200.0),
        ("5M", 5 * NM),
        ("500-METER", 500.0),
        ("12 9000 METER", None),
        ("TEN SHIPS", None),
        ("99999999 MILES", None),
    ],
)
def test_distances_in_other_forms(text, metres):
    found = distance_at(tokens_of(text), 0)
    assert (found and found.metres) == (metres and pytest.approx(metres))


@pytest.mark.parametrize(
    ("text", "centres_mhz"),
    [
        ("CHANNEL 16", [156.8]),
        ("CHANNELS 70, 6 AND 13 ON", [156.525, 156.3, 156.65]),
        ("CH 26", [157.3, 161.9]),
        ("2182 KHZ", [2.182]),
        ("406.025 MHZ", [406.025]),
        ("CHANNEL 45", []),
        ("0 MHZ", []),
        ("99999 GHZ", []),
    ],
)
def test_frequencies_and_channels(text, centres_mhz):
    bands, _ = frequencies_at(tokens_of(text), 0)
    assert [(a + b) / 2e6 for a, b in bands] == pytest.approx(centres_mhz)
    assert all(b - a == pytest.approx(25e3, rel=1e-3) for a, b in bands)
