"""The clocks of the working group, as data of the agreement; each cites its clause.

clause: of the agreement, empty where none is cited. Waits are in seconds. Defaults are those of
the arrangements that are public: REQUIREMENTS sections 1 and 3.
"""

import re
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.notice import check_wait
from wideberth.units import SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class QuestionRules:
    """How soon a concern is answered; urgent_s: one that is urgent."""

    answer_s: float = 7.0 * SECONDS_PER_DAY
    urgent_s: float = 2.0 * SECONDS_PER_DAY
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("wait for an answer to a concern", self.answer_s)
        check_wait("wait for an answer to an urgent concern", self.urgent_s)
        if self.urgent_s > self.answer_s:
            raise ImpossibleValueError(
                f"an urgent concern waits {self.urgent_s:g} s, others {self.answer_s:g} s.",
                remedy="Give what is urgent the shorter wait.",
            )


@dataclass(frozen=True, slots=True)
class AssuranceRules:
    """How long an assurance may last, and how long before it lapses both sides are warned."""

    longest_s: float = 366.0 * SECONDS_PER_DAY
    warn_s: float = SECONDS_PER_DAY
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("length of an assurance", self.longest_s)
        check_wait("warning before an assurance lapses", self.warn_s, zero=True)


@dataclass(frozen=True, slots=True)
class IncidentRules:
    """How soon an incident's preliminary report comes, and its joint review is done."""

    preliminary_s: float = 24.0 * SECONDS_PER_HOUR
    review_s: float = 30.0 * SECONDS_PER_DAY
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("wait for a preliminary report", self.preliminary_s)
        check_wait("wait for a joint review", self.review_s)
        if self.review_s < self.preliminary_s:
            raise ImpossibleValueError(
                "a joint review is due before the preliminary report.",
                remedy="Give the review the longer wait.",
            )


@dataclass(frozen=True, slots=True)
class WatchRules:
    """How long one person may hold the watch before the fatigue timer rings."""

    longest_s: float = 12.0 * SECONDS_PER_HOUR
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("length of a watch", self.longest_s)


@dataclass(frozen=True, slots=True)
class DrillRules:
    """When the lines are tested; times: "HH:MM" UTC, every day.

    answer_s: how soon a test call is answered. surprise_every_s: a test nobody knows of, on
    average. end_to_end_every_s: one down to a unit's acknowledgement, due within end_to_end_s.
    """

    times: tuple[str, ...] = ("09:00", "16:00")
    answer_s: float = 5.0 * SECONDS_PER_MINUTE
    surprise_every_s: float = 30.0 * SECONDS_PER_DAY
    end_to_end_every_s: float = 90.0 * SECONDS_PER_DAY
    end_to_end_s: float = SECONDS_PER_HOUR
    clause: str = ""

    def __post_init__(self) -> None:
        for time in self.times:
            if not _TIME.fullmatch(time):
                raise ImpossibleValueError(
                    f"{time!r} is not a time of day.", remedy='Write it like "09:00", in UTC.'
                )
        if list(self.times) != sorted(set(self.times)):
            raise ImpossibleValueError("times of test calls do not come one after the other.")
        for name in ("answer_s", "surprise_every_s", "end_to_end_every_s", "end_to_end_s"):
            check_wait(f"drills: {name.removesuffix('_s')}", getattr(self, name))

    @property
    def times_s(self) -> tuple[float, ...]:
        """Return when test calls are due, in seconds since midnight UTC."""
        parts = ((int(time[:2]), int(time[3:])) for time in self.times)
        return tuple(
            hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE for hour, minute in parts
        )


STANDING_AGENDA: Final = (
    "implementation",
    "notices practice",
    "signals and channel use",
    "separation minima",
    "information exchange",
    "extension",
    "next date",
)


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """How often the plenary meets, how soon an extraordinary meeting, and what is always spoken of.

    answer_s: how soon a proposal of time and place is answered.
    """

    plenary_every_s: float = 366.0 * SECONDS_PER_DAY
    extraordinary_s: float = 48.0 * SECONDS_PER_HOUR
    answer_s: float = 72.0 * SECONDS_PER_HOUR
    standing_agenda: tuple[str, ...] = STANDING_AGENDA
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("time from plenary to plenary", self.plenary_every_s)
        check_wait("wait for an extraordinary meeting", self.extraordinary_s)
        check_wait("wait for an answer about a meeting", self.answer_s)
        if any(not item.strip() for item in self.standing_agenda):
            raise ImpossibleValueError("an item of the standing agenda is empty.")


@dataclass(frozen=True, slots=True)
class ActionRules:
    """How long before an action item is due its owner is warned."""

    warn_s: float = 7.0 * SECONDS_PER_DAY
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("warning before an action is due", self.warn_s, zero=True)


@dataclass(frozen=True, slots=True)
class CaveatRules:
    """How soon a party passes on to a third party what concerns it."""

    relay_s: float = SECONDS_PER_HOUR
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("wait until third parties are told", self.relay_s)


@dataclass(frozen=True, slots=True)
class TermRules:
    """How much notice a party gives to terminate, and the warning before the agreement expires."""

    notice_s: float = 90.0 * SECONDS_PER_DAY
    warn_s: float = 30.0 * SECONDS_PER_DAY
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("notice of termination", self.notice_s, zero=True)
        check_wait("warning before the agreement expires", self.warn_s, zero=True)
