"""Evidence that one entry is in a ledger, in a file of its own (C2SP tlog-proof).

The file is a tlog-proof as it stands: its `extra` line holds the entry's bytes, then come the
index, the audit path, an empty line and the signed checkpoint. A third person needs this file and
public keys, and nothing else.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.checkpoint import Checkpoint, checkpoint_in
from wideberth.peering.envelope import open_envelope, peek
from wideberth.peering.notes import Note, NoteKey, decode64, encode64, parse_note
from wideberth.peering.tree import HASH_BYTES, verify_inclusion

MAX_EVIDENCE_BYTES: Final = 2_097_152
MAX_PATH: Final = 63  # the depth of the largest tree

_HEADER: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA: Final = "extra "


class EvidenceError(WideberthError):
    """A file that is not evidence: not of the form, or over its bounds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an evidence file holds: the entry, its index and audit path, and the checkpoint."""

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes


@dataclass(frozen=True, slots=True)
class Keys:
    """What the reader trusts: the log, witnesses that must all have countersigned, signers.

    signers: raw keys by key id for the entry itself; None leaves its signature unchecked.
    """

    log: NoteKey
    witnesses: tuple[NoteKey, ...] = ()
    signers: Mapping[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was asked, answered: whether it is shown, and each thing checked as a sentence.

    The last sentence says what failed where it is not shown. unchecked: what nobody asked for.
    """

    is_shown: bool
    checked: tuple[str, ...]
    unchecked: tuple[str, ...] = ()


def render_evidence(evidence: Evidence) -> bytes:
    """Return the file; raises EvidenceError for what would not read back the same."""
    lines = [_HEADER, _EXTRA + encode64(evidence.entry), f"index {evidence.index}"]
    head = "\n".join([*lines, *map(encode64, evidence.path)])
    raw = f"{head}\n\n".encode() + evidence.checkpoint
    if parse_evidence(raw) != evidence:
        raise EvidenceError("The parts do not make an evidence file.")
    return raw


def parse_evidence(raw: bytes) -> Evidence:
    """Return what a file holds, none of it checked yet; raises EvidenceError."""
    if len(raw) > MAX_EVIDENCE_BYTES:
        raise EvidenceError(f"{len(raw)} bytes are more than the {MAX_EVIDENCE_BYTES} allowed.")
    head, gap, checkpoint = raw.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    index = _INDEX.fullmatch(lines[2]) if len(lines) > 2 else None
    if not gap or index is None or lines[0] != _HEADER or not lines[1].startswith(_EXTRA):
        raise EvidenceError(
            "The file is not a tlog-proof with the entry in its extra line.",
            remedy="Make one with `wideberth log prove`.",
        )
    if len(lines) > 3 + MAX_PATH:
        raise EvidenceError(f"The audit path is longer than {MAX_PATH} hashes.")
    return Evidence(_entry(lines[1]), int(index[1]), tuple(map(path_hash, lines[3:])), checkpoint)


def path_hash(line: str) -> bytes:
    """Return the hash of one line of a proof; raises EvidenceError."""
    found = _decoded(line)
    if len(found) != HASH_BYTES:
        raise EvidenceError("A line of the proof is not a SHA-256 hash.")
    return found


def verify_evidence(raw: bytes, keys: Keys) -> Verdict:
    """Return whether the file shows that the entry is in the log; never raises, whatever the bytes.

    Shown means: the log signed a checkpoint, the entry is at its index under it, and all the
    witnesses named countersigned it; and where signers are given, one of them signed the entry.
    """
    said: list[str] = []
    try:
        evidence = parse_evidence(raw)
        note = parse_note(evidence.checkpoint)
        checkpoint = checkpoint_in(note, keys.log)
        said.append(_signed(checkpoint, keys.log))
        said.append(included(evidence, checkpoint))
        said += [_countersigned(note, witness) for witness in keys.witnesses]
        if keys.signers is not None:
            said.append(_sealed(evidence.entry, keys.signers))
    except WideberthError as refusal:
        return Verdict(False, (*said, refusal.diagnostics()))
    return Verdict(True, tuple(said), _unchecked(keys))


def included(evidence: Evidence, checkpoint: Checkpoint) -> str:
    """Return that an entry is under a checkpoint, as a sentence; raises EvidenceError if not."""
    place = {"index": evidence.index, "size": checkpoint.size}
    if not verify_inclusion(evidence.entry, checkpoint.root, proof=evidence.path, **place):
        raise EvidenceError(
            f"The entry is not shown to be entry {evidence.index} of the {checkpoint.size}."
        )
    return (
        f"Entry {evidence.index} of those {checkpoint.size} is {_described(evidence.entry)}: the"
        " audit path leads to the root."
    )


def _signed(checkpoint: Checkpoint, log: NoteKey) -> str:
    return (
        f"The log {log.name} signed a checkpoint of {checkpoint.size} entries with root"
        f" {checkpoint.root.hex()} (key {log.id.hex()})."
    )


def _countersigned(note: Note, witness: NoteKey) -> str:
    time = datetime.fromtimestamp(note.timestamp_of(witness), UTC).isoformat()
    return f"The witness {witness.name} countersigned the checkpoint at {time}."


def _sealed(entry: bytes, signers: Mapping[str, bytes]) -> str:
    opened = open_envelope(entry, keys=signers, kind=peek(entry).kind)
    return f"The entry is a {opened.kind} signed by key {opened.kid}."


def _unchecked(keys: Keys) -> tuple[str, ...]:
    said = []
    if not keys.witnesses:
        said.append("No witness was named: nothing shows that others were shown the same tree.")
    if keys.signers is None:
        said.append("No signer was named: nothing shows who wrote the entry.")
    return tuple(said)


def _described(entry: bytes) -> str:
    return f"{len(entry)} bytes with SHA-256 {hashlib.sha256(entry).hexdigest()}"


def _entry(line: str) -> bytes:
    return _decoded(line.removeprefix(_EXTRA))


def _decoded(text: str) -> bytes:
    try:
        return decode64(text)
    except WideberthError as refusal:
        raise EvidenceError(refusal.what) from None
