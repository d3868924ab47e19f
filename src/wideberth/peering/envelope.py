"""A signed message: JWS in flattened JSON (RFC 7515, 7.2.2), Ed25519 (RFC 9864), one form only.

What it looks like, with no white space and the keys in this order:

    {"payload":"...","protected":"...","signature":"..."}

The protected header is exactly {"alg":"Ed25519","kid":"...","typ":"..."}. Payload bytes are kept as
they came and are parsed only after the signature holds. Whatever is not byte for byte what `seal`
would write is refused, so that a message has one digest and nothing can hide beside it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.ed25519 import SIGNATURE_BYTES, verifies

MAX_ENVELOPE_BYTES: Final = 1_048_576

_FORM: Final = re.compile(
    rb'\{"payload":"([A-Za-z0-9_-]*)","protected":"([A-Za-z0-9_-]{1,256})",'
    rb'"signature":"([A-Za-z0-9_-]{86})"\}'
)
_HEADER: Final = re.compile(
    rb'\{"alg":"([!#-\[\]-~]{1,64})","kid":"([!#-\[\]-~]{1,64})","typ":"([!#-\[\]-~]{1,64})"\}'
)
_KID: Final = re.compile(r"[0-9a-f]{16}")
_SAME_VERSION: Final = "Both nodes must speak the same version of the protocol."


class EnvelopeError(WideberthError):
    """An envelope that is not to be used; the subclass says why."""


class TooLargeEnvelopeError(EnvelopeError):
    """More than MAX_ENVELOPE_BYTES."""


class MalformedEnvelopeError(EnvelopeError):
    """Not the one form that `seal` writes, or not of the kind that was asked for."""


class UnknownKeyError(EnvelopeError):
    """Signed under a key that the reader does not know."""


class BadSignatureError(EnvelopeError):
    """The signature is not by the key that the header names, or not over these bytes."""


class Kind(StrEnum):
    """What an envelope carries; a signature over one kind never counts for another."""

    MESSAGE = "wideberth-message+1"
    RECEIPT = "wideberth-receipt+1"
    RECORD = "wideberth-record+1"
    BUNDLE = "wideberth-bundle+1"
    CARD = "wideberth-card+1"


@dataclass(frozen=True, slots=True)
class Peeked:
    """What an envelope says of itself, before anyone has checked it."""

    kind: Kind
    kid: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope whose signature holds; digest is the hex SHA-256 of its raw bytes."""

    kind: Kind
    kid: str
    payload: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class _Parts:
    kind: Kind
    kid: str
    payload: bytes
    signature: bytes


def key_id(public_key: bytes) -> str:
    """Return the name of a raw 32-byte key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def seal(payload: bytes, kind: Kind, *, kid: str, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the envelope; the same payload, kind and key give the same bytes.

    sign takes the JWS signing input (RFC 7515, 5.1) and returns 64 bytes. Raises
    TooLargeEnvelopeError, and MalformedEnvelopeError for a kid that is not a `key_id`.
    """
    if not _KID.fullmatch(kid):
        raise MalformedEnvelopeError("The key id is not 16 hex digits in lower case.")
    if len(payload) > MAX_ENVELOPE_BYTES:
        raise _too_large(len(payload))
    signature = sign(_signing_input(kind, kid, payload))
    if len(signature) != SIGNATURE_BYTES:
        raise MalformedEnvelopeError(f"The signer gave {len(signature)} bytes, not 64.")
    raw = _render(_Parts(kind, kid, payload, signature))
    if len(raw) > MAX_ENVELOPE_BYTES:
        raise _too_large(len(raw))
    return raw


def peek(raw: bytes) -> Peeked:
    """Return the kind and key id an envelope claims; to be trusted for routing only."""
    parts = _parse(raw)
    return Peeked(parts.kind, parts.kid)


def read_payload(raw: bytes) -> bytes:
    """Return what is inside, unverified: only for an envelope from this node's own log."""
    return _parse(raw).payload


def open_envelope(
    raw: bytes, *, keys: Mapping[str, bytes] | Callable[[str], bytes | None], kind: Kind
) -> Opened:
    """Return what is inside, once size, form, kind, key and signature have all held.

    keys gives the raw 32-byte key for a key id, or None. Raises an EnvelopeError, and nothing
    else, whatever the bytes.
    """
    parts = _parse(raw)
    if parts.kind is not kind:
        raise MalformedEnvelopeError(f"The envelope is a {parts.kind}, not a {kind}.")
    public_key = keys(parts.kid) if callable(keys) else keys.get(parts.kid)
    if public_key is None:
        raise UnknownKeyError(
            f"No key {parts.kid} is known.", remedy="Ask the peer which key it uses now."
        )
    if not verifies(public_key, _signing_input(kind, parts.kid, parts.payload), parts.signature):
        raise BadSignatureError(f"The signature is not by key {parts.kid} over these bytes.")
    return Opened(kind, parts.kid, parts.payload, hashlib.sha256(raw).hexdigest())


def _parse(raw: bytes) -> _Parts:
    """Return the parts of an envelope in its one form; the signature is not looked at."""
    if len(raw) > MAX_ENVELOPE_BYTES:
        raise _too_large(len(raw))
    form = _FORM.fullmatch(raw)
    if form is None:
        raise MalformedEnvelopeError(
            "The envelope is not one JSON object of payload, protected and signature, in that"
            " order, in base64url, with no white space.",
            remedy=_SAME_VERSION,
        )
    payload, header, signature = (_decoded(part) for part in form.groups())
    kind, kid = _header(header)
    parts = _Parts(kind, kid, payload, signature)
    if _render(parts) != raw:
        raise MalformedEnvelopeError("A part of the envelope is not in canonical base64url.")
    return parts


def _header(header: bytes) -> tuple[Kind, str]:
    found = _HEADER.fullmatch(header)
    if found is None:
        raise MalformedEnvelopeError(
            "The protected header is not exactly alg, kid and typ, in that order.",
            remedy=_SAME_VERSION,
        )
    alg, kid, typ = (part.decode("ascii") for part in found.groups())
    if alg != "Ed25519":
        raise MalformedEnvelopeError("The algorithm is not Ed25519, the only one there is.")
    if not _KID.fullmatch(kid):
        raise MalformedEnvelopeError("The key id is not 16 hex digits in lower case.")
    if typ not in set(Kind):
        raise MalformedEnvelopeError("The kind of envelope is not known.", remedy=_SAME_VERSION)
    return Kind(typ), kid


def _render(parts: _Parts) -> bytes:
    protected, payload = _protected(parts.kind, parts.kid), _encoded(parts.payload)
    signature = _encoded(parts.signature)
    return b'{"payload":"%b","protected":"%b","signature":"%b"}' % (payload, protected, signature)


def _signing_input(kind: Kind, kid: str, payload: bytes) -> bytes:
    return _protected(kind, kid) + b"." + _encoded(payload)


def _protected(kind: Kind, kid: str) -> bytes:
    return _encoded(f'{{"alg":"Ed25519","kid":"{kid}","typ":"{kind}"}}'.encode("ascii"))


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def _decoded(part: bytes) -> bytes:
    """Return the bytes of base64url text of the right alphabet (RFC 4648, 5), unpadded."""
    try:
        return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except binascii.Error:
        raise MalformedEnvelopeError("A part of the envelope is cut short.") from None


def _too_large(size_bytes: int) -> TooLargeEnvelopeError:
    return TooLargeEnvelopeError(
        f"{size_bytes} bytes are more than the {MAX_ENVELOPE_BYTES} an envelope may have.",
        remedy="Send it in parts.",
    )
