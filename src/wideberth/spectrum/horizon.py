"""The radio horizon over a smooth earth whose radius stands for refraction.

P.526-15, section 3.2 (eq. 21); the effective radius factor k is that of P.310 and P.452. Ducts
carry farther: nothing is cleared because it lies beyond the horizon.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EARTH_RADIUS_M: Final = 6_371_000.0  # P.452-17, section 3.2.2
STANDARD_K: Final = 4.0 / 3.0  # the median of temperate climates, P.310


def effective_radius_m(k: ArrayLike = STANDARD_K) -> Floats:
    """Return the radius of the earth over which rays run straight; NaN unless k is above 0."""
    k = np.asarray(k, np.float64)
    return np.asarray(np.where(k > 0.0, k, np.nan) * EARTH_RADIUS_M)[()]


def distance_to_horizon_m(height_m: ArrayLike, *, k: ArrayLike = STANDARD_K) -> Floats:
    """Return how far an antenna sees over a smooth earth; NaN below the ground.

    >>> round(float(distance_to_horizon_m(100.0)))
    41219
    """
    height_m = np.asarray(height_m, np.float64)
    known_m = np.where(height_m >= 0.0, height_m, np.nan)
    return np.asarray(np.sqrt(2.0 * effective_radius_m(k) * known_m))[()]


def line_of_sight_m(
    one_height_m: ArrayLike, other_height_m: ArrayLike, *, k: ArrayLike = STANDARD_K
) -> Floats:
    """Return the distance at which two antennas just see each other over a smooth earth."""
    one_m = distance_to_horizon_m(one_height_m, k=k)
    return np.asarray(one_m + distance_to_horizon_m(other_height_m, k=k))[()]


def k_of_gradient(loss_of_n_per_km: ArrayLike) -> Floats:
    """Return the effective radius factor where refractivity falls by so many N-units a kilometre.

    P.452-17, eq. 5: k = 157 / (157 - dN). At 157 and beyond rays do not come back: NaN (a duct).
    """
    lapse = np.asarray(loss_of_n_per_km, np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(lapse < 157.0, 157.0 / (157.0 - lapse), np.nan))[()]
