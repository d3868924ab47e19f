"""`wideberth incident report|add|review|finding|close|reopen|list|show`."""

from collections.abc import Callable
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.incident_given import form_of, form_options
from wideberth.cli.incident_shown import show_sides
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import show_json
from wideberth.council.incident import stand
from wideberth.council.incident_stand import IncidentStand
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown, shown
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.incident import (
    IncidentClosed,
    IncidentFinding,
    IncidentReopened,
    IncidentReport,
    IncidentReported,
    IncidentReviewed,
)

KIND = "incident"
Made = Callable[[Opened, IncidentStand, dict[str, Any]], CouncilBody]


def said(node: NodeFolder, name: str, by: str, made: Made) -> None:
    """Say in an incident what is made of where it stands, and show it."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, KIND, name)
        fields = {"opener": one.opener, "matter": one.id, "role": by}
        return await council_said.said_at(at, made(at, stand(one, at.desk.agreement), fields), by)

    council_said.show_brief(node.do(work))


@click.command("report")
@click.argument("title")
@form_options
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else IN-1, IN-2, ...")
@by_option("duty officer")
@with_node
def report(node: NodeFolder, title: str, *, name: str, by: str, **given: Any) -> None:
    """Report an incident to the other parties: TITLE, and what is known now.

    Each node freezes at once what its ledger holds about it, and tells the others the digest.
    """

    async def work(at: Opened) -> Shown:
        form = form_of(given, None, at.desk.clock.now_s())
        body = IncidentReported(title=title, matter=name, role=by, form=form)
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("add")
@click.argument("incident")
@form_options
@click.option("--final", is_flag=True, help="It is our final report.")
@by_option("duty officer")
@with_node
def add(node: NodeFolder, incident: str, *, final: bool, by: str, **given: Any) -> None:
    """Add our side's report of an INCIDENT; what is not given stays as our side said it last."""

    def made(at: Opened, now: IncidentStand, fields: dict[str, Any]) -> CouncilBody:
        form = form_of(given, now.account(at.config.party), at.desk.clock.now_s())
        return IncidentReport(form=form, final=final, **fields)

    said(node, incident, by, made)


@click.command("review")
@click.argument("incident")
@click.option("--meeting", required=True, metavar="REF", help="The meeting: meeting/OPENER/ID.")
@by_option("secretary")
@with_node
def review(node: NodeFolder, incident: str, meeting: str, by: str) -> None:
    """Put the joint review of an INCIDENT on a meeting."""
    said(node, incident, by, lambda _at, _now, f: IncidentReviewed(meeting=meeting, **f))


@click.command("finding")
@click.argument("incident")
@click.option("--text", default="", help="What our side finds.")
@click.option("--agree", is_flag=True, help="We find what the other side finds.")
@click.option("--clause", default="", metavar="ID", help="The clause it rests on.")
@click.option(
    "--action", "actions", multiple=True, metavar="REF", help="Corrective: action/OPENER/ID."
)
@by_option("secretary")
@with_node
def finding(node: NodeFolder, incident: str, *, agree: bool, by: str, **given: Any) -> None:
    """Say what our side finds about an INCIDENT; the newest counts."""

    def made(at: Opened, now: IncidentStand, fields: dict[str, Any]) -> CouncilBody:
        turn = _turn_of_theirs(at, now) if agree else 0
        return IncidentFinding(agrees=turn, **given, **fields)

    said(node, incident, by, made)


def _turn_of_theirs(at: Opened, now: IncidentStand) -> int:
    others = [one for party, one in now.findings.items() if party != at.config.party]
    if len(others) != 1:
        raise RefusedError(f"{len(others)} other sides have found something. Say --text.")
    return others[0].turn


@click.command("close")
@click.argument("incident")
@click.option("--words", default="", help="What is to be kept with it.")
@by_option("secretary")
@with_node
def close(node: NodeFolder, incident: str, words: str, by: str) -> None:
    """Close an INCIDENT for our side; it is closed when every side has."""
    said(node, incident, by, lambda _at, _now, f: IncidentClosed(words=words, **f))


@click.command("reopen")
@click.argument("incident")
@click.option("--reason", "words", required=True, help="Why; the others are told.")
@by_option("secretary")
@with_node
def reopen(node: NodeFolder, incident: str, words: str, by: str) -> None:
    """Open an INCIDENT again."""
    said(node, incident, by, lambda _at, _now, f: IncidentReopened(words=words, **f))


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List incidents. Exit code 1: one is in red."""
    return council_said.show_list(node, KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("incident")
@json_option
@with_node
def show(node: NodeFolder, incident: str, *, as_json: bool) -> int:
    """Show an INCIDENT: what each side says beside the other, then every step.

    Exit code 1: it is in red.
    """

    async def look(at: Opened) -> tuple[Matter, Shown]:
        one = await council_said.named(at, KIND, incident)
        return one, shown(one, at.desk.agreement)

    async def stands(at: Opened) -> IncidentStand:
        return stand(await council_said.named(at, KIND, incident), at.desk.agreement)

    one, found = node.do(look)
    if as_json:
        show_json(found)
    else:
        council_said.show_whole(found)
        show_sides(one, node.do(stands))
    return 1 if found.matter.raised else 0
