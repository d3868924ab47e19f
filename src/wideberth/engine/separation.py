"""What a rule must say: its pair of arenas, how far it reaches, and what it finds in a pair."""

from dataclasses import dataclass
from typing import Protocol

from wideberth.model.agreement import Minima
from wideberth.model.conflict import Finding
from wideberth.model.volume import Arena, Volume


@dataclass(frozen=True, slots=True)
class Reach:
    """How far beyond a volume's own edges a rule may find another volume, on each axis.

    A pair is a candidate when on every axis its gap is not above the larger of the two reaches.
    """

    lateral_m: float
    vertical_m: float
    time_s: float
    freq_hz: float = 0.0

    @classmethod
    def of(cls, minima: Minima) -> "Reach":
        """Return the reach of a rule that only knows minima."""
        return cls(minima.lateral_m, minima.vertical_m, minima.time_s, minima.freq_hz)


class SeparationRule(Protocol):
    """A rule for a pair of arenas.

    Laws (tests/arenas): judge answers alike from either side; it reports no pair that lies beyond
    the reach; a larger or longer volume never clears a conflict.
    """

    @property
    def name(self) -> str:
        """Return the rule's name, as findings carry it."""

    @property
    def arenas(self) -> tuple[Arena, Arena]:
        """Return the pair of arenas the rule is about."""

    @property
    def is_whole(self) -> bool:
        """Return whether it judges every pair of its arenas, and not only some kinds of volume."""

    def reach(self, volume: Volume) -> Reach:
        """Return how far around a volume the rule can find something."""

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return what is wrong between two volumes, or None if they are apart."""
