"""What a product of mixed signals amounts to: where it leaves, and what of it is heard.

Any emitter of the product may be the one in whose last stage they mix: the worst counts. Levels by
`spectrum.intermodulation` (SM.1134).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.path import Path
from wideberth.interference.propagation import Air, free_space_db
from wideberth.interference.sides import Emission
from wideberth.interference.skirts import NOT_CLEARED
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement, Restriction
from wideberth.model.budget import Case, LinkBudget, Verdict
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import (
    CONVERSION_DB,
    Form,
    receiver_product_dbm,
    transmitter_product_dbm,
)

GUARD_EIRP_DBM: Final = -36.0  # ERC Rec. 74-01: spurious emissions below 1 GHz; verified = False
ASSUMED: Final = (
    f"{CONVERSION_DB:g} dB were taken to be lost as signals mix in a transmitter (not verified)"
)
UNDECLARED: Final = f"the power is not declared{NOT_CLEARED}"
NO_POWER: Final = "no power is declared"


@dataclass(frozen=True, slots=True)
class Product:
    """A product that falls into a receiver: its form, emitters in the form's order, and band."""

    form: Form
    emitters: tuple[int, ...]
    receiver: int
    low_hz: float
    high_hz: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A product's budget, the emitter in whose last stage it arose, and the way from there."""

    source: int
    path: Path
    budget: LinkBudget


def worst(product: Product, ways: Ways, agreement: Agreement) -> Heard | None:
    """Return a product at its worst; None: it is borne, or its signals never meet."""
    start_s, end_s = _together_s(product, ways)
    if not start_s < end_s:
        return None
    inside_dbm: float | None = None
    found: list[Heard] = []
    for source, eirp_dbm in _leaving(product, ways, agreement.spectrum.site_m):
        path = ways.path(source, product.receiver)
        if path is None or not max(start_s, path.start_s) < min(end_s, path.end_s):
            continue
        if inside_dbm is None:
            inside_dbm = _inside_dbm(product, ways)
        path = replace(path, start_s=max(start_s, path.start_s), end_s=min(end_s, path.end_s))
        emission = _mixed(product, source, ways)
        if ways.volume(product.receiver).role is Role.GUARD:
            budget = _in_guard(product, (emission, eirp_dbm), path, ways, agreement)
        else:
            reception = ways.reception(product.receiver)
            link = Link(emission, reception, path, Air.of(agreement.spectrum))
            budget = _in_receiver(link, product, eirp_dbm, inside_dbm)
        if budget is not None:
            found.append(Heard(source, path, budget))
    return min(found, key=lambda one: budgets.severity(one.budget)) if found else None


def restriction_of(guard: Volume, agreement: Agreement) -> Restriction | None:
    """Return the restriction that a volume guards; None: it guards none."""
    if guard.role is not Role.GUARD:
        return None
    return next((one for one in agreement.restrictions if one.id == guard.id), None)


def _together_s(product: Product, ways: Ways) -> tuple[float, float]:
    """Return from when to when all emitters are on the air."""
    windows = [ways.volume(k).time for k in product.emitters]
    return max(time.start_s for time in windows), min(time.end_s for time in windows)


def _leaving(product: Product, ways: Ways, site_m: float) -> Iterator[tuple[int, float]]:
    """Yield emitters in whose last stage the product arises, and its EIRP; none: all are apart.

    What comes in of another's EIRP mixes and goes out by this one's antenna.
    """
    for source in product.emitters:
        gain_dbi = _gain_dbi(ways.emission(source))
        found = []
        for other in product.emitters:
            path = ways.path(min(source, other), max(source, other)) if other != source else None
            if path is None or path.lateral_m > site_m:
                continue
            emission = ways.emission(other)
            coupling_db = free_space_db(emission.low_hz, path.distance_m)
            found.append(float(transmitter_product_dbm(emission.eirp_dbm, coupling_db)) + gain_dbi)
        if found:
            yield source, max(found)


def _gain_dbi(emission: Emission) -> float:
    return 0.0 if emission.antenna is None else emission.antenna.gain_dbi


def _mixed(product: Product, source: int, ways: Ways) -> Emission:
    """Return the source's emission, with what is not declared of the others' power."""
    emission, others = ways.emission(source), [ways.emission(k) for k in product.emitters]
    undeclared = [text for one in others for text in one.assumed if text.startswith(NO_POWER)]
    return replace(
        emission,
        is_declared=all(one.is_declared for one in others),
        assumed=tuple(dict.fromkeys((*undeclared, *emission.assumed))),
    )


def _inside_dbm(product: Product, ways: Ways) -> float:
    """Return what the receiver makes itself, if all signals are in its front end."""
    if ways.volume(product.receiver).role is Role.GUARD:
        return -math.inf
    reception = ways.reception(product.receiver)
    front, powers_dbm = reception.front, []
    for k in product.emitters:
        emission, path = ways.emission(k), ways.path(k, product.receiver)
        is_in = emission.low_hz < front.high_hz and front.low_hz < emission.high_hz
        if path is None or not is_in:
            return -math.inf
        loss_db = free_space_db(min(emission.low_hz, reception.low_hz), path.distance_m)
        powers_dbm.append(emission.eirp_dbm - loss_db + reception.gain_dbi)
    if reception.iip3_dbm is None:
        return float(receiver_product_dbm(product.form, powers_dbm))
    return float(receiver_product_dbm(product.form, powers_dbm, reception.iip3_dbm))


def _in_guard(
    product: Product,
    leaving: tuple[Emission, float],
    path: Path,
    ways: Ways,
    agreement: Agreement,
) -> LinkBudget | None:
    """Return the budget of a product in a band that is kept free, where it is kept free."""
    emission, eirp_dbm = leaving
    restriction = restriction_of(ways.volume(product.receiver), agreement)
    if restriction is None or path.lateral_m > 0.0 or eirp_dbm <= GUARD_EIRP_DBM:
        return None
    unknown = () if emission.is_declared else (UNDECLARED,)
    undeclared = [text for text in emission.assumed if text.startswith(NO_POWER)]
    return LinkBudget(
        case=Case.INTERMODULATION,
        verdict=Verdict.NO_MODEL if unknown else Verdict.EXCEEDED,
        service=restriction.title or restriction.id,
        source=restriction.source or f"clause {restriction.clause}",
        verified=False,
        freq_hz=(product.low_hz + product.high_hz) / 2.0,
        distance_m=0.0,
        eirp_dbm=eirp_dbm,
        loss_db=0.0,
        rejection_db=0.0,
        gain_dbi=0.0,
        interference_dbm=eirp_dbm,
        limit_dbm=GUARD_EIRP_DBM,
        model="the band is kept free: what leaves the antenna counts, whatever is lost",
        assumed=(*unknown, *undeclared, ASSUMED),
    )


def _in_receiver(
    link: Link, product: Product, eirp_dbm: float, inside_dbm: float
) -> LinkBudget | None:
    """Return the budget of a product that arrives, or that arises within; None: it is borne."""
    limit_dbm = link.reception.limit_dbm
    figures = budgets.figures_of(link, Case.INTERMODULATION, eirp_dbm, 0.0)
    figures = replace(figures, freq_hz=max(1.0, min(product.low_hz, link.reception.low_hz)))
    budget = budgets.judged(figures, link)
    if limit_dbm is None or inside_dbm <= limit_dbm:
        return None if budget is None else _with_assumed(budget)
    budget = budgets.weighed(figures, link)
    if budget.interference_dbm is not None and budget.interference_dbm >= inside_dbm:
        return _with_assumed(budget)
    return replace(
        budget,
        verdict=Verdict.NO_MODEL if _is_open(budget.assumed) else Verdict.EXCEEDED,
        interference_dbm=inside_dbm,
        loss_db=None,
        need_m=None,
        need_dbm=None,
        model="mixing within the receiver, at free-space levels (P.525-4)",
        inputs=(),
    )


def _with_assumed(budget: LinkBudget) -> LinkBudget:
    return replace(budget, assumed=(*budget.assumed, ASSUMED))


def _is_open(assumed: Sequence[str]) -> bool:
    return any(text.endswith(NOT_CLEARED) for text in assumed)
