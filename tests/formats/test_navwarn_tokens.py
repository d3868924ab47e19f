import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wideberth.formats.navwarn_tokens import BAD, LAT, LON, POSITIONS, tokens_of

PIECES = st.sampled_from(
    ["12-33.00S", "045-11.00E", "90-15.1W", "13-55-18N", "IN", "A.", "1.", "\n", " ", ", ", "E0",
     "171636Z", "APR", "TWO", "MILES", "(", ")", "X7", "99-99N", "33.5N", "-", "4", "/23", "."]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("IN12-33.00N")
@example("2012-33.00N 045-11.00E")
def test_every_degree_letter_after_a_digit_is_in_a_position_token(text):
    for match in re.finditer(r"[0-9][NSEW](?![A-Z0-9])", text):
        kinds = {t.kind for t in tokens_of(text) if t.start <= match.start() < t.end}
        inside_word = re.search(r"[A-Z'&/][A-Z0-9'&/]*$", text[: match.start() + 1])
        assert kinds & POSITIONS or inside_word


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map(" ".join)))
def test_tokens_are_in_order_and_leave_out_no_letter_or_digit(text):
    text = text.upper()
    at = 0
    for token in tokens_of(text):
        assert token.start >= at
        assert not re.search("[A-Z0-9]", text[at : token.start])
        at = token.end
    assert not re.search("[A-Z0-9]", text[at:])


@pytest.mark.parametrize(
    ("text", "degrees", "slack_m"),
    [
        ("12-33.00S", -(12 + 33 / 60), 9.26),
        ("90-15.1W", -(90 + 15.1 / 60), 92.6),
        ("35-53N", 35 + 53 / 60, 926.0),
        ("13-55-18N", 13 + 55 / 60 + 18 / 3600, 926.0 / 60),
        ("13-55-18.5N", 13 + 55 / 60 + 18.5 / 3600, 92.6 / 60),
    ],
)
def test_a_position_keeps_half_a_unit_of_its_last_digit(text, degrees, slack_m):
    (token,) = tokens_of(text)
    assert token.kind in (LAT, LON)
    assert token.value.degrees == pytest.approx(degrees, abs=1e-12)
    assert token.value.slack_m == pytest.approx(slack_m)


@pytest.mark.parametrize("text", ["12-60.0S", "91-00N", "181-00E", "12-30.5-10N"])
def test_a_place_that_cannot_be_has_no_value(text):
    (token,) = tokens_of(text)
    assert token.value is None


@pytest.mark.parametrize("text", ["33.5N", "2012-33.00N", "3447N", "20-11-30-10S", "20.11-30S"])
def test_another_spelling_is_kept_as_a_bad_position(text):
    assert [t.kind for t in tokens_of(text)] == [BAD]


def test_plain_words_come_as_one_token():
    assert [t.text for t in tokens_of("PUNTA ALLEN LIGHT 19-47.1N")] == [
        "PUNTA ALLEN LIGHT",
        "19-47.1N",
    ]


def test_the_end_of_a_longer_figure_is_no_position_of_its_own():
    kinds = [t.kind for t in tokens_of("AREA20-11-30S")]
    assert BAD in kinds
    assert LAT not in kinds
