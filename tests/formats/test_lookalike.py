"""Names that are taken for one another: what a name is seen as, and what makes it doubtful."""

import unicodedata

import pytest
from hostile_text import ACTING, hostile, names
from hypothesis import assume, given
from hypothesis import strategies as st
from terminal_oracle import check_row

from wideberth.formats import lookalike
from wideberth.formats.lookalike import Likeness, doubt, likeness, named, skeleton, spelt
from wideberth.formats.lookalike_letters import ASCII_OF

COPIES = {"a": "\u0430", "c": "\u0441", "e": "\u0435", "o": "\u043e", "p": "\u0440", "x": "\u0445"}
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789-"


@given(hostile, hostile)
def test_likeness_goes_both_ways_and_never_to_itself(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) is None


@given(names)
def test_a_name_is_like_its_other_unicode_form(name):
    other = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name))
    whole = unicodedata.normalize("NFC", name)
    assert likeness(whole, other) is (None if whole == other else Likeness.FORM)


@given(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=12), st.data())
def test_a_name_with_a_copied_letter_or_a_hidden_character_is_like_the_true_one(name, data):
    places = [k for k, c in enumerate(name) if c in COPIES]
    assume(places)
    place = data.draw(st.sampled_from(places))
    copied = name[:place] + COPIES[name[place]] + name[place + 1 :]
    assert likeness(copied, name) is Likeness.LETTERS
    hides = st.sampled_from(
        [c for c in ACTING if len(c) == 1 and unicodedata.category(c) in ("Cf", "Cc")]
    )
    hidden = data.draw(hides.filter(lambda c: c not in "\n\t"))
    assert likeness(name[:place] + hidden + name[place:], name) is Likeness.HIDDEN


@given(st.text(st.sampled_from(ALPHABET)), st.text(st.sampled_from(ALPHABET)))
def test_honest_names_in_letters_told_apart_are_not_alike(one, other):
    assert likeness(one, other) is None
    assert not doubt(one)


@given(hostile)
def test_what_a_name_is_seen_as_is_seen_as_itself(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@given(hostile)
def test_a_name_is_shown_on_one_row_and_a_doubtful_one_with_its_code_points(name):
    said = named(name)
    check_row(said)
    if doubt(name):
        assert doubt(name) in said
    assert spelt(name).isascii()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("n\u043erth", "mixed scripts"),
        ("x-\u0430", "look-alike letters"),
        ("A1\u0661", "mixed digits"),
        ("A\u200b1", "hidden characters"),
        ("A\u00a01", "hidden characters"),
        ("a" + "\u0301" * 5, "a flood of marks"),
        ("север", ""),
        ("UN миссия", ""),
        ("שלום", ""),
        ("N-אבג", ""),
        ("日本カナ", ""),
        ("e\u0301", ""),
        ("A1", ""),
    ],
)
def test_what_makes_a_name_doubtful_by_itself(name, why):
    assert doubt(name) == why


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("\u0441\u043e\u0441\u043e", "coco", Likeness.LETTERS),
        ("A1", "AI", Likeness.LETTERS),
        ("N0-2", "NO-2", Likeness.LETTERS),
        ("N\u2011SURVEY", "N-SURVEY", Likeness.LETTERS),
        ("Ａ7", "A7", Likeness.LETTERS),
        ("A\u0667", "A7", Likeness.LETTERS),
        ("A 1", "A  1", Likeness.HIDDEN),
        ("\u05e1\u05d5\u05e1", "\u05dd\u05d5\u05e1", Likeness.LETTERS),
        ("A1", "A2", None),
        ("é", "e", None),
        ("אב", "בא", None),
    ],
)
def test_names_that_look_the_same(one, other, alike):
    assert likeness(one, other) is alike
    if alike:
        assert lookalike.told_apart(one, other).endswith(alike.value)


def test_the_table_says_of_no_character_that_it_is_seen_as_itself():
    assert not [c for c, seen in ASCII_OF.items() if c == seen]
    assert all(seen.isascii() and len(seen) == 1 for seen in ASCII_OF.values())
    assert not set(ASCII_OF) & set(ASCII_OF.values())
