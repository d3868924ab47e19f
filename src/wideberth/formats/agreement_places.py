"""Where, when and on which frequencies an agreement's theatre and restrictions hold."""

import math
from datetime import date, datetime
from typing import Final

from wideberth.errors import WideberthError
from wideberth.formats.coordinates import read_position
from wideberth.formats.fields import Fields, show_value
from wideberth.formats.reading import ReadOptions
from wideberth.formats.rings import polygon_of
from wideberth.model.footprint import Circle, Footprint, Point
from wideberth.model.span import TimeWindow
from wideberth.units import METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE

_RADIUS: Final = {
    "radius_nm": METRES_PER_NAUTICAL_MILE,
    "radius_km": METRES_PER_KILOMETRE,
    "radius_m": 1.0,
}
_WANTED: Final = "Write polygon = [[lon, lat], ...], or center = [lon, lat] with radius_nm."


def area_of(fields: Fields, key: str, options: ReadOptions) -> Footprint | None:
    """Return the area in the table under a key: a polygon with geodesic edges, or a circle."""
    value = fields.values[key]
    if not isinstance(value, dict):
        fields.fail(f"{key!r} is {show_value(value)}, not an area.", _WANTED)
        return None
    inner = Fields(value, f"{fields.where}, {key}" if fields.where != key else key)
    inner.problems = fields.problems
    inner.refuse_unknown(value, {"polygon", "center", *_RADIUS})
    if ("polygon" in inner) == ("center" in inner):
        inner.fail("not exactly one of 'polygon' and 'center' is given.", _WANTED)
        return None
    return _polygon(inner, options) if "polygon" in inner else _circle(inner)


def _polygon(fields: Fields, options: ReadOptions) -> Footprint | None:
    value = fields.values["polygon"]
    if fields.given(*_RADIUS):
        fields.fail("a radius beside 'polygon'.", _WANTED)
    if not isinstance(value, list):
        fields.fail(f"'polygon' is {show_value(value)}, not a list.", _WANTED)
        return None
    points: list[Point] = []
    for i, position in enumerate(value):
        try:
            points.append(read_position(position))
        except WideberthError as error:
            fields.note(error, f"polygon, vertex {i}")
    if len(points) != len(value):
        return None
    polygon, problems = polygon_of(points, options, where=fields.where)
    fields.problems.extend(problems)
    return polygon


def _circle(fields: Fields) -> Footprint | None:
    radius_m = fields.quantity(_RADIUS)
    if not fields.given(*_RADIUS):
        fields.fail("'center' has no radius.", f"Give one of {', '.join(_RADIUS)}.")
    try:
        centre = read_position(fields.values["center"])
        return None if radius_m is None else Circle(centre, radius_m)
    except WideberthError as error:
        fields.note(error)
        return None


def window_of(fields: Fields) -> TimeWindow | None:
    """Return the window from 'start' to 'end'; one that is left out is open."""
    start_s, end_s = _instant(fields, "start", -math.inf), _instant(fields, "end", math.inf)
    if start_s is None or end_s is None:
        return None
    try:
        return TimeWindow(start_s, end_s)
    except WideberthError as error:
        fields.note(error)
        return None


def _instant(fields: Fields, key: str, open_s: float) -> float | None:
    """Return seconds UTC of an RFC 3339 text, or of a TOML date-time, which has the same form."""
    value = fields.values.get(key)
    if value is None:
        return open_s
    if isinstance(value, (datetime, date)):
        return fields.parse_instant(value.isoformat(), key)
    return fields.instant(key)
