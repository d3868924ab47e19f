"""Meetings: called, their time and place proposed until both hold the same, held, minutes agreed.

Time and place are settled each on its own: a date may stand while the place is still open.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.strict import Instant, Strict
from wideberth.peering.wire import Name, Text

Place = Annotated[str, Meta(max_length=500)]
MOST_MINUTES = 20_000


class MeetingKind(StrEnum):
    """What is called. EXTRAORDINARY: takes place within the agreement's hours of the call."""

    PLENARY = "plenary"
    WORKING_GROUP = "working-group"
    EXTRAORDINARY = "extraordinary"


class Coming(StrEnum):
    """What a party answers to a proposal; a tentative answer keeps the clock running."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class When(Strict, frozen=True, kw_only=True):
    """From when until when, seconds UTC; the end is not before the start."""

    start_s: Instant
    end_s: Instant


class MeetingSaid(Said, frozen=True, kw_only=True):
    """What all steps of a meeting share."""

    kind: ClassVar[str] = "meeting"


class MeetingCalled(MeetingSaid, Opening, frozen=True, kw_only=True, tag="meeting_called"):
    """A meeting is called. when: the caller's proposal; place: the same; either may be open.

    head: the role that leads the caller's delegation.
    """

    title: Name
    meeting_kind: MeetingKind = MeetingKind.WORKING_GROUP
    when: When | None = None
    place: Place = ""
    head: Annotated[str, Meta(max_length=200)] = ""


class MeetingProposed(MeetingSaid, frozen=True, kw_only=True, tag="meeting_proposed"):
    """Another time, another place, or both; what is left out stays as the sender held it."""

    when: When | None = None
    place: Place = ""


class MeetingAnswered(MeetingSaid, frozen=True, kw_only=True, tag="meeting_answered"):
    """What the sender makes of what was proposed to it; what it accepts is said word for word."""

    answer: Coming
    when: When | None = None
    place: Place = ""


class MeetingDelegation(MeetingSaid, frozen=True, kw_only=True, tag="meeting_delegation"):
    """Who comes for the sender, as roles: the head, and the others."""

    head: Name
    members: Annotated[tuple[Name, ...], Meta(max_length=50)] = ()


class MeetingPoint(MeetingSaid, frozen=True, kw_only=True, tag="meeting_point"):
    """A point for the agenda; ref: the matter it rests on; clause: of the agreement."""

    title: Name
    ref: Ref = ""
    clause: Annotated[str, Meta(max_length=200)] = ""


class MeetingHeld(MeetingSaid, frozen=True, kw_only=True, tag="meeting_held"):
    """The meeting took place."""


class MinutesProposed(MeetingSaid, frozen=True, kw_only=True, tag="meeting_minutes"):
    """Minutes as their sender would have them; it agrees to them by that."""

    text: Annotated[str, Meta(min_length=1, max_length=MOST_MINUTES)]


class MinutesAgreed(MeetingSaid, frozen=True, kw_only=True, tag="meeting_agreed"):
    """The sender agrees to the minutes whose text has this SHA-256; a dissent stays beside them."""

    digest: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    dissent: Text = ""


class MeetingPostponed(MeetingSaid, frozen=True, kw_only=True, tag="meeting_postponed"):
    """The date stands no longer; words: why. A new one is proposed."""


class MeetingCancelled(MeetingSaid, frozen=True, kw_only=True, tag="meeting_cancelled"):
    """There will be no meeting; words: why."""


MeetingBody = (
    MeetingCalled
    | MeetingProposed
    | MeetingAnswered
    | MeetingDelegation
    | MeetingPoint
    | MeetingHeld
    | MinutesProposed
    | MinutesAgreed
    | MeetingPostponed
    | MeetingCancelled
)
