"""Loss in the clutter about an end of a terrestrial path: a statistical end correction.

P.2108-1, section 3.2: urban and suburban surroundings, an antenna well below the clutter, 0.5 to
67 GHz, 0.25 km or more (1 km for both ends), more than 0 and less than 100 % of the places. Else
there is no model (NaN): then nothing may be taken off.
"""

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]

MODEL: Final = "P.2108-1 statistical clutter"
LEAST_FREQ_HZ: Final = 0.5e9
MOST_FREQ_HZ: Final = 67e9
LEAST_ONE_END_M: Final = 250.0
LEAST_BOTH_ENDS_M: Final = 1000.0
LEVEL_FROM_KM: Final = 2.0  # the loss does not grow beyond (eq. 6)
DEVIATIONS_DB: Final = (4.0, 6.0)  # of the two parts of the loss


def loss_db(
    freq_hz: ArrayLike, distance_m: ArrayLike, *, location_percent: float, ends: int = 1
) -> Floats:
    """Return the loss that is not exceeded at a share of the places, dB, at one end or both.

    location_percent: one number; the fewer, the less is taken off. Both ends count alike.
    """
    if ends not in (1, 2):
        raise ImpossibleValueError(
            f"A path has 1 or 2 ends in clutter, not {ends}.", remedy="Leave the correction out."
        )
    freq, distance = np.asarray(freq_hz, np.float64), np.asarray(distance_m, np.float64)
    least_m = LEAST_ONE_END_M if ends == 1 else LEAST_BOTH_ENDS_M
    is_known = (freq >= LEAST_FREQ_HZ) & (freq <= MOST_FREQ_HZ) & (distance >= least_m)
    if not 0.0 < location_percent < 100.0:
        return np.full(is_known.shape, np.nan)[()]
    freq_ghz = np.where(is_known, freq, np.nan) / 1e9
    distance_km = np.where(is_known, distance, np.nan) / 1e3
    quantile = -NormalDist().inv_cdf(location_percent / 100.0)
    here_db = _statistical_db(freq_ghz, distance_km, quantile)
    level_db = _statistical_db(freq_ghz, np.full_like(distance_km, LEVEL_FROM_KM), quantile)
    return np.asarray(ends * np.minimum(here_db, level_db))[()]


def _statistical_db(freq_ghz: Floats, distance_km: Floats, quantile: float) -> Floats:
    """Return the loss at a quantile of the complementary normal distribution (eq. 3 to 5)."""
    long_db = -2.0 * np.log10(10.0 ** (-5.0 * np.log10(freq_ghz) - 12.5) + 10.0**-16.5)
    short_db = 32.98 + 23.9 * np.log10(distance_km) + 3.0 * np.log10(freq_ghz)
    long, short = 10.0 ** (-0.2 * long_db), 10.0 ** (-0.2 * short_db)
    both = long + short
    variance = (DEVIATIONS_DB[0] ** 2 * long + DEVIATIONS_DB[1] ** 2 * short) / both
    return np.asarray(-5.0 * np.log10(both) - np.sqrt(variance) * quantile)
