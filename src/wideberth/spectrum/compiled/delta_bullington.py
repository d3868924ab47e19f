"""The loop of `wideberth.spectrum.delta_bullington`, one profile at a time."""

import math
from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Function = TypeVar("Function", bound=Callable[..., object])


def kept(function: Function) -> Function:
    """Compile a function when it is first called, and keep it on disk where that can be written."""
    try:
        return cast("Function", njit(error_model="numpy", nogil=True, cache=True)(function))
    except RuntimeError:  # numba found no place to write to: made anew in each process
        return cast("Function", njit(error_model="numpy", nogil=True)(function))


@kept
def edge_loss_db(nu: float) -> float:
    """Return J(nu) by its approximation."""
    if nu <= -0.78:
        return 0.0
    over = nu - 0.1
    return 6.9 + 20.0 * math.log10(math.sqrt(over * over + 1.0) + over)


@kept
def with_length_db(edge_db: float, distance_m: float) -> float:
    """Return Bullington's loss from that of his single edge."""
    return edge_db + (1.0 - math.exp(-edge_db / 6.0)) * (10.0 + 0.02e-3 * distance_m)


@kept
def clearest_nu(
    along_m: Floats, ground_m: Floats, one_m: float, other_m: float, wavelength_and_bulge: Floats
) -> float:
    """Return the greatest nu of the points between two ends that see each other."""
    wavelength_m, bulge = wavelength_and_bulge
    start_m, far_m = along_m[0], along_m[-1] - along_m[0]
    worst = -np.inf
    for i in range(1, len(along_m) - 1):
        at_m = along_m[i] - start_m
        product = at_m * (far_m - at_m)
        line_m = one_m + (other_m - one_m) * at_m / far_m
        over_m = ground_m[i] + bulge * product - line_m
        worst = max(worst, over_m / math.sqrt(product))
    return worst * math.sqrt(2.0 * far_m / wavelength_m)


@kept
def meeting_nu(
    far_m: float, one_m: float, other_m: float, slopes: Floats, wavelength_m: float
) -> float:
    """Return nu of the point where the horizon rays of both ends meet."""
    total = slopes[0] + slopes[1]
    if total <= 0.0:
        return 0.0  # the ray just grazes
    at_m = (other_m - one_m + slopes[1] * far_m) / total
    product = at_m * (far_m - at_m)
    if product <= 0.0:
        return 0.0
    over_m = one_m + slopes[0] * at_m - (one_m * (far_m - at_m) + other_m * at_m) / far_m
    return over_m * math.sqrt(2.0 * far_m / (wavelength_m * product))


@kept
def smooth_loss_db(
    along_m: Floats, one_m: float, other_m: float, wavelength_and_bulge: Floats, level_m: Floats
) -> float:
    """Return Bullington's loss over the smooth earth, seen at the points of the profile."""
    wavelength_m, bulge = wavelength_and_bulge
    start_m, far_m = along_m[0], along_m[-1] - along_m[0]
    slopes = np.full(2, -np.inf)
    for i in range(1, len(along_m) - 1):
        at_m = along_m[i] - start_m
        slopes[0] = max(slopes[0], bulge * (far_m - at_m) - one_m / at_m)
        slopes[1] = max(slopes[1], bulge * at_m - other_m / (far_m - at_m))
    if slopes[0] < (other_m - one_m) / far_m:
        nu = clearest_nu(along_m, level_m, one_m, other_m, wavelength_and_bulge)
    else:
        nu = meeting_nu(far_m, one_m, other_m, slopes, wavelength_m)
    return with_length_db(edge_loss_db(nu), far_m)


@kept
def constructions(  # noqa: PLR0913, PLR0915 - the columns of the profiles; one pass, unrolled
    distance_m: Floats,
    ground_m: Floats,
    one_antenna_m: Floats,
    other_antenna_m: Floats,
    wavelength_m: Floats,
    radius_m: Floats,
) -> Floats:
    """Return a row of six numbers for each profile; NaN where there is no model.

    Bullington's loss on the actual and on the smooth profile, effective heights of both ends, and
    the slopes of both horizons.
    Distances have one row for all profiles, or one for each.
    """
    count, points = ground_m.shape
    out = np.full((count, 6), np.nan)
    level_m = np.zeros(points)
    slopes = np.empty(2)
    both = np.empty(2)
    for p in range(count):
        along_m = distance_m[p if len(distance_m) > 1 else 0]
        heights_m = ground_m[p]
        start_m, far_m = along_m[0], along_m[points - 1] - along_m[0]
        one_m = heights_m[0] + one_antenna_m[p]
        other_m = heights_m[points - 1] + other_antenna_m[p]
        bulge = 0.5 / radius_m[p]
        tilt = (other_m - one_m) / far_m
        slopes[:] = -np.inf
        highest, one_rise, other_rise = -np.inf, -np.inf, -np.inf
        first = second = 0.0
        last_at, last_height = 0.0, heights_m[0]
        is_onward = True
        for i in range(1, points):
            at_m = along_m[i] - start_m
            height = heights_m[i]
            step = at_m - last_at
            is_onward &= step > 0.0
            first += step * (height + last_height)
            second += step * (
                height * (2.0 * at_m + last_at) + last_height * (at_m + 2.0 * last_at)
            )
            last_at, last_height = at_m, height
            if i < points - 1:
                rest = far_m - at_m
                from_one, from_other = 1.0 / at_m, 1.0 / rest
                over_m = height - one_m - tilt * at_m
                slopes[0] = max(slopes[0], (height - one_m) * from_one + bulge * rest)
                slopes[1] = max(slopes[1], (height - other_m) * from_other + bulge * at_m)
                highest = max(highest, over_m)
                one_rise = max(one_rise, over_m * from_one)
                other_rise = max(other_rise, over_m * from_other)
        if not is_onward or not math.isfinite(first + second + one_m + other_m + far_m):
            continue
        if not math.isfinite(wavelength_m[p] + bulge):
            continue
        one_level = (2.0 * first * far_m - second) / (far_m * far_m)
        other_level = (second - first * far_m) / (far_m * far_m)
        if highest > 0.0:
            one_level -= highest * one_rise / (one_rise + other_rise)
            other_level -= highest * other_rise / (one_rise + other_rise)
        one_above = one_m - min(one_level, heights_m[0])
        other_above = other_m - min(other_level, heights_m[points - 1])
        both[0], both[1] = wavelength_m[p], bulge
        if slopes[0] < tilt:
            nu = clearest_nu(along_m, heights_m, one_m, other_m, both)
        else:
            nu = meeting_nu(far_m, one_m, other_m, slopes, wavelength_m[p])
        out[p, 0] = with_length_db(edge_loss_db(nu), far_m)
        out[p, 1] = smooth_loss_db(along_m, one_above, other_above, both, level_m)
        out[p, 2], out[p, 3] = one_above, other_above
        out[p, 4], out[p, 5] = slopes[0], slopes[1]
    return out
