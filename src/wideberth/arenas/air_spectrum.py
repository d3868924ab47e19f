"""Emissions against what aircraft listen with: jamming at sea meets a flight in the air."""

from wideberth.engine.screened import JointRule
from wideberth.engine.separation import SeparationRule
from wideberth.interference.distance import distance_rules
from wideberth.interference.mixing import Mixing
from wideberth.interference.rule import interference_rules
from wideberth.interference.together import Together
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena

NAME = "air_spectrum"


def rules(agreement: Agreement) -> tuple[SeparationRule, ...]:
    """Return the rules on receivers that equipage brings, and on an agreed distance."""
    return (
        *distance_rules(NAME, Arena.AIR, agreement),
        *interference_rules(NAME, Arena.AIR, agreement),
    )


def joint(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return the rules on emissions that only together harm them."""
    return (
        Together(NAME, Arena.AIR, agreement),
        Together(NAME, Arena.AIR, agreement, blocking=True),
        Mixing(NAME, Arena.AIR, agreement),
    )
