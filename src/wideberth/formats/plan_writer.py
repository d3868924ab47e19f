"""Activities to a plan file that reads back to the same activities.

Geodesic edges get as many points as RFC 7946 edges, straight in longitude and latitude, need to
stay within 1 m of them (engine/edges.py); on reading, no more are added, and all of them lie on the
geodesics, so the footprint is the same one. An edge over the antimeridian is written with its jump.
"""

import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from wideberth.engine.edges import geodesic_leg
from wideberth.errors import ImpossibleValueError
from wideberth.formats.emission import check_fits
from wideberth.formats.plan_radio import radio_keys
from wideberth.formats.plan_spans import hertz
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Point, Polygon, Track
from wideberth.model.ring import Gnomonic
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Role, Volume

BESIDE_NULL_ISLAND: Final = (1e-9, 0.0)  # 0.1 mm east of 0, 0, which readers refuse
_LEAST_STEP_S: Final = 3e-6  # told apart when written to the microsecond


def render(activities: Iterable[Activity]) -> str:
    """Return a plan file, one feature a line; the same activities give the same bytes.

    Raises ImpossibleValueError for what a plan cannot say: a footprint of the whole Earth, a guard
    band, a radio that equipage brought, and an emission that does not fit its band.
    """
    lines = [
        json.dumps(_feature(activity, volume), ensure_ascii=False, allow_nan=False)
        for activity in activities
        for volume in activity.volumes
    ]
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"type": "FeatureCollection", "features": [{body}]}}\n'


def _feature(activity: Activity, volume: Volume) -> dict[str, Any]:
    refuse_unsaid(activity, volume)
    geometry, widths = _shape(volume.footprint)
    properties = {**properties_of(activity, volume), **widths}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def refuse_unsaid(activity: Activity, volume: Volume) -> None:
    """Raise ImpossibleValueError for a volume that no plan or sheet can say."""
    where = f"activity {activity.id!r}, volume {volume.id!r}"
    if isinstance(volume.footprint, Everywhere) or volume.role is Role.GUARD:
        raise ImpossibleValueError(
            f"{where} covers the whole Earth or guards a band, which a plan file cannot say.",
            remedy="Put it in the agreement as a restricted frequency.",
        )
    if volume.radio is not None and volume.radio.aboard:
        raise ImpossibleValueError(
            f"{where} comes from the equipage and is not declared.",
            remedy="Write the activity as it was declared.",
        )
    if volume.radio is not None and volume.radio.emission and volume.freq is not None:
        check_fits(volume.radio.emission, volume.freq)


def properties_of(activity: Activity, volume: Volume) -> dict[str, Any]:
    """Return the keys of a plan that say an activity and a volume, all but the shape."""
    return {
        "party": activity.party,
        "activity": activity.id,
        "volume": volume.id,
        **_said(activity),
        "arena": volume.arena.value,
        **_height(volume.height),
        **({} if isinstance(volume.footprint, Track) else _time(volume.time)),
        **_radio(volume),
    }


def _said(activity: Activity) -> dict[str, Any]:
    """Return what the activity says beyond the defaults."""
    said: dict[str, Any] = {
        "title": activity.title or None,
        "kind": activity.kind or None,
        "priority": activity.priority or None,
        "disclose": None if activity.disclose is Disclosure.FULL else activity.disclose.value,
        "revision": None if activity.revision == 1 else activity.revision,
        "state": None if activity.state is State.ACCEPTED else activity.state.value,
        "flex": None if activity.flex is None else _flex(activity.flex),
        "equipage": activity.equipage or None,
        "linked": activity.linked or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _flex(flex: Flex) -> dict[str, float]:
    amounts = {
        "lateral_m": flex.lateral_m,
        "vertical_m": flex.vertical_m,
        "time_s": flex.time_s,
        "freq_hz": flex.freq_hz,
    }
    return {key: value for key, value in amounts.items() if value}


def _height(band: HeightBand) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for end, limit in (("lower", band.lower), ("upper", band.upper)):
        unlimited = math.isinf(limit.height_m)
        limits |= {f"{end}_unlimited": True} if unlimited else {f"{end}_m": limit.height_m}
    if band.lower.datum is band.upper.datum:
        return limits | {"datum": band.lower.datum.value}
    return limits | {
        "lower_datum": band.lower.datum.value,
        "upper_datum": band.upper.datum.value,
    }


def _time(window: TimeWindow) -> dict[str, Any]:
    is_open = math.isinf(window.start_s)
    start = {"since_before": True} if is_open else {"start": utc_text(window.start_s)}
    if math.isinf(window.end_s):
        return start | {"until_further_notice": True}
    return start | {"end": utc_text(window.end_s)}


def utc_text(time_s: float) -> str:
    """Return RFC 3339 in UTC, to the microsecond where there are parts of a second."""
    return datetime.fromtimestamp(time_s, UTC).isoformat().replace("+00:00", "Z")


def _radio(volume: Volume) -> dict[str, Any]:
    said: dict[str, Any] = {} if volume.freq is None else _band(volume.freq)
    if volume.role is not None:
        said["role"] = volume.role.value
    if volume.eirp_dbm is not None:
        said["eirp_dbm"] = volume.eirp_dbm
    if volume.criterion:
        said["criterion"] = volume.criterion
    return said | ({} if volume.radio is None else radio_keys(volume.radio))


def _band(band: FrequencyBand) -> dict[str, float]:
    """Return the edges in MHz, or in hertz where MHz would not give the very same figure."""
    said: dict[str, float] = {}
    for end, edge_hz in (("freq_low", band.low_hz), ("freq_high", band.high_hz)):
        in_mhz = edge_hz / 1e6
        exact = hertz(in_mhz) == edge_hz
        said |= {f"{end}_mhz": in_mhz} if exact else {f"{end}_hz": edge_hz}
    return said


def _shape(footprint: Footprint) -> tuple[dict[str, Any], Mapping[str, Any]]:
    match footprint:
        case Polygon(parts):
            areas = [[_ring(ring) for ring in (part.outer, *part.holes)] for part in parts]
            for rings in areas:
                rings[1:] = [hole[::-1] for hole in rings[1:]]
            if len(areas) == 1:
                return {"type": "Polygon", "coordinates": areas[0]}, {}
            return {"type": "MultiPolygon", "coordinates": areas}, {}
        case Circle(centre, radius_m):
            return {"type": "Point", "coordinates": _position(centre)}, {"radius_m": radius_m}
        case Corridor(points, half_width_m):
            legs = [geodesic_leg(a, b)[0] for a, b in itertools.pairwise(points)]
            line = [_position(p) for leg in legs for p in leg[:-1]] + [_position(points[-1])]
            return {"type": "LineString", "coordinates": line}, {"half_width_m": half_width_m}
        case Track():
            return _track(footprint)
        case Everywhere():
            raise ImpossibleValueError("the whole Earth is no geometry.")


def _position(point: Point) -> list[float]:
    return list(BESIDE_NULL_ISLAND if point == (0.0, 0.0) else point)


def _ring(ring: Sequence[Point]) -> list[list[float]]:
    """Return a closed ring with its inside on the left (RFC 7946, 3.1.6)."""
    plane = Gnomonic(ring)
    at = [xy for xy in map(plane.forward, ring) if xy is not None]
    twice_area = sum(at[i - 1][0] * y - x * at[i - 1][1] for i, (x, y) in enumerate(at))
    turned = ring if twice_area > 0.0 else (ring[0], *ring[:0:-1])
    legs = [geodesic_leg(a, b)[0] for a, b in itertools.pairwise([*turned, turned[0]])]
    line = [_position(point) for leg in legs for point in leg[:-1]]
    return [*line, line[0]]


def _track(track: Track) -> tuple[dict[str, Any], Mapping[str, Any]]:
    points, times_s = [track.points[0]], [track.times_s[0]]
    spans = zip(itertools.pairwise(track.points), itertools.pairwise(track.times_s), strict=True)
    for (a, b), (start_s, end_s) in spans:
        leg, shares = geodesic_leg(a, b)
        points += leg[1:]
        times_s += _leg_times(start_s, end_s, shares)[1:]
    geometry = {"type": "LineString", "coordinates": [_position(p) for p in points]}
    return geometry, {"radius_m": track.radius_m, "times": [utc_text(t) for t in times_s]}


def _leg_times(start_s: float, end_s: float, shares: Sequence[float]) -> list[float]:
    """Return the times along a leg; over a pole one place comes twice, microseconds apart."""
    times_s = [start_s + share * (end_s - start_s) for share in shares]
    times_s[-1] = end_s
    for i in range(1, len(times_s) - 1):
        times_s[i] = max(times_s[i], times_s[i - 1] + _LEAST_STEP_S)
    for i in range(len(times_s) - 2, 0, -1):
        times_s[i] = min(times_s[i], times_s[i + 1] - _LEAST_STEP_S)
    return times_s
