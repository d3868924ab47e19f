"""What others wrote, as it is shown: it cannot act, hide, move its neighbours or break a row."""

import csv
import io
import json
import unicodedata

import pytest
from hostile_text import ACTING, hostile
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from terminal_oracle import check_row, seen

from wideberth.formats import shown
from wideberth.formats.shown_text import Folded


@given(hostile)
def test_one_piece_of_another_is_one_row_that_cannot_mislead(text):
    check_row(shown.plain(text))


@given(st.lists(hostile, max_size=4), st.lists(hostile, max_size=4))
def test_a_sentence_with_pieces_of_others_is_one_row_that_cannot_mislead(raw, made):
    pieces = [*raw, *map(shown.plain, made)]
    check_row(shown.line(" says: ".join(pieces)))


@given(hostile)
def test_what_is_safe_already_is_not_changed_again(text):
    once = shown.line(text)
    assert shown.line(once) == once
    assert shown.line(shown.plain(text)) == shown.plain(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_ascii_text_is_shown_as_it_is(text):
    assert shown.plain(text) == shown.line(text) == text


@given(st.text(st.sampled_from("abz אבגשعربЯж日é .-"), min_size=1))
def test_words_of_any_script_are_shown_as_they_are_only_set_apart(text):
    assert shown.plain(text).strip("\u2068\u2069") == text


@given(hostile, hostile)
def test_two_texts_that_differ_in_what_hides_are_shown_unlike(one, other):
    def without_room(text):
        kept = (" " if c in "\n\t" or unicodedata.category(c) == "Zs" else c for c in text)
        return "".join(kept)

    if without_room(one) != without_room(other) and not any("\\" in t for t in (one, other)):
        floods = any("\u0301" * 5 in text or text[:1] in "\u0301\u20e3" for text in (one, other))
        assert floods or shown.plain(one) != shown.plain(other)


@pytest.mark.parametrize("acting", ACTING[:-4])
def test_each_character_that_acts_is_told_by_its_number(acting):
    if acting not in ("\u00a0", "\u3000"):
        assert "\\" in shown.plain(f"a{acting}b")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u202eb", r"a\u202eb"),
        ("x\ud800", r"x\ud800"),
        ("one\ntwo", "one two"),
        ("Ψαρά", "Ψαρά"),
    ],
)
def test_hidden_characters_are_written_out(text, safe):
    assert shown.plain(text) == safe


def test_a_right_to_left_name_keeps_its_place_among_others_in_a_list():
    said = shown.line(f"{shown.plain('אבג 5')}, {shown.plain('דהו')}: 2")
    assert said == "\u2068אבג 5\u2069, \u2068דהו\u2069: 2"


def test_a_right_to_left_run_that_nobody_set_apart_is_set_apart_with_its_points():
    assert shown.line("by שָׁלוֹם at 7") == "by \u2068שָׁלוֹם\u2069 at 7"


def test_a_point_on_the_last_letter_of_a_run_stays_with_it():
    assert shown.line("by \u05d0\u05b8 at") == "by \u2068\u05d0\u05b8\u2069 at"


@pytest.mark.parametrize("first", "=+-@\t\r\uff1d\uff0b\uff0d\uff20")
def test_what_a_spreadsheet_may_reckon_is_quoted(first):
    assert shown.quoted_cell(f"{first}1") == f"'{first}1"
    assert shown.quoted_cell(f"'{first}1") == f"''{first}1"


def test_an_isolate_in_a_peers_text_ends_nothing_of_ours():
    assert "\\u2069" in shown.plain("א\u2069 said")
    assert shown.line("a\u2069b\u2068c") == "a\\u2069b\\u2068c"
    assert shown.plain("a\u2068b\u2069") == "a\\u2068b\\u2069"


def test_a_sentence_of_the_phrase_book_passes_with_its_values_set_apart():
    said = "south: \u2067א \u2068N\u2069 ב\u2069 (D3T)"
    assert shown.line(said) == said


def test_a_flood_of_marks_is_cut_and_the_cut_is_told():
    assert shown.plain("a" + "\u0301" * 9) == "a" + "\u0301" * 4 + "[5 more marks]"
    assert shown.plain("\u0301a") == "\u25cc\u0301a"


@given(hostile, st.integers(1, 30))
def test_a_label_is_never_longer_than_its_place(text, longest):
    said = shown.fitted(text, longest)
    check_row(said)
    assert len(said.strip("\u2068\u2069")) <= longest


@given(hostile)
def test_a_cell_for_people_is_never_a_formula(text):
    said = shown.cell(text)
    check_row(said)
    assert said[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(hostile)
def test_a_quoted_cell_comes_back_as_it_was(text):
    assert shown.unquoted_cell(shown.quoted_cell(text)) == text
    stream = io.StringIO()
    csv.writer(stream).writerow([shown.quoted_cell(text)])
    assert stream.getvalue()[:1] not in ("=", "+", "-", "@")


@given(hostile)
def test_json_on_a_screen_is_ascii_and_says_the_same(text):
    said = shown.ascii_json(json.dumps({text: [text, 1]}, ensure_ascii=False))
    assert all(" " <= c <= "~" for c in said)
    assert json.loads(said) == {text: [text, 1]}


@given(hostile)
def test_a_text_in_a_log_line_is_one_row_between_quotes(text):
    said = shown.quoted(text)
    check_row(said)
    assert said.startswith("'")
    assert said.endswith("'")


@settings(max_examples=60)
@given(st.lists(hostile, min_size=2, max_size=3), st.integers(20, 70))
def test_a_folded_cell_moves_nothing_in_the_next_column(texts, width):
    console = Console(width=width, file=io.StringIO(), no_color=True, markup=False, emoji=False)
    table = Table.grid(padding=(0, 1))
    for _ in texts:
        table.add_column(overflow="fold")
    table.add_row(*(Folded(shown.plain(text), style="bold") for text in texts))
    with console.capture() as captured:
        console.print(table)
    seen(captured.get())


def test_markup_and_emoji_codes_in_a_text_do_nothing():
    console = Console(width=80, file=io.StringIO(), no_color=True)
    with console.capture() as captured:
        console.print(Folded(shown.plain("[red]north[/red] :smile: [link=x]y")))
    assert captured.get().rstrip() == "[red]north[/red] :smile: [link=x]y"
