"""Emission designators both ways: the examples of RR Appendix 1, slips refused, the round trip."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import designator
from wideberth.spectrum.designator import Designator, bandwidth, bandwidth_text, parse

LAW = settings(max_examples=300, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("hertz", "text"),
    [
        (0.002, "H002"), (0.1, "H100"), (25.3, "25H3"), (400.0, "400H"), (2400.0, "2K40"),
        (6000.0, "6K00"), (12_500.0, "12K5"), (180_400.0, "180K"), (180_500.0, "181K"),
        (180_700.0, "181K"), (1.25e6, "1M25"), (2e6, "2M00"), (10e6, "10M0"), (202e6, "202M"),
        (5.65e9, "5G65"), (999.4, "999H"), (999.5, "1K00"), (999_500.0, "1M00"), (0.001, "H001"),
        (0.0005, "H001"), (0.9995, "1H00"), (999e9, "999G"), (9.995, "10H0"), (0.01, "H010"),
    ],
)  # fmt: skip
def test_a_bandwidth_is_written_as_appendix_1_writes_it(hertz, text):
    assert bandwidth_text(hertz) == text
    assert bandwidth(text) == pytest.approx(hertz, rel=5e-3, abs=5.1e-4)


@pytest.mark.parametrize("hertz", [0.0, -1.0, 0.0004, 999.5e9, 1e12, math.inf, math.nan])
def test_a_bandwidth_that_no_designator_can_say_is_refused(hertz):
    with pytest.raises(ImpossibleValueError, match="not within"):
        bandwidth_text(hertz)
    with pytest.raises(ImpossibleValueError, match="not within"):
        Designator(hertz, "F", "3", "E")


@pytest.mark.parametrize(
    ("text", "hertz", "symbols"),
    [
        ("25K0F3E", 25e3, ("F", "3", "E", "", "")),
        ("16K0F3E", 16e3, ("F", "3", "E", "", "")),
        ("6K00A3E", 6e3, ("A", "3", "E", "", "")),
        ("8M20P0N", 8.2e6, ("P", "0", "N", "", "")),
        ("400HA1A", 400.0, ("A", "1", "A", "", "")),
        (" 2k40 j3e ", 2400.0, ("J", "3", "E", "", "")),
        ("5M75C3FNF", 5.75e6, ("C", "3", "F", "N", "F")),
        ("16K0F3EJ", 16e3, ("F", "3", "E", "J", "")),
        ("16K0F3EJ-", 16e3, ("F", "3", "E", "J", "")),
        ("16K0F3E-N", 16e3, ("F", "3", "E", "", "N")),
        ("16K0F3E--", 16e3, ("F", "3", "E", "", "")),
        ("H002N0N", 0.002, ("N", "0", "N", "", "")),
    ],
)
def test_a_designator_is_read(text, hertz, symbols):
    assert parse(text) == Designator(hertz, *symbols)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 symbols"),
        ("F3E", "3 symbols"),
        ("25K0F3EJNX", "10 symbols"),
        ("0K25F3E", "begins with 0"),
        ("K250F3E", "begins with K"),
        ("M100F3E", "begins with M"),
        ("2500F3E", "three numerals"),
        ("25KKF3E", "three numerals"),
        ("25D0F3E", "three numerals"),
        ("25.0F3E", "three numerals"),
        ("²5K0F3E", "three numerals"),
        ("H000N0N", "is nothing"),
        ("25K0Z3E", "'Z' is no first symbol"),
        ("25K0FOE", "'O' is no second symbol"),
        ("25K0F3Z", "'Z' is no third symbol"),
        ("25K0F3EIN", "'I' is no fourth symbol"),
        ("25K0F3EJZ", "'Z' is no fifth symbol"),
        ("25K0F-E", "'-' is no second symbol"),
    ],
)
def test_a_slip_is_refused_and_says_why(text, said):
    with pytest.raises(ImpossibleValueError, match=said):
        parse(text)


symbols = st.tuples(
    *(
        st.sampled_from(sorted(table))
        for table in (designator.MODULATIONS, designator.SIGNALS, designator.INFORMATION)
    ),
    st.sampled_from(["", *sorted(designator.DETAILS)]),
    st.sampled_from(["", *sorted(designator.MULTIPLEXES)]),
)
numerals = st.one_of(st.sampled_from((100, 999, 101, 400)), st.integers(100, 999))


@LAW
@given(numerals, st.integers(-2, 9), symbols)
def test_a_designator_that_is_written_is_read_as_it_was(numeral, exponent, classed):
    given_one = Designator(float(Decimal(numeral).scaleb(exponent)), *classed)
    assert parse(given_one.text()) == given_one
    assert parse(given_one.text()).text() == given_one.text()


@LAW
@given(st.integers(1, 999), symbols)
def test_thousandths_of_a_hertz_are_written_and_read_as_they_were(thousandths, classed):
    given_one = Designator(float(Decimal(thousandths).scaleb(-3)), *classed)
    assert parse(given_one.text()) == given_one


@LAW
@given(st.floats(1.0, 998e9))
def test_what_is_written_is_within_half_of_the_third_figure(hertz):
    found = bandwidth(bandwidth_text(hertz))
    assert abs(found - hertz) <= 0.5 * 10.0 ** (math.floor(math.log10(hertz)) - 2) * (1 + 1e-9)


def test_the_class_is_told_in_words():
    assert parse("16K0F3EJN").words() == (
        "frequency modulation; one analogue channel; telephony or sound;"
        " commercial sound; no multiplex"
    )
    assert parse("8M20P0N").words() == "unmodulated pulses; no modulating signal; no information"


@pytest.mark.parametrize(("text", "is_pulsed"), [("8M20P0N", True), ("16K0F3E", False)])
def test_pulses_are_told_from_the_rest(text, is_pulsed):
    assert parse(text).is_pulsed == is_pulsed
