"""Rows packed into a tree of boxes over place, band, window and strength.

Neighbouring rows make a leaf, neighbouring boxes the box above. A box tells the most that any row
under it can do, so what its test leaves out has no hit: nothing is lost however rows are ordered.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from wideberth.spectrum.screen_rows import (
    END,
    HIGH,
    LEAK,
    LOW,
    OWNER,
    PERIOD,
    RADIUS,
    START,
    STRENGTH,
    Codes,
    Floats,
    Side,
    X,
    Z,
)

FANOUT: Final = 4
# The columns of `Tree.boxes`, in the order that compiled.screen reads them too.
LEAST: Final = 0  # x, y, z, and at MOST + axis the greatest
MOST: Final = 3
BOX_LOW, BOX_HIGH, BOX_START, BOX_END, BOX_STRENGTH, BOX_PERIOD, BOX_LEAK = range(6, 13)
BOX_UNKNOWN: Final = 13  # above 0 where a row's level is unknown
BOX_OWNER: Final = 14  # of all rows; not a number where they have several
FEW_OWNERS: Final = 8  # up to so many are kept apart, to pass over one's own at once
ROUNDING: Final = 1e-9  # of a coordinate: millimetres, more than any rounding of it
STEPS: Final = 12  # bits to an axis when places and times are put in order
NOMINAL: Final = 20.0 * 2.4e7  # reach of strength 1 against 26 dBm at 1 Hz, to class rows by it


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Rows in the order of the leaves, and the boxes above them.

    row: the number of each in the side that was given. boxes: one a line, leaves first, then each
    level above. start: where each level's boxes begin, and where all end.
    """

    rows: Side
    row: Codes
    boxes: Floats
    start: Codes

    def __len__(self) -> int:
        return len(self.row)


def trees_of(side: Side) -> tuple[Tree, Tree]:
    """Return a tree for pairs whose bands overlap, and one for the rest.

    The first is by width of band, lowest frequency, and place and time; the second by class of
    reach and size, and place and time. Classes are four to one, so that a wide row does not blow
    up narrow ones' boxes. Where there are few owners, both are by owner first.
    """
    values, owner = side.values, side.codes[OWNER]
    if len(np.unique(owner)) > FEW_OWNERS:
        owner = np.zeros_like(owner)
    curve = _along_a_curve(values)
    width = np.floor(np.log2(values[HIGH] - values[LOW]) / 2.0)
    known = np.nan_to_num(values[STRENGTH], nan=0.0)
    reach_m = values[RADIUS] + NOMINAL * known * values[PERIOD] * values[LEAK]
    size = np.floor(np.log2(np.clip(reach_m, 1e3, 1e8)) / 2.0)
    by_band = np.lexsort((curve, values[LOW], width, owner))
    return _packed(side, by_band), _packed(side, np.lexsort((curve, size, owner)))


def _packed(side: Side, order: Codes) -> Tree:
    rows = side.taken(order)
    levels = [_leaves(rows)]
    while levels[-1].shape[1] > FANOUT:
        levels.append(_grouped(levels[-1]))
    start = np.cumsum([0, *(level.shape[1] for level in levels)])
    boxes = np.ascontiguousarray(np.concatenate(levels, axis=1).T)
    return Tree(rows, np.ascontiguousarray(order, np.int64), boxes, start.astype(np.int64))


def _leaves(rows: Side) -> Floats:
    """Return the boxes over each few rows."""
    values = rows.values
    boxes = np.empty((15, len(rows)))
    centre = values[X : Z + 1]
    pad_m = values[RADIUS] + ROUNDING * (np.abs(centre) + values[RADIUS])
    boxes[LEAST : LEAST + 3], boxes[MOST : MOST + 3] = centre - pad_m, centre + pad_m
    boxes[BOX_LOW : BOX_END + 1] = values[[LOW, HIGH, START, END]]
    boxes[BOX_UNKNOWN] = np.isnan(values[STRENGTH])
    boxes[BOX_STRENGTH] = np.nan_to_num(values[STRENGTH], nan=0.0)
    boxes[BOX_PERIOD], boxes[BOX_LEAK] = values[PERIOD], values[LEAK]
    boxes[BOX_OWNER] = rows.codes[OWNER]
    return _grouped(boxes)


def _grouped(boxes: Floats) -> Floats:
    """Return the boxes over each few boxes."""
    if not boxes.shape[1]:
        return boxes
    at = np.arange(0, boxes.shape[1], FANOUT)
    above = np.maximum.reduceat(boxes, at, axis=1)
    for column in (LEAST, LEAST + 1, LEAST + 2, BOX_LOW, BOX_START):
        above[column] = np.minimum.reduceat(boxes[column], at)
    least_owner = np.minimum.reduceat(boxes[BOX_OWNER], at)
    above[BOX_OWNER, above[BOX_OWNER] != least_owner] = np.nan
    return above


def _along_a_curve(values: Floats) -> Codes:
    """Return numbers that are near for rows near in place and time (Morton 1966)."""
    key = np.zeros(values.shape[1], np.int64)
    if not len(key):
        return key
    days = np.clip(values[[START, END]], -1e12, 1e12)
    axes = (*values[X : Z + 1], _bounded(days[0], values[START]) + _bounded(days[1], values[END]))
    for number, axis in enumerate(axes):
        least, most = axis.min(), axis.max()
        scale = ((1 << STEPS) - 1) / (most - least) if most > least else 0.0
        step = ((axis - least) * scale).astype(np.int64)
        for bit in range(STEPS):
            key |= ((step >> bit) & 1) << (len(axes) * bit + number)
    return key


def _bounded(days: Floats, given: Floats) -> Floats:
    """Return times with the infinite ones at the edge of the others."""
    is_finite = np.isfinite(given)
    if not is_finite.any():
        return np.zeros_like(days)
    finite = days[is_finite]
    return np.asarray(np.clip(days, finite.min(), finite.max()))
