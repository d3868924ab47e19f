"""Footprints as arrays: a core (points, lines or areas made of geodesic pieces) and a radius.

A circle is a point with a radius, a corridor a line with a radius, a track its line with a
radius, a polygon an area with radius 0. So the gap of two footprints is the distance of their
cores less both radii, and there is one distance to compute.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.geodesy import ECCENTRICITY_2, Floats, direct, ecef, inverse, lengths
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Polygon, Track

PIECE_M: Final = 50_000.0  # longer edges are split: on pieces this short planes are good to 1 mm
CAP_M: Final = 200_000.0  # lines are bounded by caps along them about this long
HALF_WORLD_M: Final = 20_037_508.0  # no two points are farther apart


class Core(IntEnum):
    """What a core is made of; the codes stand in arrays."""

    POINT = 0
    LINE = 1
    AREA = 2
    EVERYWHERE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A footprint ready for arithmetic.

    lonlat (n, 2): vertices after splitting; xyz (n, 3): the same, earth-centred metres.
    head, tail (m,): the vertices each piece joins (a point has one piece from itself to itself).
    ring (m,): which ring (or line) a piece belongs to; part_of_ring: which part a ring belongs
    to; a ring is a hole if is_hole. leg (m,), from_m, to_m (m,): which original leg a piece lies
    on and from where to where along it, for tracks.
    cap_xyz (k, 3), cap_m (k,), cap_lonlat (k, 2): discs that hold the footprint, radius included;
    cap_legs (k, 2): first and last leg that a cap holds.
    """

    core: Core
    radius_m: float
    lonlat: Floats
    xyz: Floats
    head: NDArray[np.intp]
    tail: NDArray[np.intp]
    ring: NDArray[np.intp]
    part_of_ring: tuple[int, ...]
    is_hole: tuple[bool, ...]
    leg: NDArray[np.intp]
    cap_lonlat: Floats
    cap_xyz: Floats
    cap_m: Floats
    cap_legs: NDArray[np.intp]


@lru_cache(maxsize=16_384)
def shape_of(footprint: Footprint) -> Shape:
    """Return the arrays of a footprint; the same footprint gives the same object."""
    match footprint:
        case Polygon(parts):
            rings = [ring for part in parts for ring in (part.outer, *part.holes)]
            part_of = [i for i, part in enumerate(parts) for _ in range(1 + len(part.holes))]
            holes = [j > 0 for part in parts for j in range(1 + len(part.holes))]
            closed = [np.array([*ring, ring[0]], float) for ring in rings]
            return _build(Core.AREA, 0.0, closed, tuple(part_of), tuple(holes))
        case Circle(centre, radius_m):
            return _build(Core.POINT, radius_m, [np.array([centre, centre], float)], (0,), (False,))
        case Corridor(points, half_width_m):
            return _build(Core.LINE, half_width_m, [np.array(points, float)], (0,), (False,))
        case Track(points, _, radius_m):
            return _build(Core.LINE, radius_m, [np.array(points, float)], (0,), (False,))
        case Everywhere():
            return _build(
                Core.EVERYWHERE, HALF_WORLD_M, [np.array([[0.0, 0.0]] * 2)], (0,), (False,)
            )


def _build(
    core: Core,
    radius_m: float,
    chains: list[Floats],
    part_of_ring: tuple[int, ...],
    is_hole: tuple[bool, ...],
) -> Shape:
    """Split each chain (a closed ring or an open line) and bound it by caps."""
    lonlats, heads, rings, legs = [], [], [], []
    offset = 0
    for ring, chain in enumerate(chains):
        vertices, leg = _split(chain)
        lonlats.append(vertices)
        heads.append(np.arange(offset, offset + len(vertices) - 1))
        rings.append(np.full(len(vertices) - 1, ring))
        legs.append(leg)
        offset += len(vertices)
    lonlat = np.concatenate(lonlats)
    xyz = ecef(lonlat[:, 0], lonlat[:, 1])
    head = np.concatenate(heads)
    leg_all = np.concatenate(legs)
    groups = _runs(lonlat, xyz) if core is Core.LINE else [np.arange(len(lonlat))]
    caps = [_cap(lonlat[g], xyz[g]) for g in groups]
    cap_lonlat = np.array([c[0] for c in caps])
    last = len(leg_all) - 1
    cap_legs = np.array([[leg_all[g[0]], leg_all[min(last, max(g[0], g[-1] - 1))]] for g in groups])
    return Shape(
        core=core,
        radius_m=radius_m,
        lonlat=lonlat,
        xyz=xyz,
        head=head,
        tail=head + 1,
        ring=np.concatenate(rings),
        part_of_ring=part_of_ring,
        is_hole=is_hole,
        leg=leg_all,
        cap_lonlat=cap_lonlat,
        cap_xyz=ecef(cap_lonlat[:, 0], cap_lonlat[:, 1]),
        cap_m=np.minimum(np.array([c[1] for c in caps]) + radius_m, HALF_WORLD_M),
        cap_legs=cap_legs,
    )


def _split(chain: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return a chain with no piece longer than PIECE_M, and the leg each piece lies on."""
    azimuth, length_m = inverse(chain[:-1], chain[1:])
    count = np.maximum(1, np.ceil(length_m / PIECE_M)).astype(int)
    leg = np.repeat(np.arange(len(count)), count)
    if count.max() == 1:
        return chain, leg
    place = np.arange(len(leg)) - np.repeat(np.cumsum(count) - count, count)
    along = length_m[leg] * place / count[leg]
    inner, _ = direct(chain[leg], azimuth[leg], along)
    inner[place == 0] = chain[:-1]  # the given vertices stay as they are, to the last bit
    return np.concatenate((inner, chain[-1:])), leg


def _runs(lonlat: Floats, xyz: Floats) -> list[NDArray[np.intp]]:
    """Cut a line's vertices into runs about CAP_M long that share their end vertices."""
    along = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(xyz, axis=0), axis=1))))
    number = np.minimum(along / CAP_M, along[-1] / CAP_M - 1e-9).astype(int)
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    ends = np.append(starts[1:], len(lonlat) - 1)
    return [np.arange(a, b + 1) for a, b in zip(starts, ends, strict=True) if b > a] or [
        np.arange(len(lonlat))
    ]


def _cap(lonlat: Floats, xyz: Floats) -> tuple[tuple[float, float], float]:
    """Return a centre and a geodesic radius that hold all edges between the given vertices.

    A disc smaller than a quarter of the Earth holds the geodesic between two of its points; a
    larger one is taken as the whole Earth. 1 m is added for the ellipsoid.
    """
    if (lonlat == lonlat[0]).all():
        return (float(lonlat[0, 0]), float(lonlat[0, 1])), 0.0
    middle = (xyz.max(axis=0) + xyz.min(axis=0)) / 2.0
    if np.linalg.norm(middle) < 1000.0:
        return (0.0, 0.0), HALF_WORLD_M
    lon = math.degrees(math.atan2(middle[1], middle[0]))
    polar_m = middle[2] / (1.0 - ECCENTRICITY_2)  # geodetic latitude of a point on the ellipsoid
    lat = math.degrees(math.atan2(polar_m, math.hypot(middle[0], middle[1])))
    centre = np.broadcast_to(np.array([lon, lat]), lonlat.shape)
    radius_m = float(lengths(centre, lonlat).max())
    return (lon, lat), radius_m * 1.001 + 1.0 if radius_m < 9.0e6 else HALF_WORLD_M
