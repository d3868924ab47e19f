"""The tuned peer: a shapely tree for each slab of four hours, numpy filters, plain `dwithin`."""

import numpy as np
import shapely

from benchmarks.plane import (
    BOW_M,
    SCALE,
    are_close_elsewhere,
    conflicts,
    geometries,
)
from benchmarks.settling import decide, keys_of
from benchmarks.workload import MINIMA, Workload

SLAB_S = 4 * 3600.0


def run(work: Workload) -> tuple[np.ndarray, int]:
    """Return the pairs in conflict, and how many candidates were measured."""
    shapes = geometries(work)
    west, south, east, north = shapely.bounds(shapes).T
    pad_m = (work.radius_m + MINIMA.lateral_m / 2.0) * (1.0 + SCALE) + BOW_M
    boxes = shapely.box(west - pad_m, south - pad_m, east + pad_m, north + pad_m)
    first = np.floor(work.start_s / SLAB_S).astype(int)
    last = np.floor((work.end_s + MINIMA.time_s) / SLAB_S).astype(int)
    found, unsure_pairs, candidates = [], [], 0
    for slab in range(first.min(), last.max() + 1):
        here = (first <= slab) & (slab <= last)
        a, b = np.flatnonzero(here & (work.party == 0)), np.flatnonzero(here & (work.party == 1))
        if not len(a) or not len(b):
            continue
        hit, other = shapely.STRtree(boxes[b]).query(boxes[a])
        i, j = a[hit], b[other]
        keep = np.maximum(first[i], first[j]) == slab
        i, j = i[keep], j[keep]
        keep = are_close_elsewhere(work, i, j)
        i, j = i[keep], j[keep]
        candidates += len(i)
        sure, unsure = conflicts(work, shapes, i, j)
        found.append((i[sure], j[sure]))
        unsure_pairs.append((i[unsure], j[unsure]))
    i, j = (np.concatenate(parts) for parts in zip(*unsure_pairs, strict=True))
    yes = decide(work, i, j)
    found.append((i[yes], j[yes]))
    i, j = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return keys_of(work, i, j), candidates
