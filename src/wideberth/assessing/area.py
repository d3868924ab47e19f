"""An area as GeoJSON says it: a polygon, or a point with a radius."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Circle, Footprint, Part, Polygon, opened
from wideberth.units import METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE

MOST_POINTS: Final = 10_000
MOST_RADIUS_M: Final = 2_000_000.0
_RADII: Final = {
    "radius_m": 1.0,
    "radius_km": METRES_PER_KILOMETRE,
    "radius_nm": METRES_PER_NAUTICAL_MILE,
}
_REMEDY: Final = "Give a GeoJSON polygon, or a point with radius_nm, radius_km or radius_m."


def read_area(text: str) -> Footprint:
    """Return the area that a GeoJSON text holds; raises ImpossibleValueError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImpossibleValueError(f"the area is no JSON: {error}.", remedy=_REMEDY) from None
    return area_of(value)


def area_of(value: object) -> Footprint:
    """Return the area of a geometry, a feature, or a collection of one feature.

    A ring may be closed or open; edges are geodesics. Raises ImpossibleValueError.
    """
    given = _object(value)
    if given.get("type") == "FeatureCollection":
        features = given.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ImpossibleValueError("the area is not one feature.", remedy=_REMEDY)
        given = _object(features[0])
    radius_of: Mapping[str, Any] = given
    if given.get("type") == "Feature":
        radius_of = _object(given.get("properties") or {})
        given = _object(given.get("geometry"))
    coordinates = given.get("coordinates")
    match given.get("type"):
        case "Point":
            return Circle(_point(coordinates), _radius_m(radius_of))
        case "Polygon":
            return Polygon((_part(coordinates),))
        case "MultiPolygon" if isinstance(coordinates, list) and coordinates:
            return Polygon(tuple(_part(one) for one in coordinates))
    raise ImpossibleValueError("the area is no polygon and no point.", remedy=_REMEDY)


def _part(rings: object) -> Part:
    if not isinstance(rings, list) or not rings:
        raise ImpossibleValueError("a polygon of the area has no ring.", remedy=_REMEDY)
    outer, *holes = (_ring(ring) for ring in rings)
    return Part.as_checked(opened(outer), tuple(opened(hole) for hole in holes))


def _ring(points: object) -> Sequence[tuple[float, float]]:
    if not isinstance(points, list) or not 3 <= len(points) <= MOST_POINTS:
        raise ImpossibleValueError(
            f"a ring of the area has less than 3 or more than {MOST_POINTS} points.",
            remedy=_REMEDY,
        )
    return [_point(point) for point in points]


def _point(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        raise ImpossibleValueError("a point of the area is no [lon, lat].", remedy=_REMEDY)
    return _number(value[0]), _number(value[1])


def _radius_m(given: Mapping[str, Any]) -> float:
    said = [(name, factor) for name, factor in _RADII.items() if given.get(name) is not None]
    if len(said) != 1:
        raise ImpossibleValueError("the point of the area has not one radius.", remedy=_REMEDY)
    ((name, factor),) = said
    radius_m = _number(given[name]) * factor
    if not 0.0 <= radius_m <= MOST_RADIUS_M:
        raise ImpossibleValueError(
            f"the radius of the area is not within 0 to {MOST_RADIUS_M / 1000.0:g} km."
        )
    return radius_m


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ImpossibleValueError(f"{value!r:.40} in the area is no number.", remedy=_REMEDY)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise ImpossibleValueError("a number in the area is not finite.", remedy=_REMEDY)
    return found


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ImpossibleValueError("the area is no GeoJSON object.", remedy=_REMEDY)
    return value
