"""A peer: SQLite's R*Tree of five dimensions, then shapely.

The tree stores 32-bit floats, rounded outward, so it only finds candidates.
"""

import sqlite3

import numpy as np

from benchmarks.plane import geometries
from benchmarks.settling import pairs_in_conflict
from benchmarks.spans import Spans, spans_of
from benchmarks.workload import Workload

_MEET = " AND ".join(f"a.{x}0 <= b.{x}1 AND a.{x}1 >= b.{x}0" for x in "xyhtf")
_COLUMNS = ", ".join(f"{x}0, {x}1" for x in "xyhtf")


def run(work: Workload) -> tuple[np.ndarray, int]:
    """Return the pairs in conflict, and how many candidates were measured."""
    shapes = geometries(work)
    spans = spans_of(work, shapes)
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE b USING rtree(id, {_COLUMNS})")
    base.execute(f"CREATE TABLE a (id INTEGER PRIMARY KEY, {_COLUMNS})")
    marks = ", ".join("?" * 11)
    for name, party in (("a", 0), ("b", 1)):
        rows = _rows(spans, np.flatnonzero(work.party == party))
        base.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    found = base.execute(f"SELECT a.id, b.id FROM a CROSS JOIN b WHERE {_MEET}").fetchall()
    i, j = np.array(found, np.int64).reshape(-1, 2).T
    return pairs_in_conflict(work, shapes, i, j)


def _rows(spans: Spans, places: np.ndarray) -> list[tuple[float, ...]]:
    columns = [places.tolist(), *(column[places].tolist() for column in spans)]
    return list(zip(*columns, strict=True))
