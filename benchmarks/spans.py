"""Volumes as plain intervals on five axes of the peers' plane, widened by the minima."""

from typing import NamedTuple

import numpy as np
import shapely

from benchmarks.plane import BOW_M, SCALE
from benchmarks.workload import MINIMA, Workload

ALL_HZ = 1e12  # a volume without a band meets every band


class Spans(NamedTuple):
    """Lowest and highest of each volume on each axis: metres, metres, metres, seconds, hertz."""

    x0: np.ndarray
    x1: np.ndarray
    y0: np.ndarray
    y1: np.ndarray
    h0: np.ndarray
    h1: np.ndarray
    t0: np.ndarray
    t1: np.ndarray
    f0: np.ndarray
    f1: np.ndarray


def spans_of(work: Workload, shapes: np.ndarray) -> Spans:
    """Return intervals that meet wherever two volumes may be in conflict."""
    west, south, east, north = shapely.bounds(shapes).T
    pad_m = (work.radius_m + MINIMA.lateral_m / 2.0) * (1.0 + SCALE) + BOW_M
    high_m, late_s = MINIMA.vertical_m / 2.0, MINIMA.time_s / 2.0
    return Spans(
        west - pad_m,
        east + pad_m,
        south - pad_m,
        north + pad_m,
        work.low_m - high_m,
        work.high_m + high_m,
        work.start_s - late_s,
        work.end_s + late_s,
        np.nan_to_num(work.low_hz, nan=0.0),
        np.nan_to_num(work.high_hz, nan=ALL_HZ),
    )
