"""What the compiled path reads of an entry, in one row: a pair is judged on two rows alone.

Rows hold what nearly every pair needs; what few need (heights of unlike datum, windows of movers)
stands in rows of volumes, and a flag says when to look there.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.columns import Codes, Columns, Marks
from wideberth.engine.compiled import compiled
from wideberth.engine.entries import ROUNDING_M, Places
from wideberth.engine.geodesy import Floats
from wideberth.engine.near import boxes_of

Item = Any  # a row of Items
Items = NDArray[np.void]

IS_SIDE_A: Final = 1
IS_SIDE_B: Final = 2
IS_MOVING: Final = 4
IS_CONVERTED: Final = 8  # its heights may have to be converted to another datum
CLASS_RATIO: Final = 16.0  # the largest disc of a class of size is so many times its smallest

ITEM: Final = np.dtype(
    [
        ("x", "f8"),  # the centre of its disc, earth-centred metres
        ("y", "f8"),
        ("z", "f8"),
        ("cap_m", "f8"),  # the radius of its disc, widened by the reach
        ("start_s", "f8"),
        ("end_s", "f8"),
        ("low_m", "f8"),  # its height band, at its widest if it may be converted
        ("high_m", "f8"),
        ("west", "f8"),  # where its disc begins, as a share of the whole turn, 0 to 1
        ("wide", "f8"),  # how much of the turn it takes up; 1 is all round
        ("south", "f8"),  # from where to where from pole to pole, as a share
        ("north", "f8"),
        ("core_m", "f8"),
        ("edge_m", "f8"),
        ("inner_m", "f8"),  # round its centre all is its own core, this far
        ("radius_m", "f8"),
        ("low_hz", "f8"),  # not a number where there is no band
        ("high_hz", "f8"),
        ("first_vertex", "i8"),
        ("first_ring", "i4"),
        ("rings", "i4"),
        ("vertices", "i4"),
        ("owner", "i4"),
        ("volume", "i4"),
        ("link", "i4"),
        ("kind", "i1"),
        ("flags", "i1"),
        ("size", "i1"),  # its class of size; 0 are the largest, smaller ones are below
    ],
    align=True,
)

VOLUME: Final = np.dtype(
    [
        ("lower_m", "f8"),
        ("upper_m", "f8"),
        ("lowest_m", "f8"),
        ("highest_m", "f8"),
        ("start_s", "f8"),
        ("end_s", "f8"),
        ("lower_datum", "i4"),
        ("upper_datum", "i4"),
    ],
    align=True,
)


def items_of(columns: Columns, used: Places, sides: Marks, owner: Codes, pad_m: Floats) -> Items:
    """Return the rows of some entries, whose discs are widened by pad_m."""
    items = np.zeros(len(used), ITEM)
    flags = IS_SIDE_A * sides[0] + IS_SIDE_B * sides[1] + IS_MOVING * columns.is_moving
    datum = columns.lower_datum[:1]
    if (columns.lower_datum != datum).any() or (columns.upper_datum != datum).any():
        flags += IS_CONVERTED
    entries = columns.entries
    of_entries = (
        *(entries.volume, entries.centre, entries.cap_m, entries.core_m, entries.edge_m),
        *(entries.start_s, entries.end_s, entries.first_ring, entries.ring_start),
    )
    of_volumes = (
        np.minimum(columns.lower_m, columns.lowest_m),
        np.maximum(columns.upper_m, columns.highest_m),
        *(columns.freq_low_hz, columns.freq_high_hz, columns.radius_m),
        *(columns.core, owner, columns.link, flags.astype(np.int8)),
    )
    write_items(items, used, (pad_m, boxes_of(entries, pad_m, used)), of_entries, of_volumes)
    size = np.log(items["cap_m"] / items["cap_m"].max(initial=0.0)) / np.log(CLASS_RATIO)
    items["size"] = np.ceil(size)
    return items


@compiled
def write_items(
    items: Items,
    used: Places,
    around: tuple[Floats, Floats],
    of_entries: tuple[Any, ...],
    of_volumes: tuple[Any, ...],
) -> None:
    """Write all but their class of size; around: by how much each is widened, and its box."""
    volume, centre, cap_m, core_m, edge_m, start_s, end_s, first_ring, ring_start = of_entries
    low_m, high_m, low_hz, high_hz, radius_m, core, owner, link, flags = of_volumes
    pad_m, box = around
    for k in range(len(used)):
        e = used[k]
        v = volume[e]
        item = items[k]
        item.x, item.y, item.z = centre[e, 0], centre[e, 1], centre[e, 2]
        item.cap_m = cap_m[e] + (pad_m[k] + ROUNDING_M)
        item.core_m, item.edge_m = core_m[e], edge_m[e]
        item.start_s, item.end_s = start_s[e], end_s[e]
        item.low_m, item.high_m = low_m[v], high_m[v]
        item.low_hz, item.high_hz, item.radius_m = low_hz[v], high_hz[v], radius_m[v]
        item.west, item.wide = (box[k, 0] + 180.0) / 360.0, (box[k, 2] - box[k, 0]) / 360.0
        item.south, item.north = (box[k, 1] + 90.0) / 180.0, (box[k, 3] + 90.0) / 180.0
        item.first_ring, item.rings = first_ring[e], first_ring[e + 1] - first_ring[e]
        item.vertices = ring_start[first_ring[e + 1]] - ring_start[first_ring[e]]
        item.volume, item.owner, item.link = v, owner[v], link[v]
        item.kind, item.flags = core[v], flags[v]


def volumes_of(columns: Columns, items: Items) -> Items:
    """Return a row for each volume; a single empty one if no item asks for it."""
    is_asked = bool((items["flags"] & (IS_CONVERTED | IS_MOVING)).any())
    volumes = np.zeros(len(columns) if is_asked else 1, VOLUME)
    for name in VOLUME.names if is_asked and VOLUME.names else ():
        volumes[name] = getattr(columns, name)
    return volumes
