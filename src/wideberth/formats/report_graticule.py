"""The lines of longitude and latitude under a report's map, and its scale bar."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from wideberth.engine.outline import Positions
from wideberth.formats.report_plane import HEIGHT_PX, WIDTH_PX, Azimuthal, View, frame, sheet
from wideberth.formats.report_svg import path_of
from wideberth.units import METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE

_STEPS_MIN: Final = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800)  # minutes of arc
_LINES: Final = 5
_MERIDIANS: Final = 40  # at most, so that they do not crowd about a pole
_POINTS: Final = 61


@dataclass(frozen=True, slots=True)
class Line:
    """One meridian or parallel: its path, its name, and where the name stands (pixels)."""

    path: str
    name: str
    x: float
    y: float
    is_meridian: bool
    is_fine: bool


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A length on the map at its centre; note: said where it holds at one latitude only."""

    length_px: float
    words: str
    note: str


def graticule(view: View) -> tuple[Line, ...]:
    """Return the lines across the sheet: the plain ones, and finer ones for looking closely."""
    west, east, south, north = _extent(view)
    span_min = 60.0 * view.metres_per_px * HEIGHT_PX / 111_320.0
    coarse = next((s for s in _STEPS_MIN if span_min / s <= _LINES), _STEPS_MIN[-1])
    finer = [s for s in _STEPS_MIN if s <= coarse / 4.0]
    shrink = max(math.cos(math.radians(view.centre[1])), 0.1)
    least = max(0.7 * coarse / shrink, (east - west) * 60.0 / _MERIDIANS)
    wide = next((s for s in _STEPS_MIN if s >= least), _STEPS_MIN[-1])
    lines = _lines(view, (west, east, south, north), (wide, coarse), is_fine=False)
    if finer:
        ratio = coarse / finer[-1]
        close = [s for s in _STEPS_MIN if s <= wide / ratio]
        steps = (close[-1] if close else finer[-1], finer[-1])
        lines += _lines(view, (west, east, south, north), steps, is_fine=True)
    return tuple(lines)


def _extent(view: View) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the sheet in degrees; a pole in it takes all round."""
    xs = np.linspace(-WIDTH_PX, 2.0 * WIDTH_PX, 25)
    ys = np.linspace(-HEIGHT_PX, 2.0 * HEIGHT_PX, 25)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    at = view.plane.invert(view.metres(grid))
    at = at[np.all(np.isfinite(at), axis=1)]
    lon = view.centre[0] + (at[:, 0] - view.centre[0] + 180.0) % 360.0 - 180.0
    west, east = float(lon.min()), float(lon.max())
    south, north = max(float(at[:, 1].min()), -90.0), min(float(at[:, 1].max()), 90.0)
    for pole in (90.0, -90.0):
        if shapely.contains_xy(sheet(), *view.place((view.centre[0], pole))):
            west, east = view.centre[0] - 180.0, view.centre[0] + 180.0
            south, north = min(south, pole), max(north, pole)
    if east - west > 300.0:
        west, east = view.centre[0] - 180.0, view.centre[0] + 180.0
    return west, east, south, north


def _lines(
    view: View,
    extent: tuple[float, float, float, float],
    steps_min: tuple[int, int],
    *,
    is_fine: bool,
) -> list[Line]:
    west, east, south, north = extent
    found = []
    for minute in _multiples(west, east, steps_min[0]):
        ends = np.linspace(south, north, _POINTS)
        path = np.column_stack([np.full(_POINTS, minute / 60.0), ends])
        found.append(_line(view, path, _meridian_name(minute), (True, is_fine)))
    for minute in _multiples(south, north, steps_min[1]):
        if abs(minute) < 5400:
            ends = np.linspace(west, east, _POINTS)
            path = np.column_stack([ends, np.full(_POINTS, minute / 60.0)])
            found.append(_line(view, path, _name(minute, 2, "NS"), (False, is_fine)))
    return [line for line in found if line.path]


def _multiples(low_deg: float, high_deg: float, step_min: int) -> list[int]:
    first = math.ceil(low_deg * 60.0 / step_min)
    last = math.floor(high_deg * 60.0 / step_min)
    if last - first > 400:
        return []
    found = [k * step_min for k in range(first, last + 1)]
    all_round = high_deg - low_deg >= 360.0
    return found[:-1] if all_round and found and found[-1] - found[0] == 21600 else found


def _line(view: View, lonlat: Positions, name: str, kind: tuple[bool, bool]) -> Line:
    px = view.pixels(view.plane.project(lonlat))
    px = px[np.all(np.isfinite(px), axis=1)]
    jumps = np.flatnonzero(np.hypot(*np.diff(px, axis=0).T) > 2.0 * WIDTH_PX) + 1
    runs = [run for run in np.split(px, jumps) if len(run) > 1]
    whole = shapely.simplify(shapely.MultiLineString(runs), 0.1)
    drawn = shapely.intersection(whole, sheet())
    seen = shapely.get_coordinates(shapely.intersection(drawn, frame()))
    is_meridian, is_fine = kind
    if not len(seen):
        return Line(path_of(drawn), name, -1.0, -1.0, is_meridian, is_fine)
    x, y = seen[np.argmax(seen[:, 1])] if is_meridian else seen[np.argmin(seen[:, 0])]
    wide, high = (seen.max(axis=0) - seen.min(axis=0)).tolist()
    is_steep = is_meridian and y < HEIGHT_PX - 1.0 and high > wide
    if is_steep or not _has_room(float(x), float(y), is_meridian=is_meridian):
        return Line(path_of(drawn), name, -1.0, -1.0, is_meridian, is_fine)
    return Line(path_of(drawn), name, float(x), float(y), is_meridian, is_fine)


def _has_room(x: float, y: float, *, is_meridian: bool) -> bool:
    """Say whether a name fits there: off the scale bar, and for a meridian at the map's edge."""
    on_scale_bar = (x < 1.0 or not is_meridian) and x < 190.0 and y > HEIGHT_PX - 45.0
    at_edge = min(x, y, WIDTH_PX - x, HEIGHT_PX - y) < 1.0
    fits = x < WIDTH_PX - 50.0 and y > 14.0
    return fits and not on_scale_bar and (at_edge or not is_meridian)


def _meridian_name(minute: int) -> str:
    return _name((minute + 10800) % 21600 - 10800, 3, "EW")


def _name(minute: int, width: int, hemispheres: str) -> str:
    degrees, rest = divmod(abs(minute), 60)
    side = "" if minute in (0, -10800, 10800) else hemispheres[minute < 0]
    return f"{degrees:0{width}d}°{rest:02d}'{side}" if rest else f"{degrees:0{width}d}°{side}"


def scale_bar(view: View) -> ScaleBar:
    """Return the longest round number of nautical miles that fits in a sixth of the frame."""
    per_px = view.metres_per_px / METRES_PER_NAUTICAL_MILE
    room_nm = per_px * WIDTH_PX / 6.0
    power = 10.0 ** math.floor(math.log10(room_nm))
    length_nm = max(n * power for n in (1, 2, 5) if n * power <= room_nm * (1.0 + 1e-9))
    length_km = length_nm * METRES_PER_NAUTICAL_MILE / METRES_PER_KILOMETRE
    said_km = f"{length_km:,.0f}" if length_km >= 100.0 else f"{length_km:.3g}"
    said_nm = f"{length_nm:,.0f}" if length_nm >= 1.0 else f"{length_nm:g}"
    note = "" if isinstance(view.plane, Azimuthal) else " in mid-latitude of this map"
    return ScaleBar(length_nm / per_px, f"{said_nm} NM ({said_km} km){note}", note)
