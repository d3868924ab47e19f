"""Gaps on time, height and frequency of many pairs of volumes at once.

The same arithmetic as `axis` and `heights`, number for number, on rows of `Columns`.
"""

from dataclasses import dataclass

import numpy as np

from wideberth.engine.axis import (
    FREQ_RESOLUTION_HZ,
    TIME_RESOLUTION_S,
    VERTICAL_RESOLUTION_M,
)
from wideberth.engine.columns import Columns, Marks
from wideberth.engine.entries import Places
from wideberth.engine.geodesy import Floats
from wideberth.model.agreement import Minima


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """What parts the bands of pairs in height: a's lower less b's upper limit, and the reverse.

    is_converted: whether limits of unlike datum were compared, each at its worst.
    """

    a_above_b_m: Floats
    b_above_a_m: Floats
    is_converted: Marks


def time_gap_s(columns: Columns, i: Places, j: Places) -> Floats:
    """Return the gaps in time, negative by how much windows overlap."""
    return np.maximum(columns.start_s[i] - columns.end_s[j], columns.start_s[j] - columns.end_s[i])


def freq_gap_hz(columns: Columns, i: Places, j: Places) -> Floats:
    """Return the gaps in frequency, NaN where one of the two has no band."""
    return np.maximum(
        columns.freq_low_hz[i] - columns.freq_high_hz[j],
        columns.freq_low_hz[j] - columns.freq_high_hz[i],
    )


def height_differences(columns: Columns, i: Places, j: Places) -> Differences:
    """Return what parts the bands in height, as `heights.vertical_gap` forms it."""
    above, is_above_converted = _lower_less_upper(columns, i, j)
    below, is_below_converted = _lower_less_upper(columns, j, i)
    return Differences(above, below, is_above_converted | is_below_converted)


def height_gap_m(columns: Columns, i: Places, j: Places) -> Floats:
    """Return the least gaps in height, negative by how much bands overlap."""
    parted = height_differences(columns, i, j)
    return np.maximum(parted.a_above_b_m, parted.b_above_a_m)


def _lower_less_upper(columns: Columns, i: Places, j: Places) -> tuple[Floats, Marks]:
    lower_m, upper_m = columns.lower_m[i], columns.upper_m[j]
    is_converted = (
        (columns.lower_datum[i] != columns.upper_datum[j])
        & np.isfinite(lower_m)
        & np.isfinite(upper_m)
    )
    return (
        np.where(is_converted, columns.lowest_m[i], lower_m)
        - np.where(is_converted, columns.highest_m[j], upper_m),
        is_converted,
    )


def are_too_close(columns: Columns, i: Places, j: Places, minima: Minima) -> Marks:
    """Return which pairs overlap or fall short of the minimum in time, height and frequency.

    Right for volumes that do not move; a moving one is only surely apart where this says so.
    """
    gap_s = time_gap_s(columns, i, j)
    in_time = gap_s < minima.time_s - TIME_RESOLUTION_S
    gap_hz = freq_gap_hz(columns, i, j)
    in_freq = np.isnan(gap_hz) | (gap_hz < minima.freq_hz - FREQ_RESOLUTION_HZ)
    return in_time & in_freq & _are_close_in_height(columns, i, j, minima.vertical_m)


def _are_close_in_height(columns: Columns, i: Places, j: Places, minimum_m: float) -> Marks:
    parted = height_differences(columns, i, j)
    gap_m = np.maximum(parted.a_above_b_m, parted.b_above_a_m)
    overlap = np.where(
        parted.is_converted,
        gap_m <= VERTICAL_RESOLUTION_M,
        (gap_m < -VERTICAL_RESOLUTION_M) | _points_meet(columns, i, j),
    )
    return overlap | (np.maximum(gap_m, 0.0) < minimum_m - VERTICAL_RESOLUTION_M)


def _points_meet(columns: Columns, i: Places, j: Places) -> Marks:
    """Return where a band of no thickness meets the other, as `axis.overlaps` says."""
    low_a, high_a = columns.lower_m[i], columns.upper_m[i]
    low_b, high_b = columns.lower_m[j], columns.upper_m[j]
    is_point_a, is_point_b = low_a == high_a, low_b == high_b
    rounding = VERTICAL_RESOLUTION_M
    with np.errstate(invalid="ignore"):  # two bands without a floor are no points
        is_level = np.abs(low_a - low_b) <= rounding
    both = is_point_a & is_point_b & is_level
    a_in_b = is_point_a & ~is_point_b & (low_b - rounding <= low_a) & (low_a < high_b - rounding)
    b_in_a = is_point_b & ~is_point_a & (low_a - rounding <= low_b) & (low_b < high_a - rounding)
    return np.asarray(both | a_in_b | b_in_a)
