"""The screen's two loops, compiled: down a tree of boxes, and over every pair.

The same tests as `screen_walk` and the arithmetic of `screen_pairs`; what is kept here is a
superset of the hits that `screen_pairs.settled` decides on. The columns are those of
`screen_rows` and `screen_tree`.
"""

import math
from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

# X to LEAK of one row
Row = tuple[
    float, float, float, float, float, float, float, float, float, float, float
]  # fmt: skip

X, Y, Z, RADIUS, LOW, HIGH, START, END, STRENGTH, PERIOD, LEAK, LEVEL, FLOOR = range(13)
BOX_LOW, BOX_HIGH, BOX_START, BOX_END, BOX_STRENGTH, BOX_PERIOD, BOX_LEAK = range(6, 13)
BOX_UNKNOWN, BOX_OWNER = 13, 14
MOST = 3
FANOUT = 4
WAVES = 4.0 * math.pi / 299_792_458.0
TWO_WAYS = math.sqrt(2.0)
TWO_WAYS_DB = 10.0 * math.log10(2.0)
SQUARE_ROUNDING = 1.0 + 1e-12
LOG_ROUNDING_DB = 1e-6  # more than any two libraries' logarithms differ by


def _compiled(function: Function) -> Function:
    """Compile a function when it is first called, and keep it on disk where that can be written."""
    try:
        return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:  # numba found no place to write to: made anew in each process
        return cast("Function", njit(nogil=True, error_model="numpy")(function))


@_compiled
def may_hold(q: Row, boxes: Floats, k: int, scale: tuple[float, float, bool]) -> bool:
    """Say whether a box may hold a hit of a query. scale: gain, reach of unknowns, in band."""
    gain, unknown_m, is_in_band = scale
    if q[START] >= boxes[k, BOX_END] or boxes[k, BOX_START] >= q[END]:
        return False
    is_known = q[STRENGTH] == q[STRENGTH]
    reach_m = 0.0
    if is_known:
        reach_m = gain * q[STRENGTH] * boxes[k, BOX_STRENGTH]
        reach_m *= max(q[PERIOD], boxes[k, BOX_PERIOD])
    if is_in_band:
        if q[LOW] >= boxes[k, BOX_HIGH] or boxes[k, BOX_LOW] >= q[HIGH]:
            return False
        if not is_known or boxes[k, BOX_UNKNOWN] > 0.0:
            reach_m = max(reach_m, unknown_m)
    else:
        reach_m *= min(1.0, TWO_WAYS * max(q[LEAK], boxes[k, BOX_LEAK]))
    if reach_m < 1.0:
        return False
    x = max(boxes[k, 0] - q[X], q[X] - boxes[k, MOST], 0.0)
    y = max(boxes[k, 1] - q[Y], q[Y] - boxes[k, MOST + 1], 0.0)
    z = max(boxes[k, 2] - q[Z], q[Z] - boxes[k, MOST + 2], 0.0)
    bound_m = reach_m + q[RADIUS]
    return x * x + y * y + z * z <= bound_m * bound_m * SQUARE_ROUNDING


@_compiled
def may_hit(q: Row, rows: Floats, j: int, scale: tuple[float, float, bool]) -> bool:
    """Say whether a row may be a hit of a query, but for owners and links."""
    gain, unknown_m, is_in_band = scale
    is_overlapping = q[LOW] < rows[HIGH, j] and rows[LOW, j] < q[HIGH]
    if is_overlapping != is_in_band:
        return False
    if q[START] >= rows[END, j] or rows[START, j] >= q[END]:
        return False
    reach_m = gain * q[STRENGTH] * rows[STRENGTH, j] * max(q[PERIOD], rows[PERIOD, j])
    if reach_m != reach_m:  # noqa: PLR0124 - a level is not a number
        reach_m = unknown_m if is_in_band else 0.0
    elif not is_in_band:
        reach_m *= min(1.0, TWO_WAYS * max(q[LEAK], rows[LEAK, j]))
    if reach_m < 1.0:
        return False
    x, y, z = q[X] - rows[X, j], q[Y] - rows[Y, j], q[Z] - rows[Z, j]
    bound_m = reach_m + q[RADIUS] + rows[RADIUS, j]
    return x * x + y * y + z * z <= bound_m * bound_m * SQUARE_ROUNDING


@_compiled
def walk(
    query: tuple[Floats, Codes],
    rows: tuple[Floats, Codes, Codes],
    boxes: tuple[Floats, Codes],
    scale: tuple[float, float, bool],
    out: tuple[int, int, int, Codes],
) -> tuple[int, int]:
    """Write keys of pairs that may be hits; return the query to go on with, and how many keys.

    out: the first query, what a key counts for each query and each row, and room for more keys
    than there are rows.
    """
    q, codes = query
    values, row_codes, row = rows
    box, start = boxes
    first, query_step, row_step, keys = out
    most = row.size
    top = start.size - 2
    count = 0
    for i in range(first, q.shape[1]):
        if count + most > keys.size:
            return i, count
        owner, link = codes[0, i], codes[1, i]
        me = (
            q[0, i],
            q[1, i],
            q[2, i],
            q[3, i],
            q[4, i],
            q[5, i],
            q[6, i],
            q[7, i],
            q[8, i],
            q[9, i],
            q[10, i],
        )  # fmt: skip - X to LEAK, kept at hand
        level, node = top, 0
        while start[level] + node < start[level + 1]:
            k = start[level] + node
            if box[k, BOX_OWNER] != owner and may_hold(me, box, k, scale):
                if level > 0:
                    level, node = level - 1, node * FANOUT
                    continue
                for j in range(node * FANOUT, min(node * FANOUT + FANOUT, most)):
                    if row_codes[0, j] == owner or (link != -1 and row_codes[1, j] == link):
                        continue
                    if may_hit(me, values, j, scale):
                        keys[count] = i * query_step + row[j] * row_step
                        count += 1
            node += 1
            while level < top and node % FANOUT == 0:
                level, node = level + 1, node // FANOUT
    return q.shape[1], count


@_compiled
def every_pair(
    one: tuple[Floats, Codes],
    other: tuple[Floats, Codes],
    limits: tuple[float, float],
    out: tuple[int, Codes],
) -> tuple[int, int]:
    """Write keys of the pairs that are hits, or next to it; return the emitter to go on with.

    limits: slack in dB, reach of unknowns in metres. out: the first emitter, and room for more
    keys than there are receivers. Returns how many keys too.
    """
    e, codes_e = one
    r, codes_r = other
    slack_db, unknown_m = limits
    first, keys = out
    width = r.shape[1]
    count = 0
    for i in range(first, e.shape[1]):
        if count + width > keys.size:
            return i, count
        for j in range(width):
            if codes_e[0, i] == codes_r[0, j]:
                continue
            if codes_e[1, i] != -1 and codes_e[1, i] == codes_r[1, j]:
                continue
            if e[START, i] >= r[END, j] or r[START, j] >= e[END, i]:
                continue
            x, y, z = e[X, i] - r[X, j], e[Y, i] - r[Y, j], e[Z, i] - r[Z, j]
            distance_m = max(math.sqrt(x * x + y * y + z * z) - e[RADIUS, i] - r[RADIUS, j], 1.0)
            loss_db = 20.0 * math.log10(WAVES * distance_m * min(e[LOW, i], r[LOW, j]))
            is_overlapping = e[LOW, i] < r[HIGH, j] and r[LOW, j] < e[HIGH, i]
            if not is_overlapping:
                loss_db += max(min(e[FLOOR, i], r[FLOOR, j]) - TWO_WAYS_DB, 0.0)
            margin_db = r[LEVEL, j] - (e[LEVEL, i] - loss_db)
            if margin_db != margin_db:  # noqa: PLR0124 - a level is not a number
                if not is_overlapping or distance_m > unknown_m:
                    continue
            elif margin_db > slack_db + LOG_ROUNDING_DB:
                continue
            keys[count] = i * width + j
            count += 1
    return e.shape[1], count
