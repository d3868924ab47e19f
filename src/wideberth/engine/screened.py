"""Rules that bring a search of their own: one for pairs, and one for more than two volumes.

A rule whose reach depends on how strong one volume is and how sensitive the other is would widen
every box to the whole theatre; it looks for its pairs itself.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from wideberth.engine.field import Field, Progress, Question
from wideberth.engine.near import Pairs
from wideberth.engine.separation import SeparationRule
from wideberth.model.conflict import Conflict, Finding
from wideberth.model.volume import Volume


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a rule may find something about a volume: this far around it, in this band.

    In time it is the volume's own window, in height it is everywhere. A volume without any zone
    is found by its own box, in the zone of another.
    """

    lateral_m: float
    low_hz: float
    high_hz: float


@runtime_checkable
class ScreenedRule(SeparationRule, Protocol):
    """A rule for pairs with a search of its own.

    Law (tests/arenas): the search never loses a pair that `judge` would report, and two volumes
    that it would report have a zone of the one that meets the other's own box or zone.
    """

    def screened(self, field: Field, question: Question) -> Pairs:
        """Return the pairs to be judged, places i < j in the field, in order, each once."""

    def zones(self, volume: Volume) -> tuple[Zone, ...]:
        """Return where the rule may find something about a volume."""


@runtime_checkable
class PlacedRule(SeparationRule, Protocol):
    """A rule that judges volumes by their places too, and so reckons nothing of a field twice."""

    def judge_at(self, field: Field, i: int, j: int) -> Finding | None:
        """Return what `judge` returns for the volumes at two places of a field."""


class JointRule(Protocol):
    """A rule about more than two volumes at once, such as emissions that only together harm."""

    def find(self, field: Field, question: Question, progress: Progress) -> list[Conflict]:
        """Return what it finds that the question is about; a conflict names two of the volumes."""
