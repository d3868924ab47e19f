"""`wideberth decision propose|position|withdraw|list|show`."""

from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.council.shown import Shown
from wideberth.peering.council.decision import (
    DecisionPosition,
    DecisionProposed,
    DecisionWithdrawn,
    Position,
)

_KIND = "decision"


@click.command("propose")
@click.argument("title")
@click.option("--text", required=True, help="What is decided, word for word.")
@click.option("--meeting", default="", metavar="REF", help="The meeting: meeting/OPENER/ID.")
@click.option("--clause", default="", help="The clause of the agreement that it rests on.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else D-1, D-2, ...")
@by_option("secretary")
@with_node
def propose(node: NodeFolder, title: str, *, name: str, by: str, **given: Any) -> None:
    """Propose a decision to the other parties; whoever proposes adopts it."""
    council_said.said(node, DecisionProposed(title=title, matter=name, role=by, **given), by)


@click.command("position")
@click.argument("decision")
@click.option("--adopt", "position", flag_value="adopt", help="We adopt it.")
@click.option("--defer", "position", flag_value="defer", help="Not now.")
@click.option("--reserve", "position", flag_value="reserve", help="We reserve our position.")
@click.option("--dissent", default="", help="Kept beside the decision for good.")
@by_option("secretary")
@with_node
def position(node: NodeFolder, decision: str, position: str | None, dissent: str, by: str) -> None:
    """Say what we make of a DECISION."""
    if position is None:
        raise click.UsageError("say which: --adopt, --defer or --reserve.")

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, _KIND, decision)
        body = DecisionPosition(
            opener=one.opener,
            matter=one.id,
            role=by,
            position=Position(position),
            dissent=dissent,
        )
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("withdraw")
@click.argument("decision")
@click.option("--reason", "words", default="", help="Why; the others are told.")
@by_option("secretary")
@with_node
def withdraw(node: NodeFolder, decision: str, words: str, by: str) -> None:
    """Withdraw a DECISION that we proposed."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, _KIND, decision)
        body = DecisionWithdrawn(opener=one.opener, matter=one.id, role=by, words=words)
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Adopted and withdrawn ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List decisions."""
    return council_said.show_list(node, _KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("decision")
@json_option
@with_node
def show(node: NodeFolder, decision: str, *, as_json: bool) -> int:
    """Show a DECISION with every position."""
    return council_said.show_one(node, _KIND, decision, as_json=as_json)
