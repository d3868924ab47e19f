"""`wideberth drill call|answer|read|pass|acknowledge|pause|resume`; to look: cli/drill_shown.py."""

from typing import Any

import click
from msgspec import structs

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown
from wideberth.formats.times import parse_rfc3339
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.drill import (
    DrillAcknowledged,
    DrillAnswered,
    DrillOpened,
    DrillPassed,
    DrillRead,
    DrillResumed,
    Exercise,
)

KIND = "drill"


@click.command("call")
@click.argument("party", default="")
@click.option("--units", is_flag=True, help="Down to the units' acknowledgements.")
@click.option("--unit", "named", multiple=True, help="To this unit; again for more. Else to all.")
@click.option("--words", default="", help="What else is said.")
@by_option("duty officer")
@with_node
def call(node: NodeFolder, party: str, by: str, *, units: bool, **given: Any) -> None:
    """Test the line to a PARTY now, by surprise; with --units down to every unit."""
    named: tuple[str, ...] = given.pop("named")
    what = Exercise.END_TO_END if units or named else Exercise.SURPRISE
    _open(node, party, DrillOpened(role=by, what=what, units=named, **given), by)


@click.command("pause")
@click.argument("party", default="")
@click.option("--until", required=True, metavar="TIME", help="Until when, like 2026-11-24T08:00Z.")
@click.option("--reason", required=True, help="Why; the other side is told.")
@by_option("duty officer")
@with_node
def pause(node: NodeFolder, party: str, until: str, reason: str, by: str) -> None:
    """Declare that there are no test calls with a PARTY for a while; no more than 31 days."""
    until_s = parse_rfc3339(until)
    body = DrillOpened(role=by, what=Exercise.PAUSE, until_s=until_s, words=reason)
    _open(node, party, body, by)


@click.command("answer")
@click.argument("drill")
@click.option("--words", default="", help="What else is said.")
@by_option("duty officer")
@with_node
def answer(node: NodeFolder, drill: str, words: str, by: str) -> None:
    """Answer a DRILL that calls our watch."""
    _say(node, drill, DrillAnswered(role=by, words=words), by)


@click.command("read")
@click.argument("drill")
@by_option("duty officer")
@with_node
def read(node: NodeFolder, drill: str, by: str) -> None:
    """Say that the watch has read a DRILL that goes to units."""
    _say(node, drill, DrillRead(role=by), by)


@click.command("pass")
@click.argument("drill")
@click.option("--unit", "units", required=True, multiple=True, help="To this unit.")
@by_option("duty officer")
@with_node
def pass_(node: NodeFolder, drill: str, units: tuple[str, ...], by: str) -> None:
    """Say that a DRILL was passed to units."""
    _say(node, drill, DrillPassed(role=by, units=units), by)


@click.command("acknowledge")
@click.argument("drill")
@click.option("--unit", required=True, help="Who acknowledges.")
@click.option("--code", default="", metavar="C", help="Its code, as it was heard.")
@by_option("duty officer")
@with_node
def acknowledge(node: NodeFolder, drill: str, unit: str, code: str, by: str) -> None:
    """Say that a unit has acknowledged a DRILL."""
    _say(node, drill, DrillAcknowledged(role=by, unit=unit, code=code), by)


@click.command("resume")
@click.argument("drill")
@by_option("duty officer")
@with_node
def resume(node: NodeFolder, drill: str, by: str) -> None:
    """End a pause of ours (DRILL) before its time."""
    _say(node, drill, DrillResumed(role=by), by)


def _open(node: NodeFolder, party: str, body: DrillOpened, by: str) -> None:
    async def work(at: Opened) -> Shown:
        other = council_said.the_other(at, party)
        opening = structs.replace(body, parties=(at.config.party, other))
        return await council_said.said_at(at, opening, by)

    council_said.show_brief(node.do(work))


def _say(node: NodeFolder, drill: str, body: CouncilBody, by: str) -> None:
    async def work(at: Opened) -> Shown:
        one: Matter = await council_said.named(at, KIND, drill)
        return await council_said.said_at(at, _in(one, body), by)

    council_said.show_brief(node.do(work))


def _in(one: Matter, body: CouncilBody) -> CouncilBody:
    return structs.replace(body, opener=one.opener, matter=one.id)
