"""A peer's keys, as this node keeps them: which key counts for which message.

Statements (peering/statements.py) bring the keys, cards (peering/cards.py) the first statement; all
that a caller needs of the three files can be had from here. Whether a key counts is settled by the
number of the message, never by a clock: both sides can show the number afterwards.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, structs

from wideberth.peering.cards import Card, fingerprint, make_card, open_card
from wideberth.peering.envelope import key_id
from wideberth.peering.statements import (
    ForgedKeysError,
    KeysError,
    KeyStatement,
    Revoked,
    SkippedKeysError,
    StaleKeysError,
    Statement,
    make_statement,
    open_statement,
)

__all__ = [
    "COSIGN",
    "ENVELOPE",
    "LOG",
    "OVERLAP_MESSAGES",
    "Card",
    "ForgedKeysError",
    "KeyStatement",
    "KeysError",
    "PeerKey",
    "Revoked",
    "SkippedKeysError",
    "StaleKeysError",
    "Statement",
    "fingerprint",
    "key_at",
    "keys_of",
    "make_card",
    "make_statement",
    "open_card",
    "open_statement",
    "rotate",
]

ENVELOPE: Final = "envelope"
LOG: Final = "log"
COSIGN: Final = "cosign"
OVERLAP_MESSAGES: Final = 1000


class PeerKey(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An operational key of a peer, good for messages numbered from .. until (None: on).

    purpose: ENVELOPE, LOG or COSIGN. public: hex. until below first: revoked before any use.
    """

    kid: str
    purpose: str
    public: str
    first_sequence: int = 1
    until_sequence: int | None = None


def keys_of(statement: Statement, *, first_sequence: int = 1) -> tuple[PeerKey, ...]:
    """Return the statement's keys, good from that message on."""
    said = statement.said
    named = ((ENVELOPE, said.envelope), (LOG, said.log), (COSIGN, said.cosign))
    return tuple(
        PeerKey(
            kid=key_id(bytes.fromhex(public)),
            purpose=purpose,
            public=public,
            first_sequence=first_sequence,
        )
        for purpose, public in named
    )


def rotate(
    peer_keys: Iterable[PeerKey],
    statement: Statement,
    *,
    from_sequence: int,
    overlap: int = OVERLAP_MESSAGES,
) -> tuple[PeerKey, ...]:
    """Return a peer's keys, old ones first, once a statement counts from a message on.

    Keys that it names go on, or begin. Others are good for `overlap` messages more, or for none
    if it revokes them or says that all are lost. No key is forgotten: old messages need them. A
    key that has ended never comes back.
    """
    known = tuple(peer_keys)
    gone = {revoked.kid for revoked in statement.said.revokes}
    new = keys_of(statement, first_sequence=from_sequence)
    named = {(key.purpose, key.kid) for key in new}
    kept = tuple(
        _ended(key, from_sequence - 1 + (0 if statement.said.lost or key.kid in gone else overlap))
        if (key.purpose, key.kid) not in named
        else key
        for key in known
    )
    held = {(key.purpose, key.kid): key for key in kept}
    for key in new:
        old = held.get((key.purpose, key.kid))
        if old is not None and old.until_sequence is not None:
            raise ForgedKeysError(f"Key {key.kid} was given up and comes back.")
    return kept + tuple(key for key in new if (key.purpose, key.kid) not in held)


def key_at(peer_keys: Iterable[PeerKey], kid: str, *, purpose: str, sequence: int) -> bytes | None:
    """Return the public key of that name if it is good for the message of that number."""
    for key in peer_keys:
        last = key.until_sequence
        if key.kid == kid and key.purpose == purpose and key.first_sequence <= sequence:
            return bytes.fromhex(key.public) if last is None or sequence <= last else None
    return None


def _ended(key: PeerKey, last: int) -> PeerKey:
    before = key.until_sequence
    return structs.replace(key, until_sequence=last if before is None else min(last, before))
