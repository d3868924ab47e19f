"""Search and screen in one, compiled by numba (the extra `fast`); import it only where it pays.

The same pairs as `near` and `screen` find, for large numbers of volumes. Items are put in classes
by size; each class is looked for among itself and all smaller ones in a grid of cells its own
size, so that one huge area among a million small ones costs no more than it must.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numba import get_num_threads

from wideberth.engine.columns import Codes, Columns, Marks
from wideberth.engine.entries import Entries, Places
from wideberth.engine.fast_items import Items, items_of, volumes_of
from wideberth.engine.fast_plane import Sketch, gather
from wideberth.engine.fast_sweep import VERDICTS, Asked, Grid, Laid, Task, lay_out, sweep
from wideberth.engine.geodesy import MEAN_RADIUS_M, Floats
from wideberth.engine.near import ROUNDING, ReachColumns
from wideberth.engine.screen import Verdicts
from wideberth.engine.separation import Reach
from wideberth.model.agreement import Minima

CELL_RADII: Final = 3.0  # a cell is about so many mean disc radii wide
LEAST_CELL_M: Final = 1000.0
LAYER_BANDS: Final = 1.3  # a layer is about so many mean height bands thick
GATHERED: Final = 16_384  # items whose vertices are put in order together
PARTS: Final = 16  # the work of one class of size is shared out in so many parts,
PARTED_FROM: Final = 20_000  # where it has so many items or more
MOST_LAYERS: Final = 32
MOST_BUCKETS: Final = 1 << 22
BUCKETS_EACH: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Who is paired with whom: marks of members on both sides, and the owners that must differ.

    minima: if known, pairs surely apart by them are left out and sure conflicts said; else every
    pair within reach comes as unsure.
    """

    sides: Marks
    owner: Codes
    reach: ReachColumns | Reach
    minima: Minima | None


def find(columns: Columns, search: Search) -> tuple[Places, Places, Verdicts]:
    """Return pairs i < j of volumes in order, each once, and the verdict on each; none is apart."""
    width = max(len(columns), 1)
    keys = np.concatenate([np.empty(0, np.int64), *_keys(columns, search)])
    keys.sort()
    pairs = keys // VERDICTS
    is_last = np.append(pairs[1:] != pairs[:-1], np.ones(min(1, len(pairs)), bool))
    verdicts = (keys & (VERDICTS - 1)).astype(np.int8)
    if not is_last.all():
        pairs, verdicts = pairs[is_last], verdicts[is_last]  # the greatest verdict of each pair
    first = pairs // width
    pairs -= first * width
    return first, pairs, verdicts


def _keys(columns: Columns, search: Search) -> Iterator[Places]:
    """Yield keys of pairs, class by class of size."""
    entries = columns.entries
    is_member = np.asarray(search.sides.any(axis=0))
    used = np.flatnonzero(is_member[entries.volume])
    if not len(used):
        return
    used = used[_neighbours_together(entries, used)]
    limits, pad_m, slack = _limits(search, is_member)
    owner = np.unique(search.owner, return_inverse=True)[1].astype(np.int32)
    pad_m = np.broadcast_to(pad_m, len(columns))[entries.volume[used]]
    items = items_of(columns, used, search.sides, owner, pad_m)
    minima = search.minima or Minima(0.0, 0.0, 0.0)
    least = (minima.lateral_m, minima.vertical_m, minima.time_s, minima.freq_hz)
    in_order = items, np.argsort(items["start_s"], kind="stable"), volumes_of(columns, items)
    sketch = _sketch(entries, items)
    for this in np.unique(items["size"]).tolist():
        grid = _grid(items, items["size"] == this, slack[1])
        task = (this, int(owner.max()) + 1, *slack, len(columns))
        asked = (search.minima is not None, least, limits)
        laid = lay_out(grid, in_order, task)

        def part_of(
            part: tuple[int, int],
            grid: Grid = grid,
            laid: Laid = laid,
            task: Task = task,
            asked: Asked = asked,
        ) -> Places:
            own = (*sketch[:2], sketch[2].copy(), sketch[3].copy())
            return sweep(grid, laid, in_order, task, asked, own, part)

        with ThreadPoolExecutor(get_num_threads()) as threads:  # compiled code runs side by side
            yield from threads.map(part_of, _parts(laid[0]))


def _parts(starts: Places) -> list[tuple[int, int]]:
    """Return runs of buckets that hold about as many items each."""
    count = 1 if starts[-1] < PARTED_FROM else PARTS
    ends = np.searchsorted(starts, np.linspace(0, starts[-1], count + 1)[1:-1]).tolist()
    edges = [0, *ends, len(starts) - 1]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def _neighbours_together(entries: Entries, used: Places) -> Places:
    """Return an order of entries by whole degrees: what is compared then lies close in memory."""
    x, y, z = entries.centre[used].T
    lat = np.degrees(np.arctan2(z, np.hypot(x, y)))
    lon = np.degrees(np.arctan2(y, x))
    cell = (np.minimum(lat + 90.0, 179.0)).astype(np.uint16) * np.uint16(360)
    return np.argsort(cell + (lon + 180.0).astype(np.uint16) % np.uint16(360), kind="stable")


def _limits(search: Search, is_member: Marks) -> tuple[Floats, Floats, tuple[float, float]]:
    """Return the limits, by how much to widen each disc, and the most two may be parted by.

    The limits have one row for all volumes or one for each; the last is in time (s) and height (m).
    """
    reach = search.reach
    if isinstance(reach, Reach):
        pad_m = np.array(reach.lateral_m / 2.0)
        reach, is_member = ReachColumns.of(reach, 1), np.ones(1, bool)
    else:
        pad_m = reach.pad_m(is_member)
    limits = np.stack((reach.lateral_m, reach.vertical_m, reach.time_s, reach.freq_hz), axis=1)
    most = limits[is_member].max(axis=0) + ROUNDING
    return limits, pad_m, (float(most[2]), float(most[1]))


def _sketch(entries: Entries, items: Items) -> Sketch:
    """Return the vertices in the order of the items, with room to lay two of them flat."""
    edges = np.empty((2, int(items["vertices"].max()) + 1, 4))
    vertices = np.empty((int(items["vertices"].sum()), 3), np.float32)
    first_vertex = np.append(0, np.cumsum(items["vertices"]))

    def part_of(a: int) -> None:
        part, begin = items[a : a + GATHERED], int(first_vertex[a])
        gather(part, entries.vertices, entries.ring_start, vertices, begin)

    with ThreadPoolExecutor(get_num_threads()) as threads:
        list(threads.map(part_of, range(0, len(items), GATHERED)))
    return vertices, entries.ring_start, edges[0], edges[1]


def _grid(items: Items, is_this: Marks, slack_m: float) -> Grid:
    """Choose a grid to suit some of the items; slack_m: how far apart in height two may meet."""
    cell_m = max(LEAST_CELL_M, CELL_RADII * float(items["cap_m"][is_this].mean()))
    bands = max(1, int(np.pi * MEAN_RADIUS_M / cell_m))
    middle = np.radians((np.arange(bands) + 0.5) * 180.0 / bands - 90.0)
    around_m = 2.0 * np.pi * MEAN_RADIUS_M * np.cos(middle)
    cells = np.maximum(1, around_m / cell_m).astype(np.int64)
    low_m, high_m = items["low_m"][is_this], items["high_m"][is_this]
    ends_m = np.concatenate((low_m, high_m))
    ends_m = ends_m[np.isfinite(ends_m)]
    floor_m, top_m = np.quantile(ends_m, (0.01, 0.99)).tolist() if len(ends_m) else (0.0, 0.0)
    thick_m = np.clip(high_m, floor_m, top_m) - np.clip(low_m, floor_m, top_m)
    tall_m = top_m - floor_m
    mean_m = max(float(thick_m.mean()) + min(slack_m, tall_m), tall_m / MOST_LAYERS, 1.0)
    layers = max(1, min(MOST_LAYERS, int(tall_m / (LAYER_BANDS * mean_m))))
    total = int(cells.sum()) * layers
    buckets = min(total, MOST_BUCKETS, BUCKETS_EACH * len(items) + 1024)
    before = (np.cumsum(cells) - cells) * layers
    last = (1 << (buckets - 1).bit_length()) - 1
    return np.stack((cells, before), axis=1), (layers, floor_m, layers / max(tall_m, 1.0)), last
