"""One signature, one key, one reading: nothing weak and nothing written in a second way."""

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, P, is_of_small_order

from wideberth.peering.ed25519 import is_sound_key, verifies

ORDER = 2**252 + 27742317777372353535851937790883648493
EIGHTH = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
OTHER_EIGHTH = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
SMALL = [
    *(int(y).to_bytes(32, "little") for y in (0, 1, P - 1)),
    *map(bytes.fromhex, (EIGHTH, OTHER_EIGHTH)),
]


def _accepts(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def test_the_published_vectors_verify():
    # RFC 8032, section 7.1, TEST 2
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verifies(key, b"\x72", signature)
    assert not verifies(key, b"\x73", signature)


@given(st.binary(max_size=80), st.integers(0, 511))
def test_any_bit_turned_in_a_signature_is_refused(message, bit):
    signature = bytearray(NORTH.sign(message))
    assert verifies(NORTH.public_key, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verifies(NORTH.public_key, message, bytes(signature))


@given(st.binary(max_size=80))
def test_a_scalar_that_is_not_reduced_is_refused(message):
    signature = NORTH.sign(message)
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    second = signature[:32] + scalar.to_bytes(32, "little")
    assert verifies(NORTH.public_key, message, signature)
    assert not verifies(NORTH.public_key, message, second)


@pytest.mark.parametrize("key", SMALL + [y[:31] + bytes([y[31] | 0x80]) for y in SMALL])
def test_a_key_of_small_order_is_refused(key):
    assert not is_sound_key(key)


@pytest.mark.parametrize("key", SMALL)
def test_what_is_listed_as_of_small_order_is(key):
    assert is_of_small_order(key)
    assert not is_of_small_order(NORTH.public_key)


def test_one_signature_that_the_library_takes_for_many_messages_is_refused_here():
    weak = bytes.fromhex(EIGHTH)
    signature = (1).to_bytes(32, "little") + bytes(32)  # R neutral, S zero
    messages = [hashlib.sha256(bytes([n])).digest() for n in range(200)]
    taken = [m for m in messages if _accepts(weak, m, signature)]
    assert len(taken) > 1
    assert not any(verifies(weak, message, signature) for message in taken)


@pytest.mark.parametrize("above", range(19))
def test_a_key_written_in_a_second_way_is_refused(above):
    assert not is_sound_key((P + above).to_bytes(32, "little"))


@given(st.binary(max_size=70))
def test_any_bytes_as_key_or_signature_are_refused_without_a_fault(junk):
    assert not verifies(junk, b"message", SOUTH.sign(b"other message"))
    assert not verifies(SOUTH.public_key, b"message", junk)
