"""How near a moving disc comes: to something that stays, and to another moving disc.

A track is judged where it is at each time, never as the tube it sweeps in its whole period.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from wideberth.engine.axis import LATERAL_RESOLUTION_M, TIME_RESOLUTION_S
from wideberth.engine.distance import Gap, gap, middle
from wideberth.engine.geodesy import GEOD, Floats, direct, ecef, inverse
from wideberth.engine.nearest import Nearest
from wideberth.engine.shape import PIECE_M, Shape, shape_of
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, Track

TIME_STEP_S: Final = 1.0  # when a conflict begins and ends is told to the second,
MAX_STEPS: Final = 4096  # or to this share of the time looked at, if that is more


@dataclass(frozen=True, slots=True)
class Encounter:
    """The least gap within the times allowed, and when the one and the other are there."""

    gap: Gap
    time_a_s: float
    time_b_s: float


def position(track: Track, time_s: float) -> Point:
    """Return where the disc's centre is; before its first and after its last time it stands."""
    times_s = track.times_s
    if time_s <= times_s[0]:
        return track.points[0]
    for leg in range(len(times_s) - 1):
        if time_s <= times_s[leg + 1]:
            return _along(track, leg, time_s)
    return track.points[-1]


def _along(track: Track, leg: int, time_s: float) -> Point:
    start_s, end_s = track.times_s[leg], track.times_s[leg + 1]
    if time_s == end_s:
        return track.points[leg + 1]
    (lon1, lat1), (lon2, lat2) = track.points[leg], track.points[leg + 1]
    if (lon1, lat1) == (lon2, lat2):
        return lon1, lat1
    azimuth, _, length = GEOD.inv(lon1, lat1, lon2, lat2)
    share = (time_s - start_s) / (end_s - start_s)
    lon, lat, _ = GEOD.fwd(lon1, lat1, azimuth, length * share)
    return float(lon), float(lat)


def between(track: Track, start_s: float, end_s: float) -> Footprint:
    """Return what the disc covers from start_s to end_s: a corridor, or a circle if it stands."""
    times_s = track.times_s
    first, last = max(start_s, times_s[0]), min(end_s, times_s[-1])
    inner = [p for p, t in zip(track.points, times_s, strict=True) if first < t < last]
    points = [position(track, first), *inner, position(track, last)]
    kept = [points[0]]
    kept.extend(p for p in points[1:] if p != kept[-1])
    if len(kept) == 1:
        return Circle(kept[0], track.radius_m)
    return Corridor(tuple(kept), track.radius_m)


def cut(track: Track, start_s: float, end_s: float) -> Track:
    """Return the part of a track from start_s to end_s, both within its times."""
    inner = [k for k, t in enumerate(track.times_s) if start_s < t < end_s]
    points = (position(track, start_s), *(track.points[k] for k in inner), position(track, end_s))
    times_s = (start_s, *(track.times_s[k] for k in inner), end_s)
    return Track(points, times_s, track.radius_m)


def track_to_still(track: Track, still: Shape, start_s: float, end_s: float) -> Gap:
    """Return the least gap of a track, from start_s to end_s, to a footprint that stays."""
    return gap(shape_of(between(track, start_s, end_s)), still)


@dataclass(frozen=True, slots=True)
class _Legs:
    """A track cut into pieces no longer than PIECE_M: (n, ...) arrays."""

    lonlat: Floats
    azimuth_deg: Floats
    length_m: Floats
    start_s: Floats
    end_s: Floats

    def at(self, piece: int, time_s: float) -> tuple[Floats, Floats, Point]:
        """Return position and velocity in space (m, m/s), and lon/lat, at a time on a piece."""
        span_s = self.end_s[piece] - self.start_s[piece]
        speed = self.length_m[piece] / span_s
        along = np.array([speed * (time_s - self.start_s[piece])])
        point, heading = direct(self.lonlat[piece][None, :], self.azimuth_deg[piece], along)
        lon, lat = np.radians(point[0])
        course = math.radians(float(heading[0]))
        east = np.array([-np.sin(lon), np.cos(lon), 0.0])
        north = np.array([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)])
        velocity = speed * (math.sin(course) * east + math.cos(course) * north)
        where = (float(point[0, 0]), float(point[0, 1]))
        return ecef(point[:, 0], point[:, 1])[0], velocity, where


def _legs(track: Track) -> _Legs:
    points, times_s = np.array(track.points, float), np.array(track.times_s, float)
    azimuth, length = inverse(points[:-1], points[1:])
    count = np.maximum(1, np.ceil(length / PIECE_M)).astype(int)
    leg = np.repeat(np.arange(len(count)), count)
    share = (np.arange(len(leg)) - np.repeat(np.cumsum(count) - count, count)) / count[leg]
    starts, headings = direct(points[leg], azimuth[leg], length[leg] * share)
    span_s = np.diff(times_s)[leg]
    start_s = times_s[:-1][leg] + span_s * share
    end_s = np.append(start_s[1:], times_s[-1])
    return _Legs(starts, headings, length[leg] / count[leg], start_s, end_s)


def track_to_track(a: Track, b: Track, time_min_s: float) -> Encounter | None:
    """Return the least gap of two discs over instants at most time_min_s apart.

    None if no such instants exist. time_min_s 0 compares equal instants. Each pair of pieces is
    a quadratic in the two times over a convex region, solved in the tangent directions and
    solved again from there until the time moves by less than a tenth of a millisecond.
    """
    legs_a, legs_b = _legs(a), _legs(b)
    best: tuple[float, float, float, Point, Point] | None = None
    for i, j, low_m in _piece_pairs(legs_a, legs_b, time_min_s):
        if best is not None and low_m > best[0] * 1.01 + 1.0:
            break
        region = _region(legs_a, i, legs_b, j, time_min_s)
        if not region:
            continue
        found = _closest(legs_a, i, legs_b, j, region)
        if best is None or found[0] < best[0]:
            best = found
    if best is None:
        return None
    distance_m, time_a, time_b, at_a, at_b = best
    reach_m = a.radius_m + b.radius_m
    place = middle(Nearest(distance_m, at_a, at_b), a.radius_m, b.radius_m)
    is_meeting = reach_m == 0.0 and distance_m < LATERAL_RESOLUTION_M
    is_overlap = distance_m < reach_m - LATERAL_RESOLUTION_M or is_meeting
    return Encounter(Gap(max(0.0, distance_m - reach_m), is_overlap, place), time_a, time_b)


def _piece_pairs(a: _Legs, b: _Legs, time_min_s: float) -> list[tuple[int, int, float]]:
    """Return pairs of pieces whose times allow a meeting, with a lower bound, nearest first."""
    close = (a.start_s[:, None] <= b.end_s + time_min_s) & (
        b.start_s <= a.end_s[:, None] + time_min_s
    )
    i, j = np.nonzero(close)
    if len(i) == 0:
        return []
    xyz_a = ecef(a.lonlat[:, 0], a.lonlat[:, 1])[i]
    xyz_b = ecef(b.lonlat[:, 0], b.lonlat[:, 1])[j]
    low = np.linalg.norm(xyz_a - xyz_b, axis=1) - a.length_m[i] - b.length_m[j]
    order = np.lexsort((j, i, low))
    return [(int(i[k]), int(j[k]), float(low[k])) for k in order]


def _region(a: _Legs, i: int, b: _Legs, j: int, time_min_s: float) -> list[tuple[float, float]]:
    """Return the corners of the times (a, b) allowed for two pieces: a box cut by a strip.

    The strip is wider by the resolution of time, so that equal instants are not lost to rounding.
    """
    x0, x1, y0, y1 = a.start_s[i], a.end_s[i], b.start_s[j], b.end_s[j]
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    for sign in (1.0, -1.0):
        corners = _cut(corners, sign, time_min_s + TIME_RESOLUTION_S)
    return [(float(x), float(y)) for x, y in corners]


def _cut(
    corners: list[tuple[float, float]], sign: float, limit: float
) -> list[tuple[float, float]]:
    """Keep of a convex polygon what has sign * (x - y) <= limit (Sutherland and Hodgman 1974)."""
    kept: list[tuple[float, float]] = []
    for k, (x, y) in enumerate(corners):
        px, py = corners[k - 1]
        now, before = sign * (x - y) - limit, sign * (px - py) - limit
        if (now > 0.0) != (before > 0.0):
            share = before / (before - now)
            kept.append((px + share * (x - px), py + share * (y - py)))
        if now <= 0.0:
            kept.append((x, y))
    return kept


def _closest(
    a: _Legs, i: int, b: _Legs, j: int, region: list[tuple[float, float]]
) -> tuple[float, float, float, Point, Point]:
    """Return the least distance over a region of times, the times and the places."""
    x = sum(p[0] for p in region) / len(region)
    y = sum(p[1] for p in region) / len(region)
    best: tuple[float, float, float, Point, Point] | None = None
    for _ in range(20):
        pa, va, at_a = a.at(i, x)
        pb, vb, at_b = b.at(j, y)
        distance = float(GEOD.inv(*at_a, *at_b)[2])
        if best is None or distance < best[0]:
            best = (distance, x, y, at_a, at_b)
        around = [(rx - x, ry - y) for rx, ry in region]  # from here: epochs would lose digits
        step_x, step_y = _least(pa - pb, va, vb, around)
        x, y = x + step_x, y + step_y
        if abs(step_x) + abs(step_y) < 1e-4:
            break
    _, _, at_a = a.at(i, x)
    _, _, at_b = b.at(j, y)
    distance = float(GEOD.inv(*at_a, *at_b)[2])
    if best is None or distance < best[0]:
        best = (distance, x, y, at_a, at_b)
    return best


def _least(
    offset: Floats, va: Floats, vb: Floats, region: list[tuple[float, float]]
) -> tuple[float, float]:
    """Return the times (x, y) in a convex region at which |offset + va x - vb y| is least."""
    aa, bb, ab = float(va @ va), float(vb @ vb), float(va @ vb)
    oa, ob = float(offset @ va), float(offset @ vb)
    determinant = aa * bb - ab * ab
    if determinant > 1e-9 * max(aa * bb, 1e-30):
        x, y = (ab * ob - bb * oa) / determinant, (aa * ob - ab * oa) / determinant
        if _is_in(region, x, y):
            return x, y
    best, best_value = region[0], math.inf
    for k, (x1, y1) in enumerate(region):
        x0, y0 = region[k - 1]
        dx, dy = x1 - x0, y1 - y0
        step, base = va * dx - vb * dy, offset + va * x0 - vb * y0
        square = float(step @ step)
        share = min(1.0, max(0.0, -float(base @ step) / square)) if square > 0.0 else 0.0
        there = base + share * step
        value = float(there @ there)
        if value < best_value:
            best, best_value = (x0 + share * dx, y0 + share * dy), value
    return best


def _is_in(region: list[tuple[float, float]], x: float, y: float) -> bool:
    """Return whether a point lies in a convex polygon that runs anticlockwise (or has no area)."""
    return (
        len(region) > 2
        and all(
            (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) >= 0.0
            for (x0, y0), (x1, y1) in zip([region[-1], *region[:-1]], region, strict=True)
        )
        and any(p != region[0] for p in region)
    )


def below(
    gap_at: Callable[[float], float], start_s: float, end_s: float, *, limit_m: float, speed: float
) -> tuple[float, float] | None:
    """Return the first and last time in [start_s, end_s] at which a gap is under a limit.

    gap_at: the gap in metres at a time, changing by no more than speed (m/s). Told to the step,
    erring outward; None if no step comes under.
    """
    step_s = max(TIME_STEP_S, (end_s - start_s) / MAX_STEPS)

    def search(low: float, high: float, *, first: bool) -> float | None:
        stack = [(low, high)]
        while stack:
            a, b = stack.pop()
            half = (b - a) / 2.0
            middle = a + half
            value = gap_at(middle)
            if value - speed * half >= limit_m:
                continue
            if half <= step_s / 2.0:
                return a if first else b
            halves = [(middle, b), (a, middle)]
            stack.extend(halves if first else halves[::-1])
        return None

    begin = search(start_s, end_s, first=True)
    if begin is None:
        return None
    end = search(begin, end_s, first=False)
    return begin, end if end is not None else end_s


def top_speed(track: Track) -> float:
    """Return the greatest ground speed of a track's legs, metres a second."""
    legs = _legs(track)
    return float((legs.length_m / (legs.end_s - legs.start_s)).max())
