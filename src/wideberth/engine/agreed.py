"""The rule that most pairs of arenas need: the minima that the agreement gives for the pair."""

from dataclasses import dataclass

from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.separation import Reach
from wideberth.model.agreement import Agreement, HeightRanges, Minima
from wideberth.model.conflict import Finding
from wideberth.model.volume import Arena, Volume


@dataclass(frozen=True, slots=True)
class AgreedSeparation:
    """Two volumes keep the agreed minima apart on at least one axis."""

    name: str
    arenas: tuple[Arena, Arena]
    clause: str
    minima: Minima
    ranges: HeightRanges
    is_whole: bool = True

    def reach(self, volume: Volume) -> Reach:  # noqa: ARG002 - the same around every volume
        """Return the minima: nothing farther off can matter."""
        return Reach.of(self.minima)

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return the finding if the two are closer than the minima on every axis."""
        return judge_minima(a, b, self.minima, self.ranges, Citation(self.name, self.clause))


def agreed(
    name: str, arenas: tuple[Arena, Arena], agreement: Agreement
) -> tuple[AgreedSeparation, ...]:
    """Return the rule for a pair, or none where the agreement is silent."""
    found = agreement.separation(*arenas)
    if found is None:
        return ()
    return (AgreedSeparation(name, arenas, found.clause, found.minima, agreement.heights),)
