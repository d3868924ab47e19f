"""Drills: test calls, tests down to the units, and pauses of them."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Said
from wideberth.peering.strict import Instant
from wideberth.peering.wire import Name

MOST_SLOTS = 800  # a year of two a day fits into one message
MOST_UNITS = 200


class Exercise(StrEnum):
    """What is tested, or why not.

    SCHEDULED: a call at a time of the agreement. SURPRISE: one at any time. END_TO_END: down to
    the units' acknowledgements. PAUSE: no calls for a while. NOT_CALLED: times that passed while
    the caller's node did not run.
    """

    SCHEDULED = "scheduled"
    SURPRISE = "surprise"
    END_TO_END = "end_to_end"
    PAUSE = "pause"
    NOT_CALLED = "not_called"


class DrillSaid(Said, frozen=True, kw_only=True):
    """What all steps of a drill share."""

    kind: ClassVar[str] = "drill"


class DrillOpened(DrillSaid, Opening, frozen=True, kw_only=True, tag="drill_opened"):
    """The opener tests the line to the other party, or says why it does not.

    slots: the agreement's time of a scheduled call; all the times that were not called. until_s:
    when a pause ends; its reason is in the words. units: of the other party, to which an end-to-end
    test goes; empty: all that the agreement names.
    """

    what: Exercise
    slots: Annotated[tuple[Instant, ...], Meta(max_length=MOST_SLOTS)] = ()
    until_s: Instant | None = None
    units: Annotated[tuple[Name, ...], Meta(max_length=MOST_UNITS)] = ()


class DrillAnswered(DrillSaid, frozen=True, kw_only=True, tag="drill_answered"):
    """The watch that was called answers: a person's act, never the node's."""


class DrillRead(DrillSaid, frozen=True, kw_only=True, tag="drill_read"):
    """The watch has read an end-to-end test."""


class DrillPassed(DrillSaid, frozen=True, kw_only=True, tag="drill_passed"):
    """The watch has passed it to units."""

    units: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=MOST_UNITS)]


class DrillAcknowledged(DrillSaid, frozen=True, kw_only=True, tag="drill_acknowledged"):
    """A unit has acknowledged it.

    code: the unit's code as it was heard; its node checks it and sends none on. is_proved: there
    was one, and it was the unit's; the node says so, nobody else can.
    """

    unit: Name
    code: Annotated[str, Meta(max_length=40)] = ""
    is_proved: bool = False


class DrillClosed(DrillSaid, frozen=True, kw_only=True, tag="drill_closed"):
    """The opener waits no longer: a later drill has come to its end."""


class DrillResumed(DrillSaid, frozen=True, kw_only=True, tag="drill_resumed"):
    """The opener ends its pause."""


DrillBody = (
    DrillOpened
    | DrillAnswered
    | DrillRead
    | DrillPassed
    | DrillAcknowledged
    | DrillClosed
    | DrillResumed
)
