"""The least loss that P.528-5 gives anywhere in a volume: what an interference screen may count on.

Within sight, fading is bounded on paper; beyond the highest horizon the loss of the highest pair
is run down from the far end, without any gas and with the shortest ray, less a margin.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.exact import Polarisation, refusal
from wideberth.spectrum.p528.fading import NAKAGAMI_RICE
from wideberth.spectrum.p528.pairs import effective_distance_km, pair
from wideberth.spectrum.p528.paths import SCATTERED_K_DB, SCATTERED_RAD
from wideberth.spectrum.validity import NoModelError

Floats = NDArray[np.float64]

# Under the run-down loss of the highest pair, lower pairs were found to fall by 0.75 dB at most
MARGIN_DB: Final = 1.5
MEDIAN: Final = 50.0
RULE_CHANGES: Final = 10.0  # from this percentage on, the excess over free space is not capped
KEPT: Final = 4096
# 0.1 km apart at the horizon, 3 % of the way beyond it further out; the last past 1 800 km
BEYOND_KM: Final = 0.1 * (1.03 ** np.arange(214) - 1.0) / 0.03


def least_loss_db(  # noqa: PLR0913 - the variables of the model
    freq_hz: float,
    nearest_m: float,
    low_height_m: float,
    high_height_m: float,
    time_percent: float,
    *,
    polarisation: Polarisation = Polarisation.HORIZONTAL,
) -> float:
    """Return a loss (dB) that no path of at least a distance and at most two heights falls below.

    A lower bound of `basic_transmission_loss_db` over distances from `nearest_m` to 1 800 km and
    heights from 1.5 m up to those given. It never falls as `nearest_m` or `time_percent` grows.
    At a distance of 0, where nothing can be said, it is minus infinity. Outside P.528-5:
    NoModelError.
    """
    low_m, high_m = low_height_m, high_height_m
    # two equal heights in one place are a volume here, not a path
    asked = (freq_hz, nearest_m, low_m, high_m, time_percent)
    if nearest_m != 0.0 and (reason := refusal(asked)) is not None:
        raise NoModelError(reason)
    if nearest_m == 0.0:
        if (reason := refusal((freq_hz, 1.0, low_m, high_m, time_percent))) is not None:
            raise NoModelError(reason)
        return -np.inf
    km = nearest_m / 1000.0
    in_sight_db = _free_space_db(freq_hz / 1e6, km) - _most_enhancement_db(time_percent)
    start_km, run_down_db = _beyond(
        freq_hz / 1e6,
        low_m / 1000.0,
        high_m / 1000.0,
        min(time_percent, MEDIAN),
        polarisation is Polarisation.VERTICAL,
    )
    if km <= start_km:
        return float(in_sight_db)
    node = int(np.searchsorted(BEYOND_KM, km - start_km, side="right")) - 1
    return float(max(in_sight_db, run_down_db[node] - MARGIN_DB))


def _free_space_db(freq_mhz: float, km: float | Floats) -> Floats:
    answer: Floats = 20.0 * np.log10(freq_mhz * np.asarray(km)) + 32.45
    return answer


def _most_enhancement_db(time_percent: float) -> float:
    """Return by how much a signal can exceed free space, of all gains and climates.

    With gain + median at most 3 dB less the climate's 10 % value ((14-23)), with the cap of at
    most 5 dB below 10 %, and with the quick deviation of scatter, the greatest there is.
    """
    if time_percent >= MEDIAN:
        return 3.0
    quick_db = -float(np.interp(time_percent, NAKAGAMI_RICE[0, 1:], NAKAGAMI_RICE[-1, 1:]))
    return quick_db + (3.0 if time_percent >= RULE_CHANGES else 6.0)


@lru_cache(maxsize=KEPT)
def _beyond(
    freq_mhz: float,
    low_km: float,
    high_km: float,
    percent: float,
    is_vertical: bool,  # noqa: FBT001
) -> tuple[float, Floats]:
    """Return where the horizon is, and the least loss at and past each node beyond it."""
    from wideberth.spectrum.compiled import (  # noqa: PLC0415 - numba is slow to import
        p528_beyond,
        p528_spread,
    )

    rows = pair(freq_mhz, low_km, high_km, is_vertical)
    which = np.zeros(len(BEYOND_KM), dtype=np.int64)
    of_pair = rows[which]
    km = rows[0, 12] + BEYOND_KM
    found = p528_beyond.beyond_sight(rows, which, km)
    share = np.minimum(found[:, 1] / SCATTERED_RAD, 1.0)
    k_db = of_pair[:, 20] + share * (SCATTERED_K_DB - of_pair[:, 20])
    climate = p528_spread.climates(of_pair[:, 0], effective_distance_km(of_pair, km))
    spread = np.column_stack([-found[:, 0], np.ones_like(km), k_db])
    loss_db = np.full(len(km), np.inf)
    for p in {percent, max(percent, RULE_CHANGES)}:
        percents = np.full(len(km), p)
        gain = p528_spread.gains_over_median(NAKAGAMI_RICE, climate, spread, percents)
        loss_db = np.minimum(loss_db, _free_space_db(freq_mhz, km) + found[:, 0] - gain)
    run_down_db = np.minimum.accumulate(loss_db[::-1])[::-1]
    run_down_db.setflags(write=False)
    return float(rows[0, 12]), run_down_db
