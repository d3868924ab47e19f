"""`wideberth consent give|refuse|list|show`."""

from collections.abc import Callable

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.council import consent
from wideberth.council.consent import ConsentStand
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.consent import ConsentGiven, ConsentRefused

_KIND = "consent"


@click.command("give")
@click.argument("consent_id", metavar="CONSENT")
@click.option("--words", default="", help="What goes with it.")
@by_option("duty officer")
@with_node
def give(node: NodeFolder, consent_id: str, words: str, by: str) -> None:
    """Consent, on the level of the role that says so (--by); both levels are needed."""
    _say(
        node,
        consent_id,
        by,
        lambda one, now: ConsentGiven(
            opener=one.opener, matter=one.id, role=by, digest=now.digest, words=words
        ),
    )


@click.command("refuse")
@click.argument("consent_id", metavar="CONSENT")
@click.option("--reason", required=True, help="Why; the others are told.")
@by_option("duty officer")
@with_node
def refuse(node: NodeFolder, consent_id: str, reason: str, by: str) -> None:
    """Refuse to consent, or take back what we gave."""
    _say(
        node,
        consent_id,
        by,
        lambda one, now: ConsentRefused(
            opener=one.opener, matter=one.id, role=by, digest=now.digest, reason=reason
        ),
    )


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Those of activities that are over, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List what consents are asked. Exit code 1: one is in red."""
    return council_said.show_list(node, _KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("consent_id", metavar="CONSENT")
@json_option
@with_node
def show(node: NodeFolder, consent_id: str, *, as_json: bool) -> int:
    """Show a CONSENT with every step. Exit code 1: it is in red."""
    return council_said.show_one(node, _KIND, consent_id, as_json=as_json)


def _say(
    node: NodeFolder, name: str, by: str, body: Callable[[Matter, ConsentStand], CouncilBody]
) -> None:
    """Say what a function makes of a consent as it stands, and show it."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, _KIND, name)
        return await council_said.said_at(at, body(one, consent.stand(one, at.desk.agreement)), by)

    council_said.show_brief(node.do(work))
