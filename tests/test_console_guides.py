"""The guides to the console quote it to the letter: what is bold there is written on the screen."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "web" / "src" / "words"
SCREENS = ROOT / "web" / "src" / "screens"
GUIDES = sorted((ROOT / "docs" / "journeys").glob("*-console.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ENGLISH = re.compile(r'\ben:\s*(?:"((?:[^"\\]|\\.)*)"|\{([^{}]*(?:\{\w+\}[^{}]*)*)\})')
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
GAP = re.compile(r"\\\{\w+\\\}")


def catalogue():
    """Return a pattern for every English text of the console."""
    texts = {
        text
        for file in WORDS.glob("*.ts")
        for whole, forms in ENGLISH.findall(file.read_text(encoding="utf-8"))
        for text in ([whole] if whole else QUOTED.findall(forms))
    }
    spoken = {text for text in texts if len(re.sub(r"\{\w+\}|\W", "", text)) > 1}
    return re.compile("|".join(GAP.sub(".+?", re.escape(text)) for text in sorted(spoken)))


def not_on_the_screen(page):
    """Return what a page quotes and the console does not say."""
    known = catalogue()
    quoted = (" ".join(found.split()) for found in BOLD.findall(page))
    return [text for text in quoted if not known.fullmatch(text)]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_what_is_bold_in_a_guide_is_written_on_the_screen(guide):
    page = guide.read_text(encoding="utf-8")
    assert len(BOLD.findall(page)) > 10
    assert not_on_the_screen(page) == []


def test_words_that_no_screen_has_are_named():
    page = "Press **Sign in**, then **Sign\nout**, then **Call south about it**, then **Launch**."
    assert not_on_the_screen(page) == ["Launch"]


def test_every_screen_is_in_a_guide_by_its_address():
    told = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    paths = {
        path
        for index in SCREENS.glob("*/index.ts")
        for path in re.findall(r'path: "([a-z/-]+)"', index.read_text(encoding="utf-8"))
    }
    assert len(paths) > 20
    assert sorted(path for path in paths if f"`{path}`" not in told) == []
