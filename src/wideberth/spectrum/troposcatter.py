"""What the troposphere scatters over the horizon: the empirical model.

P.452-17, section 4.3 (100 MHz to 50 GHz), and P.1812-6, section 4.4, which uses the same from
30 MHz. For 0.001 to 50 % of the time; outside NaN. The gaseous loss of the clause is left out: the
result errs low. (P.452-18 has another model here.)
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum.free_space import LEAST_DISTANCE_M
from wideberth.spectrum.horizon import STANDARD_K, effective_radius_m, line_of_sight_m
from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]

STANDARD_N0: Final = 325.0  # N-units; sea-level refractivity, a parameter of the agreement
MOST_FREQ_HZ: Final = 50e9
LEAST_TIME_PERCENT: Final = 0.001
MOST_TIME_PERCENT: Final = 50.0


def basic_transmission_loss_db(  # noqa: PLR0913 - the variables of the formula
    freq_hz: ArrayLike,
    distance_m: ArrayLike,
    angle_mrad: ArrayLike,
    *,
    n0: ArrayLike = STANDARD_N0,
    time_percent: ArrayLike = 50.0,
    gains_dbi: ArrayLike = 0.0,
) -> Floats:
    """Return the loss not exceeded for a share of the time, between isotropic antennas, dB.

    angle_mrad: path angular distance; in sight it is negative and counts as 0. n0: path-centre
    sea-level refractivity. gains_dbi: of both antennas together, in the direction of the path's
    horizons; narrow beams do not fill the common volume.
    """
    freq, percent = np.asarray(freq_hz, np.float64), np.asarray(time_percent, np.float64)
    distance, gains = np.asarray(distance_m, np.float64), np.asarray(gains_dbi, np.float64)
    is_known = (freq >= LEAST_FREQ_HZ) & (freq <= MOST_FREQ_HZ) & (distance >= 0.0)
    is_known &= (percent >= LEAST_TIME_PERCENT) & (percent <= MOST_TIME_PERCENT)
    freq_ghz = np.where(is_known, freq, np.nan) / 1e9
    distance_km = np.maximum(distance, LEAST_DISTANCE_M) / 1e3
    share = np.where(is_known, percent, 50.0) / 50.0
    frequency_db = 25.0 * np.log10(freq_ghz) - 2.5 * np.square(np.log10(freq_ghz / 2.0))
    coupling_db = 0.051 * np.exp(0.055 * gains)
    time_db = 10.1 * np.power(np.maximum(-np.log10(share), 0.0), 0.7)
    bent = 0.573 * np.maximum(np.asarray(angle_mrad, np.float64), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        along_db = 20.0 * np.log10(distance_km)
    steady_db = 190.0 + frequency_db + along_db + bent - 0.15 * np.asarray(n0, np.float64)
    return np.asarray(steady_db + coupling_db - time_db)[()]


def smooth_angle_mrad(
    distance_m: ArrayLike,
    one_height_m: ArrayLike,
    other_height_m: ArrayLike,
    *,
    k: ArrayLike = STANDARD_K,
) -> Floats:
    """Return the path angular distance over a smooth earth; 0 within the horizon."""
    beyond_m = np.asarray(distance_m, np.float64) - line_of_sight_m(
        one_height_m, other_height_m, k=k
    )
    return np.asarray(1e3 * np.maximum(beyond_m, 0.0) / effective_radius_m(k))[()]
