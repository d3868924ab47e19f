"""The screen's rows: emissions and receivers of a field as balls, bands and levels.

Each stretch of a volume is a ball that holds it with all its heights; the screen then errs only
towards reporting. The exact judgement comes after.
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.boxes import span_m
from wideberth.engine.columns import ROLES
from wideberth.engine.entries import LEAST_RADIUS_M
from wideberth.engine.field import Field, Question
from wideberth.engine.near import Pairs
from wideberth.interference.laid import Laid, laid_of
from wideberth.interference.sides import Emission, Reception
from wideberth.model.agreement import Agreement, HeightRanges
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Role
from wideberth.spectrum.harmonics import ORDERS
from wideberth.spectrum.screen_rows import Emitters, Receivers

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

SLACK_DB: Final = 0.05  # for what balls round and rejection is interpolated
GEOID_M: Final = 120.0  # the geoid is no farther from the ellipsoid anywhere (EGM96: -107 to 86 m)
UPRIGHT: Final = 0.0034  # how much the upright leans from the Earth's centre, in radians, at most
HIGHEST_M: Final = 100_000.0
VAST_M: Final = 9.0e6
EARTH_BALL_M: Final = 13_000_000.0  # whatever is on the Earth, or not too far above it, is within
ROUNDING_S: Final = 1e-3
DEAF_DB: Final = 900.0  # out of its band such a row harms nobody


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a screen looks for: which harm, and receivers of which carrier.

    slack_db: how far below its limit a pair may be, and is still wanted.
    """

    harmonics: bool = False
    blocking: bool = False
    aboard: str = ""
    slack_db: float = 0.0


class Heard(NamedTuple):
    """Volumes that emit and that listen, pair by pair, and the least margin in free space, dB."""

    emitter: Codes
    receiver: Codes
    margin_db: Floats


def screened(field: Field, question: Question, wanted: Wanted, agreement: Agreement) -> Pairs:
    """Return the pairs i < j of volumes that may harm one another, in order, each once."""
    found = heard(field, question, wanted, agreement)
    low, high = np.minimum(found[0], found[1]), np.maximum(found[0], found[1])
    order = np.lexsort((high, low))
    return low[order], high[order]


def heard(field: Field, question: Question, wanted: Wanted, agreement: Agreement) -> Heard:
    """Return who may be heard by whom, by emitter and then receiver, each pair once."""
    laid = laid_of(field, agreement)
    emitting = _places(field, Role.EMIT, None)
    listening = _places(field, Role.RECEIVE, wanted.aboard)
    if not (len(emitting) and len(listening)):
        return Heard(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    from wideberth.spectrum.screen import find  # noqa: PLC0415 - only where somebody listens

    balls = field.kept(("balls", agreement.heights), lambda: _balls(field, agreement.heights))
    same = laid, question.within, wanted.harmonics
    emitters, whose_e = field.kept(
        ("emitters", *same), lambda: _emitters(field, emitting, wanted, (question, laid), balls)
    )
    receivers, whose_r = field.kept(
        ("receivers", *same, wanted.blocking, wanted.aboard),
        lambda: _receivers(field, listening, wanted, (question, laid), balls),
    )
    hits = find(emitters, receivers, slack_db=wanted.slack_db + SLACK_DB, fast=question.fast)
    keys = whose_e[hits.emitter] * len(field.refs) + whose_r[hits.receiver]
    order = np.lexsort((hits.margin_db, keys))  # not a number comes last: take it first
    order = order[np.lexsort((~np.isnan(hits.margin_db[order]), keys[order]))]
    keys, first = np.unique(keys[order], return_index=True)
    return Heard(keys // len(field.refs), keys % len(field.refs), hits.margin_db[order][first])


def _places(field: Field, role: Role, aboard: str | None) -> NDArray[np.intp]:
    """Return the volumes with a role; aboard: of receivers only those of this carrier."""
    return field.kept(("places", role, aboard), lambda: _places_of(field, role, aboard))


def _places_of(field: Field, role: Role, aboard: str | None) -> NDArray[np.intp]:
    found = np.flatnonzero(field.columns.role == ROLES.index(role))
    if aboard is None:
        return found
    radios = (field.volumes[k].radio for k in found.tolist())
    fits = [(radio.aboard if radio else "") == aboard for radio in radios]
    return np.asarray(found[np.array(fits, bool)])


def _balls(field: Field, ranges: HeightRanges) -> tuple[Floats, Floats]:
    """Return centres (m, 3) and radii of balls that hold the entries with all their heights.

    About the entry's disc, lifted to the middle of the heights: a point of the disc at height h is
    at most the disc's radius, the distance of h from the middle, and what uprights at the point
    and the line from the Earth's centre diverge by, away. What has no upper limit, and discs about
    as large as the Earth: a ball about the whole Earth.
    """
    entries, rows = field.columns.entries, field.columns.entries.volume
    is_radio = field.columns.role != ROLES.index(None)
    span = [
        span_m(v, ranges) if k else (0.0, 0.0) for v, k in zip(field.volumes, is_radio, strict=True)
    ]
    low_m, high_m = np.array(span, float).reshape(-1, 2)[rows].T
    is_vast = ~(high_m <= HIGHEST_M) | ~(low_m >= -HIGHEST_M) | (entries.cap_m >= VAST_M)
    low_m, high_m = (
        np.where(is_vast, 0.0, low_m) - GEOID_M,
        np.where(is_vast, 0.0, high_m) + GEOID_M,
    )
    middle_m = (low_m + high_m) / 2.0
    away_m = np.maximum(1.0, np.linalg.norm(entries.centre, axis=1))
    centre = entries.centre * (1.0 + middle_m / away_m)[:, None]
    leaning = entries.cap_m / LEAST_RADIUS_M + UPRIGHT
    radius_m = entries.cap_m + (high_m - low_m) / 2.0 + np.abs(middle_m) * leaning + 1.0
    return np.where(is_vast[:, None], 0.0, centre), np.where(is_vast, EARTH_BALL_M, radius_m)


def _emitters(
    field: Field,
    places: NDArray[np.intp],
    wanted: Wanted,
    asked: tuple[Question, Laid],
    balls: tuple[Floats, Floats],
) -> tuple[Emitters, Codes]:
    """Return the screen's emitters, and the volume that each row is of."""
    question, laid = asked
    orders = ORDERS if wanted.harmonics else (1,)
    rules = laid.agreement.spectrum
    per_volume = [_carriers(laid.emission(k), orders, rules) for k in places.tolist()]
    volume, row = _spread(field, places)
    at = np.searchsorted(places, volume)
    values = np.array(per_volume, float).reshape(-1, len(orders), 4)[at].reshape(-1, 4)
    volume, row = np.repeat(volume, len(orders)), np.repeat(row, len(orders))
    entries = field.columns.entries
    return Emitters(
        centre=balls[0][row],
        radius_m=balls[1][row],
        low_hz=values[:, 0],
        high_hz=values[:, 1],
        floor_db=values[:, 3],
        start_s=entries.start_s[row] - ROUNDING_S,
        end_s=entries.end_s[row] + ROUNDING_S,
        owner=_owner(field, question)[volume],
        link=field.columns.link[volume].astype(np.int64),
        eirp_dbm=values[:, 2],
    ), volume.astype(np.int64)


def _carriers(
    emission: Emission, orders: tuple[int, ...], rules: SpectrumRules
) -> list[tuple[float, float, float, float]]:
    """Return (low_hz, high_hz, eirp_dbm, floor_db) of an emission, or of its harmonics.

    The band is as wide as it spills; a harmonic counts in its own band alone.
    """
    if orders == (1,):
        spill_hz = emission.spill_hz
        low_hz = max(1.0, emission.low_hz - spill_hz)
        floor_db = min(emission.skirt.floor_db, rules.rejection_floor_db)
        return [(low_hz, emission.high_hz + spill_hz, emission.eirp_dbm, floor_db)]
    eirp_dbm = emission.eirp_dbm - emission.harmonics_db
    return [
        (order * emission.low_hz, order * emission.high_hz, eirp_dbm, DEAF_DB) for order in orders
    ]


def _receivers(
    field: Field,
    places: NDArray[np.intp],
    wanted: Wanted,
    asked: tuple[Question, Laid],
    balls: tuple[Floats, Floats],
) -> tuple[Receivers, Codes]:
    """Return the screen's receivers, and the volume that each row is of."""
    question, laid = asked
    found = [laid.reception(k) for k in places.tolist()]
    if wanted.blocking:
        has_front = np.array([one.overload_dbm is not None for one in found], bool)
        places, found = places[has_front], [one for one in found if one.overload_dbm is not None]
    volume, row = _spread(field, places)
    per_volume = np.array([_ear(one, wanted) for one in found], float).reshape(-1, 4)
    values = per_volume[np.searchsorted(places, volume)]
    entries = field.columns.entries
    return Receivers(
        centre=balls[0][row],
        radius_m=balls[1][row],
        low_hz=values[:, 0],
        high_hz=values[:, 1],
        floor_db=values[:, 3],
        start_s=entries.start_s[row] - ROUNDING_S,
        end_s=entries.end_s[row] + ROUNDING_S,
        owner=_owner(field, question)[volume],
        link=field.columns.link[volume].astype(np.int64),
        limit_dbm=values[:, 2],
    ), volume.astype(np.int64)


def _ear(reception: Reception, wanted: Wanted) -> tuple[float, float, float, float]:
    """Return (low_hz, high_hz, limit_dbm less gain, floor_db) of a receiver or its front end."""
    if wanted.blocking:
        overload_dbm = reception.overload_dbm
        assert overload_dbm is not None
        front = reception.front
        return front.low_hz, front.high_hz, overload_dbm - reception.gain_dbi, DEAF_DB
    if wanted.harmonics:
        low_hz, high_hz, floor_db = reception.low_hz, reception.high_hz, DEAF_DB
    else:
        low_hz = max(1.0, reception.low_hz - reception.spread_hz)
        high_hz = reception.high_hz + reception.spread_hz
        floor_db = reception.skirt.floor_db
    limit_dbm = math.nan if reception.limit_dbm is None else reception.limit_dbm
    return low_hz, high_hz, limit_dbm - reception.gain_dbi, floor_db


def _spread(field: Field, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each entry of the volumes asked: the volume, and the entry's row."""
    is_wanted = np.zeros(len(field.refs), bool)
    is_wanted[places] = True
    row = np.flatnonzero(is_wanted[field.columns.entries.volume])
    return np.asarray(field.columns.entries.volume[row]), row


def _owner(field: Field, question: Question) -> Codes:
    """Return whose each volume is: volumes of one owner are never compared."""
    owner = field.columns.activity if question.within else field.columns.party
    return owner.astype(np.int64)
