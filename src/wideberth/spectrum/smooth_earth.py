"""Diffraction over a smooth spherical earth, at any distance.

P.526-15, section 3: the first term of the residue series beyond the horizon (3.1.1), and within it
an interpolation to no loss at full clearance (3.2). With the practical units and rounded constants
of P.452-17, section 4.2.2, so that all who compute it get the same figure.

Any frequency from 30 MHz (the lower bound here; the clause says 10 MHz), any distance and any
heights above the ground; what is outside comes out as NaN, no model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum.free_space import LEAST_DISTANCE_M, SPEED_OF_LIGHT_M_PER_S
from wideberth.spectrum.ground import LAND, Ground, Polarization, normalised_admittance
from wideberth.spectrum.horizon import EARTH_RADIUS_M, STANDARD_K
from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]
Parts = Sequence[tuple[Ground, Floats]]  # what the path runs over, and which share of it

HAS_NUMBA: Final = find_spec("numba") is not None
COMPILED_FROM: Final = 64  # paths; numpy serves fewer before numba is even loaded
LEVEL_DB: Final = 20.0 * math.log10(2.8)  # G(Y) where B = 2


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Paths over a smooth earth, arrays of one shape; whatever has no model is NaN throughout.

    Heights are above the smooth earth's surface; radius_m is the earth's effective radius.
    """

    freq_hz: Floats
    distance_m: Floats
    one_height_m: Floats
    other_height_m: Floats
    radius_m: Floats

    @classmethod
    def of(
        cls,
        freq_hz: ArrayLike,
        distance_m: ArrayLike,
        heights_m: tuple[ArrayLike, ArrayLike],
        k: ArrayLike,
    ) -> Self:
        """Return paths from values that broadcast; a distance below 1 m counts as 1 m."""
        values = (freq_hz, distance_m, *heights_m, k)
        freq, distance, one, other, factor = np.broadcast_arrays(
            *(np.asarray(value, np.float64) for value in values)
        )
        is_known = (freq >= LEAST_FREQ_HZ) & (distance >= 0.0) & (one >= 0.0) & (other >= 0.0)
        is_known &= (factor > 0.0) & np.isfinite(freq + distance + one + other + factor)
        return cls(
            freq_hz=np.where(is_known, freq, np.nan),
            distance_m=np.where(is_known, np.maximum(distance, LEAST_DISTANCE_M), np.nan),
            one_height_m=np.where(is_known, one, np.nan),
            other_height_m=np.where(is_known, other, np.nan),
            radius_m=np.where(is_known, factor * EARTH_RADIUS_M, np.nan),
        )


def diffraction_loss_db(  # noqa: PLR0913 - the variables of the formula
    freq_hz: ArrayLike,
    distance_m: ArrayLike,
    one_height_m: ArrayLike,
    other_height_m: ArrayLike,
    *,
    ground: Ground = LAND,
    polarization: Polarization = Polarization.VERTICAL,
    k: ArrayLike = STANDARD_K,
) -> Floats:
    """Return what the curved earth adds to the loss of free space, dB, 0 or more.

    P.526-15, section 3.2. Below 30 MHz, or with a negative distance or height: NaN.
    """
    paths = Paths.of(freq_hz, distance_m, (one_height_m, other_height_m), k)
    return loss_db(paths, [(ground, np.ones_like(paths.freq_hz))], polarization)


def loss_db(paths: Paths, parts: Parts, polarization: Polarization) -> Floats:
    """Return the diffraction loss of paths that run over several kinds of ground by shares."""
    return _choose(paths, parts, polarization, is_steady=False)


def steady_loss_db(paths: Paths, parts: Parts, polarization: Polarization) -> Floats:
    """Return a diffraction loss that never falls with distance nor rises with a height.

    More exactly: with the loss of free space added it never falls with distance. Beyond the horizon
    it is that of section 3.1.1. Within it, the same first term (with the radius as it is, and 0
    where it is negative) is weighted by the clearance that is missing, where section 3.2 takes a
    radius of its own: that one rises by up to 2.2 dB as an antenna near the ground is raised. The
    two agree at the horizon and at full clearance; this one is at most 3 dB the greater.
    """
    return _choose(paths, parts, polarization, is_steady=True)


def _choose(paths: Paths, parts: Parts, polarization: Polarization, *, is_steady: bool) -> Floats:
    """Return the loss by compiled code where that pays."""
    if paths.freq_hz.size < COMPILED_FROM or not HAS_NUMBA:
        return loss_in_numpy_db(paths, parts, polarization, is_steady=is_steady)
    from wideberth.spectrum.compiled import smooth_earth  # noqa: PLC0415 - only where it pays

    grounds = np.array([[g.permittivity, g.conductivity_s_per_m] for g, _ in parts])
    shares = np.stack([np.ravel(share) for _, share in parts])
    is_vertical = polarization is Polarization.VERTICAL
    out: Floats = smooth_earth.losses_db(
        np.ravel(paths.freq_hz),
        np.ravel(paths.distance_m),
        np.ravel(paths.one_height_m),
        np.ravel(paths.other_height_m),
        np.ravel(paths.radius_m),
        grounds,
        shares,
        is_vertical,
        is_steady,
    )
    return out.reshape(paths.freq_hz.shape)[()]


def loss_in_numpy_db(
    paths: Paths, parts: Parts, polarization: Polarization, *, is_steady: bool = False
) -> Floats:
    """Return what `loss_db` or `steady_loss_db` does, without compiled code."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sight_m = np.sqrt(2.0 * paths.radius_m) * (
            np.sqrt(paths.one_height_m) + np.sqrt(paths.other_height_m)
        )
        is_beyond = ~(paths.distance_m < sight_m)
        clearance, marginal_m = _clearance(paths)
        is_own = is_beyond | is_steady
        radius_m = np.where(is_own, paths.radius_m, marginal_m)
        first_db = sum(
            (share * first_term_db(paths, g, polarization, radius_m) for g, share in parts),
            start=np.zeros_like(paths.freq_hz),
        )
        scale = np.where(is_beyond, 1.0, np.clip(1.0 - clearance, 0.0, None))
        return np.asarray(scale * np.maximum(first_db, 0.0))[()]


def first_term_db(
    paths: Paths, ground: Ground, polarization: Polarization, radius_m: Floats
) -> Floats:
    """Return the loss by the first term of the residue series, dB (P.526-15, section 3.1.1).

    It may be negative within the horizon, where it does not hold.
    """
    admittance = normalised_admittance(
        ground, paths.freq_hz, radius_m=radius_m, polarization=polarization
    )
    square = admittance * admittance
    beta = (1.0 + 1.6 * square + 0.67 * square**2) / (1.0 + 4.5 * square + 1.53 * square**2)
    freq_ghz, radius_km = paths.freq_hz / 1e9, radius_m / 1e3
    length = 21.88 * beta * np.cbrt(freq_ghz / radius_km**2) * paths.distance_m / 1e3
    per_m = 0.9575 * beta * np.cbrt(freq_ghz**2 / radius_km)
    least_db = 2.0 + 20.0 * np.log10(admittance)
    gains_db = [
        np.maximum(_height_gain_db(beta * per_m * height_m), least_db)
        for height_m in (paths.one_height_m, paths.other_height_m)
    ]
    return -_distance_term_db(length) - gains_db[0] - gains_db[1]


def _distance_term_db(length: Floats) -> Floats:
    """Return F(X) (P.526-15, eq. 17)."""
    far_db = 11.0 + 10.0 * np.log10(length) - 17.6 * length
    near_db = -20.0 * np.log10(length) - 5.6488 * length**1.425
    return np.where(length >= 1.6, far_db, near_db)


def _height_gain_db(height: Floats) -> Floats:
    """Return G(Y) from B = beta Y, without its lower bound (P.526-15, eq. 18); -inf at 0.

    The clause's two branches part by 0.017 dB at B = 2, downward; this one goes level till they
    meet again, so that height never adds loss.
    """
    over = np.maximum(height - 1.1, 0.9)
    high_db = 17.6 * np.sqrt(over) - 5.0 * np.log10(over) - 8.0
    low_db = 20.0 * np.log10(height + 0.1 * height**3)
    return np.where(height > 2.0, np.maximum(high_db, LEVEL_DB), low_db)


def _clearance(paths: Paths) -> tuple[Floats, Floats]:
    """Return the least clearance as a share of what no loss needs, and the marginal radius.

    P.526-15, section 3.2, steps 1 to 3: for paths within the horizon; elsewhere of no meaning.
    """
    one_m, other_m, distance_m = paths.one_height_m, paths.other_height_m, paths.distance_m
    both_m = one_m + other_m
    slant = (one_m - other_m) / both_m
    m = distance_m**2 / (4.0 * paths.radius_m * both_m)
    # cos(pi/3 + arccos(x)/3) is sin(arcsin(x)/3), which loses no digits on short paths
    sine = np.clip(1.5 * slant * np.sqrt(3.0 * m / (m + 1.0) ** 3), -1.0, 1.0)
    b = 2.0 * np.sqrt((m + 1.0) / (3.0 * m)) * np.sin(np.arcsin(sine) / 3.0)
    from_one_m = np.clip(0.5 * distance_m * (1.0 + b), 0.0, distance_m)
    from_other_m = distance_m - from_one_m
    bulge = 0.5 / paths.radius_m
    above_m = (
        (one_m - from_one_m**2 * bulge) * from_other_m
        + (other_m - from_other_m**2 * bulge) * from_one_m
    ) / distance_m
    wavelength_m = SPEED_OF_LIGHT_M_PER_S / paths.freq_hz
    required_m = 0.552 * np.sqrt(from_one_m * from_other_m * wavelength_m / distance_m)
    marginal_m = 0.5 * (distance_m / (np.sqrt(one_m) + np.sqrt(other_m))) ** 2
    is_clear = (np.minimum(one_m, other_m) > 0.0) & (required_m > 0.0)  # an end on the ground: none
    return np.where(is_clear, above_m / required_m, 0.0), marginal_m
