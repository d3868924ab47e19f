"""The nearest points of two cores, edge against edge, on the ellipsoid.

Two geodesics that do not cross are nearest at an end of one of them (geodesics of a convex
surface draw together), so it is enough to know where pieces cross and how far each end is from
the other's pieces. Chords in space prune; geodesics decide.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.geodesy import MEAN_RADIUS_M, Floats, direct, inverse, upward
from wideberth.engine.shape import PIECE_M, Core, Shape

Indexes = NDArray[np.intp]

BULGE_M: Final = 1.01 * PIECE_M**2 / (8.0 * 6.33e6)  # a piece's rise above its chord, at most
_SLACK: Final = 0.01  # chords and geodesics rank alike within this share (the flattening is 1/298)
_BLOCK: Final = 2_000_000  # pairs looked at in one go
_SURE_SIDE_M: Final = 0.01  # a crossing whose four ends are this far off is one beyond doubt


@dataclass(frozen=True, slots=True)
class Nearest:
    """Distance in metres of two cores' edges, the nearest points, and whether edges cross.

    is_sure_crossing: the edges pass through each other by more than a centimetre.
    """

    distance_m: float
    at_a: tuple[float, float]
    at_b: tuple[float, float]
    is_crossing: bool = False
    is_sure_crossing: bool = False


def nearest(a: Shape, b: Shape) -> Nearest:
    """Return the nearest points of the edges of two cores (insides of areas do not count)."""
    i, j = _close_pieces(a, b)
    if a.core is Core.POINT:
        return _nearest_of(_rough(a, a.head[i], j, b))
    if b.core is Core.POINT:
        return _flipped(_nearest_of(_rough(b, b.head[j], i, a)))
    crossing = _crossing(a, b, i, j)
    if crossing is not None:
        return crossing
    to_b = _rough(a, *_ends(a.head[i], a.tail[i], j), b)
    to_a = _rough(b, *_ends(b.head[j], b.tail[j], i), a)
    return _nearest_of(to_b, to_a)


def _flipped(found: Nearest) -> Nearest:
    return Nearest(found.distance_m, found.at_b, found.at_a)


def _close_pieces(a: Shape, b: Shape) -> tuple[Indexes, Indexes]:
    """Return the pairs of pieces that may hold the nearest points."""
    mid_a, half_a = _middles(a)
    mid_b, half_b = _middles(b)
    rows = max(1, _BLOCK // max(1, len(mid_b)))
    blocks = [slice(k, k + rows) for k in range(0, len(mid_a), rows)]
    best_m = min(
        float((_distances(mid_a[k], mid_b) + half_a[k, None] + half_b).min()) for k in blocks
    )
    limit_m = best_m * (1.0 + _SLACK) + 1.0
    found = []
    for k in blocks:
        low = _distances(mid_a[k], mid_b) - half_a[k, None] - half_b
        rows_found, columns = np.nonzero(low <= limit_m)
        found.append((rows_found + k.start, columns))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def _middles(shape: Shape) -> tuple[Floats, Floats]:
    """Return the chord middles of a shape's pieces and radii that hold each piece about them."""
    head, tail = shape.xyz[shape.head], shape.xyz[shape.tail]
    half = np.linalg.norm(tail - head, axis=1) / 2.0
    return (head + tail) / 2.0, half + np.where(half > 0.0, BULGE_M, 0.0)


def _distances(one: Floats, other: Floats) -> Floats:
    """Return the matrix of distances in space; good to decimetres, which pruning allows for."""
    square = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2.0 * (one @ other.T)
    return np.asarray(np.sqrt(np.maximum(square, 0.0)), float)


def _crossing(a: Shape, b: Shape, i: Indexes, j: Indexes) -> Nearest | None:
    """Return a crossing of the paired pieces, the surest one, or None."""
    near = np.einsum("ij,ij->i", a.xyz[a.head[i]], b.xyz[b.head[j]]) > 0.0
    b1, b2 = _sides(a, i, b.xyz[b.head[j]], b.xyz[b.tail[j]])
    a1, a2 = _sides(b, j, a.xyz[a.head[i]], a.xyz[a.tail[i]])
    crossing = near & (a1 * a2 < 0.0) & (b1 * b2 < 0.0)
    if not crossing.any():
        return None
    least = np.minimum(np.minimum(np.abs(a1), np.abs(a2)), np.minimum(np.abs(b1), np.abs(b2)))
    k = int(np.argmax(np.where(crossing, least, -1.0)))
    share = b1[k] / (b1[k] - b2[k])
    start, end = b.lonlat[b.head[j[k]]], b.lonlat[b.tail[j[k]]]
    azimuth, length = inverse(start[None, :], end[None, :])
    at = direct(start[None, :], azimuth, length * share)[0][0]
    place = (float(at[0]), float(at[1]))
    return Nearest(0.0, place, place, True, bool(least[k] > _SURE_SIDE_M))


def _sides(shape: Shape, piece: Indexes, *points: Floats) -> list[Floats]:
    """Return how far points (n, 3) lie off upright planes through the pieces (n,), signed metres.

    A piece's geodesic keeps within 0.2 mm of the plane through its ends that stands upright at
    its middle; the plane through the Earth's centre would be off by decimetres.
    """
    head, tail = shape.head[piece], shape.tail[piece]
    upwards = upward(shape.lonlat)
    up, start = upwards[head] + upwards[tail], shape.xyz[head]
    normal = _cross(shape.xyz[tail] - start, up)
    length = np.sqrt(np.einsum("ij,ij->i", normal, normal))
    length = np.where(length > 0.0, length, 1.0)
    return [np.einsum("ij,ij->i", normal, point - start) / length for point in points]


def _cross(one: Floats, other: Floats) -> Floats:
    """Return vector products row by row; np.cross takes five times as long for a few rows."""
    (x, y, z), (u, v, w) = one.T, other.T
    return np.stack((y * w - z * v, z * u - x * w, x * v - y * u), axis=-1)


def contacts(a: Shape, b: Shape, within_m: float) -> list[tuple[float, float]]:
    """Return the vertices of either shape that lie within a small distance of the other's edges.

    Sorted, each once to about a metre.
    """
    i, j = _close_pieces(a, b)
    found: set[tuple[float, float]] = set()
    for points, lines, head, tail, piece in (
        (a, b, a.head[i], a.tail[i], j),
        (b, a, b.head[j], b.tail[j], i),
    ):
        vertex, on = _ends(head, tail, piece)
        target = points.lonlat[vertex]
        start, end = lines.lonlat[lines.head[on]], lines.lonlat[lines.tail[on]]
        _, distance = foot_of(target, start, end, np.full(len(on), 0.5))
        for lon, lat in target[distance <= within_m].tolist():
            found.add((round(lon, 5), round(lat, 5)))
    return sorted(found)


def _ends(head: Indexes, tail: Indexes, piece: Indexes) -> tuple[Indexes, Indexes]:
    """Return each different pairing of an end vertex with a piece once."""
    width = int(piece.max()) + 1
    both = np.unique(np.concatenate((head * width + piece, tail * width + piece)))
    return both // width, both % width


class _Ways(NamedTuple):
    """Vertices and the pieces they may be nearest to: a point, ends of the piece, a first guess.

    rough_m: the distance in space to the chord.
    """

    target: Floats
    start: Floats
    end: Floats
    share: Floats
    rough_m: Floats
    slack_m: Floats


def _rough(points: Shape, vertex: Indexes, piece: Indexes, lines: Shape) -> _Ways:
    """Return the ways from vertices to pieces, with the nearest points of the chords."""
    at = points.xyz[vertex]
    head, tail = lines.head[piece], lines.tail[piece]
    start = lines.xyz[head]
    chord, apart = lines.xyz[tail] - start, at - start
    square = np.einsum("ij,ij->i", chord, chord)
    along = np.einsum("ij,ij->i", apart, chord)
    share = np.clip(along / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    off = apart - share[:, None] * chord
    rough_m = np.sqrt(np.einsum("ij,ij->i", off, off))
    slack_m = 2.0 * BULGE_M * (square > 0.0)
    ends = lines.lonlat[head], lines.lonlat[tail]
    return _Ways(points.lonlat[vertex], *ends, share, rough_m, slack_m)


def _nearest_of(to_b: _Ways, to_a: _Ways | None = None) -> Nearest:
    """Return the shortest of all ways along the ground; those to a are told from b's side."""
    ways = to_b if to_a is None else _Ways(*map(np.concatenate, zip(to_b, to_a, strict=True)))
    keep = ways.rough_m <= ways.rough_m.min() * (1.0 + _SLACK) + ways.slack_m + 1.0
    target = ways.target[keep]
    foot, distance_m = foot_of(target, ways.start[keep], ways.end[keep], ways.share[keep])
    k = int(np.argmin(distance_m))
    found = Nearest(
        float(distance_m[k]),
        (float(target[k, 0]), float(target[k, 1])),
        (float(foot[k, 0]), float(foot[k, 1])),
    )
    return found if np.flatnonzero(keep)[k] < len(to_b.share) else _flipped(found)


def foot_of(point: Floats, head: Floats, tail: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return the nearest points of geodesics head to tail to points, and the distances; (n, 2).

    share (n,): a first guess along each geodesic, 0 to 1. Each step solves the right-angled
    spherical triangle at the foot (Napier) and is taken again until it is below 0.01 mm; on the
    ellipsoid every step leaves less than a hundredth of the one before.
    """
    azimuth, length = inverse(head, tail)
    along = share * length
    for _ in range(12):
        at, heading = direct(head, azimuth, along)
        bearing, distance = inverse(at, point)
        angle = np.radians(bearing - heading)
        step = MEAN_RADIUS_M * np.arctan2(
            np.sin(distance / MEAN_RADIUS_M) * np.cos(angle), np.cos(distance / MEAN_RADIUS_M)
        )
        moved = np.clip(along + step, 0.0, length)
        change = np.abs(moved - along).max()
        along = moved
        if change < 1e-5:
            break
    at, _ = direct(head, azimuth, along)
    return at, inverse(at, point)[1]
