"""`wideberth check`: plans and notices in, conflicts out."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from wideberth.checking import check
from wideberth.cli import UNREADABLE
from wideberth.cli.inputs import read_files
from wideberth.cli.outputs import RefusedError, say_aside, show_errors, show_text, write_whole
from wideberth.cli.parties import named_parties, party_option, repair_option
from wideberth.cli.progress import Bar
from wideberth.formats.builtin import builtin_agreement
from wideberth.formats.gathering import gather
from wideberth.formats.plausible import look_over
from wideberth.formats.reading import Problem, Reading, Severity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import CheckResult

MAP_NAME: Final = "wideberth-report.html"
_FORMATS: Final = ("text", "json", "geojson", "html")
_FILE_WIDTH: Final = 100
_MOST_WIDTH: Final = 120


@dataclass(frozen=True, slots=True)
class _Asked:
    """The command line of one check."""

    files: tuple[str, ...]
    agreement: str | None
    within: bool
    format: str
    output: str | None
    map: bool
    party: tuple[str, ...]
    repair: bool
    fast: bool | None

    @property
    def paths(self) -> tuple[str, ...]:
        """Return all files to be read, the agreement among them."""
        return self.files if self.agreement is None else (*self.files, self.agreement)


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--agreement", metavar="A", help="The agreement; a .toml among the files does too.")
@click.option("--within", is_flag=True, help="Compare one party's own activities too.")
@click.option("--format", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--output", "-o", metavar="F", help="Write the report here, whole or not at all.")
@click.option("--map", is_flag=True, help=f"Also write a page with pictures ({MAP_NAME}).")
@party_option
@repair_option
@click.option("--fast/--no-fast", default=None, help="Compiled search, or not; else as size asks.")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """Find conflicts between parties' activities in any mix of readable FILEs.

    Reads plan GeoJSON, planning sheets (CSV, XLSX), KML, OpenAir, NOTAM and navigational warnings;
    - is standard input. Exit code 0: no conflict among what was judged, 1: conflicts, 2: something
    could not be read, so that the check is not complete.
    """
    ctx.exit(_run(_Asked(**given)))


def _run(asked: _Asked) -> int:
    paths = asked.paths
    parties = named_parties(asked.party, paths)
    with Bar() as bar:
        readings = read_files(paths, parties=parties, repair=asked.repair, progress=bar)
        agreement, readings = _agreement_of(readings, asked)
        activities, links, readings = gather(readings)
        result = check(
            activities,
            agreement,
            within=asked.within,
            fast=asked.fast,
            links=links,
            progress=bar,
        )
    looked = look_over(activities, agreement)
    readings = (*readings, looked) if looked.problems else readings
    errors = show_errors(readings)
    if errors:
        click.echo(f"THE CHECK IS NOT COMPLETE: {errors:,} could not be read (above).", err=True)
    _report(result, readings, asked)
    if errors:
        return UNREADABLE
    return 1 if result.conflicts else 0


def _agreement_of(
    readings: Sequence[Reading], asked: _Asked
) -> tuple[Agreement, tuple[Reading, ...]]:
    """Return the one agreement; where it is refused, the default with an ERROR that says so."""
    found = [reading for reading in readings if reading.format == "agreement"]
    if len(found) > 1:
        names = ", ".join(reading.source for reading in found)
        raise RefusedError(f"more than one agreement: {names}. Give the one in force.")
    if found and found[0].agreement is not None:
        return found[0].agreement, tuple(readings)
    if found or asked.agreement is not None:
        source = found[0].source if found else Path(asked.agreement or "").name
        what = "there is no agreement to judge by; the built-in default was used instead."
        remedy = "Correct the agreement and check again."
        problem = Problem(Severity.ERROR, "agreement", what, remedy)
        return builtin_agreement(), tuple(_with_problem(readings, source, problem))
    return builtin_agreement(), tuple(readings)


def _with_problem(readings: Sequence[Reading], source: str, problem: Problem) -> Sequence[Reading]:
    if all(reading.source != source for reading in readings):
        return [*readings, Reading(source, "agreement", problems=(problem,))]
    return [
        replace(r, problems=(*r.problems, problem)) if r.source == source else r for r in readings
    ]


def _report(result: CheckResult, readings: Sequence[Reading], asked: _Asked) -> None:
    """Write the report to standard output or its file, and the page with pictures if asked."""
    if asked.output is None:
        show_text(_rendered(result, readings, asked.format, to_screen=True))
    else:
        report = _rendered(result, readings, asked.format, to_screen=False)
        write_whole(asked.output, report, inputs=asked.paths)
        say_aside(f"Report: {asked.output}")
    if asked.map and not (asked.format == "html" and asked.output is not None):
        place = str(Path(asked.output).with_name(MAP_NAME)) if asked.output else MAP_NAME
        write_whole(place, _rendered(result, readings, "html", to_screen=False), inputs=asked.paths)
        say_aside(f"Map: {place}")


def _rendered(
    result: CheckResult, readings: Sequence[Reading], form: str, *, to_screen: bool
) -> str:
    """Return the report in one format; only that format's code is loaded."""
    render: Callable[..., str] = import_module(f"wideberth.formats.report_{form}").render
    if form != "text":
        return render(result, readings)
    is_terminal = to_screen and sys.stdout.isatty()
    columns = shutil.get_terminal_size().columns if is_terminal else _FILE_WIDTH
    return render(result, readings, width=min(columns, _MOST_WIDTH), color=is_terminal)
