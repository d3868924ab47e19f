"""The plane that the peers work in: a conformal cone over the theatre, with its known error.

Between the cone's parallels and a little beyond, lengths are off by less than SCALE; a geodesic
edge of at most 110 km leaves the straight line by less than BOW_M (tests/test_benchmarks.py).
"""

import numpy as np
import shapely
from pyproj import Transformer

from benchmarks.workload import MINIMA, Workload
from wideberth.engine.shape import Core

CONE = "+proj=lcc +lat_0=35.5 +lon_0=27.5 +lat_1=31 +lat_2=40 +ellps=WGS84"
SCALE = 0.006
BOW_M = 60.0


def geometries(work: Workload) -> np.ndarray:
    """Return the cores of all volumes in the plane."""
    plane = Transformer.from_crs("EPSG:4326", CONE, always_xy=True)
    xy = np.stack(plane.transform(work.lonlat[:, 0], work.lonlat[:, 1]), axis=1)
    sizes = np.diff(work.chain_start)
    whose = np.repeat(np.arange(len(work)), sizes)
    made = np.empty(len(work), object)
    for core in (Core.AREA, Core.LINE, Core.POINT):
        rows = np.flatnonzero(work.core == core)
        if not len(rows):
            continue
        flat = xy[work.core[whose] == core]
        which = np.repeat(np.arange(len(rows)), sizes[rows])
        if core == Core.AREA:
            made[rows] = shapely.polygons(shapely.linearrings(flat, indices=which))
        elif core == Core.LINE:
            made[rows] = shapely.linestrings(flat, indices=which)
        else:
            made[rows] = shapely.points(flat)
    return made


def limits_m(work: Workload, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return how near two cores may be."""
    return MINIMA.lateral_m + work.radius_m[i] + work.radius_m[j]


def are_close_elsewhere(work: Workload, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return which pairs are too close in time, height and frequency."""
    time_s = np.maximum(work.start_s[i] - work.end_s[j], work.start_s[j] - work.end_s[i])
    high_m = np.maximum(work.low_m[i] - work.high_m[j], work.low_m[j] - work.high_m[i])
    gap_hz = np.maximum(work.low_hz[i] - work.high_hz[j], work.low_hz[j] - work.high_hz[i])
    return (
        (time_s < MINIMA.time_s - 1e-6)
        & (high_m < MINIMA.vertical_m - 1e-6)
        & ~(gap_hz >= MINIMA.freq_hz - 1e-3)
    )


def conflicts(
    work: Workload, shapes: np.ndarray, i: np.ndarray, j: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which candidate pairs are surely in conflict in the plane, and which are unsure.

    Geometries are not prepared: with one candidate or so for each, that costs more than it gains.
    """
    limit_m = limits_m(work, i, j)
    sure = shapely.dwithin(shapes[i], shapes[j], limit_m * (1.0 - SCALE) - BOW_M)
    rest = np.flatnonzero(~sure)
    near = shapely.dwithin(shapes[i[rest]], shapes[j[rest]], limit_m[rest] * (1.0 + SCALE) + BOW_M)
    unsure = np.zeros(len(i), bool)
    unsure[rest[near]] = True
    return sure, unsure
