"""Emissions against what aircraft listen with: jamming at sea meets a flight in the air."""

from wideberth.engine.screened import JointRule
from wideberth.interference.mixing import Mixing
from wideberth.interference.rule import Interference, interference_rules
from wideberth.interference.together import Together
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena

NAME = "air_spectrum"


def rules(agreement: Agreement) -> tuple[Interference, ...]:
    """Return the rules on the receivers that an aircraft's equipage brings."""
    return interference_rules(NAME, Arena.AIR, agreement)


def joint(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return the rules on emissions that only together harm them."""
    return (
        Together(NAME, Arena.AIR, agreement),
        Together(NAME, Arena.AIR, agreement, blocking=True),
        Mixing(NAME, Arena.AIR, agreement),
    )
