"""A criterion in words: what is written is read back, and nothing is guessed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.model.criterion_text import read, write
from wideberth.model.protection import Criterion, CriterionKind

RATIOS_DB = st.floats(-100.0, 100.0, allow_nan=False)
POWERS_DBM = st.floats(-250.0, 100.0, allow_nan=False)
MARGINS_DB = st.just(0.0) | st.floats(0.0, 100.0)
WIDTHS_HZ = st.sampled_from([1.0, 100.0, 999.0, 1e3, 8333.0, 12.5e3, 1e6, 1e7, 2.046e7, 1e9]) | (
    st.floats(1.0, 1e12)
)


def i_n(value, margin=0.0):
    return Criterion(CriterionKind.I_N, value, margin_db=margin)


def power(value, reference_hz=None, margin=0.0):
    return Criterion(CriterionKind.POWER, value, reference_hz=reference_hz, margin_db=margin)


def carrier(value, desired, margin=0.0):
    return Criterion(CriterionKind.CARRIER, value, desired_dbm=desired, margin_db=margin)


CRITERIA = st.one_of(
    st.builds(i_n, RATIOS_DB, MARGINS_DB),
    st.builds(power, POWERS_DBM, st.none() | WIDTHS_HZ, MARGINS_DB),
    st.builds(carrier, RATIOS_DB, POWERS_DBM, MARGINS_DB),
)


@given(CRITERIA)
@example(power(-143.0, 100.0, 1e-05))
@example(power(-110.0, 1001.0))  # not what 1.001 kHz are in floating point
def test_what_is_written_is_read_back(criterion):
    assert read(write(criterion)) == criterion


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("I/N -6 dB", i_n(-6.0)),
        ("I/N \N{MINUS SIGN}6dB", i_n(-6.0)),
        ("I/N -6 dB, margin 6 dB", i_n(-6.0, 6.0)),
        ("-110 dBm", power(-110.0)),
        ("-143 dBm/100 Hz", power(-143.0, 100.0)),
        ("-129 dBm/MHz", power(-129.0, 1e6)),
        ("  -80  dBm / 10 MHz ", power(-80.0, 1e7)),
        ("-146.5 dBW/MHz", power(-116.5, 1e6)),
        ("D/U 20 dB at -90 dBm", carrier(20.0, -90.0)),
        ("C/I 10 dB at -137 dBW, margin 1.5 dB", carrier(10.0, -107.0, 1.5)),
    ],
)
def test_the_words_of_the_standards_are_understood(text, criterion):
    assert read(text) == criterion


@pytest.mark.parametrize("text", ["-6", "-6 dB", "-110.5", "1e3", " 12 "])
def test_a_plain_number_is_refused_for_it_does_not_say_of_what(text):
    with pytest.raises(ImpossibleValueError, match="what the number is"):
        read(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "not understood"),
        ("I/N -6", "not understood"),
        ("I/N -6 dBm", "not understood"),
        ("I/N -6,5 dB", "not understood"),
        ("-110 dB/MHz", "not understood"),
        ("-110 dbm", "not understood"),
        ("-110 dBm/mHz", "not understood"),
        ("-110 dBm/0 Hz", "reference bandwidth"),
        ("D/U 20 dB", "not understood"),
        ("D/I 20 dB at -90 dBm", "not understood"),
        ("I/N -6 dB margin 6 dB", "not understood"),
        ("I/N -6 dB, margin -1 dB", "margin -1"),
        ("I/N -600 dB", "I/N -600"),
        ("-300 dBm", "power -300"),
        ("110 dBW", "power 140"),
        ("I/N 1e999 dB", "not within"),
        ("I/N nan dB", "not understood"),
    ],
)
def test_what_is_not_a_criterion_is_refused_by_name(text, word):
    with pytest.raises(ImpossibleValueError, match=word) as refusal:
        read(text)
    if "reference" not in word:
        assert refusal.value.remedy


PIECES = st.sampled_from(
    [
        "I/N",
        "D/U",
        "C/I",
        "-6",
        "20",
        "1e3",
        "dB",
        "dBm",
        "dBW",
        "/",
        "MHz",
        "100",
        "at",
        ", margin",
    ]
)


@given(st.text(max_size=30) | st.lists(PIECES, max_size=9).map(" ".join))
def test_any_text_is_a_criterion_or_refused(text):
    try:
        found = read(text)
    except ImpossibleValueError:
        return
    assert read(write(found)) == found
