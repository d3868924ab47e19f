"""Checkpoints of a ledger (C2SP tlog-checkpoint): origin, size and root, in a signed note.

The log signs under its origin as the key's name. The peer countersigns (C2SP tlog-cosignature)
once it has seen that the log still begins with all it countersigned before; both signatures on one
checkpoint are what a third person can rely on.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.notes import (
    KeyType,
    Note,
    NoteKey,
    add_cosignature,
    decode64,
    encode64,
    parse_note,
    render_note,
    require_name,
    sign_note,
)
from wideberth.peering.tree import EMPTY_ROOT, HASH_BYTES, MAX_SIZE, verify_consistency

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LEAST_LINES: Final = 3


class CheckpointError(WideberthError):
    """A checkpoint that is not to be used."""


class InconsistentCheckpointError(CheckpointError):
    """A log that does not begin with what it was seen to hold: lost, altered, or shown in two."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log commits to: its first `size` entries, by their root; extension lines are kept."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_name(self.origin)
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != HASH_BYTES:
            raise CheckpointError("A checkpoint has a size of 0 or more and a root of 32 bytes.")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise CheckpointError("The root of an empty log is the SHA-256 of nothing.")
        if any(not line or "\n" in line for line in self.extensions):
            raise CheckpointError("An extension is one line that is not empty.")


@dataclass(frozen=True, slots=True)
class Seen:
    """The largest tree of a log that a witness has countersigned."""

    size: int
    root: bytes


NOTHING_SEEN: Final = Seen(0, EMPTY_ROOT)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who countersigns and when: a key of type 0x04, what signs with it, whole seconds UTC."""

    key: NoteKey
    sign: Callable[[bytes], bytes]
    time_s: int


@dataclass(frozen=True, slots=True)
class Countersigned:
    """A checkpoint's note with the cosignature, and what the witness must remember from now on."""

    raw: bytes
    seen: Seen


def origin_of(agreement: str, party: str) -> str:
    """Return the name of a party's log under an agreement; two logs never share one."""
    return f"wideberth/{_escaped(agreement)}/{_escaped(party)}"


def log_key_of(origin: str, public_key: bytes) -> NoteKey:
    """Return the key by which a log signs its checkpoints."""
    return NoteKey(origin, KeyType.ED25519, public_key)


def witness_key_of(name: str, public_key: bytes) -> NoteKey:
    """Return the key by which a witness countersigns; never the key of an envelope or a log."""
    return NoteKey(name, KeyType.COSIGNATURE, public_key)


def sign_checkpoint(
    checkpoint: Checkpoint, log_key: bytes, *, sign: Callable[[bytes], bytes]
) -> bytes:
    """Return the signed note; log_key is the raw public key that belongs to sign."""
    lines = [checkpoint.origin, str(checkpoint.size), encode64(checkpoint.root)]
    text = "".join(f"{line}\n" for line in (*lines, *checkpoint.extensions))
    return render_note(sign_note(text, log_key_of(checkpoint.origin, log_key), sign))


def open_checkpoint(raw: bytes, origin: str, *, log_key: bytes) -> Checkpoint:
    """Return what a note commits to, once origin, form and the log's signature have held.

    Raises CheckpointError or NoteError, and nothing else, whatever the bytes.
    """
    return checkpoint_in(parse_note(raw), log_key_of(origin, log_key))


def checkpoint_in(note: Note, log: NoteKey) -> Checkpoint:
    """Return the checkpoint of a parsed note, once the log's signature over it has held."""
    note.require(log)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        raise CheckpointError("The checkpoint is of another log.")
    return checkpoint


def parse_checkpoint(text: str) -> Checkpoint:
    """Return what a note's text commits to, whoever signed it."""
    lines = text[:-1].split("\n")
    if len(lines) < _LEAST_LINES or not _SIZE.fullmatch(lines[1]):
        raise CheckpointError("A checkpoint is three lines or more: origin, size and root.")
    origin, size, root, *extensions = lines
    return Checkpoint(origin, int(size), decode64(root), tuple(extensions))


def cosign(
    raw: bytes, log: NoteKey, *, last: Seen, proof: Sequence[bytes], witness: Witness
) -> Countersigned:
    """Return the note with the witness's cosignature, once it is shown to extend what was seen.

    proof: the consistency proof from last.size to the checkpoint's size; empty from 0, and where
    the sizes are equal. Raises InconsistentCheckpointError when it does not hold, or when the
    checkpoint is older than the last; then nothing has been signed.
    """
    if witness.key.public_key == log.public_key:
        raise CheckpointError("A log is not its own witness.", remedy="Use a key of its own.")
    note = parse_note(raw)
    checkpoint = checkpoint_in(note, log)
    if checkpoint.size < last.size:
        raise InconsistentCheckpointError(
            f"The log shows {checkpoint.size} entries after it had {last.size}.",
            remedy="Ask for its latest checkpoint.",
        )
    sizes = {"old": last.size, "new": checkpoint.size}
    if not verify_consistency(last.root, checkpoint.root, proof=proof, **sizes):
        raise InconsistentCheckpointError(
            f"The log at {checkpoint.size} entries is not shown to begin with the {last.size}"
            " that were countersigned.",
            remedy="Keep both checkpoints; if no proof comes, the log was altered.",
        )
    signed = add_cosignature(note, witness.key, time_s=witness.time_s, sign=witness.sign)
    return Countersigned(render_note(signed), Seen(checkpoint.size, checkpoint.root))


def _escaped(name: str) -> str:
    """Return a name with all but letters, digits and -._~ as %XX (RFC 3986, 2.1 and 2.3)."""
    if not name:
        raise CheckpointError("An agreement and a party have names.")
    whole = name.encode("utf-8", errors="surrogatepass")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in whole)
