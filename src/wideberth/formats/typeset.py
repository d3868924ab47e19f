"""Pages as PDF, through the package typst (the extra `print`); the one file that knows it.

Words reach typst as data and never as markup; a character that no font at hand can show stands as
its code point, and the first page says so. The PDF keeps to PDF/A-2u (ISO 19005-2), which refuses
a character without a glyph; that refusal is how such characters are found. The same pages give the
same bytes with the same version of typst: only the fonts in its own package are used (Libertinus
Serif: Latin, Cyrillic, Greek, Hebrew; DejaVu Sans Mono: Arabic).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from wideberth.errors import WideberthError
from wideberth.formats.pages import (
    Block,
    Heading,
    Listing,
    NewPage,
    Pages,
    Paragraph,
    Picture,
    Table,
    is_right_to_left,
)
from wideberth.formats.report_words import instant
from wideberth.formats.shown import line, plain

_STANDARD: Final = "a-2u"
_MISSING: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_LONG: Final = re.compile(r"(\S{16})(?=\S{8})")
_GAP: Final = "\u200b"  # zero width space: a line may end here
IN_VAIN: Final = "Not every character could be set: those written as ⟨U+…⟩ have no font here."


class TypesetError(WideberthError):
    """Pages that could not be made: typst is not installed, or it refused them."""


class _GlyphlessError(Exception):
    """Characters that none of the fonts can show."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        super().__init__(characters)


def pdf(pages: Pages) -> bytes:
    """Return pages as a PDF; raises TypesetError."""
    return _settled(pages)[0]


def png(pages: Pages, ppi: float = 110.0) -> tuple[bytes, ...]:
    """Return pages as pictures, one a page, to be looked at; raises TypesetError."""
    made = _compiled(pages, _settled(pages)[1], "png", ppi)
    return (made,) if isinstance(made, bytes) else tuple(made)


def _settled(pages: Pages) -> tuple[bytes, frozenset[str]]:
    """Return pages as a PDF, and the characters that no font has."""
    missing: frozenset[str] = frozenset()
    while True:
        try:
            made = _compiled(pages, missing, "pdf")
        except _GlyphlessError as error:
            if not error.characters - missing:
                raise TypesetError(
                    "a character could not be set, and not be written out either.",
                    remedy="Report it with the text that was to be printed.",
                ) from None
            missing |= error.characters
        else:
            assert isinstance(made, bytes)
            return made, missing


def _compiled(
    pages: Pages, missing: frozenset[str], kind: str, ppi: float | None = None
) -> bytes | list[bytes]:
    """Return what typst made; raises _GlyphlessError for characters that no font has."""
    typst = _typst()
    document = msgspec.json.encode(_document(pages, missing)).decode()
    try:
        made: bytes | list[bytes] = typst.compile(
            _template(),
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"document": document},
            format=kind,
            ppi=ppi,
            pdf_standards=_STANDARD if kind == "pdf" else [],
            timestamp=int(pages.made_s),
        )
    except typst.TypstError as error:
        found = _without_glyph(error.diagnostic)
        if found:
            raise _GlyphlessError(found) from None
        raise TypesetError(
            f"typst refused the pages: {plain(error.message)}",
            remedy="Report it with the text that was to be printed.",
        ) from None
    return made


def _typst() -> Any:
    try:
        import typst  # noqa: PLC0415  an extra; all else must work without it
    except ImportError:
        raise TypesetError(
            "printing needs the package typst, which is not installed.",
            remedy="Install it: pip install 'wideberth[print]'.",
        ) from None
    return typst


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("wideberth.formats").joinpath("templates/pages.typ").read_bytes()


def _without_glyph(diagnostic: str) -> frozenset[str]:
    """Return the characters that typst could not set; of a cluster, those beyond ASCII."""
    found = "".join(_unescaped(text) for text in _MISSING.findall(diagnostic))
    return frozenset(character for character in found if not character.isascii())


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _document(pages: Pages, missing: frozenset[str]) -> dict[str, Any]:
    said = _Sayer(missing)
    blocks = [_block(block, said) for block in pages.blocks]
    if missing:
        blocks.insert(0, _block(Paragraph(IN_VAIN, is_boxed=True), said))
    proof = [f"Made from sha256 {pages.source}"]
    proof += [f"Ledger of {h.party}: {h.size} entries, root {h.root}" for h in pages.heads]
    return {
        "title": said(pages.title),
        "subtitle": said(pages.subtitle),
        "language": pages.language.partition("-")[0].lower(),
        "made": f"{instant(pages.made_s)} Z",
        "proof": [said(line) for line in proof],
        "blocks": blocks,
    }


class _Sayer:
    """Writes a text for the template: hidden and unprintable characters written out."""

    def __init__(self, missing: frozenset[str]) -> None:
        self._missing = {ord(c): f"⟨U+{ord(c):04X}⟩" for c in missing}

    def __call__(self, words: str) -> dict[str, Any]:
        shown = self.written(line(words))
        return {"words": shown, "rtl": is_right_to_left(shown)}

    def written(self, text: str) -> str:
        """Return text with each character that no font has as its code point."""
        return text.translate(self._missing)

    def each(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Return several texts."""
        return [self(one) for one in texts]

    def cells(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Return several texts whose long words may be broken, so that none leaves its column."""
        return [{**one, "words": _LONG.sub(rf"\1{_GAP}", one["words"])} for one in self.each(texts)]


def _block(block: Block, said: _Sayer) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": said(block.words), "level": block.level}
        case Paragraph():
            return {
                "kind": "paragraph",
                "lines": said.each(block.words.replace("\r\n", "\n").split("\n")),
                "small": block.is_small,
                "boxed": block.is_boxed,
            }
        case Listing():
            items = said.each(block.items)
            return {"kind": "listing", "items": items, "numbered": block.is_numbered}
        case Table():
            return {
                "kind": "table",
                "head": said.cells(block.head),
                "rows": [said.cells(row) for row in block.rows],
                "widths": list(block.widths),
            }
        case Picture():
            svg = said.written(block.svg)
            return {"kind": "picture", "svg": svg, "caption": said(block.caption)}
        case NewPage():
            return {"kind": "page"}
