"""Gaps and minima in the words of the people who read them."""

import math
from collections.abc import Callable

from wideberth.model.agreement import Minima
from wideberth.model.conflict import Gaps
from wideberth.units import (
    HERTZ_PER_MEGAHERTZ,
    METRES_PER_FOOT,
    METRES_PER_NAUTICAL_MILE,
    SECONDS_PER_MINUTE,
)


def lateral(gap_m: float) -> str:
    """Return a length on the ground in nautical miles, in metres below a tenth of one.

    >>> lateral(9260.0)
    '5 NM'
    """
    if gap_m < 0.1 * METRES_PER_NAUTICAL_MILE:
        return f"{gap_m:.0f} m"
    return f"{_short(gap_m / METRES_PER_NAUTICAL_MILE)} NM"


def vertical(gap_m: float) -> str:
    """Return a height difference in feet."""
    return "any height" if math.isinf(gap_m) else f"{_short(gap_m / METRES_PER_FOOT, 0)} ft"


def depth(gap_m: float) -> str:
    """Return a height difference in metres."""
    return "any height" if math.isinf(gap_m) else f"{_short(gap_m, 0)} m"


def height_words(minimum_m: float) -> Callable[[float], str]:
    """Return how to say height differences: in feet where the minimum is whole feet, else metres.

    >>> height_words(304.8)(152.4), height_words(30.0)(12.0)
    ('500 ft', '12 m')
    """
    feet = minimum_m / METRES_PER_FOOT
    is_feet = math.isinf(feet) or minimum_m == 0.0 or abs(feet - round(feet)) < 1e-6
    return vertical if is_feet else depth


def duration(gap_s: float) -> str:
    """Return a length of time in minutes, in seconds below one minute."""
    if gap_s < SECONDS_PER_MINUTE:
        return f"{gap_s:.0f} s"
    return f"{_short(gap_s / SECONDS_PER_MINUTE, 1)} min"


def frequency(gap_hz: float) -> str:
    """Return a frequency difference in megahertz."""
    return f"{_short(gap_hz / HERTZ_PER_MEGAHERTZ, 3)} MHz"


def _short(value: float, digits: int = 2) -> str:
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def explain(gaps: Gaps, minima: Minima) -> str:
    """Return one sentence on why a pair is too close, axis by axis."""
    parts = [
        _axis("areas", gaps.lateral_m, minima.lateral_m, lateral),
        _axis("heights", gaps.vertical_m, minima.vertical_m, height_words(minima.vertical_m)),
        _axis("times", gaps.time_s, minima.time_s, duration),
    ]
    if gaps.freq_hz is not None:
        parts.append(_axis("bands", gaps.freq_hz, minima.freq_hz, frequency))
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _axis(name: str, gap: float, minimum: float, say: Callable[[float], str]) -> str:
    if math.isinf(minimum):
        return f"{name} do not separate here"
    if gap <= 0.0:
        need = f" ({say(minimum)} needed)" if minimum > 0.0 else ""
        return f"{name} overlap{need}"
    return f"{name} {say(gap)} apart ({say(minimum)} needed)"
