"""Footprints cut into entries: runs of vertices, each inside a disc on the Earth.

An entry is a part of an area with its holes, a run of a line, a point. Edges longer than PIECE_M
are split, so that what lies between two vertices is never far from straight.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.geodesy import ECCENTRICITY_2, SEMI_MAJOR_M, Floats, direct, ecef, inverse
from wideberth.engine.shape import CAP_M, HALF_WORLD_M, PIECE_M, Core

Places = NDArray[np.intp]

LEAST_RADIUS_M: Final = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2)  # of curvature on the Earth
TRACK_RUN_M: Final = 50_000.0  # tracks are cut shorter, so that each run has a short time
ROUNDING_M: Final = 1e-3  # far above what doubles lose at the Earth's radius
ROUNDING_S: Final = 1e-3
BLOCK: Final = 1 << 17  # vertices looked at together: small enough to stay in cache


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
    the vertices of ring r are vertices[ring_from[r]:ring_to[r]]. Neighbouring runs of a line share
    a vertex.
    """

    volume: Places
    centre: Floats
    core_m: Floats
    cap_m: Floats
    edge_m: Floats
    start_s: Floats
    end_s: Floats
    first_ring: Places
    ring_from: Places
    ring_to: Places
    vertices: Floats

    def __len__(self) -> int:
        return len(self.volume)


def entries_of(outlines: Outlines) -> Entries:
    """Return the entries of all footprints."""
    vertices, chain_start, at = _split(outlines)
    ring_from, ring_to, ring_chain = _rings(outlines, vertices, chain_start)
    first_ring = np.append(np.flatnonzero(~outlines.chain_is_hole[ring_chain]), len(ring_chain))
    chain = ring_chain[first_ring[:-1]]
    volume = outlines.chain_volume[chain]
    centre, core_m, edge_m = _discs(vertices, ring_from, ring_to, first_ring)
    core_m[outlines.core[volume] == Core.EVERYWHERE] = HALF_WORLD_M
    start_s, end_s = outlines.start_s[volume], outlines.end_s[volume]
    for k in np.flatnonzero(np.isin(chain, list(outlines.times_s))):
        times_s = outlines.times_s[int(chain[k])]
        ends = np.array([ring_from[first_ring[k]], ring_to[first_ring[k]] - 1])
        leg = at[ends] - outlines.chain_start[chain[k]]
        start_s[k], end_s[k] = np.interp(leg, np.arange(len(times_s)), times_s)
        start_s[k], end_s[k] = start_s[k] - ROUNDING_S, end_s[k] + ROUNDING_S
    return Entries(
        volume=volume,
        centre=centre,
        core_m=core_m,
        cap_m=np.minimum(core_m + outlines.radius_m[volume], HALF_WORLD_M),
        edge_m=edge_m,
        start_s=start_s,
        end_s=end_s,
        first_ring=first_ring,
        ring_from=ring_from,
        ring_to=ring_to,
        vertices=vertices,
    )


def geodesic_bound_m(chord_m: Floats) -> Floats:
    """Return a length that no geodesic between points so far apart in a straight line exceeds.

    No geodesic bends more than LEAST_RADIUS_M allows, so its chord is at least that of a circle's
    arc of that radius (Schur's comparison theorem).
    """
    half = np.minimum(chord_m / (2.0 * LEAST_RADIUS_M), 1.0)
    return np.asarray(2.0 * LEAST_RADIUS_M * np.arcsin(half))


def _split(outlines: Outlines) -> tuple[Floats, Places, Floats]:
    """Return earth-centred vertices with long edges split, where chains start, and from where.

    The last gives for every vertex its place among those declared; between two it is a fraction.
    """
    lonlat, chain_start = outlines.lonlat, outlines.chain_start
    vertices = np.empty((len(lonlat), 3))
    long: list[Places] = []
    for a in range(0, len(lonlat), BLOCK):
        b = min(a + BLOCK, len(lonlat))
        vertices[a:b] = ecef(lonlat[a:b, 0], lonlat[a:b, 1])
        since = max(a - 1, 0)
        step = np.diff(vertices[since:b], axis=0)
        long.append(since + np.flatnonzero(np.einsum("ij,ij->i", step, step) > PIECE_M**2))
    edges = np.setdiff1d(np.concatenate([np.empty(0, np.intp), *long]), chain_start[1:] - 1)
    at = np.arange(len(lonlat), dtype=float) if outlines.times_s or len(edges) else np.empty(0)
    if not len(edges):
        return vertices, chain_start, at
    azimuth_deg, length_m = inverse(lonlat[edges], lonlat[edges + 1])
    pieces = np.ceil(length_m / PIECE_M).astype(np.intp)
    which = np.repeat(np.arange(len(edges)), pieces - 1)
    before = np.repeat(np.cumsum(pieces - 1) - (pieces - 1), pieces - 1)
    share = (np.arange(1, len(which) + 1) - before) / pieces[which]
    inner, _ = direct(lonlat[edges[which]], azimuth_deg[which], length_m[which] * share)
    before_vertex = edges[which] + 1
    return (
        np.insert(vertices, before_vertex, ecef(inner[:, 0], inner[:, 1]), axis=0),
        chain_start + np.searchsorted(before_vertex, chain_start, side="right"),
        np.insert(at, before_vertex, edges[which] + share),
    )


def _rings(
    outlines: Outlines, vertices: Floats, chain_start: Places
) -> tuple[Places, Places, Places]:
    """Return from where to where each ring or run of a line goes, and which chain it is of."""
    first, end = chain_start[:-1], chain_start[1:]
    froms, tos, chains = [], [], []
    is_line = outlines.core[outlines.chain_volume] == Core.LINE
    for c in np.flatnonzero(is_line & (end - first > 2)):
        cuts = _cuts(vertices[first[c] : end[c]], TRACK_RUN_M if c in outlines.times_s else CAP_M)
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


def _cuts(line: Floats, run_m: float) -> Places:
    """Return at which vertices a line is cut into runs no longer than run_m, ends included."""
    along_m = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))))
    runs = np.minimum(along_m / run_m, along_m[-1] / run_m - 1e-9).astype(np.intp)
    starts = np.flatnonzero(np.diff(runs, prepend=-1))
    return np.append(starts[starts < len(line) - 1], len(line) - 1)


def _discs(
    vertices: Floats, ring_from: Places, ring_to: Places, first_ring: Places
) -> tuple[Floats, Floats, Floats]:
    """Return centre, radius along the ground and longest edge of every entry."""
    count = len(first_ring) - 1
    centre, core_m, edge_m = np.empty((count, 3)), np.empty(count), np.empty(count)
    sizes = ring_to - ring_from
    ends = np.cumsum(sizes)[first_ring[1:] - 1] if count else np.empty(0, np.intp)
    blocks = np.searchsorted(ends, np.arange(0, ends[-1] if count else 0, BLOCK))
    for a, b in zip(blocks, np.append(blocks, count)[1:], strict=True):
        if a < b:
            rings = slice(first_ring[a], first_ring[b])
            centre[a:b], core_m[a:b], edge_m[a:b] = _discs_of_block(
                vertices, ring_from[rings], sizes[rings], first_ring[a:b] - first_ring[a]
            )
    return centre, core_m, edge_m


def _discs_of_block(
    vertices: Floats, ring_from: Places, sizes: Places, first_ring: Places
) -> tuple[Floats, Floats, Floats]:
    """Do the same for some entries whose vertices are gathered here, ring after ring.

    A disc smaller than a quarter of the Earth holds the geodesic between two of its points; a
    larger one is taken as the whole Earth.
    """
    ring_start = np.cumsum(sizes) - sizes
    total = int(sizes.sum())
    points = vertices[np.repeat(ring_from - ring_start, sizes) + np.arange(total)]
    start = ring_start[first_ring]
    counts = np.diff(np.append(start, total))
    low = np.minimum.reduceat(points, start, axis=0)
    high = np.maximum.reduceat(points, start, axis=0)
    middle = (low + high) / 2.0
    across = np.hypot(middle[:, 0], middle[:, 1])
    lat = np.arctan2(middle[:, 2] / (1.0 - ECCENTRICITY_2), across)
    centre = ecef(np.degrees(np.arctan2(middle[:, 1], middle[:, 0])), np.degrees(lat))
    centre[counts == 1] = low[counts == 1]
    apart = points - np.repeat(centre, counts, axis=0)
    chord_m = np.sqrt(np.maximum.reduceat(np.einsum("ij,ij->i", apart, apart), start))
    core_m = np.where(counts == 1, 0.0, geodesic_bound_m(chord_m) + ROUNDING_M)
    is_vast = (core_m > 9.0e6) | (np.hypot(across, middle[:, 2]) < 1000.0)
    step = np.zeros((total, 3))
    step[:-1] = points[1:] - points[:-1]
    step[ring_start + sizes - 1] = 0.0
    edge_m = np.sqrt(np.maximum.reduceat(np.einsum("ij,ij->i", step, step), start))
    return centre, np.where(is_vast, HALF_WORLD_M, core_m), edge_m
