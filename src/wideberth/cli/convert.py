"""`wideberth convert`: any readable files in, one plan file out, and what was understood."""

from collections.abc import Sequence
from typing import Final

import click

from wideberth.cli import UNREADABLE
from wideberth.cli.inputs import read_files
from wideberth.cli.outputs import SHOWN, RefusedError, show_errors, show_text, write_whole
from wideberth.cli.parties import named_parties, party_option, repair_option
from wideberth.cli.progress import Bar
from wideberth.errors import WideberthError
from wideberth.formats.gathering import gather
from wideberth.formats.plan_writer import render
from wideberth.formats.reading import Reading, Severity
from wideberth.formats.report_text import remark_words
from wideberth.formats.report_words import plain

_PARTLY: Final = 1
_HEADINGS: Final = (
    (Severity.ERROR, "Could not be read"),
    (Severity.PARTIAL, "Read in part: a person must look"),
    (Severity.ASSUMED, "Assumed"),
    (Severity.NOTE, "Worth knowing"),
)


@click.command("convert")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--to", "target", required=True, metavar="PLAN", help="The plan to write; - prints it."
)
@party_option
@repair_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], target: str, party: tuple[str, ...], *, repair: bool
) -> None:
    """Read FILEs of any readable format and write them as one plan GeoJSON.

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
    try:
        text = render(activities)
    except WideberthError as error:
        raise RefusedError(error.diagnostics()) from None
    if to_screen:
        show_text(text)
    else:
        write_whole(target, text, inputs=files)
        volumes = sum(len(activity.volumes) for activity in activities)
        click.echo(f"Wrote {target}: {len(activities):,} activities, {volumes:,} volumes.")
    partly = {Severity.ERROR, Severity.PARTIAL}
    is_partly = any(p.severity in partly for reading in readings for p in reading.problems)
    ctx.exit(_PARTLY if is_partly else 0)


def _summary(readings: Sequence[Reading]) -> str:
    """Return what was understood of each file, and every remark, worst first."""
    lines = ["Understood"]
    for reading in readings:
        said = "; ".join(reading.understood) or "nothing"
        lines.append(f"- {plain(reading.source)} ({reading.format}): {plain(said)}")
    for severity, heading in _HEADINGS:
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
    return "\n".join(lines) + "\n\n"
