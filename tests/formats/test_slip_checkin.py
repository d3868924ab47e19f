"""A check-in code stands for one unit, one revision and one secret, and a misheard one is known."""

import dataclasses
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip_checkin import CheckIn, checkin_code, is_checkin

SECRET = bytes(range(16))
OURS = CheckIn("north", "N1", 3, "air-1")
check_ins = st.builds(
    CheckIn, st.text(max_size=9), st.text(max_size=9), st.integers(1, 99), st.text(max_size=9)
)
SPOKEN = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(check_ins, st.binary(min_size=16, max_size=40))
def test_a_code_is_short_and_known_again(check_in, secret):
    code = checkin_code(check_in, secret=secret)
    assert re.fullmatch(rf"[{SPOKEN}]{{4}}-[{SPOKEN}]{{4}}-\d\d", code)
    assert is_checkin(code, check_in, secret=secret)


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(OURS, revision=4),
        dataclasses.replace(OURS, unit="air-2"),
        dataclasses.replace(OURS, activity="N"),
        dataclasses.replace(OURS, party="northN1", activity=""),
    ],
)
def test_the_code_of_another_is_well_heard_and_not_taken(other):
    assert not is_checkin(checkin_code(other, secret=SECRET), OURS, secret=SECRET)


def test_the_code_of_another_secret_is_not_taken():
    assert not is_checkin(checkin_code(OURS, secret=SECRET[::-1]), OURS, secret=SECRET)


@given(st.integers(0, 9), st.sampled_from(SPOKEN))
def test_one_character_misheard_is_asked_for_again(at, wrong):
    code = checkin_code(OURS, secret=SECRET).replace("-", "")
    assume(code[at] != wrong)
    with pytest.raises(ImpossibleValueError, match="not heard right"):
        is_checkin(code[:at] + wrong + code[at + 1 :], OURS, secret=SECRET)


@given(check_ins, st.integers(0, 8).filter(lambda at: at != 7))
def test_two_neighbours_swapped_are_asked_for_again(check_in, at):
    code = checkin_code(check_in, secret=SECRET).replace("-", "")
    assume(code[at] != code[at + 1])
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    with pytest.raises(ImpossibleValueError, match="not heard right"):
        is_checkin(swapped, check_in, secret=SECRET)


def is_heard_as_ours(heard):
    try:
        return is_checkin(heard, OURS, secret=SECRET)
    except ImpossibleValueError:
        return False


@given(st.text(max_size=14) | st.text(alphabet=SPOKEN, min_size=10, max_size=10))
def test_any_other_text_is_misheard_or_not_the_code(heard):
    assert not is_heard_as_ours(heard)


def test_letters_that_sound_or_look_like_digits_are_taken_as_them():
    code = checkin_code(OURS, secret=SECRET)
    for plain, like in (("0", "O"), ("1", "I"), ("1", "l")):
        assert is_checkin(code.replace(plain, like).lower(), OURS, secret=SECRET)


def test_a_short_secret_is_refused_and_not_shown():
    with pytest.raises(ImpossibleValueError) as caught:
        checkin_code(OURS, secret=b"tiny")
    assert "tiny" not in str(caught.value)
