"""One measured figure, and the table and file that all figures go to."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

OUT = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """A name, a value with its unit, and what it should reach; ok None: there is no target."""

    name: str
    value: float
    unit: str
    target: str = ""
    ok: bool | None = None


def at_least(name: str, value: float, unit: str, least: float) -> Figure:
    """Return a figure that should be no less than a target."""
    return Figure(name, value, unit, f">= {least:g}", value >= least)


def at_most(name: str, value: float, unit: str, most: float) -> Figure:
    """Return a figure that should be no more than a target."""
    return Figure(name, value, unit, f"<= {most:g}", value <= most)


def publish(figures: Sequence[Figure], out: Path = OUT) -> None:
    """Write all figures as JSON and print them as a table."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n", encoding="utf-8")
    table = Table("figure", "value", "unit", "target", "reached")
    for figure in figures:
        reached = {True: "yes", False: "NO", None: ""}[figure.ok]
        table.add_row(figure.name, f"{figure.value:,.4g}", figure.unit, figure.target, reached)
    console = Console(width=110)
    console.print(table)
    console.print(f"Written to {out}")
