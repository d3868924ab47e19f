"""Gaps found the slow way: dense points on geodesics, then ever finer grids round the best ones.

Written apart from the engine: no chords, no planes, no feet of perpendiculars; whether a point is
inside is asked of shapely in an azimuthal equidistant plane about the point.
"""

from functools import lru_cache

import numpy as np
import shapely
from pyproj import Geod, Transformer

from wideberth.model.footprint import Circle, Corridor, Footprint, Polygon, Track

GEOD = Geod(ellps="WGS84")


class Line:
    """A chain of geodesics, each point named by edge number plus share."""

    def __init__(self, points):
        self.points = np.array(points, float)
        self.count = max(1, len(points) - 1)
        if len(points) > 1:
            p, q = self.points[:-1], self.points[1:]
            self.azimuth, _, self.length = GEOD.inv(p[:, 0], p[:, 1], q[:, 0], q[:, 1])

    def at(self, place):
        if len(self.points) == 1:
            return np.repeat(self.points, len(place), axis=0)
        edge = np.clip(place.astype(int), 0, self.count - 1)
        share = place - edge
        start = self.points[edge]
        lon, lat, _ = GEOD.fwd(
            start[:, 0], start[:, 1], self.azimuth[edge], self.length[edge] * share
        )
        return np.stack((lon, lat), axis=1)


def lines_of(footprint: Footprint) -> list[Line]:
    match footprint:
        case Polygon(parts):
            rings = [r for part in parts for r in (part.outer, *part.holes)]
            return [Line([*r, r[0]]) for r in rings]
        case Circle(centre, _):
            return [Line([centre])]
        case Corridor(points, _) | Track(points, _, _):
            return [Line(points)]
    raise AssertionError(footprint)


def radius_of(footprint: Footprint) -> float:
    match footprint:
        case Circle(_, radius_m) | Corridor(_, radius_m) | Track(_, _, radius_m):
            return radius_m
    return 0.0


def _grid(one: Line, other: Line, u, v):
    p, q = one.at(u), other.at(v)
    i, j = np.repeat(np.arange(len(u)), len(v)), np.tile(np.arange(len(v)), len(u))
    _, _, d = GEOD.inv(p[i, 0], p[i, 1], q[j, 0], q[j, 1])
    return d.reshape(len(u), len(v))


def line_distance(one: Line, other: Line, *, n: int = 24) -> float:
    u = np.linspace(0, one.count, one.count * n + 1)
    v = np.linspace(0, other.count, other.count * n + 1)
    d = _grid(one, other, u, v)
    best = d.min()
    for k in np.argsort(d, axis=None)[:6]:
        i, j = divmod(int(k), d.shape[1])
        cu, cv, w = u[i], v[j], 1.5 / n
        for _ in range(16):
            uu = np.clip(np.linspace(cu - w, cu + w, 9), 0, one.count)
            vv = np.clip(np.linspace(cv - w, cv + w, 9), 0, other.count)
            fine = _grid(one, other, uu, vv)
            best = min(best, fine.min())
            a, b = divmod(int(fine.argmin()), 9)
            cu, cv, w = uu[a], vv[b], w * 0.45
        if best < 5.0 and do_cross(one, other, (u[i], v[j]), 3.0 / n):
            return 0.0  # grids come near a crossing, not onto it
    return float(best)


def do_cross(one: Line, other: Line, at, width: float) -> bool:
    """Say whether two lines cross near two of their places, by shapely in a plane about one."""
    middle = one.at(np.array([at[0]]))[0]
    plane = plane_about(middle)
    flat = []
    for line, place in ((one, at[0]), (other, at[1])):
        near = np.linspace(place - width, place + width, 801)
        whole = np.arange(np.ceil(near[0]), np.floor(near[-1]) + 1.0)
        near = np.unique(np.clip(np.concatenate((near, whole)), 0, line.count))
        points = line.at(near)
        flat.append(np.stack(plane.transform(points[:, 0], points[:, 1]), axis=1))
    if min(len(f) for f in flat) < 2:
        return False
    return bool(shapely.intersects(*(shapely.LineString(f) for f in flat)))


def plane_about(point) -> Transformer:
    """Return the map from degrees to metres about a point, equidistant from there."""
    lon, lat = (float(part) for part in point)
    return Transformer.from_pipeline(f"+proj=aeqd +lon_0={lon!r} +lat_0={lat!r} +ellps=WGS84")


@lru_cache(maxsize=64)
def dense_ring(ring) -> np.ndarray:
    """Return points close together along the edges of a ring."""
    line = Line([*ring, ring[0]])
    return line.at(np.linspace(0, line.count, line.count * 400, endpoint=False))


def is_inside(footprint: Footprint, point) -> bool:
    """Say whether a polygon footprint holds a point, by shapely in a plane about that point."""
    if not isinstance(footprint, Polygon):
        return False
    plane = plane_about(point)
    origin = shapely.Point(0, 0)
    for part in footprint.parts:
        flat = []
        for ring in (part.outer, *part.holes):
            dense = dense_ring(ring)
            flat.append(np.stack(plane.transform(dense[:, 0], dense[:, 1]), axis=1))
        inside = [shapely.make_valid(shapely.Polygon(f)).covers(origin) for f in flat]
        if inside[0] and not any(inside[1:]):
            return True
    return False


def brute_gap(one: Footprint, other: Footprint) -> float:
    """Return the gap in metres; 0 where they meet."""
    for area, guest in ((one, other), (other, one)):
        if any(is_inside(area, line.points[0]) for line in lines_of(guest)):
            return 0.0
    core = min(line_distance(a, b) for a in lines_of(one) for b in lines_of(other))
    return max(0.0, core - radius_of(one) - radius_of(other))


def track_at(track: Track, times):
    line = Line(track.points)
    place = np.interp(times, track.times_s, np.arange(len(track.points)))
    return line.at(place)


def brute_track_gap(one: Track, other: Track, time_min_s: float) -> float:
    """Return the least gap over instants at most time_min_s apart, by grids in both times."""
    best = np.inf
    span = [(t.times_s[0], t.times_s[-1]) for t in (one, other)]
    cells = [(0.5 * (a + b), 0.5 * (b - a)) for a, b in span]
    queue = [(cells[0], cells[1])]
    for depth in range(14):
        scored = []
        for (cx, wx), (cy, wy) in queue:
            n = 61 if depth == 0 else 7
            x = np.clip(np.linspace(cx - wx, cx + wx, n), *span[0])
            y = np.clip(np.linspace(cy - wy, cy + wy, n), *span[1])
            xx, yy = (m.ravel() for m in np.meshgrid(x, y, indexing="ij"))
            pairs = [np.stack((xx, np.clip(yy, xx - time_min_s, xx + time_min_s)), 1)]
            pairs.append(np.stack((np.clip(xx, yy - time_min_s, yy + time_min_s), yy), 1))
            both = np.concatenate(pairs)
            ok = (
                (np.abs(both[:, 0] - both[:, 1]) <= time_min_s + 1e-6)
                & (both[:, 0] >= span[0][0]) & (both[:, 0] <= span[0][1])
                & (both[:, 1] >= span[1][0]) & (both[:, 1] <= span[1][1])
            )  # fmt: skip
            both = both[ok]
            if not len(both):
                continue
            p, q = track_at(one, both[:, 0]), track_at(other, both[:, 1])
            _, _, d = GEOD.inv(p[:, 0], p[:, 1], q[:, 0], q[:, 1])
            best = min(best, d.min())
            keep = np.argsort(d)[: 6 if depth == 0 else 2]
            shrink = 2.5 / (n - 1)
            scored.extend(
                (d[k], ((both[k, 0], wx * shrink), (both[k, 1], wy * shrink))) for k in keep
            )
        queue = [cell for _, cell in sorted(scored, key=lambda s: s[0])[:6]]
    return max(0.0, float(best) - one.radius_m - other.radius_m)
