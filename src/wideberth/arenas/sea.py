"""Ships, submarines and sea areas against one another; depth is negative height.

Submerged bands are kept apart in depth as flight levels are in height, so a submarine is checked
against other depths and against the surface by the same minima.
"""

from wideberth.engine.agreed import AgreedSeparation, agreed
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena


def rules(agreement: Agreement) -> tuple[AgreedSeparation, ...]:
    """Return the rule on this pair of arenas, if the agreement has one."""
    return agreed("sea", (Arena.SEA, Arena.SEA), agreement)
