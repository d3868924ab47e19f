"""What a party says of its keys: statements, each signed by its root key and following the last.

The root key is kept off line and signs only these and cards. A statement names the operational keys
(envelope for messages, log for checkpoints, cosign for cosignatures, and the TLS certificates)
and carries the consent of the envelope key before it, so that neither the root's holder nor the
node can change keys alone. After a loss the root signs alone, and the statement says so. Which key
counts for which message is settled by the message's number, never by a clock.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, structs

from wideberth.errors import WideberthError
from wideberth.peering.ed25519 import is_sound_key, verifies
from wideberth.peering.envelope import (
    EnvelopeError,
    Kind,
    key_id,
    open_envelope,
    seal,
)
from wideberth.peering.pins import PinError, pin_of
from wideberth.peering.strict import Strict
from wideberth.peering.wire import Name, Text

MAX_STATEMENT_BYTES: Final = 20_000  # what a message of keys and a card have room for
STATEMENT_VERSION: Final = 1
_CONSENT: Final = b"wideberth-key-statement/v1\n"  # no JWS signing input holds a line feed

KeyHex = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Kid = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
Pem = Annotated[str, Meta(max_length=4000)]
T = TypeVar("T")


class KeysError(WideberthError):
    """Keys that are not to be believed; nothing was changed."""


class ForgedKeysError(KeysError):
    """Not signed by the root key, or without the consent that it needs, or not of one piece."""


class StaleKeysError(KeysError):
    """A statement that came already, or another one under a number that is taken."""


class SkippedKeysError(KeysError):
    """A statement after one that never came; `expected` is the number to ask for."""

    def __init__(self, what: str, *, expected: int) -> None:
        self.expected = expected
        super().__init__(what, remedy=f"Ask the peer for its key statement number {expected}.")


class Revoked(Strict, frozen=True):
    """A key that counts for nothing from the statement on."""

    kid: Kid
    reason: Text


class KeyStatement(Strict, frozen=True, tag="key_statement"):
    """What the root key says of the operational keys, each time anew and in full.

    number: from 1. previous: digest of the statement before, empty in the first. tls: the
    certificates that count from now on, the one in use first. lost: the keys before are lost, all
    are revoked, and the root signs alone. consent: signature of the envelope key before, in hex.
    """

    party: Name
    number: Annotated[int, Meta(ge=1, le=2**53)]
    envelope: KeyHex
    log: KeyHex
    cosign: KeyHex
    tls: Annotated[tuple[Pem, ...], Meta(min_length=1, max_length=2)]
    revokes: Annotated[tuple[Revoked, ...], Meta(max_length=30)] = ()
    previous: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")] = ""
    lost: bool = False
    consent: Annotated[str, Meta(pattern=r"\A([0-9a-f]{128})?\Z")] = ""
    version: int = STATEMENT_VERSION


@dataclass(frozen=True, slots=True)
class Statement:
    """A key statement that holds; digest is the hex SHA-256 of its raw envelope."""

    said: KeyStatement
    raw: bytes
    digest: str

    @property
    def envelope_key(self) -> bytes:
        """Return the public envelope key, 32 bytes."""
        return bytes.fromhex(self.said.envelope)

    @property
    def pins(self) -> tuple[str, ...]:
        """Return the pins of the TLS certificates."""
        return tuple(pin_of(certificate) for certificate in self.said.tls)


_encoder: Final = msgspec.json.Encoder()
_statement: Final = msgspec.json.Decoder(KeyStatement)


def make_statement(
    said: KeyStatement,
    *,
    root: bytes,
    sign_root: Callable[[bytes], bytes],
    sign_previous: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Return the statement's envelope; sign_previous: by the envelope key before, if there is one.

    Raises KeysError for keys that no reader would take.
    """
    _check_keys(said)
    consent = sign_previous(_to_consent(said)).hex() if sign_previous else ""
    payload = _encoder.encode(structs.replace(said, consent=consent))
    raw = seal(payload, Kind.RECORD, kid=key_id(root), sign=sign_root)
    if len(raw) > MAX_STATEMENT_BYTES:
        raise KeysError(f"The statement is longer than {MAX_STATEMENT_BYTES} bytes.")
    return raw


def open_statement(raw: bytes, *, root: bytes, previous: Statement | None) -> Statement:
    """Return the statement that follows `previous` (None: the first), or raise a KeysError."""
    statement = read_statement(raw, root)
    said, number = statement.said, 0 if previous is None else previous.said.number
    if said.number <= number:
        raise StaleKeysError(f"Key statement {said.number} came after number {number}.")
    if said.number > number + 1:
        raise SkippedKeysError(
            f"Key statement {said.number} came after number {number}.", expected=number + 1
        )
    if previous is not None:
        _check_follows(statement, previous)
    return statement


def read_statement(raw: bytes, root: bytes) -> Statement:
    """Return a statement by its root key, whatever came before it."""
    if len(raw) > MAX_STATEMENT_BYTES:
        raise ForgedKeysError(f"The statement is longer than {MAX_STATEMENT_BYTES} bytes.")
    said = decoded(_statement, opened(raw, root, Kind.RECORD))
    check_version(said.version)
    _check_keys(said)
    if root.hex() in {said.envelope, said.log, said.cosign}:
        raise ForgedKeysError("The root key is to serve as an operational key.")
    first = said.number == 1
    if first and (said.previous or said.lost or said.revokes):
        raise ForgedKeysError("The first key statement speaks of keys before it.")
    if not first and not said.previous:
        raise ForgedKeysError("The key statement does not name the one before it.")
    if bool(said.consent) == (first or said.lost):
        raise ForgedKeysError("The consent of the key before is missing, or out of place.")
    return Statement(said, raw, hashlib.sha256(raw).hexdigest())


def _check_follows(statement: Statement, previous: Statement) -> None:
    said, before = statement.said, previous.said
    if said.party != before.party:
        raise ForgedKeysError("The key statement is of another party than the one before.")
    if said.previous != previous.digest:
        raise ForgedKeysError("The key statement does not follow from the one known here.")
    if said.lost:
        used = {before.envelope, before.log, before.cosign}
        if used & {said.envelope, said.log, said.cosign} or set(before.tls) & set(said.tls):
            raise ForgedKeysError("A key that was lost is named again.")
        return
    if not verifies(previous.envelope_key, _to_consent(said), bytes.fromhex(said.consent)):
        raise ForgedKeysError("The envelope key before has not consented to the key statement.")


def _check_keys(said: KeyStatement) -> None:
    keys = [bytes.fromhex(public) for public in (said.envelope, said.log, said.cosign)]
    if len(set(keys)) < len(keys):
        raise ForgedKeysError("One key is to serve two purposes.")
    if not all(is_sound_key(key) for key in keys):
        raise ForgedKeysError("A key is not a sound Ed25519 key.")
    if {key_id(key) for key in keys} & {revoked.kid for revoked in said.revokes}:
        raise ForgedKeysError("A key is named and revoked at once.")
    try:
        pins = [pin_of(certificate) for certificate in said.tls]
    except PinError as error:
        raise ForgedKeysError(f"A TLS certificate cannot be used: {error.what}") from error
    if len(set(pins)) < len(pins):
        raise ForgedKeysError("Two TLS certificates have one key.")


def check_version(version: int) -> None:
    """Raise KeysError for a form of statement or card that this node does not know."""
    if version != STATEMENT_VERSION:
        raise KeysError(
            f"The keys are in form {version}, this node knows {STATEMENT_VERSION}.",
            remedy="Bring both nodes to versions that share a form.",
        )


def _to_consent(said: KeyStatement) -> bytes:
    return _CONSENT + _encoder.encode(structs.replace(said, consent=""))


def opened(raw: bytes, root: bytes, kind: Kind) -> bytes:
    """Return the payload of an envelope by the root key; raises ForgedKeysError."""
    try:
        return open_envelope(raw, keys={key_id(root): root}, kind=kind).payload
    except EnvelopeError as error:
        raise ForgedKeysError(f"Not signed by the root key: {error.what}") from error


def decoded(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    """Return the struct that the bytes are; raises ForgedKeysError.

    The decoder raises UnicodeDecodeError, which is none of its own, for some text.
    """
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ForgedKeysError(f"The form is wrong: {error}.") from error


def envelope_keys(statements: Iterable[Statement]) -> dict[str, bytes]:
    """Return the keys that statements name for signing messages, by their ids."""
    public = (bytes.fromhex(one.said.envelope) for one in statements)
    return {key_id(one): one for one in public}
