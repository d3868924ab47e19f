"""What is asked of two items that meet, compiled: may they pair, are they near, are they apart.

Number for number what `near` and `axes` ask in arrays. Compiled code counts references to an array
each time it takes one out of a tuple, which costs more than the sums done here; so arrays are
handed on one by one.
"""

import math
from typing import Final

from wideberth.engine.axis import (
    FREQ_RESOLUTION_HZ,
    TIME_RESOLUTION_S,
    VERTICAL_RESOLUTION_M,
)
from wideberth.engine.columns import NO_LINK
from wideberth.engine.compiled import compiled
from wideberth.engine.fast_items import (
    IS_CONVERTED,
    IS_MOVING,
    IS_SIDE_A,
    IS_SIDE_B,
    Item,
    Items,
)
from wideberth.engine.geodesy import Floats
from wideberth.engine.near import ROUNDING, ROUNDING_HZ
from wideberth.engine.screen import SURE_M

LATERAL: Final = 0  # the columns of limits: reach or minima, a row for each volume or one for all
VERTICAL: Final = 1
TIME: Final = 2
FREQ: Final = 3

Minima = tuple[float, float, float, float]  # lateral (m), vertical (m), time (s), frequency (Hz)


@compiled
def lower_less_upper(one: Item, other: Item) -> tuple[float, bool]:
    """Return one's lower less other's upper limit, and whether they had to be converted."""
    is_same = one.lower_datum == other.upper_datum
    if is_same or math.isinf(one.lower_m) or math.isinf(other.upper_m):
        return one.lower_m - other.upper_m, False
    return one.lowest_m - other.highest_m, True


@compiled
def height_gap_m(one: Item, other: Item, volumes: Items) -> tuple[float, bool]:
    """Return the least gap in height, negative by the overlap, and whether limits are converted."""
    if one.flags & IS_CONVERTED:
        v, w = volumes[one.volume], volumes[other.volume]
        above_m, is_above = lower_less_upper(v, w)
        below_m, is_below = lower_less_upper(w, v)
        return max(above_m, below_m), is_above or is_below
    return max(one.low_m - other.high_m, other.low_m - one.high_m), False


@compiled
def do_points_meet(low_a: float, high_a: float, low_b: float, high_b: float) -> bool:
    """Return whether a band of no thickness meets another (`axis.overlaps`)."""
    rounding = VERTICAL_RESOLUTION_M
    if low_a == high_a and low_b == high_b:
        return abs(low_a - low_b) <= rounding
    if low_a == high_a:
        return low_b - rounding <= low_a < high_b - rounding
    if low_b == high_b:
        return low_a - rounding <= low_b < high_a - rounding
    return False


@compiled
def are_heights_converted_too_close(
    one: Item, other: Item, volumes: Items, minimum_m: float
) -> bool:
    """Return whether height bands overlap or fall short, where limits may be of unlike datum."""
    gap_m, is_converted = height_gap_m(one, other, volumes)
    if max(gap_m, 0.0) < minimum_m - VERTICAL_RESOLUTION_M or gap_m < -VERTICAL_RESOLUTION_M:
        return True
    if is_converted:
        return gap_m <= VERTICAL_RESOLUTION_M
    v, w = volumes[one.volume], volumes[other.volume]
    return do_points_meet(v.lower_m, v.upper_m, w.lower_m, w.upper_m)


@compiled
def are_heights_too_close(one: Item, other: Item, minimum_m: float) -> bool:
    """Return whether two height bands of one datum overlap or fall short of the minimum."""
    gap_m = max(one.low_m - other.high_m, other.low_m - one.high_m)
    if max(gap_m, 0.0) < minimum_m - VERTICAL_RESOLUTION_M or gap_m < -VERTICAL_RESOLUTION_M:
        return True
    return do_points_meet(one.low_m, one.high_m, other.low_m, other.high_m)


@compiled
def time_gap_s(one: Item, other: Item) -> float:
    """Return the gap in time of two entries, or of volumes."""
    return max(one.start_s - other.end_s, other.start_s - one.end_s)


@compiled
def is_freq_gap_above(one: Item, other: Item, limit_hz: float) -> bool:
    """Return whether bands are parted by more than a limit; never where one has none."""
    return one.low_hz - other.high_hz > limit_hz or other.low_hz - one.high_hz > limit_hz


@compiled
def may_pair(one: Item, other: Item) -> bool:
    """Return whether a rule may be asked about two items of different owners."""
    a, b = one.flags, other.flags
    if not ((a & IS_SIDE_A and b & IS_SIDE_B) or (a & IS_SIDE_B and b & IS_SIDE_A)):
        return False
    return one.link == NO_LINK or one.link != other.link


@compiled
def are_within_reach(one: Item, other: Item, volumes: Items, limits: Floats) -> bool:
    """Return whether two items are within reach on every axis, by their discs along the ground."""
    p, q = (one.volume, other.volume) if len(limits) > 1 else (0, 0)
    if time_gap_s(one, other) > max(limits[p, TIME], limits[q, TIME]) + ROUNDING:
        return False
    if is_freq_gap_above(one, other, max(limits[p, FREQ], limits[q, FREQ]) + ROUNDING_HZ):
        return False
    gap_m, _ = height_gap_m(one, other, volumes)
    if gap_m > max(limits[p, VERTICAL], limits[q, VERTICAL]) + ROUNDING:
        return False
    dx, dy, dz = one.x - other.x, one.y - other.y, one.z - other.z
    limit_m = max(limits[p, LATERAL], limits[q, LATERAL]) + SURE_M
    limit_m += one.core_m + one.radius_m + other.core_m + other.radius_m
    return dx * dx + dy * dy + dz * dz <= limit_m * limit_m


@compiled
def are_below_minima(one: Item, other: Item, minima: Minima) -> bool:
    """Return whether two items are too close in time, height and frequency.

    For those that stay and whose heights are of one datum.
    """
    _, vertical_m, time_s, freq_hz = minima
    if not time_gap_s(one, other) < time_s - TIME_RESOLUTION_S:
        return False
    least_hz = freq_hz - FREQ_RESOLUTION_HZ
    if one.low_hz - other.high_hz >= least_hz or other.low_hz - one.high_hz >= least_hz:
        return False
    return are_heights_too_close(one, other, vertical_m)


@compiled
def are_special_below_minima(
    one: Item, other: Item, volumes: Items, minima: Minima, limits: Floats
) -> bool:
    """Return the same for items of which one moves, or whose heights may be converted.

    Movers are besides asked whether they are within reach while they are there.
    """
    _, vertical_m, time_s, freq_hz = minima
    v, w = volumes[one.volume], volumes[other.volume]
    if not time_gap_s(v, w) < time_s - TIME_RESOLUTION_S:
        return False
    least_hz = freq_hz - FREQ_RESOLUTION_HZ
    if one.low_hz - other.high_hz >= least_hz or other.low_hz - one.high_hz >= least_hz:
        return False
    if not are_heights_converted_too_close(one, other, volumes, vertical_m):
        return False
    is_moving = (one.flags | other.flags) & IS_MOVING
    return not is_moving or are_within_reach(one, other, volumes, limits)
