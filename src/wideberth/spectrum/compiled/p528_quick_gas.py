"""Gas along a ray by eight places of Gauss and Legendre, for the table form of P.528-5.

Heights and lengths in km, gas in dB, `air` as in p528_gas.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.compiled.p528_compile import compiled
from wideberth.spectrum.compiled.p528_gas import EARTH_KM, GROWTH, between, layers, lowest_km

Floats = NDArray[np.float64]

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
def slant(air: Floats, low: float, high: float, elevation: float) -> tuple[float, float]:
    """Return gas and length of the ray between two heights; elevation: at the low one."""
    if elevation < 0.0:
        turn = lowest_km(air, low, math.cos(elevation))
        there = _from_level(air, turn, low)
        back = _from_level(air, turn, high)
        return there[0] + back[0], there[1] + back[1]
    constant = (1.0 + 1e-6 * between(air, 0, _first_middle(low))) * (EARTH_KM + low)
    constant *= math.cos(elevation)
    return _along(air, (low, high), low - 0.5 * CURVED_KM * math.sin(elevation) ** 2, constant)
