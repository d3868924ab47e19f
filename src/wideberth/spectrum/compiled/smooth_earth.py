"""The loop of `wideberth.spectrum.smooth_earth`, one path at a time."""

import math
from collections.abc import Callable
from typing import Final, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Function = TypeVar("Function", bound=Callable[..., object])

SPEED_OF_LIGHT_M_PER_S: Final = 299_792_458.0
LEVEL_DB: Final = 20.0 * math.log10(2.8)


def kept(function: Function) -> Function:
    """Compile a function when it is first called, and keep it on disk where that can be written."""
    try:
        return cast("Function", njit(error_model="numpy", nogil=True, cache=True)(function))
    except RuntimeError:  # numba found no place to write to: made anew in each process
        return cast("Function", njit(error_model="numpy", nogil=True)(function))


@kept
def height_gain_db(height: float, least_db: float) -> float:
    """Return G(Y) from B = beta Y, no less than its lower bound."""
    if height > 2.0:
        over = height - 1.1
        high_db = 17.6 * math.sqrt(over) - 5.0 * math.log10(over) - 8.0
        return max(high_db, LEVEL_DB, least_db)
    if height <= 0.0:
        return least_db
    return max(20.0 * math.log10(height + 0.1 * height**3), least_db)


@kept
def first_term_db(  # noqa: PLR0913 - the variables of the formula
    freq_ghz: float,
    distance_km: float,
    one_m: float,
    other_m: float,
    radius_km: float,
    permittivity: float,
    conductivity: float,
    is_vertical: bool,  # noqa: FBT001 - a compiled function takes no keywords
) -> float:
    """Return the loss by the first term of the residue series."""
    loss = 18.0 * conductivity / freq_ghz
    k = 0.036 * (radius_km * freq_ghz) ** (-1.0 / 3.0)
    k *= ((permittivity - 1.0) ** 2 + loss * loss) ** -0.25
    if is_vertical:
        k *= math.sqrt(permittivity * permittivity + loss * loss)
    square = k * k
    beta = (1.0 + 1.6 * square + 0.67 * square * square) / (
        1.0 + 4.5 * square + 1.53 * square * square
    )
    length = 21.88 * beta * np.cbrt(freq_ghz / (radius_km * radius_km)) * distance_km
    if length >= 1.6:
        along_db = 11.0 + 10.0 * math.log10(length) - 17.6 * length
    else:
        along_db = -20.0 * math.log10(length) - 5.6488 * length**1.425
    rise = 0.9575 * beta * beta * np.cbrt(freq_ghz * freq_ghz / radius_km)
    least_db = 2.0 + 20.0 * math.log10(k)
    one_db = height_gain_db(rise * one_m, least_db)
    return -along_db - one_db - height_gain_db(rise * other_m, least_db)


@kept
def missing_clearance(
    distance_m: float, one_m: float, other_m: float, radius_m: float, wavelength_m: float
) -> float:
    """Return the share, 0 to 1 and above, of the needed clearance that a path in sight lacks."""
    if min(one_m, other_m) <= 0.0:
        return 1.0
    both_m = one_m + other_m
    m = distance_m * distance_m / (4.0 * radius_m * both_m)
    sine = 1.5 * (one_m - other_m) / both_m * math.sqrt(3.0 * m / (m + 1.0) ** 3)
    sine = min(1.0, max(-1.0, sine))
    b = 2.0 * math.sqrt((m + 1.0) / (3.0 * m)) * math.sin(math.asin(sine) / 3.0)
    from_one_m = min(distance_m, max(0.0, 0.5 * distance_m * (1.0 + b)))
    from_other_m = distance_m - from_one_m
    bulge = 0.5 / radius_m
    above_m = (
        (one_m - from_one_m * from_one_m * bulge) * from_other_m
        + (other_m - from_other_m * from_other_m * bulge) * from_one_m
    ) / distance_m
    required_m = 0.552 * math.sqrt(from_one_m * from_other_m * wavelength_m / distance_m)
    if required_m <= 0.0:
        return 1.0
    return 1.0 - above_m / required_m


@kept
def losses_db(  # noqa: PLR0913 - the columns of the paths
    freq_hz: Floats,
    distance_m: Floats,
    one_height_m: Floats,
    other_height_m: Floats,
    radius_m: Floats,
    grounds: Floats,
    shares: Floats,
    is_vertical: bool,  # noqa: FBT001 - a compiled function takes no keywords
    is_steady: bool,  # noqa: FBT001
) -> Floats:
    """Return the diffraction loss of each path; NaN in, NaN out.

    grounds: permittivity and conductivity a row; shares: a row for each, a column for each path.
    """
    out = np.full(len(freq_hz), np.nan)
    for i in range(len(freq_hz)):
        if math.isnan(freq_hz[i]):
            continue
        one_m, other_m, radius = one_height_m[i], other_height_m[i], radius_m[i]
        roots = math.sqrt(one_m) + math.sqrt(other_m)
        scale = 1.0
        if distance_m[i] < math.sqrt(2.0 * radius) * roots:
            wavelength_m = SPEED_OF_LIGHT_M_PER_S / freq_hz[i]
            scale = missing_clearance(distance_m[i], one_m, other_m, radius, wavelength_m)
            if not is_steady:
                radius = 0.5 * (distance_m[i] / roots) ** 2
        first_db = shares[0, i] * 0.0  # no share known, no loss known
        for g in range(len(grounds)):
            if scale > 0.0 and shares[g, i] != 0.0:
                first_db += shares[g, i] * first_term_db(
                    freq_hz[i] / 1e9, distance_m[i] / 1e3, one_m, other_m, radius / 1e3,
                    grounds[g, 0], grounds[g, 1], is_vertical,
                )  # fmt: skip
        if not math.isnan(first_db):
            out[i] = max(scale, 0.0) * max(first_db, 0.0)
    return out
