"""Diffraction over a terrain profile by the delta-Bullington method.

P.526-15, section 4.5.4, and P.1812-6, section 4.3 (without clutter on the profile): Bullington's
single edge on the actual profile, and what the spherical earth loses beyond Bullington's edge on a
smooth profile at effective heights (P.452-17, Annex 1, Attachment 2, section 5.1.6).

Valid from 30 MHz; distances above 0 that grow along the profile; antennas on the ground or above.
A profile with a height that is not known, or anything else outside: NaN, no model.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import knife_edge, mixed_path
from wideberth.spectrum.free_space import SPEED_OF_LIGHT_M_PER_S
from wideberth.spectrum.ground import Polarization
from wideberth.spectrum.horizon import EARTH_RADIUS_M, STANDARD_K
from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]

HAS_NUMBA: Final = find_spec("numba") is not None
COMPILED_FROM: Final = 2000  # points of profiles; numpy serves fewer before numba is even loaded


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Terrain between two antennas: one path, or many with the same number of points.

    distance_m: from the first point on, growing; ground_m: above mean sea level. Both of shape
    (points,) or (paths, points). The rest are a number or one for each path: antennas above the
    ground at either end, and the share of the path over the sea.
    """

    distance_m: Floats
    ground_m: Floats
    one_antenna_m: Floats
    other_antenna_m: Floats
    sea_fraction: Floats

    @classmethod
    def of(
        cls,
        distance_m: ArrayLike,
        ground_m: ArrayLike,
        *,
        antennas_m: tuple[ArrayLike, ArrayLike],
        sea_fraction: ArrayLike = 0.0,
    ) -> Self:
        """Return profiles; raises ImpossibleValueError where shapes do not fit or points miss."""
        distance, ground = np.asarray(distance_m, np.float64), np.asarray(ground_m, np.float64)
        points = ground.shape[-1] if ground.ndim else 0
        shape = ground.shape[:-1]
        if (
            ground.ndim not in (1, 2)
            or points < 3
            or distance.shape not in ((points,), ground.shape)
        ):
            raise ImpossibleValueError(
                f"Distances of shape {distance.shape} and heights of shape {ground.shape} are no "
                "profiles of three points or more.",
                remedy="Give heights as (points,) or (paths, points), and distances for the same.",
            )
        ends = [np.asarray(value, np.float64) for value in (*antennas_m, sea_fraction)]
        if any(np.broadcast_shapes(end.shape, shape) != shape for end in ends):
            raise ImpossibleValueError(
                f"Antennas or shares of sea do not fit {shape} paths.",
                remedy="Give one number, or one for each path.",
            )
        return cls(distance, ground, *(np.broadcast_to(end, shape) for end in ends))

    @property
    def length_m(self) -> Floats:
        """Return the length of each path."""
        reach = self.distance_m[..., -1] - self.distance_m[..., 0]
        return np.broadcast_to(reach, self.ground_m.shape[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class Construction:
    """Bullington's losses on the actual and the smooth profile, and what they were made from.

    The heights are those of the ends above the smooth earth that is fitted to the terrain; the
    slopes those of the steepest points from each end over a flat earth with its bulge.
    """

    actual_db: Floats
    smooth_db: Floats
    one_effective_m: Floats
    other_effective_m: Floats
    one_slope: Floats
    other_slope: Floats


def diffraction_loss_db(
    freq_hz: ArrayLike,
    profiles: Profiles,
    *,
    polarization: Polarization = Polarization.VERTICAL,
    k: ArrayLike = STANDARD_K,
) -> Floats:
    """Return what terrain and the curved earth add to the loss of free space, dB.

    freq_hz and k: a number or one for each path. P.1812-6, eq. 39.
    """
    return loss_of_db(construct(freq_hz, profiles, k=k), freq_hz, profiles, polarization, k)


def loss_of_db(
    construction: Construction,
    freq_hz: ArrayLike,
    profiles: Profiles,
    polarization: Polarization,
    k: ArrayLike,
) -> Floats:
    """Return the delta-Bullington loss from both constructions of Bullington's."""
    spherical_db = mixed_path.diffraction_loss_db(
        freq_hz,
        profiles.length_m,
        construction.one_effective_m,
        construction.other_effective_m,
        sea_fraction=profiles.sea_fraction,
        polarization=polarization,
        k=k,
    )
    beyond_db = np.maximum(spherical_db - construction.smooth_db, 0.0)
    return np.asarray(construction.actual_db + beyond_db)[()]


def construct(freq_hz: ArrayLike, profiles: Profiles, *, k: ArrayLike) -> Construction:
    """Return Bullington's constructions, by compiled code where that pays."""
    if profiles.ground_m.size < COMPILED_FROM or not HAS_NUMBA:
        return construct_in_numpy(freq_hz, profiles, k=k)
    from wideberth.spectrum.compiled import delta_bullington  # noqa: PLC0415 - only where it pays

    points = profiles.ground_m.shape[-1]
    wavelength_m, radius_m = _waves(freq_hz, profiles, k)
    flat = (profiles.one_antenna_m, profiles.other_antenna_m, wavelength_m, radius_m)
    rows = delta_bullington.constructions(
        np.ascontiguousarray(profiles.distance_m).reshape(-1, points),
        np.ascontiguousarray(profiles.ground_m).reshape(-1, points),
        *(np.ascontiguousarray(column).ravel() for column in flat),
    )
    return Construction(*(rows[:, i].reshape(profiles.ground_m.shape[:-1]) for i in range(6)))


def construct_in_numpy(freq_hz: ArrayLike, profiles: Profiles, *, k: ArrayLike) -> Construction:
    """Return what `construct` does, without compiled code."""
    wavelength_m, radius_m = _waves(freq_hz, profiles, k)
    along_m = profiles.distance_m - profiles.distance_m[..., :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        is_onward = np.all(np.diff(along_m) > 0.0, axis=-1)
        wavelength_m = np.where(is_onward, wavelength_m, np.nan)
        one_m = profiles.ground_m[..., 0] + profiles.one_antenna_m
        other_m = profiles.ground_m[..., -1] + profiles.other_antenna_m
        one_above_m, other_above_m = _above_smooth(along_m, profiles.ground_m, (one_m, other_m))
        bulge = 0.5 / radius_m
        actual = (along_m, profiles.ground_m, (one_m, other_m))
        level = (along_m, np.zeros_like(profiles.ground_m), (one_above_m, other_above_m))
        actual_db, slopes = _bullington(*actual, wavelength_m, bulge)
        smooth_db, _ = _bullington(*level, wavelength_m, bulge)
        is_known = np.isfinite(actual_db + smooth_db + one_above_m + other_above_m)
        found = (actual_db, smooth_db, one_above_m, other_above_m, *slopes)
        return Construction(*(np.where(is_known, values, np.nan) for values in found))


def _waves(freq_hz: ArrayLike, profiles: Profiles, k: ArrayLike) -> tuple[Floats, Floats]:
    """Return wavelength and effective radius of each path; NaN where there is no model."""
    shape = profiles.ground_m.shape[:-1]
    freq = np.broadcast_to(np.asarray(freq_hz, np.float64), shape)
    factor = np.broadcast_to(np.asarray(k, np.float64), shape)
    sea = profiles.sea_fraction
    is_known = (freq >= LEAST_FREQ_HZ) & np.isfinite(freq) & (factor > 0.0) & np.isfinite(factor)
    is_known &= (profiles.one_antenna_m >= 0.0) & (profiles.other_antenna_m >= 0.0)
    is_known &= (sea >= 0.0) & (sea <= 1.0)
    wavelength_m = np.where(
        is_known, SPEED_OF_LIGHT_M_PER_S / np.where(is_known, freq, 1.0), np.nan
    )
    return wavelength_m, np.where(is_known, factor * EARTH_RADIUS_M, np.nan)


def _above_smooth(
    along_m: Floats, ground_m: Floats, ends_m: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return how high the ends are above the smooth earth fitted to the terrain.

    P.452-17, Annex 1, Attachment 2, section 5.1.6.
    """
    one_m, other_m = (end[..., None] for end in ends_m)
    step, far_m = np.diff(along_m), along_m[..., -1]
    near, beyond = ground_m[..., :-1], ground_m[..., 1:]
    near_at, beyond_at = along_m[..., :-1], along_m[..., 1:]
    first = np.sum(step * (beyond + near), axis=-1)
    moments = beyond * (2.0 * beyond_at + near_at) + near * (beyond_at + 2.0 * near_at)
    second = np.sum(step * moments, axis=-1)
    one_level = (2.0 * first * far_m - second) / far_m**2
    other_level = (second - first * far_m) / far_m**2
    at_m, rest_m = along_m[..., 1:-1], (far_m[..., None] - along_m)[..., 1:-1]
    over_m = ground_m[..., 1:-1] - (one_m * rest_m + other_m * at_m) / far_m[..., None]
    highest = np.max(over_m, axis=-1)
    rises = np.max(over_m / at_m, axis=-1), np.max(over_m / rest_m, axis=-1)
    share = np.where(highest > 0.0, highest / (rises[0] + rises[1]), 0.0)
    one_level = np.minimum(one_level - share * rises[0], ground_m[..., 0])
    other_level = np.minimum(other_level - share * rises[1], ground_m[..., -1])
    return ends_m[0] - one_level, ends_m[1] - other_level


def _bullington(
    along_m: Floats,
    ground_m: Floats,
    ends_m: tuple[Floats, Floats],
    wavelength_m: Floats,
    bulge: Floats,
) -> tuple[Floats, tuple[Floats, Floats]]:
    """Return Bullington's loss on a profile, and the slopes of both horizons (P.526-15, 4.5.4)."""
    one_m, other_m = ends_m
    far_m = along_m[..., -1]
    at_m, rest_m = along_m[..., 1:-1], (far_m[..., None] - along_m)[..., 1:-1]
    risen_m = ground_m[..., 1:-1] + bulge[..., None] * at_m * rest_m
    one_slope = np.max((risen_m - one_m[..., None]) / at_m, axis=-1)
    other_slope = np.max((risen_m - other_m[..., None]) / rest_m, axis=-1)
    is_seen = one_slope < (other_m - one_m) / far_m
    line_m = (one_m[..., None] * rest_m + other_m[..., None] * at_m) / far_m[..., None]
    seen = np.max((risen_m - line_m) / np.sqrt(at_m * rest_m), axis=-1)
    total = one_slope + other_slope
    meeting_m = np.where(total > 0.0, (other_m - one_m + other_slope * far_m) / total, 0.0)
    over_m = (
        one_m + one_slope * meeting_m - (one_m * (far_m - meeting_m) + other_m * meeting_m) / far_m
    )
    product = meeting_m * (far_m - meeting_m)
    met = np.where(product > 0.0, over_m / np.sqrt(product), 0.0)
    nu = np.where(is_seen, seen, met) * np.sqrt(2.0 * far_m / wavelength_m)
    edge_db = knife_edge.approximate_loss_db(nu)
    loss_db = edge_db + (1.0 - np.exp(-edge_db / 6.0)) * (10.0 + 0.02e-3 * far_m)
    return loss_db, (one_slope, other_slope)
