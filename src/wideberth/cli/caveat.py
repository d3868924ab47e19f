"""`wideberth caveat raise|relay|cannot|accept|withdraw|list|show`."""

from collections.abc import Callable
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.interference_given import time_of
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.council import caveat
from wideberth.council.caveat import CaveatStand
from wideberth.council.shown import Shown
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.caveat import (
    CaveatAccepted,
    CaveatCannot,
    CaveatRaised,
    CaveatRelayed,
    CaveatWithdrawn,
)

_KIND = "caveat"


@click.command("raise")
@click.argument("who")
@click.option("--about", required=True, metavar="WHAT", help="activity/PARTY/ID, or area/WORDS.")
@click.option("--owed-by", default="", metavar="PARTY", help="Who passes it on; else we do.")
@click.option("--owed-role", default="duty officer", show_default=True, metavar="ROLE")
@click.option("--begins", metavar="TIME", help="When that begins of which they must know.")
@click.option("--words", default="", help="How they are affected.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else CV-1, CV-2, ...")
@by_option("duty officer")
@with_node
def raise_(node: NodeFolder, **given: Any) -> None:
    """Note that WHO is no party and is affected, and must be told."""

    async def work(at: Opened) -> Shown:
        body = CaveatRaised(
            role=given["by"],
            matter=given["name"],
            who=given["who"],
            about=given["about"],
            owed_by=given["owed_by"] or at.config.party,
            owed_role=given["owed_role"],
            begins_s=time_of(given["begins"]),
            words=given["words"],
        )
        return await council_said.said_at(at, body, given["by"])

    council_said.show_brief(node.do(work))


@click.command("relay")
@click.argument("caveat_id", metavar="CAVEAT")
@click.option("--to", required=True, metavar="WHOM", help="Whom it was passed on to, in words.")
@click.option("--how", required=True, help="By which way: telephone, a notice, ...")
@click.option("--at", "when", metavar="TIME", help="When; else now.")
@click.option("--acknowledged", default="", metavar="WORDS", help="Who acknowledged it, and how.")
@by_option("duty officer")
@with_node
def relay(node: NodeFolder, caveat_id: str, **given: Any) -> None:
    """Say that it was passed on."""

    def body(found: CaveatStand, named: dict[str, Any]) -> CouncilBody:
        return CaveatRelayed(
            of_turn=found.turn,
            to=given["to"],
            how=given["how"],
            done_s=time_of(given["when"]),
            acknowledged=given["acknowledged"],
            **named,
        )

    _say(node, caveat_id, given["by"], body)


@click.command("cannot")
@click.argument("caveat_id", metavar="CAVEAT")
@click.option("--reason", required=True, help="Why it cannot be passed on.")
@by_option("duty officer")
@with_node
def cannot(node: NodeFolder, caveat_id: str, reason: str, by: str) -> None:
    """Say that it cannot be passed on; it is in red until the others accept that."""
    _say(
        node,
        caveat_id,
        by,
        lambda found, named: CaveatCannot(of_turn=found.turn, reason=reason, **named),
    )


@click.command("accept")
@click.argument("caveat_id", metavar="CAVEAT")
@click.option("--words", default="", help="On what ground.")
@by_option("duty officer")
@with_node
def accept(node: NodeFolder, caveat_id: str, words: str, by: str) -> None:
    """Accept that it could not be passed on, or was not acknowledged."""
    _say(
        node,
        caveat_id,
        by,
        lambda found, named: CaveatAccepted(of_turn=found.answer_turn, words=words, **named),
    )


@click.command("withdraw")
@click.argument("caveat_id", metavar="CAVEAT")
@click.option("--reason", required=True, help="Why nobody need be told.")
@by_option("duty officer")
@with_node
def withdraw(node: NodeFolder, caveat_id: str, reason: str, by: str) -> None:
    """Withdraw a CAVEAT that we raised."""
    _say(node, caveat_id, by, lambda _found, named: CaveatWithdrawn(reason=reason, **named))


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List caveats. Exit code 1: one is in red."""
    return council_said.show_list(node, _KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("caveat_id", metavar="CAVEAT")
@json_option
@with_node
def show(node: NodeFolder, caveat_id: str, *, as_json: bool) -> int:
    """Show a CAVEAT with every step. Exit code 1: it is in red."""
    return council_said.show_one(node, _KIND, caveat_id, as_json=as_json)


def _say(
    node: NodeFolder,
    name: str,
    by: str,
    body: Callable[[CaveatStand, dict[str, Any]], CouncilBody],
) -> None:
    """Say what a function makes of a caveat as it stands, and show it."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, _KIND, name)
        found = caveat.stand(one, at.desk.agreement)
        named: dict[str, Any] = {"opener": one.opener, "matter": one.id, "role": by}
        return await council_said.said_at(at, body(found, named), by)

    council_said.show_brief(node.do(work))
