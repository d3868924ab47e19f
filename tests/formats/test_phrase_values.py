"""Values of parameters: one text each, whatever was typed; nothing is guessed or converted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_scenes import TYPED

from wideberth.errors import ImpossibleValueError
from wideberth.formats.phrase_values import TYPES

LAW = settings(max_examples=150, deadline=None)


@LAW
@given(st.sampled_from(sorted(TYPES)).flatmap(lambda k: st.tuples(st.just(k), TYPED[k])))
def test_a_value_is_held_in_one_form_and_comes_back_from_its_code(drawn):
    kind, text = drawn
    value = TYPES[kind].read(text)
    assert TYPES[kind].read(value) == value
    code = TYPES[kind].code(value)
    assert code.isascii()
    assert code.isalnum()
    assert code == code.upper()
    assert TYPES[kind].of(code) == value


@LAW
@given(st.sampled_from(sorted(TYPES)), st.text(max_size=30))
def test_any_text_is_either_read_to_one_form_or_refused(kind, text):
    try:
        value = TYPES[kind].read(text)
    except ImpossibleValueError:
        return
    assert TYPES[kind].read(value) == value
    assert TYPES[kind].of(TYPES[kind].code(value)) == value


@LAW
@given(st.sampled_from(sorted(TYPES)), st.text("0123456789ABKMNPRSTXZ", max_size=40))
def test_any_code_is_either_a_value_as_it_is_held_or_refused(kind, code):
    try:
        value = TYPES[kind].of(code)
    except ImpossibleValueError:
        return
    assert TYPES[kind].read(value) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("height", "fl95", "FL 95"),
        ("height", "03000.0 FT msl", "3000 ft MSL"),
        ("height", "-12 m AGL", "-12 m AGL"),
        ("freq", "1563.420-1587.42mhz", "1563.42-1587.42 MHz"),
        ("freq", "121.5 MHz", "121.5 MHz"),
        ("bearing", "7", None),
        ("bearing", "7 t", "007 T"),
        ("bearing", "360 T", None),
        ("distance", "5nm", "5 NM"),
        ("distance", "1,5 km", None),
        ("duration", "90 min", "90 min"),
        ("count", "012", "12"),
        ("count", "1.5", None),
        ("count", "-1", None),
        ("count", "٣", None),
        ("depth", "60", None),
        ("place", "36S TB 38843 71413", "33-09-00.20N 030-12-00.24E"),
        ("place", "91-00-00.00N 033-00-00.00E", None),
        ("place", "00-00-00.00S 000-00-00.00W", None),
        ("place", "EASTERN BOX", None),
        ("area", "  EASTERN   BOX ", "EASTERN BOX"),
        ("area", "34-00-00.00N 033-00-00.00E, 35-00-00.00N 033-00-00.00E", None),
        ("area", "34-00-00.00N", None),
        ("time", "2031-05-14 12:30:00+03:00", "2031-05-14T09:30:00Z"),
        ("time", "2031-05-14T09:30:00.5Z", None),
        ("time", "2031-05-14T09:30:00", None),
        ("callsign", "KITE\x1b[2J", None),
        ("callsign", "KITE\u200b21", None),
        ("callsign", "x" * 81, None),
        ("height", "3000 ft", None),
        ("height", "FL 95 m", None),
        ("freq", "1587-1563 MHz", None),
    ],
)
def test_what_is_typed_is_held_in_one_form_or_refused(kind, text, value):
    if value is None:
        with pytest.raises(ImpossibleValueError):
            TYPES[kind].read(text)
    else:
        assert TYPES[kind].read(text) == value
