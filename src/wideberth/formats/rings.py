"""From a reader's list of vertices to a polygon: refused when it crosses itself, or mended."""

from collections.abc import Sequence

import shapely

from wideberth.errors import ImpossibleValueError, SelfCrossingError
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.model.footprint import Part, Point, Polygon, opened
from wideberth.model.ring import Gnomonic


def polygon_of(
    outer: Sequence[Point], options: ReadOptions, *, where: str
) -> tuple[Polygon | None, tuple[Problem, ...]]:
    """Return the polygon of one outer ring (open or closed), or None with the reason.

    With options.repair a ring that crosses itself becomes the smallest area without dents that
    holds all its vertices (the larger area, so that nothing is missed), and a remark says so.
    """
    try:
        return Polygon((Part(opened(outer)),)), ()
    except SelfCrossingError as error:
        if not options.repair:
            remedy = f"{error.remedy} Or use --repair to take the hull of its vertices."
            return None, (Problem(Severity.ERROR, where, error.what, remedy.strip()),)
        try:
            mended = Polygon((Part(_hull(opened(outer))),))
        except ImpossibleValueError as second:
            return None, (Problem.of(second, where),)
        note = f"{error.what} Mended on request: the hull of all its vertices is taken."
        return mended, (Problem(Severity.ASSUMED, where, note, "Ask the issuer."),)
    except ImpossibleValueError as error:
        return None, (Problem.of(error, where),)


def _hull(ring: Sequence[Point]) -> tuple[Point, ...]:
    plane = Gnomonic(ring)
    flat = {plane.forward(p): p for p in ring}
    hull = shapely.convex_hull(shapely.MultiPoint([at for at in flat if at is not None]))
    if not isinstance(hull, shapely.Polygon):
        raise ImpossibleValueError("all vertices lie on one line; there is no area to take.")
    return tuple(flat[x, y] for x, y in hull.exterior.coords[:-1])
