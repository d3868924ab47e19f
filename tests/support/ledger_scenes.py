"""Keys, trees and logs for tests of the ledger; every key comes from a seed, none from chance."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wideberth.peering.checkpoint import (
    Checkpoint,
    log_key_of,
    origin_of,
    sign_checkpoint,
    witness_key_of,
)
from wideberth.peering.notes import NoteKey, add_cosignature, parse_note, render_note
from wideberth.peering.tree import append, root_at

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


@dataclass(frozen=True, slots=True)
class Pair:
    """An Ed25519 key pair, as the raw public key and a function that signs."""

    public_key: bytes
    sign: Callable[[bytes], bytes]


def key_pair(name: str) -> Pair:
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    return Pair(private.public_key().public_bytes_raw(), private.sign)


NORTH = key_pair("north")
SOUTH = key_pair("south")
STRANGER = key_pair("stranger")


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Return the sum of two points of edwards25519, RFC 8032 5.1.4, in affine coordinates."""
    (x1, y1), (x2, y2) = one, other
    both = D * x1 * x2 * y1 * y2 % P
    x3 = (x1 * y2 + x2 * y1) * pow(1 + both, -1, P)
    y3 = (y1 * y2 + x1 * x2) * pow(1 - both, -1, P)
    return x3 % P, y3 % P


def _point(encoded: bytes) -> tuple[int, int] | None:
    """Return the point of a key, RFC 8032 5.1.3, but for y at or above p, which is reduced."""
    whole = int.from_bytes(encoded, "little")
    y, sign = (whole & (2**255 - 1)) % P, whole >> 255
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u:
        return None
    return (P - x if x % 2 != sign else x) % P, y


def is_of_small_order(encoded: bytes) -> bool:
    """Return whether eight times the point is the neutral one."""
    point = _point(encoded)
    if point is None:
        return False
    for _ in range(3):
        point = _plus(point, point)
    return point == (0, 1)


@dataclass
class Nodes:
    """The complete subtrees of a log, as a store keeps them; counts what is read."""

    kept: dict[tuple[int, int], bytes] = field(default_factory=dict)
    reads: int = 0

    def keep(self, nodes: tuple[tuple[int, int, bytes], ...]) -> None:
        for level, index, digest in nodes:
            assert (level, index) not in self.kept
            self.kept[level, index] = digest

    def read(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.kept[level, index]


@dataclass
class Tree:
    """A log's tree in memory, grown leaf by leaf with the functions under test."""

    nodes: Nodes = field(default_factory=Nodes)
    peaks: tuple[bytes, ...] = ()
    size: int = 0

    def add(self, leaf: bytes) -> None:
        added = append(self.peaks, self.size, leaf)
        self.nodes.keep(added.new_nodes)
        self.peaks, self.size = added.peaks, added.size

    @property
    def read(self) -> Callable[[int, int], bytes]:
        return self.nodes.read


def a_tree(leaves: Iterable[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


@dataclass(frozen=True)
class Log:
    """A party's log: its tree, its key, and its checkpoint at any size it has had."""

    tree: Tree
    origin: str
    pair: Pair

    @property
    def key(self) -> NoteKey:
        return log_key_of(self.origin, self.pair.public_key)

    def at(self, size: int, *extensions: str) -> bytes:
        root = root_at(size, self.tree.read)
        checkpoint = Checkpoint(self.origin, size, root, extensions)
        return sign_checkpoint(checkpoint, self.pair.public_key, sign=self.pair.sign)

    def cosigned_at(self, size: int, pair: Pair, time_s: int = 1_790_000_000) -> bytes:
        """Return a checkpoint as a witness signs it that asks for no proof: a liar's."""
        note = parse_note(self.at(size))
        key = witness_key_of(WITNESS_NAME, pair.public_key)
        return render_note(add_cosignature(note, key, time_s=time_s, sign=pair.sign))


WITNESS_NAME = "wideberth/strait/south"


def a_log(leaves: Iterable[bytes], *, party: str = "north", pair: Pair = NORTH) -> Log:
    return Log(a_tree(leaves), origin_of("strait", party), pair)
