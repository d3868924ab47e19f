"""What commands of a node show: lines and tables, in colour only where a person looks."""

import shutil
import sys
from typing import Any, Final

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wideberth.formats.shown import ENDED, ascii_json, line, open_isolates
from wideberth.formats.shown_text import Folded

_WIDTH: Final = 100
_MOST_WIDTH: Final = 120
_MOST_UNBROKEN: Final = 40  # of a cell; what is longer is folded, never cut
RED: Final = "bold red"
YELLOW: Final = "yellow"
GREEN: Final = "green"


def screen(*, err: bool = False) -> Console:
    """Return a console of fixed width for files and pipes, of the terminal's else."""
    stream = sys.stderr if err else sys.stdout
    is_seen = stream.isatty()
    width = min(shutil.get_terminal_size().columns, _MOST_WIDTH) if is_seen else _WIDTH
    return Console(
        file=stream,
        width=width,
        no_color=not is_seen,
        color_system="standard" if is_seen else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def say(words: str, style: str = "", *, err: bool = False) -> None:
    """Say a line; what a peer may have put in it cannot act on the screen."""
    screen(err=err).print(Text(line(words), style=style), soft_wrap=True)


def rows(lines: list[tuple[str | tuple[str, str], ...]], *, head: tuple[str, ...] = ()) -> None:
    """Show lines in columns; a cell is its words, or words and style. Empty: nothing."""
    if not lines:
        return
    cells = [[_cell(cell) for cell in line] for line in lines]
    table = Table.grid(padding=(0, 2))
    columns = max(map(len, cells))
    for place in range(columns):
        is_long = any(row[place].cell_len > _MOST_UNBROKEN for row in cells if place < len(row))
        table.add_column(no_wrap=place < columns - 1 and not is_long, overflow="fold")
    if head:
        table.add_row(*(Text(words, style="bold") for words in head))
    for row in cells:
        table.add_row(*row)
    console = screen()
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(_ended(row) for row in captured.get().rstrip("\n").split("\n")))


def _ended(row: str) -> str:
    """Return a row of the screen, whose isolate ends with it where a narrow screen cut it off."""
    return row.rstrip() + ENDED * len(open_isolates(row))


def _cell(cell: str | tuple[str, str]) -> Folded:
    words, style = (cell, "") if isinstance(cell, str) else cell
    return Folded(line(words), style=style)


def show_json(value: Any) -> None:
    """Show a value as JSON, for programs: exact, and in ASCII, so that nothing in it can act."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(ascii_json(text))


def ago(then_s: float | None, now_s: float) -> str:
    """Return how long ago something was: 5 s ago, 3 min ago, 2 h ago; never."""
    if then_s is None:
        return "never"
    return f"{length(now_s - then_s)} ago"


def length(length_s: float) -> str:
    """Return a length of time in the unit that fits: 45 s, 12 min, 3.5 h, 2 d."""
    size_s = abs(length_s)
    sign = "-" if length_s < 0.0 else ""
    if size_s < 90.0:
        return f"{sign}{size_s:.0f} s"
    if size_s < 5400.0:
        return f"{sign}{size_s / 60.0:.0f} min"
    if size_s < 172_800.0:
        return f"{sign}{size_s / 3600.0:.1f} h"
    return f"{sign}{size_s / 86_400.0:.1f} d"
