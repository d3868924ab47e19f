"""Powers that arrive together: their sum, and the instant at which it is greatest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]
NOTHING_DBM: Final = -math.inf


@dataclass(frozen=True, slots=True)
class WorstInstant:
    """When simultaneous powers sum to most: throughout [start_s, end_s), the first such.

    members: places of those on the air then, strongest first. power_dbm is -inf where there is
    none, and NaN where a power is not known (never cleared).
    """

    power_dbm: float
    start_s: float
    end_s: float
    members: tuple[int, ...]


def sum_dbm(power_dbm: ArrayLike, axis: int = -1) -> Floats:
    """Return the sum of powers as powers, dBm, along an axis; of none -inf; NaN with a NaN.

    >>> float(sum_dbm([-100.0, -100.0]).round(2))
    -96.99
    """
    power_dbm = np.asarray(power_dbm, np.float64)
    if power_dbm.shape[axis] == 0:
        return np.asarray(power_dbm.sum(axis) + NOTHING_DBM)[()]
    most = power_dbm.max(axis, keepdims=True)
    most = np.where(np.isinf(most), 0.0, most)
    with np.errstate(divide="ignore"):
        parts = np.power(10.0, (power_dbm - most) / 10.0).sum(axis)
        return np.asarray(np.squeeze(most, axis) + 10.0 * np.log10(parts))[()]


def worst_instant(
    start_s: Sequence[float], end_s: Sequence[float], power_dbm: Sequence[float]
) -> WorstInstant | None:
    """Return when powers on the air in windows [start, end) sum to most; None where there are none.

    Windows that touch do not overlap; -inf and inf mean "since before" and "until further notice".
    One whose power is not known makes its first instant the worst. Raises ImpossibleValueError
    where a window is empty or the lengths differ.
    """
    windows = list(zip(start_s, end_s, power_dbm, strict=True))
    if not all(start < end for start, end, _ in windows):
        raise ImpossibleValueError("a time window is empty or runs backwards.")
    if not windows:
        return None
    unknown = [start for start, _, power in windows if not power < math.inf]
    at_s = min(unknown) if unknown else _loudest_start(windows)
    members = [k for k, (start, end, _) in enumerate(windows) if start <= at_s < end]
    members.sort(key=lambda k: (not math.isnan(windows[k][2]), -windows[k][2], k))
    total_dbm = float(sum_dbm([windows[k][2] for k in members]))
    edges = [edge for start, end, _ in windows for edge in (start, end) if edge > at_s]
    return WorstInstant(total_dbm, at_s, min(edges), tuple(members))


def _loudest_start(windows: list[tuple[float, float, float]]) -> float:
    """Return the first start at which the sum is greatest: it only grows where a window begins.

    A sweep over the starts and ends. What rounding leaves of one that has gone is small beside
    that one, and the greatest sum is no less than any one.
    """
    start_s, end_s, power_dbm = np.asarray(windows, np.float64).T
    most_dbm = power_dbm.max()
    part = np.power(10.0, (power_dbm - (most_dbm if np.isfinite(most_dbm) else 0.0)) / 10.0)
    at_s = np.concatenate([end_s, start_s])  # ends first: windows that touch do not overlap
    order = np.argsort(at_s, kind="stable")
    on_air = np.cumsum(np.concatenate([-part, part])[order])
    at_s = at_s[order]
    is_settled = np.append(at_s[1:] > at_s[:-1], True)  # all that happens at one time has happened
    is_start = np.isin(at_s, start_s)
    return float(at_s[np.argmax(np.where(is_settled & is_start, on_air, -np.inf))])
