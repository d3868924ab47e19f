"""Where an emission and a receiver may find each other, as boxes that a store can look for.

In its own band and its harmonics an emission is heard wherever it is heard in free space: boxes
about the whole Earth. In all other bands it is near: how near depends on both ends, so each end
has a box that is large enough for all but the strongest or the most sensitive of the other.
"""

from typing import Final

from wideberth.engine.screened import Zone
from wideberth.engine.shape import HALF_WORLD_M
from wideberth.interference.sides import Emission, Reception, emission_of, reception_of
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.harmonics import ORDERS
from wideberth.spectrum.screen_pairs import out_of_band_range_m
from wideberth.spectrum.validity import LEAST_FREQ_HZ

ALL_BANDS: Final = (1.0, 1e15)
USUAL_LIMIT_DBM: Final = -135.0  # limit less gain; a more sensitive receiver brings a box itself
USUAL_EIRP_DBM: Final = 70.0  # a stronger emission is looked for everywhere
SPARE: Final = 1.01  # for the rounding of distances


def zones_of(volume: Volume, agreement: Agreement) -> tuple[Zone, ...]:
    """Return where any of the rules on interference may find something about a volume."""
    if volume.role is Role.EMIT:
        return _of_emission(emission_of(volume, agreement.spectrum), agreement)
    if volume.role is Role.RECEIVE:
        return _of_reception(reception_of(volume, agreement.spectrum), agreement)
    return ()


def _of_emission(emission: Emission, agreement: Agreement) -> tuple[Zone, ...]:
    rules = agreement.spectrum
    low_hz, high_hz = emission.low_hz - emission.spill_hz, emission.high_hz + emission.spill_hz
    heard = [Zone(HALF_WORLD_M, max(1.0, low_hz), high_hz)]
    heard += [
        Zone(HALF_WORLD_M, order * emission.low_hz, order * emission.high_hz) for order in ORDERS
    ]
    near_m = HALF_WORLD_M
    if emission.eirp_dbm <= USUAL_EIRP_DBM:
        floor_db = min(emission.skirt.floor_db, rules.rejection_floor_db)
        near_m = _near_m(emission.eirp_dbm, USUAL_LIMIT_DBM, emission.low_hz, floor_db)
    return (*heard, Zone(max(near_m, rules.site_m), *ALL_BANDS))


def _of_reception(reception: Reception, agreement: Agreement) -> tuple[Zone, ...]:
    """Return the band a receiver hears, its front end, and what else is near, if it is unusual."""
    low_hz, high_hz = (
        reception.low_hz - reception.spread_hz,
        reception.high_hz + reception.spread_hz,
    )
    if reception.overload_dbm is not None:
        low_hz = min(low_hz, reception.front.low_hz)
        high_hz = max(high_hz, reception.front.high_hz)
    heard = Zone(0.0, max(1.0, low_hz), high_hz)
    if reception.limit_dbm is None:
        return (heard,)
    limit_dbm, floor_db = reception.limit_dbm - reception.gain_dbi, reception.skirt.floor_db
    is_usual = (
        limit_dbm >= USUAL_LIMIT_DBM
        and reception.low_hz >= LEAST_FREQ_HZ
        and floor_db >= agreement.spectrum.rejection_floor_db
    )
    if is_usual:
        return (heard,)
    near_m = _near_m(USUAL_EIRP_DBM, limit_dbm, reception.low_hz, floor_db)
    return heard, Zone(near_m, *ALL_BANDS)


def _near_m(eirp_dbm: float, limit_dbm: float, low_hz: float, floor_db: float) -> float:
    """Return how near an end must be to be heard out of band, at the lowest band it may have."""
    lowest_hz = min(low_hz, LEAST_FREQ_HZ)
    range_m = float(out_of_band_range_m(eirp_dbm, limit_dbm, lowest_hz, floor_db))
    return min(HALF_WORLD_M, range_m * SPARE + 1.0)
