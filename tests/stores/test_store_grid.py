"""Laws of the grid and of the tree's axes: two boxes that meet are brought together."""

import math
import struct

from hypothesis import given, settings
from hypothesis import strategies as st
from stores_under_test import a_box

from wideberth.adapters.store_postgres.grid import cell_of, cells_near
from wideberth.adapters.store_sqlite.axes import coarse, widened
from wideberth.node.ports import Box

_SIZES = {"deg": [1.0, 8.0, 64.0], "s": [14_400.0, 345_600.0, 8_294_400.0]}
_FAR = {"deg": [0.0, 180.0, 1e6, 2.0**22], "s": [0.0, 1.8e9, 1e15, 2.0**52 * 14_400.0, math.inf]}


@st.composite
def _near_edges(draw, unit):
    """Return a number at the edge of a cell, or a hair beside it."""
    size = draw(st.sampled_from(_SIZES[unit]))
    spot = draw(st.sampled_from(_FAR[unit])) + size * draw(st.integers(-3, 3))
    beside = [spot, math.nextafter(spot, math.inf), math.nextafter(spot, -math.inf), -spot]
    return draw(st.sampled_from([*beside, spot + 0.99 * size, spot + 0.3 * size]))


@st.composite
def _spans(draw, unit):
    low = draw(_near_edges(unit))
    shares = (0.999, 1.0, 1.05)
    sizes = [0.0, *(share * size for size in _SIZES[unit] for share in shares)]
    return low, max(low, low + draw(st.sampled_from([*sizes, math.inf])))


@st.composite
def _meeting(draw, unit):
    """Return two spans that share a point, mostly but the one."""
    low, high = draw(_spans(unit))
    reach = draw(st.sampled_from([0.0, 1e-9, *_SIZES[unit], 1e12]))
    other = draw(st.sampled_from([(high, high + reach), (low - reach, low), (low, high)]))
    return (low, high), other


@st.composite
def _meeting_boxes(draw):
    lon, lat, time = draw(_meeting("deg")), draw(_meeting("deg")), draw(_meeting("s"))
    return tuple(
        Box(lon[i][0], lat[i][0], lon[i][1], lat[i][1], 0.0, 9.0, time[i][0], time[i][1], 0.0, 9.0)
        for i in (0, 1)
    )


@settings(max_examples=2000)
@given(pair=_meeting_boxes())
def test_the_grid_brings_together_what_meets(pair):
    for placed, search in (pair, pair[::-1]):
        cells = cells_near(search)
        if cells is not None:
            cell, step = cell_of(placed)
            near = [(a, b) for c, a, b in zip(*cells, strict=True) if c == cell]
            assert any(first <= step <= last for first, last in near), (placed, search)


def _float32(value):
    """Return the nearest 32-bit float: a worse rounding than SQLite's, which is outward."""
    return struct.unpack("f", struct.pack("f", value))[0]


@given(pair=_meeting_boxes(), epoch_s=st.sampled_from([0.0, 1767225600.0]))
def test_the_axes_of_the_tree_bring_together_what_meets_however_it_is_rounded(pair, epoch_s):
    for placed, search in (pair, pair[::-1]):
        kept = [_float32(value) for value in coarse(placed.by_axis, epoch_s=epoch_s)]
        asked = widened(coarse(search.by_axis, epoch_s=epoch_s))
        for axis in range(0, 10, 2):
            assert kept[axis] <= asked[axis + 1], (axis, placed, search)
            assert kept[axis + 1] >= asked[axis], (axis, placed, search)


def test_a_small_search_looks_into_few_cells():
    cells = cells_near(a_box(west_deg=10.0, east_deg=11.2, south_deg=50.0, north_deg=51.2))
    assert cells is not None
    assert len(cells[0]) < 100


def test_a_search_over_much_of_the_earth_looks_at_everything():
    assert cells_near(a_box(west_deg=-180.0, east_deg=180.0, south_deg=-90.0)) is None
