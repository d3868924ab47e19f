"""Concerns: what one side is worried about, on what evidence, and what the other answers."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.strict import Hash, Instant, Strict
from wideberth.peering.wire import Name, Text

MOST_EVIDENCE = 50


class Evidence(StrEnum):
    """What a concern rests on."""

    CONFLICT = "conflict"
    NOTICE = "notice"
    ACTIVITY = "activity"
    INTERFERENCE = "interference"
    TRACK = "track"
    MATTER = "matter"
    PRESS = "press"
    THIRD_PARTY = "third-party"

    @property
    def is_report(self) -> bool:
        """Return whether somebody else said it: a report is a report, not a finding."""
        return self in (Evidence.PRESS, Evidence.THIRD_PARTY)


class Cited(Strict, frozen=True, kw_only=True):
    """One piece of evidence, and the role that vouches for it.

    what: the conflict's id, PARTY/ID of an activity, OPENER/ID of a case of interference, the
    track's reference, kind/opener/id of a matter, or what was reported. entry: the hash of a
    message in both ledgers that shows it. source, reported_s: of a report, who said it and when.
    """

    kind: Evidence
    what: Annotated[str, Meta(min_length=1, max_length=2000)]
    vouched_by: Name
    entry: Hash = ""
    source: Text = ""
    reported_s: Instant | None = None


class ConcernSaid(Said, frozen=True, kw_only=True):
    """What all steps of a concern share."""

    kind: ClassVar[str] = "concern"


class ConcernRaised(ConcernSaid, Opening, frozen=True, kw_only=True, tag="concern_raised"):
    """A concern, in words; the other parties owe an answer.

    clause: of the agreement; without_clause says that none applies. urgent: the shorter clock.
    """

    title: Name
    clause: Annotated[str, Meta(max_length=200)] = ""
    without_clause: bool = False
    evidence: Annotated[tuple[Cited, ...], Meta(max_length=MOST_EVIDENCE)] = ()
    urgent: bool = False


class ConcernAnswered(ConcernSaid, frozen=True, kw_only=True, tag="concern_answered"):
    """An answer, in words; assurance: one that is given with it."""

    assurance: Ref = ""


class ConcernAccepted(ConcernSaid, frozen=True, kw_only=True, tag="concern_accepted"):
    """Of another party: the concern is well founded. Of its raiser: the answers settle it."""


class ConcernDisputed(ConcernSaid, frozen=True, kw_only=True, tag="concern_disputed"):
    """Of another party: it is not well founded. Of its raiser: the answer does not settle it."""


class ConcernAsked(ConcernSaid, frozen=True, kw_only=True, tag="concern_asked"):
    """A follow-up question; whoever did not ask it owes an answer by the same clock."""


class ConcernMeeting(ConcernSaid, frozen=True, kw_only=True, tag="concern_meeting"):
    """A meeting is asked for, or named: kind/opener/id of the matter that it is."""

    meeting: Ref = ""


class ConcernWithdrawn(ConcernSaid, frozen=True, kw_only=True, tag="concern_withdrawn"):
    """Its raiser takes it back; words: why."""


ConcernBody = (
    ConcernRaised
    | ConcernAnswered
    | ConcernAccepted
    | ConcernDisputed
    | ConcernAsked
    | ConcernMeeting
    | ConcernWithdrawn
)
