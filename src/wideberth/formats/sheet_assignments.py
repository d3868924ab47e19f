"""The columns of an assignment sheet, in a spectrum manager's words, as those of a planning sheet.

A sheet with a column `assignment` is one: each row is a spectrum volume, a circle about lon and
lat (or an MGRS reference) unless its `shape` says otherwise.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wideberth.errors import WideberthError
from wideberth.formats.fields import Fields
from wideberth.formats.notation import point_of_mgrs
from wideberth.formats.plan_keys import RADIUS, from_cells
from wideberth.formats.sheet_grid import Cell

MARK: Final = "assignment"
SAME: Final[Mapping[str, str]] = {
    MARK: "activity",
    "station": "volume",
    "frequency_mhz": "center_mhz",
    "gain_dbi": "antenna_gain_dbi",
}
_PLACE: Final = ("lon", "lat", "mgrs")
_HEIGHT: Final = "height_agl_m"
_AZIMUTH: Final = "azimuth_deg"
_ANY_SHAPE: Final = ("shape", "positions")


def places_missing(columns: Mapping[str, int]) -> list[str]:
    """Return the columns of places that the header of a sheet lacks."""
    if MARK in columns and ({"lon", "lat"} <= columns.keys() or "mgrs" in columns):
        return []
    return [name for name in _ANY_SHAPE if name not in columns]


def properties_of(cells: Mapping[str, Cell], fields: Fields) -> dict[str, Any]:
    """Return the properties that an assignment's cells mean; what is wrong is noted in fields.

    Cells under a planning sheet's own names are taken as they are.
    """
    own = {name: cell for name, cell in cells.items() if name not in _OWN}
    same = {plan_key: cells[name] for name, plan_key in SAME.items() if name in cells}
    for name, plan_key in SAME.items():
        if str(cells.get(name, "")).strip() and str(own.get(plan_key, "")).strip():
            fields.fail(f"{name!r} and {plan_key!r} are both given.", "Keep one of them.")
    said = from_cells(own) | from_cells(same)
    said.setdefault("arena", "spectrum")
    said.setdefault("shape", "circle")
    if said["shape"] == "circle" and not any(key in said for key in RADIUS):
        said["radius_m"] = 0.0
    _place(cells, said, fields)
    _height(cells, said, fields)
    _antenna(cells, said, fields)
    return said


_OWN: Final = frozenset({*SAME, *_PLACE, _HEIGHT, _AZIMUTH, "remarks"})


def _given(cells: Mapping[str, Cell], *names: str) -> dict[str, Cell]:
    return {name: cells[name] for name in names if str(cells.get(name, "")).strip()}


def _place(cells: Mapping[str, Cell], said: dict[str, Any], fields: Fields) -> None:
    given = _given(cells, *_PLACE)
    if not given:
        return
    if "positions" in said or ("mgrs" in given and len(given) > 1):
        names = " and ".join(map(repr, [*given, *(["positions"] if "positions" in said else [])]))
        fields.fail(f"{names} are both given.", "Give the place once.")
        return
    if "mgrs" in given:
        try:
            lon_deg, lat_deg = point_of_mgrs(str(given["mgrs"]))
        except WideberthError as error:
            fields.note(error, "mgrs")
            return
        said["positions"] = position_text(lon_deg, lat_deg)
        return
    figures = [_number(name, cells, fields, required=True) for name in ("lon", "lat")]
    if figures[0] is not None and figures[1] is not None:
        for name, value, limit_deg in (("lon", figures[0], 180.0), ("lat", figures[1], 90.0)):
            if abs(value) > limit_deg:
                fields.fail(f"{name!r} is {value:g}, beyond {limit_deg:g}.", "Check the figure.")
                return
        said["positions"] = position_text(figures[0], figures[1])


def position_text(lon_deg: float, lat_deg: float) -> str:
    """Return a position as a planning sheet writes it, latitude first, every digit kept."""
    lat, lon = (f"{Decimal(repr(abs(angle))):f}" for angle in (lat_deg, lon_deg))
    return f"{lat}{'NS'[lat_deg < 0.0]} {lon}{'EW'[lon_deg < 0.0]}"


def _number(
    name: str, cells: Mapping[str, Cell], fields: Fields, *, required: bool = False
) -> float | None:
    """Return the number in a cell; text is refused."""
    given = _given(cells, name)
    if not given:
        if required:
            fields.fail(f"{name!r} is missing.", "Give lon and lat in degrees, or mgrs.")
        return None
    value = from_cells({"lower_m": given[name]})["lower_m"]
    inner = Fields({name: value}, fields.where)
    found = inner.number(name)
    fields.problems.extend(inner.problems)
    return found


def _height(cells: Mapping[str, Cell], said: dict[str, Any], fields: Fields) -> None:
    """Take the height of an antenna above ground, where no other heights are given."""
    height_m = _number(_HEIGHT, cells, fields)
    if height_m is None:
        return
    others = [key for key in said if key.startswith(("lower_", "upper_")) or key == "datum"]
    if others:
        fields.fail(f"{_HEIGHT!r} and {others[0]!r} are both given.", "Keep one of them.")
        return
    said |= {"lower_m": height_m, "upper_m": height_m, "datum": "ground"}


def _antenna(cells: Mapping[str, Cell], said: dict[str, Any], fields: Fields) -> None:
    """Take the azimuth of a main beam; a gain without an antenna counts all round."""
    azimuth_deg = _number(_AZIMUTH, cells, fields)
    if azimuth_deg is not None:
        if {"azimuth_from_deg", "azimuth_to_deg"} & said.keys():
            fields.fail("'azimuth_deg' and a span of it are both given.", "Keep one of them.")
            return
        said |= {"azimuth_from_deg": azimuth_deg, "azimuth_to_deg": azimuth_deg}
    if "antenna_gain_dbi" in said:
        said.setdefault("antenna", "omni" if azimuth_deg is None else "sector")
