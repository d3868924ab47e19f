"""`wideberth log verify-evidence` and `verify-fraud`: offline, by public keys alone."""

from collections.abc import Mapping
from pathlib import Path

import click

from wideberth.cli.node_folder import leave
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, RED, YELLOW, say
from wideberth.peering.envelope import key_id
from wideberth.peering.evidence import MAX_EVIDENCE_BYTES, Keys, Verdict, verify_evidence
from wideberth.peering.fraud import MAX_FRAUD_BYTES, verify_fraud
from wideberth.peering.notes import parse_vkey

_HEX_KEY = 64


@click.command("verify-evidence")
@click.argument("file", metavar="FILE")
@click.option("--key", "log_key", required=True, metavar="VKEY", help="The ledger's key.")
@click.option("--witness", multiple=True, metavar="VKEY", help="Must have countersigned.")
@click.option("--signer", multiple=True, metavar="HEX", help="Who may have signed the entry.")
def evidence(file: str, log_key: str, witness: tuple[str, ...], signer: tuple[str, ...]) -> None:
    """Check an evidence FILE by public keys alone; needs no node and no network.

    Exit code 0: shown; 1: not shown; 2: a key or file cannot be read.
    """

    def work() -> int:
        trusted = Keys(
            parse_vkey(log_key),
            tuple(parse_vkey(one) for one in witness),
            signers_of(signer) if signer else None,
        )
        return _show(verify_evidence(_bytes(file, MAX_EVIDENCE_BYTES), trusted))

    leave(work)


@click.command("verify-fraud")
@click.argument("file", metavar="FILE")
@click.option("--key", "key", required=True, metavar="VKEY", help="The key that is accused.")
def fraud(file: str, key: str) -> None:
    """Check a proof that a ledger's key, or a witness's, signed two histories.

    Exit code 0: it is shown; 1: it is not; 2: a key or file cannot be read.
    """
    leave(lambda: _show(verify_fraud(_bytes(file, MAX_FRAUD_BYTES), parse_vkey(key))))


def _bytes(file: str, most: int) -> bytes:
    with Path(file).open("rb") as stream:
        return stream.read(most + 1)


def signers_of(given: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return raw keys by key id, of those who may have signed entries."""
    try:
        public = [bytes.fromhex(one) for one in given]
    except ValueError:
        public = []
    if not public or any(len(one) * 2 != _HEX_KEY for one in public):
        raise RefusedError(f"a signer's key is {_HEX_KEY} hex digits: wideberth log keys")
    return {key_id(one): one for one in public}


def _show(verdict: Verdict) -> int:
    for words in verdict.checked:
        say(words)
    for words in verdict.unchecked:
        say(words, YELLOW)
    if verdict.is_shown:
        say("SHOWN.", GREEN)
        return 0
    say("NOT SHOWN.", RED)
    return 1
