"""Proof that a log, or its witness, signed two histories: a file that a third person can check.

Two checkpoints of one origin under one key convict it in any of three ways:

- their sizes are equal and their roots are not;
- the tree of the newer one begins, at the older one's size, with another root than the older one
  has. That takes the root and a consistency proof from it to the newer checkpoint;
- one and the same index holds two entries, each shown by evidence of its own, as a receipt has it.

A consistency proof that merely fails shows nothing, for anyone can spoil one; so the second way
asks for one that holds, from a root that was never signed. No pair that a truthful log signed has
such a root, nor two entries at an index, short of a collision in SHA-256.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.checkpoint import Checkpoint, parse_checkpoint
from wideberth.peering.evidence import (
    MAX_EVIDENCE_BYTES,
    Evidence,
    Verdict,
    included,
    parse_evidence,
    path_hash,
)
from wideberth.peering.notes import KeyType, NoteKey, encode64, parse_note
from wideberth.peering.tree import verify_consistency

MAX_FRAUD_BYTES: Final = 2 * MAX_EVIDENCE_BYTES

_HEADER: Final = "wideberth/fraud@v1"
_PARTS: Final = re.compile(r"(checkpoints|entries) ([1-9][0-9]{0,6}) ([1-9][0-9]{0,6})")


class FraudError(WideberthError):
    """A file that is no fraud proof, or parts that prove none."""


@dataclass(frozen=True, slots=True)
class SplitView:
    """Two signed checkpoints as notes, and what the newer one's tree has at the older one's size.

    root and proof are None and empty where the sizes are equal.
    """

    first: bytes
    second: bytes
    root: bytes | None = None
    proof: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class TwoEntries:
    """Two evidence files, of unlike entries at one index."""

    first: bytes
    second: bytes


def render_fraud(view: SplitView | TwoEntries, key: NoteKey) -> bytes:
    """Return the file; raises FraudError unless it convicts the key, so none accuses falsely."""
    of = "entries" if isinstance(view, TwoEntries) else "checkpoints"
    lines = [_HEADER, f"{of} {len(view.first)} {len(view.second)}"]
    if isinstance(view, SplitView) and view.root is not None:
        lines += map(encode64, (view.root, *view.proof))
    head = "\n".join(lines)
    raw = f"{head}\n\n".encode() + view.first + view.second
    verdict = verify_fraud(raw, key)
    if not verdict.is_shown:
        raise FraudError(f"This proves no fraud. {verdict.checked[-1]}")
    return raw


def parse_fraud(raw: bytes) -> SplitView | TwoEntries:
    """Return what a file holds, none of it checked yet; raises FraudError or EvidenceError."""
    if len(raw) > MAX_FRAUD_BYTES:
        raise FraudError(f"{len(raw)} bytes are more than the {MAX_FRAUD_BYTES} allowed.")
    head, _, parts = raw.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    stated = _PARTS.fullmatch(lines[1]) if len(lines) > 1 else None
    if stated is None or lines[0] != _HEADER:
        raise FraudError(
            "The file is not a fraud proof.",
            remedy="An evidence file of one entry is checked by `wideberth log verify`.",
        )
    length = int(stated[2])
    if length + int(stated[3]) != len(parts):
        raise FraudError("The parts are not as long as the file says.")
    hashes = tuple(map(path_hash, lines[2:]))
    if stated[1] == "checkpoints":
        root = hashes[0] if hashes else None
        return SplitView(parts[:length], parts[length:], root, hashes[1:])
    if hashes:
        raise FraudError("Two entries at one index need no consistency proof.")
    return TwoEntries(parts[:length], parts[length:])


def verify_fraud(raw: bytes, key: NoteKey) -> Verdict:
    """Return whether the file shows that the key signed two histories; never raises.

    key: the log's, by which it signs checkpoints, or a witness's, by which it countersigns.
    """
    said: list[str] = []
    try:
        view = parse_fraud(raw)
        if isinstance(view, TwoEntries):
            said.append(_two_entries(view, key, said))
        else:
            said.append(_two_trees(view, key, said))
    except WideberthError as refusal:
        return Verdict(False, (*said, refusal.diagnostics()))
    return Verdict(True, tuple(said))


def _two_trees(view: SplitView, key: NoteKey, said: list[str]) -> str:
    """Return how two checkpoints contradict each other; raises where they are not shown to."""
    first, second = (_signed_by(key, note, said) for note in (view.first, view.second))
    _require_one_log(first, second)
    if first.size > second.size:
        raise FraudError("The older checkpoint comes first in a fraud proof.")
    if first.size < second.size:
        return _other_beginning(first, second, view.root, view.proof)
    if view.root is not None:
        raise FraudError("Two checkpoints of one size need no consistency proof.")
    if first.root == second.root:
        raise FraudError("The two checkpoints agree.")
    return f"Both are of {first.size} entries, and no two trees of one log can be: it is fraud."


def _two_entries(view: TwoEntries, key: NoteKey, said: list[str]) -> str:
    """Return how two entries contradict each other; raises where they are not shown to."""
    one, other = parse_evidence(view.first), parse_evidence(view.second)
    _require_one_log(_entry_under(key, one, said), _entry_under(key, other, said))
    if one.index != other.index:
        raise FraudError("The two entries are at two places.")
    if one.entry == other.entry:
        raise FraudError("The two entries are the same.")
    return f"Both are entry {one.index}, and no two entries of one log can be: it is fraud."


def _entry_under(key: NoteKey, evidence: Evidence, said: list[str]) -> Checkpoint:
    checkpoint = _signed_by(key, evidence.checkpoint, said)
    said.append(included(evidence, checkpoint))
    return checkpoint


def _require_one_log(first: Checkpoint, second: Checkpoint) -> None:
    if first.origin != second.origin:
        raise FraudError("The two checkpoints are of two logs.")


def _signed_by(key: NoteKey, raw: bytes, said: list[str]) -> Checkpoint:
    """Return one checkpoint, and say so, once the key's signature over it has held."""
    note = parse_note(raw)
    note.require(key)
    checkpoint = parse_checkpoint(note.text)
    if key.key_type is KeyType.ED25519 and checkpoint.origin != key.name:
        raise FraudError(f"A checkpoint is not of the log {key.name}.")
    said.append(
        f"{key.name} signed that {checkpoint.origin} at {checkpoint.size} entries has root"
        f" {checkpoint.root.hex()} (key {key.id.hex()})."
    )
    return checkpoint


def _other_beginning(
    first: Checkpoint, second: Checkpoint, root: bytes | None, proof: Sequence[bytes]
) -> str:
    sizes = {"old": first.size, "new": second.size}
    if root is None or not verify_consistency(root, second.root, proof=proof, **sizes):
        raise FraudError(
            f"The file does not show what the later tree begins with at {first.size} entries."
        )
    if root == first.root:
        raise FraudError("The later tree begins with the earlier one; the two agree.")
    return (
        f"The tree of {second.size} entries begins, at {first.size}, with root {root.hex()},"
        " which is not the one that was signed: it is fraud."
    )
