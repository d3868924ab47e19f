"""The refined loss of a path between ends on or near the ground, with and without terrain.

Free space and diffraction (P.526-15; without terrain in its steady form within the horizon, see
`smooth_earth.steady_loss_db`), scattered round by the troposphere (P.452-17, section 4.3, joined as
in its section 4.6), and never less than free space. Nothing else: no gas, no clutter, and
**no ducts** (P.452-17, section 4.5): over warm sea and for small shares of the time the true loss
can be far less, which a finding that is cleared by this model has to bear in mind.

Valid for 30 MHz to 50 GHz, 0 to 10,000 km, antennas 0 to 3,000 m above the ground, 0.001 to 50 % of
the time. Outside: NaN from the bulk forms, NoModelError from those for one path.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum import delta_bullington, free_space, mixed_path, smooth_earth, troposcatter
from wideberth.spectrum.delta_bullington import Profiles
from wideberth.spectrum.ground import Polarization
from wideberth.spectrum.horizon import STANDARD_K, effective_radius_m
from wideberth.spectrum.validity import LEAST_FREQ_HZ, NoModel, NoModelError, Span

Floats = NDArray[np.float64]

MODEL: Final = "P.526-15 smooth earth with P.452-17 troposcatter"
TERRAIN_MODEL: Final = "P.526-15 delta-Bullington with P.452-17 troposcatter"
VERSION: Final = "1"

FREQ: Final = Span("freq_hz", LEAST_FREQ_HZ, 50e9)
DISTANCE: Final = Span("distance_m", 0.0, 1e7)
HEIGHTS: Final = (Span("one_height_m", 0.0, 3000.0), Span("other_height_m", 0.0, 3000.0))
SEA: Final = Span("sea_fraction", 0.0, 1.0)
ANOMALOUS_K: Final = 3.0  # P.452-17, section 3.2.2: the factor of anomalous air


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the parties agree on about the air and the antennas.

    time_percent: the loss is not exceeded for this share of the time. n0: sea-level refractivity.
    k: median effective earth radius factor; None takes 4/3. For less than half of the time the loss
    is the least of that with k and that with 3.
    """

    time_percent: float = 50.0
    n0: float = troposcatter.STANDARD_N0
    k: float | None = None
    polarization: Polarization = Polarization.VERTICAL

    def __post_init__(self) -> None:
        for span, value in (
            (Span("time_percent", 0.001, 50.0), self.time_percent),
            (Span("n0", 200.0, 500.0), self.n0),
            (Span("k", 0.3, 100.0), self.factors[0]),
        ):
            refusal = span.refusal(MODEL, value)
            if refusal is not None:
                raise ImpossibleValueError(refusal.why, remedy="See the agreement's climate.")

    @property
    def factors(self) -> tuple[float, ...]:
        """Return the effective earth radius factors of which the least loss counts.

        A flatter earth mostly loses less, but an antenna on the ground can lose 8 dB more.
        """
        median = STANDARD_K if self.k is None else self.k
        return (median,) if self.time_percent >= 50.0 else (median, max(median, ANOMALOUS_K))


STANDARD: Final = Conditions()


def basic_transmission_loss_db(  # noqa: PLR0913 - the variables of the formula
    freq_hz: ArrayLike,
    distance_m: ArrayLike,
    one_height_m: ArrayLike,
    other_height_m: ArrayLike,
    *,
    sea_fraction: ArrayLike = 0.0,
    conditions: Conditions = STANDARD,
) -> Floats:
    """Return the loss over an earth without terrain, dB; NaN where there is no model.

    Never less than free space nor, beyond that, more than troposcatter; never falls with distance,
    never rises with a height or with less time; the same with its ends exchanged.
    """
    freq, distance = _within(freq_hz, FREQ), _within(distance_m, DISTANCE)
    one, other = _within(one_height_m, HEIGHTS[0]), _within(other_height_m, HEIGHTS[1])
    losses_db = []
    for k in conditions.factors:
        paths, parts = mixed_path.paths_and_parts((freq, distance), (one, other), sea_fraction, k)
        added_db = smooth_earth.steady_loss_db(paths, parts, conditions.polarization)
        angle_mrad = troposcatter.smooth_angle_mrad(distance, one, other, k=k)
        losses_db.append(_joined_db(freq, distance, added_db, angle_mrad, conditions))
    return np.asarray(np.min(losses_db, axis=0))[()]


def path_loss_db(  # noqa: PLR0913 - the variables of the formula
    freq_hz: float,
    distance_m: float,
    one_height_m: float,
    other_height_m: float,
    *,
    sea_fraction: float = 0.0,
    conditions: Conditions = STANDARD,
) -> float:
    """Return the loss of one path; raises NoModelError outside the model's validity."""
    values = (freq_hz, distance_m, one_height_m, other_height_m, sea_fraction)
    for span, value in zip((FREQ, DISTANCE, *HEIGHTS, SEA), values, strict=True):
        refusal = span.refusal(MODEL, value)
        if refusal is not None:
            raise NoModelError(refusal)
    loss_db = basic_transmission_loss_db(
        *values[:4], sea_fraction=sea_fraction, conditions=conditions
    )
    return float(loss_db)


def loss_with_terrain_db(
    freq_hz: ArrayLike, profiles: Profiles, *, conditions: Conditions = STANDARD
) -> Floats:
    """Return the loss over terrain profiles, dB; NaN where there is no model or a height misses.

    Never less than free space nor, beyond that, more than troposcatter.
    """
    freq, distance = _within(freq_hz, FREQ), _within(profiles.length_m, DISTANCE)
    ends = (profiles.one_antenna_m, profiles.other_antenna_m)
    for end, span in zip(ends, HEIGHTS, strict=True):
        distance = distance + 0.0 * _within(end, span)
    losses_db = []
    for k in conditions.factors:
        built = delta_bullington.construct(freq, profiles, k=k)
        added_db = delta_bullington.loss_of_db(built, freq, profiles, conditions.polarization, k)
        along = distance / effective_radius_m(k)
        slopes = (built.one_slope, built.other_slope)
        bent = sum((np.arctan(slope - 0.5 * along) for slope in slopes), start=along)
        losses_db.append(_joined_db(freq, distance, added_db, 1e3 * bent, conditions))
    return np.asarray(np.min(losses_db, axis=0))[()]


def path_loss_with_terrain_db(
    freq_hz: float, profile: Profiles, *, conditions: Conditions = STANDARD
) -> float:
    """Return the loss over one terrain profile; raises NoModelError where there is none."""
    values = (profile.length_m, profile.one_antenna_m, profile.other_antenna_m)
    if profile.ground_m.ndim != 1:
        raise ImpossibleValueError("These are many profiles.", remedy="Ask for one path.")
    asked = (freq_hz, *(float(value) for value in values), float(profile.sea_fraction))
    for span, value in zip((FREQ, DISTANCE, *HEIGHTS, SEA), asked, strict=True):
        refusal = span.refusal(TERRAIN_MODEL, value)
        if refusal is not None:
            raise NoModelError(refusal)
    loss_db = float(loss_with_terrain_db(freq_hz, profile, conditions=conditions))
    if np.isnan(loss_db):
        why = "A height of the profile is not known, or its distances do not grow."
        raise NoModelError(NoModel(TERRAIN_MODEL, why))
    return loss_db


def _joined_db(
    freq_hz: Floats,
    distance_m: Floats,
    added_db: Floats,
    angle_mrad: Floats,
    conditions: Conditions,
) -> Floats:
    """Return diffraction and troposcatter in one, at least free space (P.452-17, section 4.6)."""
    free_db = free_space.basic_transmission_loss_db(freq_hz, distance_m)
    scattered_db = troposcatter.basic_transmission_loss_db(
        freq_hz, distance_m, angle_mrad, n0=conditions.n0, time_percent=conditions.time_percent
    )
    bent_db = free_db + added_db
    less_db, gap_db = np.minimum(bent_db, scattered_db), np.abs(bent_db - scattered_db)
    both_db = less_db - 5.0 * np.log10(1.0 + np.power(10.0, -0.2 * gap_db))
    return np.asarray(np.maximum(free_db, both_db))[()]


def _within(value: ArrayLike, span: Span) -> Floats:
    """Return values, NaN where they are outside a span."""
    value = np.asarray(value, np.float64)
    return np.where((value >= span.low) & (value <= span.high), value, np.nan)
