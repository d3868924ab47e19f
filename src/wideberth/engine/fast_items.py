"""What the compiled path reads of an entry, in one row: a pair is judged on two rows alone.

Rows hold what nearly every pair needs; what few need (heights of unlike datum, windows of movers)
stands in rows of volumes, and a flag says when to look there.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.columns import Codes, Columns, Marks
from wideberth.engine.entries import ROUNDING_M, Places
from wideberth.engine.geodesy import Floats
from wideberth.engine.near import boxes_of

Item = Any  # a row of Items
Items = NDArray[np.void]

IS_SIDE_A: Final = 1
IS_SIDE_B: Final = 2
IS_MOVING: Final = 4
IS_CONVERTED: Final = 8  # its heights may have to be converted to another datum
ROWS: Final = 4096  # written together: few enough to stay in cache
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
    for a in range(0, len(used), ROWS):
        part = items[a : a + ROWS]
        _write_entries(columns, used[a : a + ROWS], part, pad_m[a : a + ROWS])
        volume = part["volume"]
        part["low_m"] = np.minimum(columns.lower_m[volume], columns.lowest_m[volume])
        part["high_m"] = np.maximum(columns.upper_m[volume], columns.highest_m[volume])
        part["low_hz"], part["high_hz"] = columns.freq_low_hz[volume], columns.freq_high_hz[volume]
        part["radius_m"], part["kind"] = columns.radius_m[volume], columns.core[volume]
        part["owner"], part["link"] = owner[volume], columns.link[volume]
        part["flags"] = flags[volume]
    size = np.log(items["cap_m"] / items["cap_m"].max(initial=0.0)) / np.log(CLASS_RATIO)
    items["size"] = np.ceil(size)
    return items


def _write_entries(columns: Columns, used: Places, part: Items, pad_m: Floats) -> None:
    """Write into rows what is of the entries alone."""
    entries = columns.entries
    for name, values in zip("xyz", entries.centre[used].T, strict=True):
        part[name] = values
    part["cap_m"] = entries.cap_m[used] + (pad_m + ROUNDING_M)
    part["start_s"], part["end_s"] = entries.start_s[used], entries.end_s[used]
    part["core_m"], part["edge_m"] = entries.core_m[used], entries.edge_m[used]
    part["volume"] = entries.volume[used]
    first, end = entries.first_ring[used], entries.first_ring[used + 1]
    part["first_ring"], part["rings"] = first, end - first
    part["vertices"] = entries.ring_start[end] - entries.ring_start[first]
    west, south, east, north = boxes_of(entries, pad_m, used).T
    part["west"], part["wide"] = (west + 180.0) / 360.0, (east - west) / 360.0
    part["south"], part["north"] = (south + 90.0) / 180.0, (north + 90.0) / 180.0


def volumes_of(columns: Columns, items: Items) -> Items:
    """Return a row for each volume; a single empty one if no item asks for it."""
    is_asked = bool((items["flags"] & (IS_CONVERTED | IS_MOVING)).any())
    volumes = np.zeros(len(columns) if is_asked else 1, VOLUME)
    for name in VOLUME.names if is_asked and VOLUME.names else ():
        volumes[name] = getattr(columns, name)
    return volumes
