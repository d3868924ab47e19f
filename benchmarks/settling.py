"""What every method does with the pairs its plane cannot decide, so that all sets are equal."""

import numpy as np

from benchmarks.plane import are_close_elsewhere, conflicts
from benchmarks.workload import MINIMA, Workload
from wideberth.engine.columns import Columns
from wideberth.engine.distance import gap
from wideberth.engine.screen import Verdict, screen
from wideberth.engine.shape import Core, Shape, shape_of
from wideberth.model.footprint import Circle, Corridor, Footprint, Polygon


def footprint(work: Workload, row: int) -> Footprint:
    """Return a volume's footprint."""
    chain = work.lonlat[work.chain_start[row] : work.chain_start[row + 1]].tolist()
    points = tuple((lon, lat) for lon, lat in chain)
    radius_m = float(work.radius_m[row])
    match work.core[row]:
        case Core.AREA:
            return Polygon.of(points)
        case Core.POINT:
            return Circle(points[0], radius_m)
    return Corridor(points, radius_m)


def is_conflict(work: Workload, i: int, j: int) -> bool:
    """Say exactly whether two volumes that are close on the other axes are in conflict."""
    shapes: tuple[Shape, Shape] = shape_of(footprint(work, i)), shape_of(footprint(work, j))
    found = gap(*shapes)
    return found.is_overlap or found.gap_m < MINIMA.lateral_m - 1e-4


def decide(work: Workload, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return which pairs near the limit are conflicts: in a plane for each pair, then exactly."""
    rows, both = np.unique(np.concatenate((i, j)), return_inverse=True)
    columns: Columns = work.of(rows).columns()
    verdicts = screen(columns, both[: len(i)], both[len(i) :], MINIMA.lateral_m)
    result = verdicts == Verdict.CONFLICT
    for k in np.flatnonzero(verdicts == Verdict.UNSURE):
        result[k] = is_conflict(work, int(i[k]), int(j[k]))
    return result


def pairs_in_conflict(
    work: Workload, shapes: np.ndarray, i: np.ndarray, j: np.ndarray
) -> tuple[np.ndarray, int]:
    """Return as keys which candidates are in conflict, and how many candidates there were."""
    keep = are_close_elsewhere(work, i, j)
    i, j = i[keep], j[keep]
    is_sure, is_unsure = conflicts(work, shapes, i, j)
    settled = np.flatnonzero(is_unsure)
    is_sure[settled[decide(work, i[settled], j[settled])]] = True
    return keys_of(work, i[is_sure], j[is_sure]), len(i)


def keys_of(work: Workload, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Return pairs as sorted numbers, to compare sets."""
    keys = np.minimum(i, j).astype(np.int64) * len(work) + np.maximum(i, j)
    keys.sort()
    return keys
