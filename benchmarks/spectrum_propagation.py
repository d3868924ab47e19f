"""Terrain profiles per second, beside the same method in plain Python, one path at a time."""

import math
import time
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure, at_least
from wideberth.spectrum import delta_bullington, terrestrial
from wideberth.spectrum.delta_bullington import Profiles

Floats = NDArray[np.float64]

POINTS: Final = 300
PATHS: Final = 20_000
PLAIN_PATHS: Final = 40
SMOOTH_PATHS: Final = 500_000
LEAST_PER_S: Final = 50_000.0  # issue 4
FREQ_HZ: Final = 400e6
LIGHT_M_PER_S: Final = 299_792_458.0
EARTH_KM: Final = 6371.0 * 4.0 / 3.0


def figures(*, rounds: int = 3, paths: int = PATHS) -> Iterator[Figure]:
    """Yield profiles per second, the ratio to plain Python, and paths without terrain.

    Raises AssertionError unless both methods give the same losses.
    """
    profiles = _profiles(paths)
    delta_bullington.diffraction_loss_db(FREQ_HZ, _profiles(64))  # compiles
    per_s = paths / _best_s(lambda: delta_bullington.diffraction_loss_db(FREQ_HZ, profiles), rounds)
    name = f"delta-Bullington, {POINTS}-point profiles"
    yield at_least(name, per_s, "paths/s", LEAST_PER_S)
    ours_db = delta_bullington.diffraction_loss_db(FREQ_HZ, profiles)
    plain_db = _plain(profiles)
    assert np.allclose(ours_db[: len(plain_db)], plain_db, atol=1e-2), "the losses differ"
    plain_per_s = len(plain_db) / _best_s(lambda: _plain(profiles), rounds)
    yield Figure("delta-Bullington, plain Python a path at a time", plain_per_s, "paths/s")
    yield Figure("delta-Bullington, ours to plain Python", per_s / plain_per_s, "times")
    count = SMOOTH_PATHS if paths == PATHS else paths
    distance_m = np.geomspace(1e3, 5e5, count)
    seconds = _best_s(
        lambda: terrestrial.basic_transmission_loss_db(FREQ_HZ, distance_m, 30.0, 10.0), rounds
    )
    yield Figure("terrestrial loss without terrain", count / seconds, "paths/s")


def _best_s(work: Callable[[], object], rounds: int) -> float:
    """Return the seconds of the quickest of some runs; the machine is shared."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _profiles(count: int) -> Profiles:
    """Return hilly profiles, 5 to 150 km long, the same ones each time."""
    chance = np.random.default_rng(4)
    ground_m = np.abs(np.cumsum(chance.normal(0.0, 12.0, (count, POINTS)), axis=1))
    length_m = chance.uniform(5e3, 150e3, (count, 1))
    antennas_m = (chance.uniform(5.0, 60.0, count), chance.uniform(2.0, 30.0, count))
    along_m = np.linspace(0.0, 1.0, POINTS) * length_m
    return Profiles.of(along_m, ground_m, antennas_m=antennas_m)


def _plain(profiles: Profiles) -> list[float]:
    """Return the losses of the first paths, each computed by itself in plain Python."""
    return [
        _one_path_db(
            (profiles.distance_m[i] / 1e3).tolist(),
            profiles.ground_m[i].tolist(),
            float(profiles.one_antenna_m[i]),
            float(profiles.other_antenna_m[i]),
        )
        for i in range(min(PLAIN_PATHS, len(profiles.ground_m)))
    ]


def _one_path_db(d: list[float], h: list[float], antenna_1: float, antenna_2: float) -> float:
    """Return the delta-Bullington loss of one path over land, step by step as P.1812-6 has it."""
    h1, h2, far = h[0] + antenna_1, h[-1] + antenna_2, d[-1]
    actual = _bullington_db(d, h, h1, h2)
    v1 = v2 = 0.0
    for i in range(1, len(d)):
        step = d[i] - d[i - 1]
        v1 += step * (h[i] + h[i - 1])
        v2 += step * (h[i] * (2 * d[i] + d[i - 1]) + h[i - 1] * (d[i] + 2 * d[i - 1]))
    start, end = (2 * v1 * far - v2) / far**2, (v2 - v1 * far) / far**2
    over = [h[i] - (h1 * (far - d[i]) + h2 * d[i]) / far for i in range(1, len(d) - 1)]
    if max(over) > 0:
        out = max(o / x for o, x in zip(over, d[1:-1], strict=True))
        back = max(o / (far - x) for o, x in zip(over, d[1:-1], strict=True))
        start -= max(over) * out / (out + back)
        end -= max(over) * back / (out + back)
    e1, e2 = h1 - min(start, h[0]), h2 - min(end, h[-1])
    level = _bullington_db(d, [0.0] * len(d), e1, e2)
    return actual + max(_sphere_db(far, e1, e2) - level, 0.0)


def _bullington_db(d: list[float], h: list[float], h1: float, h2: float) -> float:
    wavelength, far = LIGHT_M_PER_S / FREQ_HZ, d[-1]
    inner = [(x, y + 500 * x * (far - x) / EARTH_KM) for x, y in zip(d[1:-1], h[1:-1], strict=True)]
    rise = max((y - h1) / x for x, y in inner)
    if rise < (h2 - h1) / far:
        nu = max(
            (y - (h1 * (far - x) + h2 * x) / far)
            * math.sqrt(0.002 * far / (wavelength * x * (far - x)))
            for x, y in inner
        )
    else:
        back = max((y - h2) / (far - x) for x, y in inner)
        x = (h2 - h1 + back * far) / (rise + back)
        nu = (h1 + rise * x - (h1 * (far - x) + h2 * x) / far) * math.sqrt(
            0.002 * far / (wavelength * x * (far - x))
        )
    edge = 0.0
    if nu > -0.78:
        edge = 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)
    return edge + (1 - math.exp(-edge / 6)) * (10 + 0.02 * far)


def _sphere_db(far: float, h1: float, h2: float) -> float:
    """Return the first-term loss over land, vertical polarization, by P.526's practical units."""
    f = FREQ_HZ / 1e6
    sight = math.sqrt(2 * EARTH_KM) * (math.sqrt(h1 / 1e3) + math.sqrt(h2 / 1e3))
    radius, missing = EARTH_KM, 1.0
    if far < sight:
        missing = 1 - _clearance(far, h1, h2)
        if missing <= 0:
            return 0.0
        radius = 500 * (far / (math.sqrt(h1) + math.sqrt(h2))) ** 2
    x = 18000 * 0.003 / f
    k = 0.36 * (radius * f) ** (-1 / 3) * (21**2 + x**2) ** -0.25 * math.sqrt(22**2 + x**2)
    beta = (1 + 1.6 * k**2 + 0.67 * k**4) / (1 + 4.5 * k**2 + 1.53 * k**4)
    along = 2.188 * beta * f ** (1 / 3) * radius ** (-2 / 3) * far
    gains = 0.0
    for height in (h1, h2):
        b = beta * 9.575e-3 * beta * f ** (2 / 3) * radius ** (-1 / 3) * height
        gain = 20 * math.log10(b + 0.1 * b**3) if b > 0 else -math.inf
        if b > 2:
            gain = 17.6 * math.sqrt(b - 1.1) - 5 * math.log10(b - 1.1) - 8
        gains += max(gain, 2 + 20 * math.log10(k))
    if along >= 1.6:
        return missing * max(0.0, -(11 + 10 * math.log10(along) - 17.6 * along) - gains)
    return missing * max(0.0, 20 * math.log10(along) + 5.6488 * along**1.425 - gains)


def _clearance(far: float, h1: float, h2: float) -> float:
    """Return the least clearance in line of sight, as a share of what is required."""
    c, m = (h1 - h2) / (h1 + h2), 250 * far**2 / (EARTH_KM * (h1 + h2))
    turn = math.pi / 3 + math.acos(3 * c / 2 * math.sqrt(3 * m / (m + 1) ** 3)) / 3
    d1 = far / 2 * (1 + 2 * math.sqrt((m + 1) / (3 * m)) * math.cos(turn))
    d2 = far - d1
    over = ((h1 - 500 * d1**2 / EARTH_KM) * d2 + (h2 - 500 * d2**2 / EARTH_KM) * d1) / far
    return over / (17.456 * math.sqrt(d1 * d2 * LIGHT_M_PER_S / FREQ_HZ / far))
