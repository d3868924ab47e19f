"""`wideberth convert`: any readable files in, one file out, and what was understood."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import click

from wideberth.cli import UNREADABLE
from wideberth.cli.inputs import read_files
from wideberth.cli.outputs import (
    SHOWN,
    RefusedError,
    show_errors,
    show_plan,
    show_text,
    write_whole,
)
from wideberth.cli.parties import named_parties, party_option, repair_option
from wideberth.cli.progress import Bar
from wideberth.errors import WideberthError
from wideberth.formats.assignment_writer import write_csv
from wideberth.formats.gathering import gather
from wideberth.formats.plan_writer import render
from wideberth.formats.reading import Reading, Severity
from wideberth.formats.report_text import remark_words
from wideberth.formats.sfaf_writer import Written, write_sfaf
from wideberth.formats.shown import line, plain
from wideberth.model.activity import Activity

_PARTLY: Final = 1
_WRITERS: Final[Mapping[str, Callable[[Sequence[Activity]], Written]]] = {
    "csv": write_csv,
    "sfaf": write_sfaf,
}
_HEADINGS: Final = (
    (Severity.ERROR, "Could not be read"),
    (Severity.PARTIAL, "Read in part: a person must look"),
    (Severity.ASSUMED, "Assumed"),
    (Severity.NOTE, "Worth knowing"),
)

_UNSAID: Final = (
    (Severity.ERROR, "Not written"),
    (Severity.PARTIAL, "Not said in full"),
)


@click.command("convert")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="PLAN",
    help="The file to write: a plan, or by its ending .csv or .sfaf; - prints a plan.",
)
@party_option
@repair_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], target: str, party: tuple[str, ...], *, repair: bool
) -> None:
    """Read FILEs of any readable format and write them as one plan GeoJSON.

    To a name that ends in .csv goes an assignment sheet, to .sfaf the records of emissions;
    what these cannot say is told.

    Prints what was understood, assumed and not used. Exit code 0: all was read, 1: in part, 2:
    nothing was, and nothing is written.
    """
    parties = named_parties(party, files)
    with Bar() as bar:
        read = read_files(files, parties=parties, repair=repair, progress=bar)
        activities, _, readings = gather(read)
    to_screen = target == "-"
    summary = _summary(readings)
    show_text(summary, err=to_screen)
    if not to_screen:
        show_errors(readings)
    if not activities:
        click.echo("No activity was understood; nothing was written.", err=True)
        ctx.exit(UNREADABLE)
    written = _written(target, activities)
    if written.problems:
        of_target = Reading(target, "written", problems=written.problems)
        show_text("\n".join(_remarks([of_target], _UNSAID)).lstrip() + "\n\n", err=to_screen)
        readings = (*readings, of_target)
    if not written.text:
        click.echo("Nothing of it can be said in that format; nothing was written.", err=True)
        ctx.exit(UNREADABLE)
    text = written.text
    if to_screen:
        show_plan(text)
    else:
        write_whole(target, text, inputs=files)
        volumes = sum(len(activity.volumes) for activity in activities)
        made = f": {len(activities):,} activities, {volumes:,} volumes."
        click.echo(line(f"Wrote {target}{', but not all (above).' if written.problems else made}"))
    partly = {Severity.ERROR, Severity.PARTIAL}
    is_partly = any(p.severity in partly for reading in readings for p in reading.problems)
    ctx.exit(_PARTLY if is_partly else 0)


def _written(target: str, activities: Sequence[Activity]) -> Written:
    """Return what goes into the target; raises RefusedError for what a plan cannot say."""
    writer = _WRITERS.get(target.rpartition(".")[2].lower())
    if writer is not None:
        return writer(activities)
    try:
        return Written(render(activities), ())
    except WideberthError as error:
        raise RefusedError(error.diagnostics()) from None


def _summary(readings: Sequence[Reading]) -> str:
    """Return what was understood of each file, and every remark, worst first."""
    lines = ["Understood"]
    for reading in readings:
        said = "; ".join(reading.understood) or "nothing"
        lines.append(f"- {plain(reading.source)} ({reading.format}): {line(said)}")
    return "\n".join([*lines, *_remarks(readings, _HEADINGS)]) + "\n\n"


def _remarks(readings: Sequence[Reading], headings: Sequence[tuple[Severity, str]]) -> list[str]:
    lines: list[str] = []
    for severity, heading in headings:
        remarks = [
            remark_words(reading.source, problem)
            for reading in readings
            for problem in reading.problems
            if problem.severity is severity
        ]
        if remarks:
            lines += ["", f"{heading}: {len(remarks):,}"]
            lines += [f"- {words}" for words in remarks[:SHOWN]]
            if len(remarks) > SHOWN:
                lines.append(f"... and {len(remarks) - SHOWN:,} more.")
    return lines
