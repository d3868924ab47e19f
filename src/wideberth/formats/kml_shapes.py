"""KML geometries as footprints with their altitudes; every tuple that cannot be is named.

Source: OGC KML 2.3 (12-007r2), elements of kml:AbstractGeometryGroup; gx:Track of KML 2.2 alike.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.coordinates import read_position
from wideberth.formats.kml_tree import Node
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.formats.times import parse_rfc3339
from wideberth.model.footprint import (
    Circle,
    Corridor,
    Footprint,
    Part,
    Point,
    Polygon,
    Track,
    opened,
)

GEOMETRIES: Final = frozenset(["Point", "LineString", "LinearRing", "Polygon", "Track", "Model"])
COLLECTIONS: Final = frozenset({"MultiGeometry", "MultiTrack"})
_NUMBER: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_TUPLE: Final = re.compile(rf"({_NUMBER}),({_NUMBER})(?:,({_NUMBER}))?")
_TUPLE_FORM: Final = "Write longitude,latitude or longitude,latitude,altitude without spaces."
_YES: Final = ("1", "true")
_COMMON: Final = frozenset({"altitudeMode", "extrude", "tessellate", "coordinates"})


@dataclass(frozen=True, slots=True)
class Vertex:
    """A tuple of coordinates; altitude_m is None where it is not written."""

    point: Point
    altitude_m: float | None


@dataclass(frozen=True, slots=True)
class Sizes:
    """The lengths that a placemark's data give, where they do."""

    radius_m: float | None = None
    half_width_m: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One geometry: its element, footprint, altitudes as written, and how they are meant."""

    node: Node
    footprint: Footprint
    altitudes_m: tuple[float | None, ...]
    mode: str
    extrude: bool


@dataclass(slots=True)
class ShapeReader:
    """Read the geometries of one placemark; problems and unused elements gather here."""

    where: str
    sizes: Sizes
    options: ReadOptions
    problems: list[Problem] = field(default_factory=list)
    unused: list[Node] = field(default_factory=list)

    def shapes(self, placemark: Node) -> list[Shape]:
        """Return the shapes of every geometry that could be read."""
        return [
            shape
            for node in self._leaves(placemark)
            for shape in [self._shape(node)]
            if shape is not None
        ]

    def _leaves(self, node: Node) -> Iterator[Node]:
        for child in node.children:
            if child.name in COLLECTIONS:
                if child.text_of("interpolate") in _YES and len(child.all_of("Track")) > 1:
                    what = "tracks are to be joined (interpolate), which is not read."
                    self._fail(child, what, "Write one Track, or take interpolate out.")
                    continue
                yield from self._leaves(child)
            elif child.name in GEOMETRIES:
                yield child
            elif node.name in COLLECTIONS and child.name != "interpolate":
                self.unused.append(child)

    def _shape(self, node: Node) -> Shape | None:
        match node.name:
            case "Point":
                found = self._point(node)
            case "LineString" | "LinearRing":
                found = self._line(node)
            case "Polygon":
                found = self._polygon(node)
            case "Track":
                found = self._track(node)
            case _:
                found = None
                self._fail(node, "a Model has no footprint.", "Draw a Polygon round it.")
        if found is None:
            return None
        footprint, vertices = found
        altitudes_m = tuple(vertex.altitude_m for vertex in vertices)
        extrude = node.text_of("extrude") in _YES
        return Shape(node, footprint, altitudes_m, node.text_of("altitudeMode") or "", extrude)

    def _fail(self, node: Node, what: str, remedy: str = "", text: str = "") -> None:
        at = f"{self.where}, {node.name} at line {node.line}"
        self.problems.append(Problem(Severity.ERROR, at, what, remedy, text))

    def _leave(self, node: Node, *used: str) -> None:
        self.unused.extend(c for c in node.children if c.name not in _COMMON and c.name not in used)

    def _vertices(self, node: Node, *, least: int) -> list[Vertex] | None:
        """Return the vertices of an element with coordinates, or None with problems noted."""
        found: list[Vertex] = []
        before = len(self.problems)
        words = (node.text_of("coordinates") or "").split()
        for i, word in enumerate(words):
            try:
                found.append(_vertex(word))
            except WideberthError as error:
                self._fail(node, f"tuple {i}: {error.what}", error.remedy, word)
        if len(words) < least:
            self._fail(node, f"{len(words)} tuples of coordinates; at least {least} were wanted.")
        return found if len(self.problems) == before else None

    def _point(self, node: Node) -> tuple[Footprint, list[Vertex]] | None:
        self._leave(node)
        vertices = self._vertices(node, least=1)
        radius_m = self._size(node, self.sizes.radius_m, "radius_m or radius_nm")
        if vertices is None or radius_m is None:
            return None
        if len(vertices) > 1:
            self._fail(node, f"a Point has {len(vertices)} tuples of coordinates.")
            return None
        return self._built(node, lambda: Circle(vertices[0].point, radius_m), vertices)

    def _line(self, node: Node) -> tuple[Footprint, list[Vertex]] | None:
        self._leave(node)
        vertices = self._vertices(node, least=2)
        half_m = self._size(node, self.sizes.half_width_m, "half_width_m or half_width_nm")
        if vertices is None or half_m is None:
            return None
        points = tuple(v.point for v in vertices)
        return self._built(node, lambda: Corridor(points, half_m), vertices)

    def _polygon(self, node: Node) -> tuple[Footprint, list[Vertex]] | None:
        self._leave(node, "outerBoundaryIs", "innerBoundaryIs")
        outer = self._rings(node, "outerBoundaryIs")
        holes = self._rings(node, "innerBoundaryIs")
        if len(outer) != 1:
            self._fail(node, f"a Polygon has {len(outer)} outer rings; 1 was wanted.")
            return None
        if outer[0] is None or None in holes:
            return None
        whole = [v for ring in (*outer, *holes) if ring is not None for v in ring]
        rings = [opened([v.point for v in ring]) for ring in (*outer, *holes) if ring is not None]
        polygon = self._area(node, rings[0], rings[1:])
        return None if polygon is None else (polygon, whole)

    def _rings(self, node: Node, boundary: str) -> list[list[Vertex] | None]:
        rings: list[list[Vertex] | None] = []
        for border in node.all_of(boundary):
            self.unused.extend(c for c in border.children if c.name != "LinearRing")
            for ring in border.all_of("LinearRing"):
                self._leave(ring)
                vertices = self._vertices(ring, least=3)
                rings.append(vertices)
                if vertices and vertices[0].point != vertices[-1].point:
                    at = f"{self.where}, {ring.name} at line {ring.line}"
                    what = "the ring is not closed; its last vertex is taken to join its first."
                    self.problems.append(Problem(Severity.ASSUMED, at, what))
        return rings

    def _area(
        self, node: Node, outer: tuple[Point, ...], holes: Sequence[tuple[Point, ...]]
    ) -> Polygon | None:
        at = f"{self.where}, {node.name} at line {node.line}"
        polygon, told = polygon_of(outer, self.options, where=at)
        self.problems.extend(told)
        if polygon is None or not holes:
            return polygon
        try:
            return Polygon((Part(polygon.parts[0].outer, tuple(holes)),))
        except WideberthError as error:
            if not self.options.repair:
                remedy = f"{error.remedy} Or use --repair to fill the holes.".strip()
                self._fail(node, error.what, remedy)
                return None
            what = f"{error.what} Mended on request: the holes are filled."
            self.problems.append(Problem(Severity.ASSUMED, at, what, "Ask the issuer."))
            return polygon

    def _track(self, node: Node) -> tuple[Footprint, list[Vertex]] | None:
        self._leave(node, "when", "coord")
        before = len(self.problems)
        vertices = [self._coord(c, i) for i, c in enumerate(node.all_of("coord"))]
        times_s = [self._when(c, i) for i, c in enumerate(node.all_of("when"))]
        size_m = self.sizes.radius_m if self.sizes.radius_m is not None else self.sizes.half_width_m
        radius_m = self._size(node, size_m, "radius_m or radius_nm")
        if radius_m is None or len(self.problems) > before:
            return None
        places = [v for v in vertices if v is not None]
        instants = tuple(t for t in times_s if t is not None)
        points = tuple(v.point for v in places)
        return self._built(node, lambda: Track(points, instants, radius_m), places)

    def _coord(self, node: Node, i: int) -> Vertex | None:
        words = node.text.split()
        try:
            return _vertex(",".join(words))
        except WideberthError as error:
            remedy = "Write longitude latitude altitude with spaces between."
            self._fail(node, f"coord {i}: {error.what}", remedy, node.text.strip())
            return None

    def _when(self, node: Node, i: int) -> float | None:
        try:
            return parse_rfc3339(node.text.strip())
        except WideberthError as error:
            self._fail(node, f"when {i}: {error.what}", error.remedy)
            return None

    def _size(self, node: Node, size_m: float | None, keys: str) -> float | None:
        if size_m is None:
            what = f"a {node.name} has no extent of its own, and no {keys} is given."
            self._fail(node, what, f"Give {keys} in ExtendedData.")
        return size_m

    def _built(
        self, node: Node, build: Callable[[], Footprint], vertices: list[Vertex]
    ) -> tuple[Footprint, list[Vertex]] | None:
        try:
            return build(), vertices
        except WideberthError as error:
            self._fail(node, error.what, error.remedy)
            return None


def _vertex(text: str) -> Vertex:
    match = _TUPLE.fullmatch(text)
    if match is None:
        raise ImpossibleValueError(f"{text!r} is not a position.", remedy=_TUPLE_FORM)
    lon, lat, altitude = match.groups()
    point = read_position([float(lon), float(lat)])
    altitude_m = None if altitude is None else float(altitude)
    if altitude_m is not None and not math.isfinite(altitude_m):
        raise ImpossibleValueError(f"altitude {altitude!r} is not finite.", remedy="Give metres.")
    return Vertex(point, altitude_m)
