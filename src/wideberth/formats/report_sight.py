"""What a report's map looks at: which positions it must hold, and which volumes lie near."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
import shapely

from wideberth.engine.outline import Positions
from wideberth.formats.report_facts import VolumeIndex
from wideberth.formats.report_plane import View, cap, sheet
from wideberth.formats.report_words import count
from wideberth.model.conflict import Conflict, VolumeRef
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon
from wideberth.model.volume import Volume

OUTLINED: Final = 250
_FIT_VOLUMES: Final = 400
_LARGER: Final = 4.0  # a larger volume is shown whole up to so many times what must be seen
_LEAST_DEG: Final = 0.02
_SMALL_PX: Final = 40.0
_GEOD: Final = pyproj.Geod(ellps="WGS84")
_AROUND: Final = np.arange(8.0) * 45.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Volumes other than those of the conflicts shown: in outline, as dots (pixels), in words."""

    outlined: tuple[VolumeRef, ...]
    dots: tuple[tuple[VolumeRef, float, float], ...]
    words: tuple[str, ...]


def to_be_seen(conflicts: Sequence[Conflict], shown: int, index: VolumeIndex) -> Positions | None:
    """Return positions the view must hold: all places of conflict, the smaller of each shown pair.

    The larger one joins where it is not much larger, so that a theatre-wide area does not shrink
    a conflict to a dot. Without a conflict all volumes are to be seen; None if there is nothing.
    """
    if not conflicts:
        some = itertools.islice(index.values(), _FIT_VOLUMES)
        found = [r for _, v in some if (r := rough(v)) is not None]
        return np.concatenate(found) if found else None
    must, may = [np.array([c.finding.place for c in conflicts])], []
    for conflict in conflicts[:shown]:
        pair = [index[ref][1] for ref in (conflict.a, conflict.b) if ref in index]
        sides = [r for v in pair if (r := rough(v)) is not None]
        sides.sort(key=lambda r: cap(r)[1])
        must += sides[:1]
        may += sides[1:]
    _, reach_deg = cap(np.concatenate(must))
    must += [r for r in may if cap(r)[1] <= _LARGER * max(reach_deg, _LEAST_DEG)]
    return np.concatenate(must)


def rough(volume: Volume) -> Positions | None:
    """Return a few positions about a volume, enough to see where and how large it is."""
    footprint = volume.footprint
    if isinstance(footprint, Everywhere):
        return None
    if isinstance(footprint, Polygon):
        return np.array([point for part in footprint.parts for point in part.outer])
    if isinstance(footprint, Circle):
        points, reach_m = np.array([footprint.centre]), footprint.radius_m
    else:
        points = np.array(footprint.points)
        reach_m = footprint.half_width_m if isinstance(footprint, Corridor) else footprint.radius_m
    if reach_m == 0.0:
        return points
    lon, lat = (np.repeat(points[:, i], len(_AROUND)) for i in (0, 1))
    azimuth = np.tile(_AROUND, len(points))
    at_lon, at_lat, _ = _GEOD.fwd(lon, lat, azimuth, np.full_like(lon, reach_m))
    return np.column_stack([at_lon, at_lat])


def surroundings(chosen: set[VolumeRef], index: VolumeIndex, view: View) -> Surroundings:
    """Return the other volumes near the view; where they are many the small ones become dots."""
    near: list[tuple[float, VolumeRef, float, float]] = []
    away = 0
    for ref in sorted(index.keys() - chosen):
        box = _pixel_box(index[ref][1], view)
        if box is None:
            away += 1
            continue
        left, top, right, bottom = box
        near.append((max(right - left, bottom - top), ref, (left + right) / 2, (top + bottom) / 2))
    words = (f"{count(away, 'other volume')} beyond its edges.",) if away else ()
    if len(near) <= OUTLINED:
        return Surroundings(tuple(ref for _, ref, _, _ in near), (), words)
    large = [entry for entry in near if entry[0] >= _SMALL_PX]
    large.sort(key=lambda entry: (-entry[0], entry[1]))
    outlined = {ref for _, ref, _, _ in large[:OUTLINED]}
    dots = tuple((ref, x, y) for _, ref, x, y in near if ref not in outlined)
    said = f"{count(len(dots), 'other volume')} drawn as dots to keep it readable."
    return Surroundings(tuple(sorted(outlined)), dots, (said, *words))


def _pixel_box(volume: Volume, view: View) -> tuple[float, float, float, float] | None:
    """Return about where a volume lies in pixels, None if that is off the sheet."""
    positions = rough(volume)
    if positions is None:
        return _bounds(sheet())
    xy = view.plane.project(positions)
    xy = xy[np.all(np.isfinite(xy), axis=1)]
    if not len(xy):
        return None
    px = view.pixels(xy)
    box = shapely.box(*px.min(axis=0), *px.max(axis=0))
    return _bounds(box) if shapely.intersects(box, sheet()) else None


def _bounds(box: shapely.Geometry) -> tuple[float, float, float, float]:
    left, top, right, bottom = shapely.bounds(box).tolist()
    return left, top, right, bottom
