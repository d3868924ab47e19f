"""The keys of a plan's features and sheets: which there are, of what type, and which are ignored.

Source: DESIGN section 6, plan file. docs/formats/plan.md lists them for people.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from wideberth.units import (
    HERTZ_PER_KILOHERTZ,
    HERTZ_PER_MEGAHERTZ,
    METRES_PER_FLIGHT_LEVEL,
    METRES_PER_FOOT,
    METRES_PER_KILOMETRE,
    METRES_PER_NAUTICAL_MILE,
    SECONDS_PER_MINUTE,
)

TEXT_KEYS: Final = frozenset(
    {
        "party",
        "activity",
        "volume",
        "title",
        "kind",
        "arena",
        "datum",
        "lower_datum",
        "upper_datum",
        "start",
        "end",
        "role",
        "equipage",
        "disclose",
        "linked",
        "state",
        "criterion",
        "service",
        "emission",
        "antenna",
    }
)
POWER_KEYS: Final = ("eirp_dbm", "eirp_dbw", "eirp_w", "power_dbm", "power_w")
ANTENNA_KEYS: Final = (
    "antenna",
    "antenna_gain_dbi",
    "azimuth_from_deg",
    "azimuth_to_deg",
    "elevation_from_deg",
    "elevation_to_deg",
    "beamwidth_deg",
)
MASK_KEYS: Final = ("mask", "mask_hz")
RECEIVER_KEYS: Final = ("noise_figure_db", "overload_dbm", "iip3_dbm", "harmonics_db")
RADIO_KEYS: Final = ("service", "emission", *ANTENNA_KEYS, *MASK_KEYS, *RECEIVER_KEYS)
NUMBER_KEYS: Final = frozenset(
    {
        *POWER_KEYS,
        *ANTENNA_KEYS[1:],
        *RECEIVER_KEYS,
        "lower_m",
        "lower_ft",
        "lower_fl",
        "upper_m",
        "upper_ft",
        "upper_fl",
        "freq_low_mhz",
        "freq_high_mhz",
        "freq_low_hz",
        "freq_high_hz",
        "center_mhz",
        "bandwidth_khz",
        "priority",
        "revision",
    }
)
FLAG_KEYS: Final = frozenset(
    {"lower_unlimited", "upper_unlimited", "until_further_notice", "since_before"}
)
RADIUS: Final = {
    "radius_m": 1.0,
    "radius_km": METRES_PER_KILOMETRE,
    "radius_nm": METRES_PER_NAUTICAL_MILE,
}
HALF_WIDTH: Final = {"half_width_m": 1.0, "half_width_nm": METRES_PER_NAUTICAL_MILE}
SHAPE_KEYS: Final = frozenset({*RADIUS, *HALF_WIDTH, "times"})
PLAN_KEYS: Final = TEXT_KEYS | NUMBER_KEYS | FLAG_KEYS | SHAPE_KEYS | {"flex", *MASK_KEYS}

# Mapbox simplestyle-spec 1.1.0; "title" is also ours.
STYLE_KEYS: Final = frozenset(
    {
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "fill",
        "fill-opacity",
        "marker-color",
        "marker-size",
        "marker-symbol",
        "title",
        "description",
    }
)

FLEX: Final[Mapping[str, Mapping[str, float]]] = {
    "lateral_m": {"lateral_m": 1.0, "lateral_nm": METRES_PER_NAUTICAL_MILE},
    "vertical_m": {"vertical_m": 1.0, "vertical_ft": METRES_PER_FOOT},
    "time_s": {"time_s": 1.0, "time_min": SECONDS_PER_MINUTE},
    "freq_hz": {
        "freq_hz": 1.0,
        "freq_khz": HERTZ_PER_KILOHERTZ,
        "freq_mhz": HERTZ_PER_MEGAHERTZ,
    },
}
FLEX_KEYS: Final = frozenset(key for units in FLEX.values() for key in units)


def height_units(end: str) -> dict[str, float]:
    """Return the keys of one limit ("lower" or "upper") and metres per unit of each."""
    return {
        f"{end}_m": 1.0,
        f"{end}_ft": METRES_PER_FOOT,
        f"{end}_fl": METRES_PER_FLIGHT_LEVEL,
    }


def is_ignored(key: str) -> bool:
    """Say whether a key is left alone: the simple-style keys and those that start with x_."""
    return key.startswith("x_") or (key in STYLE_KEYS and key not in PLAN_KEYS)


def from_cells(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that the cells of one row mean, for readers of sheets and KML data.

    Text of a number key becomes a number, "true"/"yes" of a flag becomes true, a number under a
    text key becomes text, columns flex_lateral_nm and the like become the flex object, and a mask
    12.5:40;25:60 a list of its steps. Blank cells are left out. Text that is no number stays text,
    so that the check of types names it.

    >>> from_cells({"activity": 12.0, "lower_ft": "1,500", "title": ""})
    {'activity': '12', 'lower_ft': '1,500'}
    """
    properties: dict[str, Any] = {}
    flex: dict[str, Any] = {}
    for key, cell in cells.items():
        value = cell.strip() if isinstance(cell, str) else cell
        if value is None or value == "":
            continue
        inner = key.removeprefix("flex_")
        if key.startswith("flex_") and inner in FLEX_KEYS:
            flex[inner] = _number(value)
        elif key in NUMBER_KEYS or key in RADIUS or key in HALF_WIDTH:
            properties[key] = _number(value)
        elif key in FLAG_KEYS:
            properties[key] = _flag(value)
        elif key in MASK_KEYS:
            properties[key] = _steps(value)
        elif key in TEXT_KEYS and isinstance(value, (int, float)) and not isinstance(value, bool):
            properties[key] = f"{value:.15g}"
        else:
            properties[key] = value
    return properties | ({"flex": flex} if flex else {})


_NUMBER: Final = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


def _number(value: Any) -> Any:
    """Return the number that a cell's text is; other text (1_000, inf) as it stands."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    return value


def _steps(value: Any) -> Any:
    """Return the steps of a mask's text, offset:attenuation with ; between; other as it stands."""
    if not isinstance(value, str):
        return value
    pieces = [piece.split(":") for piece in re.split(r"[;\r\n]", value) if piece.strip()]
    steps = [[_number(figure) for figure in piece] for piece in pieces]
    is_read = all(len(step) == 2 and all(isinstance(f, float) for f in step) for step in steps)
    return steps if is_read else value


def _flag(value: Any) -> Any:
    words = {"true": True, "yes": True, "false": False, "no": False}
    return words.get(value.lower(), value) if isinstance(value, str) else value
