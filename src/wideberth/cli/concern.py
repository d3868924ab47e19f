"""`wideberth concern raise|answer|accept|dispute|ask|meeting|withdraw|list|show`."""

from functools import partial
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.concern_evidence import checked, evidence_of, evidence_options, show_evidence
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.council.shown import Shown, shown
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.concern import (
    ConcernAccepted,
    ConcernAnswered,
    ConcernAsked,
    ConcernDisputed,
    ConcernMeeting,
    ConcernRaised,
    ConcernWithdrawn,
)

_KIND = "concern"
_NONE = "none"


@click.command("raise")
@click.argument("title")
@click.option("--words", required=True, help="What the concern is.")
@click.option("--clause", required=True, help='The clause it is about; "none" if none applies.')
@click.option("--urgent", is_flag=True, help="The shorter clock runs.")
@evidence_options
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else CN-1, CN-2, ...")
@by_option("deputy")
@with_node
def raise_(node: NodeFolder, title: str, *, clause: str, by: str, **given: Any) -> None:
    """Raise a concern with the other parties, who owe an answer in time."""
    body = ConcernRaised(
        title=title,
        matter=given["name"],
        role=by,
        words=given["words"],
        clause="" if clause == _NONE else clause,
        without_clause=clause == _NONE,
        evidence=evidence_of(given),
        urgent=given["urgent"],
    )
    council_said.said(node, body, by)


@click.command("answer")
@click.argument("concern")
@click.option("--words", required=True, help="The answer.")
@click.option("--assurance", default="", metavar="REF", help="Given with it: assurance/OPENER/ID.")
@by_option("deputy")
@with_node
def answer(node: NodeFolder, concern: str, by: str, **given: Any) -> None:
    """Answer a CONCERN, or a question about one."""
    _say(node, concern, ConcernAnswered, by, **given)


@click.command("accept")
@click.argument("concern")
@click.option("--words", default="", help="Why.")
@by_option("deputy")
@with_node
def accept(node: NodeFolder, concern: str, words: str, by: str) -> None:
    """Accept a CONCERN as well founded; of our own, say that the answers settle it."""
    _say(node, concern, ConcernAccepted, by, words=words)


@click.command("dispute")
@click.argument("concern")
@click.option("--words", required=True, help="Why.")
@by_option("deputy")
@with_node
def dispute(node: NodeFolder, concern: str, words: str, by: str) -> None:
    """Say that a CONCERN is not well founded; of our own, that the answer does not settle it."""
    _say(node, concern, ConcernDisputed, by, words=words)


@click.command("ask")
@click.argument("concern")
@click.option("--words", required=True, help="The question.")
@by_option("deputy")
@with_node
def ask(node: NodeFolder, concern: str, words: str, by: str) -> None:
    """Ask a follow-up question about a CONCERN; the clock runs anew."""
    _say(node, concern, ConcernAsked, by, words=words)


@click.command("meeting")
@click.argument("concern")
@click.option("--meeting", default="", metavar="REF", help="The meeting: meeting/OPENER/ID.")
@click.option("--words", default="", help="What is to be spoken of.")
@by_option("deputy")
@with_node
def meeting(node: NodeFolder, concern: str, by: str, **given: Any) -> None:
    """Ask for a meeting about a CONCERN, or name the one that there is."""
    _say(node, concern, ConcernMeeting, by, **given)


@click.command("withdraw")
@click.argument("concern")
@click.option("--reason", "words", required=True, help="Why; the others are told.")
@by_option("deputy")
@with_node
def withdraw(node: NodeFolder, concern: str, words: str, by: str) -> None:
    """Withdraw a CONCERN that we raised; all that was said of it stays."""
    _say(node, concern, ConcernWithdrawn, by, words=words)


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Settled and withdrawn ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List concerns. Exit code 1: one is in red."""
    return council_said.show_list(node, _KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("concern")
@json_option
@with_node
def show(node: NodeFolder, concern: str, *, as_json: bool) -> int:
    """Show a CONCERN with its evidence and every step.

    What it cites of the ledger is looked for in ours: verified there, or not held. Exit code 1: it
    is in red.
    """
    if as_json:
        return council_said.show_one(node, _KIND, concern, as_json=True)

    async def look(at: Opened) -> tuple[Shown, dict[str, int | None]]:
        one = await council_said.named(at, _KIND, concern)
        found = shown(one, at.desk.agreement)
        return found, await at.desk.read(partial(checked, stand=found.stand))

    found, entries = node.do(look)
    council_said.show_whole(found)
    show_evidence(found.stand, entries)
    return 1 if found.matter.raised else 0


def _say(node: NodeFolder, name: str, body: type[CouncilBody], by: str, **given: Any) -> None:
    async def work(at: Opened) -> Shown:
        return await council_said.said_in(at, _KIND, name, body, by, **given)

    council_said.show_brief(node.do(work))
