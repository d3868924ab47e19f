"""The part of an emission that a receiver takes in, many offsets at once, compiled by numba."""

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FLAT: float = 1e-6  # below this fall over a piece, in nepers, its power is that of a trapezium


@njit(cache=True)
def taken(offset_hz: Floats, emission: Floats, response: Floats) -> Any:
    """Return the integral of density times response at each offset.

    The rows are those of `rejection.pieces`, ascending and without gaps.
    """
    found = np.empty(len(offset_hz))
    for n in range(len(offset_hz)):
        shift = offset_hz[n]
        total = 0.0 if shift == shift else math.nan  # noqa: PLR0124 - NaN is not itself
        i = j = 0
        while i < len(emission) and j < len(response):
            low = max(emission[i, 0], response[j, 0] - shift)
            high = min(emission[i, 1], response[j, 1] - shift)
            if high > low:
                rise = (emission[i, 4] + response[j, 4]) * (high - low)
                start = (
                    emission[i, 3]
                    + emission[i, 4] * (low - emission[i, 2])
                    + response[j, 3]
                    + response[j, 4] * (low + shift - response[j, 2])
                )
                mean = 1.0 + 0.5 * rise if abs(rise) < FLAT else math.expm1(rise) / rise
                total += (high - low) * math.exp(start) * mean
            if emission[i, 1] <= response[j, 1] - shift:
                i += 1
            else:
                j += 1
        found[n] = total
    return found
