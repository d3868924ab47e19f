"""`wideberth peer card|add|list|suspend|resume`."""

from pathlib import Path

import click

from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError, write_whole
from wideberth.cli.screen import RED, ago, rows, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.formats.shown import plain
from wideberth.model.command import AddPeer, Suspend
from wideberth.node import queries
from wideberth.node.answers import Answer
from wideberth.node.records import Peer
from wideberth.peering.cards import Card, fingerprint, open_card

_MOST_BYTES = 1_048_576


@click.command("card")
@click.option("--output", "-o", metavar="F", help="Write the card here; else it is printed.")
@with_node
def card(node: NodeFolder, output: str | None) -> None:
    """Give our card, to be handed to a peer; it holds no secret."""

    async def read(at: Opened) -> bytes:
        return at.keys.card

    raw = node.do(read)
    if output is None:
        click.echo(raw.decode())
    else:
        write_whole(output, raw.decode() + "\n")
        say(f"Card: {output}")
    say(f"Fingerprint: {open_card(raw).fingerprint}", err=True)


@click.command("add")
@click.argument("card_file", metavar="CARD")
@click.option("--yes", is_flag=True, help="The fingerprint was read aloud and is right.")
@by_option("admin")
@with_node
def add(node: NodeFolder, card_file: str, *, yes: bool, by: str) -> None:
    """Trust a party by its CARD, once its fingerprint was read aloud; tell it what is in force.

    A newer card of a party that is known brings its new address or keys.
    """
    raw = _card_bytes(card_file)
    shown = open_card(raw)
    _show_card(shown)
    if not yes:
        said = "Did they read this very fingerprint to you, on a line where you know their voice?"
        click.confirm(said, abort=True)
    answer = node.do(lambda at: at.desk.do(AddPeer(raw, by)))
    say(f"{names(shown.party)} is a peer.")
    if answer.notices:
        say(f"It is told of {count(len(answer.notices), 'activity', 'activities')} in force.")


def _card_bytes(file: str) -> bytes:
    path = Path(file)
    if path.stat().st_size > _MOST_BYTES:
        raise RefusedError(f"{file} is too long for a card.")
    return path.read_bytes().strip()


def _show_card(shown: Card) -> None:
    rows(
        [
            ("Party", names(shown.party)),
            ("Address", plain(shown.url)),
            ("Fingerprint", (shown.fingerprint, "bold")),
            ("Key statement", str(shown.statement.said.number)),
        ]
    )


@click.command("list")
@json_option
@with_node
def listing(node: NodeFolder, *, as_json: bool) -> None:
    """List the peers: address, fingerprint, line, and what waits to be sent."""

    async def look(at: Opened) -> tuple[list[Peer], float]:
        return await at.desk.read(queries.peers), at.desk.clock.now_s()

    peers, now_s = node.do(look)
    if as_json:
        show_json(peers)
        return
    if not peers:
        say("No peer yet: wideberth peer add CARD")
    lines: list[tuple[str | tuple[str, str], ...]] = [
        (
            names(peer.party),
            _line(peer, now_s),
            f"{count(peer.out_sequence - peer.receipted, 'message')} waiting",
            fingerprint(bytes.fromhex(peer.root)),
            plain(peer.url),
        )
        for peer in peers
    ]
    rows(lines)


def _line(peer: Peer, now_s: float) -> str | tuple[str, str]:
    if peer.fraud:
        return "its log does not hold", RED
    if peer.suspended_by_us or peer.suspended_by_them:
        return "suspended", RED
    if peer.down_since_s is not None:
        return f"down since {ago(peer.down_since_s, now_s)}", RED
    if not peer.in_sequence and not peer.receipted:
        return "never heard"
    return f"heard {ago(peer.last_heard_s, now_s)}"


@click.command("suspend")
@click.argument("party")
@click.option("--reason", required=True, help="Why; the peer is told.")
@by_option("secretary")
@with_node
def suspend(node: NodeFolder, party: str, reason: str, by: str) -> None:
    """Suspend the exchange of declarations with a peer; everything else goes on (R23)."""
    _suspend(node, Suspend(party, suspended=True, by=by, reason=reason))
    say(f"The exchange with {names(party)} is suspended: it is told of nothing new.", RED)


@click.command("resume")
@click.argument("party")
@by_option("secretary")
@with_node
def resume(node: NodeFolder, party: str, by: str) -> None:
    """Take the exchange up again; the peer is told all that it has missed."""
    answer = _suspend(node, Suspend(party, suspended=False, by=by, reason=""))
    told = count(len(answer.notices), "notice")
    say(f"The exchange with {names(party)} is taken up again; {told} to send.")


def _suspend(node: NodeFolder, command: Suspend) -> Answer:
    return node.do(lambda at: at.desk.do(command))
