"""What a pair of terminals has before a distance is named: P.528-5 Annex 2, sections 3, 4 and 6.

A pair is one row of numbers for the kernels. Its columns (km, dB, rad, MHz):

 0 frequency       5 high horizon      10 low ray          15 loss at horizon  20 K at horizon
 1 vertical (0/1)  6 low effective     11 high ray         16 zero of line     21 meeting
 2 low height      7 high effective    12 most in sight    17 two-ray angle    22 slope to meeting
 3 high height     8 low gas           13 slope of line    18 two-ray end      23 its intercept
 4 low horizon     9 high gas          14 its intercept    19 gain there       24 case (0, 1, 2)
25 distance at which the reflected ray is a sixth of a wavelength longer
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.air import air_at
from wideberth.spectrum.p528.fading import NAKAGAMI_RICE

Floats = NDArray[np.float64]

COLUMNS: Final = 26
EARTH_KM: Final = 6371.0
EFFECTIVE_KM: Final = 9257.0
KEPT_TERMINALS: Final = 8192
KEPT_PAIRS: Final = 4096


@lru_cache(maxsize=KEPT_TERMINALS)
def terminal(freq_mhz: float, height_km: float) -> tuple[float, float, float, float]:
    """Return horizon distance, effective height, gas and ray to the horizon (section 4)."""
    return tuple(terminals(freq_mhz, np.array([height_km]))[0].tolist())


def terminals(freq_mhz: float, heights_km: Floats) -> Floats:
    """Return rows (horizon distance, effective height, gas, ray to the horizon)."""
    from wideberth.spectrum.compiled import p528_gas  # noqa: PLC0415 - numba is slow to import

    rays = p528_gas.grazing_rays(air_at(freq_mhz), heights_km)
    horizon_km = EARTH_KM * (0.5 * np.pi - rays[:, 3] + rays[:, 2])
    effective_km = EFFECTIVE_KM / np.cos(horizon_km / EFFECTIVE_KM) - EFFECTIVE_KM
    return np.column_stack([horizon_km, effective_km, rays[:, 0], rays[:, 1]])


def pair_rows(ends: Floats, feet: Floats, heads: Floats) -> Floats:
    """Return the rows of pairs; ends: rows (MHz, vertical, low km, high km), then their terminals.

    All pairs share one frequency.
    """
    from wideberth.spectrum.compiled import (  # noqa: PLC0415 - numba is slow to import
        p528_beyond,
        p528_sight,
    )

    rows = np.zeros((len(ends), COLUMNS))
    rows[:, :4] = ends
    rows[:, 4], rows[:, 5] = feet[:, 0], heads[:, 0]
    rows[:, 6], rows[:, 7] = feet[:, 1], heads[:, 1]
    rows[:, 8], rows[:, 9] = feet[:, 2], heads[:, 2]
    rows[:, 10], rows[:, 11] = feet[:, 3], heads[:, 3]
    p528_beyond.draw_diffraction(rows)
    p528_sight.settle(rows)
    rows[:, 20] = _k_at_horizon(rows)
    p528_beyond.find_meeting(rows)
    return rows


def _k_at_horizon(rows: Floats) -> Floats:
    """Return K a kilometre short of the horizon (section 3, step 5)."""
    from wideberth.spectrum.compiled import (  # noqa: PLC0415 - numba is slow to import
        p528_gas,
        p528_sight,
        p528_spread,
    )

    distance_km = rows[:, 12] - 1.0
    sight = p528_sight.within_sight(rows, np.arange(len(rows)), distance_km)
    ends = np.column_stack([rows[:, 2], rows[:, 3], sight[:, 1]])
    rays = p528_gas.slant_rays(air_at(float(rows[0, 0])), ends)
    climate = p528_spread.climates(rows[:, 0], effective_distance_km(rows, distance_km))
    path = np.column_stack([rows[:, 0], rays[:, 1]])
    return np.ascontiguousarray(p528_spread.sight_ks(NAKAGAMI_RICE, climate, sight, path)[:, 0])


def effective_distance_km(rows: Floats, distance_km: Floats) -> Floats:
    """Return the distance that long-term variability goes by ((14-1) to (14-4))."""
    reach = rows[:, 12] + 65.0 * (100.0 / rows[:, 0]) ** (1.0 / 3.0)
    within: Floats = 130.0 * distance_km / reach
    return np.where(distance_km <= reach, within, 130.0 + distance_km - reach)


@lru_cache(maxsize=KEPT_PAIRS)
def pair(freq_mhz: float, low_km: float, high_km: float, is_vertical: bool) -> Floats:  # noqa: FBT001
    """Return the row of one pair, not to be written to."""
    ends = np.array([[freq_mhz, float(is_vertical), low_km, high_km]])
    feet = np.array([terminal(freq_mhz, low_km)])
    heads = np.array([terminal(freq_mhz, high_km)])
    rows = pair_rows(ends, feet, heads)
    rows.setflags(write=False)
    return rows
