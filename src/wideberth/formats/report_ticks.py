"""Round numbers along an axis: clock times, heights, frequencies, and times along a track."""

import itertools
import math
from dataclasses import dataclass
from typing import Final

import pyproj

from wideberth.engine.words import hertz
from wideberth.formats.report_words import instant
from wideberth.model.footprint import Track
from wideberth.units import SECONDS_PER_DAY

_TIME_STEPS_S: Final = (
    *(60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200),
    *(86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 91 * 86400, 364 * 86400),
)
_GEOD: Final = pyproj.Geod(ellps="WGS84")
_BANDS: Final = (  # ITU Radio Regulations, article 2.1: numbers 4 to 11
    (3e3, "VLF"),
    (30e3, "LF"),
    (300e3, "MF"),
    (3e6, "HF"),
    (30e6, "VHF"),
    (300e6, "UHF"),
    (3e9, "SHF"),
    (30e9, "EHF"),
    (300e9, ""),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark and its words; x and y in pixels, or in degrees for a track not yet drawn."""

    x: float
    y: float
    words: str


def step_of(span: float, steps: tuple[float, ...], most: int) -> float:
    """Return the first step that cuts a span into at most so many pieces."""
    return next((step for step in steps if span / step <= most), steps[-1])


def clock(low_s: float, high_s: float, most: int = 8) -> list[tuple[float, str]]:
    """Return round instants from low to high with their words; the day is named where it turns."""
    step = step_of(high_s - low_s, _TIME_STEPS_S, most)
    if high_s - low_s > most * step:
        step *= math.ceil((high_s - low_s) / (most * step))
    first = math.ceil(low_s / step)
    found: list[tuple[float, str]] = []
    day = ""
    for k in range(first, math.floor(high_s / step) + 1):
        said = instant(k * step)
        words = said[11:16] if step < SECONDS_PER_DAY else ""
        if said[:10] != day:
            day = said[:10]
            words = f"{words} {day}".strip()
        found.append((k * step, words))
    return found


def figures(low: float, high: float, most: int = 6) -> list[float]:
    """Return round numbers from low to high: 1, 2 or 5 times a power of ten apart."""
    span = max(high - low, 1e-9)
    power = 10.0 ** math.floor(math.log10(span / most))
    step = step_of(span, (power, 2 * power, 5 * power, 10 * power), most)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def frequencies(low_hz: float, high_hz: float) -> list[tuple[float, str]]:
    """Return round frequencies for a logarithmic axis; even steps where the span is narrow."""
    if high_hz / low_hz < 4.0:
        return [(f, hertz(f)) for f in figures(low_hz, high_hz)]
    decades = range(math.floor(math.log10(low_hz)), math.ceil(math.log10(high_hz)) + 1)
    factors = (1, 2, 5) if len(decades) <= 4 else (1,)
    found = [float(f * 10**d) for d in decades for f in factors]
    return [(f, hertz(f)) for f in found if low_hz <= f <= high_hz]


def named_bands(low_hz: float, high_hz: float) -> list[tuple[float, float, str]]:
    """Return the ITU bands that a span touches, cut to it: from, to, name."""
    return [
        (max(low, low_hz), min(high, high_hz), name)
        for (low, name), (high, _) in itertools.pairwise(_BANDS)
        if low < high_hz and high > low_hz
    ]


def time_ticks(track: Track) -> tuple[Tick, ...]:
    """Return where a moving volume's middle is at round instants, in degrees."""
    found = []
    for time_s, words in clock(track.times_s[0], track.times_s[-1], 6):
        leg = next(i for i, end_s in enumerate(track.times_s[1:]) if time_s <= end_s)
        a, b = track.points[leg], track.points[leg + 1]
        start_s, end_s = track.times_s[leg], track.times_s[leg + 1]
        azimuth, _, length_m = _GEOD.inv(*a, *b)
        share = (time_s - start_s) / (end_s - start_s)
        lon_deg, lat_deg, _ = _GEOD.fwd(*a, azimuth, length_m * share)
        found.append(Tick(lon_deg, lat_deg, words[:5]))
    return tuple(found)
