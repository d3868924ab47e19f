"""The distance that an agreement itself asks for between a craft and an emission.

Beside what is reckoned at receivers: where a clause says how far off, that holds whatever arrives.
"""

from dataclasses import dataclass

from wideberth.engine.agreed import AgreedSeparation, agreed
from wideberth.engine.separation import Reach
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import Finding
from wideberth.model.volume import Arena, Role, Volume


@dataclass(frozen=True, slots=True)
class EmissionDistance:
    """A craft keeps the agreed minima from what radiates; receivers and guarded bands do not count.

    It says nothing of what the craft's own receivers bear, so it is not the whole of their pair.
    """

    agreed: AgreedSeparation
    name: str
    arenas: tuple[Arena, Arena]
    is_whole: bool = False

    def reach(self, volume: Volume) -> Reach:
        """Return the agreed minima."""
        return self.agreed.reach(volume)

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return the finding if one of the two radiates and they are closer than agreed."""
        if Role.EMIT not in {a.role, b.role}:
            return None
        return self.agreed.judge(a, b)


def distance_rules(title: str, arena: Arena, agreement: Agreement) -> tuple[EmissionDistance, ...]:
    """Return the rule on a craft's arena and emissions, if the agreement has one."""
    pair, name = (arena, Arena.SPECTRUM), f"{title} distance"
    return tuple(EmissionDistance(rule, name, pair) for rule in agreed(name, pair, agreement))
