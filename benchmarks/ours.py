"""Ours: the plain and the compiled join, from flat arrays to the exact set of pairs."""

import numpy as np

from benchmarks.settling import is_conflict, keys_of
from benchmarks.workload import MINIMA, Workload
from wideberth.engine.fast_entries import discs_compiled
from wideberth.engine.join import join


def plain(work: Workload) -> tuple[np.ndarray, int]:
    """Return the pairs in conflict by numpy and shapely; candidates are not counted apart."""
    return _run(work, fast=False), -1


def compiled(work: Workload) -> tuple[np.ndarray, int]:
    """Return the pairs in conflict by the compiled path."""
    return _run(work, fast=True), -1


def _run(work: Workload, *, fast: bool) -> np.ndarray:
    columns = work.columns(discs_compiled if fast else None)
    everyone = np.arange(len(work))

    def settle(i: int, j: int) -> bool:
        return is_conflict(work, i, j)

    i, j = join(columns, (everyone, everyone), MINIMA, settle, fast=fast)
    return keys_of(work, i, j)
