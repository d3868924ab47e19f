"""Gap and overlap of two intervals on one axis, and when a gap falls short of a minimum.

Intervals are half-open; one of no length is its single point. Exactly at a minimum is apart, and
a number within the axis's resolution of the minimum counts as at it, so that rounding in unit
conversion (1000 ft is 304.8 m) neither makes nor hides a conflict.
"""

from typing import Final

LATERAL_RESOLUTION_M: Final = 1e-4
VERTICAL_RESOLUTION_M: Final = 1e-6
TIME_RESOLUTION_S: Final = 1e-6
FREQ_RESOLUTION_HZ: Final = 1e-3


def signed_gap(low_a: float, high_a: float, low_b: float, high_b: float) -> float:
    """Return the gap of two intervals, negative by how much they overlap.

    >>> signed_gap(0.0, 10.0, 12.0, 20.0)
    2.0
    """
    return max(low_b - high_a, low_a - high_b)


def overlaps(
    low_a: float, high_a: float, low_b: float, high_b: float, *, resolution: float
) -> bool:
    """Return whether two half-open intervals share a point; one of no length is its point."""
    if signed_gap(low_a, high_a, low_b, high_b) < -resolution:
        return True
    point_a, point_b = low_a == high_a, low_b == high_b
    if point_a and point_b:
        return abs(low_a - low_b) <= resolution
    if point_a:
        return low_b - resolution <= low_a < high_b - resolution
    if point_b:
        return low_a - resolution <= low_b < high_a - resolution
    return False


def falls_short(gap: float, minimum: float, *, resolution: float) -> bool:
    """Return whether a gap is less than a minimum by more than the resolution."""
    return gap < minimum - resolution
