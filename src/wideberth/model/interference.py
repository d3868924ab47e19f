"""Interference as one party reports it to another, and what both then say of it (R26).

Who, what, when, bearing, effect, suspected source, action, closure: what frequency managers report
(JSIR, NATO SMIR). A source is an activity that one of the two declared, or words; there is no field
for what a third party is taken for, and none for a person's name: roles report.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Footprint, Point, check_point
from wideberth.model.notice import CeaseRules
from wideberth.model.span import FrequencyBand, TimeWindow

LONGEST_PROMISE_S: Final = 86_400.0  # who needs longer cannot cease, and says why


class Service(StrEnum):
    """The service that suffers; the first three are services of safety (RR 1.59)."""

    DISTRESS = "distress"
    GNSS = "gnss"
    AERONAUTICAL = "aeronautical"
    MARITIME = "maritime"
    RADAR = "radar"
    DATA_LINK = "data-link"
    OTHER = "other"

    @property
    def is_safety(self) -> bool:
        """Return whether a life may hang on it, so that the shorter answer clock counts."""
        return self in (Service.DISTRESS, Service.GNSS, Service.AERONAUTICAL)


class Effect(StrEnum):
    """What the interference does to the service."""

    DEGRADED = "degraded"
    INTERMITTENT = "intermittent"
    LOST = "lost"


class CeaseAnswer(StrEnum):
    """What the party asked to cease answers."""

    CEASING = "ceasing"
    CEASED = "ceased"
    NOT_OURS = "not-ours"
    DISPUTED = "disputed"
    CANNOT = "cannot"

    @property
    def needs_reason(self) -> bool:
        """Return whether the answer is worth nothing without saying why."""
        return self in (CeaseAnswer.DISPUTED, CeaseAnswer.CANNOT)


class Outcome(StrEnum):
    """How a case came to its end."""

    CEASED = "ceased"
    NOT_THEIRS = "not-theirs"
    UNEXPLAINED = "unexplained"
    WITHDRAWN = "withdrawn"


class CaseState(StrEnum):
    """How far a case has come; asked and ceasing run against a clock."""

    OPEN = "open"
    ASKED = "asked"
    CEASING = "ceasing"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Bearing:
    """A direction from which it comes: degrees from true north, clockwise, seen from a place."""

    bearing_deg: float
    seen_from: Point

    def __post_init__(self) -> None:
        if not 0.0 <= self.bearing_deg < 360.0:
            raise ImpossibleValueError(
                f"bearing {self.bearing_deg:g} is not within 0 to 360 degrees.",
                remedy="Give degrees from true north, clockwise; north is 0.",
            )
        check_point(self.seen_from)


@dataclass(frozen=True, slots=True)
class Source:
    """What is suspected: an activity by party and id, words, or both."""

    party: str = ""
    activity: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        if bool(self.party.strip()) != bool(self.activity.strip()):
            raise ImpossibleValueError(
                "a suspected activity needs its party and its id.", remedy="Give both, or words."
            )
        if not self.party.strip() and not self.words.strip():
            raise ImpossibleValueError(
                "a suspected source that says nothing.", remedy="Leave it out if none is known."
            )


@dataclass(frozen=True, slots=True)
class Report:
    """What was noticed. system: in words. when: without end while it goes on.

    role: who reports, a role. place: where it is noticed, not where it comes from. action: what was
    done about it so far. conflict: id of a conflict that foretold it (empty: none).
    """

    system: str
    service: Service
    band: FrequencyBand
    effect: Effect
    when: TimeWindow
    role: str
    place: Footprint | None = None
    bearing: Bearing | None = None
    source: Source | None = None
    action: str = ""
    conflict: str = ""

    def __post_init__(self) -> None:
        if not self.system.strip():
            raise ImpossibleValueError(
                "a report of interference names no system.", remedy="Say what suffers."
            )
        if not self.role.strip():
            raise ImpossibleValueError(
                "a report of interference names no role.", remedy="Say which role reports."
            )
        if not math.isfinite(self.when.start_s):
            raise ImpossibleValueError(
                "interference without a beginning.", remedy="Say when it was first noticed."
            )


def answer_within_s(service: Service, rules: CeaseRules) -> float:
    """Return how soon a request to cease interference with a service is to be answered."""
    return rules.safety_s if service.is_safety else rules.answer_s


def check_answer(
    answer: CeaseAnswer, *, reason: str, when_s: float | None, at_s: float, skew_s: float = 0.0
) -> None:
    """Raise ImpossibleValueError for an answer without its reason, or with a time it cannot have.

    when_s: when it ceased, not after at_s but for clocks that differ by skew_s; or by when it will,
    after at_s and within LONGEST_PROMISE_S. Other answers have none.
    """
    if answer.needs_reason and not reason.strip():
        raise ImpossibleValueError(f"the answer '{answer.value}' has no reason.", remedy="Say why.")
    match answer:
        case CeaseAnswer.CEASING:
            if when_s is None or not 0.0 < when_s - at_s <= LONGEST_PROMISE_S:
                raise ImpossibleValueError(
                    "by when it will cease is not within the day to come.",
                    remedy="Give a time in the next 24 hours; or say that it cannot, and why.",
                )
        case CeaseAnswer.CEASED:
            if when_s is None or not when_s <= at_s + skew_s:
                raise ImpossibleValueError(
                    "it is to have ceased at a time still to come.", remedy="Say 'ceasing'."
                )
        case _:
            if when_s is not None:
                raise ImpossibleValueError(
                    f"the answer '{answer.value}' has no time.", remedy="Leave the time out."
                )
