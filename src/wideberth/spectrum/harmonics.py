"""Harmonics: multiples of an emission's band, and how far below its power they are taken to be."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.spectrum.mask import spurious_db

Floats = NDArray[np.float64]

ORDERS: Final = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Harmonic:
    """One harmonic: order, band, and attenuation below the carrier's power, dBc.

    verified: False where the attenuation is our default and not declared.
    """

    order: int
    band: FrequencyBand
    attenuation_db: float
    verified: bool


def harmonic_edges_hz(low_hz: ArrayLike, high_hz: ArrayLike) -> tuple[Floats, Floats]:
    """Return the edges of the harmonics 2 to 5 of bands, one more axis at the end: n times each."""
    orders = np.asarray(ORDERS, np.float64)
    low, high = np.asarray(low_hz, np.float64), np.asarray(high_hz, np.float64)
    return low[..., None] * orders, high[..., None] * orders


def harmonics(
    band: FrequencyBand,
    *,
    power_dbm: float,
    declared_db: float | None = None,
    is_radar: bool = False,
) -> tuple[Harmonic, ...]:
    """Return the harmonics 2 to 5 of an emission.

    declared_db: how far all of them are below the carrier; None: the spurious limit of RR
    Appendix 3 at power_dbm (mean power of the transmitter; of radars the peak envelope power),
    the same for all orders. The antenna is taken to have no less gain there: unknown.
    """
    if declared_db is not None and not 0.0 <= declared_db < math.inf:
        raise ImpossibleValueError(
            f"harmonics {declared_db:g} dB below the carrier.", remedy="Give 0 dB or more."
        )
    default_db = spurious_db(power_dbm, is_radar=is_radar)
    attenuation_db = default_db if declared_db is None else declared_db
    return tuple(
        Harmonic(
            order,
            FrequencyBand(order * band.low_hz, order * band.high_hz),
            attenuation_db,
            verified=declared_db is not None,
        )
        for order in ORDERS
    )
