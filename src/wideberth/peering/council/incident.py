"""Incidents: what each side reports, what it froze, what it finds, and that both close it (R17).

No field says who was aimed at, with what, or whose side a third party is on; nobody asks.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.strict import Count, Hash, Instant, Strict
from wideberth.peering.wire import Name, Text
from wideberth.peering.wire_footprint import WireFootprint

Long = Annotated[str, Meta(min_length=1, max_length=20_000)]
MOST_NAMED = 50


class Harm(StrEnum):
    """Whether people came to harm."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class IncidentSaid(Said, frozen=True, kw_only=True):
    """What all steps of an incident share."""

    kind: ClassVar[str] = "incident"


class IncidentForm(Strict, frozen=True, kw_only=True):
    """The agreed form. act: the code of a prohibited act of the agreement; empty: of none.

    about: what of the record it concerns, as activity/PARTY/ID, notice/HASH, conflict/ID or the
    name of another matter (call/OPENER/ID). third_parties: who else was affected, in words.
    """

    text: Long
    happened_s: Instant
    until_s: Instant | None = None
    place: WireFootprint | None = None
    about: Annotated[tuple[Ref, ...], Meta(max_length=MOST_NAMED)] = ()
    act: Annotated[str, Meta(max_length=200)] = ""
    harm: Harm = Harm.UNKNOWN
    third_parties: Text = ""


class IncidentReported(IncidentSaid, Opening, frozen=True, kw_only=True, tag="incident_reported"):
    """An incident is reported: this is the opener's preliminary report."""

    title: Name
    form: IncidentForm


class IncidentReport(IncidentSaid, frozen=True, kw_only=True, tag="incident_report"):
    """A side's report of an incident that is open; final: its last word on what happened."""

    form: IncidentForm
    final: bool = False


class IncidentFrozen(IncidentSaid, frozen=True, kw_only=True, tag="incident_frozen"):
    """The sender has frozen an excerpt of its ledger (peering/excerpt.py); it keeps it for good.

    number: counts the excerpts of the sender from 1. digest: of the excerpt. size: of the ledger
    then. from_s, to_s: the stretch of time that was looked through, by the sender's clock.
    """

    number: Annotated[int, Meta(ge=1, le=1000)]
    digest: Hash
    entries: Count
    size: Count
    from_s: Instant
    to_s: Instant


class IncidentReviewed(IncidentSaid, frozen=True, kw_only=True, tag="incident_review"):
    """The joint review is put on a meeting."""

    meeting: Annotated[str, Meta(min_length=1, max_length=700)]


class IncidentFinding(IncidentSaid, frozen=True, kw_only=True, tag="incident_finding"):
    """What a side finds; the newest counts. agrees: the turn of another side's that it shares.

    actions: the corrective actions, as action/OPENER/ID.
    """

    text: Annotated[str, Meta(max_length=20_000)] = ""
    agrees: Count = 0
    clause: Annotated[str, Meta(max_length=200)] = ""
    actions: Annotated[tuple[Ref, ...], Meta(max_length=MOST_NAMED)] = ()


class IncidentClosed(IncidentSaid, frozen=True, kw_only=True, tag="incident_closed"):
    """The sender closes it; it is closed when every party has, on what all of them knew."""


class IncidentReopened(IncidentSaid, frozen=True, kw_only=True, tag="incident_reopened"):
    """The sender opens it again; words: why."""


IncidentBody = (
    IncidentReported
    | IncidentReport
    | IncidentFrozen
    | IncidentReviewed
    | IncidentFinding
    | IncidentClosed
    | IncidentReopened
)
