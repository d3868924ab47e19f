"""Rays through the layered air of P.676-12 Annex 1 (2.2), as P.528-5 asks for them.

Heights and lengths in km, angles in rad, gas in dB. `air` is a table over height: 10 m apart up
to 22 km, 100 m apart above; its columns: refractivity (N units), specific attenuation (dB/km).
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_compile import compiled

Floats = NDArray[np.float64]

EARTH_KM: Final = 6371.0
FINE_TOP_KM: Final = 22.0
FINE_PER_KM: Final = 100.0
FINE_NODES: Final = 2200
COARSE_PER_KM: Final = 10.0
GROWTH: Final = math.exp(0.01)  # a layer is this much thicker than the one below it
GRAZING_KM: Final = 1e-3  # how nearly the lowest point of a descending ray is found
MOST_HALVINGS: Final = 60


@compiled
def between(air: Floats, column: int, height_km: float) -> float:
    """Return a quantity of the air at a height, linear between the nodes of its table."""
    if height_km < FINE_TOP_KM:
        place = max(height_km, 0.0) * FINE_PER_KM
        node = int(place)
        share = place - node
    else:
        place = (height_km - FINE_TOP_KM) * COARSE_PER_KM
        node = min(int(place), air.shape[0] - 2 - FINE_NODES)
        share = place - node
        node += FINE_NODES
    return float(air[node, column] + share * (air[node + 1, column] - air[node, column]))


@compiled
def layers(low_km: float, high_km: float) -> tuple[int, int, float]:
    """Return the first layer, the one past the last, and how thick the first is (P.676 (14))."""
    first = math.floor(100.0 * math.log(1e4 * low_km * (GROWTH - 1.0) + 1.0) + 1.0)
    last = math.ceil(100.0 * math.log(1e4 * high_km * (GROWTH - 1.0) + 1.0) + 1.0)
    if last <= first or high_km <= low_km:
        return first, first, 0.0
    spread = math.exp((last - first) / 100.0) - 1.0
    return first, last, (GROWTH - 1.0) / spread * (high_km - low_km)


@compiled
def _rise(
    air: Floats, low_km: float, high_km: float, sine: float
) -> tuple[float, float, float, float]:
    """Return gas, length, bending and angle from the vertical of a ray that rises.

    sine: of the angle from the vertical at the low end (P.676 (12) to (18)).
    """
    first, last, thick = layers(low_km, high_km)
    gas_db = length_km = bending = 0.0
    leaving = math.asin(min(1.0, sine))
    if last <= first:
        return gas_db, length_km, bending, leaving
    height = low_km
    radius = EARTH_KM + height
    index = 1.0 + 1e-6 * between(air, 0, height + 0.5 * thick)
    constant = index * radius * sine
    for layer in range(first, last):
        middle = height + 0.5 * thick
        s_in = min(1.0, constant / (index * radius))
        height += thick
        top = EARTH_KM + height
        s_out = min(1.0, constant / (index * top))
        leaving = math.asin(s_out)
        along = radius * math.sqrt(1.0 - s_in * s_in)
        step = thick * (radius + top)
        piece = step / (along + math.sqrt(along * along + step))
        length_km += piece
        gas_db += piece * between(air, 1, middle)
        thick *= GROWTH
        above = 1.0 + 1e-6 * between(air, 0, height + 0.5 * thick)
        if layer != last - 1:
            bending += math.asin(min(1.0, index / above * s_out)) - leaving
        index = above
        radius = top
    return gas_db, length_km, bending, leaving


@compiled
def lowest_km(air: Floats, low_km: float, sine: float) -> float:
    """Return the height at which a ray that sets off downwards runs level (P.676 2.2.2)."""
    start = (1.0 + 1e-6 * between(air, 0, low_km)) * (EARTH_KM + low_km) * sine
    height = low_km
    half = 0.5 * low_km
    over = 1.0
    for _ in range(MOST_HALVINGS):
        height = height - half if over > 0.0 else height + half
        half *= 0.5
        over = (1.0 + 1e-6 * between(air, 0, height)) * (EARTH_KM + height) - start
        if abs(over) <= GRAZING_KM:
            break
    return height


@compiled
def grazing_rays(air: Floats, heights_km: Floats) -> Floats:
    """Return rows (gas, length, bending, angle) of the rays that leave the ground level."""
    rows = np.empty((heights_km.shape[0], 4))
    for i in range(heights_km.shape[0]):
        gas_db, length_km, bending, leaving = _rise(air, 0.0, float(heights_km[i]), 1.0)
        rows[i, 0] = gas_db
        rows[i, 1] = length_km
        rows[i, 2] = bending
        rows[i, 3] = leaving
    return rows


@compiled
def slant_rays(air: Floats, ends: Floats) -> Floats:
    """Return rows (gas, length); ends: rows (low, high, angle above the horizontal at the low)."""
    rows = np.empty((ends.shape[0], 2))
    for i in range(ends.shape[0]):
        low_km = float(ends[i, 0])
        high_km = float(ends[i, 1])
        sine = math.cos(float(ends[i, 2]))
        if ends[i, 2] < 0.0:
            turn_km = lowest_km(air, low_km, sine)
            there = _rise(air, turn_km, low_km, 1.0)
            back = _rise(air, turn_km, high_km, 1.0)
            rows[i, 0] = there[0] + back[0]
            rows[i, 1] = there[1] + back[1]
        else:
            up = _rise(air, low_km, high_km, sine)
            rows[i, 0] = up[0]
            rows[i, 1] = up[1]
    return rows
