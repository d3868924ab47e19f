"""A card: what one party hands to the other, by hand, before their nodes have ever spoken."""

import base64
import binascii
import hashlib
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from wideberth.peering.envelope import MAX_ENVELOPE_BYTES, Kind, key_id, seal
from wideberth.peering.statements import (
    MAX_STATEMENT_BYTES,
    STATEMENT_VERSION,
    ForgedKeysError,
    KeyHex,
    KeysError,
    Statement,
    check_version,
    decoded,
    opened,
    read_statement,
)
from wideberth.peering.strict import Strict
from wideberth.peering.wire import Name

Url = Annotated[
    str, Meta(pattern=r"\Ahttps://([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?\Z")
]


@dataclass(frozen=True, slots=True)
class Card:
    """What one party hands to the other, by hand: who, where, and under which keys.

    It proves only that whoever holds the root key wrote it. Whose root key that is, people settle:
    they read the fingerprint to each other.
    """

    party: str
    url: str
    root: bytes
    statement: Statement

    @property
    def fingerprint(self) -> str:
        """Return the root key's fingerprint, to be read aloud."""
        return fingerprint(self.root)


class _CardPayload(Strict, frozen=True, tag="card"):
    party: Name
    url: Url
    root: KeyHex
    statement: Annotated[str, Meta(max_length=MAX_STATEMENT_BYTES)]
    version: int = STATEMENT_VERSION


class _Outer(Struct, frozen=True):
    payload: str


_PORTS: Final = 65_536
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")  # RFC 1123, 2.1
_encoder: Final = msgspec.json.Encoder()
_card: Final = msgspec.json.Decoder(_CardPayload)
_outer: Final = msgspec.json.Decoder(_Outer)


def fingerprint(root: bytes) -> str:
    """Return a root key's fingerprint: 8 groups of 4 hex digits, 128 bits of its SHA-256.

    People read it to each other over a line on which they know each other's voice.
    """
    digits = hashlib.sha256(root).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def make_card(
    statement: Statement, *, url: str, root: bytes, sign_root: Callable[[bytes], bytes]
) -> bytes:
    """Return the card that says where the party's node is and what keys it has."""
    card = _CardPayload(
        party=statement.said.party, url=url, root=root.hex(), statement=statement.raw.decode()
    )
    raw = seal(_encoder.encode(card), Kind.CARD, kid=key_id(root), sign=sign_root)
    open_card(raw)
    return raw


def open_card(raw: bytes) -> Card:
    """Return the card, if its root key signed it and the statement in it; raises KeysError.

    The statement may have any number: what came before it is the party's own affair until then.
    """
    root = bytes.fromhex(decoded(_card, _unverified_payload(raw)).root)
    card = decoded(_card, opened(raw, root, Kind.CARD))
    check_version(card.version)
    statement = read_statement(card.statement.encode(), root)
    if not is_address(card.url):
        raise KeysError(
            "The address on the card is none that a node can have.",
            remedy="It is https://host:port, with a name or an IP address.",
        )
    if statement.said.party != card.party:
        raise ForgedKeysError("The card is of one party and its key statement of another.")
    return Card(card.party, card.url, root, statement)


def is_address(url: str) -> bool:
    """Return whether a node can have this address: https, a host, perhaps a port, no more."""
    found = re.fullmatch(r"https://(?:\[(.*)\]|([^:\[\]]*))(?::([0-9]{1,5}))?", url)
    if found is None or not 0 < int(found.group(3) or 443) < _PORTS:
        return False
    if found.group(1) is None:
        return all(_LABEL.fullmatch(label) for label in found.group(2).split("."))
    try:
        ipaddress.IPv6Address(found.group(1))
    except ValueError:
        return False
    return True


def _unverified_payload(raw: bytes) -> bytes:
    """Return what a card holds before its signature is checked: only to find the root key."""
    if len(raw) > MAX_ENVELOPE_BYTES:
        raise ForgedKeysError("This is too long for a card.")
    text = decoded(_outer, raw).payload
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ForgedKeysError("This is no card.") from None
