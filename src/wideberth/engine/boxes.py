"""Boxes in five dimensions that hold a volume and all that a rule can reach around it.

A store keeps them and looks for those that meet; two volumes that a rule could find too close have
boxes that meet. Where a rule reaches equally far around all volumes each is widened by half of
that; else each by its own reach, since the larger of the two decides.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from wideberth.engine.agreed import AgreedSeparation
from wideberth.engine.columns import Columns, columns_of
from wideberth.engine.heights import msl_range_m
from wideberth.engine.near import boxes_of
from wideberth.engine.screened import ScreenedRule, Zone
from wideberth.engine.separation import Reach, SeparationRule
from wideberth.engine.shape import HALF_WORLD_M, shape_of
from wideberth.model.activity import Activity
from wideberth.model.agreement import HeightRanges
from wideberth.model.footprint import Circle
from wideberth.model.span import Datum, FrequencyBand, HeightLimit
from wideberth.model.volume import Arena, Volume

Row = tuple[float, float, float, float, float, float, float, float, float, float]

_ANYWHERE: Final = Circle((0.0, 0.0), 0.0)
_ROUNDING_S: Final = 1e-3
_ROUNDING_M: Final = 1e-3
_ROUNDING_HZ: Final = 1.0
_SILENT_HZ: Final = (-2.0, -1.0)


def box_rows(
    activities: Sequence[Activity], rules: Sequence[SeparationRule], ranges: HeightRanges
) -> list[list[Row]]:
    """Return for each activity its boxes (west, south, east, north, low, high, start, end, bands).

    Degrees, metres above mean sea level, seconds, hertz; one or two for each run of a footprint,
    two where it spans the antimeridian; and those of the zones of rules that search for themselves.
    A volume that neither radiates nor listens spans all frequencies, or one below zero where no
    rule compares it with what does. An activity that is over has none. Pairs of arenas that no rule
    is about may be lost: they are not judged anyhow, and to be told apart from this search.
    """
    found: list[list[Row]] = [[] for _ in activities]
    places = [k for k, activity in enumerate(activities) if not activity.is_over]
    if not places:
        return found
    present = [activities[k] for k in places]
    columns = columns_of(present, ranges)
    entries = columns.entries
    volumes = [volume for activity in present for volume in activity.volumes]
    reaches = [_reach(volume, rules) for volume in volumes]
    spans_m = [span_m(volume, ranges) for volume in volumes]
    pad_m = np.array([reach.lateral_m for reach in reaches])
    ground = boxes_of(entries, pad_m[entries.volume], np.arange(len(entries)))
    silent = _silent(rules)
    for k, v in enumerate(entries.volume.tolist()):
        reach, volume = reaches[v], volumes[v]
        if volume.radio is not None and volume.radio.aboard:
            continue  # what equipage brings is found in its zones alone
        high = reach.vertical_m + _ROUNDING_M
        lowest_m, highest_m = spans_m[v]
        above = (
            lowest_m - high,
            highest_m + high,
            float(entries.start_s[k]) - reach.time_s - _ROUNDING_S,
            float(entries.end_s[k]) + reach.time_s + _ROUNDING_S,
            *(_band(volume.freq, reach) if volume.freq else silent),
        )
        rows = found[places[int(columns.activity[v])]]
        rows += [(*side, *above) for side in _sides(ground[k].tolist())]
    for v, zones in enumerate(_zones(volumes, rules)):
        rows = found[places[int(columns.activity[v])]]
        rows += [row for zone in zones for row in _zone_rows(columns, v, zone)]
    return found


def _silent(rules: Sequence[SeparationRule]) -> tuple[float, float]:
    """Return the band of what neither radiates nor listens: one of their own, or all of them.

    Of their own unless a rule compares them with what does; so they meet one another alone.
    """
    is_mixed = any(
        Arena.SPECTRUM in rule.arenas and set(rule.arenas) != {Arena.SPECTRUM} for rule in rules
    )
    return (-math.inf, math.inf) if is_mixed else _SILENT_HZ


def _zones(volumes: Sequence[Volume], rules: Sequence[SeparationRule]) -> list[set[Zone]]:
    """Return for each volume where the rules with a search of their own may find something."""
    own = [rule for rule in rules if isinstance(rule, ScreenedRule)]
    radio = [volume.arena is Arena.SPECTRUM for volume in volumes]
    return [
        {zone for rule in own for zone in rule.zones(volume)} if is_radio else set()
        for volume, is_radio in zip(volumes, radio, strict=True)
    ]


def _zone_rows(columns: Columns, v: int, zone: Zone) -> list[Row]:
    """Return the boxes of a zone about a volume, in its window, at all heights."""
    when = (
        float(columns.start_s[v]) - _ROUNDING_S,
        float(columns.end_s[v]) + _ROUNDING_S,
    )
    above = (-math.inf, math.inf, *when, zone.low_hz - _ROUNDING_HZ, zone.high_hz + _ROUNDING_HZ)
    if zone.lateral_m >= HALF_WORLD_M:
        return [(-180.0, -90.0, 180.0, 90.0, *above)]
    entries = columns.entries
    used = np.flatnonzero(entries.volume == v)
    boxes = boxes_of(entries, np.full(len(used), zone.lateral_m), used)
    return [(*side, *above) for box in boxes.tolist() for side in _sides(box)]


def span_m(volume: Volume, ranges: HeightRanges) -> tuple[float, float]:
    """Return the lowest and highest height at which a volume may be compared with any other.

    As declared, for with another of its datum it is compared as it stands; and above mean sea level
    at its worst, for with all others it is converted. It does not matter what else is known now.
    """
    lower, upper = volume.height.lower, volume.height.upper
    low_m = min(lower.height_m, _msl_range_m(volume, lower, ranges)[0])
    high_m = max(upper.height_m, _msl_range_m(volume, upper, ranges)[1])
    return min(low_m, high_m), max(low_m, high_m)


def _msl_range_m(volume: Volume, limit: HeightLimit, ranges: HeightRanges) -> tuple[float, float]:
    """Return what a limit can mean above mean sea level; only the ellipsoid's asks where."""
    is_local = limit.datum is Datum.ELLIPSOID and math.isfinite(limit.height_m)
    shape = shape_of(volume.footprint if is_local else _ANYWHERE)
    return msl_range_m(limit, shape, ranges)


def _reach(volume: Volume, rules: Sequence[SeparationRule]) -> Reach:
    """Return the furthest that any rule widens a volume; none: only what meets it is found."""
    those = [
        _widening(rule, volume)
        for rule in rules
        if volume.arena in rule.arenas and not isinstance(rule, ScreenedRule)
    ]
    return Reach(
        lateral_m=max((r.lateral_m for r in those), default=0.0),
        vertical_m=max((r.vertical_m for r in those), default=0.0),
        time_s=max((r.time_s for r in those), default=0.0),
        freq_hz=max((r.freq_hz for r in those), default=0.0),
    )


def _widening(rule: SeparationRule, volume: Volume) -> Reach:
    """Return by how much a rule widens a volume, so that two within its reach have boxes that meet.

    Half, where the reach is the same around every volume.
    """
    reach = rule.reach(volume)
    if not isinstance(rule, AgreedSeparation):
        return reach
    halves = (reach.lateral_m, reach.vertical_m, reach.time_s, reach.freq_hz)
    return Reach(*(value / 2.0 for value in halves))


def _band(freq: FrequencyBand, reach: Reach) -> tuple[float, float]:
    wide_hz = reach.freq_hz + _ROUNDING_HZ
    return max(0.0, freq.low_hz - wide_hz), freq.high_hz + wide_hz


def _sides(box: list[float]) -> list[tuple[float, float, float, float]]:
    """Return a box as one or two whose east is within 180 degrees."""
    west, south, east, north = box
    if east <= 180.0:
        return [(west, south, east, north)]
    if east - west >= 360.0:
        return [(-180.0, south, 180.0, north)]
    return [(west, south, 180.0, north), (-180.0, south, east - 360.0, north)]
