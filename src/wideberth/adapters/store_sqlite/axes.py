"""Boxes as the R*Tree holds them: five axes of like size, in 32-bit floats, cut off far out.

The tree only has to be coarse and never lose a box. Each axis is mapped by a function that never
runs backwards (but for the last bit of a double), so boxes that meet still meet; places are rounded
by SQLite, and a search is widened by more than any rounding. The exact bounds beside the tree then
take away what the widening let in. Like sizes matter: where one axis is 1e38 wide, the sums by
which an R*Tree splits its nodes know no other.
"""

import math
from typing import Final

from wideberth.node.ports import Bounds

_SLACK_SHARE: Final = 2.5e-7  # twice what rounding to 24 bits can move a value
_SLACK: Final = 1e-6  # a decimetre, a millimetre, a tenth of a second; values next to 0
_DEG: Final = 1000.0
_KM: Final = 100.0
_DAYS: Final = 40_000.0
_DECADES: Final = 15.0
_DAY_S: Final = 86_400.0


def coarse(bounds: Bounds, *, epoch_s: float) -> Bounds:
    """Return bounds on the tree's axes: degrees, degrees, kilometres, days, decades of hertz."""
    west, east, south, north, low, high, start, end, low_hz, high_hz = bounds
    return (
        max(-_DEG, min(_DEG, west)),
        max(-_DEG, min(_DEG, east)),
        max(-_DEG, min(_DEG, south)),
        max(-_DEG, min(_DEG, north)),
        max(-_KM, min(_KM, low / 1000.0)),
        max(-_KM, min(_KM, high / 1000.0)),
        max(-_DAYS, min(_DAYS, (start - epoch_s) / _DAY_S)),
        max(-_DAYS, min(_DAYS, (end - epoch_s) / _DAY_S)),
        min(_DECADES, math.log10(max(1.0, low_hz))),
        min(_DECADES, math.log10(max(1.0, high_hz))),
    )


def widened(bounds: Bounds) -> Bounds:
    """Return coarse bounds moved out by more than all rounding on the way."""
    w, e, s, n, low, high, start, end, low_hz, high_hz = bounds
    lon, lat, height = (_down(w), _up(e)), (_down(s), _up(n)), (_down(low), _up(high))
    return (*lon, *lat, *height, _down(start), _up(end), _down(low_hz), _up(high_hz))


def _down(value: float) -> float:
    return value - abs(value) * _SLACK_SHARE - _SLACK


def _up(value: float) -> float:
    return value + abs(value) * _SLACK_SHARE + _SLACK
