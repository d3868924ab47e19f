"""Each side reads its own language, and both hold the same code and the same parameters."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given, settings
from phrase_scenes import messages

from wideberth.errors import ImpossibleValueError
from wideberth.formats.phrase_values import TYPES
from wideberth.formats.phrase_words import in_its_direction, read_typed, render, sentence, typed
from wideberth.formats.phrases import (
    LANGUAGES,
    Book,
    Coded,
    Parameter,
    Phrase,
    check_coded,
    coded,
    phrase_book,
    told_apart,
)
from wideberth.formats.shown import written

LAW = settings(max_examples=120, deadline=None)
BOOK = phrase_book()
SCRIPTS = {"en": "LATIN", "fr": "LATIN", "ru": "CYRILLIC", "he": "HEBREW", "ar": "ARABIC"}
OUTSIDE = re.compile(
    "target|enem|hostil|friend|weapon|missile|bomb|strike|attack|shoot|fire|kill|destroy|munition"
    "|threat|affiliation|adversar|militant|combat"
)

ISOLATED = re.compile("\u2068(.*?)\u2069", re.DOTALL)


@LAW
@given(messages())
def test_every_language_says_every_parameter_once_and_isolated(message):
    for language in LANGUAGES:
        words = render(message, language)
        assert sorted(ISOLATED.findall(words)) == sorted(message.values)
        assert words.count("\u2068") == words.count("\u2069") == len(message.values)


@LAW
@given(messages())
def test_nothing_but_the_isolates_steers_the_direction_of_a_sentence(message):
    for language in LANGUAGES:
        bare = render(message, language).replace("\u2068", "").replace("\u2069", "")
        assert not [c for c in bare if unicodedata.category(c) in ("Cf", "Cc", "Zl", "Zp")]


@LAW
@given(messages())
def test_figures_places_and_times_run_from_left_to_right_in_their_isolate(message):
    phrase = BOOK.phrase(message.code)
    for parameter, value in zip(phrase.parameters, message.values, strict=True):
        if parameter.type not in {"name", "role", "callsign", "activity", "area"}:
            directions = {unicodedata.bidirectional(c) for c in value}
            assert not directions & {"R", "AL", "AN"}  # UAX 9, P2 and P3: the isolate is even


@LAW
@given(messages())
def test_a_typed_line_is_read_as_the_message_it_was_written_from(message):
    assert read_typed(typed(message)) == message
    check_coded(message)


def test_any_two_codes_differ_in_two_characters_and_more_than_a_swap():
    codes = [phrase.code for phrase in BOOK.phrases]
    assert len(codes) >= 60
    assert min(told_apart(a, b) for a, b in itertools.combinations(codes, 2)) >= 2


def test_no_two_phrases_read_alike_in_any_language():
    for language in LANGUAGES:
        wordings = [phrase.wordings[language].casefold() for phrase in BOOK.phrases]
        assert len(set(wordings)) == len(wordings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wording_is_in_the_script_of_its_language(language):
    for phrase in BOOK.phrases:
        own = re.sub(r"\{\w+\}", "", phrase.wordings[language])
        scripts = {unicodedata.name(c).split()[0] for c in own if c.isalpha()}
        assert scripts == {SCRIPTS[language]}, (phrase.code, scripts)


def test_the_book_has_no_word_for_aims_arms_or_sides_of_others():
    for phrase in BOOK.phrases:
        said = f"{phrase.name} {phrase.wordings['en']}".lower()
        assert not OUTSIDE.search(said), phrase.code


def test_every_type_of_parameter_is_used_and_its_sample_is_held_as_it_stands():
    used = {parameter.type for phrase in BOOK.phrases for parameter in phrase.parameters}
    assert used == set(TYPES)
    assert all(kind.read(kind.sample) == kind.sample for kind in TYPES.values())


def test_a_phrase_is_found_by_its_code_or_its_name_and_a_slip_is_answered_with_the_nearest():
    assert BOOK.phrase("line-test") is BOOK.phrase(" l1n ") is BOOK.phrase("L1N")
    with pytest.raises(ImpossibleValueError, match="line-test"):
        BOOK.phrase("line-tset")


def test_all_that_is_missing_unknown_or_impossible_is_said_at_once():
    with pytest.raises(ImpossibleValueError) as refused:
        coded("hazard", {"distance": "5", "speed": "9"})
    said = str(refused.value)
    assert all(word in said for word in ("'place' is missing", "'speed'", "distance:", "unit"))


@pytest.mark.parametrize(
    "message",
    [
        Coded("L1N", ("x",)),
        Coded("l1n"),
        Coded("T0P", ("2031-05-14T09:30Z",)),
        Coded("C1X", ("A1",)),
        Coded("W2E", ("duty \u202eofficer",)),
    ],
    ids=["too many", "small letters", "not as it is held", "no such code", "steering"],
)
def test_what_both_sides_would_not_read_alike_is_refused(message):
    with pytest.raises(ImpossibleValueError):
        check_coded(message)


@pytest.mark.parametrize("line", ["hazard; place", "L1N; =x", "W2; role=a", "W2E; role=a; role=b"])
def test_a_line_that_is_no_message_is_refused(line):
    with pytest.raises(ImpossibleValueError):
        read_typed(line)


def test_a_language_without_a_book_is_refused():
    with pytest.raises(ImpossibleValueError, match="en, ru, he, ar, fr"):
        render(Coded("L1N"), "de")


def test_a_message_of_another_book_is_shown_as_such_and_not_lost():
    assert sentence(Coded("Z9Z", ("a\u202eb", "c")), "he") == (
        "(not in this phrase book) a\\u202eb; c"
    )


@LAW
@given(messages())
def test_what_a_screen_shows_has_every_value_once_as_it_is_written(message):
    for language in LANGUAGES:
        words = sentence(message, language)
        assert all(written(value) in words for value in message.values)
        assert words.count("\u2069") == words.count("\u2068") + words.count("\u2067")


def test_a_sentence_from_right_to_left_keeps_its_direction_in_a_line_of_another():
    assert in_its_direction("שלום", "he") == "\u2067שלום\u2069"
    assert in_its_direction("hello", "en") == "hello"


def a_phrase(code, name, wording="Say {name}."):
    parameters = (Parameter("name", "name"),)
    return Phrase(code, name, "flash", parameters, dict.fromkeys(LANGUAGES, wording))


def test_a_book_with_codes_that_are_too_alike_or_a_lost_parameter_cannot_be():
    for other in ("A1B", "A1C", "A2B"):
        with pytest.raises(ImpossibleValueError, match="too alike"):
            Book(1, (a_phrase("A1B", "one"), a_phrase(other, "two")))
    for wording in ("Say it.", "Say {name} {name}.", "Say {name} {other}."):
        with pytest.raises(ImpossibleValueError, match="once"):
            a_phrase("A1B", "one", wording)
