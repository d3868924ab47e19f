"""Where on the Earth: polygon, circle, corridor, track, or everywhere.

Points are (lon_deg, lat_deg) WGS-84. Edges are geodesics (ASTM F3548-21, Polygon; ICAO practice).
A ring is open: its last vertex joins its first. Its inside is the smaller side of the Earth, so
the direction of travel does not matter and rings about a pole or the antimeridian need no care.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from wideberth.errors import ImpossibleValueError, SelfCrossingError
from wideberth.model.ring import (
    MAX_RADIUS_DEG,
    Gnomonic,
    PlanePoint,
    Point,
    crossing_between,
    first_crossing,
    holds,
)

__all__ = ["Circle", "Corridor", "Everywhere", "Footprint", "Part", "Point", "Polygon", "Track"]

Ring = tuple[Point, ...]


def check_point(point: Point) -> None:
    """Raise ImpossibleValueError unless longitude and latitude are in range and finite."""
    lon_deg, lat_deg = point
    if not (math.isfinite(lon_deg) and math.isfinite(lat_deg)):
        raise ImpossibleValueError(f"position ({lon_deg}, {lat_deg}) is not finite.")
    if not -90.0 <= lat_deg <= 90.0:
        hint = " Longitude comes first; are they swapped?" if abs(lon_deg) <= 90.0 else ""
        raise ImpossibleValueError(
            f"latitude {lat_deg:g} is not within -90 to 90.", remedy=f"Give degrees.{hint}"
        )
    if not -180.0 <= lon_deg <= 180.0:
        raise ImpossibleValueError(
            f"longitude {lon_deg:g} is not within -180 to 180.", remedy="Give degrees."
        )


def _check_length(name: str, length_m: float) -> None:
    if not (math.isfinite(length_m) and 0.0 <= length_m <= 1.0e7):
        raise ImpossibleValueError(
            f"{name} {length_m:g} m is not within 0 to 10,000 km.", remedy="Check the unit."
        )


def show(point: Point) -> str:
    """Return a position as people read it: 34.5000N 033.2500E."""
    lon_deg, lat_deg = point
    ns, ew = "NS"[lat_deg < 0.0], "EW"[lon_deg < 0.0]
    return f"{abs(lat_deg):07.4f}{ns} {abs(lon_deg):08.4f}{ew}"


def _check_ring(ring: Ring, plane: Gnomonic) -> list[PlanePoint]:
    if len(ring) < 3:
        raise ImpossibleValueError(
            f"a ring needs at least 3 different vertices; found {len(ring)}."
        )
    flat: list[PlanePoint] = []
    for i, point in enumerate(ring):
        at = plane.forward(point)
        if at is None:
            raise ImpossibleValueError(
                f"area reaches more than {MAX_RADIUS_DEG:g} degrees from its centre.",
                remedy="Split it into smaller parts.",
            )
        if flat and at == flat[-1]:
            raise ImpossibleValueError(f"vertex {i} repeats the one before it: {show(point)}.")
        flat.append(at)
    if flat[0] == flat[-1]:
        raise ImpossibleValueError(
            "the last vertex repeats the first.", remedy="Rings are open here."
        )
    crossing = first_crossing(flat)
    if crossing is not None:
        at_point = plane.inverse(crossing.at)
        raise SelfCrossingError(
            f"ring crosses itself: the edges after vertex {crossing.first_edge} and vertex"
            f" {crossing.second_edge} meet at {show(at_point)}.",
            crossing=at_point,
            remedy="Check the order of the vertices.",
        )
    return flat


@dataclass(frozen=True, slots=True)
class Part:
    """One outer ring with any holes inside it."""

    outer: Ring
    holes: tuple[Ring, ...] = ()

    @classmethod
    def as_checked(cls, outer: Ring, holes: tuple[Ring, ...] = ()) -> "Part":
        """Return a part that was checked when it was first made, and kept since by this node."""
        part = object.__new__(cls)
        object.__setattr__(part, "outer", outer)
        object.__setattr__(part, "holes", holes)
        return part

    def __post_init__(self) -> None:
        for point in (*self.outer, *(p for hole in self.holes for p in hole)):
            check_point(point)
        plane = Gnomonic(self.outer)
        outer = _check_ring(self.outer, plane)
        for i, hole in enumerate(self.holes):
            flat = _check_ring(hole, plane)
            at = crossing_between(outer, flat)
            if at is not None:
                where = plane.inverse(at)
                raise SelfCrossingError(
                    f"hole {i} crosses the outer ring at {show(where)}.", crossing=where
                )
            if not any(holds(outer, p) for p in flat):
                raise ImpossibleValueError(f"hole {i} lies outside its outer ring.")


@dataclass(frozen=True, slots=True)
class Polygon:
    """One or more parts; together they are one area."""

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ImpossibleValueError("an area needs at least one part.")

    @classmethod
    def of(cls, outer: Sequence[Point], *holes: Sequence[Point]) -> "Polygon":
        """Make a one-part polygon from open or closed rings."""
        return cls((Part(opened(outer), tuple(opened(h) for h in holes)),))


def opened(ring: Sequence[Point]) -> Ring:
    """Return a ring without the closing repeat of its first vertex and without repeats in a row."""
    kept: list[Point] = []
    for lon_deg, lat_deg in ring:
        point = (float(lon_deg), float(lat_deg))
        if not kept or point != kept[-1]:
            kept.append(point)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Circle:
    """All points within radius_m of the centre, measured on the ellipsoid; 0 is a point."""

    centre: Point
    radius_m: float

    def __post_init__(self) -> None:
        check_point(self.centre)
        _check_length("radius", self.radius_m)


def _check_line(points: Sequence[Point]) -> None:
    if len(points) < 2:
        raise ImpossibleValueError(f"a line needs at least 2 vertices; found {len(points)}.")
    for point in points:
        check_point(point)
    for i, (a, b) in enumerate(itertools.pairwise(points)):
        if _antipodal(a, b):
            raise ImpossibleValueError(
                f"the leg after vertex {i} joins opposite points of the Earth.",
                remedy="Add a vertex between them.",
            )


def _antipodal(a: Point, b: Point) -> bool:
    """Say whether two points are within about 1 degree of opposite, where no geodesic is sure."""
    la, lb = math.radians(a[1]), math.radians(b[1])
    d = math.radians(b[0] - a[0])
    cos_c = math.sin(la) * math.sin(lb) + math.cos(la) * math.cos(lb) * math.cos(d)
    return cos_c < -0.9998


@dataclass(frozen=True, slots=True)
class Corridor:
    """All points within half_width_m of the line (round ends)."""

    points: tuple[Point, ...]
    half_width_m: float

    def __post_init__(self) -> None:
        _check_line(self.points)
        _check_length("half width", self.half_width_m)


@dataclass(frozen=True, slots=True)
class Track:
    """A disc of radius_m moving along the line: one time a vertex, ground speed even in a leg.

    times_s: seconds UTC, strictly rising, one for each point. Two equal points in a row are a stay.
    """

    points: tuple[Point, ...]
    times_s: tuple[float, ...]
    radius_m: float

    def __post_init__(self) -> None:
        _check_line(self.points)
        _check_length("radius", self.radius_m)
        if len(self.times_s) != len(self.points):
            raise ImpossibleValueError(
                f"{len(self.points)} vertices but {len(self.times_s)} times.",
                remedy="Give one time for each vertex.",
            )
        if not all(math.isfinite(t) for t in self.times_s):
            raise ImpossibleValueError("a track's time is not finite.")
        for i, (a, b) in enumerate(zip(self.times_s, self.times_s[1:], strict=False)):
            if not a < b:
                raise ImpossibleValueError(f"the time at vertex {i + 1} is not after vertex {i}'s.")


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The whole Earth: the extent of a restricted frequency that names no area."""


Footprint = Polygon | Circle | Corridor | Track | Everywhere
