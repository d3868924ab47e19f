"""The one arithmetic of the screen: the greatest interference that a pair can have.

Free space (ITU-R P.525-4 section 2.2) from ball to ball along a straight line at the lowest
frequency of either, less the rejection that both ends guarantee: no path loses less.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.screen_rows import (
    END,
    FLOOR,
    HIGH,
    LEVEL,
    LINK,
    LOW,
    MOST_LEVEL_DB,
    NO_LINK,
    OWNER,
    RADIUS,
    START,
    Codes,
    Floats,
    Side,
    X,
    Y,
    Z,
)

LIGHT_M_S: Final = 299_792_458.0
WAVES: Final = 4.0 * math.pi / LIGHT_M_S  # free-space loss is 20 log10(WAVES d f)
LEAST_DISTANCE_M: Final = 1.0
TWO_WAYS_DB: Final = 10.0 * math.log10(2.0)  # skirt and selectivity let in as much each, at worst
ROUNDING: Final = 1.0 + 1e-9  # a range is made longer by more than its own rounding
PAIRS_AT_ONCE: Final = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Pairs that may interfere, by emitter and then receiver.

    emitter, receiver: rows. margin_db: limit less greatest interference, negative where exceeded;
    not a number where a level is unknown. is_overlapping: whether the bands overlap.
    """

    emitter: Codes
    receiver: Codes
    margin_db: Floats
    is_overlapping: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.emitter)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a pair may keep below its limit, and how far one of unknown level reaches.

    Raises ImpossibleValueError: slack_db is 0 to 1000, unknown_range_m 0 or more, even infinite.
    """

    slack_db: float = 0.0
    unknown_range_m: float = math.inf

    def __post_init__(self) -> None:
        if not 0.0 <= self.slack_db <= MOST_LEVEL_DB:
            raise ImpossibleValueError(
                f"{self.slack_db} dB was given, 0 to {MOST_LEVEL_DB:g} dB was wanted.",
                where="slack_db",
            )
        if not self.unknown_range_m >= 0.0:
            raise ImpossibleValueError(
                f"{self.unknown_range_m} m was given, 0 m or more was wanted.",
                where="unknown_range_m",
            )


def rejection_db(emitter_floor_db: ArrayLike, receiver_floor_db: ArrayLike) -> Floats:
    """Return the rejection that a pair out of band has for certain, dB.

    What the emission's skirt leaves in the receiver's band adds, in power, to what the receiver's
    selectivity leaves of the carrier: 3.01 dB less than the lesser floor. Never below 0, for out
    of band is no worse than in band; a floor that is not a number guarantees nothing.
    """
    least_db = np.minimum(emitter_floor_db, receiver_floor_db) - TWO_WAYS_DB
    return np.asarray(np.where(least_db > 0.0, least_db, 0.0))[()]


def in_band_range_m(eirp_dbm: ArrayLike, limit_dbm: ArrayLike, low_hz: ArrayLike) -> Floats:
    """Return a distance beyond which no pair with overlapping bands is a hit, metres.

    low_hz: the least of both sides. limit_dbm: less the slack, if any. 0: a hit at no distance;
    not a number where a level is. Free space by P.525-4 section 2.2, solved for the distance.
    """
    level_db = np.asarray(np.subtract(eirp_dbm, limit_dbm))
    range_m = ROUNDING * 10.0 ** (level_db / 20.0) / np.multiply(WAVES, low_hz)
    return np.asarray(np.where(range_m < LEAST_DISTANCE_M, 0.0, range_m))[()]


def out_of_band_range_m(
    eirp_dbm: ArrayLike, limit_dbm: ArrayLike, low_hz: ArrayLike, floor_db: ArrayLike
) -> Floats:
    """Return a distance beyond which no pair out of band is a hit, metres.

    floor_db: the least of both sides; the rest as for `in_band_range_m`. Where a level is not a
    number so is this, but the screen has no hit out of band then.
    """
    return in_band_range_m(
        np.subtract(eirp_dbm, rejection_db(floor_db, floor_db)), limit_dbm, low_hz
    )


def settled(emitters: Side, receivers: Side, keys: Codes, limits: Limits) -> Hits:
    """Return which pairs are hits, with their margins; every way to search ends here.

    keys: emitter times the number of receivers plus receiver, in order.
    """
    parts = [
        _settled_part(emitters, receivers, keys[first : first + PAIRS_AT_ONCE], limits)
        for first in range(0, max(len(keys), 1), PAIRS_AT_ONCE)
    ]
    if len(parts) == 1:
        return parts[0]
    return Hits(
        np.concatenate([part.emitter for part in parts]),
        np.concatenate([part.receiver for part in parts]),
        np.concatenate([part.margin_db for part in parts]),
        np.concatenate([part.is_overlapping for part in parts]),
    )


def _settled_part(emitters: Side, receivers: Side, keys: Codes, limits: Limits) -> Hits:
    i = keys // max(len(receivers), 1)
    j = keys - i * len(receivers)
    e, r = emitters.values, receivers.values
    low_e, low_r = e[LOW][i], r[LOW][j]
    is_overlapping = (low_e < r[HIGH][j]) & (low_r < e[HIGH][i])
    x, y, z = e[X][i] - r[X][j], e[Y][i] - r[Y][j], e[Z][i] - r[Z][j]
    gap_m = np.sqrt(x * x + y * y + z * z) - e[RADIUS][i] - r[RADIUS][j]
    distance_m = np.maximum(gap_m, LEAST_DISTANCE_M)
    loss_db = 20.0 * np.log10(WAVES * distance_m * np.minimum(low_e, low_r))
    rejected_db = np.maximum(np.minimum(e[FLOOR][i], r[FLOOR][j]) - TWO_WAYS_DB, 0.0)
    loss_db += np.where(is_overlapping, 0.0, rejected_db)
    margin_db = r[LEVEL][j] - (e[LEVEL][i] - loss_db)
    is_near = distance_m <= max(limits.unknown_range_m, LEAST_DISTANCE_M)
    is_hit = np.isnan(margin_db) & is_overlapping & is_near
    is_hit |= margin_db <= limits.slack_db
    is_hit &= (e[START][i] < r[END][j]) & (r[START][j] < e[END][i])
    link = emitters.codes[LINK][i]
    is_hit &= (link != receivers.codes[LINK][j]) | (link == NO_LINK)
    is_hit &= emitters.codes[OWNER][i] != receivers.codes[OWNER][j]
    return Hits(i[is_hit], j[is_hit], margin_db[is_hit], is_overlapping[is_hit])
