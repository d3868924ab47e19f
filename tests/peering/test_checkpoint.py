"""A checkpoint is countersigned only by one who saw the log grow from what it signed before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, STRANGER, a_tree

from wideberth.errors import WideberthError
from wideberth.peering.checkpoint import (
    NOTHING_SEEN,
    Checkpoint,
    CheckpointError,
    InconsistentCheckpointError,
    Seen,
    Witness,
    checkpoint_in,
    cosign,
    log_key_of,
    open_checkpoint,
    origin_of,
    sign_checkpoint,
    witness_key_of,
)
from wideberth.peering.notes import UnsignedNoteError, parse_note, render_note, sign_note
from wideberth.peering.tree import EMPTY_ROOT, MAX_SIZE, consistency_proof, root_at

LEAVES = [f"entry {n}".encode() for n in range(40)]
TREE = a_tree(LEAVES)
ORIGIN = origin_of("strait", "north")
LOG = log_key_of(ORIGIN, NORTH.public_key)
WITNESS = witness_key_of("wideberth/strait/south", SOUTH.public_key)
SIZES = st.integers(0, 40)


def note_at(size, tree=TREE, **changed):
    checkpoint = Checkpoint(ORIGIN, size, root_at(size, tree.read), **changed)
    return sign_checkpoint(checkpoint, NORTH.public_key, sign=NORTH.sign)


def countersign(raw, last, proof, time_s=1_790_000_000):
    return cosign(raw, LOG, last=last, proof=proof, witness=Witness(WITNESS, SOUTH.sign, time_s))


@given(SIZES, st.lists(st.sampled_from(["note", "key 2"]), max_size=2).map(tuple))
def test_a_checkpoint_reads_back(size, extensions):
    raw = note_at(size, extensions=extensions)
    found = open_checkpoint(raw, ORIGIN, log_key=NORTH.public_key)
    assert found == Checkpoint(ORIGIN, size, root_at(size, TREE.read), extensions)
    assert found == checkpoint_in(parse_note(raw), LOG)


def test_a_checkpoint_is_written_as_c2sp_says():
    text = note_at(0).decode().split("\n\n")[0]
    assert text == "wideberth/strait/north\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@given(SIZES, SIZES, st.integers(0, 2**37))
def test_a_witness_signs_a_log_that_grew_and_remembers_it(one, other, time_s):
    old, new = sorted((one, other))
    last = Seen(old, root_at(old, TREE.read))
    done = countersign(note_at(new), last, consistency_proof(old, new, TREE.read), time_s)
    assert done.seen == Seen(new, root_at(new, TREE.read))
    note = parse_note(done.raw)
    assert note.timestamp_of(WITNESS) == time_s
    assert checkpoint_in(note, LOG).size == new


@given(st.integers(1, 40), SIZES, st.data())
def test_a_witness_never_signs_a_log_that_was_altered_below_what_it_saw(old, grown, data):
    changed = data.draw(st.integers(0, old - 1))
    new = max(old, grown)
    forged = a_tree([*LEAVES[:changed], b"forged", *LEAVES[changed + 1 :]])
    last = Seen(old, root_at(old, TREE.read))
    proof = data.draw(
        st.sampled_from(
            [
                consistency_proof(old, new, forged.read),
                consistency_proof(old, new, TREE.read),
                (),
            ]
        )
    )
    with pytest.raises(InconsistentCheckpointError):
        countersign(note_at(new, forged), last, proof)


@given(st.integers(1, 40), st.data())
def test_a_witness_never_signs_backwards(old, data):
    new = data.draw(st.integers(0, old - 1))
    last = Seen(old, root_at(old, TREE.read))
    with pytest.raises(
        InconsistentCheckpointError, match=f"shows {new} entries after it had {old}"
    ):
        countersign(note_at(new), last, ())


def test_a_witness_that_refuses_has_signed_nothing():
    asked = []
    witness = Witness(WITNESS, lambda message: asked.append(message) or bytes(64), 1)
    last = Seen(3, root_at(3, TREE.read))
    with pytest.raises(InconsistentCheckpointError):
        cosign(note_at(9), LOG, last=last, proof=(), witness=witness)
    assert asked == []


def test_a_log_does_not_witness_itself():
    own = Witness(witness_key_of("wideberth/strait/south", NORTH.public_key), NORTH.sign, 1)
    with pytest.raises(CheckpointError, match="own witness"):
        cosign(note_at(3), LOG, last=NOTHING_SEEN, proof=(), witness=own)


def test_an_extension_line_is_cosigned_with_the_rest():
    done = countersign(note_at(5, extensions=("drill",)), NOTHING_SEEN, ())
    raw = done.raw.replace(b"drill", b"grill")
    with pytest.raises(UnsignedNoteError):
        parse_note(raw).timestamp_of(WITNESS)


def test_a_checkpoint_of_another_log_or_key_is_refused():
    raw = note_at(4)
    with pytest.raises(UnsignedNoteError):
        open_checkpoint(raw, ORIGIN, log_key=STRANGER.public_key)
    with pytest.raises(UnsignedNoteError):
        open_checkpoint(raw, origin_of("strait", "south"), log_key=NORTH.public_key)
    other = raw.decode().replace("north\n4", "south\n4").split("\n\n")[0] + "\n"
    relabelled = render_note(sign_note(other, LOG, NORTH.sign))
    with pytest.raises(CheckpointError, match="another log"):
        open_checkpoint(relabelled, ORIGIN, log_key=NORTH.public_key)


ROOT64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
SOME64 = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize(
    "body",
    [
        f"0\n{SOME64}",  # an empty log has one root
        f"01\n{SOME64}",
        f"-1\n{SOME64}",
        f"+1\n{SOME64}",
        f" 1\n{SOME64}",
        f"1_0\n{SOME64}",
        f"\N{ARABIC-INDIC DIGIT ONE}\n{SOME64}",
        f"{MAX_SIZE + 1}\n{SOME64}",
        f"{'9' * 5000}\n{SOME64}",
        f"1\n{SOME64[:-1]}",
        f"1\n{SOME64[:-2]}J=",
        "1\nAAAA",
        f"1\n\N{ARABIC-INDIC DIGIT ONE}{SOME64[1:]}",
        "1",
        f"1\n\n{SOME64}",
        f"1\n{SOME64}\n\nlate",
    ],
)
def test_a_misshapen_checkpoint_is_refused_though_truly_signed(body):
    raw = render_note(sign_note(f"{ORIGIN}\n{body}\n", LOG, NORTH.sign))
    with pytest.raises(WideberthError):
        open_checkpoint(raw, ORIGIN, log_key=NORTH.public_key)


def test_values_that_cannot_be_are_not_made():
    for size, root in ((-1, bytes(32)), (MAX_SIZE + 1, bytes(32)), (1, b""), (0, bytes(32))):
        with pytest.raises(CheckpointError):
            Checkpoint(ORIGIN, size, root)
    for extension in ("", "two\nlines"):
        with pytest.raises(CheckpointError):
            Checkpoint(ORIGIN, 0, EMPTY_ROOT, (extension,))
    with pytest.raises(WideberthError):
        note_at(1, extensions=("bell\a",))


NAMES = st.text(min_size=1, max_size=8) | st.sampled_from(
    ["a/b", "a b", "a+b", "a%2Fb", "ø", "\ud800"]
)


@given(st.tuples(NAMES, NAMES), st.tuples(NAMES, NAMES))
def test_two_logs_never_share_an_origin_and_every_origin_is_a_key_name(one, other):
    first, second = origin_of(*one), origin_of(*other)
    assert (first == second) == (one == other)
    assert Checkpoint(first, 0, EMPTY_ROOT).origin == first


def test_a_slash_in_a_name_does_not_make_it_another_log():
    assert origin_of("a/b", "c") != origin_of("a", "b/c")


def test_a_log_without_a_name_is_refused():
    with pytest.raises(CheckpointError):
        origin_of("", "north")
    assert origin_of("strait-2027", "north") == "wideberth/strait-2027/north"
