"""The extent of an activity: what a peer sees of one disclosed by its extent only.

Every footprint becomes a simple convex one that holds it. What is judged against the extent can
only come out nearer, so no conflict is lost; that law is tested in tests/engine/test_hull.py.

Convex hulls are taken in a gnomonic plane about the footprint, where great circles are straight.
Geodesics of the ellipsoid stray from those by f L^2 / 8R or so (0.2 m on pieces of 50 km); edges
are cut into such pieces, and the hull is made wider by a margin that is more than ten times that.
"""

import dataclasses
import math
from typing import Final

import numpy as np
import shapely

from wideberth.engine.geodesy import ECCENTRICITY_2, GEOD, MEAN_RADIUS_M, Floats, direct, lengths
from wideberth.engine.shape import PIECE_M, Core, Shape, shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.model.activity import Activity, Disclosure
from wideberth.model.footprint import Circle, Everywhere, Footprint, Point, Polygon
from wideberth.model.ring import Gnomonic
from wideberth.model.volume import Volume

_MARGIN_M: Final = 3.0
_STILL_M: Final = 0.01  # a line shorter than that is a point
_CORNERS: Final = 16  # of the ring about a disc; it reaches 3 % beyond the disc at most
_SPARE: Final = 1.01  # above what the ellipsoid's radii of curvature differ by
_WIDEST_M: Final = 60.0 / 360.0 * 4.0e7  # farther from its middle a hull's plane is stretched
_LARGEST_CIRCLE_M: Final = 9.0e6  # below a quarter of the Earth, so that it holds its geodesics
_STEPS: Final = ((1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0))
_DIGITS: Final = 7  # of a degree: 1 cm, well within the margin


def hull(activity: Activity) -> Activity:
    """Return an activity reduced to its extent: who, what kind, and areas that hold its areas.

    Party, id, revision, state, kind, priority, volumes' ids, heights, windows and bands are kept;
    title, equipage, flex, links, criterion, power and radio are left out. A moving volume becomes
    a still one for all its time. Raises ImpossibleValueError for a private activity, which has no
    extent that may be told.
    """
    if activity.disclose is Disclosure.PRIVATE:
        raise ImpossibleValueError(
            "a private activity has no extent to disclose.", remedy="Disclose it first."
        )
    return dataclasses.replace(
        activity,
        volumes=tuple(_extent(volume) for volume in activity.volumes),
        title="",
        disclose=Disclosure.EXTENT,
        flex=None,
        equipage="",
        linked="",
    )


def _extent(volume: Volume) -> Volume:
    footprint = convex(volume.footprint)
    return dataclasses.replace(volume, footprint=footprint, eirp_dbm=None, criterion="", radio=None)


def convex(footprint: Footprint) -> Footprint:
    """Return a simple convex footprint that holds another: the same circle, or a polygon.

    What reaches too far for that becomes a larger circle, and then the whole Earth.
    """
    if isinstance(footprint, (Circle, Everywhere)):
        return footprint
    shape = shape_of(footprint)
    middle = _middle(shape.xyz)
    if middle is None:
        return Everywhere()
    there = np.broadcast_to(np.array([middle]), shape.lonlat.shape)
    reach_m = float(lengths(there, shape.lonlat).max()) + shape.radius_m
    if reach_m < shape.radius_m + _STILL_M:
        return Circle(middle, shape.radius_m + _MARGIN_M)
    ring = _ring(shape, reach_m)
    try:
        return Polygon.of(ring) if ring else _circle(middle, reach_m)
    except ImpossibleValueError:
        return _circle(middle, reach_m)


def _circle(middle: Point, reach_m: float) -> Footprint:
    radius_m = reach_m * 1.001 + _MARGIN_M
    return Circle(middle, radius_m) if radius_m < _LARGEST_CIRCLE_M else Everywhere()


def _middle(xyz: Floats) -> Point | None:
    """Return the ground below the middle of the box round some points, or None at the centre."""
    middle = (xyz.max(axis=0) + xyz.min(axis=0)) / 2.0
    across = math.hypot(middle[0], middle[1])
    if math.hypot(across, middle[2]) < 1000.0:
        return None
    lat_deg = math.degrees(math.atan2(middle[2] / (1.0 - ECCENTRICITY_2), across))
    return math.degrees(math.atan2(middle[1], middle[0])), lat_deg


def _ring(shape: Shape, reach_m: float) -> tuple[Point, ...]:
    """Return the ring of a hull, or none where the footprint reaches too far."""
    if reach_m > _WIDEST_M:
        return ()
    corners = [(float(lon), float(lat)) for lon, lat in _corners(shape)]
    plane = Gnomonic(corners)
    at = [plane.forward(corner) for corner in corners]
    if None in at:
        return ()
    flat = MEAN_RADIUS_M * np.array(at, float)
    stretch = 1.0 + float((flat**2).sum(axis=1).max()) / MEAN_RADIUS_M**2  # 1 / cos^2 from there
    wide = np.concatenate([flat + _MARGIN_M * stretch * np.array(step) for step in _STEPS])
    outline = shapely.MultiPoint(wide).convex_hull
    outer = shapely.get_coordinates(outline)[:-1] / MEAN_RADIUS_M
    return _in_pieces(outer, plane)


def _corners(shape: Shape) -> Floats:
    """Return points whose hull holds the footprint: its vertices, or rings about them."""
    vertices = shape.lonlat[shape.head] if shape.core is Core.AREA else shape.lonlat
    if shape.radius_m == 0.0:
        return vertices
    corner = math.tan(shape.radius_m / MEAN_RADIUS_M) / math.cos(math.pi / _CORNERS)
    reach_m = math.atan(corner) * MEAN_RADIUS_M * _SPARE
    turns = np.arange(_CORNERS) * 360.0 / _CORNERS
    around = [direct(vertices, np.full(1, turn), np.full(1, reach_m))[0] for turn in turns]
    return np.concatenate(around)


def _in_pieces(outer: Floats, plane: Gnomonic) -> tuple[Point, ...]:
    """Return a ring of the plane on the ground, its edges cut into pieces of PIECE_M at most."""
    ring: list[Point] = []
    for i, head in enumerate(outer):
        tail = outer[(i + 1) % len(outer)]
        start, end = (plane.inverse((float(x), float(y))) for x, y in (head, tail))
        pieces = max(1, math.ceil(2.0 * GEOD.inv(*start, *end)[2] / PIECE_M))
        for k in range(pieces):
            x, y = head + (tail - head) * (k / pieces)
            lon_deg, lat_deg = plane.inverse((float(x), float(y)))
            ring.append((round(lon_deg, _DIGITS), round(lat_deg, _DIGITS)))
    return tuple(ring)
