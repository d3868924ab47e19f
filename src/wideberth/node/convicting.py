"""A peer convicted: the file that shows a third person two histories of a peer's log.

Made from what this log holds of the peer, its receipts above all, and from nothing else. A file
that does not hold is never made (peering/fraud.py), so that nobody is accused falsely.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec import json

from wideberth.node import queries, tables
from wideberth.node.logbook import Logbook, hashes
from wideberth.node.outgoing import SentMessage
from wideberth.node.ports import Reader
from wideberth.node.records import Peer
from wideberth.node.refusals import NotFoundError
from wideberth.node.settings import Settings
from wideberth.peering import checkpoint as checkpoints
from wideberth.peering import keys
from wideberth.peering.envelope import EnvelopeError, Kind, open_envelope, read_payload
from wideberth.peering.evidence import Evidence, EvidenceError, render_evidence
from wideberth.peering.fraud import FraudError, SplitView, TwoEntries, render_fraud
from wideberth.peering.notes import NoteError, NoteKey, parse_note
from wideberth.peering.payloads import Evidence as Kept
from wideberth.peering.payloads import MessageError, Receipt, decode_receipt, decode_record


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one receipt shows of a peer's log: our message, its place, a checkpoint over it."""

    message: bytes
    receipt: Receipt
    size: int
    root: bytes


def fraud_file(reader: Reader, settings: Settings, party: str) -> bytes | None:
    """Return a file by which a third person sees that a peer's log has two histories.

    Made of the peer's receipts that this log holds: two that put unlike messages in one place, or
    whose checkpoints of one size differ. None: they contradict each other in neither way, though
    there may be other evidence (tables.EVIDENCE), which says so by signatures alone.
    """
    peer = queries.peer(reader, party)
    if peer is None:
        raise NotFoundError(f"party {party!r} is no peer of this node.")
    origin = settings.origin(party)
    log_keys = [k.public for k in peer.keys if k.purpose == keys.LOG]
    for public in log_keys:
        key = checkpoints.log_key_of(origin, bytes.fromhex(public))
        found = _contradiction(_shown(reader, peer, party, key), key)
        if found is not None:
            return found
    return None


def _shown(reader: Reader, peer: Peer, party: str, key: NoteKey) -> Iterator[_Shown]:
    """Yield what the peer's receipts show, those kept as evidence too, if signed by the key."""
    log = Logbook(reader)
    public = {k.kid: bytes.fromhex(k.public) for k in peer.keys if k.purpose == keys.ENVELOPE}
    for raw in _all_receipts(reader, log, party):
        try:
            receipt = decode_receipt(open_envelope(raw, keys=public, kind=Kind.RECEIPT).payload)
            seen = checkpoints.checkpoint_in(parse_note(receipt.checkpoint.encode()), key)
        except (EnvelopeError, MessageError, NoteError, checkpoints.CheckpointError):
            continue
        sent = reader.get(tables.SENT, tables.key(party, receipt.sequence))
        message = None if sent is None else log.entry(json.decode(sent, type=SentMessage).index)
        if message is not None:
            yield _Shown(message, receipt, seen.size, seen.root)


def _all_receipts(reader: Reader, log: Logbook, party: str) -> Iterator[bytes]:
    """Yield the receipts that were taken, and the second ones that were kept as evidence."""
    first, before = tables.under(party)
    for _key, index in reader.scan(tables.RECEIPT, first=first, before=before):
        entry = log.entry(int(index))
        if entry is not None:
            yield entry
    first, before = tables.under("r", party)
    for _key, index in reader.scan(tables.EVIDENCE, first=first, before=before):
        yield from _kept_in(log, int(index))


def _kept_in(log: Logbook, index: int) -> Iterator[bytes]:
    """Yield the envelopes of an entry of evidence; large ones are entries just before it."""
    entry = log.entry(index)
    if entry is None:
        return
    body = decode_record(read_payload(entry)).body
    if isinstance(body, Kept):
        yield from (base64.b64decode(one) for one in body.envelopes)
        if not body.envelopes:
            yield from (one for one in (log.entry(index - 2), log.entry(index - 1)) if one)


def _contradiction(shown: Iterable[_Shown], key: NoteKey) -> bytes | None:
    """Return the fraud file of the first two that cannot both be true of one log."""
    places: dict[int, _Shown] = {}
    sizes: dict[int, _Shown] = {}
    for one in shown:
        for other, is_unlike in (
            (sizes.setdefault(one.size, one), _is_other_tree),
            (places.setdefault(one.receipt.index, one), _is_other_entry),
        ):
            view = is_unlike(other, one)
            if view is None:
                continue
            try:
                return render_fraud(view, key)
            except (FraudError, EvidenceError):
                continue  # a proof that does not hold shows nothing
    return None


def _is_other_tree(one: _Shown, other: _Shown) -> SplitView | None:
    if one.root == other.root:
        return None
    return SplitView(one.receipt.checkpoint.encode(), other.receipt.checkpoint.encode())


def _is_other_entry(one: _Shown, other: _Shown) -> TwoEntries | None:
    if one.message == other.message:
        return None
    return TwoEntries(_evidence(one), _evidence(other))


def _evidence(shown: _Shown) -> bytes:
    receipt = shown.receipt
    path = hashes(receipt.inclusion)
    note = receipt.checkpoint.encode()
    return render_evidence(Evidence(shown.message, receipt.index, path, note))
