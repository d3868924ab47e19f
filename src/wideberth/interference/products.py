"""What a product of mixed signals amounts to: where it leaves, and what of it is heard.

`coupling` and `choices` say how strong it leaves the emitter in whose last stage it arises (SM.1134
by `spectrum.intermodulation`); here is what comes of it at who listens.
"""

import math
from collections.abc import Sequence
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
    INTERCEPT_DBM,
    OFF_TUNE_DB,
    TUNED_FACTOR,
    Form,
    receiver_product_dbm,
)

GUARD_EIRP_DBM: Final = -36.0  # ERC Rec. 74-01: spurious emissions below 1 GHz; verified = False
ASSUMED: Final = (
    f"{CONVERSION_DB:g} dB were taken to be lost as signals mix in a transmitter (not verified)"
)
OFF_TUNE: Final = (
    f"a transmitter was taken to keep out what is more than {TUNED_FACTOR:g} times off its own "
    f"band, by {OFF_TUNE_DB:g} dB an octave away, both as it comes in and as it leaves, and to "
    "radiate it alike to all sides (not verified)"
)
UNDECLARED: Final = f"the power is not declared{NOT_CLEARED}"
NO_POWER: Final = "no power is declared"
WITHIN: Final = "mixing within the receiver, at free-space levels (P.525-4)"


@dataclass(frozen=True, slots=True)
class Product:
    """A product that falls into what listens, and how it leaves the emitter where it arises.

    emitters: in the form's order. start_s, end_s: while all are on the air. leaving_dbm: EIRP in
    the best direction, of incoming_dbm less what was lost in mixing and tuning_db. has_beam: the
    source's antenna sends it where it sends its own. freq_hz: at which its loss is reckoned.
    """

    form: Form
    emitters: tuple[int, ...]
    source: int
    receiver: int
    low_hz: float
    high_hz: float
    start_s: float
    end_s: float
    incoming_dbm: float
    tuning_db: float
    leaving_dbm: float
    has_beam: bool
    freq_hz: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A product's budget, and the way from where it arose."""

    path: Path
    budget: LinkBudget


def heard(
    product: Product, ways: Ways, agreement: Agreement, *, within: bool = True
) -> Heard | None:
    """Return what comes of a product; None: it is borne, or nobody is there to hear it.

    within: also look at what the receiver makes itself of the signals.
    """
    path = ways.path(product.source, product.receiver)
    if path is None:
        return None
    start_s, end_s = max(product.start_s, path.start_s), min(product.end_s, path.end_s)
    if not start_s < end_s:
        return None
    path = replace(path, start_s=start_s, end_s=end_s)
    emission = _mixed(product, ways)
    if ways.volume(product.receiver).role is Role.GUARD:
        budget = _in_guard(product, emission, path, ways, agreement)
    else:
        reception = ways.reception(product.receiver)
        link = Link(emission, reception, path, Air.of(agreement.spectrum))
        budget = _in_receiver(link, product, _arriving_dbm(product, ways) if within else ())
    return None if budget is None else Heard(path, budget)


def restriction_of(guard: Volume, agreement: Agreement) -> Restriction | None:
    """Return the restriction that a volume guards; None: it guards none."""
    if guard.role is not Role.GUARD:
        return None
    return next((one for one in agreement.restrictions if one.id == guard.id), None)


def _mixed(product: Product, ways: Ways) -> Emission:
    """Return the source's emission, with what is not declared of the others' power."""
    emission, others = ways.emission(product.source), [ways.emission(k) for k in product.emitters]
    undeclared = [text for one in others for text in one.assumed if text.startswith(NO_POWER)]
    return replace(
        emission,
        is_declared=all(one.is_declared for one in others),
        antenna=emission.antenna if product.has_beam else None,
        assumed=tuple(dict.fromkeys((*undeclared, *emission.assumed))),
    )


def _arriving_dbm(product: Product, ways: Ways) -> tuple[float, ...]:
    """Return what arrives of each signal, if all are in the receiver's front end; else nothing."""
    if ways.volume(product.receiver).role is Role.GUARD:
        return ()
    found = tuple(arriving_dbm(k, product.receiver, ways) for k in product.emitters)
    return found if all(map(math.isfinite, found)) else ()


def arriving_dbm(emitter: int, receiver: int, ways: Ways) -> float:
    """Return what arrives of a signal in a receiver's front end; minus infinity: nothing."""
    reception, emission = ways.reception(receiver), ways.emission(emitter)
    front = reception.front
    if not (emission.low_hz < front.high_hz and front.low_hz < emission.high_hz):
        return -math.inf
    path = ways.path(emitter, receiver)
    if path is None:
        return -math.inf
    loss_db = free_space_db(min(emission.low_hz, reception.low_hz), path.distance_m)
    return emission.eirp_dbm - loss_db + reception.gain_dbi


def _in_guard(
    product: Product, emission: Emission, path: Path, ways: Ways, agreement: Agreement
) -> LinkBudget | None:
    """Return the budget of a product in a band that is kept free, where it is kept free."""
    eirp_dbm = product.leaving_dbm
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
        inputs=_leaving_inputs(product),
        assumed=(*unknown, *undeclared, ASSUMED, OFF_TUNE),
    )


def _leaving_inputs(product: Product) -> tuple[tuple[str, float | str], ...]:
    """Return what a product that leaves is made of, by name."""
    lost_db = product.incoming_dbm - CONVERSION_DB - product.tuning_db
    return (
        ("incoming_dbm", product.incoming_dbm),
        ("conversion_db", CONVERSION_DB),
        ("off_tune_db", product.tuning_db),
        ("leaving_gain_dbi", product.leaving_dbm - lost_db),
    )


def _in_receiver(
    link: Link, product: Product, arriving_dbm: tuple[float, ...]
) -> LinkBudget | None:
    """Return the budget of a product that arrives, or that arises within; None: it is borne."""
    limit_dbm, intercept_dbm = link.reception.limit_dbm, link.reception.iip3_dbm
    intercept_dbm = INTERCEPT_DBM if intercept_dbm is None else intercept_dbm
    inside_dbm = -math.inf
    if arriving_dbm:
        inside_dbm = float(receiver_product_dbm(product.form, arriving_dbm, intercept_dbm))
    figures = budgets.figures_of(link, Case.INTERMODULATION, product.leaving_dbm, 0.0)
    figures = replace(figures, freq_hz=product.freq_hz)
    if limit_dbm is None or inside_dbm <= limit_dbm:
        budget = budgets.judged(figures, link)
        return None if budget is None else _with_leaving(budget, product)
    budget = budgets.weighed(figures, link)
    if budget.interference_dbm is not None and budget.interference_dbm >= inside_dbm:
        return _with_leaving(budget, product)
    signals = ((f"signal_{k}_dbm", level) for k, level in enumerate(arriving_dbm, 1))
    return replace(
        budget,
        verdict=Verdict.NO_MODEL if _is_open(budget.assumed) else Verdict.EXCEEDED,
        interference_dbm=inside_dbm,
        loss_db=None,
        need_m=None,
        need_dbm=None,
        model=WITHIN,
        inputs=(*signals, ("intercept_dbm", intercept_dbm)),
    )


def _with_leaving(budget: LinkBudget, product: Product) -> LinkBudget:
    return replace(
        budget,
        inputs=(*budget.inputs, *_leaving_inputs(product)),
        assumed=(*budget.assumed, ASSUMED, OFF_TUNE),
    )


def _is_open(assumed: Sequence[str]) -> bool:
    return any(text.endswith(NOT_CLEARED) for text in assumed)
