"""The log proved: ours from end to end, what we hold of a peer's, and one entry for a third person.

Nothing here changes anything. Every finding names the first index at which something is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from wideberth.node import queries, tables
from wideberth.node.logbook import Logbook, hashes
from wideberth.node.ports import Reader
from wideberth.node.recalling import NEXT_ENTRIES
from wideberth.node.records import Peer
from wideberth.node.refusals import NotFoundError
from wideberth.node.settings import Settings
from wideberth.peering import checkpoint as checkpoints
from wideberth.peering import keys, tree
from wideberth.peering.envelope import EnvelopeError, Kind, open_envelope, peek
from wideberth.peering.evidence import Evidence, render_evidence
from wideberth.peering.notes import Note, NoteError, parse_note
from wideberth.peering.payloads import MessageError, Receipt, decode_receipt

PROGRESS_EVERY: Final = 256
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at and what is wrong; first_bad: the first bad index, None: all is well.

    said: one sentence for each thing that was checked or is wrong.
    """

    size: int
    root: bytes
    first_bad: int | None
    said: tuple[str, ...]


def audit_own(
    reader: Reader, settings: Settings, known: dict[str, bytes], progress: Progress
) -> Audit:
    """Check our log: every entry and hash, signatures by known keys, and the peers' witness.

    known: envelope keys by key id, ours; those of peers are found in the store.
    """
    log = Logbook(reader)
    public = dict(known)
    for peer in queries.peers(reader):
        public |= {k.kid: bytes.fromhex(k.public) for k in peer.keys if k.purpose == keys.ENVELOPE}
    bad, why = _first_fault(reader, log, public, progress)
    if bad is not None:
        return Audit(log.size, log.root, bad, (f"Entry {bad} is bad: {why}.",))
    said = [f"{log.size} entries agree with their hashes and with the log's root."]
    for peer in queries.peers(reader):
        bad, sentence = _witnessed(log, settings, peer)
        said.append(sentence)
        if bad is not None:
            return Audit(log.size, log.root, bad, tuple(said))
    return Audit(log.size, log.root, None, tuple(said))


def _first_fault(
    reader: Reader, log: Logbook, public: dict[str, bytes], progress: Progress
) -> tuple[int | None, str]:
    peaks: tuple[bytes, ...] = ()
    for index in range(log.size):
        if index % PROGRESS_EVERY == 0:
            progress(index, log.size)
        entry = reader.get(tables.ENTRY, tables.key(index))
        kept = reader.get(tables.HASH, tables.key(0, index))
        if entry is None or kept is None:
            return index, "it is missing"
        digest = tree.leaf_hash(entry) if entry else kept
        added = tree.append_hash(peaks, index, digest)
        for level, place, node in added.new_nodes:
            if reader.get(tables.HASH, tables.key(level, place)) != node:
                return index, "it is not what its hash says"
        why = _forged(entry, public) if entry else _emptied(reader, index)
        if why:
            return index, why
        peaks = added.peaks
    progress(log.size, log.size)
    if peaks != log.peaks:
        return max(log.size - 1, 0), "the log's root is not that of its entries"
    if next(reader.scan(tables.ENTRY, first=tables.key(log.size), limit=1), None) is not None:
        return log.size, "the log knows of no such entry"
    return None, ""


def _emptied(reader: Reader, index: int) -> str:
    """Return why an entry may not be empty; a recall empties a notice and its read-back (R22)."""
    first, before = tables.key(max(0, index - NEXT_ENTRIES)), tables.key(index + 1)
    for _key, message in reader.scan(tables.NOTICE_IN_ORDER, first=first, before=before):
        notice = queries.notice(reader, message.decode())
        if notice is not None and notice.recalled:
            return ""
    return "its content was deleted, and no recall says so"


def _forged(entry: bytes, public: dict[str, bytes]) -> str:
    """Return why an entry's signature does not hold; a key that is not known is said too."""
    try:
        open_envelope(entry, keys=public, kind=peek(entry).kind)
    except EnvelopeError as error:
        return error.what.rstrip(".")
    return ""


def _witnessed(log: Logbook, settings: Settings, peer: Peer) -> tuple[int | None, str]:
    """Compare our log with the newest checkpoint of it that a peer cosigned."""
    if not peer.cosigned_by_peer:
        return None, f"{peer.party} has not countersigned this log yet."
    try:
        note = parse_note(peer.cosigned_by_peer.encode())
        seen = checkpoints.parse_checkpoint(note.text)
    except (NoteError, checkpoints.CheckpointError):
        return 0, f"What {peer.party} countersigned cannot be read."
    if not any(_holds(note, settings.origin(peer.party), key) for key in peer.keys):
        return 0, f"The countersignature of {peer.party} does not hold."
    if seen.origin != settings.origin(settings.party):
        return 0, f"What {peer.party} countersigned is another log."
    if seen.size > log.size:
        return log.size, f"{peer.party} countersigned {seen.size} entries; {log.size} are left."
    if log.root_at(seen.size) != seen.root:
        return seen.size - 1, f"The first {seen.size} entries are not those {peer.party} saw."
    return None, f"The first {seen.size} entries are those that {peer.party} countersigned."


def _holds(note: Note, name: str, key: keys.PeerKey) -> bool:
    """Return whether a note bears a countersignature by a key that holds."""
    if key.purpose != keys.COSIGN:
        return False
    try:
        note.timestamp_of(checkpoints.witness_key_of(name, bytes.fromhex(key.public)))
    except NoteError:
        return False
    return True


def audit_peers(reader: Reader, settings: Settings, party: str, progress: Progress) -> Audit:
    """Check what we hold of a peer's log: its receipts' checkpoints, one growing from the last."""
    peer = queries.peer(reader, party)
    if peer is None:
        raise NotFoundError(f"party {party!r} is no peer of this node.")
    log = Logbook(reader)
    public = {k.kid: bytes.fromhex(k.public) for k in peer.keys if k.purpose == keys.ENVELOPE}
    notes = [bytes.fromhex(k.public) for k in peer.keys if k.purpose == keys.LOG]
    origin = settings.origin(party)
    before = checkpoints.NOTHING_SEEN
    count = 0
    for index in _receipts(reader, party):
        entry = log.entry(index)
        progress(count, peer.receipted)
        why, after = "it is missing", before
        if entry is not None:
            why, after = _grown(entry, public, (origin, notes), before)
        if why:
            return Audit(before.size, before.root, index, (f"Entry {index}: {why}.",))
        before, count = after, count + 1
    said = f"{count} receipts of {party} form one log that only grew, {before.size} entries."
    return Audit(before.size, before.root, None, (said,))


def _receipts(reader: Reader, party: str) -> Iterator[int]:
    first, before = tables.under(party)
    for _key, index in reader.scan(tables.RECEIPT, first=first, before=before):
        yield int(index)


def _grown(
    entry: bytes,
    public: dict[str, bytes],
    log: tuple[str, list[bytes]],
    before: checkpoints.Seen,
) -> tuple[str, checkpoints.Seen]:
    """Return why a receipt does not carry on from what was seen ("": it does), and what is now."""
    try:
        receipt = decode_receipt(open_envelope(entry, keys=public, kind=Kind.RECEIPT).payload)
        now = _opened(receipt, *log)
        proof = hashes(receipt.consistency)
    except (EnvelopeError, MessageError, NoteError, checkpoints.CheckpointError) as error:
        return error.what.rstrip("."), before
    except ValueError:
        return "its proof cannot be read", before
    if not tree.verify_consistency(
        before.root, now.root, old=before.size, new=now.size, proof=proof
    ):
        return f"its log of {now.size} entries does not begin with the {before.size} seen", before
    return "", checkpoints.Seen(now.size, now.root)


def _opened(receipt: Receipt, origin: str, log_keys: list[bytes]) -> checkpoints.Checkpoint:
    problem: Exception = checkpoints.CheckpointError("no key of the log is known")
    for key in log_keys:
        try:
            return checkpoints.open_checkpoint(receipt.checkpoint.encode(), origin, log_key=key)
        except (checkpoints.CheckpointError, NoteError) as error:
            problem = error
    raise problem


def prove(reader: Reader, index: int, checkpoint: bytes) -> bytes:
    """Return the evidence file of an entry under a checkpoint of ours that covers it."""
    log = Logbook(reader)
    entry = log.entry(index)
    if entry is None:
        raise NotFoundError(
            f"the log has no entry {index} with content.", remedy=f"It has {log.size} entries."
        )
    size = checkpoints.parse_checkpoint(parse_note(checkpoint).text).size
    path = tree.inclusion_proof(index, size, log.hash_at)
    return render_evidence(Evidence(entry, index, path, checkpoint))


def best_checkpoint(reader: Reader, index: int) -> bytes | None:
    """Return a checkpoint over the entry that a peer countersigned; None: there is none yet."""
    for peer in queries.peers(reader):
        if peer.cosigned_by_peer:
            raw = peer.cosigned_by_peer.encode()
            if checkpoints.parse_checkpoint(parse_note(raw).text).size > index:
                return raw
    return None


def kind_of(entry: bytes) -> str:
    """Return what an entry is, for a list: its kind and nothing of its content."""
    try:
        return peek(entry).kind.value
    except EnvelopeError:
        return "deleted" if not entry else "unreadable"
