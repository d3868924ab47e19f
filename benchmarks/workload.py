"""Two parties' made-up traffic over the eastern Mediterranean, as flat arrays.

1,500 by 1,500 km; star-shaped areas of 6 to 20 corners, 2 to 60 NM across, never convex; a week of
windows of half an hour to four hours; bands 150 to 1,500 m thick up to 12 km; three in ten carry a
frequency band. `clustered` gathers two thirds of all within 40 km of twenty-five places; `mixed`
makes three in ten circles and two in ten corridors.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wideberth.engine.columns import NO_LINK, Columns
from wideberth.engine.entries import Discs, Outlines, Rings, entries_of
from wideberth.engine.shape import Core
from wideberth.model.agreement import Minima

KINDS = ("uniform", "clustered", "mixed")
CENTRE = (27.5, 35.5)
HALF_M = 750_000.0
DEGREE_M = 111_195.0
NM = 1852.0
WEEK_S = 7 * 86400.0
MINIMA = Minima(lateral_m=5 * NM, vertical_m=304.8, time_s=300.0)


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """Volumes in flat arrays; chains of (lon, lat): closed rings, lines, single points."""

    party: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    low_m: np.ndarray
    high_m: np.ndarray
    low_hz: np.ndarray
    high_hz: np.ndarray
    core: np.ndarray
    radius_m: np.ndarray
    lonlat: np.ndarray
    chain_start: np.ndarray

    def __len__(self) -> int:
        return len(self.party)

    def of(self, rows: np.ndarray) -> "Workload":
        """Return some of the volumes."""
        sizes = np.diff(self.chain_start)[rows]
        starts = np.cumsum(sizes) - sizes
        take = np.repeat(self.chain_start[rows] - starts, sizes) + np.arange(sizes.sum())
        fields = ("party", "start_s", "end_s", "low_m", "high_m", "low_hz", "high_hz")
        return Workload(
            *(getattr(self, name)[rows] for name in (*fields, "core", "radius_m")),
            self.lonlat[take],
            np.append(starts, sizes.sum()),
        )

    def columns(self, discs_of: Callable[[Rings], Discs] | None = None) -> Columns:
        """Return the volumes as the engine's columns; discs_of: how their discs are found."""
        n = len(self)
        nothing = np.zeros(n, np.int32)
        outlines = Outlines(
            core=self.core,
            radius_m=self.radius_m,
            start_s=self.start_s,
            end_s=self.end_s,
            lonlat=self.lonlat,
            chain_start=self.chain_start,
            chain_volume=np.arange(n),
            chain_is_hole=np.zeros(n, bool),
            times_s={},
        )
        return Columns(
            activity=np.arange(n, dtype=np.int32),
            place=nothing,
            party=self.party,
            link=np.full(n, NO_LINK, np.int32),
            arena=nothing,
            role=nothing,
            start_s=self.start_s,
            end_s=self.end_s,
            freq_low_hz=self.low_hz,
            freq_high_hz=self.high_hz,
            lower_m=self.low_m,
            upper_m=self.high_m,
            lower_datum=nothing,
            upper_datum=nothing,
            lowest_m=self.low_m,
            highest_m=self.high_m,
            core=self.core,
            is_moving=np.zeros(n, bool),
            radius_m=self.radius_m,
            entries=entries_of(outlines, discs_of),
        )


def make(count: int, kind: str = "uniform", seed: int = 20261122) -> Workload:
    """Return so many volumes; the same for the same arguments."""
    chance = np.random.default_rng(seed)
    start_s = chance.uniform(0.0, WEEK_S, count)
    low_m = chance.uniform(0.0, 12_000.0, count)
    has_band = chance.random(count) < 0.3
    low_hz = np.where(
        has_band, 10.0 ** chance.uniform(np.log10(30e6), np.log10(18e9), count), np.nan
    )
    core = np.full(count, Core.AREA, np.int32)
    if kind == "mixed":
        drawn = chance.random(count)
        core[drawn < 0.5] = Core.LINE
        core[drawn < 0.3] = Core.POINT
    size_m = chance.uniform(1.0, 30.0, count) * NM
    lonlat, chain_start = _chains(chance, core, size_m, _middles(chance, count, kind))
    radius_m = np.select(
        [core == Core.POINT, core == Core.LINE], [size_m, chance.uniform(0.5, 5.0, count) * NM], 0.0
    )
    return Workload(
        party=(chance.random(count) < 0.5).astype(np.int32),
        start_s=start_s,
        end_s=start_s + chance.uniform(0.5, 4.0, count) * 3600.0,
        low_m=low_m,
        high_m=low_m + chance.uniform(150.0, 1500.0, count),
        low_hz=low_hz,
        high_hz=low_hz + chance.uniform(1e6, 40e6, count),
        core=core,
        radius_m=radius_m,
        lonlat=lonlat,
        chain_start=chain_start,
    )


def _middles(chance: np.random.Generator, count: int, kind: str) -> np.ndarray:
    """Return where volumes lie, metres east and north of the theatre's centre."""
    middle = chance.uniform(-HALF_M, HALF_M, (count, 2))
    if kind == "clustered":
        places = chance.uniform(-HALF_M, HALF_M, (25, 2))
        near = chance.random(count) < 2.0 / 3.0
        spread = chance.normal(0.0, 40_000.0, (count, 2))
        middle[near] = (places[chance.integers(0, 25, count)] + spread)[near]
    return middle


def _chains(
    chance: np.random.Generator, core: np.ndarray, size_m: np.ndarray, middle: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return rings, lines and points about their middles, and where each begins."""
    corners = chance.integers(6, 21, len(core))
    bends = chance.integers(2, 7, len(core))
    sizes = np.select([core == Core.AREA, core == Core.LINE], [corners + 1, bends], 1)
    start = np.append(0, np.cumsum(sizes))
    whose = np.repeat(np.arange(len(core)), sizes)
    nth = np.arange(start[-1]) - start[whose]
    is_area = core[whose] == Core.AREA
    turn = chance.uniform(0.0, 2.0 * np.pi, len(core))[whose]
    angle = turn + 2.0 * np.pi * nth / corners[whose]
    reach = size_m[whose] * chance.uniform(0.4, 1.0, len(whose))
    along = size_m[whose] * (2.0 * nth / np.maximum(sizes - 1, 1)[whose] - 1.0)
    sway = np.where(sizes > 1, 0.1, 0.0)[whose] * size_m[whose] * chance.uniform(-1, 1, len(whose))
    east = np.where(is_area, reach * np.cos(angle), along * np.cos(turn) - sway * np.sin(turn))
    north = np.where(is_area, reach * np.sin(angle), along * np.sin(turn) + sway * np.cos(turn))
    is_point = (core == Core.POINT)[whose]
    xy = np.where(is_point[:, None], 0.0, np.stack((east, north), axis=1)) + middle[whose]
    last = is_area & (nth == corners[whose])
    xy[last] = xy[start[whose[last]]]
    lat = CENTRE[1] + xy[:, 1] / DEGREE_M
    lon = CENTRE[0] + xy[:, 0] / (DEGREE_M * np.cos(np.radians(lat)))
    return np.stack((lon, lat), axis=1), start
