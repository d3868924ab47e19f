"""The tables of an agreement file, one function each: a value, or None with the problems noted."""

import math
from collections.abc import Callable
from typing import Any, Final, TypeVar

from wideberth.errors import WideberthError
from wideberth.formats.coordinates import read_position
from wideberth.formats.fields import Fields, nearest, show_value
from wideberth.formats.reading import Problem, Severity
from wideberth.model.agreement import (
    Channel,
    Contact,
    HeightRanges,
    Minima,
    NoticePeriod,
    Separation,
)
from wideberth.model.footprint import Point
from wideberth.model.volume import Arena
from wideberth.units import (
    HERTZ_PER_KILOHERTZ,
    METRES_PER_FOOT,
    METRES_PER_KILOMETRE,
    METRES_PER_NAUTICAL_MILE,
    SECONDS_PER_DAY,
    SECONDS_PER_HOUR,
    SECONDS_PER_MINUTE,
)

T = TypeVar("T")

_LATERAL: Final = {
    "lateral_nm": METRES_PER_NAUTICAL_MILE,
    "lateral_km": METRES_PER_KILOMETRE,
    "lateral_m": 1.0,
}
_VERTICAL: Final = {"vertical_ft": METRES_PER_FOOT, "vertical_m": 1.0}
_TIME: Final = {"time_min": SECONDS_PER_MINUTE, "time_s": 1.0}
_GUARD: Final = {"freq_khz": HERTZ_PER_KILOHERTZ, "freq_hz": 1.0}
_LEAD: Final = {
    "lead_d": SECONDS_PER_DAY,
    "lead_h": SECONDS_PER_HOUR,
    "lead_min": SECONDS_PER_MINUTE,
    "lead_s": 1.0,
}
_TERRAIN: Final = {"terrain_m": 1.0, "terrain_ft": METRES_PER_FOOT}


def table(fields: Fields, key: str) -> Fields | None:
    """Return the table under a key ready to be read, or None when there is none."""
    value = fields.values.get(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        fields.fail(f"{key!r} is {show_value(value)}, not a table.", f"Write [{key}] above it.")
        return None
    inner = Fields(value, f"[{key}]")
    inner.problems = fields.problems
    return inner


def tables(fields: Fields, key: str, build: Callable[[Fields], T | None]) -> tuple[T, ...]:
    """Return what build makes of each table of [[key]], without those that are refused."""
    value = fields.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        fields.fail(f"{key!r} is {show_value(value)}, not tables.", f"Write [[{key}]] above each.")
        return ()
    built: list[T] = []
    for place, item in enumerate(value, start=1):
        inner = Fields(item, f"[[{key}]] {place}")
        made = build(inner)
        fields.problems.extend(inner.problems)
        if made is not None and not inner.problems:
            built.append(made)
    return tuple(built)


def ids_of(fields: Fields, key: str) -> frozenset[str]:
    """Return the ids of all tables of [[key]], also of those refused: a slip is named once."""
    value = fields.values.get(key)
    items = value if isinstance(value, list) else []
    ids = (item.get("id") for item in items if isinstance(item, dict))
    return frozenset(name for name in ids if isinstance(name, str))


def separation_of(fields: Fields, clauses: frozenset[str]) -> Separation | None:
    """Return the minima of a pair of arenas; where radio is one of them height may be left out."""
    fields.refuse_unknown(
        fields.values, {"arenas", "clause", *_LATERAL, *_VERTICAL, *_TIME, *_GUARD}
    )
    pair = _arenas(fields)
    clause = cited(fields, clauses)
    radio = pair is not None and Arena.SPECTRUM in pair
    lateral_m = _minimum(fields, _LATERAL)
    vertical_m = math.inf if radio and not fields.given(*_VERTICAL) else _minimum(fields, _VERTICAL)
    time_s = _minimum(fields, _TIME)
    freq_hz = _minimum(fields, _GUARD) if fields.given(*_GUARD) else 0.0
    if fields.given(*_GUARD) and pair is not None and not radio:
        fields.fail("'freq_khz' for arenas without spectrum.", "Take it out.")
    if pair is None or clause is None or fields.problems:
        return None
    if lateral_m is None or vertical_m is None or time_s is None or freq_hz is None:
        return None
    return Separation(pair, clause, Minima(lateral_m, vertical_m, time_s, freq_hz))


def _arenas(fields: Fields) -> tuple[Arena, Arena] | None:
    value = fields.values.get("arenas")
    known = [arena.value for arena in Arena]
    if not isinstance(value, list) or len(value) != 2:
        fields.fail("'arenas' is not a pair.", 'Write it like arenas = ["air", "sea"].')
        return None
    for name in value:
        if name not in known:
            fields.fail(f"arena {show_value(name)} is not known.", f"Known: {', '.join(known)}.")
            return None
    return Arena(value[0]), Arena(value[1])


def _minimum(fields: Fields, units: dict[str, float]) -> float | None:
    if not fields.given(*units):
        fields.fail(f"no minimum {' or '.join(units)}.", f"Give one of {', '.join(units)}.")
        return None
    value = fields.quantity(units)
    if value is not None and value < 0.0:
        fields.fail(f"{fields.given(*units)[0]!r} is below zero.", "Give zero or more.")
        return None
    return value


def cited(fields: Fields, clauses: frozenset[str], *, required: bool = True) -> str | None:
    """Return the clause a table cites; it must be one of the agreement's."""
    clause = fields.text("clause", required=required)
    if clause is not None and clause not in clauses:
        fields.fail(
            f"clause {clause!r} is cited but not in the agreement.", nearest(clause, clauses)
        )
        return None
    return clause


def party_of(fields: Fields, parties: tuple[str, ...]) -> str | None:
    """Return the party of a table; it must be one of the agreement's."""
    party = fields.text("party", required=True)
    if party is not None and party not in parties:
        fields.fail(f"party {party!r} is not of this agreement.", nearest(party, parties))
        return None
    return party


def notice_of(fields: Fields, clauses: frozenset[str]) -> NoticePeriod | None:
    """Return how long before its start a kind of activity is to be declared."""
    fields.refuse_unknown(fields.values, {"kind", "clause", *_LEAD})
    kind, clause = fields.text("kind", required=True), cited(fields, clauses)
    lead_s = _minimum(fields, _LEAD)
    if kind is None or clause is None or lead_s is None:
        return None
    return NoticePeriod(kind, clause, lead_s)


def channel_of(fields: Fields, clauses: frozenset[str]) -> Channel | None:
    """Return a way for the parties to speak."""
    fields.refuse_unknown(fields.values, ("id", "what", "clause"))
    name, what = fields.text("id", required=True), fields.text("what", required=True)
    clause = cited(fields, clauses, required=False) or ""
    return None if name is None or what is None else Channel(name, what, clause)


def contact_of(fields: Fields, parties: tuple[str, ...]) -> Contact | None:
    """Return a role that answers; its party must be one of the agreement's."""
    fields.refuse_unknown(fields.values, ("party", "role", "how"))
    party = party_of(fields, parties)
    role, how = fields.text("role", required=True), fields.text("how", required=True)
    return None if party is None or role is None or how is None else Contact(party, role, how)


def named_point_of(fields: Fields) -> tuple[str, Point] | None:
    """Return a name and the position it stands for."""
    fields.refuse_unknown(fields.values, ("name", "lon", "lat"))
    name, lon, lat = fields.text("name", required=True), fields.number("lon"), fields.number("lat")
    for key in ("lon", "lat"):
        if key not in fields:
            fields.fail(f"{key!r} is missing.", "Give lon and lat in degrees.")
    if name is None or lon is None or lat is None:
        return None
    try:
        return name, read_position([lon, lat])
    except WideberthError as error:
        fields.note(error)
        return None


def heights_of(fields: Fields | None, default: HeightRanges) -> tuple[HeightRanges, list[Problem]]:
    """Return the ranges of pressure, ground and temperature, and a remark for each one assumed."""
    given = fields if fields is not None else Fields({}, "[heights]")
    given.refuse_unknown(given.values, {"qnh_hpa", "isa_deviation_k", *_TERRAIN})
    terrain = given.given(*_TERRAIN)
    if len(terrain) > 1:
        given.fail("'terrain_m' and 'terrain_ft' are both given.", "Keep one of them.")
    ranges = {
        "qnh_hpa": _range(given, "qnh_hpa"),
        "terrain_m": _range(given, *terrain[:1]),
        "isa_deviation_k": _range(given, "isa_deviation_k"),
    }
    assumed = [
        Problem(
            Severity.ASSUMED,
            "[heights]",
            f"{name} is not given; {low:g} to {high:g} is assumed.",
            f"Give {name} = [lowest, highest] for the theatre; a narrower range is sharper.",
        )
        for name, value in ranges.items()
        if value is None
        for low, high in [getattr(default, name)]
    ]
    whole: dict[str, Any] = {
        name: value or getattr(default, name) for name, value in ranges.items()
    }
    try:
        return HeightRanges(**whole), assumed
    except WideberthError as error:
        given.note(error)
        return default, []


def _range(fields: Fields, key: str = "") -> tuple[float, float] | None:
    value = fields.values.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        fields.fail(f"{key!r} is not a pair.", f"Write it like {key} = [lowest, highest].")
        return None
    inner = Fields(dict(zip(("lowest", "highest"), value, strict=True)), fields.where)
    low, high = inner.number("lowest"), inner.number("highest")
    for problem in inner.problems:
        fields.fail(f"{key}: {problem.what}", problem.remedy)
    unit = _TERRAIN.get(key, 1.0)
    return None if low is None or high is None else (low * unit, high * unit)
