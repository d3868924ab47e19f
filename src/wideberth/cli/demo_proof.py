"""The demonstration's last chapter: both ledgers verified, and one entry proved to a third."""

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.cli.demo_voice import Row, Voice
from wideberth.cli.screen import GREEN, RED
from wideberth.node.auditing import Audit, audit_own, audit_peers
from wideberth.node.log_view import LogView
from wideberth.node.ports import Reader
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.envelope import key_id
from wideberth.peering.evidence import Keys, verify_evidence


async def prove(voice: Voice, north: DemoNode, south: DemoNode) -> None:
    """Verify both ledgers on both sides, and an evidence file by public keys alone."""
    voice.chapter(
        "Proof",
        "Every message and receipt is in both ledgers, and each side countersigns the other's.\n"
        "Neither can change the past unseen; either can prove it to a third person.",
    )
    voice.sides(await _audited(north, south.party), await _audited(south, north.party))
    evidence = await LogView(north.desk).proof(0)
    signer = north.made.keys
    origin = north.desk.bench.settings.origin(north.party)
    trusted = Keys(
        log_key_of(origin, signer.log_key),
        signers={signer.kid: bytes.fromhex(signer.newest.said.envelope)},
    )
    verdict = verify_evidence(evidence, trusted)
    said = "shown" if verdict.is_shown else "NOT SHOWN"
    voice.line(f"A third person checks entry 0 by a file and public keys alone: {said}.", GREEN)
    forged = evidence.replace(b"index 0", b"index 1")
    verdict = verify_evidence(forged, trusted)
    said = "SHOWN" if verdict.is_shown else "not shown"
    voice.line(f"The same file, altered: {said}.", GREEN)


async def _audited(node: DemoNode, peer: str) -> list[Row]:
    settings = node.desk.bench.settings
    envelope = bytes.fromhex(node.made.keys.newest.said.envelope)

    def work(reader: Reader) -> tuple[Audit, Audit]:
        own = audit_own(reader, settings, {key_id(envelope): envelope}, _silent)
        return own, audit_peers(reader, settings, peer, _silent)

    own, theirs = await node.desk.read(work)
    return [_row("its own ledger", own), _row(f"{peer}'s ledger", theirs)]


def _row(name: str, audit: Audit) -> Row:
    if audit.first_bad is None:
        return name, f"whole, {audit.size} entries", GREEN
    return name, f"first bad entry {audit.first_bad}", RED


def _silent(_done: int, _total: int) -> None:
    return
