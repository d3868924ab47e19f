"""Outlines for a map, as the API gives them."""

from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from wideberth.formats.outlines import Outline
from wideberth.model.activity import State
from wideberth.model.footprint import Point
from wideberth.model.span import Datum
from wideberth.model.volume import Arena, Role
from wideberth.peering.wire import WireVolume
from wideberth.peering.wire_footprint import WireCircle, WireFootprint, WireTrack
from wideberth.web.problems import Fault

GeometryType = Literal["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
Shape = Literal["polygon", "circle", "corridor", "track", "everywhere"]


class Geometry(Struct, frozen=True):
    """A geometry of GeoJSON (RFC 7946), for the eye: nothing is judged by it.

    Point: a circle without a radius; LineString: a corridor or track without a width, or of more
    legs than are widened here.
    """

    type: GeometryType
    coordinates: Any


class Drawn(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A volume as a map draws it; index: its place among those of the activity, from 0.

    path: of a track, each vertex with its time, [lon, lat, seconds]; it moves evenly between them.
    centre, radius_m: of a circle; of a track, radius_m of the disc that moves. The rest is as
    declared.
    """

    party: str
    activity: str
    revision: int
    state: State
    volume: str
    index: int
    arena: Arena
    shape: Shape
    geometry: Geometry
    start_s: float | None
    end_s: float | None
    lower_m: float | None
    lower_datum: Datum
    upper_m: float | None
    upper_datum: Datum
    low_hz: float | None = None
    high_hz: float | None = None
    role: Role | None = None
    path: tuple[tuple[float, float, float], ...] = ()
    centre: Point | None = None
    radius_m: float | None = None


class DrawnPage(Struct, frozen=True, kw_only=True):
    """next: the cursor of the next page; empty: this is the last.

    faults: volumes that nobody could draw; they are there all the same.
    """

    items: tuple[Drawn, ...]
    next: str
    faults: tuple[Fault, ...] = ()


class DraftDrawn(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A volume of a draft; index: its place in what was sent."""

    index: int
    volume: str
    shape: Shape
    geometry: Geometry
    path: tuple[tuple[float, float, float], ...] = ()
    centre: Point | None = None
    radius_m: float | None = None


class DraftFault(Struct, frozen=True, kw_only=True):
    """Why a volume of a draft cannot be drawn."""

    index: int
    what: str
    remedy: str


class DraftPicture(Struct, frozen=True, kw_only=True):
    """What can be drawn of a draft, and why the rest cannot."""

    items: tuple[DraftDrawn, ...]
    faults: tuple[DraftFault, ...]


def geometry_of(outline: Outline) -> Geometry:
    """Return an outline's geometry; its coordinates are JSON already."""
    assert outline.type in get_args(GeometryType)
    return Geometry(type=outline.type, coordinates=msgspec.Raw(outline.coordinates))  # type: ignore[arg-type]


def shape_of(wire: WireFootprint) -> Shape:
    """Return the name of a footprint's shape."""
    name: Shape = type(wire).__struct_config__.tag  # type: ignore[assignment]
    return name


def moving(wire: WireFootprint) -> dict[str, Any]:
    """Return what a map needs of a circle or a track beside its outline."""
    match wire:
        case WireTrack():
            vertices = zip(wire.points, wire.times_s, strict=True)
            path = tuple((lon, lat, time_s) for (lon, lat), time_s in vertices)
            return {"path": path, "radius_m": wire.radius_m}
        case WireCircle():
            return {"centre": wire.centre, "radius_m": wire.radius_m}
    return {}


def heights_and_times(volume: WireVolume) -> dict[str, Any]:
    """Return the fields of a volume that are given as they were declared."""
    names = (
        "start_s", "end_s", "lower_m", "lower_datum", "upper_m", "upper_datum",
        "low_hz", "high_hz", "role",
    )  # fmt: skip
    return {name: getattr(volume, name) for name in names}
