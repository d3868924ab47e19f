"""A receiver's noise, and the greatest interference that a criterion lets it bear.

All limits are dBm at the receiver's antenna port, in its own bandwidth.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.model.protection import Criterion, CriterionKind
from wideberth.spectrum.free_space import received_dbm
from wideberth.units import HERTZ_PER_MEGAHERTZ

Floats = NDArray[np.float64]

NOISE_DBM_PER_HZ: Final = -174.0  # kT at 290 K is -173.98; rounded to the safe side
DBM_PER_DBW: Final = 30.0


def noise_dbm(bandwidth_hz: ArrayLike, noise_figure_db: ArrayLike) -> Floats:
    """Return thermal noise beside the noise figure, dBm: -174 + NF + 10 log B (P.372, SM.337).

    NaN where a bandwidth is not above zero.

    >>> float(noise_dbm(25e3, 6.0).round(2))
    -124.02
    """
    return np.asarray(NOISE_DBM_PER_HZ + np.asarray(noise_figure_db) + _decibels(bandwidth_hz))[()]


def limit_dbm(
    criterion: Criterion, bandwidth_hz: ArrayLike, noise_figure_db: ArrayLike = math.nan
) -> Floats:
    """Return the greatest interference power, dBm, that a criterion lets receivers bear.

    The criterion's own margin is taken off, once. A power in a reference bandwidth counts as even
    in density. NaN (never cleared) where the noise figure is needed and not known, or a bandwidth
    is not above zero.
    """
    bandwidth_hz = np.asarray(bandwidth_hz, np.float64)
    bandwidth_hz = np.where(bandwidth_hz > 0.0, bandwidth_hz, np.nan)
    if criterion.kind is CriterionKind.I_N:
        found = noise_dbm(bandwidth_hz, noise_figure_db) + criterion.value
    elif criterion.kind is CriterionKind.POWER:
        share = bandwidth_hz / (criterion.reference_hz or bandwidth_hz)
        found = criterion.value + _decibels(share)
    else:
        assert criterion.desired_dbm is not None
        found = criterion.desired_dbm - criterion.value + 0.0 * bandwidth_hz
    return np.asarray(found - criterion.margin_db)[()]


def density_criterion(dbw_per_mhz: float, *, margin_db: float = 0.0) -> Criterion:
    """Return the criterion that allows a density in dBW/MHz, as those for satellite navigation.

    >>> density_criterion(-140.5).value
    -110.5
    """
    return Criterion(
        CriterionKind.POWER,
        dbw_per_mhz + DBM_PER_DBW,
        reference_hz=HERTZ_PER_MEGAHERTZ,
        margin_db=margin_db,
    )


def field_criterion(
    dbuv_per_m: float,
    *,
    freq_hz: float,
    gain_dbi: float,
    reference_hz: float | None = None,
    margin_db: float = 0.0,
) -> Criterion:
    """Return the criterion that allows a field strength in dB(uV/m) at the antenna.

    gain_dbi: of the receiver's antenna. reference_hz None: whatever the bandwidth. P.525-4.
    """
    power_dbm = field_power_dbm(dbuv_per_m, freq_hz, gain_dbi)
    return Criterion(
        CriterionKind.POWER, float(power_dbm), reference_hz=reference_hz, margin_db=margin_db
    )


def field_power_dbm(dbuv_per_m: ArrayLike, freq_hz: ArrayLike, gain_dbi: ArrayLike) -> Floats:
    """Return the power, dBm, at the port of an antenna in a field of dB(uV/m).

    E + G - 20 log f(MHz) - 77.2 (P.525-4, section 3); NaN below 30 MHz. Also how weak a wanted
    signal may be, where a standard gives its least field.
    """
    return np.asarray(received_dbm(freq_hz, dbuv_per_m) + np.asarray(gain_dbi, np.float64))[()]


def i_n_of_warming(share: float) -> float:
    """Return I/N, dB, of a rise in noise temperature by a share of it (RR Appendix 8, S.1432).

    >>> round(i_n_of_warming(0.06), 1)
    -12.2
    """
    if not 0.0 < share < math.inf:
        raise ImpossibleValueError(
            f"a rise in noise temperature by {share:g} is not above zero.", remedy="6 % is 0.06."
        )
    return 10.0 * math.log10(share)


def _decibels(value: ArrayLike) -> Floats:
    value = np.asarray(value, np.float64)
    return np.asarray(10.0 * np.log10(np.where(value > 0.0, value, np.nan)))
