"""The walk down a tree of boxes in numpy, a level at a time for many rows at once.

What it keeps is a superset of the hits, and next to nothing more: `screen_pairs.settled` decides.
A pair reaches as far as its strengths multiply to; bounds are longer than any rounding.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.screen_pairs import LEAST_DISTANCE_M, ROUNDING, WAVES, Limits
from wideberth.spectrum.screen_rows import (
    END,
    HIGH,
    LEAK,
    LINK,
    LOW,
    NO_LINK,
    OWNER,
    PERIOD,
    RADIUS,
    START,
    STRENGTH,
    Codes,
    Floats,
    Side,
    X,
)
from wideberth.spectrum.screen_tree import (
    BOX_END,
    BOX_HIGH,
    BOX_LEAK,
    BOX_LOW,
    BOX_OWNER,
    BOX_PERIOD,
    BOX_START,
    BOX_STRENGTH,
    BOX_UNKNOWN,
    FANOUT,
    LEAST,
    MOST,
    Tree,
)

TWO_WAYS: Final = math.sqrt(2.0)  # 3.01 dB of distance
SQUARE_ROUNDING: Final = 1.0 + 1e-12  # of a square of metres
AT_ONCE: Final = 1 << 19

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns strengths into metres; rounding is in both lengths.

    gain: reach of strength 1 at 1 Hz, slack in it. unknown_m: reach where a level is unknown.
    is_in_band: whether pairs are sought whose bands overlap, or those whose bands do not.
    """

    gain: float
    unknown_m: float
    is_in_band: bool


def scale_of(limits: Limits, *, is_in_band: bool) -> Scale:
    """Return the scale for what a screen was asked."""
    gain = ROUNDING * 10.0 ** (limits.slack_db / 20.0) / WAVES
    return Scale(gain, unknown_reach_m(limits), is_in_band)


def unknown_reach_m(limits: Limits) -> float:
    """Return the reach of pairs of unknown level, rounding in it."""
    return ROUNDING * max(limits.unknown_range_m, LEAST_DISTANCE_M)


def walk(tree: Tree, queries: Side, scale: Scale) -> tuple[Codes, Codes]:
    """Return pairs that may be hits: rows of queries, and rows of the side in the tree."""
    found_q, found_row = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    if not len(tree):
        return found_q[0], found_row[0]
    together = max(1, AT_ONCE // len(tree))
    for first in range(0, len(queries), together):
        q = np.arange(first, min(first + together, len(queries)))
        top = len(tree.start) - 2
        count = int(tree.start[top + 1] - tree.start[top])
        q, node = np.repeat(q, count), np.tile(np.arange(count), len(q))
        for level in range(top, -1, -1):
            keep = _may_hold(tree, tree.start[level] + node, (queries, q), scale)
            below = int(tree.start[level] - tree.start[level - 1]) if level else len(tree)
            q, node = _children(q[keep], node[keep], below)
        keep = _may_hit(tree.rows, node, (queries, q), scale)
        found_q.append(q[keep])
        found_row.append(tree.row[node[keep]])
    return np.concatenate(found_q), np.concatenate(found_row)


def _children(q: Codes, node: Codes, count: int) -> tuple[Codes, Codes]:
    """Return what is under each node, with its query; the last node may be short."""
    under = (node[:, None] * FANOUT + np.arange(FANOUT)).ravel()
    is_there = under < count
    return np.repeat(q, FANOUT)[is_there], under[is_there]


def _may_hold(tree: Tree, node: Codes, query: tuple[Side, Codes], scale: Scale) -> Marks:
    """Say which boxes may hold a hit of their query."""
    (queries, q), boxes = query, tree.boxes.T
    values = queries.values
    strength = values[STRENGTH][q]
    reach_m = scale.gain * np.nan_to_num(strength, nan=0.0) * boxes[BOX_STRENGTH][node]
    reach_m = reach_m * np.maximum(values[PERIOD][q], boxes[BOX_PERIOD][node])
    keep = (values[START][q] < boxes[BOX_END][node]) & (boxes[BOX_START][node] < values[END][q])
    keep &= boxes[BOX_OWNER][node] != queries.codes[OWNER][q]
    if scale.is_in_band:
        keep &= (values[LOW][q] < boxes[BOX_HIGH][node]) & (boxes[BOX_LOW][node] < values[HIGH][q])
        is_unknown = np.isnan(strength) | (boxes[BOX_UNKNOWN][node] > 0.0)
        reach_m = np.where(is_unknown, np.maximum(reach_m, scale.unknown_m), reach_m)
    else:
        reach_m = reach_m * _leaking(values[LEAK][q], boxes[BOX_LEAK][node])
    square = np.zeros(len(q))
    for axis in range(3):
        at = values[X + axis][q]
        off = np.maximum(boxes[LEAST + axis][node] - at, at - boxes[MOST + axis][node])
        square += np.maximum(off, 0.0) ** 2
    return np.asarray(keep & _is_within(square, reach_m, values[RADIUS][q]))


def _may_hit(rows: Side, at: Codes, query: tuple[Side, Codes], scale: Scale) -> Marks:
    """Say which rows may be a hit of their query."""
    (queries, q), b = query, rows.values
    a = queries.values
    reach_m = scale.gain * a[STRENGTH][q] * b[STRENGTH][at]
    reach_m = reach_m * np.maximum(a[PERIOD][q], b[PERIOD][at])
    keep = (a[LOW][q] < b[HIGH][at]) & (b[LOW][at] < a[HIGH][q])
    if scale.is_in_band:
        reach_m = np.where(np.isnan(reach_m), scale.unknown_m, reach_m)
    else:
        keep = ~keep
        reach_m = reach_m * _leaking(a[LEAK][q], b[LEAK][at])
        reach_m = np.where(np.isnan(reach_m), 0.0, reach_m)
    keep &= (a[START][q] < b[END][at]) & (b[START][at] < a[END][q])
    keep &= queries.codes[OWNER][q] != rows.codes[OWNER][at]
    link = queries.codes[LINK][q]
    keep &= (link != rows.codes[LINK][at]) | (link == NO_LINK)
    square = np.zeros(len(q))
    for axis in range(X, X + 3):
        square += (a[axis][q] - b[axis][at]) ** 2
    return np.asarray(keep & _is_within(square, reach_m, a[RADIUS][q] + b[RADIUS][at]))


def _leaking(one: Floats, other: Floats) -> Floats:
    """Return what passes out of band, as a factor of distance (`screen_pairs.rejection_db`)."""
    return np.minimum(1.0, TWO_WAYS * np.maximum(one, other))


def _is_within(square: Floats, reach_m: Floats, radii_m: Floats) -> Marks:
    """Say whether a square of metres between centres or boxes is within reach of one another."""
    bound_m = reach_m + radii_m
    return np.asarray(
        (reach_m >= LEAST_DISTANCE_M) & (square <= bound_m * bound_m * SQUARE_ROUNDING)
    )
