"""Gaps and minima in the words of the people who read them.

What was found is rounded down and what is missing is rounded up, so that no rounding ever makes
a gap look like the minimum it falls short of.
"""

import math
from typing import Final, Protocol

from wideberth.model.agreement import Minima
from wideberth.model.conflict import Gaps
from wideberth.units import (
    HERTZ_PER_GIGAHERTZ,
    HERTZ_PER_KILOHERTZ,
    HERTZ_PER_MEGAHERTZ,
    METRES_PER_FOOT,
    METRES_PER_NAUTICAL_MILE,
    SECONDS_PER_MINUTE,
)

_SLACK: Final = 1e-9  # so that 5 NM held as 9259.999999999999 m still reads 5


class Say(Protocol):
    """A way to say an amount; `up` rounds up instead of down."""

    def __call__(self, amount: float, /, *, up: bool = False) -> str:
        """Return the amount with its unit."""


def figure(value: float, digits: int, *, up: bool = False) -> str:
    """Return a number cut to so many decimals (rounded up on request), without idle zeros."""
    scale = 10.0**digits
    whole = (
        math.ceil(value * scale - _SLACK * scale)
        if up
        else math.floor(value * scale + _SLACK * scale)
    )
    text = f"{whole / scale:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if digits else text
    return "0" if text == "-0" else text


def nautical_miles(length_m: float, *, up: bool = False) -> str:
    """Return a length in nautical miles, or in metres where it is below a hundredth of one."""
    if 0.0 < length_m < 0.01 * METRES_PER_NAUTICAL_MILE:
        return metres(length_m, up=up)
    return f"{figure(length_m / METRES_PER_NAUTICAL_MILE, 2, up=up)} NM"


def metres(length_m: float, *, up: bool = False) -> str:
    """Return a length in whole metres, or with decimals where it is below ten."""
    return f"{figure(length_m, 0 if length_m >= 10.0 else 2, up=up)} m"


def feet(length_m: float, *, up: bool = False) -> str:
    """Return a length in whole feet, or with decimals where it is below ten."""
    length_ft = length_m / METRES_PER_FOOT
    return f"{figure(length_ft, 0 if length_ft >= 10.0 else 2, up=up)} ft"


def minutes(length_s: float, *, up: bool = False) -> str:
    """Return a length of time in minutes, or in seconds where it is below one minute."""
    if 0.0 < length_s < SECONDS_PER_MINUTE:
        return f"{figure(length_s, 1, up=up)} s"
    return f"{figure(length_s / SECONDS_PER_MINUTE, 1, up=up)} min"


def hertz(freq_hz: float) -> str:
    """Return a frequency in the unit in which it has one to three digits before the point."""
    for unit_hz, unit in (
        (HERTZ_PER_GIGAHERTZ, "GHz"),
        (HERTZ_PER_MEGAHERTZ, "MHz"),
        (HERTZ_PER_KILOHERTZ, "kHz"),
    ):
        if freq_hz >= unit_hz:
            return f"{freq_hz / unit_hz:.9g} {unit}"
    return f"{freq_hz:.9g} Hz"


def hertz_said(freq_hz: float, *, up: bool = False) -> str:
    """Return a frequency difference; it is said in full, so there is nothing to round."""
    del up
    return hertz(freq_hz)


def lateral_units(minimum_m: float) -> tuple[Say, Say | None]:
    """Return nautical miles and metres, or metres alone where the minimum was agreed in metres."""
    is_round = _is_whole(minimum_m / METRES_PER_NAUTICAL_MILE * 100.0)
    return (nautical_miles, metres) if is_round else (metres, None)


def height_units(minimum_m: float) -> tuple[Say, Say | None]:
    """Return feet and metres, or metres alone where the minimum was agreed in metres.

    >>> height_units(304.8)[0](152.4), height_units(30.0)[0](12.0)
    ('500 ft', '12 m')
    """
    return (feet, metres) if _is_whole(minimum_m / METRES_PER_FOOT) else (metres, None)


def _is_whole(number: float) -> bool:
    return not math.isfinite(number) or abs(number - round(number)) < 1e-6


def explain(gaps: Gaps, minima: Minima) -> str:
    """Return one sentence on why a pair is too close, axis by axis."""
    parts = [
        _axis("areas", gaps.lateral_m, minima.lateral_m, lateral_units(minima.lateral_m)[0]),
        _axis("heights", gaps.vertical_m, minima.vertical_m, height_units(minima.vertical_m)[0]),
        _axis("times", gaps.time_s, minima.time_s, minutes),
    ]
    if gaps.freq_hz is not None:
        parts.append(_axis("bands", gaps.freq_hz, minima.freq_hz, hertz_said))
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _axis(name: str, gap: float, minimum: float, say: Say) -> str:
    if math.isinf(minimum):
        return f"{name} do not separate here"
    if gap <= 0.0:
        need = f" ({say(minimum)} needed)" if minimum > 0.0 else ""
        return f"{name} overlap{need}"
    return f"{name} {say(gap)} apart ({say(minimum)} needed)"
