"""The columns of a planning sheet: those of a plan's properties, the geometry, and the template."""

import csv
import io
from typing import Final

from wideberth.formats.plan_keys import FLEX_KEYS, PLAN_KEYS

# The words of an assignment sheet: what each means, sheet_assignments says.
ASSIGNMENT_COLUMNS: Final = frozenset(
    {
        "assignment",
        "station",
        "lon",
        "lat",
        "mgrs",
        "height_agl_m",
        "frequency_mhz",
        "gain_dbi",
        "azimuth_deg",
        "remarks",
    }
)
GEOMETRY_COLUMNS: Final = frozenset({"shape", "positions"})
COLUMNS: Final = (
    (PLAN_KEYS - {"flex"})
    | GEOMETRY_COLUMNS
    | ASSIGNMENT_COLUMNS
    | frozenset(f"flex_{key}" for key in FLEX_KEYS)
)
TEMPLATE_COLUMNS: Final = (
    "party",
    "activity",
    "title",
    "kind",
    "arena",
    "shape",
    "positions",
    "radius_nm",
    "half_width_nm",
    "times",
    "lower_ft",
    "upper_ft",
    "datum",
    "start",
    "end",
    "freq_low_mhz",
    "freq_high_mhz",
    "role",
    "eirp_dbm",
    "priority",
    "disclose",
    "x_remarks",
)

_EXAMPLES: Final = (
    {
        "party": "north",
        "activity": "N-101",
        "title": "Air refuelling, Petrel",
        "kind": "refuelling",
        "arena": "air",
        "shape": "polygon",
        "positions": (
            "34 40.0N 033 10.0E; 34 40.0N 033 50.0E; 34 20.0N 033 50.0E; 34 20.0N 033 10.0E"
        ),
        "lower_ft": "18000",
        "upper_ft": "22000",
        "datum": "msl",
        "start": "2026-11-22T08:00:00Z",
        "end": "2026-11-22T11:30:00Z",
        "priority": "2",
        "disclose": "full",
        "x_remarks": "one row is one volume",
    },
    {
        "party": "north",
        "activity": "N-101",
        "arena": "spectrum",
        "shape": "circle",
        "positions": "34-30-00N 033-30-00E",
        "radius_nm": "60",
        "lower_ft": "0",
        "upper_ft": "30000",
        "datum": "msl",
        "start": "2026-11-22T08:00:00Z",
        "end": "2026-11-22T11:30:00Z",
        "freq_low_mhz": "243.9875",
        "freq_high_mhz": "244.0125",
        "role": "emit",
        "eirp_dbm": "44",
        "x_remarks": "a second volume of the same activity: its radio",
    },
)


def template_csv() -> str:
    """Return the template: the header and two rows of one activity, an area and its radio."""
    text = io.StringIO()
    writer = csv.DictWriter(text, TEMPLATE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return text.getvalue()
