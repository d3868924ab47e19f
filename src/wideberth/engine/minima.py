"""The exact judgement of two volumes against minima, axis by axis, cheapest axis first.

A conflict: there are instants t_a in A's window and t_b in B's, less than the time minimum apart
(equal, if it is 0), at which on every axis the two overlap or their gap is less than the minimum
(DESIGN 6). Exactly the minimum is apart; touching is apart where the minimum is 0.
"""

import math
from dataclasses import dataclass

from wideberth.engine import moving
from wideberth.engine.axis import (
    FREQ_RESOLUTION_HZ,
    LATERAL_RESOLUTION_M,
    TIME_RESOLUTION_S,
    VERTICAL_RESOLUTION_M,
    falls_short,
    overlaps,
    signed_gap,
)
from wideberth.engine.distance import Gap, gap
from wideberth.engine.heights import vertical_gap
from wideberth.engine.shape import shape_of
from wideberth.engine.words import explain
from wideberth.model.agreement import HeightRanges, Minima
from wideberth.model.conflict import Finding, Gaps
from wideberth.model.footprint import Circle, Track
from wideberth.model.volume import Volume


@dataclass(frozen=True, slots=True)
class Citation:
    """Which rule speaks, and which clause of the agreement it stands on."""

    rule: str
    clause: str


def judge_minima(
    a: Volume, b: Volume, minima: Minima, ranges: HeightRanges, citation: Citation
) -> Finding | None:
    """Return the finding if two volumes are closer than the minima on every axis, else None."""
    freq_hz, is_near_in_freq = _freq_gap(a, b, minima)
    time_s, is_near_in_time = time_gap(a, b, minima)
    if not (is_near_in_freq and is_near_in_time):
        return None
    shapes = (shape_of(a.footprint), shape_of(b.footprint))
    high = vertical_gap(a.height, b.height, shapes, ranges)
    if not high.is_overlap and not falls_short(
        high.gap_m, minima.vertical_m, resolution=VERTICAL_RESOLUTION_M
    ):
        return None
    wide = lateral_gap(a, b, minima)
    if wide is None or not _is_short(wide, minima):
        return None
    gaps = Gaps(wide.gap_m, high.gap_m, time_s, freq_hz)
    start_s, end_s = _when(a, b, minima)
    return Finding(
        rule=citation.rule,
        clause=citation.clause,
        gaps=gaps,
        minima=minima,
        start_s=start_s,
        end_s=end_s,
        why=explain(gaps, minima),
        place=wide.place,
        notes=high.notes,
    )


def _freq_gap(a: Volume, b: Volume, minima: Minima) -> tuple[float | None, bool]:
    """Return the gap of two bands (None where one has none) and whether it is too small."""
    if a.freq is None or b.freq is None:
        return None, True
    edges = (a.freq.low_hz, a.freq.high_hz, b.freq.low_hz, b.freq.high_hz)
    return _axis_gap(edges, minima.freq_hz, FREQ_RESOLUTION_HZ)


def time_gap(a: Volume, b: Volume, minima: Minima) -> tuple[float, bool]:
    """Return the gap of two windows and whether it is too small."""
    edges = (a.time.start_s, a.time.end_s, b.time.start_s, b.time.end_s)
    return _axis_gap(edges, minima.time_s, TIME_RESOLUTION_S)


def _axis_gap(
    edges: tuple[float, float, float, float], minimum: float, resolution: float
) -> tuple[float, bool]:
    gap_found = signed_gap(*edges)
    is_short = falls_short(gap_found, minimum, resolution=resolution)
    return max(0.0, gap_found), is_short or overlaps(*edges, resolution=resolution)


def _is_short(wide: Gap, minima: Minima) -> bool:
    short = falls_short(wide.gap_m, minima.lateral_m, resolution=LATERAL_RESOLUTION_M)
    return short or wide.is_overlap


def lateral_gap(a: Volume, b: Volume, minima: Minima) -> Gap | None:
    """Return the least gap on the ground at instants the time minimum allows, or None."""
    one, other = a.footprint, b.footprint
    if isinstance(one, Track) and isinstance(other, Track):
        encounter = moving.track_to_track(one, other, minima.time_s)
        return encounter.gap if encounter is not None else None
    if isinstance(one, Track):
        return moving.track_to_still(one, shape_of(other), *_allowed(b, minima))
    if isinstance(other, Track):
        return moving.track_to_still(other, shape_of(one), *_allowed(a, minima))
    return gap(shape_of(one), shape_of(other))


def _allowed(still: Volume, minima: Minima) -> tuple[float, float]:
    """Return from when to when a mover may meet something that stays."""
    return still.time.start_s - minima.time_s, still.time.end_s + minima.time_s


def _when(a: Volume, b: Volume, minima: Minima) -> tuple[float, float]:
    """Return when the two are too close.

    Two that stay: while both are there, or the pause between one and the next. Else: the times
    at which the movers are too close to the other.
    """
    spans = []
    if isinstance(a.footprint, Track):
        spans.append(_mover_times(a.footprint, b, minima))
    if isinstance(b.footprint, Track):
        spans.append(_mover_times(b.footprint, a, minima))
    found = [span for span in spans if span is not None]
    if found:
        return min(s[0] for s in found), max(s[1] for s in found)
    start_s = max(a.time.start_s, b.time.start_s)
    end_s = min(a.time.end_s, b.time.end_s)
    return (start_s, end_s) if start_s < end_s else (end_s, start_s)


def _mover_times(track: Track, other: Volume, minima: Minima) -> tuple[float, float] | None:
    """Return the first and last time at which a track is too close to the other volume."""
    first, last = _allowed(other, minima)
    first, last = max(first, track.times_s[0]), min(last, track.times_s[-1])
    if not first < last:
        return (first, last) if first == last else None
    limit_m = max(minima.lateral_m, 10.0 * LATERAL_RESOLUTION_M)
    speed = moving.top_speed(track)
    if isinstance(other.footprint, Track):
        speed += moving.top_speed(other.footprint)

    def gap_at(time_s: float) -> float:
        here = shape_of(Circle(moving.position(track, time_s), track.radius_m))
        if isinstance(other.footprint, Track):
            there = moving.between(other.footprint, time_s - minima.time_s, time_s + minima.time_s)
            return gap(here, shape_of(there)).gap_m
        return gap(here, shape_of(other.footprint)).gap_m

    return moving.below(gap_at, first, last, limit_m=limit_m, speed=max(speed, math.ulp(1.0)))
