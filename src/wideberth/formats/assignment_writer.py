"""Activities as an assignment sheet in CSV, which reads back to the same activities.

What is written is read back; an activity that does not come back as it was is told by name.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.plan_keys import FLEX_KEYS, PLAN_KEYS
from wideberth.formats.plan_spans import hertz
from wideberth.formats.plan_writer import (
    BESIDE_NULL_ISLAND,
    properties_of,
    refuse_unsaid,
    utc_text,
)
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.sfaf_writer import Written
from wideberth.formats.sheet import read_csv
from wideberth.formats.sheet_assignments import SAME, position_text
from wideberth.formats.shown import quoted_cell
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Corridor, Point, Polygon, Track
from wideberth.model.span import FrequencyBand
from wideberth.model.volume import Volume

_FIRST: Final = (
    "party",
    "assignment",
    "station",
    "title",
    "kind",
    "lon",
    "lat",
    "shape",
    "positions",
    "radius_m",
    "half_width_m",
    "times",
    "height_agl_m",
    "lower_m",
    "upper_m",
    "datum",
    "role",
    "frequency_mhz",
    "bandwidth_khz",
    "freq_low_mhz",
    "freq_high_mhz",
    "emission",
    "eirp_dbm",
    "antenna",
    "gain_dbi",
    "azimuth_deg",
    "start",
    "end",
)
_FLEXES: Final = tuple(sorted(f"flex_{key}" for key in FLEX_KEYS))
_ORDER: Final = (*_FIRST, *sorted(PLAN_KEYS - {*_FIRST, *SAME.values(), "flex"}), *_FLEXES)
_NAMES: Final[Mapping[str, str]] = {plan_key: name for name, plan_key in SAME.items()}
_KEEP: Final = "Keep the plan beside it."


def write_csv(activities: Sequence[Activity]) -> Written:
    """Return a sheet of one row a volume, and what it could not say; no rows are no text.

    A volume with no form in a sheet is an ERROR, and its activity is left out.
    """
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    for activity in activities:
        where = f"activity {activity.id!r} of {activity.party}"
        try:
            made = [_row(activity, volume) for volume in activity.volumes]
        except WideberthError as error:
            what = f"not written: {error.what}"
            problems.append(Problem(Severity.ERROR, where, what, error.remedy or _KEEP))
            continue
        if _read_back(made) != (activity,):
            what = "does not read back from the sheet as it was: look at its words and figures."
            problems.append(Problem(Severity.PARTIAL, where, what, _KEEP))
        rows += made
    return Written(_text(rows) if rows else "", tuple(problems))


def _read_back(rows: Iterable[dict[str, str]]) -> tuple[Activity, ...]:
    text = _text(rows).encode("utf-8", "replace")
    return read_csv(text, "", ReadOptions()).activities


def _text(rows: Iterable[dict[str, str]]) -> str:
    made = list(rows)
    used = {name for row in made for name in row}
    columns = [name for name in _ORDER if name in used or name in _FIRST[:7]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue().encode("utf-8", "replace").decode()


def _row(activity: Activity, volume: Volume) -> dict[str, str]:
    refuse_unsaid(activity, volume)
    said = {**properties_of(activity, volume), **_shape(volume)}
    flex = said.pop("flex", {})
    said |= {f"flex_{key}": amount for key, amount in flex.items()}
    _say_height(said)
    if volume.freq is not None:
        _say_band(said, volume.freq)
    _say_azimuth(said)
    if said["arena"] == "spectrum":
        del said["arena"]
    return {_NAMES.get(key, key): _cell(value) for key, value in said.items()}


def _cell(value: Any) -> str:
    if value is True:
        return "yes"
    if isinstance(value, list):
        return ";".join(f"{offset!r}:{step_db!r}" for offset, step_db in value)
    return quoted_cell(value) if isinstance(value, str) else repr(value)


def _shape(volume: Volume) -> dict[str, Any]:
    match volume.footprint:
        case Circle(centre, radius_m):
            lon_deg, lat_deg = _point(centre)
            place = {"lon": lon_deg, "lat": lat_deg}
            return place | ({"radius_m": radius_m} if radius_m else {})
        case Corridor(points, half_width_m):
            return _line("corridor", points) | {"half_width_m": half_width_m}
        case Track(points, times_s, radius_m):
            times = ";".join(map(utc_text, times_s))
            return _line("track", points) | {"radius_m": radius_m, "times": times}
        case Polygon((part,)) if not part.holes:
            return _line("polygon", part.outer)
    raise ImpossibleValueError(
        f"volume {volume.id!r} has holes or several parts, which a sheet cannot say.",
        remedy="Keep it in a plan file.",
    )


def _line(shape: str, points: Iterable[Point]) -> dict[str, Any]:
    places = ";".join(position_text(*_point(point)) for point in points)
    return {"shape": shape, "positions": places}


def _point(point: Point) -> Point:
    return BESIDE_NULL_ISLAND if point == (0.0, 0.0) else point


def _say_height(said: dict[str, Any]) -> None:
    """Say one height above ground as that of the antenna."""
    lower_m, upper_m = said.get("lower_m"), said.get("upper_m")
    if said.get("datum") == "ground" and lower_m is not None and lower_m == upper_m:
        for key in ("lower_m", "upper_m", "datum"):
            del said[key]
        said["height_agl_m"] = lower_m


def _say_band(said: dict[str, Any], band: FrequencyBand) -> None:
    """Say a band as its middle and width, where these give back the very same edges."""
    middle_mhz = (band.low_hz + band.high_hz) / 2.0 / 1e6
    width_khz = (band.high_hz - band.low_hz) / 1e3
    half_hz = width_khz * 1e3 / 2.0
    if (hertz(middle_mhz) - half_hz, hertz(middle_mhz) + half_hz) != (band.low_hz, band.high_hz):
        return
    for key in ("freq_low_mhz", "freq_high_mhz", "freq_low_hz", "freq_high_hz"):
        said.pop(key, None)
    said |= {"center_mhz": middle_mhz, "bandwidth_khz": width_khz}


def _say_azimuth(said: dict[str, Any]) -> None:
    """Say a beam that points one way as its azimuth."""
    start_deg = said.get("azimuth_from_deg")
    if start_deg is not None and start_deg == said["azimuth_to_deg"]:
        del said["azimuth_from_deg"], said["azimuth_to_deg"]
        said["azimuth_deg"] = start_deg
