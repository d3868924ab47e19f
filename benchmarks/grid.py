"""A peer: DuckDB, joining on the cells of a hand-made grid, then shapely."""

import duckdb
import numpy as np

from benchmarks.plane import geometries
from benchmarks.settling import pairs_in_conflict
from benchmarks.spans import spans_of
from benchmarks.workload import Workload

CELL_M = 120_000.0
CELL_S = 4 * 3600.0

_CELLS = """
    CREATE TEMP TABLE {name} AS
    SELECT id, x0, x1, y0, y1, h0, h1, t0, t1, f0, f1, cx, cy, ct
    FROM (SELECT *, unnest(range(floor(x0 / {m})::BIGINT, floor(x1 / {m})::BIGINT + 1)) AS cx
          FROM (SELECT *, unnest(range(floor(y0 / {m})::BIGINT, floor(y1 / {m})::BIGINT + 1)) AS cy
                FROM (SELECT *,
                      unnest(range(floor(t0 / {s})::BIGINT, floor(t1 / {s})::BIGINT + 1)) AS ct
                      FROM volumes WHERE party = {party})))
"""
_JOIN = f"""
    SELECT a.id AS i, b.id AS j FROM a JOIN b
    ON a.cx = b.cx AND a.cy = b.cy AND a.ct = b.ct
    WHERE a.x0 <= b.x1 AND b.x0 <= a.x1 AND a.y0 <= b.y1 AND b.y0 <= a.y1
      AND a.h0 <= b.h1 AND b.h0 <= a.h1 AND a.t0 <= b.t1 AND b.t0 <= a.t1
      AND a.f0 <= b.f1 AND b.f0 <= a.f1
      AND a.cx = floor(greatest(a.x0, b.x0) / {CELL_M})
      AND a.cy = floor(greatest(a.y0, b.y0) / {CELL_M})
      AND a.ct = floor(greatest(a.t0, b.t0) / {CELL_S})
"""  # a pair is met in every cell that both touch, and kept in the lowest of them


def run(work: Workload) -> tuple[np.ndarray, int]:
    """Return the pairs in conflict, and how many candidates were measured."""
    shapes = geometries(work)
    spans = spans_of(work, shapes)
    volumes = {"id": np.arange(len(work)), "party": work.party}
    volumes |= dict(zip(spans._fields, spans, strict=True))
    base = duckdb.connect()
    base.execute("SET threads TO 1")
    base.register("volumes", volumes)
    for name, party in (("a", 0), ("b", 1)):
        base.execute(_CELLS.format(name=name, m=CELL_M, s=CELL_S, party=party))
    found = base.execute(_JOIN).fetchnumpy()
    return pairs_in_conflict(work, shapes, np.asarray(found["i"]), np.asarray(found["j"]))
