"""The broad step, compiled: a grid on the globe and in height, swept through time in every cell.

Cells lie in bands of latitude, in each band so many that they are about square: no place on the
Earth is special, and longitudes are counted round. In each cell items come in order of their
start and meet those still there. A pair that shares many cells is taken up in one of them.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.compiled import compiled
from wideberth.engine.entries import Places
from wideberth.engine.fast_items import IS_CONVERTED, IS_MOVING, Item, Items
from wideberth.engine.fast_judge import (
    Minima,
    are_below_minima,
    are_special_below_minima,
    are_within_reach,
    may_pair,
)
from wideberth.engine.fast_plane import APART, CONFLICT, UNSURE, Sketch, verdict_on
from wideberth.engine.geodesy import Floats

VERDICTS: Final = 4  # a key is a pair's number times this plus its verdict
SPREAD: Final = -7046029254386353131  # 2^64 over the golden ratio (Knuth, vol. 3, 6.4), as signed
CROWDS: Final = 8  # with so many owners or fewer, those present are kept apart by owner
CELLS: Final = 0  # the columns of a grid's bands: how many cells, and how many before them
BEFORE: Final = 1

PRESENT: Final = np.dtype(
    [
        ("x", "f8"),
        ("y", "f8"),
        ("z", "f8"),
        ("cap_m", "f8"),
        ("low_m", "f8"),
        ("high_m", "f8"),
        ("end_s", "f8"),
        ("place", "i4"),
        ("owner", "i4"),
    ]
)

Bands = NDArray[np.int64]
Layers = tuple[int, float, float]  # how many, where the lowest begins (m), how many to the metre
Grid = tuple[Bands, Layers, int]  # and the number of the last bucket, a power of two less one

Laid = tuple[Places, NDArray[np.int32]]  # where each bucket's items begin; the items

# The class of size looked for; how many owners there are; by how much two may be parted in time
# (s) and in height (m) and still meet; how many volumes there are.
Task = tuple[int, int, float, float, int]

# Whether there are minima (then pairs surely apart by them are left out, and sure conflicts said),
# what they are, and the reach, one row for all volumes or one for each.
Asked = tuple[bool, Minima, Floats]


@compiled
def bucket_of(bands: Bands, last: int, band: int, number: int) -> int:
    """Return the bucket of a cell (its number in the band times layers, plus its layer).

    Its number in all, or where there are too many cells, a hash of it.
    """
    number += bands[band, BEFORE]
    if number <= last:
        return number
    return ((number * SPREAD) >> 32) & last


@compiled
def bands_of(item: Item, bands: Bands) -> tuple[int, int]:
    """Return the first and last band of latitude that an item is in."""
    count = len(bands)
    return min(int(item.south * count), count - 1), min(int(item.north * count), count - 1)


@compiled
def layers_of(item: Item, layers: Layers, slack_m: float) -> tuple[int, int]:
    """Return the first and last layer in height that an item is in, with half the slack."""
    count, floor_m, scale = layers
    low = (item.low_m - slack_m / 2.0 - floor_m) * scale
    high = (item.high_m + slack_m / 2.0 - floor_m) * scale
    return int(min(max(low, 0.0), count - 1.0)), int(min(max(high, 0.0), count - 1.0))


@compiled
def cells_of(item: Item, total: int) -> tuple[int, int]:
    """Return the first of a band's cells that an item is in, and in how many, counted round."""
    west = item.west * total
    first = int(west)
    count = min(int(west + item.wide * total) - first + 1, total)
    return (first if first < total else 0), count


@compiled
def count_items(grid: Grid, items: Items, task: Task) -> Places:
    """Return for each bucket where its items begin."""
    bands, layers, last = grid
    starts = np.zeros(last + 2, np.int64)
    for k in range(len(items)):
        item = items[k]
        if item.size > task[0]:
            continue
        low, high = layers_of(item, layers, task[3])
        first_band, last_band = bands_of(item, bands)
        for band in range(first_band, last_band + 1):
            total = bands[band, CELLS]
            first, count = cells_of(item, total)
            for n in range(first, first + count):
                cell = (n if n < total else n - total) * layers[0]
                for layer in range(low, high + 1):
                    starts[bucket_of(bands, last, band, cell + layer) + 1] += 1
    for b in range(last + 1):
        starts[b + 1] += starts[b]
    return starts


@compiled
def fill(
    grid: Grid, items: Items, by_start: Places, task: Task, starts: Places
) -> NDArray[np.int32]:
    """Return the items bucket by bucket, in order of their start in each."""
    bands, layers, last = grid
    held = np.empty(starts[-1], np.int32)
    ends = starts[:-1].copy()
    for k in by_start:
        item = items[k]
        if item.size > task[0]:
            continue
        low, high = layers_of(item, layers, task[3])
        first_band, last_band = bands_of(item, bands)
        for band in range(first_band, last_band + 1):
            total = bands[band, CELLS]
            first, count = cells_of(item, total)
            for n in range(first, first + count):
                cell = (n if n < total else n - total) * layers[0]
                for layer in range(low, high + 1):
                    bucket = bucket_of(bands, last, band, cell + layer)
                    held[ends[bucket]] = k
                    ends[bucket] += 1
    return held


@compiled
def do_take_up(
    one: Item, other: Item, bands: Bands, here: tuple[Layers, int, float], bucket: int
) -> bool:
    """Return whether a bucket is the one of those two items share in which they are taken up.

    here: the layers, the last bucket and the slack in height.
    """
    layers, last, slack_m = here
    band = max(bands_of(one, bands)[0], bands_of(other, bands)[0])
    layer = max(layers_of(one, layers, slack_m)[0], layers_of(other, layers, slack_m)[0])
    total = bands[band, CELLS]
    first_1, count_1 = cells_of(one, total)
    first_2, count_2 = cells_of(other, total)
    ahead = first_1 - first_2
    cell = -1
    if (ahead if ahead >= 0 else ahead + total) < count_2:
        cell = first_1
    elif (-ahead if ahead <= 0 else total - ahead) < count_1:
        cell = first_2
    return cell >= 0 and bucket_of(bands, last, band, cell * layers[0] + layer) == bucket


@compiled
def grown(keys: Places) -> Places:
    """Return an array half as long again that begins with the same numbers."""
    longer = np.empty(len(keys) + len(keys) // 2, np.int64)
    longer[: len(keys)] = keys
    return longer


@compiled
def meet(
    item: Item, there: Items, hits: Places, now: tuple[int, int, float, float]
) -> tuple[int, int]:
    """Write whom an item meets among those that are there; return how many stay, how many it meets.

    They are of other owners, and their discs and heights meet. now: how many are there, how many
    hits are written, from when on they must be, and how far apart in height they may be.
    """
    left, met, gone_s, slack_m = now
    x, y, z, cap_m, owner = item.x, item.y, item.z, item.cap_m, item.owner
    low_m, high_m = item.low_m - slack_m, item.high_m + slack_m
    m = 0
    while m < left:
        other = there[m]
        if other.end_s < gone_s:
            left -= 1
            last = there[left]
            other.x, other.y, other.z, other.cap_m = last.x, last.y, last.z, last.cap_m
            other.low_m, other.high_m, other.end_s = last.low_m, last.high_m, last.end_s
            other.place, other.owner = last.place, last.owner
            continue
        m += 1
        dx, dy, dz, reach_m = other.x - x, other.y - y, other.z - z, other.cap_m + cap_m
        if (
            (dx * dx + dy * dy + dz * dz <= reach_m * reach_m)
            & (other.low_m <= high_m)
            & (other.high_m >= low_m)
            & (other.owner != owner)
        ):
            hits[met] = other.place
            met += 1
    return left, met


@compiled
def enter(item: Item, place: int, there: Items, count: int) -> None:
    """Write an item among those that are there."""
    new = there[count]
    new.x, new.y, new.z, new.cap_m = item.x, item.y, item.z, item.cap_m
    new.low_m, new.high_m, new.end_s = item.low_m, item.high_m, item.end_s
    new.place, new.owner = place, item.owner


@compiled
def verdict_of(one: Item, other: Item, volumes: Items, asked: Asked, sketch: Sketch) -> int:
    """Return the verdict on two items that meet; a mover is never in conflict for sure."""
    has_minima, minima, limits = asked
    if not has_minima:
        return UNSURE if are_within_reach(one, other, volumes, limits) else APART
    flags = one.flags | other.flags
    if flags & (IS_MOVING | IS_CONVERTED):
        if not are_special_below_minima(one, other, volumes, minima, limits):
            return APART
    elif not are_below_minima(one, other, minima):
        return APART
    verdict = verdict_on(one, other, minima[0], sketch)
    return UNSURE if flags & IS_MOVING and verdict == CONFLICT else verdict


@compiled
def lay_out(grid: Grid, in_order: tuple[Items, Places, Items], task: Task) -> Laid:
    """Return where each bucket's items begin, and the items bucket by bucket.

    in_order: items, best with near ones together; their places in order of their start; rows of
    volumes.
    """
    items, by_start, _ = in_order
    starts = count_items(grid, items, task)
    return starts, fill(grid, items, by_start, task, starts)


@compiled
def sweep(  # noqa: PLR0913 - compiled code takes no classes to hold them
    grid: Grid,
    laid: Laid,
    in_order: tuple[Items, Places, Items],
    task: Task,
    asked: Asked,
    sketch: Sketch,
    part: tuple[int, int],
) -> Places:
    """Return keys of the pairs of some buckets that are not surely apart, each perhaps repeated.

    Pairs are looked at of which one is of the task's class of size and none is larger. part: the
    first bucket and the one after the last; the sketch's room is this part's own.
    """
    bands, layers, last = grid
    items, _, volumes = in_order
    this, owners, slack_s, slack_m, width = task
    here = layers, last, slack_m
    starts, held = laid
    most = 0
    for b in range(part[0], part[1]):
        most = max(most, starts[b + 1] - starts[b])
    crowds = owners if owners <= CROWDS else 1
    there = np.empty((2 * crowds, most), PRESENT)  # smaller ones by crowd, then those of the class
    present = np.zeros(2 * crowds, np.int64)
    hits = np.empty(most, np.int64)
    keys = np.empty(4096, np.int64)
    count = 0
    for b in range(part[0], part[1]):
        if starts[b + 1] - starts[b] < 2:
            continue
        present[:] = 0
        for n in range(starts[b], starts[b + 1]):
            item = items[held[n]]
            own = item.owner if crowds > 1 else 0
            found = 0
            for crowd in range(0 if item.size == this else crowds, 2 * crowds):
                if present[crowd] > 0 and (crowds == 1 or crowd % crowds != own):
                    now = present[crowd], found, item.start_s - slack_s, slack_m
                    present[crowd], found = meet(item, there[crowd], hits, now)
            own += crowds if item.size == this else 0
            enter(item, held[n], there[own], present[own])
            present[own] += 1
            for m in range(found):
                other = items[hits[m]]
                if not do_take_up(item, other, bands, here, b) or not may_pair(item, other):
                    continue
                verdict = verdict_of(item, other, volumes, asked, sketch)
                if verdict != APART:
                    if count == len(keys):
                        keys = grown(keys)
                    low = np.int64(min(item.volume, other.volume))
                    keys[count] = (low * width + max(item.volume, other.volume)) * VERDICTS
                    keys[count] += verdict
                    count += 1
    return keys[:count]
