"""The height band that a KML geometry's altitudes mean, as properties of a plan.

Source: OGC KML 2.3 (12-007r2), kml:altitudeMode and kml:extrude: absolute altitudes are above
mean sea level (EGM96); the default mode takes no account of altitudes.
"""

from typing import Any, Final

from wideberth.formats.kml_shapes import Shape
from wideberth.formats.reading import Problem, Severity
from wideberth.model.span import Datum

_DATUM: Final = {"absolute": Datum.MSL, "relativeToGround": Datum.GROUND}
_REMEDY: Final = "Give lower_ft and upper_ft (or _m, _fl) and datum in ExtendedData."
_STAND_IN: Final = {"lower_m": 0.0, "upper_m": 0.0}


def height_words(shape: Shape, where: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the limits of height of a shape whose data give none.

    extrude: from the ground up to the highest vertex. Else from the lowest vertex to the highest,
    and the assumption is told. After an error a stand-in is returned with the problem.
    """
    at = f"{where}, {shape.node.name} at line {shape.node.line}"
    datum = _DATUM.get(shape.mode)
    if datum is None:
        what = f"height mode {shape.mode or 'clampToGround'!r} gives no height."
        return _STAND_IN, (Problem(Severity.ERROR, at, what, _REMEDY),)
    if shape.node.first("altitudeOffset") is not None:
        what = "altitudeOffset shifts the altitudes, which is not read."
        return _STAND_IN, (Problem(Severity.ERROR, at, what, _REMEDY),)
    altitudes_m = [a for a in shape.altitudes_m if a is not None]
    if len(altitudes_m) < len(shape.altitudes_m):
        count = len(shape.altitudes_m) - len(altitudes_m)
        what = (
            f"{count} of {len(shape.altitudes_m)} vertices have no altitude in mode {shape.mode}."
        )
        return _STAND_IN, (Problem(Severity.ERROR, at, what, _REMEDY),)
    upper_m = max(altitudes_m)
    words = {"upper_m": upper_m, "upper_datum": datum.value}
    if shape.extrude:
        return {"lower_m": 0.0, "lower_datum": Datum.GROUND.value, **words}, ()
    lower_m = min(altitudes_m)
    what = f"height is taken from the vertices: {lower_m:g} m to {upper_m:g} m ({datum.value})." + (
        " The shape has no thickness." if lower_m == upper_m else ""
    )
    told = Problem(Severity.ASSUMED, at, what, f"If a block of air is meant: {_REMEDY}")
    return {"lower_m": lower_m, "lower_datum": datum.value, **words}, (told,)


def unused_altitudes(shape: Shape, where: str) -> tuple[Problem, ...]:
    """Return a remark when data give the height and the geometry has altitudes as well."""
    if shape.mode not in _DATUM or not any(shape.altitudes_m):
        return ()
    at = f"{where}, {shape.node.name} at line {shape.node.line}"
    what = "altitudes of the vertices are not used; ExtendedData give the height."
    return (Problem(Severity.NOTE, at, what),)
