"""What an agreement says itself of radio, as the tables of its file."""

from decimal import Decimal
from typing import Any, Final

from wideberth.formats.agreement_document_places import (
    Table,
    UnsayableError,
    area,
    instant,
    window,
)
from wideberth.formats.protection_toml import shipped_data
from wideberth.model.agreement import Agreement, Restriction
from wideberth.model.criterion_text import write as criterion_text
from wideberth.model.footprint import Everywhere
from wideberth.model.protection import Equipage, Protection
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules

_PARAMETERS: Final = (
    "clause", "refine", "time_percent", "surface_refractivity_n", "lapse_n_per_km", "land_share",
    "margin_db", "undeclared_eirp_dbm", "rejection_floor_db", "site_m",
)  # fmt: skip


def spectrum_of(rules: SpectrumRules) -> Table:
    """Return [spectrum], every parameter said."""
    said = {name: getattr(rules, name) for name in _PARAMETERS}
    return {key: value for key, value in said.items() if value != ""}


def protections_of(rules: SpectrumRules) -> dict[str, list[Table]]:
    """Return [[protection]] and [[equipage]]: the rows that do not come with the program."""
    shipped = shipped_data()
    _refuse_missing("protection", rules.protections, shipped.protections)
    _refuse_missing("equipage", rules.equipages, shipped.equipages)
    rows = [
        row for row in rules.protections if row.id in rules.stated or row not in shipped.protections
    ]
    crafts = [
        craft
        for craft in rules.equipages
        if craft.id in rules.stated_equipages or craft not in shipped.equipages
    ]
    return {"protection": [_row(row) for row in rows], "equipage": [_craft(one) for one in crafts]}


def restrictions_of(agreement: Agreement) -> list[Table]:
    """Return [[restricted]]: the bands that some clause keeps free.

    Raises UnsayableError for a band that stands on no clause and does not come with the program.
    """
    said = [one for one in agreement.restrictions if one.clause]
    for one in agreement.restrictions:
        if not one.clause and one not in shipped_data().guards:
            raise UnsayableError(f"restricted band {one.id!r} cites no clause.")
    return [_restriction(one) for one in said]


def _refuse_missing(what: str, rows: tuple[Any, ...], shipped: tuple[Any, ...]) -> None:
    if not rows:  # an agreement made without protection data, by no file
        return
    missing = {row.id for row in shipped} - {row.id for row in rows}
    if missing:
        raise UnsayableError(f"{what} data without {', '.join(sorted(missing))}.")


def _restriction(one: Restriction) -> Table:
    said: Table = {
        "id": one.id,
        "kind": one.kind.value,
        "clause": one.clause,
        **_band(one.band),
        **({} if isinstance(one.area, Everywhere) else {"area": area(one.area)}),
        **window(one.window),
        "title": one.title,
        "contact": one.contact,
    }
    return said | ({} if one.review_s is None else {"review": instant(one.review_s)})


def _row(row: Protection) -> Table:
    said: Table = {
        "id": row.id,
        "title": row.title,
        **_band(row.band),
        "channel_hz": row.bandwidth_hz,
        "criterion": criterion_text(row.criterion),
        "listens_mhz": [[_mhz(one.low_hz), _mhz(one.high_hz)] for one in row.listens],
        "noise_figure_db": row.noise_figure_db,
        "gain_dbi": row.gain_dbi,
        "overload_dbm": row.overload_dbm,
        "safety": row.safety,
        "only_named": row.only_named,
        "source": row.source,
        "verified": row.verified,
    }
    return {key: value for key, value in said.items() if value is not None}


def _craft(craft: Equipage) -> Table:
    return {
        "id": craft.id,
        "title": craft.title,
        "arena": craft.arena,
        "receivers": list(craft.receivers),
    }


def _band(band: FrequencyBand) -> Table:
    return {"freq_low_hz": band.low_hz, "freq_high_hz": band.high_hz}


def _mhz(freq_hz: float) -> float:
    return float(Decimal(repr(freq_hz)).scaleb(-6))
