"""How the demonstration speaks: headings, sentences, both sides next to each other."""

from collections.abc import Sequence
from typing import Final

from rich.columns import Columns
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from wideberth.cli.screen import screen
from wideberth.formats.shown import line
from wideberth.formats.shown_text import Folded

_STYLES: Final = {"north": "cyan", "south": "magenta"}

Row = tuple[str, str] | tuple[str, str, str]  # name, words, and a style of the words


class Voice:
    """Writes to the screen; plain text where no person looks."""

    def __init__(self) -> None:
        self._console = screen()
        self._chapter = 0

    def chapter(self, title: str, about: str) -> None:
        """Begin a chapter."""
        self._chapter += 1
        self._console.print()
        self._console.print(Rule(Text(f"{self._chapter}. {title}", style="bold"), align="left"))
        self._console.print(Text(about))
        self._console.print()

    def line(self, words: str, style: str = "") -> None:
        """Say a sentence."""
        self._console.print(Text(line(words), style=style))

    def sides(self, north: Sequence[Row], south: Sequence[Row]) -> None:
        """Show what both nodes hold, next to each other."""
        width = (self._console.width - 2) // 2
        panels = [
            Panel(
                _table(rows),
                title=Text(f"{party}'s node"),
                border_style=_STYLES[party],
                width=width,
                title_align="left",
            )
            for party, rows in (("north", north), ("south", south))
        ]
        self._console.print(Columns(panels, padding=(0, 1), width=width))

    def one(self, party: str, rows: Sequence[Row]) -> None:
        """Show what one node holds."""
        style = _STYLES[party]
        panel = Panel(
            _table(rows), title=Text(f"{party}'s node"), border_style=style, title_align="left"
        )
        self._console.print(panel)


def _table(rows: Sequence[Row]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, words, *style in rows:
        table.add_row(Text(name, style="dim"), Folded(line(words), style=style[0] if style else ""))
    return table
