"""Ray optics and two-ray loss within sight: P.528-5 Annex 2, sections 6 to 9.

A row describes a pair of terminals (spectrum/p528/pairs.py lists its columns). Lengths in km.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_compile import compiled

Floats = NDArray[np.float64]
Rays = tuple[float, float, float, float, float, float, float, float]

EARTH_KM: Final = 6371.0
EFFECTIVE_KM: Final = 9257.0
LIGHT: Final = 0.2997925  # km MHz
DIELECTRIC: Final = 15.0
CONDUCTIVITY: Final = 0.005  # S/m
STEEP_RAD: Final = 1.56
NEAR_KM: Final = 1e-7  # how nearly the angle of a distance is found
LEAST_RAD: Final = 1e-12
MOST_STEPS: Final = 60

FREQ: Final = 0
VERTICAL: Final = 1
LOW: Final = 2
HIGH: Final = 3
LOW_HORIZON: Final = 4
LOW_EFFECTIVE: Final = 6
HIGH_EFFECTIVE: Final = 7
MOST_SIGHT: Final = 12
AT_HORIZON: Final = 15
ZERO: Final = 16
LIMIT: Final = 17
TWO_RAY_END: Final = 18
AT_END: Final = 19
SIXTH: Final = 25


@compiled
def rays_at(row: Floats, psi: float) -> Rays:
    """Return distance, direct ray, reflected ray, their difference, elevation, arms, radius."""
    cosine = math.cos(psi)
    sine = math.sin(psi)
    radius = EARTH_KM / (1.0 + (EARTH_KM / EFFECTIVE_KM - 1.0) * cosine)  # (7-1) to (7-3)
    share = (radius - EARTH_KM) / (EFFECTIVE_KM - EARTH_KM)
    low = row[LOW] - (row[LOW] - row[LOW_EFFECTIVE]) * share  # (7-4), (7-5)
    high = row[HIGH] - (row[HIGH] - row[HIGH_EFFECTIVE]) * share
    low_cosine = min(1.0, radius * cosine / (radius + low))
    high_cosine = min(1.0, radius * cosine / (radius + high))
    low_angle = math.acos(low_cosine) - psi  # (7-7)
    high_angle = math.acos(high_cosine) - psi
    low_sine = math.sqrt((1.0 - low_cosine) * (1.0 + low_cosine))
    high_sine = math.sqrt((1.0 - high_cosine) * (1.0 + high_cosine))
    low_arm = (radius + low) * (low_sine * cosine - low_cosine * sine)  # (7-8)
    high_arm = (radius + high) * (high_sine * cosine - high_cosine * sine)
    low_rise = low
    high_rise = high
    if psi <= STEEP_RAD:  # (7-9)
        low_rise = low_arm * sine / cosine
        high_rise = high_arm * sine / cosine
    distance = max(radius * (low_angle + high_angle), 0.0)  # (7-11)
    arms = low_arm + high_arm
    if arms <= 0.0:
        alpha = math.copysign(0.5 * math.pi, high_rise - low_rise)
        direct = abs(high - low)
    else:
        slope = (high_rise - low_rise) / arms
        alpha = math.atan(slope)  # (7-12)
        direct = max(abs(high - low), arms * math.sqrt(1.0 + slope * slope))  # (7-13)
    reflected = max(arms, 0.0) / cosine  # (7-14)
    longer = 4.0 * low_rise * high_rise / (direct + reflected)  # (7-15)
    return distance, direct, reflected, longer, alpha - low_angle, low_arm, high_arm, radius


@compiled
def distance_at(row: Floats, psi: float) -> float:
    """Return the distance alone."""
    cosine = math.cos(psi)
    radius = EARTH_KM / (1.0 + (EARTH_KM / EFFECTIVE_KM - 1.0) * cosine)
    share = (radius - EARTH_KM) / (EFFECTIVE_KM - EARTH_KM)
    low = row[LOW] - (row[LOW] - row[LOW_EFFECTIVE]) * share
    high = row[HIGH] - (row[HIGH] - row[HIGH_EFFECTIVE]) * share
    angle = math.acos(min(1.0, radius * cosine / (radius + low)))
    angle += math.acos(min(1.0, radius * cosine / (radius + high)))
    return max(radius * (angle - 2.0 * psi), 0.0)


@compiled
def angle_at_distance(row: Floats, distance_km: float, near_km: float) -> float:
    """Return the angle of reflection for a distance: false position on its inverse."""
    if distance_km <= 0.0:
        return 0.5 * math.pi
    wanted = 1.0 / distance_km
    below = LEAST_RAD
    f_below = 1.0 / distance_at(row, below) - wanted
    if f_below >= 0.0:
        return below
    above = min(0.5 * math.pi, 1.01 * math.atan2(row[LOW] + row[HIGH], distance_km) + 1e-6)
    reached = distance_at(row, above)
    f_above = (1.0 / reached if reached > 0.0 else 1e300) - wanted
    if f_above <= 0.0:
        above = 0.5 * math.pi
        f_above = 1e9
    psi = above
    side = 0
    for step in range(MOST_STEPS):
        if f_above > 1e3 * wanted or step % 8 == 7:
            psi = 0.5 * (below + above)
        else:
            psi = (below * f_above - above * f_below) / (f_above - f_below)
        reached = distance_at(row, psi)
        if abs(reached - distance_km) <= near_km:
            break
        f_psi = (1.0 / reached if reached > 0.0 else 1e300) - wanted
        if f_psi > 0.0:
            above = psi
            f_above = f_psi
            if side == 1:
                f_below *= 0.5
            side = 1
        else:
            below = psi
            f_below = f_psi
            if side == -1:
                f_above *= 0.5
            side = -1
    return psi


@compiled
def _angle_at_difference(row: Floats, longer_km: float) -> float:
    """Return the angle at which the reflected ray is longer by a length (6, steps 1 and 2)."""
    below = 0.0
    above = 0.5 * math.pi
    psi = above
    for _ in range(MOST_STEPS):
        psi = 0.5 * (below + above)
        found = rays_at(row, psi)[3]
        if abs(found - longer_km) <= 1e-9 * longer_km:
            break
        if found > longer_km:
            above = psi
        else:
            below = psi
    return psi


@compiled
def _reflection(psi: float, freq_mhz: float, vertical: float) -> tuple[float, float]:
    """Return magnitude and phase lag of the ground's reflection (section 9)."""
    sine = math.sin(psi)
    loss = 18000.0 * CONDUCTIVITY / freq_mhz
    real = DIELECTRIC - math.cos(psi) ** 2
    p = math.sqrt(0.5 * (math.sqrt(real * real + loss * loss) + real))
    q = loss / (2.0 * p)
    size = p * p + q * q
    if vertical > 0.5:
        b = (DIELECTRIC * DIELECTRIC + loss * loss) / size
        a = 2.0 * (p * DIELECTRIC + q * loss) / size
        alpha = math.atan2(DIELECTRIC * sine - q, DIELECTRIC * sine - p)
        beta = math.atan2(loss * sine + q, DIELECTRIC * sine + p)
    else:
        b = 1.0 / size
        a = 2.0 * p / size
        alpha = math.atan2(-q, sine - p)
        beta = math.atan2(q, sine + p)
    even = 1.0 + b * sine * sine
    return math.sqrt(max(0.0, (even - a * sine) / (even + a * sine))), alpha - beta


@compiled
def two_ray(row: Floats, psi: float, rays: Rays, at_end_db: float) -> tuple[float, float]:
    """Return the gain against free space (dB, at most 0) and the reflection (section 8)."""
    distance, direct, reflected, longer, _, low_arm, high_arm, radius = rays
    freq_mhz = row[FREQ]
    magnitude, lag = _reflection(psi, freq_mhz, row[VERTICAL])
    divergence = 1.0
    if math.tan(psi) < 0.1:  # (8-3) to (8-5)
        cosine = math.cos(psi)
        sine = math.sin(psi)
        bent = 2.0 * low_arm * high_arm / (cosine * cosine * reflected) / radius
        divergence = 1.0 / math.sqrt(1.0 + bent * (1.0 + sine * sine) / sine + bent * bent)
    shorter = min(direct / reflected, 1.0) if reflected > 0.0 else 1.0  # (8-6)
    strength = magnitude * divergence * shorter
    if distance > row[TWO_RAY_END]:  # (8-1)
        run = (distance - row[TWO_RAY_END]) / (row[MOST_SIGHT] - row[TWO_RAY_END])
        return run * (-row[AT_HORIZON] - at_end_db) + at_end_db, strength
    if psi > row[LIMIT]:
        return 0.0, strength
    phase = 2.0 * math.pi * longer * freq_mhz / LIGHT + lag  # (8-8)
    power = 1.0 + strength * (strength + 2.0 * math.cos(phase))  # (8-9) to (8-11)
    return 10.0 * math.log10(min(max(power, 1e-30), 1.0)), strength


@compiled
def end_of_two_ray_km(row: Floats, sixth_km: float) -> float:
    """Return where the two-ray region ends (section 6, step 3)."""
    zero_km = row[ZERO]
    most_km = row[MOST_SIGHT]
    own_km = row[LOW_HORIZON]
    if own_km >= zero_km or zero_km >= most_km:
        return float(own_km if own_km > sixth_km or sixth_km > most_km else sixth_km)
    return float(sixth_km if zero_km < sixth_km < most_km else zero_km)


@compiled
def settle(rows: Floats) -> None:
    """Fill the columns of each pair that rule the region within sight: limit, end, gain there."""
    for i in range(rows.shape[0]):
        row = rows[i]
        wave_km = LIGHT / row[FREQ]
        row[LIMIT] = _angle_at_difference(row, 0.5 * wave_km)
        sixth_km = rays_at(row, _angle_at_difference(row, wave_km / 6.0))[0]
        end_km = end_of_two_ray_km(row, sixth_km)
        row[SIXTH] = sixth_km
        psi = angle_at_distance(row, end_km, NEAR_KM)
        rays = rays_at(row, psi)
        row[TWO_RAY_END] = max(rays[0], end_km)
        row[AT_END] = two_ray(row, psi, rays, 0.0)[0]


@compiled
def within_sight(rows: Floats, which: NDArray[np.int64], distances_km: Floats) -> Floats:
    """Return rows (direct ray, elevation, gain, reflection, excess in wavelengths) of paths."""
    found = np.empty((distances_km.shape[0], 5))
    for i in range(distances_km.shape[0]):
        row = rows[which[i]]
        psi = angle_at_distance(row, float(distances_km[i]), NEAR_KM)
        rays = rays_at(row, psi)
        gain_db, strength = two_ray(row, psi, rays, row[AT_END])
        found[i, 0] = rays[1]
        found[i, 1] = rays[4]
        found[i, 2] = gain_db
        found[i, 3] = strength
        found[i, 4] = rays[3] * row[FREQ] / LIGHT
    return found
