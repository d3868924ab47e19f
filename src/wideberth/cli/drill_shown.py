"""`wideberth drill list|show|score|code`: how the line was tested."""

from functools import partial
from pathlib import Path
from typing import Final

import click

from wideberth.cli import council_said
from wideberth.cli.drill import KIND
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, leave, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say, show_json
from wideberth.cli.unit import secret_in
from wideberth.council.drill_score import Score
from wideberth.formats.slip_checkin import CheckIn, checkin_code
from wideberth.node.council.drill_board import board_of
from wideberth.node.council.drilling import REVISION, code_name

_HEAD: Final = (
    "who calls",
    "test",
    "held",
    "answered",
    "silence/line/not called",
    "paused",
    "median/worst",
    "last",
)


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Those that are over, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List drills."""
    return council_said.show_list(node, KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("drill")
@json_option
@with_node
def show(node: NodeFolder, drill: str, *, as_json: bool) -> int:
    """Show a DRILL with every step."""
    return council_said.show_one(node, KIND, drill, as_json=as_json)


@click.command("score")
@click.argument("party", default="")
@json_option
@with_node
def score(node: NodeFolder, party: str, *, as_json: bool) -> None:
    """Show the score board of all drills with a PARTY; without one, with each."""

    async def look(at: Opened) -> tuple[Score, ...]:
        others = [one for one in at.desk.agreement.parties if one != at.config.party]
        if party and party not in others:
            raise RefusedError(f"say which party: {', '.join(others)}.")
        now_s = at.desk.clock.now_s()
        found: list[Score] = []
        for other in [party] if party else others:
            both = (at.config.party, other)
            read = partial(board_of, parties=both, agreement=at.desk.agreement, now_s=now_s)
            found += await at.desk.read(read)
        return tuple(found)

    found = node.do(look)
    if as_json:
        show_json(found)
        return
    say("DRILL score board", YELLOW)
    rows([_row(one) for one in found], head=_HEAD)


def _row(one: Score) -> tuple[str | tuple[str, str], ...]:
    missed = RED if one.last in ("line", "silence") else GREEN if one.last == "answered" else ""
    times = "" if one.median_s is None else f"{_seconds(one.median_s)}/{_seconds(one.worst_s)}"
    last = "" if one.last_s is None else f"{one.last} {council_said.at(one.last_s)}"
    return (
        f"{one.caller} {one.callee}",
        one.what.value.replace("_", " "),
        f"{one.held}",
        f"{one.answered}, {one.late} late" if one.late else f"{one.answered}",
        f"{one.silence}/{one.line}/{one.not_called}",
        f"{one.paused}",
        times,
        (last, missed),
    )


def _seconds(time_s: float | None) -> str:
    return "" if time_s is None else f"{time_s:.0f} s"


@click.command("code")
@click.argument("drill")
@click.option("--unit", required=True, help="Who acknowledges.")
@click.option("--secret", "secret_file", required=True, metavar="F", help="The unit's secret.")
def code(drill: str, unit: str, secret_file: str) -> None:
    """Say the code by which a unit acknowledges a DRILL (OPENER/ID) by voice; needs no node."""

    def work() -> None:
        opener, _, name = drill.removeprefix("drill/").partition("/")
        if not name:
            raise RefusedError("name the DRILL like north/T-1.")
        said = CheckIn(opener, code_name(name), REVISION, unit)
        click.echo(checkin_code(said, secret=secret_in(Path(secret_file))))

    leave(work)
