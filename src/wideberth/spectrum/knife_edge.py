"""One edge across the path: the loss by Fresnel's integrals and by the usual approximation.

P.526-15, section 4.1.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum.free_space import SPEED_OF_LIGHT_M_PER_S

Floats = NDArray[np.float64]

LEAST_NU: Final = -0.78  # below, the approximation of P.526-15, eq. 31 counts no loss
POINTS: Final = 64
REACH: Final = 5.0  # exp(-pi 25 / 2) is below 1e-17
TURNING_NU: Final = 3.4  # from about here exp(-pi nu s / sqrt 2) decays first


def nu(
    height_m: ArrayLike, one_distance_m: ArrayLike, other_distance_m: ArrayLike, freq_hz: ArrayLike
) -> Floats:
    """Return the diffraction parameter of an edge (P.526-15, eq. 26).

    height_m: of the edge above the straight line between the ends, negative below it. The
    distances from both ends are above 0, else NaN.
    """
    one_m = np.asarray(one_distance_m, np.float64)
    other_m = np.asarray(other_distance_m, np.float64)
    wavelength_m = SPEED_OF_LIGHT_M_PER_S / np.asarray(freq_hz, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = 2.0 / wavelength_m * (1.0 / one_m + 1.0 / other_m)
        is_between = (one_m > 0.0) & (other_m > 0.0)
        scale = np.sqrt(np.where(is_between, stretch, np.nan))
    return np.asarray(np.asarray(height_m, np.float64) * scale)[()]


def approximate_loss_db(nu: ArrayLike) -> Floats:
    """Return J(nu) by the approximation of P.526-15, eq. 31: within 0.3 dB; 0 at -0.78 and below.

    >>> round(float(approximate_loss_db(0.0)), 2)
    6.03
    """
    nu = np.asarray(nu, np.float64)
    over = np.maximum(nu, LEAST_NU) - 0.1  # NaN stays NaN
    loss_db = 6.9 + 20.0 * np.log10(np.sqrt(over * over + 1.0) + over)
    return np.asarray(np.where(nu <= LEAST_NU, 0.0, loss_db))[()]


def exact_loss_db(nu: ArrayLike) -> Floats:
    """Return J(nu) by Fresnel's integrals (P.526-15, eq. 30); any finite nu.

    dB over free space; where the edge is well below the line it swings about 0 by up to 1.4 dB.
    """
    nu = np.asarray(nu, np.float64)
    beyond = _beyond(np.abs(nu))
    field = np.where(nu < 0.0, (1.0 + 1.0j) - beyond, beyond)
    return np.asarray(-20.0 * np.log10(np.abs(field) / math.sqrt(2.0)))[()]


def _beyond(nu: Floats) -> NDArray[np.complex128]:
    """Return the integral of exp(i pi t^2 / 2) from nu >= 0 to infinity.

    Along t = nu + s exp(i pi / 4) it only decays, so a fixed rule of Legendre's serves.
    """
    turn = np.exp(0.25j * math.pi)
    points, weights = np.polynomial.legendre.leggauss(POINTS)
    reach = REACH / np.sqrt(1.0 + np.square(nu / TURNING_NU))
    along = 0.5 * reach[..., None] * (points + 1.0)
    waves = np.exp(1j * math.pi * turn * nu[..., None] * along - 0.5 * math.pi * along**2)
    summed = 0.5 * reach * (waves @ weights)
    return np.asarray(turn * np.exp(0.5j * math.pi * nu * nu) * summed)
