"""What a KML feature says in ExtendedData and in time elements, and what it takes from its folders.

Keys are those of a plan's properties. The nearest element that speaks of a thing decides on it.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wideberth.formats.fields import is_targeting
from wideberth.formats.kml_tree import Node
from wideberth.formats.plan_keys import (
    ANTENNA_KEYS,
    FLEX_KEYS,
    HALF_WIDTH,
    MASK_KEYS,
    PLAN_KEYS,
    POWER_KEYS,
    RADIUS,
    height_units,
    is_ignored,
)
from wideberth.formats.reading import Problem, Severity

KNOWN_KEYS: Final = (PLAN_KEYS - {"flex", "times"}) | {f"flex_{key}" for key in FLEX_KEYS}
TIME_KEYS: Final = frozenset({"start", "end", "since_before", "until_further_notice"})
_LIMITS: Final = tuple(
    frozenset({*height_units(end), f"{end}_unlimited", f"{end}_datum"})
    for end in ("lower", "upper")
)
HEIGHT_KEYS: Final = _LIMITS[0] | _LIMITS[1] | {"datum"}
_BAND: Final = frozenset(key for key in PLAN_KEYS if key.startswith(("freq_", "center_", "bandw")))
_GROUPS: Final = (
    HEIGHT_KEYS,
    TIME_KEYS,
    _BAND,
    frozenset(POWER_KEYS),
    frozenset(ANTENNA_KEYS),
    frozenset(MASK_KEYS),
    frozenset(RADIUS),
    frozenset(HALF_WIDTH),
)
_OWN_ONLY: Final = frozenset({"volume"})
_SLIP: Final = 0.8  # nearer than this to a known key is a spelling slip, not another tool's field


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a feature: data by key, and the time element that is nearest, if any.

    own: the keys that the feature says itself.
    """

    data: Mapping[str, str] = field(default_factory=dict)
    time: Node | None = None
    own: frozenset[str] = frozenset()

    def within(self, own: Mapping[str, str], time: Node | None) -> "Context":
        """Return the context of a feature inside this one that says so much itself.

        A key of its own sets aside all inherited keys on the same thing: height, time, band,
        power, antenna, mask, radius, width. Data on time set its own time element aside too.
        """
        set_aside = {key for group in _GROUPS if group & own.keys() for key in group}
        if time is not None:
            set_aside |= TIME_KEYS
        kept = {
            key: value
            for key, value in self.data.items()
            if key not in set_aside and key not in _OWN_ONLY
        }
        nearest = time if time is not None else self.time
        return Context({**kept, **own}, None if TIME_KEYS & own.keys() else nearest, frozenset(own))


def time_of(feature: Node) -> Node | None:
    """Return a feature's own TimeSpan or TimeStamp."""
    return next(iter(feature.all_of("TimeSpan", "TimeStamp")), None)


def data_of(feature: Node, where: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return a feature's own data by key and every piece that is no part of a plan.

    A key that no plan has is left unused and told, since other tools keep theirs here; one that
    looks like a slip of a plan's key stays in, so that reading the properties refuses it.
    """
    data: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value, line in _pairs(feature):
        at = f"{where}, data at line {line}"
        if key in data:
            what = f"{key!r} is given twice."
            problems.append(Problem(Severity.ERROR, at, what, "Keep one.", value))
        elif key == "times":
            what = "'times' is not read from KML."
            problems.append(Problem(Severity.ERROR, at, what, "Draw the way as a gx:Track."))
        elif key in KNOWN_KEYS or is_ignored(key) or is_targeting(key) or _is_slip(key):
            data[key] = value
        elif value:
            what = f"data {key!r} is not part of a plan; not used."
            problems.append(Problem(Severity.PARTIAL, at, what, text=value))
    return data, tuple(problems)


def _is_slip(key: str) -> bool:
    lower = key.lower()
    return bool(difflib.get_close_matches(lower, KNOWN_KEYS, n=1, cutoff=_SLIP))


def _pairs(feature: Node) -> Iterable[tuple[str, str, int]]:
    for extended in feature.all_of("ExtendedData"):
        for datum in extended.all_of("Data"):
            yield datum.attributes.get("name", ""), datum.text_of("value") or "", datum.line
        for schema in extended.all_of("SchemaData"):
            for datum in schema.all_of("SimpleData"):
                yield datum.attributes.get("name", ""), datum.text.strip(), datum.line


def time_words(context: Context, where: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the start and end that a time element means, as properties of a plan.

    After an error they are open, so that reading the properties does not tell of them again.
    """
    node = context.time
    if node is None:
        return {}, ()
    at = f"{where}, {node.name} at line {node.line}"
    open_words = {"since_before": True, "until_further_notice": True}
    if node.name == "TimeStamp":
        remedy = "Give a TimeSpan with begin and end, or start and end in ExtendedData."
        what = "a TimeStamp is an instant, not a time from and to."
        return open_words, (Problem(Severity.ERROR, at, what, remedy, node.text_of("when") or ""),)
    begin, end = node.text_of("begin"), node.text_of("end")
    if not begin and not end:
        return open_words, (
            Problem(Severity.ERROR, at, "the TimeSpan is empty.", "Give begin and end."),
        )
    words: dict[str, Any] = {"start": begin} if begin else {"since_before": True}
    words |= {"end": end} if end else {"until_further_notice": True}
    if begin and end:
        return words, ()
    what = f"the TimeSpan has no {'end' if begin else 'begin'}; it is open on that side."
    return words, (Problem(Severity.NOTE, at, what),)
