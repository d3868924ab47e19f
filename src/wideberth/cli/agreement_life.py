"""`wideberth agreement suspend|tick|resume|terminate`: what becomes of one that is signed."""

from typing import Any, Final

import click

from wideberth.cli import council_said
from wideberth.cli.agreement_text import matter_or_in_force
from wideberth.cli.node_folder import Decorator, NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import YELLOW, say
from wideberth.council.shown import Shown
from wideberth.errors import WideberthError
from wideberth.formats.lookalike import names
from wideberth.formats.shown import plain
from wideberth.formats.times import parse_rfc3339
from wideberth.peering.council.agreement import (
    AgreementBody,
    AgreementResumed,
    AgreementSuspended,
    AgreementTerminated,
    AgreementTicked,
)

matter_option: Final[Decorator] = click.option(
    "--matter", default="", metavar="ID", help="The matter; else that of the one in force."
)


@click.command("suspend")
@click.option("--reason", required=True, help="Why; the others are told.")
@matter_option
@by_option("lead")
@with_node
def suspend(node: NodeFolder, reason: str, matter: str, by: str) -> None:
    """Suspend the agreement; the hotline, cases of interference and alarms stay open."""
    _say(node, matter, AgreementSuspended, by, words=reason)


@click.command("tick")
@click.argument("item")
@matter_option
@by_option("secretary")
@with_node
def tick(node: NodeFolder, item: str, matter: str, by: str) -> None:
    """Say that an ITEM of the checklist is done on our side."""
    _say(node, matter, AgreementTicked, by, item=item)


@click.command("resume")
@matter_option
@by_option("lead")
@with_node
def resume(node: NodeFolder, matter: str, by: str) -> None:
    """End our suspension; every item is ticked by every party."""
    _say(node, matter, AgreementResumed, by)


@click.command("terminate")
@click.option("--on", "day", required=True, metavar="TIME", help="When it ends: RFC 3339.")
@click.option("--reason", default="", help="Why; the others are told.")
@matter_option
@by_option("lead")
@with_node
def terminate(node: NodeFolder, day: str, reason: str, matter: str, by: str) -> None:
    """Give notice: the agreement ends then; not before the notice that it asks for."""
    try:
        ends_s = parse_rfc3339(day)
    except WideberthError as error:
        raise RefusedError(f"--on: {error}") from None
    _say(node, matter, AgreementTerminated, by, ends_s=ends_s, words=reason)


def _say(node: NodeFolder, matter: str, body: Any, by: str, **given: Any) -> None:
    async def work(at: Opened) -> Shown:
        one = await matter_or_in_force(at, matter)
        said: AgreementBody = body(opener=one.opener, matter=one.id, role=by, **given)
        return await council_said.said_at(at, said, by)

    found = node.do(work)
    council_said.show_brief(found)
    show_checklist(found)


def show_checklist(one: Shown) -> None:
    """Show what is ticked by whom, while it is suspended."""
    if one.stand["state"] != "suspended":
        return
    for item in one.stand["checklist"]:
        done = [
            party for party, items in one.stand.get("ticked", {}).items() if item["id"] in items
        ]
        left = [party for party in one.matter.parties if party not in done]
        state = f"not ticked by {', '.join(left)}" if left else "ticked by all"
        say(f"  {names(item['id'])}: {plain(item['text'])} ({state})", YELLOW if left else "")
