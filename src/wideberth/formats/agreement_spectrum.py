"""What an agreement file says of radio: [spectrum], protection data, and [[restricted]] bands.

All of it is laid over the data that is shipped, so that the agreement's value holds everything
that decides a search, and its digest covers it.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from wideberth.errors import WideberthError
from wideberth.formats.agreement_places import area_of, window_of
from wideberth.formats.agreement_tables import cited, ids_of, table, tables
from wideberth.formats.fields import Fields
from wideberth.formats.plan_spans import frequency_band
from wideberth.formats.protection_toml import (
    BAND,
    equipages_of,
    lay_over,
    protections_of,
    refuse_twice,
    shipped_data,
)
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.footprint import Everywhere
from wideberth.model.span import TimeWindow
from wideberth.model.spectrum_rules import DEFAULT_SPECTRUM_RULES, SpectrumRules
from wideberth.units import METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE


class Ground(StrEnum):
    """What lies under paths at the surface, as an agreement names it."""

    SEA = "sea"
    LAND = "land"
    MIXED = "mixed"


_LAND_SHARE: Final = {Ground.SEA: 0.0, Ground.MIXED: 0.5, Ground.LAND: 1.0}
_SITE: Final = {
    "site_km": METRES_PER_KILOMETRE,
    "site_nm": METRES_PER_NAUTICAL_MILE,
    "site_m": 1.0,
}
_NUMBERS: Final = (
    "time_percent", "surface_refractivity_n", "lapse_n_per_km", "land_share", "margin_db",
    "undeclared_eirp_dbm", "rejection_floor_db",
)  # fmt: skip
_KEYS: Final = frozenset({"clause", "refine", "ground", *_NUMBERS, *_SITE})
_RESTRICTED: Final = frozenset(
    {"id", "kind", "clause", "area", "start", "end", "title", "contact", "review", *BAND}
)
_ALWAYS: Final = TimeWindow(-math.inf, math.inf)
# Joint restricted lists of frequencies have a third kind, bands of others that one listens to.
_GUARDED: Final = re.compile(r"guarded", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\b(enem(y|ies)|hostiles?|adversar(y|ies)|foes?)\b", re.IGNORECASE)


def spectrum_rules_of(fields: Fields, clauses: frozenset[str]) -> SpectrumRules:
    """Return what the agreement says of radio; what it leaves out is as shipped.

    Where something is refused the problem has been noted, and the default stands in its place.
    """
    protections, equipages = protections_of(fields), equipages_of(fields)
    own, own_equipages = ids_of(fields, "protection"), ids_of(fields, "equipage")
    said: dict[str, Any] = {
        "protections": protections,
        "equipages": equipages,
        "stated": tuple(row.id for row in protections if row.id in own),
        "stated_equipages": tuple(row.id for row in equipages if row.id in own_equipages),
    }
    inner = table(fields, "spectrum")
    if inner is not None:
        inner.refuse_unknown(inner.values, _KEYS)
        said |= _parameters(inner, clauses)
    if any(problem.severity is Severity.ERROR for problem in fields.problems):
        return DEFAULT_SPECTRUM_RULES
    try:
        return SpectrumRules(**said)
    except WideberthError as error:
        (inner or fields).note(error)
        return DEFAULT_SPECTRUM_RULES


def _parameters(fields: Fields, clauses: frozenset[str]) -> dict[str, Any]:
    said: dict[str, Any] = {name: fields.number(name) for name in _NUMBERS}
    said["clause"] = cited(fields, clauses, required=False)
    said["refine"] = fields.flag("refine") if "refine" in fields else None
    said["site_m"] = fields.quantity(_SITE)
    ground = fields.choice("ground", Ground)
    if ground is not None:
        if "land_share" in fields:
            fields.fail("'ground' and 'land_share' are both given.", "Keep one of them.")
        said["land_share"] = _LAND_SHARE[ground]
    return {name: value for name, value in said.items() if _is_possible(fields, name, value)}


def _is_possible(fields: Fields, name: str, value: Any) -> bool:
    """Say whether a value is given and one the rules can have; else the problem is noted."""
    if value is None:
        return False
    try:
        SpectrumRules(**{name: value})
    except WideberthError as error:
        fields.note(error)
        return False
    return True


def restrictions_of(
    fields: Fields, clauses: frozenset[str], options: ReadOptions
) -> tuple[Restriction, ...]:
    """Return the bands that are kept free: the agreement's own, then those guarded from the start.

    A guard whose id the agreement gives stands as the agreement says; one that the agreement keeps
    everywhere and always under another id is not said twice. None is dropped.
    """
    shipped = shipped_data()
    refuse_twice(fields, "restricted")

    def one(inner: Fields) -> Restriction | None:
        return restriction_of(_with_guard(inner), clauses, options)

    declared = tables(fields, "restricted", one)
    for band in declared:
        guard = next((guard for guard in shipped.guards if guard.id == band.id), None)
        if guard is not None:
            _compare(fields, guard, band)
    standing = (g for g in shipped.guards if not any(_stands_for(d, g) for d in declared))
    return (*declared, *standing)


def restriction_of(
    fields: Fields, clauses: frozenset[str], options: ReadOptions
) -> Restriction | None:
    """Return a band that is kept free; without an area it is kept free everywhere."""
    fields.refuse_unknown(fields.values, _RESTRICTED)
    if refuse_guarded(fields, "kind", "id", "title", "contact"):
        return None
    name, clause = fields.text("id", required=True), cited(fields, clauses)
    kind = fields.choice("kind", RestrictionKind, required=True)
    band, window = frequency_band(fields), window_of(fields)
    area = area_of(fields, "area", options) if "area" in fields else Everywhere()
    title, contact = fields.text("title") or "", fields.text("contact") or ""
    review_s = _review(fields)
    if name is None or clause is None or kind is None or band is None:
        return None
    if window is None or area is None:
        return None
    return Restriction(name, kind, clause, band, area, window, title, contact, review_s)


def refuse_guarded(fields: Fields, kind_key: str, *text_keys: str) -> bool:
    """Note that a restricted band is one of others, which Wideberth does not keep; say if so.

    kind_key: where the file names the kind; text_keys: where it speaks of it in words.
    """
    kind = fields.values.get(kind_key)
    texts = [fields.values.get(key) for key in text_keys]
    said = next((t for t in texts if isinstance(t, str) and _OTHERS.search(t)), None)
    if isinstance(kind, str) and (_GUARDED.search(kind) or _OTHERS.search(kind)):
        said = kind
    if said is None:
        return False
    fields.fail(
        f"{said!r}: a list of guarded bands is intelligence about others; Wideberth keeps only"
        " TABOO and PROTECTED bands, which the parties keep free for everyone.",
        "Take it out of the file.",
    )
    return True


def _with_guard(fields: Fields) -> Fields:
    """Return a table of [[restricted]] with what it leaves out taken from the guard it names."""
    name = fields.values.get("id")
    guard = shipped_data().guard_tables.get(name) if isinstance(name, str) else None
    if guard is not None:
        fields.values = lay_over(_without_source(guard), fields.values)
    return fields


def _without_source(guard: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in guard.items() if key not in ("source", "verified")}


def _stands_for(declared: Restriction, guard: Restriction) -> bool:
    """Say whether a declared band is the guard, or keeps all that it keeps."""
    if declared.id == guard.id:
        return True
    is_as_strict = declared.kind in (guard.kind, RestrictionKind.TABOO)
    return is_as_strict and _is_everywhere_always(declared) and _holds(declared, guard)


def _holds(declared: Restriction, guard: Restriction) -> bool:
    band, inner = declared.band, guard.band
    return band.low_hz <= inner.low_hz and inner.high_hz <= band.high_hz


def _is_everywhere_always(declared: Restriction) -> bool:
    return isinstance(declared.area, Everywhere) and declared.window == _ALWAYS


def _compare(fields: Fields, guard: Restriction, declared: Restriction) -> None:
    """Note where the agreement has a guard stand for less than it would by itself."""
    where = f"[[restricted]] {guard.id}"
    if not _holds(declared, guard):
        low, high = (edge / 1e6 for edge in (guard.band.low_hz, guard.band.high_hz))
        fields.fail(
            f"restricted band {guard.id!r} does not hold all of {low:.10g} to {high:.10g} MHz,"
            " which are guarded from the start.",
            "Hold the whole band, or give the table another id.",
        )
    elif not _is_everywhere_always(declared):
        fields.problems.append(
            Problem(
                Severity.NOTE,
                where,
                f"clause {declared.clause} has {guard.id!r} guarded in its area and time only;"
                " from the start it is guarded everywhere and always.",
                "Leave out area, start and end to guard it everywhere and always.",
            )
        )


def _review(fields: Fields) -> float | None:
    """Return when the parties look at a band again: an instant, or the start of a date in UTC."""
    value = fields.values.get("review")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = f"{value}T00:00:00Z"
    elif isinstance(value, datetime):
        value = value.isoformat()
    elif isinstance(value, date):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC).isoformat()
    if value is None or isinstance(value, str):
        return None if value is None else fields.parse_instant(value, "review")
    fields.fail("'review' is not a date.", "Write it like review = 2027-06-01.")
    return None
