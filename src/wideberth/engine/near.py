"""The broad step: which pairs of volumes are close enough to be judged.

Each entry's disc, widened by what a rule can reach, is boxed in longitude and latitude; boxes that
meet in a slab of time come from a tree; what is left is compared on every axis in arrays. No pair
is lost whose gap on every axis is not above the larger of the two reaches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from wideberth.engine.axes import freq_gap_hz, height_gap_m
from wideberth.engine.columns import NO_LINK, Columns, Marks
from wideberth.engine.entries import LEAST_RADIUS_M, ROUNDING_M, Entries, Places
from wideberth.engine.geodesy import ECCENTRICITY_2, Floats
from wideberth.engine.separation import Reach

Pairs = tuple[Places, Places]

LONG_SLABS: Final = 8.0  # what lasts over more slabs of time is looked for apart
SLAB_ENTRIES: Final = 50.0  # a slab holds at least about so many
HITS: Final = 2_000_000  # pairs looked at together, about, so that memory stays bounded
ROUNDING: Final = 1e-6  # seconds and metres: never lose a pair for the last bits
ROUNDING_HZ: Final = 1e-3  # the same at 100 GHz
ROUNDING_DEG: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ReachColumns:
    """The reach of a rule around each volume: one row for each, as in `Columns`."""

    lateral_m: Floats
    vertical_m: Floats
    time_s: Floats
    freq_hz: Floats

    @classmethod
    def of(cls, reach: Reach, count: int) -> "ReachColumns":
        """Return the same reach for all volumes."""
        return cls(
            *(
                np.full(count, value)
                for value in (reach.lateral_m, reach.vertical_m, reach.time_s, reach.freq_hz)
            )
        )

    def pad_m(self, is_member: Marks) -> Floats:
        """Return by how much to widen each volume so that members within reach meet."""
        used = self.lateral_m[is_member]
        is_even = len(used) > 0 and bool((used == used[0]).all())
        return self.lateral_m / 2.0 if is_even else self.lateral_m


def candidates(
    columns: Columns,
    members_a: Places,
    members_b: Places,
    reach: ReachColumns | Reach,
    *,
    within: bool,
) -> Pairs:
    """Return which pairs of a member of a and a member of b are within reach on every axis.

    i < j, in order, each pair once. Only volumes of different parties are paired; within: of
    different activities. Never paired are volumes of one activity or of linked ones.
    """
    width = max(len(columns), 1)
    if isinstance(reach, Reach):
        reach = ReachColumns.of(reach, len(columns))
    sides = np.zeros((2, len(columns)), bool)
    sides[0, members_a], sides[1, members_b] = True, True
    found = [np.empty(0, np.int64)]
    for pair in _meeting(columns, _search_sides(columns, sides, within=within), reach):
        fits = _may_pair(columns, _volumes(columns, pair), sides, within=within)
        kept = pair[0][fits], pair[1][fits]
        fits = _are_near(columns, kept, reach)
        v, w = _volumes(columns, (kept[0][fits], kept[1][fits]))
        found.append(np.unique(np.minimum(v, w) * width + np.maximum(v, w)))
    keys = np.unique(np.concatenate(found))
    return keys // width, keys % width


def _volumes(columns: Columns, pair: Pairs) -> Pairs:
    return columns.entries.volume[pair[0]], columns.entries.volume[pair[1]]


def _search_sides(columns: Columns, sides: Marks, *, within: bool) -> Marks:
    """Return two sides to be searched against each other, as small as can be.

    Two sets of members of just two parties need only the one party against the other.
    """
    used = sides.any(axis=0)
    parties = np.unique(columns.party[used])
    if within or len(parties) != 2 or not (sides[0] == sides[1]).all():
        return sides
    return np.stack((used & (columns.party == parties[0]), used & (columns.party == parties[1])))


def _may_pair(columns: Columns, volumes: Pairs, sides: Marks, *, within: bool) -> Marks:
    """Return which pairs a rule may be asked about at all."""
    v, w = volumes
    owner = columns.activity if within else columns.party
    is_linked = (columns.link[v] == columns.link[w]) & (columns.link[v] != NO_LINK)
    is_pair: Marks = (sides[0, v] & sides[1, w]) | (sides[1, v] & sides[0, w])
    return np.asarray(is_pair & (owner[v] != owner[w]) & ~is_linked)


def _are_near(columns: Columns, pair: Pairs, reach: ReachColumns) -> Marks:
    """Return which pairs of entries are within reach on every axis."""
    (e, f), (v, w) = pair, _volumes(columns, pair)
    entries = columns.entries
    apart = entries.centre[e] - entries.centre[f]
    limit_m = np.maximum(reach.lateral_m[v], reach.lateral_m[w]) + ROUNDING_M
    limit_m += entries.cap_m[e] + entries.cap_m[f]
    is_near: Marks = np.einsum("ij,ij->i", apart, apart) <= limit_m * limit_m
    gap_s = np.maximum(entries.start_s[e] - entries.end_s[f], entries.start_s[f] - entries.end_s[e])
    is_near &= gap_s <= np.maximum(reach.time_s[v], reach.time_s[w]) + ROUNDING
    limit_m = np.maximum(reach.vertical_m[v], reach.vertical_m[w]) + ROUNDING
    is_near &= height_gap_m(columns, v, w) <= limit_m
    gap_hz = freq_gap_hz(columns, v, w)
    limit_hz = np.maximum(reach.freq_hz[v], reach.freq_hz[w]) + ROUNDING_HZ
    return is_near & (np.isnan(gap_hz) | (gap_hz <= limit_hz))


def _meeting(columns: Columns, sides: Marks, reach: ReachColumns) -> Iterator[Pairs]:
    """Yield pairs of entries, one of each side, whose widened boxes meet; some more than once.

    Entries that last over many slabs of time are looked for on their own, against all others.
    """
    entries = columns.entries
    is_member = np.asarray(sides.any(axis=0))
    boxes = boxes_of(entries, reach.pad_m(is_member)[entries.volume], np.arange(len(entries)))
    a, b = (np.flatnonzero(side[entries.volume]) for side in sides)
    slack_s = float(reach.time_s[is_member].max(initial=0.0))
    first, last = _slabs(entries, np.union1d(a, b), slack_s)
    is_long = ~(last - first <= LONG_SLABS)
    yield from _search(boxes, a[is_long[a]], b)
    yield from _search(boxes, a[~is_long[a]], b[is_long[b]])
    in_slabs_b = dict(_by_slab(b[~is_long[b]], first, last))
    for slab, rows in _by_slab(a[~is_long[a]], first, last):
        others = in_slabs_b.get(slab)
        if others is not None:
            for e, f in _search(boxes, rows, others):
                once = np.maximum(first[e], first[f]) == slab  # where the later one starts
                yield e[once], f[once]


def _slabs(entries: Entries, used: Places, slack_s: float) -> tuple[Floats, Floats]:
    """Return the first and last slab of time of each entry; infinite where its window is."""
    lasts_s = entries.end_s[used] - entries.start_s[used]
    lasts_s = lasts_s[np.isfinite(lasts_s)] + slack_s
    starts_s = entries.start_s[used]
    starts_s = starts_s[np.isfinite(starts_s)]
    if not (len(lasts_s) and len(starts_s)):
        return np.full(len(entries), -np.inf), np.full(len(entries), np.inf)
    share = min(1.0, SLAB_ENTRIES / len(starts_s))
    slab_s = max(1.0, 1.5 * float(np.quantile(lasts_s, 0.75)), share * float(np.ptp(starts_s)))
    origin_s = starts_s.min()
    first = np.floor((entries.start_s - origin_s) / slab_s)
    return first, np.floor((entries.end_s + slack_s - origin_s) / slab_s)


def _by_slab(rows: Places, first: Floats, last: Floats) -> Iterator[tuple[int, Places]]:
    """Yield each slab and the rows that are in it; all windows are finite."""
    counts = (last[rows] - first[rows]).astype(np.intp) + 1
    each = np.repeat(rows, counts)
    slabs = first[each].astype(np.intp) + np.arange(len(each))
    slabs -= np.repeat(np.cumsum(counts) - counts, counts)
    order = np.argsort(slabs, kind="stable")
    each, slabs = each[order], slabs[order]
    starts = np.flatnonzero(np.diff(slabs, prepend=slabs[0] - 1)) if len(slabs) else slabs
    for a, b in zip(starts, np.append(starts, len(each))[1:], strict=True):
        yield int(slabs[a]), each[a:b]


def boxes_of(entries: Entries, pad_m: Floats, used: Places) -> Floats:
    """Return west, south, east, north in degrees of boxes that hold the discs widened by pad_m.

    A point r metres away along the ground is no farther in a straight line, so no farther in the
    equator's plane, where the centre stands h metres from the axis: longitudes differ by at most
    asin(r / h). Along a meridian latitude changes by at most 1 / LEAST_RADIUS_M a metre. West is
    within -180 to 180; east may lie beyond 180. Discs about a pole get all longitudes.
    """
    r_m = entries.cap_m[used] + pad_m + ROUNDING_M
    x, y, z = entries.centre[used].T
    h_m = np.hypot(x, y)
    lat = np.degrees(np.arctan2(z / (1.0 - ECCENTRICITY_2), h_m))
    high = np.degrees(r_m / LEAST_RADIUS_M) + ROUNDING_DEG
    is_round = r_m >= h_m * 0.999
    wide = np.degrees(np.arcsin(np.where(is_round, 0.0, r_m / np.where(is_round, 1.0, h_m))))
    wide = np.where(is_round, 180.0, wide + ROUNDING_DEG)
    west = np.where(is_round, -180.0, np.degrees(np.arctan2(y, x)) - wide)
    west = np.where(west < -180.0, west + 360.0, west)
    south, north = np.maximum(lat - high, -90.0), np.minimum(lat + high, 90.0)
    return np.stack((west, south, west + 2.0 * wide, north), axis=-1)


def _search(boxes: Floats, rows: Places, others: Places) -> Iterator[Pairs]:
    """Yield pairs of a row and another whose boxes meet; those across 180 degrees may come twice.

    Rows are asked for by the size of their boxes, fewer together the more they find.
    """
    if not (len(rows) and len(others)):
        return
    rows, left = _cut_at_180(boxes, rows)
    others, right = _cut_at_180(boxes, others)
    tree = shapely.STRtree(_rectangles(right))
    order = np.argsort((left[:, 2] - left[:, 0]) * (left[:, 3] - left[:, 1]), kind="stable")
    rows, wanted = rows[order], _rectangles(left[order])
    done, together = 0, 64
    while done < len(rows):
        hit, other = tree.query(wanted[done : done + together])
        yield rows[done + hit], others[other]
        done += together
        together = max(1, min(2 * together, HITS * together // max(1, len(hit))))


def _rectangles(boxes: Floats) -> NDArray[np.object_]:
    return np.asarray(shapely.box(boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]))


def _cut_at_180(boxes: Floats, rows: Places) -> tuple[Places, Floats]:
    """Return rows and their boxes, those beyond 180 degrees in two pieces."""
    whole = boxes[rows]
    beyond = np.flatnonzero(whole[:, 2] > 180.0)
    rest = whole[beyond]
    rest[:, 0], rest[:, 2] = -180.0, rest[:, 2] - 360.0
    return np.concatenate((rows, rows[beyond])), np.concatenate((whole, rest))
