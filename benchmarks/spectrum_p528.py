"""P.528-5: paths a second of the exact form, look-ups a second of the table, and how far apart."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure, at_least, at_most
from wideberth.spectrum.p528 import Table, basic_transmission_loss_db, least_loss_db
from wideberth.spectrum.p528.pairs import pair

LOOK_UPS = 250_000
PATHS = 4_000
BOUNDS = 2_000
FREQ_HZ = 1.09e9
SEED = 528
ROUNDS = 12
Columns = tuple[float, *tuple[NDArray[np.float64], ...]]


def paths(count: int) -> Columns:
    """Return paths of one frequency over all heights and distances, half about the horizon."""
    draw = np.random.default_rng(SEED)
    heights_m = np.sort(10 ** draw.uniform(np.log10(1.5), np.log10(2e4), (count, 2)), axis=1)
    horizon_m = 4120.0 * np.sqrt(heights_m).sum(axis=1)
    far_m = 10 ** draw.uniform(2.0, np.log10(1.8e6), count)
    near_m = np.minimum(horizon_m * draw.uniform(0.8, 1.3, count), 1.8e6)
    distance_m = np.where(draw.random(count) < 0.5, far_m, near_m)
    percent = draw.choice([1.0, 5.0, 10.0, 50.0], count)
    return (FREQ_HZ, distance_m, heights_m[:, 0], heights_m[:, 1], percent)


def seconds(work: Callable[[], object]) -> float:
    """Return the least time that work takes in some rounds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def figures() -> Iterator[Figure]:
    """Yield the figures of P.528-5."""
    table, many, some = Table(), paths(LOOK_UPS), paths(PATHS)
    table.look_up(*(np.atleast_1d(column)[:10] for column in many))
    basic_transmission_loss_db(*some)
    look_ups = LOOK_UPS / seconds(lambda: table.look_up(*many))

    def anew() -> None:
        pair.cache_clear()
        basic_transmission_loss_db(*some)

    exact = PATHS / seconds(anew)
    apart = np.abs(table.look_up(*some) - basic_transmission_loss_db(*some))
    bounds = list(zip(*(column[:BOUNDS].tolist() for column in some[1:]), strict=True))

    def bound_all() -> None:
        for path in bounds:
            least_loss_db(FREQ_HZ, *path)

    yield at_least("P.528 table", look_ups, "look-ups/s", 1e6)
    yield at_least("P.528 exact, pairs anew", exact, "paths/s", 50.0)
    yield Figure("P.528 table : exact", look_ups / exact, "times")
    yield at_most("P.528 table from exact, most", float(apart.max()), "dB", 0.5)
    yield at_most("P.528 least loss, warm", seconds(bound_all) / BOUNDS * 1e3, "ms", 1.0)


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.name}: {figure.value:,.4g} {figure.unit} {figure.target} {figure.ok}")
