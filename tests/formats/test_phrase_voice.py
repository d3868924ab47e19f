"""By telephone a message arrives as it was said, or the groups that were misheard are named."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_scenes import messages, names

from wideberth.errors import ImpossibleValueError
from wideberth.formats.phrase_voice import Said, VoiceMessage, read_voice, write_voice
from wideberth.formats.phrase_words import read_typed
from wideberth.formats.phrases import LANGUAGES, PRECEDENCES, Coded, coded
from wideberth.formats.slip_check import ALPHABET
from wideberth.formats.slip_groups import SlipError
from wideberth.formats.spelling import spelling, spoken, unspoken

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "phrase-book.md"
LAW = settings(max_examples=80, deadline=None)
CHARACTERS = st.sampled_from(ALPHABET)


@st.composite
def voices(draw):
    speaker = draw(st.sampled_from(["north", "South 2", "север"]))
    is_own = draw(st.booleans())
    return VoiceMessage(
        speaker=speaker,
        opener=speaker if is_own else "north" if speaker != "north" else "other",
        call=draw(names),
        said=draw(st.sampled_from(Said)),
        precedence=draw(st.sampled_from(PRECEDENCES)),
        turn=draw(st.integers(0, 999_999_999)),
        at_s=draw(st.integers(0, 7_258_118_399)),
        by_role=draw(names),
        to_role=draw(names),
        coded=draw(messages()),
        language=draw(st.sampled_from(["", "en", "zh-Hant"])),
        words=draw(
            st.text(max_size=20).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t))
        ),
    )


def a_voice(**different):
    message = coded("hazard", {"place": "34-00-15.00N 033-00-00.00E", "distance": "5 NM"})
    told = {
        "speaker": "north", "opener": "north", "call": "C-1", "said": Said.CALL,
        "precedence": "flash", "turn": 1, "at_s": 1_936_517_400, "by_role": "duty officer",
        "to_role": "air desk", "coded": message,
    } | different  # fmt: skip
    return VoiceMessage(**told)


@LAW
@given(voices())
def test_what_was_written_is_read_exactly(voice):
    assert read_voice(write_voice(voice)) == voice
    assert read_voice(write_voice(voice).lower().replace(" ", "")) == voice


@LAW
@given(voices(), st.data())
def test_one_misheard_character_is_always_found_and_its_group_named(voice, data):
    title, *lines = write_voice(voice).splitlines()
    group = data.draw(st.integers(0, len(lines) - 1))
    heard = lines[group].replace(" ", "")
    at = data.draw(st.integers(0, len(heard) - 1))
    other = data.draw(CHARACTERS.filter(lambda c: c != heard[at]))
    lines[group] = heard[:at] + other + heard[at + 1 :]
    with pytest.raises(SlipError) as asked:
        read_voice("\n".join([title, *lines]))
    assert group + 1 in asked.value.groups


@LAW
@given(voices(), st.data())
def test_two_neighbours_that_changed_places_are_always_found(voice, data):
    title, *lines = write_voice(voice).splitlines()
    group = data.draw(st.integers(0, len(lines) - 1))
    heard = lines[group].replace(" ", "")
    swaps = [k for k in range(len(heard) - 1) if heard[k] != heard[k + 1]]
    at = data.draw(st.sampled_from(swaps))
    lines[group] = heard[:at] + heard[at + 1] + heard[at] + heard[at + 2 :]
    with pytest.raises(SlipError) as asked:
        read_voice("\n".join([title, *lines]))
    assert group + 1 in asked.value.groups


@LAW
@given(voices(), voices(), st.data())
def test_a_group_of_another_message_does_not_slip_in(voice, other, data):
    lines, others = (write_voice(v).splitlines() for v in (voice, other))
    at = data.draw(st.integers(1, min(len(lines), len(others)) - 1))
    mixed = [*lines[:at], others[at], *lines[at + 1 :]]
    try:
        assert read_voice("\n".join(mixed)) == (voice if mixed == lines else other)
    except SlipError:
        assert mixed not in (lines, others)


def test_a_group_that_was_missed_is_asked_for_by_its_number():
    lines = write_voice(a_voice()).splitlines()
    with pytest.raises(SlipError) as asked:
        read_voice("\n".join(lines[:3] + lines[4:]))
    assert asked.value.groups == (3,)


@pytest.mark.parametrize(
    "different",
    [
        {"precedence": "urgent"},
        {"coded": None},
        {"coded": Coded("C3R")},
        {"coded": Coded("Z9Z")},
    ],
)
def test_what_says_nothing_or_nothing_sound_is_not_read_aloud(different):
    with pytest.raises(ImpossibleValueError):
        a_voice(**different)


def test_a_close_needs_no_words_and_an_answer_names_whose_call_it_is():
    closing = a_voice(said=Said.CLOSE, coded=None)
    assert read_voice(write_voice(closing)) == closing
    answer = a_voice(speaker="south", said=Said.ANSWER, turn=3)
    assert "C NORT H" in write_voice(answer)
    assert read_voice(write_voice(answer)).opener == "north"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_and_digit_is_said_and_heard_in_each_language(language):
    words = list(spelling(language).values())
    assert len({word.casefold() for word in words}) == len(ALPHABET)
    line = " ".join(ALPHABET[k : k + 5] for k in range(0, len(ALPHABET), 5))
    assert unspoken(spoken(line, language), language) == line[: len(line)]


def test_a_word_that_is_no_letter_is_named_and_others_stand_for_themselves():
    assert unspoken("quebec, delta 3") == "Q D3"
    with pytest.raises(ImpossibleValueError, match="bananas"):
        unspoken("Alfa bananas")
    with pytest.raises(ImpossibleValueError, match="'-'"):
        spoken("A-1")
    with pytest.raises(ImpossibleValueError, match="en, ru"):
        spelling("de")


def test_the_examples_of_the_page_say_the_same_by_hand_and_by_telephone():
    page = PAGE.read_text("utf-8")
    by_hand, by_phone = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    first, second = map(read_typed, by_hand.splitlines())
    heard = read_voice(by_phone)
    assert write_voice(heard) == by_phone
    assert heard.coded == first
    assert (heard.call, heard.precedence, heard.to_role) == ("C-1", "flash", "air desk")
    assert second.code == first.code
