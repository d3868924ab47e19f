"""A slip of tongue or pen is found in its group, and whole groups that mean nothing are refused."""

import dataclasses
import re

import pytest
from builders import a_volume, an_activity
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip import write_slip
from wideberth.formats.slip_check import ALPHABET, check_characters, check_digits, fits
from wideberth.formats.slip_codes import spell, unspell
from wideberth.formats.slip_reader import SlipError, read_slip
from wideberth.model.footprint import Everywhere

bodies = st.text(alphabet=ALPHABET, min_size=1, max_size=24)


def told():
    everywhere = a_volume(Everywhere(), volume_id="all")
    activity = an_activity(a_volume(), everywhere, name="Op x/7")
    return dataclasses.replace(activity, kind="live firing", revision=12)


@pytest.mark.parametrize(("body", "check"), [("ISO79", "3W")])
def test_check_characters_are_those_iso_7064_publishes(body, check):
    assert check_characters(body) == check


def test_check_digits_are_those_iso_7064_publishes():
    assert check_digits(794) == "44"


@given(bodies, st.data())
@settings(max_examples=400, deadline=None)
def test_one_wrong_character_in_a_group_is_found(body, data):
    group = body + check_characters(body)
    assert fits(group)
    at = data.draw(st.integers(0, len(group) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(group[at], "")))
    assert not fits(group[:at] + wrong + group[at + 1 :])


@given(bodies, st.data())
@settings(max_examples=400, deadline=None)
def test_two_neighbours_swapped_in_a_group_are_found(body, data):
    group = body + check_characters(body)
    at = data.draw(st.integers(0, len(group) - 2))
    assume(group[at] != group[at + 1])
    assert not fits(group[:at] + group[at + 1] + group[at] + group[at + 2 :])


@given(st.text(max_size=40).filter(lambda t: not re.search("[\ud800-\udfff]", t)))
def test_any_text_is_spelt_and_read_again(text):
    assert unspell(spell(text)) == text
    assert set(spell(text)) <= set(ALPHABET)


@given(st.text(alphabet=ALPHABET, max_size=12))
def test_any_code_spells_a_text_or_is_refused(code):
    try:
        text = unspell(code)
    except ImpossibleValueError:
        return
    assert unspell(spell(text)) == text


LINES = write_slip(told()).splitlines()


@given(st.integers(1, len(LINES) - 1), st.data())
@settings(max_examples=300, deadline=None)
def test_a_character_misheard_anywhere_names_its_group(place, data):
    line = LINES[place].replace(" ", "")
    at = data.draw(st.integers(3, len(line) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(line[at], "")))
    heard = [*LINES[:place], line[:at] + wrong + line[at + 1 :], *LINES[place + 1 :]]
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(heard))
    assert caught.value.groups == (place,)
    assert f"{place:03d}" in str(caught.value)


@given(st.integers(1, len(LINES) - 2))
def test_a_group_left_out_is_asked_for(place):
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(LINES[:place] + LINES[place + 1 :]))
    assert caught.value.groups == (place,)


def test_a_slip_that_ends_early_asks_for_what_comes_next():
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(LINES[:-1]))
    assert caught.value.groups == (len(LINES) - 1,)


def test_groups_of_another_slip_are_not_mixed_in():
    other = write_slip(dataclasses.replace(told(), party="south")).splitlines()
    with pytest.raises(SlipError, match="not of one slip"):
        read_slip("\n".join([LINES[0], other[1], *LINES[2:]]))


def test_two_damaged_groups_are_named_at_once():
    heard = [line if k not in (3, 5) else line[:-1] + ("A" if line[-1] != "A" else "B")
             for k, line in enumerate(LINES)]  # fmt: skip
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(heard))
    assert caught.value.groups == (3, 5)


def test_groups_may_come_in_any_order_and_twice():
    assert read_slip("\n".join([*reversed(LINES), LINES[4]])) == read_slip("\n".join(LINES))


@given(st.text(alphabet=ALPHABET + " \n", max_size=80) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_slip_or_refused(text):
    with pytest.raises(SlipError):
        read_slip(text)


def sealed(*groups):
    """Groups with right check characters, whatever they say."""
    numbered = [f"{k:03d}{body}" for k, body in enumerate(groups, start=1)]
    last = f"{len(groups) + 1:03d}Z{len(groups) + 1:03d}{check_characters(''.join(groups))}"
    return "\n".join(g + check_characters(g) for g in [*numbered, last])


HEAD = ("PNORTH", "IA", "R1AFU0")
CIRCLE = ("SC500", "MN36SWC0000062196")


@pytest.mark.parametrize(
    "groups",
    [
        (*HEAD,), ("PNORTH", "IA", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        (*HEAD, "VQ0", "HMU0MU9", "TNTN", *CIRCLE), (*HEAD, "VA0", "TNTN", *CIRCLE),
        (*HEAD, "VA0", "HMU9MU0", "TNTN", *CIRCLE), (*HEAD, "VA0", "HMU0MU9", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN"), (*HEAD, "VA0", "HMU0MU9", "TNTN", "SC500"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SX500", "MN36SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SC500", "MN99SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "T20260231000000TN", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "FE1T2", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SA2", "MA36SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SM5", "MN36SWC0000062196", "MN36SWC0000062196"),
        ("R1AFU0", "PNORTH", "PSOUTH", "IA", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        (*HEAD, "Q1", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        ("PNORTH", "IA", "R0AFU0", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
    ],
)  # fmt: skip
def test_whole_groups_that_make_no_activity_are_refused(groups):
    with pytest.raises(SlipError):
        read_slip(sealed(*groups))


def test_the_same_groups_put_right_are_read():
    assert read_slip(sealed(*HEAD, "VA0", "HMU0MU9", "TNTN", *CIRCLE)).party == "north"
