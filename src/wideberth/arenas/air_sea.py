"""Aircraft against what is done at sea: a firing area with a ceiling against a flight."""

from wideberth.engine.agreed import AgreedSeparation, agreed
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Arena


def rules(agreement: Agreement) -> tuple[AgreedSeparation, ...]:
    """Return the rule on this pair of arenas, if the agreement has one."""
    return agreed("air_sea", (Arena.AIR, Arena.SEA), agreement)
