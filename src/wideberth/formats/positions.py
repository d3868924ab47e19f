"""Degrees, minutes and seconds to decimal degrees, with the checks every text format shares."""

from wideberth.errors import ImpossibleValueError

_LIMIT_DEG = {"N": 90.0, "S": 90.0, "E": 180.0, "W": 180.0}


def degrees(hemisphere: str, deg: float, minute: float = 0.0, second: float = 0.0) -> float:
    """Return signed decimal degrees; hemisphere is one of N, S, E, W.

    Raises ImpossibleValueError when minutes or seconds reach 60 or the whole passes 90 or 180.
    """
    limit_deg = _LIMIT_DEG[hemisphere]
    if not (0.0 <= minute < 60.0 and 0.0 <= second < 60.0):
        raise ImpossibleValueError(
            f"minutes {minute:g} or seconds {second:g} are not below 60.",
            remedy="Check the position's digits.",
        )
    value = deg + minute / 60.0 + second / 3600.0
    if not 0.0 <= value <= limit_deg:
        raise ImpossibleValueError(
            f"{value:g} degrees {hemisphere} is beyond {limit_deg:g}.",
            remedy="Check the position's digits.",
        )
    return -value if hemisphere in "SW" else value
