"""The published vectors of Certificate Transparency: eight leaves, their roots and their proofs."""

import hashlib

import pytest
from ledger_scenes import a_tree

from wideberth.peering.tree import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_at,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
LEAF_HASHES = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEFT_PAIR = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
RIGHT_PAIR = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
THIRD_PAIR = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LAST_PAIR = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEFT_FOUR = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
RIGHT_FOUR = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
RIGHT_THREE = "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"
INCLUSION = [
    (0, 1, []),
    (0, 8, [LEAF_HASHES[1], RIGHT_PAIR, RIGHT_FOUR]),
    (1, 5, [LEAF_HASHES[0], RIGHT_PAIR, LEAF_HASHES[4]]),
    (2, 3, [LEFT_PAIR]),
    (3, 7, [LEAF_HASHES[2], LEFT_PAIR, RIGHT_THREE]),
    (3, 8, [LEAF_HASHES[2], LEFT_PAIR, RIGHT_FOUR]),
    (5, 8, [LEAF_HASHES[4], LAST_PAIR, LEFT_FOUR]),
    (6, 7, [THIRD_PAIR, LEFT_FOUR]),
    (7, 8, [LEAF_HASHES[6], THIRD_PAIR, LEFT_FOUR]),
]
CONSISTENCY = [
    (1, 1, []),
    (1, 8, [LEAF_HASHES[1], RIGHT_PAIR, RIGHT_FOUR]),
    (6, 8, [THIRD_PAIR, LAST_PAIR, LEFT_FOUR]),
    (2, 5, [RIGHT_PAIR, LEAF_HASHES[4]]),
    (3, 7, [LEAF_HASHES[2], LEAF_HASHES[3], LEFT_PAIR, RIGHT_THREE]),
    (4, 7, [RIGHT_THREE]),
    (6, 7, [THIRD_PAIR, LEAF_HASHES[6], LEFT_FOUR]),
]
TREE = a_tree(LEAVES)


def hexes(found):
    return [one.hex() for one in found]


def test_the_leaf_hashes_are_the_published_ones():
    assert hexes(map(leaf_hash, LEAVES)) == LEAF_HASHES


def test_the_roots_of_every_size_are_the_published_ones():
    assert [root_at(size, TREE.read).hex() for size in range(9)] == ROOTS
    assert hashlib.sha256().digest() == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "expected"), INCLUSION)
def test_the_inclusion_proofs_are_the_published_ones(index, size, expected):
    proof = inclusion_proof(index, size, TREE.read)
    assert hexes(proof) == expected
    root = bytes.fromhex(ROOTS[size])
    assert verify_inclusion(LEAVES[index], root, index=index, size=size, proof=proof)


@pytest.mark.parametrize(("old", "new", "expected"), CONSISTENCY)
def test_the_consistency_proofs_are_the_published_ones(old, new, expected):
    proof = consistency_proof(old, new, TREE.read)
    assert hexes(proof) == expected
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert verify_consistency(*roots, old=old, new=new, proof=proof)
