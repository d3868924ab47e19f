"""`wideberth notice list|show|read|pass|acknowledge|read-back|recall`."""

from collections.abc import Callable
from typing import Any, Final

import click

from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.notice_named import every_notice, named
from wideberth.cli.notice_shown import is_red, row, show_notice
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, rows, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.model.command import (
    AnswerReadBack,
    Command,
    MarkRead,
    PassToUnits,
    RecallNotice,
    UnitAcknowledge,
)
from wideberth.model.notice import Rung, reaches
from wideberth.node.records import Notice, Way

_LOOK_EVERY_S: Final = 0.2
_peer_option = click.option("--peer", metavar="P", help="From or to this peer.")


@click.command("list")
@_peer_option
@click.option("--all", "with_superseded", is_flag=True, help="Replaced ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, peer: str | None, *, with_superseded: bool, as_json: bool) -> int:
    """List notices of both ways: how far each has come, its lead. Exit code 1: one is in red."""

    async def look(at: Opened) -> list[Notice]:
        return [n for n in await every_notice(at) if peer in (None, n.peer)]

    found = [n for n in node.do(look) if with_superseded or not n.superseded]
    if as_json:
        show_json(found)
    else:
        head = ("notice", "way", "peer", "activity", "rev", "state", "has come to", "lead")
        rows([row(one) for one in found], head=head)
        say(f"{count(len(found), 'notice')}.")
    return 1 if any(is_red(one) for one in found) else 0


@click.command("show")
@click.argument("notice")
@_peer_option
@click.option("--sent", "way", flag_value=Way.OUT.value, help="One that we sent.")
@click.option("--received", "way", flag_value=Way.IN.value, default=True, help="From a peer.")
@click.option("--until", type=click.Choice([r.value for r in Rung]), help="Wait for this rung.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(node: NodeFolder, notice: str, *, as_json: bool, **given: Any) -> int:
    """Show a NOTICE: its ladder by both clocks, its lead, what was read back.

    Exit code 1: it is in red, or has not come to the rung that --until names.
    """
    wanted = None if given["until"] is None else Rung(given["until"])

    async def look(at: Opened) -> Notice:
        end_s = at.desk.clock.now_s() + given["wait"]
        while True:
            found = await named(at, notice, way=Way(given["way"]), peer=given["peer"])
            is_there = wanted is None or reaches(found.rung, wanted)
            if is_there or at.desk.clock.now_s() > end_s:
                return found
            await at.desk.clock.sleep(_LOOK_EVERY_S)

    found = node.do(look)
    if as_json:
        show_json(found)
    else:
        show_notice(found)
    is_there = wanted is None or reaches(found.rung, wanted)
    return 1 if is_red(found) or not is_there else 0


def _do(
    node: NodeFolder, notice: str, way: Way, peer: str | None, command: Callable[[str], Command]
) -> Notice:
    """Give a command about the notice that is meant, and return the notice as it is then."""

    async def work(at: Opened) -> Notice:
        found = await named(at, notice, way=way, peer=peer)
        answer = await at.desk.do(command(found.message))
        return answer.notices[0]

    return node.do(work)


@click.command("read")
@click.argument("notice")
@_peer_option
@by_option("duty officer")
@with_node
def read(node: NodeFolder, notice: str, peer: str | None, by: str) -> None:
    """Say that the watch has read a peer's NOTICE: its number's first digits, or the activity."""
    _said(_do(node, notice, Way.IN, peer, lambda name: MarkRead(name, by)))


@click.command("pass")
@click.argument("notice")
@click.option("--unit", "units", multiple=True, required=True, help="May be given again.")
@_peer_option
@by_option("duty officer")
@with_node
def pass_(node: NodeFolder, notice: str, units: tuple[str, ...], peer: str | None, by: str) -> None:
    """Say that a peer's NOTICE was passed to units."""
    _said(_do(node, notice, Way.IN, peer, lambda name: PassToUnits(name, units, by)))


@click.command("acknowledge")
@click.argument("notice")
@click.option("--unit", required=True, help="The unit that has acknowledged.")
@_peer_option
@by_option("duty officer")
@with_node
def acknowledge(node: NodeFolder, notice: str, unit: str, peer: str | None, by: str) -> None:
    """Say that a unit has acknowledged a peer's NOTICE."""
    _said(_do(node, notice, Way.IN, peer, lambda name: UnitAcknowledge(name, unit, by)))


@click.command("read-back")
@click.argument("notice")
@click.option("--agreed", "answer", flag_value="agreed", help="They are those meant.")
@click.option("--differs", "answer", flag_value="differs", help="They are not.")
@click.option("--reason", default="", help="With --differs: what is wrong.")
@_peer_option
@by_option("planner")
@with_node
def read_back(node: NodeFolder, notice: str, answer: str | None, **given: Any) -> None:
    """Say whether the places that the peer's node repeated of our NOTICE are those meant."""
    if answer is None:
        raise RefusedError("say which: --agreed or --differs.")
    by, reason, peer = given["by"], given["reason"], given["peer"]
    agreed = answer == "agreed"
    _said(
        _do(
            node,
            notice,
            Way.OUT,
            peer,
            lambda name: AnswerReadBack(name, agreed=agreed, by=by, reason=reason),
        )
    )


@click.command("recall")
@click.argument("notice")
@click.option("--reason", required=True, help="Why; the peer is told.")
@_peer_option
@by_option("planner")
@with_node
def recall(node: NodeFolder, notice: str, reason: str, peer: str | None, by: str) -> None:
    """Ask the peer to delete our NOTICE, which was not for it; hash and place in the log stay."""
    _said(_do(node, notice, Way.OUT, peer, lambda name: RecallNotice(name, by, reason)))


def _said(notice: Notice) -> None:
    say(f"{names(notice.activity)}, revision {notice.revision}: {notice.rung.value}.", GREEN)
    for unit in notice.units:
        has = "acknowledged" if unit.acknowledged_s is not None else "passed, not acknowledged yet"
        say(f"  {names(unit.unit)}: {has}")
    if notice.recalled:
        say(f"  Recall: {notice.recalled}.")
    if notice.read_back:
        say(f"  Read-back: {notice.read_back}.")
    if notice.effective_s is not None:
        say("  It is effective.")
