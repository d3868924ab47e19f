"""A link budget as JSON fields and back, so that anybody can reckon it again from a report.

Figures are written to six decimals: far finer than the 0.01 dB to which they must be reckoned
again, and the same text on machines whose last bits differ.
"""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from wideberth.errors import ImpossibleValueError
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict

DIGITS: Final = 6
_Known = TypeVar("_Known", bound=StrEnum)
_REMEDY: Final = "Take the report of a check in JSON, unchanged."


def budget_fields(budget: LinkBudget) -> dict[str, Any]:
    """Return a budget as JSON fields; null: not known. margin_db is told beside its two parts."""
    return {
        "case": budget.case.value,
        "verdict": budget.verdict.value,
        "service": budget.service,
        "source": budget.source,
        "verified": budget.verified,
        "freq_hz": _number(budget.freq_hz),
        "distance_m": _number(budget.distance_m),
        "eirp_dbm": _number(budget.eirp_dbm),
        "loss_db": _number(budget.loss_db),
        "rejection_db": _number(budget.rejection_db),
        "gain_dbi": _number(budget.gain_dbi),
        "interference_dbm": _number(budget.interference_dbm),
        "limit_dbm": _number(budget.limit_dbm),
        "margin_db": _number(budget.margin_db),
        "model": budget.model,
        "need_m": _number(budget.need_m),
        "need_dbm": _number(budget.need_dbm),
        "inputs": {name: _input(value) for name, value in budget.inputs},
        "data": [{"name": name, "sha256": digest} for name, digest in budget.data],
        "contributors": [
            {
                "party": one.party,
                "activity": one.activity,
                "volume": one.volume,
                "power_dbm": _number(one.power_dbm),
            }
            for one in budget.contributors
        ],
        "assumed": list(budget.assumed),
    }


def read_budget(fields: object) -> LinkBudget:
    """Return the budget that JSON fields tell; raises ImpossibleValueError with what is wrong.

    Fields that are not known are passed over; one that is missing is refused.
    """
    given = _object(fields, "budget")
    return LinkBudget(
        case=_one_of(Case, given, "case"),
        verdict=_one_of(Verdict, given, "verdict"),
        verified=_flag(given, "verified"),
        inputs=tuple(
            (name, value if isinstance(value, str) else _finite(value, name))
            for name, value in _object(_taken(given, "inputs"), "inputs").items()
        ),
        data=tuple((_text(one, "name"), _text(one, "sha256")) for one in _objects(given, "data")),
        contributors=tuple(map(_contributor, _objects(given, "contributors"))),
        assumed=tuple(_words(_taken(given, "assumed"), "assumed")),
        service=_text(given, "service"),
        source=_text(given, "source"),
        model=_text(given, "model"),
        freq_hz=_finite(_taken(given, "freq_hz"), "freq_hz"),
        distance_m=_finite(_taken(given, "distance_m"), "distance_m"),
        gain_dbi=_finite(_taken(given, "gain_dbi"), "gain_dbi"),
        eirp_dbm=_perhaps(given, "eirp_dbm"),
        loss_db=_perhaps(given, "loss_db"),
        rejection_db=_perhaps(given, "rejection_db"),
        interference_dbm=_perhaps(given, "interference_dbm"),
        limit_dbm=_perhaps(given, "limit_dbm"),
        need_m=_perhaps(given, "need_m"),
        need_dbm=_perhaps(given, "need_dbm"),
    )


def _contributor(fields: Mapping[str, Any]) -> Contributor:
    return Contributor(
        _text(fields, "party"),
        _text(fields, "activity"),
        _text(fields, "volume"),
        _perhaps(fields, "power_dbm"),
    )


def _number(value: float | None) -> float | None:
    """Return a figure to six decimals, never minus zero; None where there is no finite one."""
    if value is None or not math.isfinite(value):
        return None
    return round(value, DIGITS) + 0.0


def _input(value: float | str) -> float | str | None:
    return value if isinstance(value, str) else _number(value)


def _taken(given: Mapping[str, Any], name: str) -> Any:
    if name not in given:
        raise ImpossibleValueError(f"the budget does not say its {name}.", remedy=_REMEDY)
    return given[name]


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(name, value, "an object")
    return value


def _objects(given: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    value = _taken(given, name)
    if not isinstance(value, list):
        raise _wrong(name, value, "a list")
    return [_object(one, name) for one in value]


def _words(value: object, name: str) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(name, value, "a list of texts")
    return value


def _text(given: Mapping[str, Any], name: str) -> str:
    value = _taken(given, name)
    if not isinstance(value, str):
        raise _wrong(name, value, "a text")
    return value


def _flag(given: Mapping[str, Any], name: str) -> bool:
    value = _taken(given, name)
    if not isinstance(value, bool):
        raise _wrong(name, value, "true or false")
    return value


def _perhaps(given: Mapping[str, Any], name: str) -> float | None:
    value = _taken(given, name)
    return None if value is None else _finite(value, name)


def _finite(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(name, value, "a number")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise _wrong(name, value, "a finite number")
    return found


def _one_of(kind: type[_Known], given: Mapping[str, Any], name: str) -> _Known:
    value = _text(given, name)
    try:
        return kind(value)
    except ValueError:
        raise _wrong(name, value, "one that this version knows") from None


def _wrong(name: str, value: object, wanted: str) -> ImpossibleValueError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return ImpossibleValueError(
        f"the budget's {name} is {shown}, which is not {wanted}.", remedy=_REMEDY
    )
