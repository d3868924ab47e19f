"""Frequency-dependent rejection in closed form beside a numerical integration, in one run."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.figure import Figure, at_least, at_most
from wideberth.spectrum.mask import attenuation_db, default_emission, default_selectivity
from wideberth.spectrum.rejection import fdr_db

OFFSETS = 200_000
SLICES = 4001  # of the integration: what keeps it within 0.05 dB of the closed form
BY_SLICES = 2_000
RATIO = 50.0


def figures(offsets: int = OFFSETS, by_slices: int = BY_SLICES) -> Iterator[Figure]:
    """Yield offsets a second, how much faster than by slices, and how far the two differ."""
    emission, selectivity = default_emission(50e3, 47.0), default_selectivity(25e3)
    low_hz, high_hz = emission.edges_hz
    at_hz = np.linspace(low_hz, high_hz, SLICES)
    density = 10.0 ** (-attenuation_db(emission, at_hz) / 10.0)

    def closed(offset_hz: np.ndarray) -> np.ndarray:
        return fdr_db(emission, selectivity, offset_hz)

    def sliced(offset_hz: np.ndarray) -> np.ndarray:
        response = 10.0 ** (-attenuation_db(selectivity, at_hz + offset_hz[:, None]) / 10.0)
        kept = np.trapezoid(density * response, at_hz, axis=1)
        return np.minimum(10.0 * np.log10(np.trapezoid(density, at_hz) / kept), emission.floor_db)

    wide = np.linspace(-3e5, 3e5, offsets)
    closed(wide)  # compiled before it is timed
    rate = offsets / _seconds(lambda: closed(wide))
    few = wide[:: max(1, offsets // by_slices)]
    slow = len(few) / _seconds(lambda: [sliced(part) for part in np.array_split(few, 20)])
    apart_db = max(np.abs(closed(part) - sliced(part)).max() for part in np.array_split(few, 20))
    yield Figure("rejection, closed form", rate, "offsets/s")
    yield Figure("rejection, by slices", slow, "offsets/s")
    yield at_least("rejection, closed form : by slices", rate / slow, "times", RATIO)
    yield at_most("rejection, closed form less by slices", float(apart_db), "dB", 0.05)


def _seconds(work: Callable[[], object]) -> float:
    """Return the shortest of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
