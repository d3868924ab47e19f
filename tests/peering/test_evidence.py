"""An evidence file convinces with public keys alone, or says what in it does not hold."""

import base64
import dataclasses
import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, STRANGER, WITNESS_NAME, a_log

from wideberth.peering.checkpoint import log_key_of, witness_key_of
from wideberth.peering.envelope import Kind, key_id, seal
from wideberth.peering.evidence import (
    MAX_EVIDENCE_BYTES,
    Evidence,
    EvidenceError,
    Keys,
    parse_evidence,
    render_evidence,
    verify_evidence,
)
from wideberth.peering.tree import inclusion_proof

KID = key_id(NORTH.public_key)
ENTRIES = [seal(f"notice {n}".encode(), Kind.MESSAGE, kid=KID, sign=NORTH.sign) for n in range(21)]
LOG = a_log(ENTRIES)
WITNESS = witness_key_of(WITNESS_NAME, SOUTH.public_key)
ALL_KEYS = Keys(LOG.key, (WITNESS,), {KID: NORTH.public_key})
LOG_ALONE = Keys(LOG.key)


def evidence_of(index, size, *, entry=None):
    path = inclusion_proof(index, size, LOG.tree.read)
    raw = LOG.cosigned_at(size, SOUTH)
    return Evidence(ENTRIES[index] if entry is None else entry, index, path, raw)


GOOD = render_evidence(evidence_of(5, 9))


@st.composite
def places(draw):
    size = draw(st.integers(1, 21))
    return draw(st.integers(0, size - 1)), size


@given(places())
def test_the_evidence_of_any_entry_reads_back_and_is_shown(place):
    evidence = evidence_of(*place)
    raw = render_evidence(evidence)
    assert parse_evidence(raw) == evidence
    verdict = verify_evidence(raw, ALL_KEYS)
    assert verdict.is_shown
    assert verdict.unchecked == ()


def test_each_thing_that_was_checked_is_said():
    said = verify_evidence(GOOD, ALL_KEYS).checked
    assert len(said) == 4
    assert said[0].startswith("The log wideberth/strait/north signed a checkpoint of 9 entries")
    assert said[1] == (
        f"Entry 5 of those 9 is {len(ENTRIES[5])} bytes with SHA-256"
        f" {hashlib.sha256(ENTRIES[5]).hexdigest()}: the audit path leads to the root."
    )
    assert said[2] == (
        "The witness wideberth/strait/south countersigned the checkpoint at"
        " 2026-09-21T14:13:20+00:00."
    )
    assert said[3] == f"The entry is a wideberth-message+1 signed by key {KID}."


def test_what_nobody_asked_for_is_said_too():
    verdict = verify_evidence(GOOD, LOG_ALONE)
    assert verdict.is_shown
    assert len(verdict.checked) == 2
    assert verdict.unchecked == (
        "No witness was named: nothing shows that others were shown the same tree.",
        "No signer was named: nothing shows who wrote the entry.",
    )


def test_the_file_is_a_c2sp_tlog_proof():
    first, second, third, *rest = GOOD.decode().split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    assert second == "extra " + base64.b64encode(ENTRIES[5]).decode()
    assert third == "index 5"
    path = [base64.b64encode(one).decode() for one in inclusion_proof(5, 9, LOG.tree.read)]
    assert rest[: len(path) + 1] == [*path, ""]
    assert "\n".join(rest[len(path) + 1 :]).encode() == LOG.cosigned_at(9, SOUTH)


@given(st.data())
def test_any_byte_changed_added_or_removed_is_refused_with_a_reason(data):
    place = data.draw(st.integers(0, len(GOOD) - 1))
    other = data.draw(st.sampled_from([b"", b"\n", b" ", b"=", b"A", b"\0", b"\xff", b"9"]))
    altered = GOOD[:place] + other + GOOD[place + 1 :]
    verdict = verify_evidence(altered, ALL_KEYS)
    assert verdict.is_shown == (altered == GOOD)
    assert verdict.checked


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore")))
@example(b"")
@example(b"\n\n")
@example(b"c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n")
@example(b"c2sp.org/tlog-proof@v1\nextra \xc3\xa9\nindex 0\n\n")
@example(b"c2sp.org/tlog-proof@v1\nextra AAAA\nindex " + b"9" * 5000 + b"\n\n")
@example(b"c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n" + b"A\n" * 100_000)
def test_any_bytes_are_not_shown_and_never_a_fault(raw):
    verdict = verify_evidence(raw, ALL_KEYS)
    assert not verdict.is_shown
    assert verdict.checked


@given(places(), places())
def test_an_entry_under_another_index_or_with_another_entrys_bytes_is_not_shown(place, other):
    evidence = evidence_of(*place)
    lies = [
        dataclasses.replace(evidence, index=other[0]),
        dataclasses.replace(evidence, entry=ENTRIES[other[0]]),
        dataclasses.replace(evidence, path=inclusion_proof(*other, LOG.tree.read)),
    ]
    for lie in lies:
        if lie != evidence:
            assert not verify_evidence(render_evidence(lie), ALL_KEYS).is_shown


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        (Keys(log_key_of(LOG.origin, STRANGER.public_key)), "not signed by the key of wideberth"),
        (Keys(log_key_of("wideberth/strait/east", NORTH.public_key)), "not signed by the key"),
        (Keys(LOG.key, (witness_key_of("east", SOUTH.public_key),)), "not signed by the key of e"),
        (Keys(LOG.key, (WITNESS, witness_key_of("x", NORTH.public_key))), "not signed by the key"),
        (Keys(LOG.key, (), {}), f"No key {KID} is known"),
        (Keys(LOG.key, (), {KID: SOUTH.public_key}), "signature is not by key"),
    ],
)
def test_a_key_that_did_not_sign_is_named_in_the_last_sentence(keys, reason):
    verdict = verify_evidence(GOOD, keys)
    assert not verdict.is_shown
    assert reason in verdict.checked[-1]


def test_an_entry_that_is_no_envelope_is_shown_to_be_there_but_not_who_wrote_it():
    log = a_log([b"not an envelope"])
    raw = render_evidence(Evidence(b"not an envelope", 0, (), log.at(1)))
    assert verify_evidence(raw, Keys(log.key)).is_shown
    assert not verify_evidence(raw, Keys(log.key, (), {})).is_shown


@pytest.mark.parametrize(
    "raw",
    [
        GOOD.replace(b"proof@v1", b"proof@v2"),
        GOOD.replace(b"index 5", b"index 05"),
        GOOD.replace(b"index 5", b"index -5"),
        GOOD.replace(b"index 5", b"Index 5"),
        GOOD.replace(b"extra ", b"extra  "),
        GOOD.replace(b"\nextra ", b"\nother "),
        GOOD.split(b"\n")[0] + b"\nindex 5\n\n" + LOG.at(9),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.split(b"\n\n")[0],
        GOOD.replace(b"index 5\n", b"index 5\nAAAA\n"),
        GOOD.replace(b"index 5\n", b"index 5\n" + b"A" * 43 + b"=\n" * 64),
    ],
)
def test_what_is_not_quite_the_format_is_refused(raw):
    assert parse_evidence(GOOD).index == 5
    with pytest.raises(EvidenceError):
        parse_evidence(raw)


def test_the_bounds_hold():
    with pytest.raises(EvidenceError, match="more than the"):
        parse_evidence(bytes(MAX_EVIDENCE_BYTES + 1))
    long = GOOD.replace(b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 64)
    with pytest.raises(EvidenceError, match="longer than 63"):
        parse_evidence(long)
    biggest = seal(bytes(786_000), Kind.MESSAGE, kid=KID, sign=NORTH.sign)
    log = a_log([biggest])
    raw = render_evidence(Evidence(biggest, 0, (), log.at(1)))
    assert verify_evidence(raw, Keys(log.key, (), {KID: NORTH.public_key})).is_shown


def test_parts_that_do_not_make_a_file_are_not_written():
    for changed in ({"index": -1}, {"path": (b"short",)}, {"entry": bytes(3_000_000)}):
        with pytest.raises(EvidenceError):
            render_evidence(dataclasses.replace(evidence_of(5, 9), **changed))
