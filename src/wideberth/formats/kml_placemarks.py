"""From a KML tree to what each placemark declares; every element is used or told of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wideberth.formats.fields import Fields
from wideberth.formats.kml_data import HEIGHT_KEYS, TIME_KEYS, Context, data_of, time_of, time_words
from wideberth.formats.kml_heights import height_words, unused_altitudes
from wideberth.formats.kml_shapes import COLLECTIONS, GEOMETRIES, Shape, ShapeReader, Sizes
from wideberth.formats.kml_tree import Node
from wideberth.formats.plan_builder import PlanBuilder
from wideberth.formats.plan_keys import HALF_WIDTH, RADIUS, from_cells
from wideberth.formats.plan_properties import read_properties
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint, Track
from wideberth.model.span import TimeWindow

CONTAINERS: Final = frozenset({"kml", "Document", "Folder"})
_ROUND: Final = frozenset({"Point", "Track"})
_WIDE: Final = frozenset({"LineString", "LinearRing", "Track"})
_META: Final = frozenset({"name", "description", "ExtendedData", "TimeSpan", "TimeStamp"})


@dataclass(frozen=True, slots=True)
class Declared:
    """One volume of a placemark before its properties are read; is_whole: no error so far."""

    where: str
    properties: Mapping[str, Any]
    footprint: Footprint | None
    is_whole: bool


@dataclass(slots=True)
class PlacemarkReader:
    """Walk a document; volumes, problems and unused elements gather here."""

    options: ReadOptions
    placemarks: int = 0
    declared: list[Declared] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unused: list[Node] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)

    def container(self, node: Node, outer: Context) -> None:
        """Read all features below a kml, Document or Folder element."""
        where = self._label(node)
        context = self._context(node, outer, where)
        for child in node.children:
            if child.name in CONTAINERS:
                self.container(child, context)
            elif child.name == "Placemark":
                self.placemark(child, context)
            elif child.name not in _META:
                self.unused.append(child)

    def placemark(self, node: Node, outer: Context) -> None:
        """Read one placemark: a volume for each of its geometries."""
        self.placemarks += 1
        where = self._label(node)
        context = self._context(node, outer, where)
        properties = from_cells(context.data)
        sizes, told = _sizes(properties, where)
        reader = ShapeReader(where, sizes, self.options)
        shapes = reader.shapes(node)
        self.problems.extend((*told, *reader.problems, *_idle_sizes(node, context, where)))
        self.unused.extend(reader.unused)
        self.unused.extend(
            c for c in node.children if c.name not in _META | GEOMETRIES | COLLECTIONS
        )
        if not any(c.name in GEOMETRIES | COLLECTIONS for c in node.children):
            what = "the placemark has no geometry; it takes up no room."
            self.problems.append(Problem(Severity.PARTIAL, where, what))
            return
        named = self._named(node, properties, where)
        for i, shape in enumerate(shapes or [None]):
            self._declare(where, _numbered(named, i, len(shapes)), context, shape)

    def _declare(
        self, where: str, properties: dict[str, Any], context: Context, shape: Shape | None
    ) -> None:
        problems: list[Problem] = []
        time, told = time_words(context, where)
        if shape is not None and isinstance(shape.footprint, Track):  # its own times are nearest
            inherited = TIME_KEYS - context.own
            properties = {k: v for k, v in properties.items() if k not in inherited}
        else:
            properties = {**time, **properties}
            problems.extend(told)
        if HEIGHT_KEYS & properties.keys():
            problems.extend(unused_altitudes(shape, where) if shape is not None else ())
        elif shape is None:  # its height is not to be asked for; the geometry's error is enough
            properties = {"lower_m": 0.0, "upper_m": 0.0, **properties}
        else:
            height, told = height_words(shape, where)
            properties = {**height, **properties}
            problems.extend(told)
        is_whole = shape is not None and all(p.severity is not Severity.ERROR for p in problems)
        footprint = None if shape is None else shape.footprint
        self.problems.extend(problems)
        self.declared.append(Declared(where, properties, footprint, is_whole))

    def _context(self, node: Node, outer: Context, where: str) -> Context:
        data, told = data_of(node, where)
        self.problems.extend(told)
        time = time_of(node)
        context = outer.within(data, time)
        if time is not None and context.time is not time:
            what = f"the {time.name} is not used; ExtendedData give the time."
            self.problems.append(Problem(Severity.NOTE, where, what))
        description = node.text_of("description")
        if description:
            what = "the description is not used; it may hold times or conditions."
            self.problems.append(Problem(Severity.NOTE, where, what, text=description))
        return context

    def _label(self, node: Node) -> str:
        name = node.text_of("name")
        shown = f" {name!r}" if name else ""
        return f"line {node.line}, {node.name}{shown}"

    def _named(self, node: Node, properties: dict[str, Any], where: str) -> dict[str, Any]:
        """Return the properties with an activity; if none is given it is the placemark's name.

        Placemarks that share a name stay apart: NAME, NAME #2, NAME #3.
        """
        name = node.text_of("name") or node.attributes.get("id", "")
        if "activity" in properties or not name:
            return dict(properties)
        self.named[name] += 1
        activity = name if self.named[name] == 1 else f"{name} #{self.named[name]}"
        if activity != name:
            what = f"an earlier placemark is called {name!r} too; this one is {activity!r}."
            remedy = "Give 'activity' in ExtendedData to join them."
            self.problems.append(Problem(Severity.NOTE, where, what, remedy))
        return {"title": name, **properties, "activity": activity}


def _numbered(properties: dict[str, Any], i: int, count: int) -> dict[str, Any]:
    """Return the properties of one of several geometries: volume V becomes V-1, V-2, ..."""
    if count < 2 or not isinstance(properties.get("volume"), str):
        return properties
    return {**properties, "volume": f"{properties['volume']}-{i + 1}"}


def _sizes(properties: Mapping[str, Any], where: str) -> tuple[Sizes, tuple[Problem, ...]]:
    fields = Fields(properties, where)
    return Sizes(fields.quantity(RADIUS), fields.quantity(HALF_WIDTH)), tuple(fields.problems)


def _idle_sizes(placemark: Node, context: Context, where: str) -> Iterable[Problem]:
    """Yield a remark for each radius or width that a placemark gives but has no use for."""
    drawn = _drawn(placemark)
    for keys, shapes in ((RADIUS, _ROUND), (HALF_WIDTH, _WIDE)):
        for key in sorted(keys.keys() & context.own):
            if not drawn & shapes:
                what = f"{key!r} is not used: there is no {' or '.join(sorted(shapes))}."
                yield Problem(Severity.PARTIAL, where, what, "Check the shape.")


def _drawn(node: Node) -> set[str]:
    """Return the names of the geometries of a placemark, those in collections too."""
    names: set[str] = set()
    for child in node.children:
        names |= _drawn(child) if child.name in COLLECTIONS else {child.name}
    return names


def activities_of(
    declared: list[Declared], options: ReadOptions
) -> tuple[tuple[Activity, ...], tuple[Problem, ...]]:
    """Return the activities of all volumes whose properties could be read, and every problem."""
    builder = PlanBuilder()
    problems: list[Problem] = []
    for one in declared:
        track = one.footprint if isinstance(one.footprint, Track) else None
        window = TimeWindow(track.times_s[0], track.times_s[-1]) if track is not None else None
        activity, volume, told = read_properties(
            one.properties, where=one.where, party=options.party, window=window
        )
        problems.extend(told)
        if activity and volume and one.footprint is not None and one.is_whole:
            builder.add(one.where, one.properties, activity, volume, one.footprint)
        else:
            party = one.properties.get("party", options.party)
            builder.skip(party, one.properties.get("activity"))
    activities, clashes = builder.finish()
    return activities, (*problems, *clashes)
