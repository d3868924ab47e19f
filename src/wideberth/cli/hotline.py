"""`wideberth hotline call|take|read|answer|say|pass|translate|close`."""

from collections.abc import Callable
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.hotline_given import text_given, text_options
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown
from wideberth.model.council_rules import Precedence
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.call import (
    CallAdded,
    CallAnswered,
    CallClosed,
    CallMade,
    CallPassed,
    CallRead,
    CallTaken,
    CallTranslated,
)

KIND = "call"


@click.command("call")
@click.argument("peer")
@click.option("--role", "to_role", default="duty officer", show_default=True, help="Whom to call.")
@click.option(
    "--precedence",
    type=click.Choice([p.value for p in Precedence]),
    help="Else the phrase's usual one; without a phrase, routine.",
)
@text_options
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else C-1, C-2, ...")
@by_option("duty officer")
@with_node
def call(node: NodeFolder, peer: str, name: str, by: str, **given: Any) -> None:
    """Call a role of PEER; a flash rings further roles until one takes it."""
    text = text_given(given["phrase"], given["words"], given["spoken"])

    async def work(at: Opened) -> Shown:
        roles = at.desk.agreement.council.hotline.roles
        if given["to_role"] not in roles:
            raise RefusedError(f"the agreement has no such role to call: {', '.join(roles)}.")
        body = CallMade(
            matter=name,
            parties=(at.desk.party, peer),
            role=by,
            to_role=given["to_role"],
            precedence=Precedence(given["precedence"] or text.usual or Precedence.ROUTINE),
            **text.fields(),
        )
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("take")
@click.argument("call")
@by_option("duty officer")
@with_node
def take(node: NodeFolder, call: str, by: str) -> None:
    """Take a CALL: the caller sees that this role holds it."""
    _say(node, call, by, lambda one: CallTaken(opener=one.opener, matter=one.id, role=by))


@click.command("read")
@click.argument("call")
@by_option("duty officer")
@with_node
def read(node: NodeFolder, call: str, by: str) -> None:
    """Say that a CALL was read."""
    _say(node, call, by, lambda one: CallRead(opener=one.opener, matter=one.id, role=by))


@click.command("answer")
@click.argument("call")
@text_options
@by_option("duty officer")
@with_node
def answer(node: NodeFolder, call: str, by: str, **given: Any) -> None:
    """Answer a CALL of a peer's."""
    text = text_given(**given).fields()
    _say(
        node,
        call,
        by,
        lambda one: CallAnswered(opener=one.opener, matter=one.id, role=by, **text),
    )


@click.command("say")
@click.argument("call")
@text_options
@by_option("duty officer")
@with_node
def say(node: NodeFolder, call: str, by: str, **given: Any) -> None:
    """Say more in a CALL, of either side."""
    text = text_given(**given).fields()
    _say(node, call, by, lambda one: CallAdded(opener=one.opener, matter=one.id, role=by, **text))


@click.command("pass")
@click.argument("call")
@click.option("--to", "to_role", required=True, metavar="ROLE", help="The role that is rung.")
@by_option("duty officer")
@with_node
def pass_(node: NodeFolder, call: str, to_role: str, by: str) -> None:
    """Pass a CALL on to another role; until that takes it, this one holds it."""
    _say(
        node,
        call,
        by,
        lambda one: CallPassed(opener=one.opener, matter=one.id, role=by, to_role=to_role),
    )


@click.command("translate")
@click.argument("call")
@click.option("--step", "of_turn", default=1, show_default=True, help="Whose words: the step ...")
@click.option("--of", "of_party", required=True, metavar="PARTY", help="... and who said it.")
@click.option("--text", required=True, help="The translation.")
@click.option("--in", "spoken", required=True, metavar="LANG", help="The language of --text.")
@click.option("--translator", default="interpreter", show_default=True, help="Role or service.")
@click.option("--machine", is_flag=True, help="No person translated it; it is marked so.")
@by_option("duty officer")
@with_node
def translate(node: NodeFolder, call: str, by: str, spoken: str, **given: Any) -> None:
    """Add a translation of the words of one step of a CALL; the original stays."""
    _say(
        node,
        call,
        by,
        lambda one: CallTranslated(
            opener=one.opener, matter=one.id, role=by, language=spoken, **given
        ),
    )


@click.command("close")
@click.argument("call")
@by_option("duty officer")
@with_node
def close(node: NodeFolder, call: str, by: str) -> None:
    """End a CALL."""
    _say(node, call, by, lambda one: CallClosed(opener=one.opener, matter=one.id, role=by))


def _say(node: NodeFolder, name: str, by: str, body: Callable[[Matter], CouncilBody]) -> None:
    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, KIND, name)
        return await council_said.said_at(at, body(one), by)

    council_said.show_brief(node.do(work))
