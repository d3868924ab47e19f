"""The node's log in its store: entries, the hashes of complete subtrees, size and peaks.

All hashes are kept, those of the leaves too: an altered entry is named by its own index, and one
whose content was deleted (a recall) leaves its hash, so that the log still verifies.
"""

import base64

from msgspec import Struct, json

from wideberth.node import tables
from wideberth.node.ports import Reader, Transaction
from wideberth.peering import tree

_STATE = "log"


class _State(Struct, frozen=True):
    size: int = 0
    peaks: tuple[bytes, ...] = ()


class Logbook:
    """One node's log within one transaction."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        record = store.get(tables.META, _STATE)
        self._state = _State() if record is None else json.decode(record, type=_State)

    @property
    def size(self) -> int:
        """Return how many entries there are."""
        return self._state.size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Return the peaks of the tree (peering/tree.py)."""
        return self._state.peaks

    @property
    def root(self) -> bytes:
        """Return the root of the tree."""
        return tree.root_of(self._state.peaks)

    def entry(self, index: int) -> bytes | None:
        """Return the exact bytes of an entry; None: there is none, or its content was deleted."""
        return self._store.get(tables.ENTRY, tables.key(index)) or None

    def root_at(self, size: int) -> bytes:
        """Return the root as it was at a size."""
        return tree.root_at(size, self.hash_at)

    def inclusion(self, index: int, size: int) -> tuple[str, ...]:
        """Return the proof that an entry is in the tree of that size."""
        return _text(tree.inclusion_proof(index, size, self.hash_at))

    def consistency(self, old: int, new: int) -> tuple[str, ...]:
        """Return the proof that the tree of a size begins with that of an older size."""
        return _text(tree.consistency_proof(old, new, self.hash_at))

    def hash_at(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree; LookupError: the log does not reach there."""
        kept = self._store.get(tables.HASH, tables.key(level, index))
        if kept is None:
            raise LookupError(f"the log lacks the hash {level}/{index}")
        return kept


class OpenLogbook(Logbook):
    """The log while it is written to."""

    def __init__(self, store: Transaction) -> None:
        super().__init__(store)
        self._draft = store

    def append(self, raw: bytes) -> int:
        """Add an entry and return its index."""
        index = self.size
        added = tree.append(self._state.peaks, index, raw)
        self._draft.put(tables.ENTRY, tables.key(index), raw)
        for level, place, digest in added.new_nodes:
            self._draft.put(tables.HASH, tables.key(level, place), digest)
        self._state = _State(added.size, added.peaks)
        self._draft.put(tables.META, _STATE, json.encode(self._state))
        return index

    def append_with_proof(self, raw: bytes) -> tuple[int, tuple[str, ...]]:
        """Add an entry; return its index and the proof of it in the tree it completes."""
        before = self._state.peaks
        return self.append(raw), _text(tree.proof_for_last(before))

    def blank(self, index: int) -> None:
        """Delete an entry's content and keep its leaf hash."""
        self._draft.put(tables.ENTRY, tables.key(index), b"")


def hashes(proof: tuple[str, ...]) -> tuple[bytes, ...]:
    """Return a proof's hashes from their base64; raises ValueError."""
    return tuple(base64.b64decode(part, validate=True) for part in proof)


def _text(proof: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(base64.b64encode(part).decode() for part in proof)
