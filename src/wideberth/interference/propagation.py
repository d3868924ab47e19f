"""Which model speaks of a path, and the least loss it gives anywhere nearer-by or higher up.

Free space (P.525) is the screen. A refined model may only raise the loss: P.528 where an end is in
the air, the smooth earth of P.526 with troposcatter (P.452) where both are near the surface.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, Self

import numpy as np

from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.spectrum import p528, terrestrial
from wideberth.spectrum.free_space import METRE_LOSS_DB
from wideberth.spectrum.p528.envelope import least_loss_db
from wideberth.spectrum.p528.exact import FREQ_HZ
from wideberth.spectrum.validity import NoModelError

FREE_SPACE: Final = "ITU-R P.525-4 free space"
AERONAUTICAL_M: Final = 300.0  # above it an end is in the air
MOST_APART_M: Final = 1_800_000.0  # P.528 ends here; farther off the loss is at least that here
LEAST_HEIGHT_M: Final = 1.5  # P.528 begins here; a lower antenna loses at least as much


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a path: how far apart at least, how high each can be at most (None: unknown)."""

    freq_hz: float
    distance_m: float
    low_height_m: float | None
    high_height_m: float | None


@dataclass(frozen=True, slots=True)
class Air:
    """What the parties agreed on about propagation; see `SpectrumRules`."""

    refine: bool
    time_percent: float
    surface_refractivity_n: float
    lapse_n_per_km: float
    land_share: float

    @classmethod
    def of(cls, rules: SpectrumRules) -> Self:
        """Return the agreement's air."""
        return cls(*(getattr(rules, field.name) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss, the model it is by, and why a refined one could not be asked (empty: it was)."""

    loss_db: float
    model: str
    version: str
    why_not: str = ""


def free_space_db(freq_hz: float, distance_m: float) -> float:
    """Return the free-space loss, P.525-4 equation 4; less than 1 m counts as 1 m.

    For any frequency, below 30 MHz too, where it is a bound for what is near and no model.
    """
    away_m = max(1.0, distance_m)
    return float(METRE_LOSS_DB + 20.0 * np.log10(freq_hz) + 20.0 * np.log10(away_m))


def free_space_m(freq_hz: float, loss_db: float) -> float:
    """Return the distance at which free space loses so much, at least 1 m."""
    over_db = loss_db - METRE_LOSS_DB - 20.0 * float(np.log10(freq_hz))
    return max(1.0, float(10.0 ** min(over_db / 20.0, 300.0)))


def loss(ends: Ends, air: Air) -> Loss:
    """Return the refined loss of a path, never less than free space; else free space and why."""
    free = Loss(free_space_db(ends.freq_hz, ends.distance_m), FREE_SPACE, "4")
    if not air.refine:
        return Loss(free.loss_db, free.model, free.version, "the agreement asks for free space")
    if ends.low_height_m is None or ends.high_height_m is None:
        return Loss(free.loss_db, free.model, free.version, "a height is not known")
    try:
        refined = _refined(
            ends.freq_hz, ends.distance_m, (ends.low_height_m, ends.high_height_m), air
        )
    except NoModelError as error:
        return Loss(free.loss_db, free.model, free.version, error.reason.why.rstrip("."))
    return refined if refined.loss_db > free.loss_db else free


def _refined(freq_hz: float, distance_m: float, heights_m: tuple[float, float], air: Air) -> Loss:
    """Return the loss by the model that speaks of these heights; raises NoModelError.

    Near the surface it is never less than that of an end lifted into the air, so that a volume
    which grows taller clears nothing.
    """
    low_m, high_m = heights_m
    if high_m > AERONAUTICAL_M:
        loss_db = _aeronautical_db(freq_hz, distance_m, heights_m, air.time_percent)
        return Loss(loss_db, p528.MODEL, p528.VERSION)
    loss_db = terrestrial.path_loss_db(
        freq_hz,
        distance_m,
        low_m,
        high_m,
        sea_fraction=1.0 - air.land_share,
        conditions=conditions_of(air),
    )
    if freq_hz >= FREQ_HZ.low:
        lifted = (low_m, AERONAUTICAL_M)
        lifted_db = _aeronautical_db(freq_hz, distance_m, lifted, air.time_percent)
        loss_db = max(loss_db, lifted_db)
    return Loss(loss_db, terrestrial.MODEL, terrestrial.VERSION)


def _aeronautical_db(
    freq_hz: float, distance_m: float, heights_m: tuple[float, float], time_percent: float
) -> float:
    low_m, high_m = (max(LEAST_HEIGHT_M, height_m) for height_m in heights_m)
    near_m = min(distance_m, MOST_APART_M)
    return float(least_loss_db(freq_hz, near_m, low_m, high_m, time_percent))


@lru_cache(maxsize=256)
def conditions_of(air: Air) -> terrestrial.Conditions:
    """Return the agreement's air, as the terrestrial model takes it.

    The median effective earth radius of the theatre's lapse, k = 157 / (157 - dN) (P.452-17,
    equation 5); for less than half of the time the model takes anomalous air too.
    """
    k = 157.0 / (157.0 - air.lapse_n_per_km)
    return terrestrial.Conditions(time_percent=air.time_percent, n0=air.surface_refractivity_n, k=k)
