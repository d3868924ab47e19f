"""Emissions against what ships listen with: a radar across the strait meets that of a ferry."""

from wideberth.engine.screened import JointRule
from wideberth.interference.mixing import Mixing
from wideberth.interference.rule import Interference, interference_rules
from wideberth.interference.together import Together
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena

NAME = "sea_spectrum"


def rules(agreement: Agreement) -> tuple[Interference, ...]:
    """Return the rules on the receivers that a ship's equipage brings."""
    return interference_rules(NAME, Arena.SEA, agreement)


def joint(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return the rules on emissions that only together harm them."""
    return (
        Together(NAME, Arena.SEA, agreement),
        Together(NAME, Arena.SEA, agreement, blocking=True),
        Mixing(NAME, Arena.SEA, agreement),
    )
