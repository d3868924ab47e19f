"""Reckon the figures of a report anew, each from its own inputs, on whatever machine one has."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wideberth.assessing import over_terrain
from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.budget_json import read_budget
from wideberth.interference.budgets import again
from wideberth.model.budget import Case, LinkBudget
from wideberth.spectrum.aggregate import sum_dbm
from wideberth.spectrum.intermodulation import FORMS, receiver_product_dbm
from wideberth.spectrum.terrain import Mosaic
from wideberth.spectrum.validity import NoModelError

AGREE_DB: Final = 0.01
MOST_DEPTH: Final = 60  # of lists and objects in a report


class UnreadableReportError(WideberthError):
    """What was given is no report with budgets."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One budget of a report: where it stands, what it says arrives, and what was found anew.

    found_dbm: None where it cannot be reckoned anew; why says why.
    """

    where: str
    about: str
    said_dbm: float | None
    found_dbm: float | None
    why: str = ""

    @property
    def agrees(self) -> bool:
        """Return whether both are the same to 0.01 dB."""
        if self.said_dbm is None or self.found_dbm is None:
            return False
        return abs(self.said_dbm - self.found_dbm) <= AGREE_DB


def recompute(report: str, mosaic: Mosaic | None = None) -> tuple[Recomputed, ...]:
    """Return every budget of a JSON report reckoned anew, in the report's order.

    mosaic: the tiles over which some were reckoned. Raises UnreadableReportError where it is no
    JSON, no report, or has a budget that cannot be read.
    """
    try:
        whole = json.loads(report)
    except (ValueError, RecursionError) as error:
        raise UnreadableReportError(
            f"this is no JSON: {error}.", remedy="Give the report of check or assess in JSON."
        ) from None
    found = [_recomputed(where, fields, mosaic) for where, fields in _budgets(whole)]
    if not found and not _is_report(whole):
        raise UnreadableReportError(
            "this is no report: it has no conflicts, no effects, and no budget.",
            remedy="Give the report of check or assess in JSON.",
        )
    return tuple(found)


def _is_report(whole: object) -> bool:
    """Return whether it is a report in which nothing was reckoned."""
    return isinstance(whole, dict) and any(
        isinstance(whole.get(name), list) for name in ("conflicts", "effects")
    )


def _budgets(whole: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield where each budget stands, and the object that holds it."""
    open_ones: list[tuple[str, object, int]] = [("", whole, 0)]
    while open_ones:
        where, value, depth = open_ones.pop()
        if depth > MOST_DEPTH:
            raise UnreadableReportError("the report is nested too deeply.")
        if isinstance(value, dict):
            if "budget" in value and value["budget"] is not None:
                yield where, value
            parts = [(f"{where}.{k}".lstrip("."), v) for k, v in value.items() if k != "budget"]
        elif isinstance(value, list):
            parts = [(f"{where}[{k}]", v) for k, v in enumerate(value)]
        else:
            continue
        open_ones += [(name, part, depth + 1) for name, part in reversed(parts)]


def _recomputed(where: str, holder: Mapping[str, Any], mosaic: Mosaic | None) -> Recomputed:
    try:
        budget = read_budget(holder["budget"])
    except ImpossibleValueError as error:
        raise UnreadableReportError(error.what, remedy=error.remedy, where=where) from None
    said_dbm = budget.interference_dbm
    about = f"{budget.case.value}, {budget.service}"
    if said_dbm is None:
        return Recomputed(where, about, None, None, "the report does not say what arrives")
    try:
        found_dbm = _again(budget, mosaic)
    except ImpossibleValueError as error:
        return Recomputed(where, about, said_dbm, None, error.diagnostics())
    except NoModelError as error:
        return Recomputed(where, about, said_dbm, None, str(error))
    if not math.isfinite(found_dbm):
        return Recomputed(where, about, said_dbm, None, "no figure comes of its inputs")
    return Recomputed(where, about, said_dbm, found_dbm)


def _again(budget: LinkBudget, mosaic: Mosaic | None) -> float:
    """Return what arrives, reckoned anew by what the budget says it was reckoned from."""
    if budget.case is Case.AGGREGATE:
        return _summed(budget)
    if over_terrain.is_over_terrain(budget):
        return over_terrain.again(budget, mosaic or Mosaic(()))
    given = dict(budget.inputs)
    if "intercept_dbm" in given:
        return _made_within(given)
    if "conversion_db" in given and "case" not in given:
        return _leaving(given)
    if _is_from_eirp(budget):
        assert budget.eirp_dbm is not None
        return budget.eirp_dbm + budget.gain_dbi
    try:
        return again(budget)
    except (ArithmeticError, ValueError, TypeError) as error:
        if isinstance(error, ImpossibleValueError):
            raise
        raise ImpossibleValueError(f"its inputs are no link: {error}.") from None


def _summed(budget: LinkBudget) -> float:
    powers_dbm: Sequence[float | None] = [one.power_dbm for one in budget.contributors]
    known = [power for power in powers_dbm if power is not None]
    if not known or len(known) != len(powers_dbm):
        raise ImpossibleValueError("the report does not say what each emission adds.")
    return float(sum_dbm(known))


def _made_within(given: Mapping[str, float | str]) -> float:
    """Return what a receiver makes of signals in its front end, reckoned anew."""
    form = next((one for one in FORMS if one.text == given.get("product")), None)
    if form is None:
        raise ImpossibleValueError("the budget does not say in which form its signals mix.")
    names = [f"signal_{k}_dbm" for k in range(1, len(form.multiples) + 1)]
    *signals_dbm, intercept_dbm = _numbers(given, (*names, "intercept_dbm"))
    return float(receiver_product_dbm(form, signals_dbm, intercept_dbm))


def _leaving(given: Mapping[str, float | str]) -> float:
    """Return what leaves the transmitter in which signals mix, reckoned anew."""
    names = ("incoming_dbm", "conversion_db", "off_tune_db", "leaving_gain_dbi")
    incoming_dbm, conversion_db, off_tune_db, gain_dbi = _numbers(given, names)
    return incoming_dbm - conversion_db - off_tune_db + gain_dbi


def _numbers(given: Mapping[str, float | str], names: Sequence[str]) -> list[float]:
    """Return some inputs of a budget; raises ImpossibleValueError where one is no number."""
    found = []
    for name in names:
        value = given.get(name)
        if isinstance(value, str) or value is None:
            raise ImpossibleValueError(f"the budget does not say its {name}.")
        found.append(float(value))
    return found


def _is_from_eirp(budget: LinkBudget) -> bool:
    """Return whether what leaves the antenna counts, in a band that is kept free."""
    is_whole = budget.eirp_dbm is not None and budget.loss_db == budget.rejection_db == 0.0
    return is_whole and "case" not in dict(budget.inputs)
