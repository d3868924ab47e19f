"""What acts against an assurance, found the slow way: by points, instants, airs and frequencies.

Written apart from the engine: a point is in an area by geodesics and by shapely in a plane about
it, a mover is where the oracle of tracks puts it, and the air is one of those that may be.
"""

import itertools
from functools import lru_cache

import numpy as np
import oracle
from oracle import GEOD

from wideberth.engine.heights import msl_range_m
from wideberth.engine.shape import shape_of
from wideberth.model.agreement import HeightRanges
from wideberth.model.footprint import Circle, Everywhere, Polygon, Track
from wideberth.model.span import Datum
from wideberth.model.volume import Role


def instants(window, others=()):
    """Some instants of a half-open window: its first, some within, one just before its end."""
    start_s = max(window.start_s, -1e10)
    end_s = min(window.end_s, 1e11)
    inner = [start_s + (end_s - start_s) * share for share in (0.0, 0.2, 0.4, 0.6, 0.8)]
    edges = [t for other in others for t in (other.start_s, other.end_s - 0.01)]
    return [t for t in (*inner, end_s - 0.01, *edges) if start_s <= t < end_s]


def at(footprint, time_s):
    """Return the footprint that is there at an instant."""
    if isinstance(footprint, Track):
        lon, lat = oracle.track_at(footprint, np.array([time_s]))[0]
        return Circle((float(lon), float(lat)), footprint.radius_m)
    return footprint


@lru_cache(maxsize=64)
def points_of(footprint):
    """Some points inside a footprint that stays, the edge left out."""
    if isinstance(footprint, Everywhere):
        return [(10.0, 20.0), (-179.0, -80.0)]
    if isinstance(footprint, Polygon):
        rings = [part.outer for part in footprint.parts]
        inside = [
            tuple(float(x) for x in point)
            for ring in rings
            for a, b in itertools.pairwise((*ring, ring[0]))
            for point in _towards(_middle(a, b), ring)
        ]
        return [point for point in inside if oracle.is_inside(footprint, point)]
    radius_m = oracle.radius_of(footprint)
    line = oracle.lines_of(footprint)[0]
    found = []
    for lon, lat in line.at(
        np.linspace(0.0, line.count, 1 if len(line.points) == 1 else 7)
    ).tolist():
        found.append((lon, lat))
        for turn, share in itertools.product((0.0, 90.0, 180.0, 270.0), (0.5, 0.99)):
            east, north, _ = GEOD.fwd(lon, lat, turn, radius_m * share)
            found.append((float(east), float(north)))
    return found


@lru_cache(maxsize=64)
def _along(footprint):
    """Return points close together along the middle of a footprint."""
    line = oracle.lines_of(footprint)[0]
    return line.at(np.linspace(0.0, line.count, 1 if len(line.points) == 1 else 400))


def holds(footprint, point):
    """Say whether a footprint that stays surely holds a point; some near an edge are not told."""
    if isinstance(footprint, Everywhere):
        return True
    if isinstance(footprint, Polygon):
        return oracle.is_inside(footprint, point)
    on_line = _along(footprint)
    there = np.broadcast_to(np.array(point), on_line.shape)
    _, _, away_m = GEOD.inv(on_line[:, 0], on_line[:, 1], there[:, 0], there[:, 1])
    return bool(away_m.min() < oracle.radius_of(footprint))


def heights_meet(one, other, point, ranges, chance):
    """Say whether two bands share a height in one air and over one ground that may be there."""

    def within(low, high):
        share = chance.choice((0.0, 0.5, 1.0))
        value = low + (high - low) * share
        return (value, value)

    air = HeightRanges(
        within(*ranges.qnh_hpa), within(*ranges.terrain_m), within(*ranges.isa_deviation_k)
    )
    if {one.lower.datum, one.upper.datum, other.lower.datum, other.upper.datum} == {Datum.MSL}:
        air = ranges
    here = shape_of(Circle(point, 0.0))
    spans = []
    for band in (one, other):
        low = max(msl_range_m(band.lower, here, air))
        high = min(msl_range_m(band.upper, here, air))
        spans.append((low, high))
    (low_a, high_a), (low_b, high_b) = spans
    return max(low_a, low_b) < min(high_a, high_b) - 1e-5


def meets(volume, scope, ranges, chance):
    """Return an instant and a point at which a volume is in a scope, or None if none is sampled."""
    if volume.arena not in scope.arenas or volume.role in (Role.RECEIVE, Role.GUARD):
        return None
    if scope.band is not None and not (
        volume.freq.low_hz < scope.band.high_hz - 1.0
        and scope.band.low_hz < volume.freq.high_hz - 1.0
    ):
        return None
    area = Everywhere() if scope.area is None else scope.area
    for time_s in instants(volume.time, [scope.window]):
        if not scope.window.start_s <= time_s < scope.window.end_s - 1e-5:
            continue
        there, kept = at(volume.footprint, time_s), at(area, time_s)
        for inside, outside in ((there, kept), (kept, there)):
            for point in points_of(inside):
                if not holds(outside, point):
                    continue
                if scope.heights is None or heights_meet(
                    volume.height, scope.heights, point, ranges, chance
                ):
                    return time_s, point
    return None


def _middle(a, b):
    azimuth, _, length_m = GEOD.inv(*a, *b)
    return GEOD.fwd(*a, azimuth, length_m / 2.0)[:2]


def _towards(point, ring):
    """Return points a little and a lot of the way from a point to the vertices of a ring."""
    found = []
    for vertex in ring:
        azimuth, _, length_m = GEOD.inv(*point, *vertex)
        found += [GEOD.fwd(*point, azimuth, length_m * share)[:2] for share in (0.02, 0.3)]
    return found


def clipped(track, start_s, end_s):
    """Return a track between two instants, by the oracle's own positions."""
    inner = [t for t in track.times_s if start_s < t < end_s]
    times = (start_s, *inner, end_s)
    points = tuple((float(lon), float(lat)) for lon, lat in oracle.track_at(track, np.array(times)))
    return Track(points, times, track.radius_m)
