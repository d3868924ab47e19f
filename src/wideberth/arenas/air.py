"""Aircraft against aircraft: lateral, vertical and time minima of the agreement."""

from wideberth.engine.agreed import AgreedSeparation, agreed
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena


def rules(agreement: Agreement) -> tuple[AgreedSeparation, ...]:
    """Return the rule on this pair of arenas, if the agreement has one."""
    return agreed("air", (Arena.AIR, Arena.AIR), agreement)
