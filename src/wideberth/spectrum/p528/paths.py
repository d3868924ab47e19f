"""Basic transmission loss on arrays of paths of known pairs: P.528-5 Annex 2, section 3."""

from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.fading import NAKAGAMI_RICE
from wideberth.spectrum.p528.pairs import effective_distance_km

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

SHORT_OF_HORIZON_KM: Final = 0.001
SCATTERED_RAD: Final = 0.02617993878  # from 1.5 degrees on, fading is that of scatter
SCATTERED_K_DB: Final = 20.0


class Gas(Protocol):
    """Attenuation and length of rays through the air of one frequency."""

    def slant(self, ends: Floats) -> Floats:
        """Return rows (dB, km); ends: rows (low km, high km, elevation at the low end, rad)."""
        ...

    def grazing(self, heights_km: Floats) -> Floats:
        """Return rows (dB, km) of the rays that leave the ground level, up to heights."""
        ...

    def climates(self, freq_mhz: Floats, effective_km: Floats) -> Floats:
        """Return rows of long-term variability at effective distances."""
        ...


class Medians(NamedTuple):
    """Loss before variability (dB), and what variability goes by: gain, part and K."""

    loss_db: Floats
    spread: Floats
    climate: Floats


def losses_db(
    rows: Floats, which: Places, distance_km: Floats, percent: Floats, gas: Gas
) -> Floats:
    """Return the losses of paths of one frequency; which: the row of each path's pair."""
    from wideberth.spectrum.compiled import p528_spread  # noqa: PLC0415 - numba is slow to import

    loss_db = np.empty(len(distance_km))
    is_seen = rows[which, 12] - distance_km > SHORT_OF_HORIZON_KM
    for part, judge in ((is_seen, within_horizon), (~is_seen, beyond_horizon)):
        if part.any():
            found = judge(rows, which[part], distance_km[part], gas)
            loss_db[part] = found.loss_db - p528_spread.gains_over_median(
                NAKAGAMI_RICE, found.climate, found.spread, percent[part]
            )
    return loss_db


def within_horizon(rows: Floats, which: Places, distance_km: Floats, gas: Gas) -> Medians:
    """Return the medians of paths within sight (step 4 and section 6)."""
    from wideberth.spectrum.compiled import p528_sight, p528_spread  # noqa: PLC0415

    of_pair = rows[which]
    sight = p528_sight.within_sight(rows, which, distance_km)
    rays = gas.slant(np.column_stack([of_pair[:, 2], of_pair[:, 3], sight[:, 1]]))
    climate = gas.climates(of_pair[:, 0], effective_distance_km(of_pair, distance_km))
    path = np.column_stack([of_pair[:, 0], rays[:, 1]])
    ks = p528_spread.sight_ks(NAKAGAMI_RICE, climate, sight, path)
    loss_db = _free_space_db(of_pair[:, 0], sight[:, 0]) + rays[:, 0] - sight[:, 2]
    return Medians(loss_db, np.column_stack([sight[:, 2], ks[:, 1], ks[:, 0]]), climate)


def beyond_horizon(rows: Floats, which: Places, distance_km: Floats, gas: Gas) -> Medians:
    """Return the medians of paths beyond the horizon (steps 7 to 11)."""
    from wideberth.spectrum.compiled import p528_beyond  # noqa: PLC0415

    of_pair = rows[which]
    found = p528_beyond.beyond_sight(rows, which, distance_km)
    rays = gas.grazing(np.ascontiguousarray(found[:, 2]))
    length_km = of_pair[:, 10] + of_pair[:, 11] + 2.0 * rays[:, 1]
    loss_db = _free_space_db(of_pair[:, 0], length_km) + found[:, 0]
    loss_db += of_pair[:, 8] + of_pair[:, 9] + 2.0 * rays[:, 0]
    share = np.minimum(found[:, 1] / SCATTERED_RAD, 1.0)
    k_db = of_pair[:, 20] + share * (SCATTERED_K_DB - of_pair[:, 20])
    climate = gas.climates(of_pair[:, 0], effective_distance_km(of_pair, distance_km))
    return Medians(loss_db, np.column_stack([-found[:, 0], np.ones_like(k_db), k_db]), climate)


def _free_space_db(freq_mhz: Floats, length_km: Floats) -> Floats:
    """Return the free-space loss, with the constant that P.528-5 rounds to ((3-19), (6-4))."""
    answer: Floats = 20.0 * np.log10(freq_mhz * length_km) + 32.45
    return answer
