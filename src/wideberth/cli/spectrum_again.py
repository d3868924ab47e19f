"""`wideberth spectrum recompute`: the figures of a report, each reckoned from its own inputs."""

import click

from wideberth.assessing.advice import ADVISORY
from wideberth.assessing.again import AGREE_DB, Recomputed, recompute
from wideberth.cli.outputs import show_text
from wideberth.cli.spectrum_inputs import asked, mosaic_of, report_of
from wideberth.formats.shown import line


@click.command("recompute")
@click.argument("report", metavar="REPORT")
@click.option("--terrain", multiple=True, metavar="TILE", help="A tile of terrain; again for more.")
@click.pass_context
def command(ctx: click.Context, report: str, terrain: tuple[str, ...]) -> None:
    """Reckon every figure of a JSON REPORT of check or assess anew, from its own inputs.

    Exit code 0: all agree to 0.01 dB, 1: one differs or cannot be reckoned anew, 2: unreadable.
    """
    mosaic = mosaic_of(terrain)
    found = asked(lambda: recompute(report_of(report), mosaic))
    bad = [one for one in found if not one.agrees]
    lines = [_line(one) for one in found]
    if bad:
        lines.append(f"{len(bad):,} of {len(found):,} do not agree to {AGREE_DB} dB.")
    else:
        lines.append(f"All {len(found):,} agree to {AGREE_DB} dB.")
    show_text("".join(f"{line}\n" for line in [*lines, ADVISORY]))
    ctx.exit(1 if bad else 0)


def _line(one: Recomputed) -> str:
    about = f"{line(one.where) or 'report'} ({line(one.about)})"
    if one.found_dbm is None or one.said_dbm is None:
        return f"NOT RECKONED  {about}: {line(one.why)}"
    figures = f"{one.said_dbm:.3f} dBm said, {one.found_dbm:.3f} dBm found"
    return f"{'agrees ' if one.agrees else 'DIFFERS'}  {about}: {figures}"
