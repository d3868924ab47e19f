"""An activity: who, what, and the volumes it takes up; it has revisions and a state."""

import math
from dataclasses import dataclass
from enum import StrEnum

from wideberth.errors import ImpossibleValueError
from wideberth.model.volume import Volume


class Disclosure(StrEnum):
    """How much of an activity may leave its party's node."""

    FULL = "full"
    EXTENT = "extent"
    PRIVATE = "private"


class State(StrEnum):
    """States of an operational intent, ASTM F3548-21 section 4.4, and Withdrawn."""

    ACCEPTED = "Accepted"
    ACTIVATED = "Activated"
    NONCONFORMING = "Nonconforming"
    CONTINGENT = "Contingent"
    ENDED = "Ended"
    WITHDRAWN = "Withdrawn"


@dataclass(frozen=True, slots=True)
class Flex:
    """How far an activity may shift to make room: up to so much on each axis, either way."""

    lateral_m: float = 0.0
    vertical_m: float = 0.0
    time_s: float = 0.0
    freq_hz: float = 0.0

    def __post_init__(self) -> None:
        for value in (self.lateral_m, self.vertical_m, self.time_s, self.freq_hz):
            if not (math.isfinite(value) and value >= 0.0):
                raise ImpossibleValueError(f"flex {value:g} is not zero or more.")


@dataclass(frozen=True, slots=True)
class Activity:
    """What a party declares; (party, id) names it.

    revision counts from 1. linked names a set of notices that speak of one and the same activity
    (empty: none); activities that share it are never in conflict with one another.
    """

    party: str
    id: str
    volumes: tuple[Volume, ...]
    title: str = ""
    kind: str = ""
    priority: int = 0
    disclose: Disclosure = Disclosure.FULL
    revision: int = 1
    state: State = State.ACCEPTED
    flex: Flex | None = None
    equipage: str = ""
    linked: str = ""

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.id.strip():
            raise ImpossibleValueError("an activity needs a party and an id.")
        if not self.volumes:
            raise ImpossibleValueError(f"activity {self.id!r} has no volume.")
        if self.revision < 1:
            raise ImpossibleValueError(f"revision {self.revision} is not 1 or more.")
        ids = [v.id for v in self.volumes]
        if len(set(ids)) != len(ids):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            raise ImpossibleValueError(
                f"activity {self.id!r} has two volumes called {', '.join(twice)}."
            )

    @property
    def is_over(self) -> bool:
        """Return whether the activity no longer takes up any room."""
        return self.state in (State.ENDED, State.WITHDRAWN)
