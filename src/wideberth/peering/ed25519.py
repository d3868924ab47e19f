"""Ed25519 (RFC 8032), held to one reading: no weak key, no second encoding, 64 bytes or nothing.

The library refuses a scalar that is not reduced and compares the encoded point, so a signature has
one form. It accepts keys of small order, under which one signature may fit many messages, and
keys written in a second way; a record that has to convince a third person cannot have either.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_P: Final = 2**255 - 19
_EIGHTH: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)  # the y of a point of order 8
_SMALL_ORDER_Y: Final = frozenset({0, 1, _P - 1, _EIGHTH, _P - _EIGHTH})


def is_sound_key(public_key: bytes) -> bool:
    """Return whether 32 bytes are a public key in its one encoding, and not of small order."""
    if len(public_key) != KEY_BYTES:
        return False
    y = int.from_bytes(public_key, "little") & (2**255 - 1)
    return y < _P and y not in _SMALL_ORDER_Y


def verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature of exactly 64 bytes over the message is by a sound key."""
    if len(signature) != SIGNATURE_BYTES or not is_sound_key(public_key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
