"""Beyond the horizon: smooth-earth diffraction, scatter and where they meet.

P.528-5 Annex 2: section 3 steps 2, 3 and 6, sections 10 and 11. A row describes a pair of
terminals (spectrum/p528/pairs.py lists its columns). Lengths in km.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_compile import compiled

Floats = NDArray[np.float64]

EARTH_KM: Final = 6371.0
EFFECTIVE_KM: Final = 9257.0
REFRACTIVITY: Final = 341.0
DIELECTRIC: Final = 15.0
LOSS_MHZ: Final = 90.0  # 18 000 times a conductivity of 0.005 S/m
CURVE: Final = 1.0 / EARTH_KM
BEND: Final = 1.0 / EARTH_KM - 1.0 / EFFECTIVE_KM  # (11-8)
SCALE_KM: Final = REFRACTIVITY * 1e-6 / BEND  # (11-9)
EFFICIENCY_1: Final = 5.67e-6 * REFRACTIVITY**2 - 0.00232 * REFRACTIVITY + 0.031
EFFICIENCY_2: Final = 0.0002 * REFRACTIVITY**2 - 0.06 * REFRACTIVITY + 6.6
ROOT_2: Final = math.sqrt(2.0)
SEARCH_KM: Final = 100
LEAST_SCATTER_DB: Final = 20.0

FREQ: Final = 0
VERTICAL: Final = 1
LOW_HORIZON: Final = 4
HIGH_HORIZON: Final = 5
LOW_EFFECTIVE: Final = 6
HIGH_EFFECTIVE: Final = 7
MOST_SIGHT: Final = 12
SLOPE: Final = 13
INTERCEPT: Final = 14
AT_HORIZON: Final = 15
ZERO: Final = 16
MEETING: Final = 21
MET_SLOPE: Final = 22
MET_INTERCEPT: Final = 23
CASE: Final = 24


@compiled
def _distance_term(x: float) -> float:
    """Return Vogler's loss with distance (section 10)."""
    return 0.05751 * x - 10.0 * math.log10(x)


@compiled
def _height_term(x: float, k: float) -> float:
    """Return the gain of a terminal's height (section 10)."""
    low = 40.0 * math.log10(x) - 117.0
    if x <= 200.0:
        if x >= -450.0 / math.log10(k) ** 3:
            return low if abs(low) < 117.0 else -117.0
        return 20.0 * math.log10(k) - 15.0 + 0.000025 * x * x / k
    if x > 2000.0:
        return _distance_term(x)
    weight = 0.0134 * x * math.exp(-0.005 * x)
    return weight * low + (1.0 - weight) * _distance_term(x)


@compiled
def ground_terms(freq_mhz: float, vertical: float) -> tuple[float, float, float]:
    """Return what diffraction has of the frequency alone: k, units a km, the step in km (10)."""
    size = (DIELECTRIC - 1.0) ** 2 + (LOSS_MHZ / freq_mhz) ** 2
    k = 0.01778 * freq_mhz ** (-1.0 / 3.0)
    if vertical > 0.5:
        k *= math.sqrt((DIELECTRIC**2 + (LOSS_MHZ / freq_mhz) ** 2) / math.sqrt(size))
    else:
        k *= size**-0.25
    per_km = (1.607 - k) * freq_mhz ** (1.0 / 3.0)
    return k, per_km, (EFFECTIVE_KM**2 / freq_mhz) ** (1.0 / 3.0)


@compiled
def height_gains(horizons_km: Floats, freq_mhz: float, vertical: float) -> Floats:
    """Return the gains of terminals by their horizon distances."""
    k, per_km, _ = ground_terms(freq_mhz, vertical)
    gains = np.empty(horizons_km.shape[0])
    for i in range(horizons_km.shape[0]):
        gains[i] = _height_term(per_km * float(horizons_km[i]), k)
    return gains


@compiled
def draw_line(row: Floats, gain: float, per_km: float, unit_km: float) -> None:
    """Fill the columns of a pair that hold its diffraction line (section 3, steps 2 and 3).

    gain: of both terminals' heights.
    """
    most = row[LOW_HORIZON] + row[HIGH_HORIZON]
    near = most + 0.5 * unit_km
    far = most + 1.5 * unit_km
    near_db = _distance_term(per_km * near) - gain - 20.0
    far_db = _distance_term(per_km * far) - gain - 20.0
    slope = (far_db - near_db) / (far - near)
    row[MOST_SIGHT] = most
    row[SLOPE] = slope
    row[INTERCEPT] = far_db - slope * far
    row[AT_HORIZON] = slope * most + row[INTERCEPT]
    row[ZERO] = -row[INTERCEPT] / slope


@compiled
def draw_diffraction(rows: Floats) -> None:
    """Fill the columns of each pair that hold its diffraction line."""
    for i in range(rows.shape[0]):
        row = rows[i]
        k, per_km, unit_km = ground_terms(row[FREQ], row[VERTICAL])
        gain = _height_term(per_km * row[LOW_HORIZON], k)
        gain += _height_term(per_km * row[HIGH_HORIZON], k)
        draw_line(row, gain, per_km, unit_km)


@compiled
def _decayed(height_km: float) -> float:
    """Return the curvature of a ray against the ground at a height ((11-13), (11-16))."""
    return CURVE - BEND / math.exp(min(35.0, height_km / SCALE_KM))


@compiled
def _arm_km(effective_km: float, horizon_km: float) -> float:
    """Return how far a terminal is from its horizon ((11-24), (11-25))."""
    sine = math.sin(horizon_km / (2.0 * EFFECTIVE_KM))
    square = effective_km**2
    square += 4.0 * (EFFECTIVE_KM + effective_km) * EFFECTIVE_KM * sine * sine
    return math.sqrt(square)


@compiled
def scatter(row: Floats, distance_km: float) -> tuple[float, float, float]:
    """Return loss (dB), scatter angle (rad) and height of the common volume (section 11)."""
    half = 0.5 * (distance_km - row[LOW_HORIZON] - row[HIGH_HORIZON])
    if half <= 0.0:
        return 0.0, 0.0, 0.0
    square = half * half
    ground = CURVE - BEND
    near = _decayed(square / (8.0 * EFFECTIVE_KM))
    far = _decayed(square / (2.0 * EFFECTIVE_KM))
    middle = _decayed((7.0 * ground + 6.0 * near - far) * square / 96.0)
    end = _decayed((ground + 2.0 * near) * square / 6.0)
    height = (ground + 2.0 * middle) * square / 6.0
    theta = (ground + 4.0 * middle + end) * half / 3.0
    gamma = 0.1424 * (1.0 + EFFICIENCY_1 / math.exp(min(35.0, (height / 4.0) ** 6)))
    efficiency = 83.1 - EFFICIENCY_2 / (1.0 + 0.07716 * height * height)
    efficiency += 40.0 * math.log10(0.1424 / gamma) + 20.0 * gamma * height / math.log(10.0)
    low_arm = _arm_km(row[LOW_EFFECTIVE], row[LOW_HORIZON]) + half
    high_arm = _arm_km(row[HIGH_EFFECTIVE], row[HIGH_HORIZON]) + half
    length = low_arm + high_arm
    s = (low_arm - high_arm) / length
    eta = 0.5 * gamma * theta * length
    kappa = row[FREQ] / 0.0477
    low = 2.0 * kappa * theta * row[LOW_EFFECTIVE]
    high = 2.0 * kappa * theta * row[HIGH_EFFECTIVE]
    low_2 = low * low
    high_2 = high * high
    x_low = ((1.0 + s) ** 2 * eta) ** 2
    x_high = ((1.0 - s) ** 2 * eta) ** 2
    q_low = x_low + low_2
    q_high = x_high + high_2
    b = 6.0 + 8.0 * s * s
    b += 8.0 * (1.0 - s) * x_low * low_2 / (q_low * q_low)
    b += 8.0 * (1.0 + s) * x_high * high_2 / (q_high * q_high)
    b += 2.0 * (1.0 - s * s) * (1.0 + 2.0 * x_low / q_low) * (1.0 + 2.0 * x_high / q_high)
    c = 12.0 * ((low + ROOT_2) / low * (high + ROOT_2) / high) ** 2
    c *= (low + high) / (low + high + 2.0 * ROOT_2)
    volume = ((1.0 - s * s) ** 2 * eta * eta + b * eta) * q_low * q_high / (low_2 * high_2)
    loss_db = efficiency + 10.0 * math.log10((volume + c) * kappa * theta**3 / length)
    return loss_db, theta, height


@compiled
def find_meeting(rows: Floats) -> None:
    """Fill the columns of each pair that say where scatter takes over (section 3, step 6)."""
    for i in range(rows.shape[0]):
        row = rows[i]
        slope = row[SLOPE]
        intercept = row[INTERCEPT]
        row[MET_SLOPE] = slope
        row[MET_INTERCEPT] = intercept
        row[CASE] = 0.0
        ahead = row[MOST_SIGHT] + 3.0
        row[MEETING] = ahead + SEARCH_KM - 1.0
        before_db = 0.0
        for _ in range(SEARCH_KM):
            ahead_db = scatter(row, ahead)[0]
            if before_db >= LEAST_SCATTER_DB <= ahead_db and ahead_db - before_db <= slope:
                behind = ahead - 1.0
                row[MEETING] = ahead
                if before_db >= slope * behind + intercept:
                    row[CASE] = 1.0
                else:
                    row[CASE] = 2.0
                    met = (before_db - row[AT_HORIZON]) / (behind - row[MOST_SIGHT])
                    row[MET_SLOPE] = met
                    row[MET_INTERCEPT] = before_db - met * behind
                break
            before_db = ahead_db
            ahead += 1.0


@compiled
def beyond_sight(rows: Floats, which: NDArray[np.int64], distances_km: Floats) -> Floats:
    """Return rows (loss, scatter angle, height of the common volume) of paths (step 7)."""
    found = np.empty((distances_km.shape[0], 3))
    for i in range(distances_km.shape[0]):
        row = rows[which[i]]
        distance = float(distances_km[i])
        scatter_db, theta, height = scatter(row, distance)
        line_db = row[MET_SLOPE] * distance + row[MET_INTERCEPT]
        loss_db = scatter_db
        if distance < row[MEETING] or (row[CASE] == 1.0 and scatter_db > line_db):
            loss_db = line_db
        found[i, 0] = loss_db
        found[i, 1] = theta
        found[i, 2] = height
    return found
