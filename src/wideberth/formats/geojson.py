"""Plan files: a GeoJSON FeatureCollection, one feature a volume, to activities.

Source: RFC 7946 and DESIGN section 6. docs/formats/plan.md is for people.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wideberth.formats.fields import nearest, show_value
from wideberth.formats.geojson_shapes import shape_of
from wideberth.formats.plan_builder import PlanBuilder
from wideberth.formats.plan_keys import PLAN_KEYS
from wideberth.formats.plan_properties import read_properties
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted, read_words
from wideberth.model.footprint import Track
from wideberth.model.span import TimeWindow

_FILE_MEMBERS: Final = frozenset({"type", "features", "crs", "bbox", "name"})
_FEATURE_MEMBERS: Final = frozenset({"type", "geometry", "properties", "id", "bbox"})
_WGS84: Final = re.compile(r"(urn:ogc:def:crs:OGC:[\d.]*:CRS84|(urn:ogc:def:crs:)?EPSG:+4326)\Z")
_ANY_WINDOW: Final = TimeWindow(0.0, 1.0)  # stands in for times that were refused already


class _Repeated(dict[str, Any]):
    """A JSON object in which some key comes twice; `twice` names them."""

    twice: tuple[str, ...] = ()


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the activities of a plan file and every problem in it, by feature from 0."""
    repeated: list[_Repeated] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) == len(items):
            return found
        marked = _Repeated(found)
        keys = [key for key, _ in items]
        marked.twice = tuple(key for key in found if keys.count(key) > 1)
        repeated.append(marked)
        return marked

    try:
        document = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=pairs, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        return _refused(source, f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.")
    except RecursionError:
        return _refused(source, "the file is nested too deep.", "Write a plain plan.")
    except ValueError as error:  # JSONDecodeError, NaN, and numbers of more than 4300 digits
        return _refused(source, f"not JSON: {error}.", "Correct the place that is named.")
    features, problems = _features(document)
    problems += _repeats(document, repeated)
    return _reading(source, features, problems, options)


def _refuse_constant(name: str) -> Any:
    message = f"{name} is no number that JSON allows"
    raise ValueError(message)


def _refused(source: str, what: str, remedy: str) -> Reading:
    return Reading(source, "plan", problems=(_error("file", what, remedy),))


def _error(where: str, what: str, remedy: str) -> Problem:
    return Problem(Severity.ERROR, where, what, remedy)


def _features(document: Any) -> tuple[list[Any], list[Problem]]:
    """Return the features of a whole file, and what is wrong with the file around them."""
    if not isinstance(document, Mapping):
        found = f"the file holds {show_value(document)}, not a FeatureCollection."
        return [], [_error("file", found, 'Begin it with {"type": "FeatureCollection".')]
    kind = document.get("type")
    if kind != "FeatureCollection":
        remedy = 'Wrap it: {"type": "FeatureCollection", "features": [...]}.'
        return [], [_error("file", f"'type' is {show_value(kind)}.", remedy)]
    problems = []
    if "crs" in document and not _is_wgs84(document["crs"]):
        remedy = "Convert it to WGS-84 longitude and latitude, and take 'crs' out (RFC 7946, 4)."
        problems.append(_error("file", "'crs' is not WGS-84.", remedy))
    features = document.get("features")
    if not isinstance(features, list):
        found = f"'features' is {show_value(features)}, not a list."
        return [], [*problems, _error("file", found, "Give a list of features.")]
    unused = sorted(set(document) - _FILE_MEMBERS)
    if unused:
        note = f"Members beside 'features' are not used: {', '.join(unused)}."
        problems.append(Problem(Severity.NOTE, "file", note))
    if not features:
        problems.append(Problem(Severity.NOTE, "file", "The file holds no feature."))
    return ([] if problems and problems[0].severity is Severity.ERROR else features), problems


def _is_wgs84(crs: Any) -> bool:
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    return isinstance(name, str) and _WGS84.match(name) is not None


def _repeats(document: Any, repeated: list[_Repeated]) -> list[Problem]:
    """Return a problem for each object that has a key twice, at its feature."""
    if not repeated:
        return []
    features = document.get("features") if isinstance(document, Mapping) else None
    places = {
        id(inner): f"feature {number}"
        for number, feature in enumerate(features if isinstance(features, list) else [])
        for inner in _objects(feature)
    }
    return [
        _error(
            places.get(id(marked), "file"),
            f"{', '.join(map(repr, marked.twice))} comes twice in one object.",
            "Keep one of them.",
        )
        for marked in repeated
    ]


def _objects(value: Any) -> Iterator[Any]:
    waiting = [value]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Mapping):
            yield at
            waiting.extend(at.values())
        elif isinstance(at, list):
            waiting.extend(at)


def _reading(
    source: str, features: list[Any], problems: list[Problem], options: ReadOptions
) -> Reading:
    builder = PlanBuilder()
    with_height: list[int] = []
    other_party: list[int] = []
    for number, feature in enumerate(features):
        if not _is_whole(feature, number, problems):
            continue
        properties = feature["properties"]
        if _add(builder, number, feature, options, problems):
            with_height.append(number)
        if options.party is not None and properties.get("party", options.party) != options.party:
            other_party.append(number)
    activities, clashes = builder.finish()
    note = "a third coordinate is not used; heights come from lower_ and upper_ keys"
    problems += clashes
    problems += _counted(with_height, note)
    problems += _counted(other_party, "a party of its own is named, and holds")
    understood = read_words(counted(len(features), "feature"), activities)
    return Reading(source, "plan", activities, tuple(problems), (understood,))


def _counted(numbers: list[int], what: str) -> list[Problem]:
    if not numbers:
        return []
    where = f"feature {numbers[0]}" + (f" and {len(numbers) - 1} more" if numbers[1:] else "")
    return [Problem(Severity.NOTE, where, f"{what[0].upper()}{what[1:]}.")]


def _is_whole(feature: Any, number: int, problems: list[Problem]) -> bool:
    """Say whether a feature is one at all; if not, the problem is noted."""
    where = f"feature {number}"
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        problems.append(_error(where, f"is {show_value(feature)}.", 'Give it "type": "Feature".'))
        return False
    properties = feature.get("properties")
    if not isinstance(properties, Mapping):
        found = f"'properties' is {show_value(properties)}."
        problems.append(_error(where, found, "Give the properties of a volume."))
        return False
    for member in sorted(set(feature) - _FEATURE_MEMBERS):
        if member in PLAN_KEYS:
            remedy = f"Move {member!r} into 'properties'."
            problems.append(_error(where, f"{member!r} stands outside 'properties'.", remedy))
            return False
        hint = nearest(member, _FEATURE_MEMBERS)
        problems.append(Problem(Severity.NOTE, where, f"Member {member!r} is not used.", hint))
    return True


def _add(
    builder: PlanBuilder,
    number: int,
    feature: Mapping[str, Any],
    options: ReadOptions,
    problems: list[Problem],
) -> bool:
    """Add one feature to the plan or note all its problems; say whether it carries heights."""
    properties = feature["properties"]
    name = properties.get("activity")
    where = f"feature {number}" + (f" (activity {name!r})" if isinstance(name, str) else "")
    shaped = shape_of(feature.get("geometry"), properties, options, where)
    window = None
    if isinstance(shaped.footprint, Track):
        window = TimeWindow(shaped.footprint.times_s[0], shaped.footprint.times_s[-1])
    elif shaped.footprint is None and "times" in properties:
        window = _ANY_WINDOW
        properties = {k: v for k, v in properties.items() if k not in ("start", "end")}
    activity, volume, found = read_properties(
        properties, where=where, party=options.party, window=window
    )
    problems += [*shaped.problems, *found]
    if activity is None or volume is None or shaped.footprint is None or found:
        builder.skip(properties.get("party", options.party), name)
    else:
        builder.add(where, properties, activity, volume, shaped.footprint)
    return shaped.has_height
