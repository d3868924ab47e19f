"""Boxes in a grid of several levels, so that plain columns and a plain index find them.

A box is put into one cell: that of its south-western corner and its start, on the finest level
whose cells are larger than the box. So a box that meets a search has its corner in a cell of the
search, or in the next cell to the west, south or past; and a search looks into those on all levels.
Height and frequency are left to the exact bounds, which stand beside the cell.
"""

import math
from collections.abc import Iterator
from typing import Final

from wideberth.node.ports import Box

_SIZES_DEG: Final = (1.0, 8.0, 64.0)  # and one cell for all that is larger
_STEPS_S: Final = (14_400.0, 345_600.0, 8_294_400.0)  # 4 hours, 4 days, 96 days; and all
_FULL: Final = 0.999  # how much of a cell a box may fill: rounding never lifts it into a third
_FARTHEST: Final = 2.0**22  # cells from 0; beyond, all are one
_LATEST: Final = 2.0**52
_MOST_CELLS: Final = 2000

Cells = tuple[list[int], list[int], list[int]]


def cell_of(box: Box) -> tuple[int, int]:
    """Return the cell and the step of time that a box is found under."""
    extent_deg = max(box.east_deg - box.west_deg, box.north_deg - box.south_deg)
    level, size_deg = _level(extent_deg, _SIZES_DEG)
    pace, step_s = _level(box.end_s - box.start_s, _STEPS_S)
    column = _index(box.west_deg, size_deg, _FARTHEST)
    row = _index(box.south_deg, size_deg, _FARTHEST)
    return _cell(level, pace, column, row), _index(box.start_s, step_s, _LATEST)


def cells_near(box: Box) -> Cells | None:
    """Return cells, first steps and last steps in which all that meets a box is found.

    None: the box is so large that looking at everything is the shorter way.
    """
    areas = [(level, *_ranges(box, size_deg)) for level, size_deg in _levels(_SIZES_DEG)]
    count = sum(len(columns) * len(rows) for _, columns, rows in areas)
    if count * (len(_STEPS_S) + 1) > _MOST_CELLS:
        return None
    cells: Cells = ([], [], [])
    for pace, step_s in _levels(_STEPS_S):
        found = [
            _cell(level, pace, column, row)
            for level, columns, rows in areas
            for column in columns
            for row in rows
        ]
        cells[0].extend(found)
        cells[1].extend([_index(box.start_s, step_s, _LATEST) - 1] * len(found))
        cells[2].extend([_index(box.end_s, step_s, _LATEST)] * len(found))
    return cells


def _levels(sizes: tuple[float, ...]) -> Iterator[tuple[int, float]]:
    return enumerate((*sizes, math.inf))


def _level(extent: float, sizes: tuple[float, ...]) -> tuple[int, float]:
    """Return the finest level whose cells are larger; the last one takes everything."""
    fits = ((i, size) for i, size in enumerate(sizes) if extent <= _FULL * size)
    return next(fits, (len(sizes), math.inf))


def _index(value: float, size: float, farthest: float) -> int:
    """Return the number of the cell that a value lies in; on the last level, 0."""
    if math.isinf(size):
        return 0
    return math.floor(max(-farthest, min(farthest, value / size)))


def _ranges(box: Box, size_deg: float) -> tuple[range, range]:
    west = _index(box.west_deg, size_deg, _FARTHEST)
    south = _index(box.south_deg, size_deg, _FARTHEST)
    east = _index(box.east_deg, size_deg, _FARTHEST)
    north = _index(box.north_deg, size_deg, _FARTHEST)
    return range(west - 1, east + 1), range(south - 1, north + 1)


def _cell(level: int, pace: int, column: int, row: int) -> int:
    """Return one number for a cell: 8 bits of level and pace, 24 bits each way."""
    return (level << 4 | pace) << 48 | (column + 2**23) << 24 | (row + 2**23)
