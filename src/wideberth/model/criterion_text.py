"""A protection criterion in words: "I/N -6 dB", "-129 dBm/MHz", "D/U 20 dB at -90 dBm", and back.

A safety margin is said behind it: "I/N -6 dB, margin 6 dB". dBW is taken as 30 dB more in dBm.
"""

import math
import re
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.protection import Criterion, CriterionKind
from wideberth.units import HERTZ_PER_GIGAHERTZ, HERTZ_PER_KILOHERTZ, HERTZ_PER_MEGAHERTZ

_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_POWER: Final = rf"(?P<power>{_NUMBER}) ?(?P<unit>dBm|dBW)"
_MARGIN: Final = rf"(?: ?, ?margin (?P<margin>{_NUMBER}) ?dB)?"
_NOISE_TEXT: Final = re.compile(rf"I/N (?P<value>{_NUMBER}) ?dB{_MARGIN}")
_CARRIER_TEXT: Final = re.compile(rf"(?:D/U|C/I) (?P<value>{_NUMBER}) ?dB at {_POWER}{_MARGIN}")
_POWER_TEXT: Final = re.compile(
    rf"{_POWER}(?: ?/ ?(?P<count>\d+(?:\.\d+)?)? ?(?P<width>[kMG]?Hz))?{_MARGIN}"
)
_PLAIN: Final = re.compile(rf"{_NUMBER}(?: ?dB)?")
_HERTZ: Final = {
    "Hz": 1.0,
    "kHz": HERTZ_PER_KILOHERTZ,
    "MHz": HERTZ_PER_MEGAHERTZ,
    "GHz": HERTZ_PER_GIGAHERTZ,
}
_DBM_PER_DBW: Final = 30.0  # a watt is 1000 milliwatts
_REMEDY: Final = 'Write it like "I/N -6 dB", "-129 dBm/MHz" or "D/U 20 dB at -90 dBm".'
# Beyond these a figure is a slip: the noise of 1 Hz at 290 K is -174 dBm.
_POWER_DBM: Final = (-250.0, 100.0)
_RATIO_DB: Final = (-100.0, 100.0)


def read(text: str) -> Criterion:
    """Return the criterion that a text says.

    Raises ImpossibleValueError for a plain number (of what?), any other form, and figures that no
    receiver has: powers outside -250 to 100 dBm, ratios and margins beyond 100 dB.
    """
    said = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    for form, build in (
        (_NOISE_TEXT, _noise),
        (_CARRIER_TEXT, _carrier),
        (_POWER_TEXT, _power),
    ):
        match = form.fullmatch(said)
        if match is not None:
            return build(match)
    if _PLAIN.fullmatch(said):
        raise ImpossibleValueError(
            f"criterion {text!r} does not say what the number is.", remedy=_REMEDY
        )
    raise ImpossibleValueError(f"criterion {text!r} is not understood.", remedy=_REMEDY)


def write(criterion: Criterion) -> str:
    """Return a criterion in words that `read` turns into the same criterion."""
    value = _digits(criterion.value)
    if criterion.kind is CriterionKind.I_N:
        said = f"I/N {value} dB"
    elif criterion.kind is CriterionKind.CARRIER and criterion.desired_dbm is not None:
        said = f"D/U {value} dB at {_digits(criterion.desired_dbm)} dBm"
    elif criterion.reference_hz is None:
        said = f"{value} dBm"
    else:
        said = f"{value} dBm/{_width(criterion.reference_hz)}"
    margin = f", margin {_digits(criterion.margin_db)} dB" if criterion.margin_db else ""
    return said + margin


def _noise(match: re.Match[str]) -> Criterion:
    value_db = _within("I/N", float(match["value"]), _RATIO_DB, "dB")
    return Criterion(CriterionKind.I_N, value_db, margin_db=_margin(match))


def _carrier(match: re.Match[str]) -> Criterion:
    return Criterion(
        CriterionKind.CARRIER,
        _within(match[0][:3], float(match["value"]), _RATIO_DB, "dB"),
        desired_dbm=_dbm(match),
        margin_db=_margin(match),
    )


def _power(match: re.Match[str]) -> Criterion:
    reference_hz = None
    if match["width"] is not None:
        reference_hz = float(match["count"] or 1.0) * _HERTZ[match["width"]]
    return Criterion(
        CriterionKind.POWER, _dbm(match), reference_hz=reference_hz, margin_db=_margin(match)
    )


def _dbm(match: re.Match[str]) -> float:
    more = _DBM_PER_DBW if match["unit"] == "dBW" else 0.0
    return _within("power", float(match["power"]) + more, _POWER_DBM, "dBm")


def _margin(match: re.Match[str]) -> float:
    return _within("margin", float(match["margin"] or 0.0), (0.0, _RATIO_DB[1]), "dB")


def _within(name: str, value: float, span: tuple[float, float], unit: str) -> float:
    low, high = span
    if not (math.isfinite(value) and low <= value <= high):
        raise ImpossibleValueError(
            f"{name} {value:g} {unit} is not within {low:g} to {high:g}.",
            remedy="Check the figure and its unit.",
        )
    return value


def _digits(value: float) -> str:
    """Return the shortest digits that read back as the same number."""
    return repr(float(value)).removesuffix(".0")


def _width(width_hz: float) -> str:
    """Return a bandwidth in the largest unit in which it reads back as the same number."""
    for unit, factor in reversed(_HERTZ.items()):
        count = width_hz / factor
        if count >= 1.0 and count * factor == width_hz and "e" not in repr(count):
            return unit if count == 1.0 else f"{_digits(count)} {unit}"
    return f"{width_hz:f} Hz"
