"""A footprint as nodes write it: degrees with longitude first, metres, geodesic edges."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

from wideberth.model.footprint import (
    Circle,
    Corridor,
    Everywhere,
    Footprint,
    Part,
    Point,
    Polygon,
    Track,
)
from wideberth.model.ring import Gnomonic, effort

Instant = Annotated[float, Meta(ge=-62_135_596_800.0, le=253_402_300_799.0)]  # years 1 to 9999
Ring = Annotated[tuple[Point, ...], Meta(max_length=20_000)]
MakePart = Callable[[tuple[Point, ...], tuple[tuple[Point, ...], ...]], Part]


class WirePolygon(Struct, frozen=True, tag="polygon", forbid_unknown_fields=True):
    """parts: each the outer ring, then its holes; rings are open."""

    parts: Annotated[
        tuple[Annotated[tuple[Ring, ...], Meta(min_length=1, max_length=200)], ...],
        Meta(max_length=200),
    ]


class WireCircle(Struct, frozen=True, tag="circle", forbid_unknown_fields=True):
    """All points within radius_m of the centre."""

    centre: Point
    radius_m: float


class WireCorridor(Struct, frozen=True, tag="corridor", forbid_unknown_fields=True):
    """All points within half_width_m of the line."""

    points: Ring
    half_width_m: float


class WireTrack(Struct, frozen=True, tag="track", forbid_unknown_fields=True):
    """A disc that moves along the line, at each vertex at its time."""

    points: Ring
    times_s: Annotated[tuple[Instant, ...], Meta(max_length=20_000)]
    radius_m: float


class WireEverywhere(Struct, frozen=True, tag="everywhere", forbid_unknown_fields=True):
    """The whole Earth: a hull that no smaller shape could be."""


WireFootprint = WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere


def footprint_to_wire(footprint: Footprint) -> WireFootprint:
    """Return a footprint in its written form."""
    match footprint:
        case Polygon(parts):
            return WirePolygon(tuple((part.outer, *part.holes) for part in parts))
        case Circle(centre, radius_m):
            return WireCircle(centre, radius_m)
        case Corridor(points, half_width_m):
            return WireCorridor(points, half_width_m)
        case Track(points, times_s, radius_m):
            return WireTrack(points, times_s, radius_m)
        case Everywhere():
            return WireEverywhere()


def footprint_from_wire(wire: WireFootprint, part: MakePart = Part) -> Footprint:
    """Return the footprint; part: what makes its rings, Part.as_checked where they are trusted.

    Raises ImpossibleValueError.
    """
    match wire:
        case WirePolygon():
            return Polygon(tuple(part(rings[0], rings[1:]) for rings in wire.parts))
        case WireCircle():
            return Circle(wire.centre, wire.radius_m)
        case WireCorridor():
            return Corridor(wire.points, wire.half_width_m)
        case WireTrack():
            return Track(wire.points, wire.times_s, wire.radius_m)
        case WireEverywhere():
            return Everywhere()


def effort_of(wire: WireFootprint) -> int:
    """Return how many pairs of edges must be looked at to see that no ring crosses itself."""
    if not isinstance(wire, WirePolygon):
        return 0
    rings = [ring for part in wire.parts for ring in part if ring]
    flat = [[at for at in map(Gnomonic(ring).forward, ring) if at is not None] for ring in rings]
    return sum(effort(ring) for ring in flat if ring)
