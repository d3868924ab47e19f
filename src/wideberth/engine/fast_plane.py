"""The verdict of `screen` on two entries, compiled: the same plane and bounds, own measuring.

Where shapely finds the distance, here it is enough to know whether it is surely below or above
the limit; discs in and about the cores settle most pairs before any edge is looked at.
"""

import math
from typing import Final

import numpy as np

from wideberth.engine.compiled import compiled
from wideberth.engine.entries import LEAST_RADIUS_M, SINGLE, Offsets, Places
from wideberth.engine.fast_items import Item, Items
from wideberth.engine.geodesy import ECCENTRICITY_2, Floats
from wideberth.engine.screen import FRAME_M, SURE_M, Verdict
from wideberth.engine.shape import Core

APART: Final = int(Verdict.APART)
UNSURE: Final = int(Verdict.UNSURE)
CONFLICT: Final = int(Verdict.CONFLICT)
POINT: Final = int(Core.POINT)
LINE: Final = int(Core.LINE)
AREA: Final = int(Core.AREA)
EVERYWHERE: Final = int(Core.EVERYWHERE)
NO_DISC_M: Final = -1e18  # stands for "no disc fits in"
SQUEEZE: Final = 1.0 - ECCENTRICITY_2
# Vertices, where rings start, and room for the edges of two items. To take an array out of here
# costs time: numba counts references. So it is done once for each pair.
Sketch = tuple[Offsets, Places, Floats, Floats]

MORE: Final = 1.0001  # an edge along the ground is longer than its chord by less than this


@compiled
def ground_bound_m(chord_m: float) -> float:
    """Return a length that no geodesic over a chord exceeds (`entries.geodesic_bound_m`)."""
    return 2.0 * LEAST_RADIUS_M * math.asin(min(1.0, chord_m / (2.0 * LEAST_RADIUS_M)))


@compiled
def lay_flat(item: Item, view: Item, vertices: Offsets, ring_start: Places, edges: Floats) -> int:
    """Write an item's edges (x, y, x, y) as seen from above the centre of the item `view`.

    Returns how many. A point is an edge of no length; a line has one more at its end.
    """
    x0, y0, z0 = item.x - view.x, item.y - view.y, item.z - view.z
    ux, uy, uz = view.x, view.y, view.z / SQUEEZE
    size = math.sqrt(ux * ux + uy * uy + uz * uz)
    ux, uy, uz = ux / size, uy / size, uz / size
    if abs(uz) > 0.9:
        ex, ey, ez = 0.0, -uz, uy
    else:
        ex, ey, ez = -uy, ux, 0.0
    size = math.sqrt(ex * ex + ey * ey + ez * ez)
    ex, ey, ez = ex / size, ey / size, ez / size
    nx, ny, nz = uy * ez - uz * ey, uz * ex - ux * ez, ux * ey - uy * ex
    count = 0
    shift = 0 if item.rings == 1 else item.first_vertex - ring_start[item.first_ring]
    first = item.first_vertex
    end = first + item.vertices
    for ring in range(item.first_ring, item.first_ring + item.rings):
        if item.rings > 1:
            first, end = ring_start[ring] + shift, ring_start[ring + 1] + shift
        for k in range(first, end):
            dx, dy, dz = vertices[k, 0] + x0, vertices[k, 1] + y0, vertices[k, 2] + z0
            x, y = dx * ex + dy * ey + dz * ez, dx * nx + dy * ny + dz * nz
            if k > first:
                edges[count - 1, 2], edges[count - 1, 3] = x, y
            edges[count, 0], edges[count, 1], edges[count, 2], edges[count, 3] = x, y, x, y
            count += 1
        if item.kind == AREA:
            count -= 1  # the ring is closed: its last vertex begins no edge
    return count


@compiled
def square_to_edge(px: float, py: float, edges: Floats, k: int) -> float:
    """Return the squared distance of a point to an edge."""
    ax, ay = edges[k, 0], edges[k, 1]
    dx, dy = edges[k, 2] - ax, edges[k, 3] - ay
    wx, wy = px - ax, py - ay
    square = dx * dx + dy * dy
    along = wx * dx + wy * dy
    if along > 0.0 and square > 0.0:
        share = min(1.0, along / square)
        wx, wy = wx - share * dx, wy - share * dy
    return wx * wx + wy * wy


@compiled
def is_inside(px: float, py: float, edges: Floats, count: int) -> bool:
    """Return whether a ring's edges enclose a point (crossing number, Shimrat 1962)."""
    inside = False
    for k in range(count):
        y1, y2 = edges[k, 1], edges[k, 3]
        if (y1 > py) != (y2 > py):
            x1, x2 = edges[k, 0], edges[k, 2]
            if px < (x2 - x1) * (py - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@compiled
def do_cross(one: Floats, i: int, other: Floats, j: int) -> bool:
    """Return whether two edges pass through each other."""
    ax, ay, bx, by = one[i, 0], one[i, 1], one[i, 2], one[i, 3]
    cx, cy, dx, dy = other[j, 0], other[j, 1], other[j, 2], other[j, 3]
    c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if (c > 0.0) == (d > 0.0):
        return False
    a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return (a > 0.0) != (b > 0.0)


@compiled
def keep_near(one: Floats, count: int, other: Floats, count_other: int, near_m: float) -> int:
    """Move the edges of other that may be as near as near_m to one's to the front; return how many.

    By the box about one's edges.
    """
    west = south = math.inf
    east = north = -math.inf
    for i in range(count):
        west, east = min(west, one[i, 0]), max(east, one[i, 0])
        south, north = min(south, one[i, 1]), max(north, one[i, 1])
    west, south, east, north = west - near_m, south - near_m, east + near_m, north + near_m
    kept = 0
    for j in range(count_other):
        x1, y1, x2, y2 = other[j, 0], other[j, 1], other[j, 2], other[j, 3]
        is_beside = min(x1, x2) > east or max(x1, x2) < west
        if not (is_beside or min(y1, y2) > north or max(y1, y2) < south):
            other[kept, 0], other[kept, 1], other[kept, 2], other[kept, 3] = x1, y1, x2, y2
            kept += 1
    return kept


@compiled
def least_square(
    one: Floats, count: int, other: Floats, count_other: int, span_m: tuple[float, float]
) -> float:
    """Return the squared distance between edges, or the square of span_m's greater if it is more.

    Stops as soon as it is not above span_m's lesser (negative: never).
    """
    enough_m, most_m = span_m
    best = most_m * most_m
    enough = enough_m * enough_m if enough_m >= 0.0 else -1.0
    for i in range(count):
        x1, x2 = min(one[i, 0], one[i, 2]) - most_m, max(one[i, 0], one[i, 2]) + most_m
        y1, y2 = min(one[i, 1], one[i, 3]) - most_m, max(one[i, 1], one[i, 3]) + most_m
        for j in range(count_other):
            if (
                max(other[j, 0], other[j, 2]) < x1
                or min(other[j, 0], other[j, 2]) > x2
                or max(other[j, 1], other[j, 3]) < y1
                or min(other[j, 1], other[j, 3]) > y2
            ):
                continue
            best = min(
                best,
                square_to_edge(one[i, 0], one[i, 1], other, j),
                square_to_edge(other[j, 0], other[j, 1], one, i),
            )
            if best <= enough:
                return best
            if do_cross(one, i, other, j):
                return 0.0
    return best


@compiled
def has_deep_corner(one: Floats, count: int, other: Floats, count_other: int, by_m: float) -> bool:
    """Return whether a corner of one area lies inside another, farther than by_m from its edges."""
    for i in range(count):
        px, py = one[i, 0], one[i, 1]
        if is_inside(px, py, other, count_other):
            is_deep = True
            for j in range(count_other):
                if square_to_edge(px, py, other, j) < by_m * by_m:
                    is_deep = False
                    break
            if is_deep:
                return True
    return False


@compiled
def bow_m(far_m: float, edge_m: float) -> float:
    """Return how far from straight an edge is seen (`screen`, point 4)."""
    return MORE * far_m * edge_m * edge_m / (8.0 * LEAST_RADIUS_M * LEAST_RADIUS_M)


@compiled
def gather(
    items: Items, vertices: Offsets, ring_start: Places, gathered: Offsets, first_vertex: int
) -> None:
    """Put the vertices of items in the order of the items, and write their inner discs.

    first_vertex: where the first item's vertices go.
    """
    most = 0
    for k in range(len(items)):
        most = max(most, items[k].vertices)
    edges = np.empty((most + 1, 4))
    done = first_vertex
    for k in range(len(items)):
        item = items[k]
        first = ring_start[item.first_ring]
        for n in range(item.vertices):
            for axis in range(3):
                gathered[done + n, axis] = vertices[first + n, axis]
        item.first_vertex = done
        done += item.vertices
        item.inner_m = NO_DISC_M
        if item.kind == POINT:
            item.inner_m = 0.0
        elif item.kind == AREA and item.rings == 1 and item.core_m <= FRAME_M:
            count = lay_flat(item, item, gathered, ring_start, edges)
            item.inner_m = inner_disc_m(item, edges, count)


@compiled
def inner_disc_m(item: Item, edges: Floats, count: int) -> float:
    """Return how far round its centre an area of one ring surely reaches, by its edges."""
    if not is_inside(0.0, 0.0, edges, count):
        return NO_DISC_M
    square = math.inf
    for k in range(count):
        square = min(square, square_to_edge(0.0, 0.0, edges, k))
    reach_m = math.sqrt(square) - bow_m(item.core_m, item.edge_m) - SINGLE * item.core_m
    return reach_m if reach_m > 0.0 else NO_DISC_M


@compiled
def do_areas_share(
    edges_e: Floats, count_e: int, edges_f: Floats, count_f: int, by_m: float
) -> bool:
    """Return whether a corner of one of two areas lies deep inside the other."""
    return has_deep_corner(edges_e, count_e, edges_f, count_f, by_m) or has_deep_corner(
        edges_f, count_f, edges_e, count_e, by_m
    )


@compiled
def verdict_on_edges(one: Item, other: Item, lengths_m: tuple[float, float], sketch: Sketch) -> int:
    """Return the verdict on two items by their edges; one has the smaller core.

    lengths_m: the chord between their centres, and the limit that their cores must keep.
    """
    chord_m, limit_m = lengths_m
    far_m = ground_bound_m(chord_m) + other.core_m
    if far_m > FRAME_M:
        return UNSURE
    vertices, ring_start, edges_e, edges_f = sketch
    count_e = lay_flat(one, one, vertices, ring_start, edges_e)
    count_f = lay_flat(other, one, vertices, ring_start, edges_f)
    error_m = bow_m(one.core_m, one.edge_m) + bow_m(far_m, other.edge_m)
    error_m += SINGLE * (one.core_m + other.core_m)
    most_m = limit_m + SURE_M + error_m
    sin_tilt = (one.core_m + limit_m) / LEAST_RADIUS_M
    enough_m = -1.0
    if sin_tilt < 1.0:
        enough_m = (limit_m - SURE_M) * math.sqrt(1.0 - sin_tilt * sin_tilt) - error_m
    is_e_area, is_f_area = one.kind == AREA, other.kind == AREA
    inside = is_f_area and is_inside(edges_e[0, 0], edges_e[0, 1], edges_f, count_f)
    inside = inside or (is_e_area and is_inside(edges_f[0, 0], edges_f[0, 1], edges_e, count_e))
    if inside and enough_m >= 0.0:
        return CONFLICT
    is_asked = enough_m < 0.0 and is_e_area and is_f_area
    if is_asked and do_areas_share(edges_e, count_e, edges_f, count_f, error_m + SURE_M):
        return CONFLICT
    near_f = keep_near(edges_e, count_e, edges_f, count_f, most_m)
    square = least_square(edges_e, count_e, edges_f, near_f, (enough_m, most_m))
    if enough_m >= 0.0 and square <= enough_m * enough_m:
        return CONFLICT
    if square >= most_m * most_m:
        return CONFLICT if inside else APART
    return UNSURE


@compiled
def verdict_on(one: Item, other: Item, lateral_m: float, sketch: Sketch) -> int:
    """Return the verdict on two items along the ground alone."""
    if EVERYWHERE in (one.kind, other.kind):
        return CONFLICT
    dx, dy, dz = one.x - other.x, one.y - other.y, one.z - other.z
    chord_m = math.sqrt(dx * dx + dy * dy + dz * dz)
    limit_m = lateral_m + one.radius_m + other.radius_m
    if chord_m - one.core_m - other.core_m >= limit_m + SURE_M:
        return APART
    if ground_bound_m(chord_m) <= one.inner_m + other.inner_m + limit_m - SURE_M:
        return CONFLICT
    if one.kind == POINT and other.kind == POINT:
        return UNSURE
    if one.core_m <= other.core_m:
        found = verdict_on_edges(one, other, (chord_m, limit_m), sketch)
    else:
        found = verdict_on_edges(other, one, (chord_m, limit_m), sketch)
    return UNSURE if found == CONFLICT and (one.rings > 1 or other.rings > 1) else found
