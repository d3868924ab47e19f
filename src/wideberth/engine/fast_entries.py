"""The discs of entries, compiled: the same as `entries.discs_in_arrays`, each vertex seen once."""

import math
from typing import Final

import numpy as np

from wideberth.engine.compiled import compiled
from wideberth.engine.entries import (
    LEAST_RADIUS_M,
    ROUNDING_M,
    VAST_M,
    Discs,
    Offsets,
    Places,
    Rings,
)
from wideberth.engine.geodesy import ECCENTRICITY_2, SEMI_MAJOR_M, Floats
from wideberth.engine.shape import HALF_WORLD_M

SQUEEZE: Final = 1.0 - ECCENTRICITY_2
RADIAN: Final = math.pi / 180.0


@compiled
def earth_centred(lon: float, lat: float) -> tuple[float, float, float]:
    """Return the place on the ellipsoid of a longitude and latitude in radians (`geodesy.ecef`)."""
    sin_lat = math.sin(lat)
    normal_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin_lat * sin_lat)
    across = normal_m * math.cos(lat)
    return across * math.cos(lon), across * math.sin(lon), normal_m * SQUEEZE * sin_lat


@compiled
def middle_of(low: Floats, high: Floats) -> tuple[float, float, float, bool]:
    """Return the place on the ellipsoid above the middle of a box, and whether there is one."""
    x, y, z = (low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0, (low[2] + high[2]) / 2.0
    across = math.hypot(x, y)
    at = earth_centred(math.atan2(y, x), math.atan2(z / SQUEEZE, across))
    return at[0], at[1], at[2], math.hypot(across, z) >= 1000.0


def discs_compiled(rings: Rings) -> Discs:
    """Return the discs of all entries."""
    total = int((rings.ring_to - rings.ring_from).sum())
    vertices = np.empty((total, 3), np.float32)  # of numpy, which asks for large pages of memory
    return Discs(
        *_discs(rings.lonlat, rings.ring_from, rings.ring_to, rings.first_ring, vertices), vertices
    )


@compiled
def _discs(
    lonlat: Floats, ring_from: Places, ring_to: Places, first_ring: Places, vertices: Offsets
) -> tuple[Floats, Floats, Floats]:
    """Write the vertices, and return the rest."""
    count = len(first_ring) - 1
    most = 0
    for k in range(count):
        size = 0
        for ring in range(first_ring[k], first_ring[k + 1]):
            size += ring_to[ring] - ring_from[ring]
        most = max(most, size)
    centre, core_m, edge_m = np.empty((count, 3)), np.empty(count), np.empty(count)
    points = np.empty((most, 3))
    low, high = np.empty(3), np.empty(3)
    done = 0
    for k in range(count):
        low[:], high[:] = math.inf, -math.inf
        edge = 0.0
        held = 0
        for ring in range(first_ring[k], first_ring[k + 1]):
            for n in range(ring_from[ring], ring_to[ring]):
                place = earth_centred(lonlat[n, 0] * RADIAN, lonlat[n, 1] * RADIAN)
                square = 0.0
                for axis in range(3):
                    points[held, axis] = place[axis]
                    low[axis] = min(low[axis], place[axis])
                    high[axis] = max(high[axis], place[axis])
                    square += (place[axis] - points[held - 1, axis]) ** 2 if held else 0.0
                if n > ring_from[ring]:
                    edge = max(edge, square)
                held += 1
        x, y, z, is_held = middle_of(low, high)
        if held == 1:
            x, y, z = low
        far = 0.0
        for n in range(held):
            dx, dy, dz = points[n, 0] - x, points[n, 1] - y, points[n, 2] - z
            far = max(far, dx * dx + dy * dy + dz * dz)
            vertices[done + n, 0] = dx
            vertices[done + n, 1] = dy
            vertices[done + n, 2] = dz
        done += held
        centre[k, 0], centre[k, 1], centre[k, 2] = x, y, z
        half = min(1.0, math.sqrt(far) / (2.0 * LEAST_RADIUS_M))
        reach_m = 2.0 * LEAST_RADIUS_M * math.asin(half) + ROUNDING_M
        core_m[k] = 0.0 if held == 1 else reach_m
        if reach_m > VAST_M or not is_held:
            core_m[k] = HALF_WORLD_M
        edge_m[k] = math.sqrt(edge)
    return centre, core_m, edge_m
