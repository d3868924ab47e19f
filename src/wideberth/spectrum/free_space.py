"""Loss in free space, and what a field strength or a power flux density is as received power.

Recommendation ITU-R P.525-4, Annex 1. No range of validity but that of the far field: a distance
below 1 m counts as 1 m, so that the loss is finite and never falls with distance.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]

SPEED_OF_LIGHT_M_PER_S: Final = 299_792_458.0
LEAST_DISTANCE_M: Final = 1.0
WAVE_IMPEDANCE_OHM: Final = 376.730_313_668  # of free space (CODATA)
METRE_LOSS_DB: Final = 20.0 * math.log10(4.0 * math.pi / SPEED_OF_LIGHT_M_PER_S)  # 1 Hz over 1 m
ISOTROPIC_DB: Final = 10.0 * math.log10(SPEED_OF_LIGHT_M_PER_S**2 / (4.0 * math.pi))
# 1 uV/m is 1e-12 / Z0 W/m2; 1 W is 30 dBm
FIELD_FLUX_DB: Final = -120.0 - 10.0 * math.log10(WAVE_IMPEDANCE_OHM) + 30.0


def basic_transmission_loss_db(freq_hz: ArrayLike, distance_m: ArrayLike) -> Floats:
    """Return the loss between isotropic antennas in free space (P.525-4, eq. 4), dB.

    freq_hz: 30 MHz or more, else no model (NaN). distance_m: not negative, else NaN; less than
    1 m counts as 1 m.
    """
    freq_hz, distance_m = _known_freq_hz(freq_hz), np.asarray(distance_m, np.float64)
    with np.errstate(invalid="ignore"):
        known_m = np.where(distance_m >= 0.0, np.maximum(distance_m, LEAST_DISTANCE_M), np.nan)
    return np.asarray(METRE_LOSS_DB + 20.0 * np.log10(freq_hz) + 20.0 * np.log10(known_m))[()]


def distance_m(freq_hz: ArrayLike, loss_db: ArrayLike) -> Floats:
    """Return the distance at which free space loses so many dB; never below 1 m.

    The inverse of `basic_transmission_loss_db`. Below 30 MHz NaN.
    """
    over_db = (
        np.asarray(loss_db, np.float64) - METRE_LOSS_DB - 20.0 * np.log10(_known_freq_hz(freq_hz))
    )
    return np.asarray(np.maximum(np.power(10.0, over_db / 20.0), LEAST_DISTANCE_M))[()]


def field_dbuv_per_m(freq_hz: ArrayLike, received_dbm: ArrayLike) -> Floats:
    """Return the field strength, dB(uV/m), that gives an isotropic antenna a power in dBm.

    P.525-4, section 3 (eq. 8 with isotropic gain): E = P + 20 log f(MHz) + 77.2.
    """
    flux = flux_dbm_per_m2(freq_hz, received_dbm)
    return np.asarray(flux - FIELD_FLUX_DB)[()]


def received_dbm(freq_hz: ArrayLike, field_dbuv_per_m: ArrayLike) -> Floats:
    """Return the power, dBm, that an isotropic antenna takes from a field in dB(uV/m)."""
    flux = np.asarray(field_dbuv_per_m, np.float64) + FIELD_FLUX_DB
    return received_from_flux_dbm(freq_hz, flux)


def flux_dbm_per_m2(freq_hz: ArrayLike, received_dbm: ArrayLike) -> Floats:
    """Return the power flux density, dB(mW/m2), that gives an isotropic antenna a power in dBm.

    The effective area of an isotropic antenna is the wavelength squared over 4 pi.
    """
    area_db = ISOTROPIC_DB - 20.0 * np.log10(_known_freq_hz(freq_hz))
    return np.asarray(np.asarray(received_dbm, np.float64) - area_db)[()]


def received_from_flux_dbm(freq_hz: ArrayLike, flux_dbm_per_m2: ArrayLike) -> Floats:
    """Return the power, dBm, that an isotropic antenna takes from a flux in dB(mW/m2)."""
    area_db = ISOTROPIC_DB - 20.0 * np.log10(_known_freq_hz(freq_hz))
    return np.asarray(np.asarray(flux_dbm_per_m2, np.float64) + area_db)[()]


def _known_freq_hz(freq_hz: ArrayLike) -> Floats:
    """Return frequencies, NaN where no model of ours speaks."""
    freq_hz = np.asarray(freq_hz, np.float64)
    return np.where(freq_hz >= LEAST_FREQ_HZ, freq_hz, np.nan)
