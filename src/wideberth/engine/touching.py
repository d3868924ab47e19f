"""Whether two areas whose edges meet share more than those edges.

Only asked where areas touch and the minimum is 0. Round every place of contact a window of two
kilometres is drawn in a central projection from the centre of curvature there, in which geodesics
near by are straight to a hundredth of a millimetre; the common part in the window is measured.
"""

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wideberth.engine.geodesy import (
    ECCENTRICITY_2,
    MEAN_RADIUS_M,
    SEMI_MAJOR_M,
    Floats,
    direct,
    ecef,
    inverse,
    upward,
)
from wideberth.engine.nearest import contacts, foot_of
from wideberth.engine.shape import Shape

THINNEST_M: Final = 1e-3  # two areas whose common part is thinner than this touch
CONTACT_M: Final = 0.02  # contacts are looked for this far from an edge
WINDOW_M: Final = 2000.0


def share_area(a: Shape, b: Shape) -> bool:
    """Return whether two areas with touching edges overlap by more than THINNEST_M somewhere.

    Areas that reach beyond the half of the Earth round a contact are taken to overlap.
    """
    return any(_overlap_at(a, b, place) for place in contacts(a, b, CONTACT_M))


def _overlap_at(a: Shape, b: Shape, place: tuple[float, float]) -> bool:
    window = shapely.box(-WINDOW_M, -WINDOW_M, WINDOW_M, WINDOW_M)
    flat = [_flat(shape, place) for shape in (a, b)]
    if flat[0] is None or flat[1] is None:
        return True
    common = shapely.intersection(shapely.intersection(flat[0], window), flat[1])
    return bool(common.area > THINNEST_M * common.length)


def _flat(shape: Shape, place: tuple[float, float]) -> BaseGeometry | None:
    """Return an area in the plane at a place, metres; None if it reaches behind the plane."""
    shells: dict[int, BaseGeometry] = {}
    for ring, is_hole in enumerate(shape.is_hole):
        vertices = _through_window(shape, ring, place)
        plane = _project(vertices, place)
        if plane is None:
            return None
        polygon = shapely.make_valid(shapely.Polygon(plane))
        part = shape.part_of_ring[ring]
        shells[part] = shapely.difference(shells[part], polygon) if is_hole else polygon
    return shapely.union_all(list(shells.values()))


def _through_window(shape: Shape, ring: int, place: tuple[float, float]) -> Floats:
    """Return a ring's vertices, with more of them where a piece passes through the window."""
    pieces = np.flatnonzero(shape.ring == ring)
    head, tail = shape.lonlat[shape.head[pieces]], shape.lonlat[shape.tail[pieces]]
    centre = np.broadcast_to(np.array(place), head.shape)
    foot, distance = foot_of(centre, head, tail, np.full(len(pieces), 0.5))
    azimuth, length = inverse(head, tail)
    rows = []
    for k in range(len(pieces)):
        rows.append(head[k : k + 1])
        if distance[k] <= 2.0 * WINDOW_M:
            along = inverse(head[k : k + 1], foot[k : k + 1])[1][0]
            extra = along + np.linspace(-3.0, 3.0, 13) * WINDOW_M
            extra = extra[(extra > 0.0) & (extra < length[k])]
            start = np.broadcast_to(head[k], (len(extra), 2))
            rows.append(direct(start, np.full(len(extra), azimuth[k]), extra)[0])
    return np.concatenate(rows)


def _project(lonlat: Floats, place: tuple[float, float]) -> Floats | None:
    """Return plane coordinates in metres, from the centre of curvature below a place."""
    at = np.array([place])
    up = upward(at)[0]
    lon = np.radians(place[0])
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    north = np.cross(up, east)
    radius_m = _mean_curvature_m(place[1])
    centre = ecef(at[:, 0], at[:, 1])[0] - radius_m * up
    ray = ecef(lonlat[:, 0], lonlat[:, 1]) - centre
    depth = ray @ up
    if depth.min() < 0.05 * MEAN_RADIUS_M:
        return None
    return np.asarray(radius_m * np.stack((ray @ east, ray @ north), axis=1) / depth[:, None])


def _mean_curvature_m(lat_deg: float) -> float:
    """Return the Gaussian mean radius of curvature, sqrt(M N) (NGA.STND.0036, section 4)."""
    sin_2 = float(np.sin(np.radians(lat_deg)) ** 2)
    return float(SEMI_MAJOR_M * np.sqrt(1.0 - ECCENTRICITY_2) / (1.0 - ECCENTRICITY_2 * sin_2))
