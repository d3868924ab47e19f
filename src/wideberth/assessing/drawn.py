"""The plain parts of a picture in SVG: text that cannot break out, a page, numbers of pixels."""

from collections.abc import Iterable
from html import escape
from typing import Final

from wideberth.formats.report_svg import px
from wideberth.formats.shown import line as line_of

INK: Final = "#1f2933"
FAINT: Final = "#9aa5b1"
# told apart by lightness too, for those who see no colours
COLOURS: Final = ("#7a1f1f", "#b35900", "#0b5d7a", "#3d6b21", "#5b3a8c", "#444444")
FONT: Final = "system-ui, sans-serif"


def page(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a whole SVG document, readable on its own."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {px(width)} {px(height)}"'
        f' width="{px(width)}" height="{px(height)}" font-family="{FONT}" font-size="12"'
        f' fill="{INK}" role="img">\n<title>{written(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def written(text: str) -> str:
    """Return text as it stands in a picture: safe to show, and escaped."""
    return escape(line_of(text), quote=True)


def text(x: float, y: float, words: str, more: str = "") -> str:
    """Return a line of text."""
    return f'<text x="{px(x)}" y="{px(y)}"{" " if more else ""}{more}>{written(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a faint line."""
    return (
        f'<line x1="{px(x1)}" y1="{px(y1)}" x2="{px(x2)}" y2="{px(y2)}"'
        f' stroke="{FAINT}" stroke-width="0.5"/>'
    )
