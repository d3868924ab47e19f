"""Protection data as TOML: the shipped file, and the rows an agreement adds or lays over it.

One form for both: data/protection.toml and the tables [[protection]] and [[equipage]] of an
agreement file have the same keys. docs/formats/protection.md is for people.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.agreement_tables import ids_of, tables
from wideberth.formats.fields import Fields, nearest, show_value
from wideberth.formats.plan_spans import frequency_band, hertz
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.criterion_text import read as read_criterion
from wideberth.model.footprint import Everywhere
from wideberth.model.protection import Criterion, Equipage, Protection
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.units import HERTZ_PER_KILOHERTZ

T = TypeVar("T", Protection, Equipage)
Rows = Mapping[str, Mapping[str, Any]]

BAND: Final = (
    "freq_low_mhz", "freq_high_mhz", "freq_low_hz", "freq_high_hz", "center_mhz", "bandwidth_khz",
)  # fmt: skip
_PROTECTION: Final = frozenset(
    {
        "id", "title", "channel_khz", "channel_hz", "criterion", "listens_mhz", "noise_figure_db",
        "gain_dbi", "overload_dbm", "only_named", "safety", "source", "verified", *BAND,
    }
)  # fmt: skip
_EQUIPAGE: Final = ("id", "title", "arena", "receivers")
_GUARD: Final = ("id", "kind", "title", "source", "verified", *BAND)
_FIGURES: Final = {  # the lowest and highest that any receiver has; beyond is a slip
    "noise_figure_db": (0.0, 60.0),
    "gain_dbi": (-60.0, 90.0),
    "overload_dbm": (-150.0, 100.0),
}
_CHANNEL: Final = {"channel_khz": HERTZ_PER_KILOHERTZ, "channel_hz": 1.0}
_NO_FIGURES: Final = frozenset({"id", "title", "source", "verified"})


@dataclass(frozen=True, slots=True)
class ShippedData:
    """What comes with the program: rows, equipages and guards, and their tables as written."""

    protections: tuple[Protection, ...]
    equipages: tuple[Equipage, ...]
    guards: tuple[Restriction, ...]
    protection_tables: Rows
    equipage_tables: Rows
    guard_tables: Rows


@cache
def shipped_data() -> ShippedData:
    """Return the protection data that is shipped with the program."""
    text = files("wideberth.formats").joinpath("data", "protection.toml").read_text("utf-8")
    fields = Fields(tomllib.loads(text), "protection.toml")
    fields.refuse_unknown(fields.values, ("protection", "equipage", "restricted"))
    protections = tables(fields, "protection", protection_of)
    known = frozenset(row.id for row in protections)
    data = ShippedData(
        protections,
        tables(fields, "equipage", lambda f: equipage_of(f, known)),
        tables(fields, "restricted", _guard_of),
        _by_id(fields, "protection"),
        _by_id(fields, "equipage"),
        _by_id(fields, "restricted"),
    )
    if fields.problems:
        raise ImpossibleValueError(" ".join(f"{p.where}: {p.what}" for p in fields.problems))
    return data


def protections_of(fields: Fields) -> tuple[Protection, ...]:
    """Return the shipped rows with an agreement's [[protection]] laid over them or added."""
    shipped = shipped_data()
    made = _laid_over(fields, "protection", shipped.protection_tables, protection_of)
    return _merged(shipped.protections, made)


def equipages_of(fields: Fields) -> tuple[Equipage, ...]:
    """Return the shipped equipages with an agreement's [[equipage]] laid over them or added."""
    shipped = shipped_data()
    known = frozenset(shipped.protection_tables) | ids_of(fields, "protection")
    made = _laid_over(fields, "equipage", shipped.equipage_tables, lambda f: equipage_of(f, known))
    return _merged(shipped.equipages, made)


def lay_over(base: Mapping[str, Any] | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with what is not given taken from another; a band is taken whole."""
    kept = dict(base or {})
    for keys in (BAND, tuple(_CHANNEL)):
        if any(key in given for key in keys):
            kept = {key: value for key, value in kept.items() if key not in keys}
    return kept | dict(given)


def refuse_twice(fields: Fields, key: str) -> None:
    """Note every id that two tables of [[key]] share."""
    value = fields.values.get(key)
    items = value if isinstance(value, list) else []
    named = (item.get("id") for item in items if isinstance(item, dict))
    for name, count in Counter(name for name in named if isinstance(name, str)).items():
        if count > 1:
            fields.fail(f"{count} tables of [[{key}]] are called {name!r}.", "Give each its own.")


def protection_of(fields: Fields) -> Protection | None:
    """Return a row of protection data."""
    fields.refuse_unknown(fields.values, _PROTECTION)
    name, source = fields.text("id", required=True), fields.text("source", required=True)
    band, criterion = frequency_band(fields), _criterion(fields)
    bandwidth_hz, listens = _channel_hz(fields), _listens(fields, band)
    figures = {key: _figure(fields, key) for key in _FIGURES}
    said: dict[str, Any] = {key: value for key, value in figures.items() if value is not None}
    said |= {flag: fields.flag(flag) for flag in ("safety", "verified", "only_named")}
    title = fields.text("title") or ""
    if name is None or source is None or band is None or criterion is None or fields.problems:
        return None
    if bandwidth_hz is None:
        return None
    try:
        return Protection(
            name, title, band, bandwidth_hz, criterion, source, listens=listens, **said
        )
    except WideberthError as error:
        fields.note(error)
        return None


def equipage_of(fields: Fields, known: frozenset[str]) -> Equipage | None:
    """Return what a kind of craft listens with; its receivers are rows of protection data."""
    fields.refuse_unknown(fields.values, _EQUIPAGE)
    name, title = fields.text("id", required=True), fields.text("title") or ""
    arena = fields.choice("arena", Arena, required=True)
    if arena is Arena.SPECTRUM:
        fields.fail("an equipage of arena 'spectrum'.", "A craft is in the air or at sea.")
    receivers = fields.values.get("receivers")
    if not isinstance(receivers, list) or not receivers:
        fields.fail(
            "'receivers' is not a list of rows.", 'Write it like receivers = ["vhf_voice"].'
        )
        return None
    for receiver in receivers:
        if not isinstance(receiver, str):
            fields.fail(f"receiver {show_value(receiver)} is not text.", "Write it in quotes.")
        elif receiver not in known:
            fields.fail(
                f"receiver {receiver!r} is not in the protection data.", nearest(receiver, known)
            )
    if name is None or arena is None or fields.problems:
        return None
    if len(set(receivers)) != len(receivers):
        fields.fail(f"equipage {name!r} names a receiver twice.", "Name each once.")
        return None
    return Equipage(name, title, arena.value, tuple(receivers))


def _laid_over(
    fields: Fields, key: str, shipped: Rows, build: Callable[[Fields], T | None]
) -> tuple[T, ...]:
    refuse_twice(fields, key)

    def one(inner: Fields) -> T | None:
        name = inner.values.get("id")
        base = shipped.get(name) if isinstance(name, str) else None
        inner.values = _sourced(base, lay_over(base, inner.values), inner.values)
        return build(inner)

    return tables(fields, key, one)


def _sourced(
    base: Mapping[str, Any] | None, whole: dict[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a table that never claims that a standard says what the agreement says.

    Figures changed without a source of their own are named behind the shipped one; then, and
    under a new source, the row is not verified unless the agreement says so.
    """
    if base is None or "source" not in base:
        return whole
    changed = sorted(set(given) - _NO_FIGURES)
    if changed and "source" not in given:
        whole["source"] = f"{base['source']}; {', '.join(changed)} by the agreement"
    if (changed or "source" in given) and "verified" not in given:
        whole["verified"] = False
    return whole


def _merged(shipped: tuple[T, ...], made: tuple[T, ...]) -> tuple[T, ...]:
    """Return the shipped rows in their order, with new ones in their places, and added ones."""
    rows: dict[str, T] = {row.id: row for row in shipped}
    for row in made:
        rows[row.id] = row
    return tuple(rows.values())


def _by_id(fields: Fields, key: str) -> Rows:
    value = fields.values.get(key)
    items = value if isinstance(value, list) else []
    tables_given = (item for item in items if isinstance(item, dict))
    return {item["id"]: item for item in tables_given if isinstance(item.get("id"), str)}


def _guard_of(fields: Fields) -> Restriction | None:
    """Return a band that is guarded from the start: everywhere, always, by no clause."""
    fields.refuse_unknown(fields.values, _GUARD)
    name, source = fields.text("id", required=True), fields.text("source", required=True)
    kind, band = fields.choice("kind", RestrictionKind, required=True), frequency_band(fields)
    if name is None or source is None or kind is None or band is None:
        return None
    always, title = TimeWindow(-math.inf, math.inf), fields.text("title") or ""
    is_verified = fields.flag("verified")
    return Restriction(
        name, kind, "", band, Everywhere(), always, title, source=source, verified=is_verified
    )


def _criterion(fields: Fields) -> Criterion | None:
    text = fields.text("criterion", required=True)
    if text is None:
        return None
    try:
        return read_criterion(text)
    except WideberthError as error:
        fields.note(error)
        return None


def _channel_hz(fields: Fields) -> float | None:
    if not fields.given(*_CHANNEL):
        fields.fail("'channel_khz' is missing.", "Give the bandwidth of one channel.")
    width_hz = fields.quantity(_CHANNEL)
    if width_hz is not None and not width_hz > 0.0:
        fields.fail("'channel_khz' is not above zero.", "Give the bandwidth of one channel.")
        return None
    return width_hz


def _listens(fields: Fields, band: FrequencyBand | None) -> tuple[FrequencyBand, ...]:
    """Return the bands in which a receiver aboard listens; each lies in the row's band."""
    value = fields.values.get("listens_mhz", [])
    remedy = "Write it like listens_mhz = [[1565.19, 1585.65]], within the band of the row."
    if not isinstance(value, list):
        fields.fail(f"'listens_mhz' is {show_value(value)}, not a list.", remedy)
        return ()
    found: list[FrequencyBand] = []
    for pair in value:
        heard = _heard(fields, pair, remedy)
        if heard is None:
            continue
        if band is not None and not (band.low_hz <= heard.low_hz < heard.high_hz <= band.high_hz):
            fields.fail(f"'listens_mhz' {pair} is not within the band of the row.", remedy)
        found.append(heard)
    return tuple(found)


def _heard(fields: Fields, pair: object, remedy: str) -> FrequencyBand | None:
    if not isinstance(pair, list) or len(pair) != 2:
        fields.fail(f"'listens_mhz' has {show_value(pair)}, not a pair.", remedy)
        return None
    inner = Fields(dict(zip(("low", "high"), pair, strict=True)), fields.where)
    low, high = inner.number("low"), inner.number("high")
    for problem in inner.problems:
        fields.fail(f"listens_mhz: {problem.what}", problem.remedy)
    if low is None or high is None:
        return None
    try:
        return FrequencyBand(hertz(low), hertz(high))
    except WideberthError as error:
        fields.note(error, "listens_mhz")
        return None


def _figure(fields: Fields, key: str) -> float | None:
    value = fields.number(key)
    low, high = _FIGURES[key]
    if value is not None and not low <= value <= high:
        fields.fail(f"{key!r} {value:g} is not within {low:g} to {high:g}.", "Check the figure.")
        return None
    return value
