"""Emissions that one receiver hears: which of them must be judged to know their worst sum.

Each begins with a bound of what it adds, and the strongest at the worst instant is judged first,
until the sum cannot be too much any more, or is known for certain where it is most.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Marks = NDArray[np.bool_]

TIE: Final = 1e-7  # sums so near one another, as a share, may be told apart by rounding alone
TOO_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Sweep:
    """The windows in which emissions are on the air, in the order of what begins and ends.

    order: of all ends and then all starts. is_start: after which of them, all at its time done, a
    sum can be the greatest. at_s: when.
    """

    start_s: Floats
    end_s: Floats
    order: Places
    at_s: Floats
    is_start: Marks

    @classmethod
    def over(cls, start_s: Floats, end_s: Floats) -> Self:
        """Return the sweep over windows [start, end), none of them empty."""
        at_s = np.concatenate([end_s, start_s])  # ends first: windows that touch do not overlap
        order = np.argsort(at_s, kind="stable")
        at_s = at_s[order]
        is_settled = np.append(at_s[1:] > at_s[:-1], True)
        return cls(start_s, end_s, order, at_s, is_settled & np.isin(at_s, start_s))

    def sums(self, power: Floats) -> Floats:
        """Return the sum of powers after each beginning and end; -inf where none can be greatest.

        What rounding leaves of those that have gone is small beside the greatest of all.
        """
        on_air = np.cumsum(np.concatenate([-power, power])[self.order])
        return np.where(self.is_start, on_air, -np.inf)

    def on_air(self, at_s: float) -> Marks:
        """Return which are on the air at a time."""
        return (self.start_s <= at_s) & (at_s < self.end_s)


class Crowd:
    """Emissions against one limit: bounds of what each adds, replaced by what it does add.

    power: as a share of the limit. One that is above the limit by itself is none of a sum, so no
    bound is above 1.
    """

    def __init__(self, start_s: Floats, end_s: Floats, over_db: Floats) -> None:
        self._sweep = Sweep.over(start_s, end_s)
        self._power = np.zeros(len(over_db))
        self._is_open = np.ones(len(over_db), bool)
        for k, db in enumerate(over_db.tolist()):
            self.bound(k, db)

    def bound(self, k: int, over_db: float) -> None:
        """Note that one adds no more than this, in decibels over the limit."""
        self._power[k] = 10.0 ** (min(0.0, over_db) / 10.0)

    def settle(self, k: int, over_db: float) -> None:
        """Note what one adds; -inf: nothing."""
        self.bound(k, over_db)
        self._is_open[k] = False

    def next(self) -> int | None:
        """Return which to look at next; None: `is_too_much` can tell."""
        sums = self._sweep.sums(self._power)
        most = float(sums.max(initial=-np.inf))
        if not self._may_exceed(most):
            return None
        near = np.flatnonzero(sums >= most * (1.0 - TIE))
        for row in near.tolist():
            here = self._sweep.on_air(float(self._sweep.at_s[row])) & self._is_open
            if here.any():
                return int(np.argmax(np.where(here, self._power, -1.0)))
        if len(near) > 1 and self._is_open.any():  # which comes first is for the whole sum to say
            return int(np.argmax(np.where(self._is_open, self._power, -1.0)))
        return None

    def is_too_much(self) -> bool:
        """Return whether the sum may be above the limit at some time, as far as is known."""
        return self._may_exceed(float(self._sweep.sums(self._power).max(initial=-np.inf)))

    def _may_exceed(self, most: float) -> bool:
        is_enough = np.count_nonzero(self._power) >= TOO_FEW
        return bool(is_enough) and most > 1.0 - TIE
