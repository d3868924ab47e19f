"""Each side as the other's witness: checkpoints made, checked, countersigned and collected."""

from collections.abc import Iterator
from typing import Final

from msgspec import structs

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
    sign_checkpoint,
    witness_key_of,
)
from wideberth.peering.payloads import Witnessed
from wideberth.peering.tree import EMPTY_ROOT

_NO_KEY: Final = "no key of the peer's log is known."


def own_checkpoint(work: Work) -> str:
    """Return a signed checkpoint of our log as it is now."""
    signer, settings = work.bench.signer, work.bench.settings
    checkpoint = Checkpoint(settings.origin(work.party), work.log.size, work.log.root)
    return sign_checkpoint(checkpoint, signer.log_key, sign=signer.sign_log).decode()


def open_peers(work: Work, peer: Peer, note: str) -> Checkpoint:
    """Return what a checkpoint of the peer's log commits to; raises CheckpointError, NoteError."""
    origin = work.bench.settings.origin(peer.party)
    problem: Exception = CheckpointError(_NO_KEY)
    for key in _public(peer, keys.LOG):
        try:
            return open_checkpoint(note.encode(), origin, log_key=key)
        except (CheckpointError, notes.NoteError) as error:
            problem = error
    raise problem


def seen(work: Work, peer: Peer) -> Seen:
    """Return the newest tree of the peer's log that we verified."""
    if not peer.witnessed_note:
        return Seen(0, EMPTY_ROOT)
    checkpoint = open_peers(work, peer, peer.witnessed_note)
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
            noted = cosign(raw, log, last=seen(work, peer), proof=(), witness=witness)
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
    signer, settings = work.bench.signer, work.bench.settings
    raw = witnessed.cosigned.encode()
    try:
        note = notes.parse_note(raw)
        origin = settings.origin(work.party)
        checkpoint = open_checkpoint(raw, origin, log_key=signer.log_key)
        names = [
            witness_key_of(settings.origin(peer.party), key) for key in _public(peer, keys.COSIGN)
        ]
        if not any(note.is_signed_by(name) for name in names):
            return peer, "the peer's cosignature of our log does not hold"
    except (CheckpointError, notes.NoteError):
        return peer, "the peer's cosignature of our log cannot be read"
    if work.log.root_at(checkpoint.size) != checkpoint.root:
        return peer, "the peer cosigned a history of our log that this store does not have"
    return structs.replace(peer, cosigned_by_peer=witnessed.cosigned), ""


def _public(peer: Peer, purpose: str) -> Iterator[bytes]:
    """Yield the peer's keys of a purpose that still count, newest first."""
    for key in reversed(peer.keys):
        ended = key.until_sequence is not None and key.until_sequence < peer.in_sequence
        if key.purpose == purpose and not ended:
            yield bytes.fromhex(key.public)
