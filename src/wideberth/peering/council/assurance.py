"""Assurances: what a party promises not to do, until when; renewed, withdrawn, or lapsed."""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.strict import Instant
from wideberth.peering.wire import Name
from wideberth.peering.wire_scope import WireScope


class AssuranceSaid(Said, frozen=True, kw_only=True):
    """What all steps of an assurance share."""

    kind: ClassVar[str] = "assurance"


class AssuranceGiven(AssuranceSaid, Opening, frozen=True, kw_only=True, tag="assurance_given"):
    """Whoever opens it gives it. answers: the concern that it answers, if any."""

    title: Name
    scope: WireScope
    clause: Annotated[str, Meta(max_length=200)] = ""
    answers: Ref = ""


class AssuranceRenewed(AssuranceSaid, frozen=True, kw_only=True, tag="assurance_renewed"):
    """Its expiry moves on; it cannot be renewed when it has lapsed."""

    until_s: Instant


class AssuranceWithdrawn(AssuranceSaid, frozen=True, kw_only=True, tag="assurance_withdrawn"):
    """It ends before its expiry, at ends_s; words: why."""

    ends_s: Instant


class AssuranceLapsed(AssuranceSaid, frozen=True, kw_only=True, tag="assurance_lapsed"):
    """Said by the giver's node when it is over; it lapses at its expiry on every side anyhow."""


AssuranceBody = AssuranceGiven | AssuranceRenewed | AssuranceWithdrawn | AssuranceLapsed
