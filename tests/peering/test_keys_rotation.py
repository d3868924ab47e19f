"""Which key counts for which message: by number, with an overlap, and never back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from key_scenes import Holder, revoked

from wideberth.peering.envelope import key_id
from wideberth.peering.keys import (
    COSIGN,
    ENVELOPE,
    LOG,
    ForgedKeysError,
    key_at,
    keys_of,
    rotate,
)

NORTH = Holder("north")
FIRST = NORTH.first()
SECOND = NORTH.next(FIRST)
THIRD = NORTH.next(SECOND)


def envelope_key(number):
    return NORTH.pair("envelope", number)


def kid(number, purpose="envelope"):
    return key_id(NORTH.pair(purpose, number).public_key)


def good(keys, number, sequence):
    return key_at(keys, kid(number), purpose=ENVELOPE, sequence=sequence) is not None


SEQUENCES = st.integers(1, 60)


@given(SEQUENCES, st.sampled_from([0, 1, 5, 20]), SEQUENCES)
def test_old_and_new_keys_overlap_for_so_many_messages(start, overlap, sequence):
    keys = rotate(keys_of(FIRST), SECOND, from_sequence=start, overlap=overlap)
    assert good(keys, 1, sequence) == (sequence < start + overlap)
    assert good(keys, 2, sequence) == (sequence >= start)


@given(SEQUENCES, SEQUENCES)
def test_a_revoked_key_counts_for_nothing_from_the_statement_on(start, sequence):
    statement = NORTH.next(FIRST, revokes=(revoked(envelope_key(1)),))
    keys = rotate(keys_of(FIRST), statement, from_sequence=start, overlap=20)
    assert good(keys, 1, sequence) == (sequence < start)
    assert key_at(keys, kid(1, "log"), purpose=LOG, sequence=start + 19) is not None


@given(SEQUENCES, SEQUENCES)
def test_after_a_loss_no_key_before_counts_any_more(start, sequence):
    statement = NORTH.next(FIRST, lost=True)
    keys = rotate(keys_of(FIRST), statement, from_sequence=start, overlap=20)
    for purpose in (ENVELOPE, LOG, COSIGN):
        found = key_at(keys, kid(1, purpose), purpose=purpose, sequence=sequence)
        assert (found is not None) == (sequence < start)


def test_after_a_loss_a_lost_key_cannot_be_named_again():
    with pytest.raises(ForgedKeysError, match="lost"):
        NORTH.next(FIRST, lost=True, log=FIRST.said.log)
    with pytest.raises(ForgedKeysError, match="lost"):
        NORTH.next(FIRST, lost=True, tls=FIRST.said.tls)


def test_a_key_named_again_goes_on_as_before():
    statement = NORTH.next(FIRST, log=FIRST.said.log)
    keys = rotate(keys_of(FIRST), statement, from_sequence=10, overlap=0)
    found = [key for key in keys if key.purpose == LOG]
    assert [(key.first_sequence, key.until_sequence) for key in found] == [(1, None)]


def test_a_key_that_was_given_up_never_comes_back():
    keys = rotate(keys_of(FIRST), SECOND, from_sequence=10)
    back = NORTH.next(SECOND, envelope=FIRST.said.envelope)
    with pytest.raises(ForgedKeysError, match="comes back"):
        rotate(keys, back, from_sequence=20)


def test_a_third_rotation_does_not_prolong_the_first_overlap():
    keys = rotate(keys_of(FIRST), SECOND, from_sequence=10, overlap=5)
    keys = rotate(keys, THIRD, from_sequence=12, overlap=50)
    assert not good(keys, 1, 15)
    assert good(keys, 2, 61)
    assert not good(keys, 2, 62)


def test_a_key_counts_only_for_its_purpose():
    assert key_at(keys_of(FIRST), kid(1), purpose=COSIGN, sequence=1) is None
    assert key_at(keys_of(FIRST), kid(1), purpose=ENVELOPE, sequence=1) == FIRST.envelope_key
