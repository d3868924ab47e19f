"""`wideberth peer keys`: our keys and the peers'; rotation, revocation, and the loss of all."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.keys_file import KeysFile
from wideberth.assembly.config import KEYS
from wideberth.cli.node_folder import NodeFolder, Opened, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.running import is_running
from wideberth.cli.screen import YELLOW, rows, say
from wideberth.formats.lookalike import names
from wideberth.model.command import RotateKeys
from wideberth.node import queries
from wideberth.node.records import Peer
from wideberth.peering.cards import fingerprint, open_card
from wideberth.peering.statements import Revoked

_Rows = list[tuple[str | tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Asked:
    rotate: bool
    lost: bool
    root_key: str | None
    card_file: str | None
    revoke: str | None
    reason: str


@click.command("keys")
@click.option("--rotate", is_flag=True, help="Make new keys, by the root key.")
@click.option("--lost", is_flag=True, help="Make new keys after the loss of all, by root and card.")
@click.option("--root-key", metavar="F", help="Where the root key is; else in the keys' folder.")
@click.option("--card", "card_file", metavar="F", help="With --lost: the last card.")
@click.option("--revoke", metavar="KID", help="With --rotate: this key counts for nothing more.")
@click.option("--reason", default="", help="With --revoke: why.")
@with_node
def keys(node: NodeFolder, **given: Any) -> None:
    """Show our keys and the peers'; --rotate or --lost makes new ones.

    See the page on changing keys: docs/journeys/rotate-keys.md.
    """
    asked = _Asked(**given)
    if asked.rotate and asked.lost:
        raise RefusedError("--rotate and --lost are two things. Give one.")
    if asked.revoke and not (asked.rotate and asked.reason.strip()):
        raise RefusedError("--revoke needs --rotate, and a --reason that the peers are told.")
    root = None if asked.root_key is None else Path(asked.root_key)
    if asked.lost:
        _after_loss(node, root, asked.card_file)
    elif asked.rotate:
        revokes = (Revoked(kid=asked.revoke, reason=asked.reason),) if asked.revoke else ()
        _rotate(node, root, revokes)
    else:
        _show(node)


def _rotate(node: NodeFolder, root: Path | None, revokes: tuple[Revoked, ...]) -> None:
    held = KeysFile(node.path / KEYS, passphrase=node.passphrase)
    made = held.rotate(SystemChance(), root_key=root, revokes=revokes)
    say(f"New keys are made: statement {made.said.number}. Take the root key away again.")
    if is_running(node.path):
        say("Restart the node: it tells every peer, then signs with them.", YELLOW)
        return
    node.do(_announce)
    say("They are in use; the next line or bundle tells every peer. The TLS certificate follows.")


async def _announce(at: Opened) -> None:
    """Queue the new statement for all peers under the old key, then sign with the new one.

    A node that runs does so by itself; one that never does, has only its command line.
    """
    newest = at.keys.newest
    await at.desk.do(RotateKeys(newest.raw, newest.said.number, by="admin"))
    at.keys.use_new_keys()


def _after_loss(node: NodeFolder, root: Path | None, card_file: str | None) -> None:
    if root is None or card_file is None:
        raise RefusedError("--lost needs --root-key and --card, the last card.")
    if is_running(node.path):
        raise RefusedError("the node runs. Stop it first.")
    made = KeysFile.replace_lost(
        node.path / KEYS,
        card=Path(card_file).read_bytes().strip(),
        root_key=root,
        chance=SystemChance(),
        passphrase=node.passphrase,
    )
    say(f"New keys are made: statement {made.newest.said.number}; all before count for nothing.")
    say("Hand the new card to every peer, and read the fingerprint again; it is the same:")
    say(f"  {open_card(made.card).fingerprint}", "bold")


def _show(node: NodeFolder) -> None:
    async def look(at: Opened) -> tuple[KeysFile, list[Peer]]:
        return at.keys, await at.desk.read(queries.peers)

    held, peers = node.do(look)
    in_use = held.in_use.keys
    say(f"{names(held.party)} (ours): fingerprint {open_card(held.card).fingerprint}")
    say(f"  envelope key {held.kid}, of statement {in_use}")
    if held.pending is not None:
        number = held.pending.said.number
        say(f"  statement {number} is pending: not every peer has receipted it yet.", YELLOW)
    if held.has_root_key:
        say("  The root key still lies in the folder of keys. Take it away.", YELLOW)
    for peer in peers:
        root = fingerprint(bytes.fromhex(peer.root))
        say(f"{names(peer.party)}: fingerprint {root}, statement {peer.statement_number}")
        rows(_of(peer))


def _of(peer: Peer) -> _Rows:
    found: _Rows = []
    for key in peer.keys:
        last = key.until_sequence
        until = "on" if last is None else f"until message {last}"
        found.append((f"  {key.kid}", key.purpose, f"from message {key.first_sequence} {until}"))
    return found
