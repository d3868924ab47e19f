"""Notices of one activity: found, linked, and their disagreement shown (R11, R18).

Two authorities often announce one activity, and not always alike. Notices are taken to speak of
one activity when they come from different parties (or say the same in the same words), are of one
kind, share at least three positions to a fifth of a minute of arc, and their times meet. Linked
notices are not in conflict with one another; the union of what they take up counts until a person
decides. Plans that parties declare are never linked: one place and time is what a conflict is.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np

from wideberth.engine.geodesy import GEOD
from wideberth.formats.times import show_utc
from wideberth.model.activity import Activity
from wideberth.model.conflict import Link
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Point, Polygon, Track
from wideberth.model.span import HeightLimit
from wideberth.model.volume import Volume
from wideberth.units import METRES_PER_NAUTICAL_MILE

SHARED_POINTS: Final = 3
SAME_DEG: Final = 0.2 / 60.0  # positions this close are one position
SAME_AREA: Final = 0.05  # areas that differ by less than this share agree

Key = tuple[str, str]


def link_notices(notices: Sequence[Activity]) -> tuple[tuple[Activity, ...], tuple[Link, ...]]:
    """Return the notices, those of one activity with one `linked` name, and what links them."""
    by_key = {(n.party, n.id): n for n in notices}
    groups = _groups(by_key, _same_activity(by_key))
    links = tuple(_link([by_key[key] for key in group]) for group in groups)
    name_of = {member: link.name for link in links for member in link.members}
    named = tuple(replace(n, linked=name_of.get((n.party, n.id), n.linked)) for n in notices)
    return named, links


def _same_activity(by_key: dict[Key, Activity]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of notices that speak of one activity."""
    shared: dict[tuple[Key, Key], set[Point]] = defaultdict(set)
    cells: dict[tuple[int, int], list[tuple[Key, Point]]] = defaultdict(list)
    for key in sorted(by_key):
        for point in sorted(_points(by_key[key])):
            for other, there in _near(cells, point):
                if other != key and _is_same(point, there):
                    shared[other, key].add(point)
            cells[_cell(point)].append((key, point))
    for (one, other), points in sorted(shared.items()):
        if len(points) >= SHARED_POINTS and _agree(by_key[one], by_key[other]):
            yield one, other


def _agree(a: Activity, b: Activity) -> bool:
    """Return whether two notices of shared positions are about one activity."""
    is_repeated = a.party != b.party or a.title == b.title
    return is_repeated and a.kind == b.kind and _times_meet(a, b)


def _times_meet(a: Activity, b: Activity) -> bool:
    return any(
        v.time.start_s < w.time.end_s and w.time.start_s < v.time.end_s
        for v in a.volumes
        for w in b.volumes
    )


def _points(activity: Activity) -> set[Point]:
    return {point for volume in activity.volumes for point in _points_of(volume.footprint)}


def _points_of(footprint: Footprint) -> tuple[Point, ...]:
    match footprint:
        case Polygon(parts):
            return tuple(point for part in parts for point in part.outer)
        case Circle(centre, _):
            return (centre,)
        case Corridor(points, _) | Track(points, _, _):
            return points
        case Everywhere():
            return ()


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / SAME_DEG), math.floor(point[1] / SAME_DEG)


def _near(
    cells: dict[tuple[int, int], list[tuple[Key, Point]]], point: Point
) -> Iterator[tuple[Key, Point]]:
    x, y = _cell(point)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from cells.get((x + dx, y + dy), ())


def _is_same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= SAME_DEG and abs(one[1] - other[1]) <= SAME_DEG


def _groups(by_key: dict[Key, Activity], pairs: Iterator[tuple[Key, Key]]) -> list[list[Key]]:
    """Return the sets of keys that pairs join, each sorted, in order."""
    leader = {key: key for key in by_key}

    def find(key: Key) -> Key:
        while leader[key] != key:
            key = leader[key]
        return key

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    members: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(by_key):
        members[find(key)].append(key)
    return [group for group in members.values() if len(group) > 1]


def _link(members: list[Activity]) -> Link:
    name = " = ".join(f"{m.party} {m.id}" for m in members)
    why = f"same kind ({members[0].kind or 'none'}), positions and times"
    return Link(
        name=name,
        members=tuple((m.party, m.id) for m in members),
        why=why,
        disagreements=tuple(
            line for a, b in combinations(members, 2) for line in _disagreements(a, b)
        ),
    )


def _disagreements(a: Activity, b: Activity) -> Iterator[str]:
    """Yield in words and numbers what two notices of one activity say differently."""
    area_a, area_b = _area_m2(a), _area_m2(b)
    larger, smaller = max(area_a, area_b), min(area_a, area_b)
    if larger > smaller * (1.0 + SAME_AREA):
        times = f", {larger / smaller:.1f} times" if smaller > 0.0 else ""
        yield (
            f"area: {a.id} {_shapes(a)} of {_nm2(area_a)},"
            f" {b.id} {_shapes(b)} of {_nm2(area_b)}{times}"
        )
    if _windows(a) != _windows(b):
        yield f"times: {a.id} {_say_windows(a)}; {b.id} {_say_windows(b)}"
    if _heights(a) != _heights(b):
        yield f"heights: {a.id} {_heights(a)}; {b.id} {_heights(b)}"


def _footprints(activity: Activity) -> list[Footprint]:
    """Return the different footprints of an activity, in order."""
    return list(dict.fromkeys(v.footprint for v in activity.volumes))


def _shapes(activity: Activity) -> str:
    names = {Polygon: "polygon", Circle: "circle", Corridor: "corridor", Track: "track"}
    kinds = [names.get(type(f), "area") for f in _footprints(activity)]
    counted = [(kinds.count(kind), kind) for kind in sorted(set(kinds))]
    return " and ".join(f"{n} {kind}{'s' if n > 1 else ''}" for n, kind in counted)


def _area_m2(activity: Activity) -> float:
    """Return the sum of the areas of the different footprints (their overlaps count twice)."""
    return sum(_area_of(f) for f in _footprints(activity))


def _area_of(footprint: Footprint) -> float:
    match footprint:
        case Polygon(parts):
            return sum(
                _ring_m2(part.outer) - sum(_ring_m2(hole) for hole in part.holes) for part in parts
            )
        case Circle(_, radius_m):
            return math.pi * radius_m**2
        case Corridor(points, radius_m) | Track(points, _, radius_m):
            lon, lat = np.array(points).T
            length_m = float(GEOD.line_length(lon, lat))
            return 2.0 * radius_m * length_m + math.pi * radius_m**2
        case Everywhere():
            return math.inf


def _ring_m2(ring: Sequence[Point]) -> float:
    lon, lat = np.array(ring).T
    return abs(float(GEOD.polygon_area_perimeter(lon, lat)[0]))


def _nm2(area_m2: float) -> str:
    return f"{area_m2 / METRES_PER_NAUTICAL_MILE**2:.0f} NM2"


def _windows(activity: Activity) -> list[tuple[float, float]]:
    return sorted({(v.time.start_s, v.time.end_s) for v in activity.volumes})


def _say_windows(activity: Activity) -> str:
    windows = _windows(activity)
    said = [
        f"{show_utc(start_s) or 'open'} to {show_utc(end_s) or 'further notice'}"
        for start_s, end_s in windows[:4]
    ]
    more = f" and {len(windows) - 4} more" if len(windows) > 4 else ""
    return ", ".join(said) + more


def _heights(activity: Activity) -> str:
    """Return the different height bands of an activity in words."""
    return ", ".join(sorted({_say_height(v) for v in activity.volumes}))


def _say_height(volume: Volume) -> str:
    lower, upper = volume.height.lower, volume.height.upper
    return f"{_say_limit(lower)} to {_say_limit(upper)}"


def _say_limit(limit: HeightLimit) -> str:
    if math.isinf(limit.height_m):
        return "unlimited"
    return f"{limit.height_m:.0f} m {limit.datum}"
