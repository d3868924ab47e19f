"""The Merkle tree as RFC 6962 section 2.1 defines it, word by word and slowly, over all leaves."""

import hashlib


def split(count: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(leaves: list[bytes]) -> bytes:
    """MTH(D[n])."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(bytes([0]) + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(bytes([1]) + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return _subproof(m, leaves, is_whole=True)


def _subproof(m: int, leaves: list[bytes], *, is_whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if is_whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*_subproof(m, leaves[:k], is_whole=is_whole), root(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], is_whole=False), root(leaves[:k])]
