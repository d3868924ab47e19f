"""Agreements: a text proposed, countered, signed key by key; then suspended, resumed, terminated.

text: the canonical bytes of an agreement (docs/formats/agreement.md) as text. A signature names
the digest of what it signs; the envelope that carries it is signed as every message is.
"""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Said
from wideberth.peering.strict import Hash, Instant
from wideberth.peering.wire import Name

LONGEST_TEXT = 300_000
Canonical = Annotated[str, Meta(min_length=2, max_length=LONGEST_TEXT)]


class AgreementSaid(Said, frozen=True, kw_only=True):
    """What all steps about an agreement share."""

    kind: ClassVar[str] = "agreement"


class AgreementProposed(
    AgreementSaid, Opening, frozen=True, kw_only=True, tag="agreement_proposed"
):
    """A text is on the table: the first, or an amendment of the one in force."""

    text: Canonical


class AgreementCountered(AgreementSaid, frozen=True, kw_only=True, tag="agreement_countered"):
    """Another text takes the place of the one on the table, and of its signatures."""

    text: Canonical


class AgreementSigned(AgreementSaid, frozen=True, kw_only=True, tag="agreement_signed"):
    """One key of the sender's: it signs the text on the table, which has this digest."""

    digest: Hash


class AgreementRejected(AgreementSaid, frozen=True, kw_only=True, tag="agreement_rejected"):
    """The sender does not sign, or takes back what it proposed; words: why."""


class AgreementSuspended(AgreementSaid, frozen=True, kw_only=True, tag="agreement_suspended"):
    """The sender suspends it; words: why. The hotline, interference and alarms stay open."""


class AgreementTicked(AgreementSaid, frozen=True, kw_only=True, tag="agreement_ticked"):
    """An item of the checklist is done on the sender's side."""

    item: Name


class AgreementResumed(AgreementSaid, frozen=True, kw_only=True, tag="agreement_resumed"):
    """The sender ends its suspension; every item is ticked by every party."""


class AgreementTerminated(AgreementSaid, frozen=True, kw_only=True, tag="agreement_terminated"):
    """The sender gives notice: the agreement ends then."""

    ends_s: Instant


AgreementBody = (
    AgreementProposed
    | AgreementCountered
    | AgreementSigned
    | AgreementRejected
    | AgreementSuspended
    | AgreementTicked
    | AgreementResumed
    | AgreementTerminated
)
