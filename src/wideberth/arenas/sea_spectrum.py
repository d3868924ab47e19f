"""Emissions against what ships listen with: a radar across the strait meets that of a ferry."""

from wideberth.engine.screened import JointRule
from wideberth.engine.separation import SeparationRule
from wideberth.interference.distance import distance_rules
from wideberth.interference.mixing import Mixing
from wideberth.interference.rule import interference_rules
from wideberth.interference.together import Together
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena

NAME = "sea_spectrum"


def rules(agreement: Agreement) -> tuple[SeparationRule, ...]:
    """Return the rules on receivers that equipage brings, and on an agreed distance."""
    return (
        *distance_rules(NAME, Arena.SEA, agreement),
        *interference_rules(NAME, Arena.SEA, agreement),
    )


def joint(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return the rules on emissions that only together harm them."""
    return (
        Together(NAME, Arena.SEA, agreement),
        Together(NAME, Arena.SEA, agreement, blocking=True),
        Mixing(NAME, Arena.SEA, agreement),
    )
