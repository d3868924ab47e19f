"""A link budget in sentences that people read who are no radio engineers."""

import math
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
}
_MIXED: Final = {
    "f1 + f2": "their sum",
    "f1 - f2": "their difference",
    "2f1 - f2": "twice the first less the second",
    "f1 + f2 - f3": "the first and the second less the third",
    "3f1 - 2f2": "three times the first less twice the second",
}
_NUMBERS: Final = {2: "two", 3: "three", 4: "four", 5: "five"}
_NO_POWER: Final = "no power is declared; "
_UNNAMED: Final = "receiver at "  # how `sides` names a receiver that no row describes
FAR_M: Final = 20_000_000.0  # half way round the Earth
SLACK: Final = 1e-6  # of a tenth of a decibel: what doubles lose is no tenth more
LEAST_OVER_DB: Final = 0.1
A_MILLION_DB: Final = 60.0
_MOST_NAMED: Final = 8


def why(budget: LinkBudget) -> str:
    """Return one sentence on why a budget is a finding, or how it was cleared."""
    if budget.verdict is Verdict.NO_MODEL:
        reasons = "; ".join((*_open(budget), *_taken(budget)))
        return f"Not cleared: {reasons}. {_level(budget)}{_way_out(budget)}"
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


def _taken(budget: LinkBudget) -> Sequence[str]:
    """Return what was taken for a power that nobody declared."""
    found = (text for text in budget.assumed if text.startswith(_NO_POWER))
    return [text.removeprefix(_NO_POWER) for text in found]


def _level(budget: LinkBudget) -> str:
    """Return what arrives beside what is borne."""
    arrives, limit = budget.interference_dbm, budget.limit_dbm
    if arrives is None:
        return f"What reaches {budget.service} is not known."
    heard = f"{_who(budget)} would receive {decibels(arrives)} dBm {_how(budget)}"
    if limit is None:
        return f"{heard}; what it bears is not known."
    over_db = arrives - limit
    if over_db > 0.0:
        over = figure(max(LEAST_OVER_DB, over_db), 1, up=True)
        alone = "; each of them alone it bears" if budget.case is Case.AGGREGATE else ""
        return f"{heard}, {over} dB more than it bears: {times(over_db)} as much{alone}."
    return f"{heard}, {figure(-over_db, 1)} dB less than the most it bears."


def _who(budget: LinkBudget) -> str:
    """Return the receiver as a sentence begins with it."""
    is_unnamed = budget.service.startswith(_UNNAMED)
    return f"The {budget.service}" if is_unnamed else budget.service


def _how(budget: LinkBudget) -> str:
    """Return the way in which the emission harms, or in which several do together."""
    count = len(budget.contributors)
    number = _NUMBERS.get(count, str(count) if count > 1 else "several")
    if budget.case is Case.AGGREGATE:
        return f"from {number} emissions together"
    if budget.case is Case.INTERMODULATION:
        mixed = _MIXED.get(str(dict(budget.inputs).get("product", "")), "")
        return f"as {number} signals mix" + (f" ({mixed})" if mixed else "")
    return _HOW[budget.case]


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


def times(over_db: float) -> str:
    """Return by how much a power is above another for those who do not think in decibels.

    To two figures, rounded up.

    >>> times(0.3), times(25.8), times(71.0)
    ('1.1 times', '390 times', 'more than a million times')
    """
    if over_db > A_MILLION_DB:
        return "more than a million times"
    ratio = 10.0 ** (over_db / 10.0)
    step = 10.0 ** (math.floor(math.log10(ratio)) - 1)
    return f"{round(math.ceil(ratio / step - SLACK) * step, 1):,.10g} times"


def decibels(value: float) -> str:
    """Return a level to a tenth of a decibel, rounded up: never less than what arrives.

    >>> decibels(-101.26), decibels(-0.04)
    ('-101.2', '0.0')
    """
    return f"{math.ceil(value * 10.0 - SLACK) / 10.0 + 0.0:.1f}"


def limit_decibels(value: float) -> str:
    """Return a limit to a tenth of a decibel, rounded down: never more than what is borne.

    >>> limit_decibels(-109.39), limit_decibels(0.04)
    ('-109.4', '0.0')
    """
    return f"{math.floor(value * 10.0 + SLACK) / 10.0 + 0.0:.1f}"
