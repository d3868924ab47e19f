"""Blocking: the whole power in a receiver's front end against what overloads it.

No channel filter helps here: only the front end's own band does (M.2059 for radio altimeters,
M.1461 section 3 for radars).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.spectrum.aggregate import sum_dbm
from wideberth.spectrum.mask import Mask, attenuation_db

Floats = NDArray[np.float64]

FRONT_END_DB: Final = 40.0  # at one front-end bandwidth beyond its edge and on; verified = False


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """What is amplified before the channel is chosen.

    band: let through whole. overload_dbm: total power at the antenna port that blocks it. skirt:
    how it falls beside the band, counted from the edges; None: `default_skirt`.
    """

    band: FrequencyBand
    overload_dbm: float
    skirt: Mask | None = None

    def __post_init__(self) -> None:
        if not np.isfinite(self.overload_dbm):
            raise ImpossibleValueError("the overload is not a finite number.", remedy="Give dBm.")
        if self.skirt is not None and not self.skirt.is_even:
            raise ImpossibleValueError(
                "a skirt has offsets below zero.", remedy="Count from edges."
            )


def default_skirt(band: FrequencyBand) -> Mask:
    """Return how a front end falls beside its band where nobody declared it.

    0 dB at the edge, 40 dB one width of the band farther and on. verified = False.
    """
    points = ((0.0, 0.0), (band.high_hz - band.low_hz, FRONT_END_DB))
    return Mask(points, FRONT_END_DB, "assumed: one tuned circuit", verified=False)


def front_end_loss_db(front_end: FrontEnd, low_hz: ArrayLike, high_hz: ArrayLike) -> Floats:
    """Return what the front end keeps out of emissions in bands low_hz to high_hz, dB.

    0 where the bands overlap or touch; else by the gap between the nearest edges.
    """
    below = front_end.band.low_hz - np.asarray(high_hz, np.float64)
    above = np.asarray(low_hz, np.float64) - front_end.band.high_hz
    skirt = front_end.skirt or default_skirt(front_end.band)
    gap_hz = np.maximum(below, above)
    return np.asarray(np.where(gap_hz <= 0.0, 0.0, attenuation_db(skirt, gap_hz)))[()]


def front_end_dbm(
    front_end: FrontEnd, power_dbm: ArrayLike, low_hz: ArrayLike, high_hz: ArrayLike
) -> Floats:
    """Return the whole power in the front end, dBm: the sum over the last axis.

    power_dbm: of each emission at the antenna port, before any filter.
    """
    lost_db = front_end_loss_db(front_end, low_hz, high_hz)
    return sum_dbm(np.asarray(power_dbm, np.float64) - lost_db)


def overload_margin_db(front_end: FrontEnd, total_dbm: ArrayLike) -> Floats:
    """Return overload less power, dB: below zero where the receiver is blocked; NaN at NaN."""
    return np.asarray(front_end.overload_dbm - np.asarray(total_dbm, np.float64))[()]
