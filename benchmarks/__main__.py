"""`python -m benchmarks`: every figure we promise, beside peers in the same run."""

import argparse
from collections.abc import Iterator

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks import (
    cold,
    console,
    joins,
    link_latency,
    navwarn_texts,
    notam_texts,
    online,
    spectrum_check,
    spectrum_p528,
    spectrum_propagation,
    spectrum_rejection,
    spectrum_screen,
)
from benchmarks.figure import Figure, at_least, publish

KINDS = ("uniform", "clustered", "mixed")
TEXTS = 20_000
PARTS = ("join", "cold", "texts", "online", "link", "spectrum", "console")


def main() -> None:
    """Measure, print a table and write build/bench.json."""
    asked = _arguments()
    figures: list[Figure] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        for name, found in _all(asked):
            bar.update(task, description=name)
            figures.extend(found)
    publish(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument(
        "--in-force", type=int, nargs="+", default=[100_000], help="what a node holds already"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--quick", action="store_true", help="a few hundred volumes, to see it run")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.rounds, asked.in_force = [400], 1, [400]
    return asked


def _all(asked: argparse.Namespace) -> Iterator[tuple[str, Iterator[Figure]]]:
    """Yield what is measured next, and its figures, still to be measured."""
    if asked.only in (None, "join"):
        for size in asked.sizes:
            for kind in KINDS:
                rounds = asked.rounds if size < 1_000_000 else 1
                is_memory = size >= 100_000 and kind == "uniform"
                found = joins.figures(size, kind, rounds=rounds, is_memory=is_memory)
                yield f"join, {kind}, {size:,}", found
    if asked.only in (None, "cold"):
        yield "cold start", cold.figures()
    if asked.only in (None, "texts"):
        yield "texts", _texts(400 if asked.quick else TEXTS)
    if asked.only in (None, "online"):
        for count in asked.in_force:
            seconds = 1.0 if asked.quick else online.SECONDS
            yield f"node with {count:,}", online.figures(count, seconds=seconds)
    if asked.only in (None, "link"):
        yield "line between two nodes", link_latency.figures(20 if asked.quick else 200)
    if asked.only in (None, "spectrum"):
        yield from _spectrum(quick=asked.quick)
    if asked.only in (None, "console"):
        count, rounds = (400, 1) if asked.quick else (10_000, 3)
        yield "console in a browser", console.figures(count, rounds=rounds)


def _spectrum(*, quick: bool) -> Iterator[tuple[str, Iterator[Figure]]]:
    rounds, size, paths = (1, 400, 400) if quick else (5, 10_000, 20_000)
    yield "interference screen", spectrum_screen.figures(rounds, size=size)
    yield "propagation", spectrum_propagation.figures(rounds=min(rounds, 3), paths=paths)
    yield "rejection", spectrum_rejection.figures()
    yield "P.528", spectrum_p528.figures()
    yield "checks with radio", spectrum_check.figures(1, size=60 if quick else 300)


def _texts(count: int) -> Iterator[Figure]:
    yield at_least("NOTAM read", notam_texts.run(count), "texts/s", 5000.0)
    yield at_least("navigational warnings read", navwarn_texts.run(count), "texts/s", 5000.0)


if __name__ == "__main__":
    main()
