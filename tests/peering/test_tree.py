"""Every proof that the tree gives verifies, none that it did not give does, and all are short."""

import dataclasses

import pytest
import tree_oracle
from hypothesis import assume, given
from hypothesis import strategies as st
from ledger_scenes import a_tree

from wideberth.errors import ImpossibleValueError
from wideberth.peering.tree import (
    EMPTY_ROOT,
    MAX_SIZE,
    append,
    append_hash,
    consistency_proof,
    first_fault,
    inclusion_proof,
    leaf_hash,
    peaks_at,
    proof_for_last,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)

NEAR_POWERS = sorted({n for k in range(8) for n in (2**k - 1, 2**k, 2**k + 1)})
SIZES = st.sampled_from(NEAR_POWERS) | st.integers(0, 140)
LEAVES = [f"entry {n}".encode() for n in range(140)]
TREE = a_tree(LEAVES)
ROOTS = [tree_oracle.root(LEAVES[:size]) for size in range(141)]


@dataclasses.dataclass(frozen=True)
class Claim:
    """An inclusion or a consistency that someone claims."""

    a: int
    b: int
    proof: tuple[bytes, ...]
    one: bytes
    other: bytes

    def includes(self):
        return verify_inclusion(self.one, self.other, index=self.a, size=self.b, proof=self.proof)

    def extends(self):
        return verify_consistency(self.one, self.other, old=self.a, new=self.b, proof=self.proof)


@st.composite
def places(draw):
    size = draw(SIZES.filter(bool))
    index = draw(st.sampled_from([0, size - 1]) | st.integers(0, size - 1))
    return index, size


@st.composite
def spans(draw):
    new = draw(SIZES)
    old = draw(st.sampled_from([0, new]) | st.integers(0, new))
    return old, new


def flipped(digest, bit):
    return (int.from_bytes(digest, "big") ^ 1 << bit).to_bytes(len(digest), "big")


def altered_proofs(data, proof):
    """A proof with a hash changed, dropped, doubled, cut short, or two of them swapped."""
    how = data.draw(st.sampled_from(["flip", "drop", "add", "double", "cut", "swap"]))
    if how == "add" or not proof:
        return (*proof, data.draw(st.sampled_from([bytes(32), EMPTY_ROOT, *proof])))
    place = data.draw(st.integers(0, len(proof) - 1))
    one, rest = proof[place], (proof[:place], proof[place + 1 :])
    match how:
        case "flip":
            middle = (flipped(one, data.draw(st.integers(0, 255))),)
        case "drop":
            middle = ()
        case "double":
            middle = (one, one)
        case "cut":
            middle = (one[:-1],)
        case _:
            return (*rest[0], *rest[1][:1], one, *rest[1][1:])
    return (*rest[0], *middle, *rest[1])


@given(SIZES)
def test_the_root_grown_leaf_by_leaf_is_the_one_the_rfc_defines_all_at_once(size):
    tree = a_tree(LEAVES[:size])
    assert root_of(tree.peaks) == ROOTS[size]
    assert root_at(size, TREE.read) == ROOTS[size]
    assert peaks_at(size, TREE.read) == tree.peaks
    assert len(tree.peaks) == size.bit_count()


@given(places())
def test_an_inclusion_proof_is_the_rfcs_and_verifies(place):
    index, size = place
    proof = inclusion_proof(index, size, TREE.read)
    assert list(proof) == tree_oracle.path(index, LEAVES[:size])
    assert Claim(index, size, proof, LEAVES[index], ROOTS[size]).includes()


@given(spans())
def test_a_consistency_proof_is_the_rfcs_and_verifies(span):
    old, new = span
    proof = consistency_proof(old, new, TREE.read)
    expected = tree_oracle.proof(old, LEAVES[:new]) if 0 < old < new else []
    assert list(proof) == expected
    assert Claim(old, new, proof, ROOTS[old], ROOTS[new]).extends()


@given(places(), st.data())
def test_an_inclusion_with_anything_altered_is_refused(place, data):
    index, size = place
    true = Claim(index, size, inclusion_proof(index, size, TREE.read), LEAVES[index], ROOTS[size])
    other = data.draw(st.integers(-1, 140))
    lies = [
        dataclasses.replace(true, proof=altered_proofs(data, true.proof)),
        dataclasses.replace(true, a=other),
        dataclasses.replace(true, one=data.draw(st.binary(max_size=20))),
        dataclasses.replace(true, other=flipped(true.other, data.draw(st.integers(0, 255)))),
        dataclasses.replace(true, other=true.other[:-1]),
    ]
    assert not any(lie.includes() for lie in lies if lie != true)


@given(places(), st.integers(-1, 300))
def test_an_inclusion_under_another_size_is_refused_unless_the_path_is_the_same(place, other):
    # A path fixes a leaf's place up to the right edge of its tree: RFC 9162 takes the size from
    # the signed checkpoint. What must hold: a size is taken only if path lengths agree.
    index, size = place
    proof = inclusion_proof(index, size, TREE.read)
    claim = Claim(index, other, proof, LEAVES[index], ROOTS[size])
    if not index < other or len(proof) != path_length(index, other):
        assert not claim.includes()


def path_length(index, size):
    """How long the RFC's path is, counted on its own recursion."""
    length = 0
    while size > 1:
        k = tree_oracle.split(size)
        index, size = (index, k) if index < k else (index - k, size - k)
        length += 1
    return length


@given(spans(), st.data())
def test_a_consistency_with_anything_altered_is_refused(span, data):
    old, new = span
    true = Claim(old, new, consistency_proof(old, new, TREE.read), ROOTS[old], ROOTS[new])
    bit = data.draw(st.integers(0, 255))
    lie = dataclasses.replace(true, proof=altered_proofs(data, true.proof))
    assert lie == true or not lie.extends()
    assert not dataclasses.replace(true, one=flipped(true.one, bit)).extends()
    if old > 0:
        assert not dataclasses.replace(true, other=flipped(true.other, bit)).extends()


@given(spans(), st.integers(-1, 141), st.integers(-1, 141))
def test_no_proof_shows_a_root_at_a_size_it_is_not_the_root_of(span, old, new):
    a, b = span
    assume((old, new) != (a, b) and 0 < a < b)
    proof = consistency_proof(a, b, TREE.read)
    if 0 <= old <= 140 and 0 <= new <= 140:
        assert not Claim(a, b, proof, ROOTS[old], ROOTS[new]).extends()


@given(spans(), st.integers(-1, 300))
def test_a_consistency_under_another_size_is_refused_unless_the_path_is_as_long(span, other):
    old, new = span
    assume(0 < old < new and other != new)
    proof = consistency_proof(old, new, TREE.read)
    if other <= old or len(proof) != len(consistency_proof(old, other, lambda *_: bytes(32))):
        assert not Claim(old, other, proof, ROOTS[old], ROOTS[new]).extends()


@given(st.integers(1, 139), st.integers(0, 138), st.data())
def test_a_changed_history_is_never_consistent_with_the_true_one(old, changed, data):
    assume(changed < old)
    new = data.draw(st.integers(old, 140))
    forged = a_tree([*LEAVES[:changed], b"forged", *LEAVES[changed + 1 : new]])
    proof = consistency_proof(old, new, forged.read)
    assert not Claim(old, new, proof, ROOTS[old], root_of(forged.peaks)).extends()


@given(SIZES.filter(lambda size: size < 140))
def test_the_proof_of_the_newest_leaf_from_the_peaks_is_the_inclusion_proof(size):
    peaks = peaks_at(size, TREE.read)
    assert proof_for_last(peaks) == inclusion_proof(size, size + 1, TREE.read)


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_proofs_of_huge_trees_need_few_reads(one, other):
    reads = []

    def read(level, index):
        assert index < (high >> level)
        reads.append((level, index))
        return leaf_hash(f"{level} {index}".encode())

    low, high = sorted((one, other + 1))
    inclusion_proof(min(low, high - 1), high, read)
    assert len(reads) <= 2 * high.bit_length()
    reads.clear()
    proof = consistency_proof(low, high, read)
    assert len(reads) <= 2 * high.bit_length()
    assert len(proof) <= high.bit_length() + 1


@given(st.integers(0, 2**62))
def test_an_append_to_a_huge_tree_writes_one_node_a_level(size):
    peaks = tuple(leaf_hash(bytes([n])) for n in range(size.bit_count()))
    added = append(peaks, size, b"leaf")
    assert added.size == size + 1
    assert len(added.peaks) == added.size.bit_count()
    assert [node[:2] for node in added.new_nodes] == [
        (level, size >> level) for level in range(len(added.new_nodes))
    ]
    assert len(added.new_nodes) == 1 + size.bit_count() - (size + 1).bit_count() + 1
    assert added == append_hash(peaks, size, leaf_hash(b"leaf"))
    proof = proof_for_last(peaks)
    assert verify_inclusion(b"leaf", root_of(added.peaks), index=size, size=added.size, proof=proof)


@given(st.integers(1, 60), st.data())
def test_the_first_entry_that_was_altered_is_named(size, data):
    tree, kept = a_tree(LEAVES[:size]), list(LEAVES[:size])
    assert first_fault(kept, tree.read) is None
    altered = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=3))
    for index in altered:
        kept[index] = data.draw(st.sampled_from([b"", b"altered", LEAVES[index][:-1]]))
    assert first_fault(kept, tree.read) == min(altered)


@given(st.integers(1, 60), st.data())
def test_a_node_that_was_altered_is_named_by_the_last_entry_under_it(size, data):
    tree = a_tree(LEAVES[:size])
    level, index = data.draw(st.sampled_from(sorted(tree.nodes.kept)))
    tree.nodes.kept[level, index] = data.draw(st.sampled_from([b"", bytes(32)]))
    assert first_fault(LEAVES[:size], tree.read) == ((index + 1) << level) - 1


def test_a_leaf_that_is_a_nodes_two_hashes_is_not_the_node():
    pair = leaf_hash(LEAVES[0]) + leaf_hash(LEAVES[1])
    assert not verify_inclusion(pair, ROOTS[2], index=0, size=1, proof=())


def test_what_cannot_be_is_refused():
    with pytest.raises(ImpossibleValueError, match="2 peaks"):
        append((bytes(32), bytes(32)), 1, b"")
    with pytest.raises(ImpossibleValueError):
        append((), MAX_SIZE + 1, b"")
    for index, size in ((0, 0), (3, 3), (-1, 3), (0, MAX_SIZE + 1)):
        with pytest.raises(ImpossibleValueError, match="has no leaf"):
            inclusion_proof(index, size, TREE.read)
    for old, new in ((3, 2), (-1, 2), (0, MAX_SIZE + 1)):
        with pytest.raises(ImpossibleValueError, match="does not begin"):
            consistency_proof(old, new, TREE.read)
    for size in (-1, MAX_SIZE + 1):
        assert not Claim(-1, size, (), EMPTY_ROOT, EMPTY_ROOT).extends()
        assert not Claim(-1, size, (), b"", EMPTY_ROOT).includes()
