"""A position written as a list of numbers, [lon, lat], in JSON or TOML."""

import math
from typing import Any

from wideberth.errors import ImpossibleValueError
from wideberth.formats.fields import show_value
from wideberth.model.footprint import Point, check_point

_PAIR = "Write it as [longitude, latitude] in degrees."


def read_position(value: Any) -> Point:
    """Return (lon_deg, lat_deg) of a list of two or more numbers; a third one is left unused.

    Raises ImpossibleValueError for another type or count, NaN, a value out of range (with a hint
    when the two look swapped), and for exactly 0, 0, where a lost position lands.
    """
    if not isinstance(value, (list, tuple)) or len(value) < 2:
        raise ImpossibleValueError(f"position is {show_value(value)}.", remedy=_PAIR)
    point = (_degrees(value[0]), _degrees(value[1]))
    check_point(point)
    if point == (0.0, 0.0):
        raise ImpossibleValueError(
            "position is exactly 0, 0 (null island), where lost positions land.",
            remedy="Give the true position; if it is meant, shift it by 0.000001.",
        )
    return point


def _degrees(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ImpossibleValueError(f"position holds {show_value(value)}.", remedy=_PAIR)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise ImpossibleValueError("position holds no finite number.", remedy=_PAIR)
    return found
