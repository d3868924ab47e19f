"""How the loss spreads over time: P.528-5 Annex 2, sections 13 to 17."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_compile import compiled

Floats = NDArray[np.float64]

LEAST_K_DB: Final = -40.0
PERCENTS: Final = 17
KS: Final = 17
MEDIAN: Final = 50.0
# Rows: for 90 %, for 10 %, and the median: c1 c2 c3 n1 n2 n3 f_inf f_m (section 14).
# Continental temperate climate.
C90: Final = (2.93e-4, 3.78e-8, 1.02e-7, 2.00, 2.88, 3.15, 3.2, 8.2)
C10: Final = (5.25e-4, 1.57e-6, 4.70e-7, 1.97, 2.31, 2.90, 5.4, 10.0)
C50: Final = (1.59e-5, 1.56e-11, 2.77e-8, 2.32, 4.08, 3.25, 0.0, 3.9)


@compiled
def _normal_above(share: float) -> float:
    """Return the normal deviate exceeded by a share (Abramowitz and Stegun 26.2.23)."""
    x = min(share, 1.0 - share)
    t = math.sqrt(-2.0 * math.log(x))
    over = (0.010328 * t + 0.802853) * t + 2.515516
    under = ((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0
    return (t - over / under) if share <= 0.5 else over / under - t


@compiled
def stretch_of(percent: float) -> tuple[float, float]:
    """Return the part of the 10 % (or 90 %) value that a percentage takes, and the cap (dB)."""
    if percent == MEDIAN:
        return 0.0, math.inf
    if percent > MEDIAN:
        return -_normal_above(percent / 100.0) / _normal_above(0.9), math.inf
    if percent >= 10.0:
        return _normal_above(percent / 100.0) / _normal_above(0.1), math.inf
    if percent >= 5.0:
        share = (percent - 5.0) / 5.0
        return 1.3265 + share * (1.0 - 1.3265), 3.7 - share * 3.7
    if percent >= 2.0:
        share = (percent - 2.0) / 3.0
        return 1.7166 + share * (1.3265 - 1.7166), 4.5 - share * 0.8
    share = percent - 1.0
    return 1.9507 + share * (1.7166 - 1.9507), 5.0 - share * 0.5


@compiled
def _variability(
    c: tuple[float, float, float, float, float, float, float, float], d: float
) -> float:
    """Return one of the three variabilities of section 14 at an effective distance."""
    c1, c2, c3, n1, n2, n3, least, most = c
    floor = least + (most - least) * math.exp(-c2 * d**n2)
    return (c1 * d**n1 - floor) * math.exp(-c3 * d**n3) + floor


@compiled
def climates(freq_mhz: Floats, effective_km: Floats) -> Floats:
    """Return rows (90 % below, 10 % above, median) of long-term variability (section 14), dB."""
    rows = np.empty((effective_km.shape[0], 3))
    for i in range(effective_km.shape[0]):
        g10 = g90 = 1.05
        if freq_mhz[i] <= 1600.0:
            wave = math.sin(5.22 * math.log10(freq_mhz[i] / 200.0))
            g10 = 0.21 * wave + 1.28
            g90 = 0.18 * wave + 1.23
        d = float(effective_km[i])
        rows[i, 0] = g90 * _variability(C90, d)
        rows[i, 1] = g10 * _variability(C10, d)
        rows[i, 2] = _variability(C50, d)
    return rows


@compiled
def _nakagami_rice(nr: Floats, k_db: float, percent: float) -> float:
    """Return the deviation at a percentage; nr: first column K, first row percentages (dB)."""
    column = 2
    while column < PERCENTS and nr[0, column] < percent:
        column += 1
    across = (percent - nr[0, column - 1]) / (nr[0, column] - nr[0, column - 1])
    k_db = min(max(k_db, nr[1, 0]), nr[KS, 0])
    line = 2
    while line < KS and nr[line, 0] < k_db:
        line += 1
    down = (k_db - nr[line - 1, 0]) / (nr[line, 0] - nr[line - 1, 0])
    above = nr[line - 1, column - 1] + across * (nr[line - 1, column] - nr[line - 1, column - 1])
    below = nr[line, column - 1] + across * (nr[line, column] - nr[line, column - 1])
    return float(above + down * (below - above))


@compiled
def _k_of_haze(nr: Floats, deviation_99_db: float) -> float:
    """Return the K whose deviation at 99 % is given (section 16)."""
    if deviation_99_db < nr[1, PERCENTS]:
        return float(nr[1, 0])
    for line in range(2, KS + 1):
        if deviation_99_db < nr[line, PERCENTS]:
            share = (deviation_99_db - nr[line - 1, PERCENTS]) / (
                nr[line, PERCENTS] - nr[line - 1, PERCENTS]
            )
            return float(nr[line - 1, 0] + share * (nr[line, 0] - nr[line - 1, 0]))
    return float(nr[KS, 0])


@compiled
def _long_term(
    climate: Floats, time: tuple[float, float, float], part: float, gain_db: float
) -> tuple[float, float]:
    """Return the long-term variability and the excess over free space cut off it (14-14 on).

    time: (percentage, part of the 10 % or 90 % value, cap), as of `stretch_of`.
    """
    percent, stretch, cap_db = time
    side = climate[1] if percent <= MEDIAN else climate[0]
    cut = max(gain_db + part * (climate[1] + climate[2]) - 3.0, 0.0)
    value = part * (stretch * side + climate[2]) - cut
    return min(value, cap_db - gain_db), cut


@compiled
def sight_k(nr: Floats, climate: Floats, sight: Floats, path: Floats) -> tuple[float, float]:
    """Return K within sight and the part of the variability there (section 13).

    sight: (direct ray, elevation, gain, reflection, excess in wavelengths);
    path: (frequency, length of the ray).
    """
    elevation = sight[1]
    part = 1.0
    if elevation >= 1.0:
        part = 0.0
    elif elevation > 0.0:
        part = max(0.5 - math.atan(20.0 * math.log10(32.0 * elevation)) / math.pi, 0.0)
    cut = _long_term(climate, (MEDIAN, 0.0, math.inf), part, sight[2])[1]
    damped = 1.0
    if cut >= 9.0:
        damped = 0.1
    elif cut > 0.0:
        damped = 0.5 * (1.1 + 0.9 * math.cos(cut / 9.0 * math.pi))
    waves = sight[4]
    if waves <= 1.0 / 6.0:
        damped *= 0.1
    elif waves < 0.5:
        damped *= 0.5 * (1.1 - 0.9 * math.cos(3.0 * math.pi * (waves - 1.0 / 6.0)))
    strength = sight[3] * damped
    haze = _k_of_haze(nr, 10.0 * math.log10(path[0] * path[1] ** 3) - 84.26)
    power = strength * strength + 1e-4 + 10.0 ** (0.1 * haze)
    return max(10.0 * math.log10(power), LEAST_K_DB), part


@compiled
def sight_ks(nr: Floats, climate: Floats, sight: Floats, path: Floats) -> Floats:
    """Return rows (K, part of the variability) of paths within sight."""
    rows = np.empty((sight.shape[0], 2))
    for i in range(sight.shape[0]):
        k_db, part = sight_k(nr, climate[i], sight[i], path[i])
        rows[i, 0] = k_db
        rows[i, 1] = part
    return rows


@compiled
def gain_over_median(
    nr: Floats,
    climate: Floats,
    path: tuple[float, float, float],
    time: tuple[float, float, float],
) -> float:
    """Return by how much one path's signal exceeds its median (sections 15 to 17)."""
    gain_db, part, k_db = path
    percent = time[0]
    middle = _long_term(climate, (MEDIAN, 0.0, math.inf), part, gain_db)[0]
    slow = _long_term(climate, time, part, gain_db)[0] - middle
    quick = _nakagami_rice(nr, k_db, percent)
    spread = math.sqrt(slow * slow + quick * quick)
    return middle + (spread if percent < MEDIAN else -spread)


@compiled
def gains_over_median(nr: Floats, climate: Floats, path: Floats, percents: Floats) -> Floats:
    """Return by how much the signal exceeds its free-space median less loss, in dB.

    path: rows (gain against free space, part of the variability, K).
    """
    total = np.empty(percents.shape[0])
    for i in range(percents.shape[0]):
        gain_db, part, k_db = float(path[i, 0]), float(path[i, 1]), float(path[i, 2])
        percent = float(percents[i])
        stretch, cap_db = stretch_of(percent)
        time = (percent, stretch, cap_db)
        total[i] = gain_over_median(nr, climate[i], (gain_db, part, k_db), time)
    return total
