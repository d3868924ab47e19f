"""The ledger's Merkle tree (RFC 6962, 2.1; the same in RFC 9162, 2.1), apart from any store.

The hash of a complete subtree never changes, so a store keeps just those, by (level, index): level
0 holds the leaf hashes, and node (level, index) covers leaves from index * 2**level on, 2**level of
them. `append` says which to write; a proof asks for those it needs through `read`. Between appends
nothing is needed but the **peaks**, the complete subtrees that make up the tree, largest first.
Every function takes O(log size) steps and reads.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError

HASH_BYTES: Final = 32
MAX_SIZE: Final = 2**63 - 1  # what a store's signed integer holds
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

Read = Callable[[int, int], bytes]
Peaks = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append adds: the nodes to write as (level, index, hash), and the new state."""

    new_nodes: tuple[tuple[int, int, bytes], ...]
    peaks: Peaks
    size: int


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of an entry's bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(peaks: Peaks, size: int, leaf: bytes) -> Appended:
    """Return what an entry's bytes add to a tree of that size and peaks."""
    return append_hash(peaks, size, leaf_hash(leaf))


def append_hash(peaks: Peaks, size: int, digest: bytes) -> Appended:
    """Return what an entry's leaf hash adds, for a caller that hashed the entry elsewhere."""
    if not 0 <= size < MAX_SIZE or len(peaks) != size.bit_count():
        raise ImpossibleValueError(f"{len(peaks)} peaks do not make a tree of {size} leaves.")
    nodes = [(0, size, digest)]
    standing = list(peaks)
    level = 0
    while (size >> level) & 1:
        level += 1
        digest = node_hash(standing.pop(), digest)
        nodes.append((level, size >> level, digest))
    return Appended(tuple(nodes), (*standing, digest), size + 1)


def root_of(peaks: Peaks) -> bytes:
    """Return the root of a tree from its peaks."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in peaks[-2::-1]:
        root = node_hash(peak, root)
    return root


def peaks_at(size: int, read: Read) -> Peaks:
    """Return the peaks of the tree as it was, or is, at a size."""
    return tuple(_peaks_between(0, size, read))


def root_at(size: int, read: Read) -> bytes:
    """Return the root of the tree as it was, or is, at a size."""
    return root_of(peaks_at(size, read))


def inclusion_proof(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """Return the audit path of a leaf in the tree of a size (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size <= MAX_SIZE:
        raise ImpossibleValueError(f"a tree of {size} leaves has no leaf {index}.")
    path = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_hash_between(middle, high, read))
            high = middle
        else:
            path.append(_hash_between(low, middle, read))
            low = middle
    return tuple(reversed(path))


def proof_for_last(peaks_before: Peaks) -> tuple[bytes, ...]:
    """Return the audit path of the newest leaf from the peaks before it came; nothing is read."""
    return tuple(reversed(peaks_before))


def consistency_proof(old: int, new: int, read: Read) -> tuple[bytes, ...]:
    """Return the proof that the tree of size new begins with that of size old (RFC 9162, 2.1.4.1).

    Empty where there is nothing to prove: from the empty tree, or between equal sizes.
    """
    if not 0 <= old <= new <= MAX_SIZE:
        raise ImpossibleValueError(f"a tree of {new} leaves does not begin with {old} of them.")
    path: list[bytes] = []
    low, high = 0, new
    while low < old < high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_hash_between(middle, high, read))
            high = middle
        else:
            path.append(_hash_between(low, middle, read))
            low = middle
    if low > 0:
        path.append(_hash_between(low, high, read))
    return tuple(reversed(path))


def first_fault(entries: Iterable[bytes], read: Read) -> int | None:
    """Return the first index at which kept entries and kept nodes part; None where they agree.

    entries: all of them, from 0 on. An altered entry is named itself; an altered node by the last
    entry under it. One who altered both alike is seen by the root, which was signed.
    """
    peaks: Peaks = ()
    size = 0
    for entry in entries:
        added = append(peaks, size, entry)
        if any(read(level, index) != digest for level, index, digest in added.new_nodes):
            return size
        peaks, size = added.peaks, added.size
    return None


def verify_inclusion(
    leaf: bytes, root: bytes, *, index: int, size: int, proof: Sequence[bytes]
) -> bool:
    """Return whether the entry is at that index of the tree (RFC 9162, 2.1.3.2).

    leaf: the entry's bytes, not their hash. Whatever is out of range or misshapen is False.
    """
    if not 0 <= index < size <= MAX_SIZE or not _are_hashes((root, *proof)):
        return False
    place, last, found = index, size - 1, leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            place, last = _past_zeros(place, last)
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old_root: bytes, new_root: bytes, *, old: int, new: int, proof: Sequence[bytes]
) -> bool:
    """Return whether the new tree begins with the old one (RFC 9162, 2.1.4.2).

    Also for the cases the RFC leaves out, as `consistency_proof` answers them: equal sizes need
    equal roots, and every tree begins with the empty one; the proof is empty then.
    """
    if not 0 <= old <= new <= MAX_SIZE or not _are_hashes((old_root, new_root, *proof)):
        return False
    if (old == 0 and old_root != EMPTY_ROOT) or (new == 0 and new_root != EMPTY_ROOT):
        return False
    if old in {0, new}:
        return not proof and (old == 0 or old_root == new_root)
    path = (old_root, *proof) if old.bit_count() == 1 else tuple(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climbs(path, place, last, (old_root, new_root))


def _climbs(path: Sequence[bytes], place: int, last: int, roots: tuple[bytes, bytes]) -> bool:
    """Return whether the path leads from one hash that both trees have to both their roots."""
    was = now = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            place, last = _past_zeros(place, last)
        else:
            now = node_hash(now, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (was, now) == roots


def _past_zeros(place: int, last: int) -> tuple[int, int]:
    """Climb the levels on which a node is last and has no sibling, so that it stays as it is."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _split(count: int) -> int:
    """Return the largest power of two below a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)


def _peaks_between(low: int, high: int, read: Read) -> list[bytes]:
    """Return the complete subtrees of [low, high), where low is a multiple of the largest."""
    found = []
    while low < high:
        level = (high - low).bit_length() - 1
        found.append(read(level, low >> level))
        low += 1 << level
    return found


def _hash_between(low: int, high: int, read: Read) -> bytes:
    return root_of(tuple(_peaks_between(low, high, read)))


def _are_hashes(found: Sequence[bytes]) -> bool:
    return all(len(one) == HASH_BYTES for one in found)
