import io
import re
import subprocess
import sys
from dataclasses import replace

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats import typeset
from wideberth.formats.pages import (
    Heading,
    LedgerHead,
    Listing,
    NewPage,
    Pages,
    Paragraph,
    Picture,
    Table,
)
from wideberth.formats.shown import plain

EMPTY = Pages("Pack", (), 1_444_032_000.0, "ab" * 32)
MARKUP = st.text("#$\\[]{}()*_`<>@/~=+-.'\"&%^|!?,;:ab1", min_size=1, max_size=30)


def text_of(*blocks, **changes):
    data = typeset.pdf(replace(EMPTY, blocks=blocks, **changes))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


@settings(max_examples=25, deadline=None)
@given(MARKUP, MARKUP)
def test_markup_comes_out_as_text_wherever_it_stands(one, two):
    blocks = (Heading(one), Paragraph(two), Listing((one,)), Table((one,), ((two,),)))
    (page,) = text_of(*blocks, title=one, subtitle=two, heads=(LedgerHead(two, 3, "cd"),))
    said = squeezed(page)
    assert said.count(squeezed(one)) >= 4
    assert said.count(squeezed(two)) >= 4


@settings(max_examples=25, deadline=None)
@given(st.characters(exclude_categories=["Mn", "Mc", "Me", "Cs", "Zs"]))
@example("\U0001f3fb")
def test_every_character_is_shown_or_written_out_by_its_code_point(character):
    said = squeezed("".join(text_of(Paragraph(f"<{character}>"))))
    shown = squeezed(plain(character))
    assert shown in said or f"<⟨U+{ord(character):04X}⟩>" in said


def test_control_and_direction_characters_are_written_out():
    (page,) = text_of(Paragraph("safe \u202etxt.exe\u202c \x1b[31m"))
    assert "\\u202etxt.exe\\u202c \\x1b[31m" in page


@pytest.mark.parametrize("words", ["שלום עולם", "السلام عليكم", "Стороны согласны", "Ωρα"])
def test_the_scripts_of_the_parties_have_a_font(words):
    (page,) = text_of(Paragraph(words))
    assert "U+" not in page
    letters = {c for c in squeezed(words) if c in page}
    assert letters  # what order they come out in is up to the reader of the PDF


def test_a_script_without_a_font_is_said_on_the_first_page_and_in_the_picture():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text y="12">中</text></svg>'
    (page,) = text_of(Paragraph("中文"), Picture(svg, "map"))
    assert "Not every character could be set" in page
    assert "⟨U+4E2D⟩⟨U+6587⟩" in page
    assert page.count("⟨U+4E2D⟩") == 2


def test_the_same_pages_are_the_same_bytes_and_other_words_are_others():
    pages = replace(EMPTY, blocks=(Heading("One"), Paragraph("two")))
    assert typeset.pdf(pages) == typeset.pdf(pages)
    assert typeset.pdf(pages) != typeset.pdf(replace(pages, blocks=(Heading("One"),)))


def test_a_document_is_dated_by_its_value_and_not_by_the_clock_of_who_prints_it():
    found = pypdf.PdfReader(io.BytesIO(typeset.pdf(EMPTY))).metadata
    assert found.creation_date.timestamp() == EMPTY.made_s
    assert found.title == EMPTY.title


def test_every_page_says_which_it_is_and_what_it_was_made_from():
    pages = text_of(
        Paragraph("a"), NewPage(), Paragraph("b"), heads=(LedgerHead("north", 7, "ef" * 32),)
    )
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of 2" in page
        assert f"sha256 {'ab' * 32}" in page
        assert f"Ledger of north: 7 entries, root {'ef' * 32}" in page
        assert "2015-10-05 08:00 Z" in page


def test_a_long_word_stays_in_its_column():
    (page,) = text_of(Table(("digest", "who"), (("f" * 200, "north"),), (1, 1)))
    assert squeezed(page).count("f" * 200) == 1
    assert max(len(line) for line in page.splitlines()) < 120


def test_a_picture_of_the_pages_has_no_character_without_a_glyph():
    shown = typeset.png(replace(EMPTY, blocks=(Paragraph("中"),)), ppi=30.0)
    written = typeset.png(
        replace(EMPTY, blocks=(Paragraph(typeset.IN_VAIN, is_boxed=True), Paragraph("⟨U+4E2D⟩"))),
        ppi=30.0,
    )
    assert shown == written


def test_without_typst_the_error_names_the_extra():
    code = (
        "import sys; sys.modules['typst'] = None\n"
        "from wideberth.formats import typeset\n"
        "from wideberth.formats.pages import Pages\n"
        "try: typeset.pdf(Pages('x', (), 0.0, 'ab'))\n"
        "except typeset.TypesetError as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'wideberth[print]'" in said.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Heading("x", 4),
        lambda: Table((), ()),
        lambda: Table(("a",), (("b", "c"),)),
        lambda: Table(("a",), (), (1, 2)),
        lambda: Table(("a",), (), (0,)),
    ],
)
def test_what_cannot_be_laid_out_is_refused(wrong):
    with pytest.raises(ImpossibleValueError):
        wrong()
