"""Emissions against emissions and receivers, and against the bands the agreement keeps free.

Two rules are of the agreement alone: bands that overlap (or come within a guard band) within each
other's footprint plus a distance, and bands that nobody may radiate in. Height does not separate
radio waves there unless the agreement says so. The others reckon what arrives at receivers.
"""

from dataclasses import dataclass, replace
from typing import Final

from wideberth.engine.agreed import AgreedSeparation, agreed
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.screened import JointRule
from wideberth.engine.separation import Reach, SeparationRule
from wideberth.interference.craft import is_aboard
from wideberth.interference.mixing import Mixing
from wideberth.interference.rule import interference_rules
from wideberth.interference.together import Together
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, HeightRanges, Minima, Restriction
from wideberth.model.conflict import Finding
from wideberth.model.span import HeightBand
from wideberth.model.volume import Arena, Role, Volume

PAIR: Final = (Arena.SPECTRUM, Arena.SPECTRUM)
INTERFERENCE: Final = "interference"
TOUCHING: Final = Minima(lateral_m=0.0, vertical_m=float("inf"), time_s=0.0)


@dataclass(frozen=True, slots=True)
class CoChannelSeparation:
    """An emission keeps the agreed distance from emissions and receivers in its band."""

    agreed: AgreedSeparation
    name: str = "spectrum"
    arenas: tuple[Arena, Arena] = PAIR
    is_whole: bool = True

    def reach(self, volume: Volume) -> Reach:
        """Return the agreed distance and guard band."""
        return self.agreed.reach(volume)

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return the finding if one of the two radiates and they share band, place and time.

        What a craft's equipage brings was not declared: the rules on interference judge it.
        """
        roles = {a.role, b.role}
        if Role.EMIT not in roles or Role.GUARD in roles or is_aboard(a) or is_aboard(b):
            return None
        return self.agreed.judge(a, b)


@dataclass(frozen=True, slots=True)
class RestrictedBand:
    """No emission touches a band that the agreement keeps free, where and when it is kept free."""

    restrictions: tuple[Restriction, ...]
    ranges: HeightRanges
    name: str = "restricted band"
    arenas: tuple[Arena, Arena] = PAIR
    is_whole: bool = False

    def reach(self, volume: Volume) -> Reach:  # noqa: ARG002 - the same around every volume
        """Return no reach: only what overlaps the band and the area counts."""
        return Reach.of(TOUCHING)

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return the finding if one volume guards a band and the other radiates in it."""
        guard, emission = (a, b) if a.role is Role.GUARD else (b, a)
        if guard.role is not Role.GUARD or emission.role is not Role.EMIT:
            return None
        restriction = next((r for r in self.restrictions if r.id == guard.id), None)
        if restriction is None:
            return None
        citation = Citation(self.name, restriction.clause or restriction.source)
        finding = judge_minima(a, b, TOUCHING, self.ranges, citation)
        if finding is None:
            return None
        said = f"{restriction.kind.value} band {restriction.title or restriction.id}"
        contact = f" Contact: {restriction.contact}." if restriction.contact else ""
        doubt = "" if restriction.verified else " The band was not held against its source yet."
        return replace(finding, why=f"Emission in {said}. {finding.why}{contact}{doubt}")


def rules(agreement: Agreement) -> tuple[SeparationRule, ...]:
    """Return the rules on emissions that the agreement calls for."""
    found: list[SeparationRule] = [
        CoChannelSeparation(rule) for rule in agreed("spectrum", PAIR, agreement)
    ]
    if agreement.restrictions:
        found.append(RestrictedBand(agreement.restrictions, agreement.heights))
    return (*found, *interference_rules(INTERFERENCE, "", agreement))


def joint(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return the rules on emissions that only together harm a receiver or a band kept free."""
    return (
        Together(INTERFERENCE, "", agreement),
        Together(INTERFERENCE, "", agreement, blocking=True),
        Mixing(INTERFERENCE, "", agreement, guards=True),
    )


def standing(agreement: Agreement) -> tuple[Activity, ...]:
    """Return the restricted bands as volumes that guard, each an activity of the agreement."""
    return tuple(
        Activity(
            party=f"agreement {agreement.id}",
            id=restriction.id,
            title=restriction.title or restriction.kind.value,
            kind=restriction.kind.value,
            volumes=(
                Volume(
                    id=restriction.id,
                    arena=Arena.SPECTRUM,
                    footprint=restriction.area,
                    height=HeightBand.of(float("-inf"), float("inf")),
                    time=restriction.window,
                    freq=restriction.band,
                    role=Role.GUARD,
                ),
            ),
        )
        for restriction in agreement.restrictions
    )
