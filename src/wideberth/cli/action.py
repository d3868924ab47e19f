"""`wideberth action open|move|remark|done|confirm|return|withdraw|list|show`."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.council.action import ActionStand
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown
from wideberth.formats.times import parse_rfc3339
from wideberth.peering.council.action import (
    ActionBody,
    ActionConfirmed,
    ActionDone,
    ActionMoved,
    ActionOpened,
    ActionRemarked,
    ActionReturned,
    ActionWithdrawn,
)

_KIND: Final = "action"


def _said_of(node: NodeFolder, name: str, make: Callable[[Matter, Opened], ActionBody]) -> None:
    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, _KIND, name)
        body = make(one, at)
        return await council_said.said_at(at, body, body.role)

    council_said.show_brief(node.do(work))


@click.command("open")
@click.argument("title")
@click.option("--owner", required=True, metavar="PARTY", help="Who has to do it.")
@click.option("--role", "owner_role", required=True, metavar="ROLE", help="Which role of theirs.")
@click.option("--due", required=True, metavar="TIME", help="By when, as 2031-12-05T12:00:00Z.")
@click.option("--text", default="", help="What exactly.")
@click.option("--meeting", default="", metavar="REF", help="Where it was agreed: meeting/P/ID.")
@click.option("--clause", default="", help="The clause of the agreement that it rests on.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else A-1, A-2, ...")
@by_option("secretary")
@with_node
def open_(node: NodeFolder, title: str, due: str, name: str, by: str, **given: Any) -> None:
    """Say what is to be done, by whom, by when."""
    body = ActionOpened(title=title, due_s=parse_rfc3339(due), matter=name, role=by, **given)
    council_said.said(node, body, by)


@click.command("move")
@click.argument("action")
@click.option("--due", required=True, metavar="TIME", help="The new time.")
@click.option("--reason", "words", default="", help="Why.")
@by_option("secretary")
@with_node
def move(node: NodeFolder, action: str, due: str, words: str, by: str) -> None:
    """Move the due date of an ACTION that the other side owes."""
    due_s = parse_rfc3339(due)

    def make(one: Matter, _at: Opened) -> ActionBody:
        return ActionMoved(opener=one.opener, matter=one.id, role=by, due_s=due_s, words=words)

    _said_of(node, action, make)


@click.command("remark")
@click.argument("action")
@click.argument("words")
@by_option("secretary")
@with_node
def remark(node: NodeFolder, action: str, words: str, by: str) -> None:
    """Say in WORDS how it goes with an ACTION, or ask for more time."""

    def make(one: Matter, _at: Opened) -> ActionBody:
        return ActionRemarked(opener=one.opener, matter=one.id, role=by, words=words)

    _said_of(node, action, make)


@click.command("done")
@click.argument("action")
@click.option("--proof", required=True, help="What shows that it is done.")
@click.option("--evidence", metavar="F", help="A file that proves it; its SHA-256 alone is told.")
@by_option("secretary")
@with_node
def done(node: NodeFolder, action: str, proof: str, evidence: str | None, by: str) -> None:
    """Say that an ACTION of ours is done."""
    digest = "" if evidence is None else sha256(Path(evidence).read_bytes()).hexdigest()

    def make(one: Matter, _at: Opened) -> ActionBody:
        return ActionDone(opener=one.opener, matter=one.id, role=by, proof=proof, evidence=digest)

    _said_of(node, action, make)


def _claim(one: Matter, at: Opened) -> int:
    now = stand_of(one, at.desk.agreement)
    assert isinstance(now, ActionStand)
    if not now.claim:
        raise RefusedError("its owner has not said that it is done.")
    return now.claim


@click.command("confirm")
@click.argument("action")
@click.option("--words", default="", help="What was seen.")
@by_option("secretary")
@with_node
def confirm(node: NodeFolder, action: str, words: str, by: str) -> None:
    """Say that we have seen that the other side's ACTION is done."""

    def make(one: Matter, at: Opened) -> ActionBody:
        claim = _claim(one, at)
        return ActionConfirmed(opener=one.opener, matter=one.id, role=by, claim=claim, words=words)

    _said_of(node, action, make)


@click.command("return")
@click.argument("action")
@click.option("--reason", "words", required=True, help="What is missing.")
@by_option("secretary")
@with_node
def return_(node: NodeFolder, action: str, words: str, by: str) -> None:
    """Say that the other side's ACTION is not done yet."""

    def make(one: Matter, at: Opened) -> ActionBody:
        claim = _claim(one, at)
        return ActionReturned(opener=one.opener, matter=one.id, role=by, claim=claim, words=words)

    _said_of(node, action, make)


@click.command("withdraw")
@click.argument("action")
@click.option("--reason", "words", default="", help="Why.")
@by_option("secretary")
@with_node
def withdraw(node: NodeFolder, action: str, words: str, by: str) -> None:
    """Ask no longer for an ACTION that we opened."""

    def make(one: Matter, _at: Opened) -> ActionBody:
        return ActionWithdrawn(opener=one.opener, matter=one.id, role=by, words=words)

    _said_of(node, action, make)


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Confirmed and withdrawn ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List action items. Exit code 1: something is in red."""
    return council_said.show_list(node, _KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("action")
@click.option("--until", metavar="STATE", help="Wait until it is in this state.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(node: NodeFolder, action: str, *, until: str | None, wait: float, as_json: bool) -> int:
    """Show an ACTION with every step. Exit code 1: it is in red, or not as --until says."""
    wanted = None if until is None else council_said.Until(until, wait)
    return council_said.show_one(node, _KIND, action, as_json=as_json, until=wanted)
