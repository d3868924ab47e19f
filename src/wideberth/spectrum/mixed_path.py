"""Diffraction over a smooth earth that is partly sea and partly land.

P.452-17, section 4.2.2.1, and P.1812-6, section 4.3.2: the first-term losses over all land and all
sea, weighted in decibels by the share of the path over the sea (omega). Weighing comes before the
interpolation within the horizon. Valid as `smooth_earth` is; a share outside 0 to 1 is NaN.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum import smooth_earth
from wideberth.spectrum.ground import LAND, SEA, Polarization
from wideberth.spectrum.horizon import STANDARD_K
from wideberth.spectrum.smooth_earth import Parts, Paths

Floats = NDArray[np.float64]


def diffraction_loss_db(  # noqa: PLR0913 - the variables of the formula
    freq_hz: ArrayLike,
    distance_m: ArrayLike,
    one_height_m: ArrayLike,
    other_height_m: ArrayLike,
    *,
    sea_fraction: ArrayLike = 0.0,
    polarization: Polarization = Polarization.VERTICAL,
    k: ArrayLike = STANDARD_K,
) -> Floats:
    """Return what the curved earth adds to the loss of free space, dB, 0 or more."""
    paths, parts = paths_and_parts(
        (freq_hz, distance_m), (one_height_m, other_height_m), sea_fraction, k
    )
    return smooth_earth.loss_db(paths, parts, polarization)


def paths_and_parts(
    freq_and_distance: tuple[ArrayLike, ArrayLike],
    heights_m: tuple[ArrayLike, ArrayLike],
    sea_fraction: ArrayLike,
    k: ArrayLike,
) -> tuple[Paths, Parts]:
    """Return paths, and the shares of land and sea they run over, all of one shape."""
    share = np.asarray(sea_fraction, np.float64)
    known = np.where((share >= 0.0) & (share <= 1.0), share, np.nan)
    paths = Paths.of(*freq_and_distance, heights_m, np.asarray(k, np.float64) + 0.0 * known)
    sea = np.broadcast_to(known, paths.freq_hz.shape)
    return paths, [(LAND, 1.0 - sea), (SEA, sea)]
