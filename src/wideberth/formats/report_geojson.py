"""The report for maps: RFC 7946 GeoJSON with both volumes of each conflict and where they meet.

Volumes carry the keys of a plan file (DESIGN section 6), so that they can be read back or styled.
"""

import json
import math
from collections.abc import Sequence
from typing import Any

import shapely

from wideberth.engine.outline import outline_of
from wideberth.formats.reading import Reading
from wideberth.formats.report_aboard import at_carriers, carrier
from wideberth.formats.report_budget import ADVISORY
from wideberth.formats.report_facts import VolumeIndex, arena_pair, headline, volume_index
from wideberth.formats.report_json import (
    agreement_fields,
    conflict_fields,
    count_fields,
    number,
)
from wideberth.formats.times import show_utc
from wideberth.model.activity import Activity
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef
from wideberth.model.span import Datum, HeightBand
from wideberth.model.volume import Volume
from wideberth.units import HERTZ_PER_MEGAHERTZ

_DIGITS = 7  # one centimetre


def render(result: CheckResult, readings: Sequence[Reading]) -> str:
    """Return a FeatureCollection: every volume in a conflict once, then a point a conflict.

    A receiver aboard a craft is not drawn: its conflicts point at the craft's volume.

    Edges are dense enough that straight ones are off by less than 1 m; shapes are cut at the
    antimeridian; outer rings run anticlockwise. The order follows the conflicts' order.
    """
    index = volume_index(result)
    drawn = at_carriers(result.conflicts, index)
    refs = sorted({ref for conflict in drawn for ref in (conflict.a, conflict.b)})
    volumes = [_volume_feature(ref, *index[ref]) for ref in refs if ref in index]
    places = [
        _place_feature(conflict, i, index) for i, conflict in enumerate(result.conflicts, start=1)
    ]
    collection = {
        "type": "FeatureCollection",
        "features": [*volumes, *places],
        "summary": headline(result, readings),
        "agreement": agreement_fields(result.agreement),
        "counts": count_fields(result, readings, index),
        "cleared": [conflict_fields(conflict) for conflict in result.cleared],
        "advisory": ADVISORY,
    }
    return json.dumps(collection, allow_nan=False, separators=(",", ":")) + "\n"


def volume_id(ref: VolumeRef) -> str:
    """Return the feature id of a volume: party/activity/volume, slashes in names written %2F."""
    return "/".join(
        name.replace("%", "%25").replace("/", "%2F")
        for name in (ref.party, ref.activity, ref.volume)
    )


def _place_feature(conflict: Conflict, place: int, index: VolumeIndex) -> dict[str, Any]:
    fields = conflict_fields(conflict)
    at = fields.pop("place")
    return {
        "type": "Feature",
        "id": f"conflict-{place}",
        "geometry": {"type": "Point", "coordinates": at},
        "properties": {
            "feature": "conflict",
            "number": place,
            "arenas": arena_pair(conflict, index),
            "volumes": [volume_id(carrier(ref, index)) for ref in (conflict.a, conflict.b)],
            **fields,
        },
    }


def _volume_feature(ref: VolumeRef, activity: Activity, volume: Volume) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "feature": "volume",
        "party": activity.party,
        "activity": activity.id,
        "volume": volume.id,
        "title": activity.title,
        "kind": activity.kind,
        "arena": volume.arena.value,
        **_heights(volume.height),
        "start": show_utc(volume.time.start_s),
        "end": show_utc(volume.time.end_s),
    }
    if volume.freq is not None and volume.role is not None:
        properties["freq_low_mhz"] = number(volume.freq.low_hz / HERTZ_PER_MEGAHERTZ, 9)
        properties["freq_high_mhz"] = number(volume.freq.high_hz / HERTZ_PER_MEGAHERTZ, 9)
        properties["role"] = volume.role.value
    return {
        "type": "Feature",
        "id": volume_id(ref),
        "geometry": geometry(outline_of(volume.footprint)),
        "properties": properties,
    }


def _heights(height: HeightBand) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for side, limit in (("lower", height.lower), ("upper", height.upper)):
        if math.isinf(limit.height_m):
            said[f"{side}_unlimited"] = True
        else:
            said[f"{side}_m"] = number(limit.height_m)
            said[f"{side}_datum"] = Datum(limit.datum).value
    return said


def geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a shape in degrees as a GeoJSON geometry rounded to one centimetre.

    A ring too small to survive the rounding becomes the point it lies on.
    """
    if isinstance(shape, shapely.Point):
        return {"type": "Point", "coordinates": _at(shape.x, shape.y)}
    if shapely.get_dimensions(shape) == 1:
        lines = [_chain(line) for line in shapely.get_parts(shape)]
        return _one_or_many("LineString", lines)
    polygons = []
    for part in shapely.get_parts(shape):
        rings = [_chain(ring) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) >= 4:
            polygons.append([rings[0], *(ring for ring in rings[1:] if len(ring) >= 4)])
    if not polygons:
        centre = shapely.centroid(shape)
        return {"type": "Point", "coordinates": _at(centre.x, centre.y)}
    return _one_or_many("Polygon", polygons)


def _one_or_many(kind: str, items: list[Any]) -> dict[str, Any]:
    if len(items) == 1:
        return {"type": kind, "coordinates": items[0]}
    return {"type": f"Multi{kind}", "coordinates": items}


def _chain(line: shapely.Geometry) -> list[list[float]]:
    chain: list[list[float]] = []
    for x, y in shapely.get_coordinates(line).tolist():
        at = _at(x, y)
        if not chain or at != chain[-1]:
            chain.append(at)
    return chain


def _at(lon_deg: float, lat_deg: float) -> list[float]:
    return [round(lon_deg, _DIGITS) + 0.0, round(lat_deg, _DIGITS) + 0.0]
