"""Under which agreement a peer's message is judged: that under which it was sent.

Two nodes take a new agreement up at slightly different moments. What was sent under the one before,
or under one that is signed and not yet in force here, would cite clauses and units that are not in
ours; it is judged under its own, and no message is lost. For an hour only: nobody goes back to an
agreement that was replaced.
"""

from functools import lru_cache
from typing import Final

import msgspec
from msgspec import Struct

from wideberth.formats import agreement_json
from wideberth.node import tables
from wideberth.node.ports import Reader, Transaction
from wideberth.node.settings import Settings
from wideberth.peering.payloads import Head

GRACE_S: Final = 3600.0
_KNOWN: Final = "agreement signed"


class Known(Struct, frozen=True):
    """A text that is, or was, agreed; until_s: when another took its place here."""

    text: str
    until_s: float | None = None


def note_known(transaction: Transaction, text: str, until_s: float | None = None) -> None:
    """Note a text that is agreed, or until when it was."""
    key = tables.key(_KNOWN, agreement_json.digest(text.encode()))
    if until_s is not None or transaction.get(tables.META, key) is None:
        transaction.put(tables.META, key, msgspec.json.encode(Known(text, until_s)))


def heard_under(reader: Reader, head: Head, settings: Settings) -> Settings:
    """Return the settings under which a message is judged: ours, unless it was sent under others.

    Only under what all have signed; of one that was replaced here, only what was sent till then.
    """
    if head.agreement_digest in ("", settings.agreement_digest):
        return settings
    record = reader.get(tables.META, tables.key(_KNOWN, head.agreement_digest))
    if record is None:
        return settings
    known = msgspec.json.decode(record, type=Known)
    if known.until_s is not None and head.sent_s > known.until_s + GRACE_S:
        return settings
    return _settings(settings.party, known.text) or settings


@lru_cache(maxsize=4)
def _settings(party: str, text: str) -> Settings | None:
    agreement = agreement_json.read(text.encode()).agreement
    return None if agreement is None else Settings.of(party, agreement)
