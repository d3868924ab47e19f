"""What a report says of a link budget: what arrives, what is borne, and by which model."""

import math
from collections.abc import Sequence
from typing import Final

from wideberth.engine.words import figure, hertz, metres, nautical_miles
from wideberth.formats.lookalike import named, names
from wideberth.formats.report_words import count
from wideberth.formats.shown import line
from wideberth.interference.words import FAR_M, decibels, distance, limit_decibels
from wideberth.model.budget import Contributor, LinkBudget, Verdict
from wideberth.model.conflict import CheckResult, Conflict, Finding
from wideberth.units import METRES_PER_NAUTICAL_MILE

ADVISORY: Final = (
    "Figures support people and do not replace the regulator's or the safety authority's judgement."
)
CLEARED_HEADING: Final = "Cleared by a propagation model (inputs in the JSON report)"
NOT_CLEARED: Final = "NOT CLEARED"
EMISSIONS_NAMED: Final = 12
_NOT_KNOWN: Final = "not known"
_NEVER: Final = "\0"  # no note holds it
_UNVERIFIED: Final = "the figures of this criterion have not been verified against their source"


def is_not_cleared(finding: Finding) -> bool:
    """Return whether there is no figure to condemn by, and so none to clear by."""
    return finding.budget is not None and finding.budget.verdict is Verdict.NO_MODEL


def has_budget(result: CheckResult) -> bool:
    """Return whether a report shows any link budget."""
    found = (*result.conflicts, *result.cleared)
    return any(conflict.finding.budget is not None for conflict in found)


def closest_first(cleared: Sequence[Conflict]) -> list[Conflict]:
    """Return pairs that a model cleared, those with the least to spare first."""
    return sorted(cleared, key=_spare_db)


def _spare_db(conflict: Conflict) -> float:
    budget = conflict.finding.budget
    margin_db = None if budget is None else budget.margin_db
    return -math.inf if margin_db is None else margin_db


def budget_rows(finding: Finding, budget: LinkBudget) -> tuple[tuple[str, str], ...]:
    """Return a link budget in rows, a name and words each; a name may be there more than once."""
    rows = [
        ("arrives", f"{_level(budget.interference_dbm)}, {budget.case.value}"),
        ("bears", f"{_level(budget.limit_dbm, is_limit=True)} ({_source(budget)})"),
        _too_much(budget),
    ]
    if finding.gaps.freq_hz is not None:
        gap_hz = finding.gaps.freq_hz
        rows.append(("bands", f"{hertz(gap_hz)} apart" if gap_hz > 0.0 else "overlap"))
    if budget.distance_m > 0.0 or budget.need_m is not None:
        rows.append(("distance", _distance(budget)))
    rows.append(("model", line(budget.model)))
    return (*rows, *(("emission", words) for words in _emissions(budget)))


def other_notes(finding: Finding) -> tuple[str, ...]:
    """Return the notes of a finding that neither the rows of its budget nor its sentence say."""
    budget = finding.budget
    if budget is None:
        return finding.notes
    said = {f"criterion: {budget.source}", f"propagation: {budget.model}", _UNVERIFIED}
    begins = "emissions: " if budget.contributors else _NEVER
    ends = ": not cleared" if is_not_cleared(finding) else _NEVER
    return tuple(
        note
        for note in finding.notes
        if note not in said and not note.startswith(begins) and not note.endswith(ends)
    )


def _level(value_dbm: float | None, *, is_limit: bool = False) -> str:
    """Return a level, rounded up; a limit rounded down: no rounding makes them look compatible."""
    if value_dbm is None or not math.isfinite(value_dbm):
        return _NOT_KNOWN
    return f"{limit_decibels(value_dbm) if is_limit else decibels(value_dbm)} dBm"


def _source(budget: LinkBudget) -> str:
    said = line(budget.source)
    return said if budget.verified else f"{said}, NOT VERIFIED"


def _too_much(budget: LinkBudget) -> tuple[str, str]:
    """Return by how much it is too much, or how much was to spare where a model cleared it."""
    margin_db = budget.margin_db
    if margin_db is None or not math.isfinite(margin_db):
        return "too much", _NOT_KNOWN
    if margin_db < 0.0:
        return "too much", f"{figure(-margin_db, 1, up=True)} dB"
    if budget.verdict is Verdict.NO_MODEL:
        return "too much", f"{_NOT_KNOWN}: no model speaks"
    return "to spare", f"{figure(margin_db, 1)} dB"


def _distance(budget: LinkBudget) -> str:
    """Return how far apart they are, rounded down, and from where on it would be borne."""
    length_m = budget.distance_m
    say = metres if length_m < METRES_PER_NAUTICAL_MILE else nautical_miles
    if budget.need_m is None:
        return say(length_m)
    if budget.need_m > FAR_M:
        return f"{say(length_m)}; in free space no distance is enough"
    return f"{say(length_m)}; {distance(budget.need_m)} needed in free space"


def _emissions(budget: LinkBudget) -> tuple[str, ...]:
    """Return the emissions that harm together, each with what of it arrives where it is known."""
    named = [_emission(one) for one in budget.contributors[:EMISSIONS_NAMED]]
    more = len(budget.contributors) - len(named)
    also = [f"and {count(more, 'more emission')}; --format json lists all"] if more > 0 else []
    return (*named, *also)


def _emission(one: Contributor) -> str:
    power = "" if one.power_dbm is None else f", {_level(one.power_dbm)}"
    return f"{names(one.party, one.activity)} ({named(one.volume)}){power}"
