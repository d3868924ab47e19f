"""Volumes as flat arrays: what the search for close pairs and the screen read.

A volume has one row. Its footprint has one or more **entries**: each part of an area, each run of
a long line, each stretch of a track with the time spent on it. A volume's gap to another is the
least over their entries, so an entry is what is searched for and measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine import heights
from wideberth.engine.entries import Entries, Outlines, entries_of
from wideberth.engine.geodesy import Floats
from wideberth.engine.shape import Core, shape_of
from wideberth.model.activity import Activity
from wideberth.model.agreement import HeightRanges
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, HeightLimit
from wideberth.model.volume import Arena, Role, Volume

Codes = NDArray[np.int32]
Marks = NDArray[np.bool_]

ARENAS: Final = tuple(Arena)
ROLES: Final = (None, *Role)
DATUMS: Final = tuple(Datum)
NO_LINK: Final = -1
PROGRESS_EVERY: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Volumes in arrays of one row each, in the order of their activities.

    activity: which of the activities given; place: which of its volumes. arena, role and the
    datums are places in ARENAS, ROLES and DATUMS; party and link number the different names
    (link NO_LINK: none). freq: NaN where the volume has no band. lower_m and upper_m are as
    declared; lowest_m and highest_m the least lower and greatest upper limit above mean sea level.
    """

    activity: Codes
    place: Codes
    party: Codes
    link: Codes
    arena: Codes
    role: Codes
    start_s: Floats
    end_s: Floats
    freq_low_hz: Floats
    freq_high_hz: Floats
    lower_m: Floats
    upper_m: Floats
    lower_datum: Codes
    upper_datum: Codes
    lowest_m: Floats
    highest_m: Floats
    core: Codes
    is_moving: Marks
    radius_m: Floats
    entries: Entries

    def __len__(self) -> int:
        return len(self.activity)

    def members(self, arena: Arena) -> NDArray[np.intp]:
        """Return the places of the volumes of an arena."""
        return np.flatnonzero(self.arena == ARENAS.index(arena))


def columns_of(
    activities: Sequence[Activity],
    ranges: HeightRanges,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Columns:
    """Return the volumes of all activities as columns.

    progress is told how many volumes of how many have been read.
    """
    volumes = [volume for activity in activities for volume in activity.volumes]
    counts = [len(activity.volumes) for activity in activities]
    starts = np.cumsum([0, *counts])[:-1]
    outlines = _outlines(volumes, progress)
    lowest_m, highest_m = _msl_ranges(volumes, ranges)
    bands = [(v.freq.low_hz, v.freq.high_hz) if v.freq else (np.nan, np.nan) for v in volumes]
    freq_hz = np.array(bands, float).reshape(-1, 2)
    return Columns(
        activity=np.repeat(np.arange(len(activities), dtype=np.int32), counts),
        place=(np.arange(len(volumes)) - np.repeat(starts, counts)).astype(np.int32),
        party=np.repeat(_numbers([a.party for a in activities]), counts),
        link=np.repeat(_numbers([a.linked for a in activities], empty=NO_LINK), counts),
        arena=_codes([ARENAS.index(v.arena) for v in volumes]),
        role=_codes([ROLES.index(v.role) for v in volumes]),
        start_s=np.array([v.time.start_s for v in volumes], float),
        end_s=np.array([v.time.end_s for v in volumes], float),
        freq_low_hz=freq_hz[:, 0].copy(),
        freq_high_hz=freq_hz[:, 1].copy(),
        lower_m=np.array([v.height.lower.height_m for v in volumes], float),
        upper_m=np.array([v.height.upper.height_m for v in volumes], float),
        lower_datum=_codes([DATUMS.index(v.height.lower.datum) for v in volumes]),
        upper_datum=_codes([DATUMS.index(v.height.upper.datum) for v in volumes]),
        lowest_m=lowest_m,
        highest_m=highest_m,
        core=outlines.core,
        is_moving=np.array([isinstance(v.footprint, Track) for v in volumes], bool),
        radius_m=outlines.radius_m,
        entries=entries_of(outlines),
    )


def _codes(values: list[int]) -> Codes:
    return np.array(values, np.int32)


def _numbers(names: list[str], empty: int | None = None) -> Codes:
    """Return a number for each different name, in order of first sight; "" may have its own."""
    seen: dict[str, int] = {} if empty is None else {"": empty}
    return _codes([seen.setdefault(name, len(seen)) for name in names])


def _outlines(volumes: Sequence[Volume], progress: Callable[[int, int], None] | None) -> Outlines:
    """Return the vertices of all footprints, in rings and lines as they were declared."""
    cores: list[int] = []
    radii, times = [], []
    chain_volume, chain_hole, lengths = [], [], []
    points: list[tuple[float, float]] = []
    line: tuple[tuple[float, float], ...]
    for k, volume in enumerate(volumes):
        match volume.footprint:
            case Polygon(parts):
                core, radius_m = Core.AREA, 0.0
                for part in parts:
                    for place, ring in enumerate((part.outer, *part.holes)):
                        points += ring
                        points.append(ring[0])
                        lengths.append(len(ring) + 1)
                        chain_volume.append(k)
                        chain_hole.append(place > 0)
            case Circle(centre, radius_m):
                core, line = Core.POINT, (centre,)
            case Corridor(line, radius_m):
                core = Core.LINE
            case Track(line, times_s, radius_m):
                core = Core.LINE
                times.append((len(lengths), times_s))
            case Everywhere():
                core, radius_m, line = Core.EVERYWHERE, 0.0, ((0.0, 0.0),)
        if core is not Core.AREA:
            points += line
            lengths.append(len(line))
            chain_volume.append(k)
            chain_hole.append(False)
        cores.append(core)
        radii.append(radius_m)
        if progress and (k + 1) % PROGRESS_EVERY == 0:
            progress(k + 1, len(volumes))
    flat = np.fromiter(chain.from_iterable(points), float, 2 * len(points))
    return Outlines(
        core=_codes(cores),
        radius_m=np.array(radii, float),
        start_s=np.array([v.time.start_s for v in volumes], float),
        end_s=np.array([v.time.end_s for v in volumes], float),
        lonlat=flat.reshape(-1, 2),
        chain_start=np.cumsum([0, *lengths]),
        chain_volume=np.array(chain_volume, np.intp),
        chain_is_hole=np.array(chain_hole, bool),
        times_s=dict(times),
    )


def _msl_ranges(volumes: Sequence[Volume], ranges: HeightRanges) -> tuple[Floats, Floats]:
    """Return the least lower and greatest upper limit of each volume above mean sea level.

    Where all limits share one datum nothing is ever converted, and they stand as declared.
    """
    datums = {
        limit.datum
        for v in volumes
        for limit in (v.height.lower, v.height.upper)
        if np.isfinite(limit.height_m)
    }
    if len(datums) <= 1:
        return (
            np.array([v.height.lower.height_m for v in volumes], float),
            np.array([v.height.upper.height_m for v in volumes], float),
        )
    known: dict[HeightLimit, tuple[float, float]] = {}
    anywhere = shape_of(Circle((0.0, 0.0), 0.0))

    def msl_range_m(volume: Volume, limit: HeightLimit) -> tuple[float, float]:
        if limit.datum is Datum.ELLIPSOID:
            return heights.msl_range_m(limit, shape_of(volume.footprint), ranges)
        if limit not in known:  # the other datums do not ask where
            known[limit] = heights.msl_range_m(limit, anywhere, ranges)
        return known[limit]

    return (
        np.array([msl_range_m(v, v.height.lower)[0] for v in volumes], float),
        np.array([msl_range_m(v, v.height.upper)[1] for v in volumes], float),
    )
