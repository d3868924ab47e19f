"""Each side as the other's witness: checkpoints made, checked, countersigned and collected."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import structs

from wideberth.node import tables
from wideberth.node.records import Peer
from wideberth.node.work import Work
from wideberth.peering import keys, notes
from wideberth.peering.checkpoint import (
    Checkpoint,
    CheckpointError,
    Seen,
    Witness,
    cosign,
    log_key_of,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
    witness_key_of,
)
from wideberth.peering.payloads import Witnessed
from wideberth.peering.tree import EMPTY_ROOT

_LOG_KEY: Final = "log key"
_NO_KEY: Final = "no key of the peer's log is known."


def own_checkpoint(work: Work) -> str:
    """Return a signed checkpoint of our log as it is now; the key it is under is remembered."""
    origin = work.bench.settings.origin(work.party)
    return _signed(work, Checkpoint(origin, work.log.size, work.log.root))


def signed_anew(work: Work, note: str) -> str:
    """Return a checkpoint that we signed once, under the key of now."""
    return _signed(work, parse_checkpoint(notes.parse_note(note.encode()).text))


def _signed(work: Work, checkpoint: Checkpoint) -> str:
    signer = work.bench.signer
    key = tables.key(_LOG_KEY, signer.log_key.hex())
    if work.draft.get(tables.META, key) is None:
        work.draft.put(tables.META, key, b"")
    return sign_checkpoint(checkpoint, signer.log_key, sign=signer.sign_log).decode()


def _own_log_keys(work: Work) -> Iterator[bytes]:
    """Yield every key that a checkpoint of our log was signed with: older ones are out there."""
    first, before = tables.under(_LOG_KEY)
    for key, _nothing in work.draft.scan(tables.META, first=first, before=before):
        yield bytes.fromhex(tables.parts(key)[-1])


def open_peers(work: Work, peer: Peer, note: str) -> Checkpoint:
    """Return what a checkpoint of the peer's log commits to; raises CheckpointError, NoteError."""
    origin = work.bench.settings.origin(peer.party)
    return _opened(note, origin, _public(peer, keys.LOG))


def _opened(note: str, origin: str, log_keys: Iterable[bytes]) -> Checkpoint:
    problem: Exception = CheckpointError(_NO_KEY)
    for key in log_keys:
        try:
            return open_checkpoint(note.encode(), origin, log_key=key)
        except (CheckpointError, notes.NoteError) as error:
            problem = error
    raise problem


def seen(peer: Peer) -> Seen:
    """Return the newest tree of the peer's log that we verified; its key may have ended since."""
    if not peer.witnessed_note:
        return Seen(0, EMPTY_ROOT)
    checkpoint = parse_checkpoint(notes.parse_note(peer.witnessed_note.encode()).text)
    return Seen(checkpoint.size, checkpoint.root)


def said(work: Work, peer: Peer) -> tuple[Witnessed, int]:
    """Return what a message says of the peer's log, and the largest size cosigned then."""
    if peer.fraud or peer.witnessed_size <= peer.cosigned_size:
        return Witnessed(size=peer.witnessed_size), peer.cosigned_size
    signer, settings = work.bench.signer, work.bench.settings
    raw = peer.witnessed_note.encode()
    name = settings.origin(work.party)
    witness = Witness(witness_key_of(name, signer.cosign_key), signer.cosign, int(work.now_s))
    for key in _public(peer, keys.LOG):
        log = log_key_of(settings.origin(peer.party), key)
        try:
            noted = cosign(raw, log, last=seen(peer), proof=(), witness=witness)
        except (CheckpointError, notes.NoteError):
            continue
        said_now = Witnessed(size=peer.witnessed_size, cosigned=noted.raw.decode())
        return said_now, peer.witnessed_size
    return Witnessed(size=peer.witnessed_size), peer.cosigned_size


def collect(work: Work, peer: Peer, witnessed: Witnessed) -> tuple[Peer, str]:
    """Return the peer with its cosignature of our log, and what is wrong with it ("": nothing).

    A cosignature counts if it stands on a checkpoint that our log really had.
    """
    if witnessed.size > work.log.size:
        what = (
            f"the peer has seen {witnessed.size} entries of our log, which has {work.log.size}:"
            " this store is older than what was sent from it"
        )
        return peer, what
    if not witnessed.cosigned:
        return peer, ""
    settings = work.bench.settings
    try:
        note = notes.parse_note(witnessed.cosigned.encode())
        origin = settings.origin(work.party)
        checkpoint = _opened(witnessed.cosigned, origin, _own_log_keys(work))
        names = [
            witness_key_of(settings.origin(peer.party), key) for key in _public(peer, keys.COSIGN)
        ]
        signed = [name for name in names if note.is_signed_by(name)]
        if not signed:
            return peer, "the peer's cosignature of our log is not there"
        for name in signed:
            note.timestamp_of(name)  # whatever stands there must hold
    except (CheckpointError, notes.NoteError):
        return peer, "the peer's cosignature of our log cannot be read"
    size = checkpoint.size
    if size > work.log.size or work.log.root_at(size) != checkpoint.root:
        return peer, "the peer cosigned a history of our log that this store does not have"
    if size < _cosigned_size(peer):
        return peer, "the peer cosigned less of our log than before: its store is an older one"
    return structs.replace(peer, cosigned_by_peer=witnessed.cosigned), ""


def _cosigned_size(peer: Peer) -> int:
    """Return how much of our log is under the peer's cosignature already."""
    if not peer.cosigned_by_peer:
        return 0
    return parse_checkpoint(notes.parse_note(peer.cosigned_by_peer.encode()).text).size


def _public(peer: Peer, purpose: str) -> Iterator[bytes]:
    """Yield the peer's keys of a purpose that still count, newest first."""
    for key in reversed(peer.keys):
        ended = key.until_sequence is not None and key.until_sequence < peer.in_sequence
        if key.purpose == purpose and not ended:
            yield bytes.fromhex(key.public)
