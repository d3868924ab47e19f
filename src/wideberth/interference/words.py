"""A link budget in sentences that people read who are no radio engineers."""

from collections.abc import Sequence
from typing import Final

from wideberth.engine.words import figure, metres, nautical_miles
from wideberth.model.budget import Case, LinkBudget, Verdict
from wideberth.units import METRES_PER_NAUTICAL_MILE

_HOW: Final = {
    Case.IN_BAND: "in its own band",
    Case.OUT_OF_BAND: "from beside its band",
    Case.BLOCKING: "in its front end, which it may block",
    Case.HARMONIC: "as a harmonic",
    Case.INTERMODULATION: "as two or more signals mix",
    Case.AGGREGATE: "from several emissions together",
}
FAR_M: Final = 20_000_000.0  # half way round the Earth
_MOST_NAMED: Final = 8


def why(budget: LinkBudget) -> str:
    """Return one sentence on why a budget is a finding, or how it was cleared."""
    if budget.verdict is Verdict.NO_MODEL:
        return f"Not cleared: {'; '.join(_open(budget))}. {_level(budget)}{_way_out(budget)}"
    if budget.verdict is Verdict.CLEARED:
        return f"Cleared by {budget.model}: {_level(budget)}"
    return f"{_level(budget)}{_way_out(budget)}"


def notes(budget: LinkBudget) -> tuple[str, ...]:
    """Return what a reader must know of a budget beside its sentence."""
    said = [f"criterion: {budget.source}"]
    if not budget.verified:
        said.append("the figures of this criterion have not been verified against their source")
    said.append(f"propagation: {budget.model}")
    said += [text for text in budget.assumed if text not in _open(budget)]
    if budget.contributors:
        said.append(f"emissions: {', '.join(_contributors(budget))}")
    said += [f"data: {name}, SHA-256 {digest}" for name, digest in budget.data]
    return tuple(said)


def _open(budget: LinkBudget) -> Sequence[str]:
    """Return the reasons why nothing can be cleared, without saying so each time."""
    ending = ": not cleared"
    return [text.removesuffix(ending) for text in budget.assumed if text.endswith(ending)]


def _level(budget: LinkBudget) -> str:
    """Return what arrives beside what is borne."""
    arrives, limit = budget.interference_dbm, budget.limit_dbm
    if arrives is None:
        return f"What reaches {budget.service} is not known."
    heard = f"{budget.service} would receive {decibels(arrives)} dBm {_HOW[budget.case]}"
    if limit is None:
        return f"{heard}; what it bears is not known."
    over_db = arrives - limit
    if over_db > 0.0:
        return f"{heard}, {figure(over_db, 1, up=True)} dB more than it bears."
    return f"{heard}, {figure(-over_db, 1)} dB less than the most it bears."


def _way_out(budget: LinkBudget) -> str:
    """Return from what distance on, or with what power, it would be borne."""
    if budget.need_dbm is None or budget.need_m is None:
        return ""
    power = f"at most {figure(budget.need_dbm, 1)} dBm EIRP"
    if budget.need_m > FAR_M:
        return f" It would bear {power} from there; in free space no distance is enough."
    return f" It would bear {power} from there, or this emission from {distance(budget.need_m)} on."


def _contributors(budget: LinkBudget) -> list[str]:
    named = [
        f"{one.party} {one.activity}"
        + ("" if one.power_dbm is None else f" ({decibels(one.power_dbm)} dBm)")
        for one in budget.contributors[:_MOST_NAMED]
    ]
    more = len(budget.contributors) - len(named)
    return [*named, f"and {more} more"] if more > 0 else named


def distance(length_m: float) -> str:
    """Return a distance that is needed, rounded up, in nautical miles or metres."""
    if length_m < METRES_PER_NAUTICAL_MILE:
        return metres(length_m, up=True)
    return nautical_miles(length_m, up=True)


def decibels(value: float) -> str:
    """Return a level to a tenth of a decibel.

    >>> decibels(-101.26)
    '-101.3'
    """
    return f"{value + 0.0:.1f}"
