"""Looking up P.528-5: what is slow to find is interpolated, the rest is reckoned as it stands.

A sheet holds one frequency: (terminals, pairs, scatter gas, climates, air, fading), see
spectrum/p528/table.py. Heights and lengths in km, gas in dB.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_beyond import (
    draw_line,
    ground_terms,
    scatter,
)
from wideberth.spectrum.compiled.p528_compile import compiled
from wideberth.spectrum.compiled.p528_quick_gas import slant
from wideberth.spectrum.compiled.p528_sight import (
    EFFECTIVE_KM,
    Rays,
    angle_at_distance,
    distance_at,
    end_of_two_ray_km,
    rays_at,
    two_ray,
)
from wideberth.spectrum.compiled.p528_spread import gain_over_median, sight_k, stretch_of

Floats = NDArray[np.float64]
Sheet = tuple[Floats, Floats, Floats, Floats, Floats, Floats]
Paths = tuple[Floats, Floats, Floats, Floats]

LOG_LEAST: Final = math.log(1.5e-3)
LOG_RANGE: Final = math.log(20.0) - math.log(1.5e-3)
HEIGHT_ROOT_MOST: Final = 9.0  # the square root of a height above any common volume
COLUMNS: Final = 26
SHORT_OF_HORIZON_KM: Final = 0.001
SCATTERED_RAD: Final = 0.02617993878
SCATTERED_K_DB: Final = 20.0
NEAR: Final = 2e-5  # of the distance
SEARCH_KM: Final = 4.0  # about where scatter was to be met, it is looked for anew


@compiled
def _place_terminal(terminals: Floats, row: Floats, of: int) -> tuple[float, float]:
    """Fill the columns of one terminal of a pair; return its place on the scale, and its gain."""
    height = row[2 + of]
    scale = min(max((math.log(height) - LOG_LEAST) / LOG_RANGE, 0.0), 1.0)
    place = scale * (terminals.shape[0] - 1)
    node = min(int(place), terminals.shape[0] - 2)
    share = place - node
    root = math.sqrt(height)
    for k in range(4):
        value = terminals[node, k] + share * (terminals[node + 1, k] - terminals[node, k])
        row[4 + 2 * k + of] = value * (height if k == 1 else root)
    gain = terminals[node, 4] + share * (terminals[node + 1, 4] - terminals[node, 4])
    return scale, gain


@compiled
def _on_pairs(pairs: Floats, low: float, high: float, of: int) -> float:
    """Return one of the numbers of pairs, bilinear between the nodes of heights."""
    most = pairs.shape[0] - 1
    i = min(int(low * most), most - 1)
    j = min(int(high * most), most - 1)
    a = low * most - i
    b = high * most - j
    before = pairs[i, j, of] + b * (pairs[i, j + 1, of] - pairs[i, j, of])
    after = pairs[i + 1, j, of] + b * (pairs[i + 1, j + 1, of] - pairs[i + 1, j, of])
    return float(before + a * (after - before))


@compiled
def _climate(climates: Floats, reach: float, distance: float, found: Floats) -> None:
    """Fill in the long-term variability at a distance ((14-1) to (14-4))."""
    place = 130.0 * distance / reach if distance <= reach else 130.0 + distance - reach
    node = min(int(place), climates.shape[0] - 2)
    for k in range(3):
        found[k] = climates[node, k] + (place - node) * (climates[node + 1, k] - climates[node, k])


@compiled
def _angle(row: Floats, distance: float) -> tuple[float, Rays]:
    """Return the angle of reflection, that of parabolas over the earth set right, and the rays."""
    if distance <= 0.0:
        return 0.5 * math.pi, rays_at(row, 0.5 * math.pi)
    is_flat = distance > 5.0 * row[3]  # there, the effective heights are nearer the truth
    low = 2.0 * (row[6] if is_flat else row[2]) / EFFECTIVE_KM
    high = 2.0 * (row[7] if is_flat else row[3]) / EFFECTIVE_KM
    wanted = distance / EFFECTIVE_KM
    # the angle if both arms were straight is too much; less what the earth falls away, too little
    tangent = 0.5 * (low + high) / wanted
    tangent = max(tangent - 0.35 * wanted, 0.05 * tangent)
    per_radian = 0.0
    for step in range(12):
        low_arm = math.sqrt(tangent * tangent + low)
        high_arm = math.sqrt(tangent * tangent + high)
        over = low_arm + high_arm - 2.0 * tangent - wanted
        per_radian = tangent / low_arm + tangent / high_arm - 2.0
        if step > 5 or abs(over) < 1e-5 * wanted:
            break
        tangent = max(tangent - over / per_radian, 0.0)
    psi = math.atan(tangent)
    slope = per_radian * EFFECTIVE_KM * (1.0 + tangent * tangent)
    psi_before = before = 0.0
    for _ in range(5):
        over = distance_at(row, psi) - distance
        if abs(over) <= NEAR * distance:
            return psi, rays_at(row, psi)
        if before not in (0.0, over):
            slope = (over - before) / (psi - psi_before)
        psi_before = psi
        before = over
        psi = min(max(psi - over / slope, 1e-12), 0.5 * math.pi)
    psi = angle_at_distance(row, distance, NEAR * distance)
    return psi, rays_at(row, psi)


@compiled
def _seen(
    sheet: Sheet, row: Floats, scales: tuple[float, float], distance: float, room: Floats
) -> tuple[float, float, float, float]:
    """Return loss, gain, part of the variability and K of a path within sight."""
    pairs = sheet[1]
    row[17] = math.exp(_on_pairs(pairs, scales[0], scales[1], 0))
    row[18] = end_of_two_ray_km(row, math.exp(_on_pairs(pairs, scales[0], scales[1], 1)))
    row[19] = 0.0
    if distance > row[18]:
        end, at_end = _angle(row, row[18])
        row[18] = max(row[18], at_end[0])
        row[19] = two_ray(row, end, at_end, 0.0)[0]
    psi, rays = _angle(row, distance)
    gain_db, strength = two_ray(row, psi, rays, row[19])
    gas_db, length_km = slant(sheet[4], float(row[2]), float(row[3]), rays[4])
    room[4] = rays[1]
    room[5] = rays[4]
    room[6] = gain_db
    room[7] = strength
    room[8] = rays[3] * row[0] / 0.2997925
    room[9] = row[0]
    room[10] = length_km
    k_db, part = sight_k(sheet[5], room[:3], room[4:9], room[9:11])
    return 20.0 * math.log10(row[0] * rays[1]) + 32.45 + gas_db - gain_db, gain_db, part, k_db


@compiled
def _meeting(row: Floats, about: float, case: float) -> tuple[float, float]:
    """Return where scatter takes over, found anew about a place, and the case (3, step 6)."""
    ahead = max(about - SEARCH_KM, row[12] + 4.0)
    before_db = scatter(row, ahead - 1.0)[0]
    for _ in range(10):
        ahead_db = scatter(row, ahead)[0]
        if before_db >= 20.0 <= ahead_db and ahead_db - before_db <= row[13]:
            return ahead, 1.0 if before_db >= row[13] * (ahead - 1.0) + row[14] else 2.0
        before_db = ahead_db
        ahead += 1.0
    return about, case


@compiled
def _unseen(
    sheet: Sheet, row: Floats, scales: tuple[float, float], distance: float
) -> tuple[float, float, float, float]:
    """Return loss, gain, part of the variability and K of a path beyond the horizon."""
    pairs = sheet[1]
    most = pairs.shape[0] - 1
    scatter_db, theta, height = scatter(row, distance)
    meeting = row[12] + 3.0 + round(_on_pairs(pairs, scales[0], scales[1], 3))
    i = min(int(scales[0] * most), most - 1)
    j = min(int(scales[1] * most), most - 1)
    case = pairs[i, j, 4]
    is_even = case == pairs[i + 1, j, 4] == pairs[i, j + 1, 4] == pairs[i + 1, j + 1, 4]
    slope = row[13]
    loss_db = scatter_db
    if abs(distance - meeting) < SEARCH_KM or not is_even:
        meeting, case = _meeting(row, meeting, case)
    if distance < meeting:
        if case == 2.0:
            met_db = scatter(row, meeting - 1.0)[0]
            slope = (met_db - row[15]) / (meeting - 1.0 - row[12])
        loss_db = row[15] + slope * (distance - row[12])
    elif case == 1.0:
        loss_db = min(scatter_db, row[14] + slope * distance)
    place = min(math.sqrt(height) / HEIGHT_ROOT_MOST, 1.0) * (sheet[2].shape[0] - 1)
    node = min(int(place), sheet[2].shape[0] - 2)
    share = place - node
    gas_db = sheet[2][node, 0] + share * (sheet[2][node + 1, 0] - sheet[2][node, 0])
    ray_km = sheet[2][node, 1] + share * (sheet[2][node + 1, 1] - sheet[2][node, 1])
    length_km = row[10] + row[11] + 2.0 * ray_km
    at_horizon_db = _on_pairs(pairs, scales[0], scales[1], 2)
    k_db = at_horizon_db + min(theta / SCATTERED_RAD, 1.0) * (SCATTERED_K_DB - at_horizon_db)
    free_db = 20.0 * math.log10(row[0] * length_km) + 32.45
    return free_db + row[8] + row[9] + 2.0 * gas_db + loss_db, -loss_db, 1.0, k_db


@compiled
def _is_spoken_of(spans: Floats, place: tuple[float, float, float, float]) -> bool:
    """Return whether the model speaks of a path; spans: rows of least and most."""
    distance, low, high, percent = place
    within = spans[0, 0] <= distance <= spans[0, 1] and spans[3, 0] <= percent <= spans[3, 1]
    within = within and spans[1, 0] <= low <= high <= spans[2, 1]
    return bool(within and (low < high or distance > 0.0))


@compiled
def look_up(sheet: Sheet, of: tuple[float, float], spans: Floats, paths: Paths) -> Floats:
    """Return the losses of paths of one frequency, NaN where the model says nothing.

    of: (MHz, vertical); paths: columns of distance, low and high height in m, percentage of time.
    """
    distances_m, lows_m, highs_m, percents = paths
    losses = np.empty(distances_m.shape[0])
    row = np.zeros(COLUMNS)
    room = np.zeros(11)
    row[0], row[1] = of
    _, per_km, unit_km = ground_terms(of[0], of[1])
    climate_km = 65.0 * (100.0 / of[0]) ** (1.0 / 3.0)
    percent = stretch = cap_db = -1.0
    for i in range(distances_m.shape[0]):
        place = (float(distances_m[i]), float(lows_m[i]), float(highs_m[i]), float(percents[i]))
        if not _is_spoken_of(spans, place):
            losses[i] = math.nan
            continue
        if place[3] != percent:
            percent = place[3]
            stretch, cap_db = stretch_of(percent)
        distance = place[0] * 1e-3
        row[2] = place[1] * 1e-3
        row[3] = place[2] * 1e-3
        low, low_gain = _place_terminal(sheet[0], row, 0)
        high, high_gain = _place_terminal(sheet[0], row, 1)
        draw_line(row, low_gain + high_gain, per_km, unit_km)
        _climate(sheet[3], row[12] + climate_km, distance, room)
        if row[12] - distance > SHORT_OF_HORIZON_KM:
            found = _seen(sheet, row, (low, high), distance, room)
        else:
            found = _unseen(sheet, row, (low, high), distance)
        time = (percent, stretch, cap_db)
        losses[i] = found[0] - gain_over_median(sheet[5], room[:3], found[1:], time)
    return losses
