"""Two histories under one key are proven to anyone; a truthful log is never accused."""

import dataclasses

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, STRANGER, WITNESS_NAME, a_log

from wideberth.peering.checkpoint import log_key_of, witness_key_of
from wideberth.peering.evidence import Evidence, render_evidence
from wideberth.peering.fraud import (
    MAX_FRAUD_BYTES,
    FraudError,
    SplitView,
    TwoEntries,
    parse_fraud,
    render_fraud,
    verify_fraud,
)
from wideberth.peering.notes import encode64, render_note, sign_note
from wideberth.peering.tree import EMPTY_ROOT, consistency_proof, inclusion_proof, root_at

ENTRIES = [f"entry {n}".encode() for n in range(24)]
TRUE = a_log(ENTRIES)
WITNESS = witness_key_of(WITNESS_NAME, SOUTH.public_key)
NODES = [EMPTY_ROOT, bytes(32), *TRUE.tree.nodes.kept.values()]
NODES += [root_at(size, TRUE.tree.read) for size in range(25)]


def written(view):
    """The file as an accuser writes it who does not look whether it proves anything."""
    hashes = [*([] if view.root is None else [view.root]), *view.proof]
    head = f"wideberth/fraud@v1\ncheckpoints {len(view.first)} {len(view.second)}"
    lines = "".join("\n" + encode64(one) for one in hashes)
    return f"{head}{lines}\n\n".encode() + view.first + view.second


def forked_at(changed):
    return a_log([*ENTRIES[:changed], b"another", *ENTRIES[changed + 1 :]])


def view_of(old, new, changed, *, cosigned=False):
    """The older checkpoint of the true history and the newer of one that differs before it."""
    other = forked_at(changed)
    first = TRUE.cosigned_at(old, SOUTH) if cosigned else TRUE.at(old)
    second = other.cosigned_at(new, SOUTH) if cosigned else other.at(new)
    if old == new:
        return SplitView(first, second)
    proof = consistency_proof(old, new, other.tree.read)
    return SplitView(first, second, root_at(old, other.tree.read), proof)


@st.composite
def splits(draw):
    old = draw(st.integers(1, 24))
    new = draw(st.just(old) | st.integers(old, 24))
    return old, new, draw(st.integers(0, old - 1))


@given(splits(), st.booleans())
def test_two_histories_are_proven_to_whoever_has_the_public_key(split, cosigned):
    view = view_of(*split, cosigned=cosigned)
    for key in (TRUE.key, WITNESS) if cosigned else (TRUE.key,):
        raw = render_fraud(view, key)
        assert raw == written(view)
        assert parse_fraud(raw) == view
        verdict = verify_fraud(raw, key)
        assert verdict.is_shown
        assert len(verdict.checked) == 3
        assert verdict.checked[-1].endswith("it is fraud.")


@given(
    st.integers(0, 24),
    st.integers(0, 24),
    st.none() | st.sampled_from(NODES),
    st.lists(st.sampled_from(NODES), max_size=6).map(tuple),
    st.data(),
)
def test_a_truthful_log_is_never_accused_whatever_the_proof(one, other, root, proof, data):
    old, new = sorted((one, other))
    true_proof = consistency_proof(old, new, TRUE.tree.read)
    chosen = data.draw(st.sampled_from([proof, true_proof, true_proof[:-1], true_proof[1:]]))
    pair = data.draw(st.permutations([TRUE.at(old), TRUE.at(new, "note")]))
    raw = written(SplitView(pair[0], pair[1], root, chosen if root is not None else ()))
    verdict = verify_fraud(raw, TRUE.key)
    assert not verdict.is_shown
    assert verdict.checked
    with pytest.raises(FraudError, match="proves no fraud"):
        render_fraud(parse_fraud(raw), TRUE.key)


@given(st.integers(1, 24), st.integers(1, 24), st.data())
def test_a_proof_forged_from_a_history_that_was_never_signed_accuses_nobody(one, other, data):
    old, new = sorted((one, other))
    assume(old < new)
    forged = forked_at(data.draw(st.integers(0, old - 1)))
    proof = consistency_proof(old, new, forged.tree.read)
    view = SplitView(TRUE.at(old), TRUE.at(new), root_at(old, forged.tree.read), proof)
    assert not verify_fraud(written(view), TRUE.key).is_shown


@given(splits(), st.data())
def test_any_byte_changed_added_or_removed_convicts_no_more(split, data):
    raw = written(view_of(*split))
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.sampled_from([b"", b"\n", b" ", b"=", b"A", b"\0", b"\xff", b"9"]))
    altered = raw[:place] + other + raw[place + 1 :]
    assert verify_fraud(altered, TRUE.key).is_shown == (altered == raw)


@st.composite
def pairs_of_places(draw):
    """An index, and two sizes of a log that has it."""
    first, second = draw(st.integers(1, 24)), draw(st.integers(1, 24))
    return draw(st.integers(0, min(first, second) - 1)), first, second


def evidence_of(log, entry, index, size, *, cosigned=False):
    note = log.cosigned_at(size, SOUTH) if cosigned else log.at(size)
    path = inclusion_proof(index, size, log.tree.read)
    return render_evidence(Evidence(entry, index, path, note))


@given(pairs_of_places(), st.booleans())
def test_two_entries_at_one_index_are_proven_to_whoever_has_the_public_key(place, cosigned):
    index, first, second = place
    parts = (
        evidence_of(TRUE, ENTRIES[index], index, first, cosigned=cosigned),
        evidence_of(forked_at(index), b"another", index, second, cosigned=cosigned),
    )
    for key in (TRUE.key, WITNESS) if cosigned else (TRUE.key,):
        raw = render_fraud(TwoEntries(*parts), key)
        assert parse_fraud(raw) == TwoEntries(*parts)
        verdict = verify_fraud(raw, key)
        assert verdict.is_shown
        assert len(verdict.checked) == 5
        assert verdict.checked[-1] == (
            f"Both are entry {index}, and no two entries of one log can be: it is fraud."
        )


@given(pairs_of_places(), pairs_of_places(), st.data())
def test_a_truthful_log_is_never_accused_by_its_entries(place, other, data):
    claims = []
    for index, size, _ in (place, other):
        entry = data.draw(st.sampled_from([ENTRIES[index], b"another", ENTRIES[other[0]]]))
        claims.append(evidence_of(TRUE, entry, index, size))
    raw = b"wideberth/fraud@v1\nentries %d %d\n\n" % tuple(map(len, claims)) + b"".join(claims)
    assert parse_fraud(raw) == TwoEntries(*claims)
    assert not verify_fraud(raw, TRUE.key).is_shown
    with pytest.raises(FraudError, match="proves no fraud"):
        render_fraud(TwoEntries(*claims), TRUE.key)


def test_the_entries_of_two_logs_accuse_nobody():
    other = a_log([b"x", b"y", b"z"], party="east", pair=STRANGER)
    one = evidence_of(TRUE, ENTRIES[1], 1, 3, cosigned=True)
    claims = (one, evidence_of(other, b"y", 1, 3, cosigned=True))
    with pytest.raises(FraudError, match="two logs"):
        render_fraud(TwoEntries(*claims), WITNESS)


def test_two_entries_take_no_hashes():
    parts = evidence_of(TRUE, ENTRIES[1], 1, 3), evidence_of(forked_at(1), b"another", 1, 3)
    raw = render_fraud(TwoEntries(*parts), TRUE.key)
    with_hash = raw.replace(b"\n\n", b"\n" + encode64(bytes(32)).encode() + b"\n\n", 1)
    with pytest.raises(FraudError, match="need no consistency"):
        parse_fraud(with_hash)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore")))
@example(b"")
@example(b"wideberth/fraud@v1\ncheckpoints 0 0\n\n")
@example(b"wideberth/fraud@v1\ncheckpoints 1 1\n\nab")
@example(b"wideberth/fraud@v1\ncheckpoints 1 1\n" + b"A\n" * 100_000 + b"\nab")
def test_any_bytes_show_nothing_and_are_never_a_fault(raw):
    assert not verify_fraud(raw, TRUE.key).is_shown


def test_two_checkpoints_of_one_size_are_told_in_three_sentences():
    verdict = verify_fraud(written(view_of(4, 4, 1)), TRUE.key)
    one, other, end = verdict.checked
    assert one.startswith("wideberth/strait/north signed that wideberth/strait/north at 4 entries")
    assert other.startswith(one[: one.index(" has root")])
    assert one != other
    assert end == "Both are of 4 entries, and no two trees of one log can be: it is fraud."


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (log_key_of(TRUE.origin, STRANGER.public_key), "not signed"),
        (log_key_of("wideberth/strait/south", NORTH.public_key), "not signed"),
        (WITNESS, "not signed"),
    ],
)
def test_a_key_that_signed_neither_is_not_accused(key, reason):
    verdict = verify_fraud(written(view_of(4, 9, 1)), key)
    assert not verdict.is_shown
    assert reason in verdict.checked[-1]


def test_a_checkpoint_that_a_stranger_made_accuses_nobody():
    stranger = a_log([b"x", b"y", b"z"], pair=STRANGER)
    view = SplitView(TRUE.at(3), stranger.at(3))
    assert not verify_fraud(written(view), TRUE.key).is_shown


def test_a_witness_of_two_logs_is_not_accused_for_their_difference():
    other = a_log([b"x", b"y", b"z"], party="east", pair=STRANGER)
    view = SplitView(TRUE.cosigned_at(3, SOUTH), other.cosigned_at(3, SOUTH))
    verdict = verify_fraud(written(view), WITNESS)
    assert not verdict.is_shown
    assert "two logs" in verdict.checked[-1]


def test_one_key_of_two_logs_is_not_accused_for_their_difference():
    both = log_key_of("wideberth/strait/north", NORTH.public_key)
    other = a_log([b"x", b"y", b"z"], party="east")
    view = SplitView(TRUE.at(3), other.at(3))
    assert not verify_fraud(written(view), both).is_shown


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"root": None, "proof": ()}, "does not show"),
        ({"proof": ()}, "does not show"),
        ({"first": TRUE.at(9), "second": TRUE.at(4)}, "older checkpoint comes first"),
        ({"second": TRUE.at(4)}, "need no consistency proof"),
        ({"first": TRUE.at(4), "second": TRUE.at(4), "root": None, "proof": ()}, "agree"),
        (
            {
                "second": TRUE.at(9),
                "root": root_at(4, TRUE.tree.read),
                "proof": consistency_proof(4, 9, TRUE.tree.read),
            },
            "agree",
        ),
    ],
)
def test_what_shows_nothing_says_why_and_is_not_written(change, reason):
    view = dataclasses.replace(view_of(4, 9, 1), **change)
    verdict = verify_fraud(written(view), TRUE.key)
    assert not verdict.is_shown
    assert reason in verdict.checked[-1]
    with pytest.raises(FraudError, match="proves no fraud"):
        render_fraud(view, TRUE.key)


def test_a_log_is_not_accused_for_what_it_signed_of_another_log():
    texts = [f"wideberth/strait/east\n3\n{encode64(root)}\n" for root in (bytes(32), b"1" * 32)]
    first, second = (render_note(sign_note(text, TRUE.key, NORTH.sign)) for text in texts)
    verdict = verify_fraud(written(SplitView(first, second)), TRUE.key)
    assert not verdict.is_shown
    assert "not of the log" in verdict.checked[-1]


def test_the_lengths_must_be_those_of_the_checkpoints():
    raw = written(view_of(4, 9, 1))
    first, second = len(TRUE.at(4)), len(TRUE.at(9))
    assert f"checkpoints {first} {second}\n".encode() in raw
    for lengths in ((first, second + 1), (first, second - 1), (first + 1, second)):
        other = raw.replace(b"%d %d" % (first, second), b"%d %d" % lengths)
        with pytest.raises(FraudError, match="not as long"):
            parse_fraud(other)


def test_the_size_is_bounded():
    with pytest.raises(FraudError, match="more than the"):
        parse_fraud(bytes(MAX_FRAUD_BYTES + 1))
