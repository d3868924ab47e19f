"""Figures and values of an agreement in the words of the people who read it."""

from collections.abc import Mapping
from typing import Any, Final

from wideberth.engine.moved import moved
from wideberth.formats.agreement_writer import usual
from wideberth.formats.shown import plain
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Footprint, Polygon
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume

_UNITS: Final[Mapping[str, str]] = {
    "nm": "NM", "km": "km", "m": "m", "ft": "ft", "d": "d", "h": "h", "min": "min", "s": "s",
    "khz": "kHz", "hz": "Hz", "mhz": "MHz", "dbm": "dBm", "db": "dB", "dbi": "dBi",
    "hpa": "hPa", "k": "K", "percent": "%",
}  # fmt: skip
_NO_FIGURE: Final = "none"


def name_of(leaf: str) -> str:
    """Return what a leaf is called, without its unit.

    >>> name_of("lateral_m"), name_of("link_down_after_s"), name_of("text (ru)")
    ('lateral', 'link down after', 'text (ru)')
    """
    stem, _, unit = leaf.rpartition("_")
    return (stem if stem and unit in _UNITS else leaf).replace("_", " ")


def value_words(leaf: str, value: Any) -> str:
    """Return a value with its unit; None: it is not said."""
    if value is None:
        return _NO_FIGURE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        key, figure = usual(leaf, value)
        return f"{digits(figure)}{_unit(key)}"
    if isinstance(value, dict):
        return _area_words(value)
    if isinstance(value, list):
        return ", ".join(_listed(leaf, one) for one in value) or _NO_FIGURE
    return plain(str(value))


def more_or_less(leaf: str, old: Any, new: Any) -> str:
    """Return by how much a figure changed, "-2 NM", or how far an area moved; else nothing."""
    if _is_area(leaf, old) and _is_area(leaf, new):
        return _moved(old, new)
    if not (isinstance(old, float) and isinstance(new, float)):
        return ""
    (key, before), (other, after) = usual(leaf, old), usual(leaf, new)
    if key != other:
        key, before, after = leaf, old, new
    change = round(after - before, 9) or after - before
    return f"{'+' if change > 0.0 else '-'}{digits(abs(change))}{_unit(key)}"


def digits(value: float) -> str:
    """Return the shortest digits that are this number and no other."""
    return repr(float(value)).removesuffix(".0")


def _unit(key: str) -> str:
    unit = _UNITS.get(key.rpartition("_")[2], "")
    return f" {unit}" if unit else ""


def _listed(leaf: str, value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_listed(leaf, one) for one in value)}]"
    return f"{digits(value)}{_unit(leaf)}" if isinstance(value, float) else plain(str(value))


def _is_area(leaf: str, value: Any) -> bool:
    return leaf in ("area", "theatre") and isinstance(value, dict)


def _area_words(said: Mapping[str, Any]) -> str:
    if "polygon" in said:
        return f"area of {', '.join(_place(point) for point in said['polygon'])}"
    return f"{value_words('radius_m', said['radius_m'])} around {_place(said['center'])}"


def _place(point: list[float]) -> str:
    return f"{digits(point[0])} {digits(point[1])}"


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return how far an area moved, in the words of an amended activity."""
    return moved(_activity(old), _activity(new)).text


def _activity(said: Mapping[str, Any]) -> Activity:
    footprint: Footprint
    if "polygon" in said:
        footprint = Polygon.of([(lon_deg, lat_deg) for lon_deg, lat_deg in said["polygon"]])
    else:
        footprint = Circle((said["center"][0], said["center"][1]), said["radius_m"])
    volume = Volume("0", Arena.SEA, footprint, HeightBand.of(0.0, 0.0), TimeWindow(0.0, 1.0))
    return Activity("area", "area", (volume,))
