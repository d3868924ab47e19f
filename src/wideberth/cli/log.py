"""`wideberth log verify|prove|fraud|keys`."""

from collections.abc import Callable

import click

from wideberth.cli.node_folder import NodeFolder, Opened, json_option, with_node
from wideberth.cli.outputs import RefusedError, show_text, write_whole
from wideberth.cli.progress import Bar
from wideberth.cli.screen import GREEN, RED, say, show_json
from wideberth.formats.lookalike import names
from wideberth.node import queries
from wideberth.node.auditing import Audit
from wideberth.node.convicting import fraud_file
from wideberth.node.log_view import LogView
from wideberth.peering import keys as peer_keys
from wideberth.peering.checkpoint import log_key_of, witness_key_of
from wideberth.peering.notes import render_vkey
from wideberth.peering.statements import envelope_keys


@click.command("verify")
@click.option("--peer", metavar="P", help="What we hold of this peer's ledger, instead of ours.")
@json_option
@with_node
def verify(node: NodeFolder, peer: str | None, *, as_json: bool) -> int:
    """Prove our ledger whole, and as the peers countersigned it; or a peer's, as far as we saw.

    Exit code 0: whole; 1: not, and the first bad entry is named.
    """
    with Bar() as bar:
        step = "verifying"
        found = node.do(lambda at: _audit(at, peer, lambda n, total: bar(step, n, total)))
    if as_json:
        show_json(
            {
                "whole": found.first_bad is None,
                "first_bad": found.first_bad,
                "size": found.size,
                "root": found.root.hex(),
                "said": found.said,
            }
        )
    else:
        for words in found.said:
            say(words, "" if found.first_bad is None else RED)
        if found.first_bad is None:
            say("The ledger is whole.", GREEN)
        else:
            say(f"THE LEDGER DOES NOT HOLD: first bad entry {found.first_bad}.", RED)
    return 0 if found.first_bad is None else 1


async def _audit(at: Opened, peer: str | None, progress: Callable[[int, int], None]) -> Audit:
    view = LogView(at.desk, lambda: envelope_keys(at.keys.statements))
    return await view.verify(peer or "", progress)


@click.command("prove")
@click.argument("number", type=click.IntRange(min=0), metavar="N")
@click.option("--output", "-o", metavar="F", help="Write the evidence here; else it is printed.")
@with_node
def prove(node: NodeFolder, number: int, output: str | None) -> None:
    """Write the evidence that entry N is in our ledger, under a peer's countersignature if any.

    A third person checks it with public keys alone: wideberth log verify-evidence.
    """

    async def work(at: Opened) -> bytes:
        return await LogView(at.desk).proof(number)

    text = node.do(work).decode()
    if output is None:
        show_text(text)
    else:
        write_whole(output, text)
        say(f"Evidence of entry {number}: {output}")


@click.command("fraud")
@click.argument("peer", metavar="PEER")
@click.option("--output", "-o", metavar="F", help="Write the proof here; else it is printed.")
@with_node
def fraud(node: NodeFolder, peer: str, output: str | None) -> int:
    """Write the proof that a peer signed two histories of its ledger, if this node holds one.

    Exit code 0: there is none; 1: there is. A third person checks it: wideberth log verify-fraud.
    """

    async def work(at: Opened) -> bytes | None:
        settings = at.desk.bench.settings
        return await at.desk.read(lambda reader: fraud_file(reader, settings, peer))

    found = node.do(work)
    if found is None:
        say(f"Nothing here shows two histories of {names(peer)}'s ledger.", GREEN)
        return 0
    if output is None:
        show_text(found.decode())
    else:
        write_whole(output, found.decode())
        say(f"Proof of two histories: {output}", RED)
    return 1


@click.command("keys")
@click.option("--peer", metavar="P", help="Only this party's; ours by our own name.")
@json_option
@with_node
def keys(node: NodeFolder, peer: str | None, *, as_json: bool) -> None:
    """Show the keys that a third person needs: of ledgers, witnesses, and signers."""
    found = [row for row in node.do(_all_keys) if peer in (None, row[0])]
    if not found:
        raise RefusedError(f"party {names(peer or '')} is neither ours nor a peer.")
    if as_json:
        show_json([dict(zip(("party", "purpose", "key"), row, strict=True)) for row in found])
    else:
        wide = max(len(names(party)) for party, _purpose, _key in found)
        for party, purpose, key in found:  # one line each: a key that is broken cannot be copied
            say(f"{names(party):<{wide}}  {purpose:<8}  {key}")


async def _all_keys(at: Opened) -> list[tuple[str, str, str]]:
    settings = at.desk.bench.settings
    found: list[tuple[str, str, str]] = []
    for statement in at.keys.statements:
        said = statement.said
        each = {
            peer_keys.LOG: said.log,
            peer_keys.COSIGN: said.cosign,
            peer_keys.ENVELOPE: said.envelope,
        }
        found += [
            (at.config.party, purpose, _shown(settings.origin(at.config.party), purpose, public))
            for purpose, public in each.items()
        ]
    for peer in await at.desk.read(queries.peers):
        found += [
            (peer.party, key.purpose, _shown(settings.origin(peer.party), key.purpose, key.public))
            for key in peer.keys
        ]
    return found


def _shown(origin: str, purpose: str, public: str) -> str:
    """Return a key as a third person gives it: a vkey; of envelopes, plain hex."""
    raw = bytes.fromhex(public)
    if purpose == peer_keys.LOG:
        return render_vkey(log_key_of(origin, raw))
    if purpose == peer_keys.COSIGN:
        return render_vkey(witness_key_of(origin, raw))
    return public
