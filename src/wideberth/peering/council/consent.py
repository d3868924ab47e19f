"""Consent to enter a special caution area: asked by the declarer's node, given on two levels (R25).

The level is that of the role: the last role of the agreement's escalation decides, all others are
the duty level. digest: of the activity's volumes as disclosed (hex SHA-256): a consent is for one
shape and time, and for no other.
"""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Said
from wideberth.peering.strict import Hash, Instant
from wideberth.peering.wire import Name, Text

Reason = Annotated[str, Meta(min_length=1, max_length=2000)]


class ConsentSaid(Said, frozen=True, kw_only=True):
    """What all steps of a consent share."""

    kind: ClassVar[str] = "consent"


class ConsentAsked(ConsentSaid, Opening, frozen=True, kw_only=True, tag="consent_asked"):
    """An activity of the sender's enters a caution area, whose id, clause and channel are said.

    begins_s: None where it has no start. activated: it has begun, whatever its window says.
    """

    activity: Name
    area: Name
    title: Text = ""
    clause: Text = ""
    channel: Text = ""
    begins_s: Instant | None = None
    digest: Hash
    activated: bool = False


class ConsentChanged(ConsentSaid, frozen=True, kw_only=True, tag="consent_changed"):
    """The activity was amended or has begun; another digest voids what was said of the one before.

    By the declarer.
    """

    begins_s: Instant | None = None
    digest: Hash
    activated: bool = False


class ConsentGiven(ConsentSaid, frozen=True, kw_only=True, tag="consent_given"):
    """Another party consents, on the level of the role that says so."""

    digest: Hash


class ConsentRefused(ConsentSaid, frozen=True, kw_only=True, tag="consent_refused"):
    """Another party refuses, or takes its consent back; reason: why."""

    digest: Hash
    reason: Reason


class ConsentEnded(ConsentSaid, frozen=True, kw_only=True, tag="consent_ended"):
    """The activity is over, or enters the area no more; by the declarer."""


ConsentBody = ConsentAsked | ConsentChanged | ConsentGiven | ConsentRefused | ConsentEnded
