"""The conservative interference screen, indexed, dense and as a loop over paths, in one world."""

import math
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from benchmarks.figure import Figure, at_most
from wideberth.spectrum.screen import Emitters, Hits, Index, Receivers, find, find_by_brute_force

# Band edges in MHz, bandwidth in kHz, EIRP in dBm, limit in dBm at an isotropic antenna.
BANDS = (
    (118.0, 137.0, 8.33, 44.0, -107.0),
    (156.0, 162.0, 25.0, 44.0, -107.0),
    (225.0, 400.0, 25.0, 50.0, -107.0),
    (960.0, 1215.0, 1_000.0, 60.0, -100.0),
    (1559.0, 1610.0, 20_000.0, 20.0, -110.0),
    (2700.0, 3400.0, 5_000.0, 90.0, -104.0),
    (4200.0, 4400.0, 100_000.0, 30.0, -95.0),
    (9300.0, 9500.0, 40_000.0, 80.0, -98.0),
    (13_750.0, 14_500.0, 36_000.0, 75.0, -98.0),
)
FLOOR_DB = 80.0
SAMPLE = 20_000  # paths in the plain loop
MORE = 8  # times the rounds where one takes milliseconds
HOURS = 3600.0
Found = TypeVar("Found")


def world(emitters: int, receivers: int, seed: int = 4) -> tuple[Emitters, Receivers]:
    """Return a theatre of 8 x 10 degrees, half of it airborne, half of it for some hours only."""
    chance = np.random.default_rng(seed)
    return (
        Emitters(**_rows(chance, emitters), eirp_dbm=_levels(chance, emitters, 3)),
        Receivers(**_rows(chance, receivers), limit_dbm=_levels(chance, receivers, 4)),
    )


def _levels(chance: np.random.Generator, count: int, column: int) -> np.ndarray:
    levels = np.array([band[column] for band in BANDS])
    return levels[np.arange(count) % len(BANDS)] + chance.uniform(-10.0, 5.0, count)


def _rows(chance: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    low, high, width, _, _ = np.array(BANDS)[np.arange(count) % len(BANDS)].T
    channels = np.floor((high - low) * 1e3 / width)
    low_hz = low * 1e6 + np.floor(chance.random(count) * channels) * width * 1e3
    lon, lat = (
        np.radians(chance.uniform(28.0, 38.0, count)),
        np.radians(chance.uniform(31, 39, count)),
    )
    is_airborne = chance.random(count) < 0.5
    size_m = 6.371e6 + np.where(is_airborne, chance.uniform(1e3, 12e3, count), 20.0)
    flat = np.cos(lat)
    unit = np.stack((flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)), axis=1)
    start_s = np.where(chance.random(count) < 0.5, -math.inf, chance.uniform(0, 24, count) * HOURS)
    length_s = chance.uniform(1.0, 6.0, count) * HOURS
    return {
        "centre": unit * size_m[:, None],
        "radius_m": np.where(is_airborne, chance.uniform(0.0, 20e3, count), 10.0),
        "low_hz": low_hz,
        "high_hz": low_hz + width * 1e3,
        "floor_db": np.full(count, FLOOR_DB),
        "start_s": start_s,
        "end_s": np.where(np.isinf(start_s), math.inf, start_s + length_s),
        "owner": chance.integers(0, 2, count),
        "link": np.full(count, -1),
    }


def figures(rounds: int = 5, *, size: int = 10_000) -> Iterator[Figure]:
    """Yield the figures; raises AssertionError where the index and brute force differ."""
    few = max(size // 10, 1)
    small, large = world(few, few), world(size, size)
    start = time.perf_counter()
    Index.over(small[1]).against(small[0], fast=True)
    find_by_brute_force(*small, fast=True)
    yield Figure("screen: compiled or read from disk", time.perf_counter() - start, "s")
    dense = partial(find_by_brute_force, *small, fast=True)
    dense_s, hits = _timed(dense, MORE * rounds)
    yield at_most(f"screen {few:,} x {few:,}: dense", dense_s * 1e3, "ms", 50.0)
    plain_s, same = _timed(partial(find_by_brute_force, *small, fast=False), rounds)
    _assert_same(hits, same)
    yield Figure(f"screen {few:,} x {few:,}: dense, numpy alone", plain_s * 1e3, "ms")
    indexed_s, same = _timed(partial(find, *small, fast=True), MORE * rounds)
    _assert_same(hits, same)
    yield at_most(f"screen {few:,} x {few:,}: indexed", indexed_s * 1e3, "ms", 5.0)
    yield Figure(f"screen {few:,} x {few:,}: hits", len(hits), "pairs")
    loop_s = _loop_s(*small) * few * few
    yield Figure(f"screen {few:,} x {few:,}: loop over paths : dense", loop_s / dense_s, "x")
    yield from _large(large, rounds, loop_s / (few * few))


def _large(large: tuple[Emitters, Receivers], rounds: int, path_s: float) -> Iterator[Figure]:
    size = len(large[0])
    label = f"screen {size:,} x {size:,}"
    indexed_s, hits = _timed(partial(find, *large, fast=True), rounds)
    yield at_most(f"{label}: indexed", indexed_s, "s", 1.0)
    plain_s, same = _timed(partial(find, *large, fast=False), 1)
    _assert_same(hits, same)
    yield Figure(f"{label}: indexed, numpy alone", plain_s, "s")
    dense_s, same = _timed(partial(find_by_brute_force, *large, fast=True), 1)
    _assert_same(hits, same)
    yield Figure(f"{label}: dense", dense_s, "s")
    yield Figure(f"{label}: dense : indexed", dense_s / indexed_s, "x")
    yield Figure(f"{label}: loop over paths : indexed", path_s * size * size / indexed_s, "x")
    yield Figure(f"{label}: hits", len(hits), "pairs")
    index_s, index = _timed(partial(Index.over, large[1]), rounds)
    yield Figure(f"screen: index over {size:,} built", index_s * 1e3, "ms")
    edits = [world(1, 1, seed)[0] for seed in range(200)]
    took = [_timed(partial(index.against, edit), 1)[0] for edit in edits]
    edit_ms = statistics.median(took) * 1e3
    yield at_most(f"screen: one edit against {size:,} receivers", edit_ms, "ms", 1.0)


def _timed(work: Callable[[], Found], rounds: int) -> tuple[float, Found]:
    """Return the median of some runs in seconds, and what was found."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = work()
        took.append(time.perf_counter() - start)
    return statistics.median(took), found


def _assert_same(one: Hits, other: Hits) -> None:
    for name in ("emitter", "receiver", "margin_db", "is_overlapping"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name


def _loop_s(emitters: Emitters, receivers: Receivers) -> float:
    """Return seconds a path of a plain loop, scalar by scalar as per-path libraries work."""
    chance = np.random.default_rng(7)
    pairs = zip(
        chance.integers(0, len(emitters), SAMPLE).tolist(),
        chance.integers(0, len(receivers), SAMPLE).tolist(),
        strict=True,
    )
    rows_e, rows_r = _listed(emitters), _listed(receivers)
    levels_e, levels_r = emitters.eirp_dbm.tolist(), receivers.limit_dbm.tolist()
    start = time.perf_counter()
    found = [_margin_db(rows_e[i], levels_e[i], rows_r[j], levels_r[j]) for i, j in pairs]
    return (time.perf_counter() - start) / len(found)


def _listed(rows: Emitters | Receivers) -> list[tuple]:
    names = ("radius_m", "low_hz", "high_hz", "floor_db", "start_s", "end_s", "owner")
    columns = [getattr(rows, name).tolist() for name in names]
    return list(zip(rows.centre.tolist(), *columns, strict=True))


def _margin_db(one: tuple, eirp_dbm: float, other: tuple, limit_dbm: float) -> float:
    centre, radius, low, high, floor, start, end, owner = one
    centre_r, radius_r, low_r, high_r, floor_r, start_r, end_r, owner_r = other
    if owner == owner_r or start >= end_r or start_r >= end:
        return math.inf
    distance_m = max(math.dist(centre, centre_r) - radius - radius_r, 1.0)
    loss_db = 20.0 * math.log10(4.0 * math.pi * distance_m * min(low, low_r) / 299_792_458.0)
    if not (low < high_r and low_r < high):
        loss_db += max(min(floor, floor_r) - 3.0103, 0.0)
    return limit_dbm - eirp_dbm + loss_db
