"""Payloads of envelopes: messages, receipts, and the node's own records; strict and versioned.

A message is the payload of a `wideberth-message+1` envelope, a receipt that of a
`wideberth-receipt+1`, a record (a node's own entry in its log) that of a `wideberth-record+1`.
"""

import json
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from wideberth.errors import WideberthError
from wideberth.peering.messages import Body
from wideberth.peering.strict import Count, Hash, Instant, Proof, Strict
from wideberth.peering.wire import Name, Text

PROTOCOL: Final = 1
_MOST_SAID: Final = 200


class Witnessed(Strict, frozen=True):
    """The newest checkpoint of the recipient's log that the sender verified, and its size.

    cosigned: the checkpoint's note with the sender's cosignature, or empty if there is none new.
    """

    size: Count = 0
    cosigned: Annotated[str, Meta(max_length=4000)] = ""


class Head(Strict, frozen=True):
    """What every message says of itself (ADR 8).

    agreement_digest: of all that the sender's agreement says, so that one version with two contents
    is noticed. rules_digest: of what the sender's program makes of it. previous: hash of the
    sender's message before this one to this recipient.
    last_received and last_sequence: the recipient's newest message that the sender has logged.
    """

    agreement: Name
    agreement_version: Count
    sender: Name
    recipient: Name
    sequence: Annotated[int, Meta(ge=1, le=2**53)]
    previous: Hash
    last_sequence: Count
    last_received: Hash
    sent_s: Instant
    version: int
    witnessed: Witnessed = Witnessed()
    agreement_digest: Hash = ""
    rules_digest: Hash = ""


class Message(Strict, frozen=True):
    """A message: head and body."""

    head: Head
    body: Body


class AnyMessage(Strict, frozen=True):
    """A message whose body is not looked at yet, so that an unknown one can still be answered."""

    head: Head
    body: msgspec.Raw


class Receipt(Strict, frozen=True):
    """The signed answer to a message: it was received, logged, and taken or not.

    sent_s: the sender's clock, from the message; received_s: the receiver's. index: where the
    message stands in the receiver's log; inclusion: proof of it under the checkpoint; consistency:
    proof from the size of the checkpoint in the receipt before. accepted false: problems says why.
    """

    agreement: Name
    sender: Name
    recipient: Name
    message: Hash
    sequence: Annotated[int, Meta(ge=1, le=2**53)]
    sent_s: Instant
    received_s: Instant
    index: Count
    checkpoint: Annotated[str, Meta(max_length=4000)]
    inclusion: Proof
    consistency_from: Count
    consistency: Proof
    version: int
    accepted: bool = True
    problems: Annotated[tuple[Text, ...], Meta(max_length=100)] = ()


class Commitment(Strict, frozen=True, tag="commitment"):
    """A private activity exists: SHA-256 of a salt and its bytes; nothing else is said of it."""

    digest: Hash


class OwnKeys(Strict, frozen=True, tag="own_keys"):
    """The node's own key statement, logged before it is sent."""

    statement: Annotated[str, Meta(max_length=20_000)]


class Evidence(Strict, frozen=True, tag="evidence"):
    """Two envelopes that cannot both be honest, kept as received."""

    about: Name
    what: Text
    envelopes: Annotated[tuple[Annotated[str, Meta(max_length=1_100_000)], ...], Meta(max_length=2)]


class Record(Strict, frozen=True):
    """An entry of a node's own in its log."""

    at_s: float
    body: Commitment | OwnKeys | Evidence


class MessageError(WideberthError):
    """A payload that is no message of this protocol; says what is wrong, not what it holds."""


_encoder: Final = msgspec.json.Encoder()
_body: msgspec.json.Decoder[Body] = msgspec.json.Decoder(Body)
_message: Final = msgspec.json.Decoder(AnyMessage)
_receipt: Final = msgspec.json.Decoder(Receipt)
_record: Final = msgspec.json.Decoder(Record)

T = TypeVar("T")


def encode(value: Message | Receipt | Record) -> bytes:
    """Return the JSON of a payload; the same payload gives the same bytes."""
    return _encoder.encode(value)


def decode_message(payload: bytes) -> AnyMessage:
    """Return a message with its body unread; raises MessageError."""
    message = _decode(_message, payload)
    _refuse_repeats(payload)
    _check_version("message", message.head.version)
    return message


def decode_body(message: AnyMessage) -> Body:
    """Return a message's body; raises MessageError where this node does not know it."""
    return _decode(_body, message.body)


def refuse_unreadable(body: Body) -> None:
    """Raise MessageError where no other node could read a body: a text too long, say."""
    _decode(_body, _encoder.encode(body))


def decode_receipt(payload: bytes) -> Receipt:
    """Return a receipt; raises MessageError."""
    receipt = _decode(_receipt, payload)
    _refuse_repeats(payload)
    _check_version("receipt", receipt.version)
    return receipt


def decode_record(payload: bytes) -> Record:
    """Return a node's own entry; raises MessageError."""
    return _decode(_record, payload)


def _check_version(what: str, version: int) -> None:
    if version != PROTOCOL:
        raise MessageError(
            f"the {what} speaks protocol {version}, this node {PROTOCOL}.",
            remedy="Bring both nodes to versions that share a protocol.",
        )


def _decode(decoder: msgspec.json.Decoder[T], data: bytes | msgspec.Raw) -> T:
    """Return the struct; the decoder raises UnicodeDecodeError, none of its own, for some text."""
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        said = str(error)[:_MOST_SAID]  # it may name a field, as long as the peer likes
        raise MessageError(f"the payload is not what its type says: {said}.") from error


def _refuse_repeats(payload: bytes) -> None:
    """Raise MessageError where an object names a field twice: two readers would read two things."""
    try:
        json.loads(payload.decode(), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise MessageError(f"the payload can be read in two ways: {error}.") from error


def _each_once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _value in pairs}) < len(pairs):
        raise ValueError("a field is there twice")
