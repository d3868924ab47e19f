"""The examples judged the slow way: every pair, axis by axis, apart from the engine's code.

Gaps on the ground come from `oracle` (dense geodesics); heights of unlike datum from integrating
the hydrostatic equation upwards from the sea.
"""

import math
from itertools import combinations

import numpy as np
from oracle import brute_gap, brute_track_gap, track_at

from wideberth.model.footprint import Circle, Corridor, Everywhere, Track
from wideberth.model.span import Datum
from wideberth.model.volume import Arena, Role

SLACK_M = 1e-3
GRAVITY_OVER_GAS = 9.80665 / 287.05287  # ICAO Doc 7488, kelvin a metre


def conflicting_pairs(activities, agreement):
    """Return {((party, activity, volume), (...))} of all pairs that are too close."""
    rows = [((a.party, a.id, v.id), v, a.linked) for a in activities for v in a.volumes]
    found = set()
    for (name_a, a, link_a), (name_b, b, link_b) in combinations(sorted(rows, key=_name), 2):
        separation = agreement.separation(a.arena, b.arena)
        is_linked = link_a and link_a == link_b
        if name_a[0] == name_b[0] or separation is None or is_linked:
            continue
        if _listen_only(a, b):
            continue
        if _is_short(a, b, separation.minima, agreement.heights):
            found.add((name_a, name_b))
    return found | _in_restricted_bands(rows, agreement)


def _name(row):
    return row[0]


def _listen_only(a, b):
    return a.arena is b.arena is Arena.SPECTRUM and Role.EMIT not in (a.role, b.role)


def _in_restricted_bands(rows, agreement):
    """Return the emissions that share band, area and time with what is kept free."""
    return {
        ((f"agreement {agreement.id}", r.id, r.id), name)
        for name, v, _ in rows
        for r in agreement.restrictions
        if v.role is Role.EMIT
        and max(v.freq.low_hz, r.band.low_hz) < min(v.freq.high_hz, r.band.high_hz)
        and max(v.time.start_s, r.window.start_s) < min(v.time.end_s, r.window.end_s)
        and (isinstance(r.area, Everywhere) or brute_gap(v.footprint, r.area) == 0.0)
    }


def _is_short(a, b, minima, ranges):
    if a.freq and b.freq:
        freq = max(a.freq.low_hz, b.freq.low_hz) - min(a.freq.high_hz, b.freq.high_hz)
        if freq >= minima.freq_hz:
            return False
    time_s = max(a.time.start_s, b.time.start_s) - min(a.time.end_s, b.time.end_s)
    if time_s >= minima.time_s or _height_gap(a, b, ranges) >= minima.vertical_m - 1e-6:
        return False
    gap_m = _ground_gap(a, b, minima.time_s)
    return gap_m == 0.0 or gap_m < minima.lateral_m - SLACK_M


def _ground_gap(a, b, time_min_s):
    one, other = a.footprint, b.footprint
    if isinstance(one, Track) and isinstance(other, Track):
        return brute_track_gap(one, other, time_min_s)
    if isinstance(one, Track):
        one = _flown(one, b.time.start_s - time_min_s, b.time.end_s + time_min_s)
    if isinstance(other, Track):
        other = _flown(other, a.time.start_s - time_min_s, a.time.end_s + time_min_s)
    return brute_gap(one, other)


def _flown(track, start_s, end_s):
    """Return the part of a track that is flown between two times."""
    times = [t for t in track.times_s if start_s < t < end_s]
    first, last = max(start_s, track.times_s[0]), min(end_s, track.times_s[-1])
    points = track_at(track, np.array(sorted({first, *times, last})))
    if len(points) == 1:
        return Circle(tuple(points[0].tolist()), track.radius_m)
    return Corridor(tuple((lon, lat) for lon, lat in points.tolist()), track.radius_m)


def _height_gap(a, b, ranges):
    return max(_from_to(a.height, b.height, ranges), _from_to(b.height, a.height, ranges))


def _from_to(below, above, ranges):
    """Return how far the lower limit of one is above the upper limit of the other, at worst."""
    low, high = below.lower, above.upper
    if low.datum is high.datum or math.isinf(low.height_m) or math.isinf(high.height_m):
        return low.height_m - high.height_m
    return min(_above_sea(low, ranges)) - max(_above_sea(high, ranges))


def _above_sea(limit, ranges):
    """Return every height above the sea that a limit can have, at the corners of the ranges."""
    if limit.datum is Datum.MSL:
        return [limit.height_m]
    if limit.datum is Datum.GROUND:
        return [limit.height_m + terrain_m for terrain_m in ranges.terrain_m]
    assert limit.datum is Datum.PRESSURE
    return [
        _climbed(limit.height_m, qnh, warmer) for qnh in ranges.qnh_hpa for warmer in
        ranges.isa_deviation_k
    ]  # fmt: skip


def _climbed(pressure_height_m, qnh_hpa, warmer_k):
    """Integrate height from the sea, where the pressure is the QNH, up to a pressure height."""

    def standard_hpa(height_m):  # ICAO Doc 7488
        low = 1013.25 * (1.0 - 0.0065 * min(height_m, 11_000.0) / 288.15) ** 5.255876
        return low * math.exp(-max(0.0, height_m - 11_000.0) * GRAVITY_OVER_GAS / 216.65)

    def standard_k(pressure_hpa):
        warm = 288.15 * (pressure_hpa / 1013.25) ** (1.0 / 5.255876)
        return max(216.65, warm)

    steps = np.linspace(math.log(qnh_hpa), math.log(standard_hpa(pressure_height_m)), 2001)
    middle = np.exp(0.5 * (steps[1:] + steps[:-1]))
    kelvin = np.array([standard_k(p) for p in middle]) + warmer_k
    return float(np.sum(-np.diff(steps) * kelvin / GRAVITY_OVER_GAS))
