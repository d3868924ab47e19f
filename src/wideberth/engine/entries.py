"""Footprints cut into entries: runs of vertices, each inside a disc on the Earth.

An entry is a part of an area with its holes, a run of a line, a point. Edges longer than EDGE_M
are split, so that what lies between two vertices is never far from straight.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.geodesy import ECCENTRICITY_2, SEMI_MAJOR_M, Floats, direct, ecef, inverse
from wideberth.engine.shape import CAP_M, HALF_WORLD_M, Core

Places = NDArray[np.intp]
Offsets = NDArray[np.float32]

LEAST_RADIUS_M: Final = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2)  # of curvature on the Earth
DEGREE_M: Final = 111_700.0  # no degree along the ground is longer
EDGE_M: Final = 75_000.0
TRACK_RUN_M: Final = 50_000.0  # tracks are cut shorter, so that each run has a short time
VAST_M: Final = 9.0e6  # a disc this large is taken as the whole Earth
ROUNDING_M: Final = 1e-3  # far above what doubles lose at the Earth's radius
ROUNDING_S: Final = 1e-3
SINGLE: Final = 1.1e-7  # what single precision loses of an offset, in any direction: 3^0.5 2^-24
BLOCK: Final = 1 << 15  # vertices looked at together: small enough to stay in cache


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Footprints as declared: rings (closed: the first vertex again at the end), lines, points.

    core, radius_m, start_s and end_s have one row for each volume, lonlat one for each vertex.
    chain_start (c + 1,) says where each ring or line begins, chain_volume (c,) whose it is, in
    order; a hole follows the outer ring of its part. times_s: for each chain that is a track.
    """

    core: NDArray[np.int32]
    radius_m: Floats
    start_s: Floats
    end_s: Floats
    lonlat: Floats
    chain_start: Places
    chain_volume: Places
    chain_is_hole: NDArray[np.bool_]
    times_s: dict[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """All entries of all volumes, in the order of the volumes.

    volume (m,): whose it is. centre (m, 3): earth-centred metres. core_m: no point of the core is
    farther from the centre along the ground; cap_m: the same with the volume's radius; not below
    HALF_WORLD_M means the whole Earth. edge_m: its longest edge, in a straight line. start_s,
    end_s: when it is taken up. Its rings are first_ring[k] to first_ring[k + 1], outer ring first;
    the vertices of ring r are ring_start[r] to ring_start[r + 1]. vertices (v, 3) are offsets from
    the centre in single precision: right to SINGLE times core_m, at half the room.
    """

    volume: Places
    centre: Floats
    core_m: Floats
    cap_m: Floats
    edge_m: Floats
    start_s: Floats
    end_s: Floats
    first_ring: Places
    ring_start: Places
    vertices: Offsets

    def __len__(self) -> int:
        return len(self.volume)


class Rings(NamedTuple):
    """From where to where in lonlat each ring or run goes, and which is the first of each entry."""

    lonlat: Floats
    ring_from: Places
    ring_to: Places
    first_ring: Places


class Discs(NamedTuple):
    """The discs about entries, their longest edges, and their vertices as offsets."""

    centre: Floats
    core_m: Floats
    edge_m: Floats
    vertices: Offsets


def entries_of(outlines: Outlines, discs_of: Callable[[Rings], Discs] | None = None) -> Entries:
    """Return the entries of all footprints; discs_of: another way to find their discs.

    Long edges are few, and found only when all edges have been measured; then all is done again.
    """
    at = np.arange(len(outlines.lonlat), dtype=float) if outlines.times_s else np.empty(0)
    entries = _entries(outlines, at, discs_of or discs_in_arrays)
    if (entries.edge_m > EDGE_M).any():
        entries = _entries(*_split(outlines, at), discs_of or discs_in_arrays)
    return entries


def _entries(outlines: Outlines, at: Floats, discs_of: Callable[[Rings], Discs]) -> Entries:
    """Return the entries; at: which declared vertex each is, between two of them a fraction."""
    ring_from, ring_to, ring_chain = _runs(outlines)
    first_ring = np.append(np.flatnonzero(~outlines.chain_is_hole[ring_chain]), len(ring_chain))
    chain = ring_chain[first_ring[:-1]]
    volume = outlines.chain_volume[chain]
    discs = discs_of(Rings(outlines.lonlat, ring_from, ring_to, first_ring))
    discs.core_m[outlines.core[volume] == Core.EVERYWHERE] = HALF_WORLD_M
    start_s, end_s = outlines.start_s[volume], outlines.end_s[volume]
    for k in np.flatnonzero(np.isin(chain, list(outlines.times_s))):
        times_s = outlines.times_s[int(chain[k])]
        ends = np.array([ring_from[first_ring[k]], ring_to[first_ring[k]] - 1])
        leg = at[ends] - at[outlines.chain_start[chain[k]]]
        start_s[k], end_s[k] = np.interp(leg, np.arange(len(times_s)), times_s)
        start_s[k], end_s[k] = start_s[k] - ROUNDING_S, end_s[k] + ROUNDING_S
    return Entries(
        volume=volume,
        centre=discs.centre,
        core_m=discs.core_m,
        cap_m=np.minimum(discs.core_m + outlines.radius_m[volume], HALF_WORLD_M),
        edge_m=discs.edge_m,
        start_s=start_s,
        end_s=end_s,
        first_ring=first_ring,
        ring_start=np.append(0, np.cumsum(ring_to - ring_from)),
        vertices=discs.vertices,
    )


def geodesic_bound_m(chord_m: Floats) -> Floats:
    """Return a length that no geodesic between points so far apart in a straight line exceeds.

    No geodesic bends more than LEAST_RADIUS_M allows, so its chord is at least that of a circle's
    arc of that radius (Schur's comparison theorem).
    """
    half = np.minimum(chord_m / (2.0 * LEAST_RADIUS_M), 1.0)
    return np.asarray(2.0 * LEAST_RADIUS_M * np.arcsin(half))


def _bounds_m(lonlat: Floats) -> Floats:
    """Return for each step from a vertex to the next a length that it does not exceed."""
    step = np.abs(np.diff(lonlat, axis=0))
    return np.asarray((step[:, 0] + step[:, 1]) * DEGREE_M)


def _split(outlines: Outlines, at: Floats) -> tuple[Outlines, Floats]:
    """Return outlines with long edges split, and which declared vertex each vertex is."""
    lonlat, chain_start = outlines.lonlat, outlines.chain_start
    edges = np.flatnonzero(_bounds_m(lonlat) > EDGE_M)
    edges = np.setdiff1d(edges, chain_start[1:] - 1)
    azimuth_deg, length_m = inverse(lonlat[edges], lonlat[edges + 1])
    pieces = np.ceil(length_m / EDGE_M).astype(np.intp)
    extra = np.maximum(pieces - 1, 0)
    which = np.repeat(np.arange(len(edges)), extra)
    before = np.repeat(np.cumsum(extra) - extra, extra)
    share = (np.arange(1, len(which) + 1) - before) / pieces[which]
    inner, _ = direct(lonlat[edges[which]], azimuth_deg[which], length_m[which] * share)
    before_vertex = edges[which] + 1
    more = chain_start + np.searchsorted(before_vertex, chain_start, side="right")
    split = replace(
        outlines, lonlat=np.insert(lonlat, before_vertex, inner, axis=0), chain_start=more
    )
    return split, np.insert(at, before_vertex, edges[which] + share) if len(at) else at


def _runs(outlines: Outlines) -> tuple[Places, Places, Places]:
    """Return from where to where each ring or run of a line goes, and which chain it is of."""
    lonlat, first, end = outlines.lonlat, outlines.chain_start[:-1], outlines.chain_start[1:]
    froms, tos, chains = [], [], []
    for c in _long_lines(outlines):
        cuts = _cuts(lonlat[first[c] : end[c]], TRACK_RUN_M if c in outlines.times_s else CAP_M)
        if len(cuts) > 2:
            froms.append(first[c] + cuts[:-1])
            tos.append(first[c] + cuts[1:] + 1)
            chains.append(np.full(len(cuts) - 1, c))
    if not chains:
        return first, end, np.arange(len(first))
    whole = np.setdiff1d(np.arange(len(first)), np.concatenate(chains))
    ring_from = np.concatenate((first[whole], *froms))
    order = np.argsort(ring_from, kind="stable")
    return (
        ring_from[order],
        np.concatenate((end[whole], *tos))[order],
        np.concatenate((whole, *chains))[order],
    )


def _long_lines(outlines: Outlines) -> list[int]:
    """Return the lines that may be longer than a run, tracks than one of theirs."""
    sizes = np.diff(outlines.chain_start)
    lines = np.flatnonzero((outlines.core[outlines.chain_volume] == Core.LINE) & (sizes > 2))
    if not len(lines):
        return []
    start = np.cumsum(sizes[lines]) - sizes[lines]
    take = np.repeat(outlines.chain_start[lines] - start, sizes[lines])
    step_m = np.append(_bounds_m(outlines.lonlat[take + np.arange(len(take))]), 0.0)
    step_m[start[1:] - 1] = 0.0
    run_m = np.where(np.isin(lines, list(outlines.times_s)), TRACK_RUN_M, CAP_M)
    long: list[int] = lines[np.add.reduceat(step_m, start) > run_m].tolist()
    return long


def _cuts(lonlat: Floats, run_m: float) -> Places:
    """Return at which vertices a line is cut into runs about run_m long, ends included."""
    step = np.diff(ecef(lonlat[:, 0], lonlat[:, 1]), axis=0)
    along_m = np.concatenate(([0.0], np.cumsum(np.linalg.norm(step, axis=1))))
    runs = np.minimum(along_m / run_m, along_m[-1] / run_m - 1e-9).astype(np.intp)
    starts = np.flatnonzero(np.diff(runs, prepend=-1))
    return np.append(starts[starts < len(lonlat) - 1], len(lonlat) - 1)


def discs_in_arrays(rings: Rings) -> Discs:
    """Return the discs of all entries, some thousands of entries at a time."""
    sizes = rings.ring_to - rings.ring_from
    count = len(rings.first_ring) - 1
    ends = np.append(0, np.cumsum(sizes))
    discs = Discs(
        np.empty((count, 3)), np.empty(count), np.empty(count), np.empty((ends[-1], 3), np.float32)
    )
    blocks = np.searchsorted(ends[rings.first_ring[1:]], np.arange(0, ends[-1], BLOCK))
    for a, b in zip(blocks, np.append(blocks, count)[1:], strict=True):
        if a < b:
            inside = slice(rings.first_ring[a], rings.first_ring[b])
            part = _discs_of_block(
                rings.lonlat,
                rings.ring_from[inside],
                sizes[inside],
                rings.first_ring[a:b] - rings.first_ring[a],
            )
            for whole, piece in zip(discs[:3], part[:3], strict=True):
                whole[a:b] = piece
            discs.vertices[ends[inside.start] : ends[inside.stop]] = part.vertices
    return discs


def _discs_of_block(lonlat: Floats, ring_from: Places, sizes: Places, first_ring: Places) -> Discs:
    """Do the same for some entries whose vertices are gathered here, ring after ring.

    A disc smaller than a quarter of the Earth holds the geodesic between two of its points; a
    larger one is taken as the whole Earth.
    """
    ring_start = np.cumsum(sizes) - sizes
    total = int(sizes.sum())
    place = lonlat[np.repeat(ring_from - ring_start, sizes) + np.arange(total)]
    points = ecef(place[:, 0], place[:, 1])
    start = ring_start[first_ring]
    counts = np.diff(np.append(start, total))
    low = np.minimum.reduceat(points, start, axis=0)
    middle = (low + np.maximum.reduceat(points, start, axis=0)) / 2.0
    across = np.hypot(middle[:, 0], middle[:, 1])
    lat = np.arctan2(middle[:, 2] / (1.0 - ECCENTRICITY_2), across)
    centre = ecef(np.degrees(np.arctan2(middle[:, 1], middle[:, 0])), np.degrees(lat))
    centre[counts == 1] = low[counts == 1]
    points -= np.repeat(centre, counts, axis=0)
    chord_m = np.sqrt(np.maximum.reduceat(np.einsum("ij,ij->i", points, points), start))
    core_m = np.where(counts == 1, 0.0, geodesic_bound_m(chord_m) + ROUNDING_M)
    is_vast = (core_m > VAST_M) | (np.hypot(across, middle[:, 2]) < 1000.0)
    step = np.zeros((total, 3))
    step[:-1] = points[1:] - points[:-1]
    step[ring_start + sizes - 1] = 0.0
    edge_m = np.sqrt(np.maximum.reduceat(np.einsum("ij,ij->i", step, step), start))
    core_m = np.where(is_vast, HALF_WORLD_M, core_m)
    return Discs(centre, core_m, edge_m, points.astype(np.float32))
