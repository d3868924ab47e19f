"""The gap between two height bands whose limits may have different datums.

Limits on one datum are compared as they stand. Unlike datums are both turned into heights above
mean sea level, each widened to all values it can have in the theatre (DESIGN 4): the geoid
range over the footprint, the agreement's range of QNH and temperature, its range of terrain.
Comparing above mean sea level is comparing above the ellipsoid, since both would gain the same
geoid height where they meet.
"""

import math
from dataclasses import dataclass
from typing import Final

from wideberth.engine import geoid
from wideberth.engine.axis import VERTICAL_RESOLUTION_M, overlaps, signed_gap
from wideberth.engine.shape import Shape, shape_of
from wideberth.model.agreement import HeightRanges
from wideberth.model.footprint import Footprint
from wideberth.model.span import Datum, HeightBand, HeightLimit
from wideberth.units import STANDARD_QNH_HPA

ISA_SEA_LEVEL_K: Final = 288.15  # ICAO Doc 7488
ISA_TROPOPAUSE_K: Final = 216.65  # ICAO Doc 7488
ISA_LAPSE_K_PER_M: Final = 0.0065  # ICAO Doc 7488
ISA_TROPOPAUSE_M: Final = 11_000.0  # ICAO Doc 7488
ISA_EXPONENT: Final = 0.190263  # gas constant x lapse rate / gravity, ICAO Doc 7488
DEGREE_M: Final = 110_574.0  # shortest length of a degree of latitude on WGS-84


@dataclass(frozen=True, slots=True)
class VerticalGap:
    """The least gap that two bands can have, whether they can overlap, and what was converted."""

    gap_m: float
    is_overlap: bool
    notes: tuple[str, ...]


def vertical_gap(
    one: HeightBand, other: HeightBand, shapes: tuple[Shape, Shape], ranges: HeightRanges
) -> VerticalGap:
    """Return the least vertical gap of two bands over their footprints."""
    low_a, high_b, note_1 = _comparable(one.lower, other.upper, shapes, ranges)
    low_b, high_a, note_2 = _comparable(other.lower, one.upper, shapes[::-1], ranges)
    # low_a and high_b share one scale, low_b and high_a perhaps another: only differences across
    # the two bands are meaningful, so each difference is formed on its own scale.
    above, below = low_a - high_b, low_b - high_a
    gap_m = max(above, below)
    notes = tuple(sorted({n for n in (note_1, note_2) if n}))
    if notes:
        return VerticalGap(max(0.0, gap_m), gap_m <= VERTICAL_RESOLUTION_M, notes)
    is_overlap = overlaps(low_a, high_a, low_b, high_b, resolution=VERTICAL_RESOLUTION_M)
    signed = signed_gap(low_a, high_a, low_b, high_b)
    return VerticalGap(max(0.0, signed), is_overlap, ())


def _comparable(
    lower: HeightLimit, upper: HeightLimit, shapes: tuple[Shape, Shape], ranges: HeightRanges
) -> tuple[float, float, str]:
    """Return the least value of lower, the greatest of upper on one scale, and what was done."""
    if lower.datum is upper.datum or math.isinf(lower.height_m) or math.isinf(upper.height_m):
        return lower.height_m, upper.height_m, ""
    low = msl_range_m(lower, shapes[0], ranges)[0]
    high = msl_range_m(upper, shapes[1], ranges)[1]
    first, second = sorted((lower.datum.value, upper.datum.value))
    return low, high, f"heights above {_NAMES[first]} and {_NAMES[second]} compared at their worst"


_NAMES: Final = {
    Datum.ELLIPSOID.value: "the ellipsoid",
    Datum.MSL.value: "mean sea level",
    Datum.PRESSURE.value: "standard pressure",
    Datum.GROUND.value: "ground",
}


def msl_range_m(limit: HeightLimit, shape: Shape, ranges: HeightRanges) -> tuple[float, float]:
    """Return the lowest and highest height above mean sea level that a limit can mean."""
    height_m = limit.height_m
    if math.isinf(height_m):
        return height_m, height_m
    match limit.datum:
        case Datum.MSL:
            return height_m, height_m
        case Datum.GROUND:
            return height_m + ranges.terrain_m[0], height_m + ranges.terrain_m[1]
        case Datum.ELLIPSOID:
            low_m, high_m = undulation_range_m(shape)
            return height_m - high_m, height_m - low_m
        case Datum.PRESSURE:
            corners = [
                _true_height_m(height_m, qnh_hpa, deviation_k)
                for qnh_hpa in ranges.qnh_hpa
                for deviation_k in ranges.isa_deviation_k
            ]
            return min(corners), max(corners)


def is_upside_down(band: HeightBand, footprint: Footprint, ranges: HeightRanges) -> bool:
    """Return whether a band's floor lies above its ceiling whatever air and ground are like.

    Nothing could be judged against it; limits of one datum are compared when the band is made.
    """
    if band.lower.datum is band.upper.datum:
        return False
    shape = shape_of(footprint)
    floor_m = msl_range_m(band.lower, shape, ranges)[0]
    return floor_m > msl_range_m(band.upper, shape, ranges)[1]


def undulation_range_m(shape: Shape) -> tuple[float, float]:
    """Return the range of the geoid's height above the ellipsoid over a footprint's caps."""
    boxes = [
        _box(lon, lat, cap_m)
        for (lon, lat), cap_m in zip(shape.cap_lonlat.tolist(), shape.cap_m.tolist(), strict=True)
    ]
    spans = [geoid.undulation_range(*box) for box in boxes]
    return min(s[0] for s in spans), max(s[1] for s in spans)


def _box(lon_deg: float, lat_deg: float, radius_m: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a box that holds a cap, rounded out to half degrees."""
    reach_deg = radius_m / DEGREE_M
    south = max(-90.0, math.floor(2.0 * (lat_deg - reach_deg)) / 2.0)
    north = min(90.0, math.ceil(2.0 * (lat_deg + reach_deg)) / 2.0)
    cos_lat = math.cos(math.radians(min(89.0, max(abs(south), abs(north)))))
    wide = min(180.0, reach_deg / cos_lat)
    west = math.floor(2.0 * (lon_deg - wide)) / 2.0
    east = math.ceil(2.0 * (lon_deg + wide)) / 2.0
    return west, south, east, north


def _true_height_m(pressure_height_m: float, qnh_hpa: float, deviation_k: float) -> float:
    """Return the height above mean sea level at a pressure altitude.

    The QNH shifts the zero (ICAO Doc 7488, the altimeter's law); air warmer or colder than
    standard stretches or shrinks the column below (ICAO Doc 8168, temperature correction).
    """
    ratio: float = (qnh_hpa / STANDARD_QNH_HPA) ** ISA_EXPONENT
    zero_m = ISA_SEA_LEVEL_K / ISA_LAPSE_K_PER_M * (1.0 - ratio)
    column_m = pressure_height_m - zero_m
    return column_m * (1.0 + deviation_k / _mean_temperature_k(max(0.0, pressure_height_m)))


def _mean_temperature_k(height_m: float) -> float:
    """Return the mean of the standard atmosphere's temperature from sea level to a height."""
    low_m = min(height_m, ISA_TROPOPAUSE_M)
    low_mean_k = ISA_SEA_LEVEL_K - ISA_LAPSE_K_PER_M * low_m / 2.0
    if height_m <= ISA_TROPOPAUSE_M:
        return low_mean_k
    high_m = height_m - ISA_TROPOPAUSE_M
    return (low_mean_k * low_m + ISA_TROPOPAUSE_K * high_m) / height_m
