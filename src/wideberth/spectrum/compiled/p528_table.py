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
from wideberth.spectrum.compiled.p528_gas import EARTH_KM, GROWTH, between, layers, lowest_km
from wideberth.spectrum.compiled.p528_sight import (
    EFFECTIVE_KM,
    angle_at_distance,
    end_of_two_ray_km,
    rays_at,
    two_ray,
)
from wideberth.spectrum.compiled.p528_spread import gain_over_median, sight_k, stretch_of

Floats = NDArray[np.float64]
Sheet = tuple[Floats, Floats, Floats, Floats, Floats, Floats]

LOG_LEAST: Final = math.log(1.5e-3)
LOG_RANGE: Final = math.log(20.0) - math.log(1.5e-3)
HEIGHT_ROOT_MOST: Final = 9.0  # the square root of a height above any common volume
COLUMNS: Final = 26
SHORT_OF_HORIZON_KM: Final = 0.001
SCATTERED_RAD: Final = 0.02617993878
SCATTERED_K_DB: Final = 20.0
NEAR: Final = 2e-5  # of the distance
SEARCH_KM: Final = 4.0  # about where scatter was to be met, it is looked for anew
CURVED_KM: Final = 8500.0
LEVEL_LAYERS: Final = 5  # where a ray is level, their thickness shows in its length
# Gauss and Legendre's places and weights between 0 and 1, of eight
PLACES: Final = (
    0.019855071751231856, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751,
    0.5917173212478249, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681,
)  # fmt: skip
WEIGHTS: Final = (
    0.05061426814518813, 0.11119051722668724, 0.15685332293894363, 0.18134189168918100,
    0.18134189168918100, 0.15685332293894363, 0.11119051722668724, 0.05061426814518813,
)  # fmt: skip


@compiled
def _along(
    air: Floats, ends: tuple[float, float], turn_km: float, constant: float
) -> tuple[float, float]:
    """Return gas and length of a rising ray; turn_km: where it would run level."""
    low_root = math.sqrt(max(ends[0] - turn_km, 0.0))
    run = math.sqrt(max(ends[1] - turn_km, 0.0)) - low_root
    gas_db = length_km = 0.0
    for k in range(8):
        root = low_root + run * PLACES[k]
        height = turn_km + root * root
        sine = constant / ((1.0 + 1e-6 * between(air, 0, height)) * (EARTH_KM + height))
        piece = 2.0 * root * run * WEIGHTS[k] / math.sqrt(max(1.0 - sine * sine, 1e-12))
        length_km += piece
        gas_db += piece * between(air, 1, height)
    return gas_db, length_km


@compiled
def _first_middle(height: float) -> float:
    """Return the middle of the layer of P.676 that starts at a height: its air rules the ray."""
    return 1.005 * height + 5e-5


@compiled
def _from_level(air: Floats, turn: float, top: float) -> tuple[float, float]:
    """Return gas and length of a ray that sets off level: the first layers as P.676 has them."""
    first, last, thick = layers(turn, top)
    gas_db = length_km = 0.0
    height = turn
    constant = (1.0 + 1e-6 * between(air, 0, turn + 0.5 * thick)) * (EARTH_KM + turn)
    for _ in range(first, min(last, first + LEVEL_LAYERS)):
        radius = EARTH_KM + height
        middle = height + 0.5 * thick
        sine = min(1.0, constant / ((1.0 + 1e-6 * between(air, 0, middle)) * radius))
        along = radius * math.sqrt(1.0 - sine * sine)
        step = thick * (2.0 * radius + thick)
        piece = step / (along + math.sqrt(along * along + step))
        length_km += piece
        gas_db += piece * between(air, 1, middle)
        height += thick
        thick *= GROWTH
    if last <= first + LEVEL_LAYERS:
        return gas_db, length_km
    rest = _along(air, (height, top), turn, constant)
    return gas_db + rest[0], length_km + rest[1]


@compiled
def _slant(air: Floats, row: Floats, elevation: float) -> tuple[float, float]:
    """Return gas and length of the direct ray of a pair."""
    low, high = float(row[2]), float(row[3])
    if elevation < 0.0:
        turn = lowest_km(air, low, math.cos(elevation))
        there = _from_level(air, turn, low)
        back = _from_level(air, turn, high)
        return there[0] + back[0], there[1] + back[1]
    constant = (1.0 + 1e-6 * between(air, 0, _first_middle(low))) * (EARTH_KM + low)
    constant *= math.cos(elevation)
    return _along(air, (low, high), low - 0.5 * CURVED_KM * math.sin(elevation) ** 2, constant)


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
def _angle(row: Floats, distance: float) -> float:
    """Return the angle of reflection: that of parabolas over the earth, then set right."""
    if distance <= 0.0:
        return 0.5 * math.pi
    low = 2.0 * row[2] / EFFECTIVE_KM
    high = 2.0 * row[3] / EFFECTIVE_KM
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
    for _ in range(4):
        over = rays_at(row, psi)[0] - distance
        if abs(over) <= NEAR * distance:
            return psi
        psi = min(max(psi - over / slope, 1e-12), 0.5 * math.pi)
    return angle_at_distance(row, distance, NEAR * distance)


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
        end = _angle(row, row[18])
        at_end = rays_at(row, end)
        row[18] = max(row[18], at_end[0])
        row[19] = two_ray(row, end, at_end, 0.0)[0]
    psi = _angle(row, distance)
    rays = rays_at(row, psi)
    gain_db, strength = two_ray(row, psi, rays, row[19])
    gas_db, length_km = _slant(sheet[4], row, rays[4])
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
def look_up(sheet: Sheet, freq_mhz: float, vertical: float, paths: Floats) -> Floats:
    """Return the losses of paths of one frequency; paths: rows (km, low km, high km, percent)."""
    losses = np.empty(paths.shape[0])
    row = np.zeros(COLUMNS)
    room = np.zeros(11)
    time = np.zeros(3)
    row[0] = freq_mhz
    row[1] = vertical
    _, per_km, unit_km = ground_terms(freq_mhz, vertical)
    climate_km = 65.0 * (100.0 / freq_mhz) ** (1.0 / 3.0)
    for i in range(paths.shape[0]):
        distance = float(paths[i, 0])
        row[2] = paths[i, 1]
        row[3] = paths[i, 2]
        low, low_gain = _place_terminal(sheet[0], row, 0)
        high, high_gain = _place_terminal(sheet[0], row, 1)
        draw_line(row, low_gain + high_gain, per_km, unit_km)
        if paths[i, 3] != time[0]:
            time[0] = paths[i, 3]
            time[1], time[2] = stretch_of(time[0])
        _climate(sheet[3], row[12] + climate_km, distance, room)
        if row[12] - distance > SHORT_OF_HORIZON_KM:
            found = _seen(sheet, row, (low, high), distance, room)
        else:
            found = _unseen(sheet, row, (low, high), distance)
        spread = (time[0], time[1], time[2])
        excess = gain_over_median(sheet[5], room[:3], found[1:], spread)
        losses[i] = found[0] - excess
    return losses
