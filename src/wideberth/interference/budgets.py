"""The budget of one link: what arrives at a receiver at worst, beside what it bears."""

from dataclasses import dataclass, replace
from typing import Final

from wideberth.interference.figures import Figures
from wideberth.interference.path import Path
from wideberth.interference.propagation import (
    FREE_SPACE,
    Air,
    Loss,
    free_space_db,
    free_space_m,
    loss,
)
from wideberth.interference.sides import Emission, Reception
from wideberth.interference.skirts import NOT_CLEARED
from wideberth.model.budget import Case, LinkBudget, Verdict
from wideberth.model.radio import Antenna
from wideberth.spectrum.antenna import most_gain_dbi
from wideberth.spectrum.harmonics import ORDERS
from wideberth.spectrum.validity import LEAST_FREQ_HZ

LONG_WAVES: Final = "no model speaks below 30 MHz"


@dataclass(frozen=True, slots=True)
class Link:
    """An emission, a receiver, the way between them, and what was agreed on about the air."""

    emission: Emission
    reception: Reception
    path: Path
    air: Air


def direct(link: Link) -> LinkBudget | None:
    """Return the budget of what an emission is meant to be and spills; None: it is borne.

    In band where the bands meet; else out of band, through what both ends keep apart.
    """
    return judged(direct_figures(link), link)


def direct_figures(link: Link) -> Figures:
    """Return the figures of what an emission is meant to be and spills."""
    gap_hz = _gap_hz(link.emission.low_hz, link.emission.high_hz, link.reception)
    case = Case.IN_BAND if gap_hz < 0.0 else Case.OUT_OF_BAND
    return figures_of(link, case, link.emission.eirp_dbm, gap_hz)


def harmonic(link: Link) -> LinkBudget | None:
    """Return the budget of the worst harmonic that falls into the receiver; None: it is borne."""
    emission, found = link.emission, []
    for order in ORDERS:
        if _gap_hz(order * emission.low_hz, order * emission.high_hz, link.reception) >= 0.0:
            continue
        eirp_dbm = emission.eirp_dbm - emission.harmonics_db
        freq_hz = min(order * emission.low_hz, link.reception.low_hz)  # where it is heard
        figures = replace(figures_of(link, Case.HARMONIC, eirp_dbm, 0.0), freq_hz=freq_hz)
        budget = judged(figures, link)
        if budget is not None:
            found.append(replace(budget, inputs=(*budget.inputs, ("order", float(order)))))
    return min(found, key=severity) if found else None


def blocking(link: Link) -> LinkBudget | None:
    """Return the budget of all power in the front end against its overload; None: it is borne."""
    figures = blocking_figures(link)
    return None if figures is None else judged(figures, link)


def blocking_figures(link: Link) -> Figures | None:
    """Return the figures of an emission in the front end; None: outside, or no overload known."""
    front = link.reception.front
    is_in_front = link.emission.low_hz < front.high_hz and front.low_hz < link.emission.high_hz
    if link.reception.overload_dbm is None or not is_in_front:
        return None
    return figures_of(link, Case.BLOCKING, link.emission.eirp_dbm, 0.0)


def severity(budget: LinkBudget) -> tuple[bool, float]:
    """Return what sorts budgets from worst: findings before what was cleared, then by margin."""
    margin_db = budget.margin_db
    is_cleared = budget.verdict is Verdict.CLEARED
    return is_cleared, float("-inf") if margin_db is None else margin_db


def _gap_hz(low_hz: float, high_hz: float, reception: Reception) -> float:
    """Return the gap of two bands; below zero where they overlap."""
    return max(low_hz - reception.high_hz, reception.low_hz - high_hz)


def figures_of(link: Link, case: Case, eirp_dbm: float, gap_hz: float) -> Figures:
    """Return the figures of a link: the lowest frequency of both, the worst directions."""
    emission, reception, path, air = link.emission, link.reception, link.path, link.air
    return Figures(
        case=case,
        freq_hz=min(emission.low_hz, reception.low_hz),
        distance_m=path.distance_m,
        low_height_m=path.low_height_m,
        high_height_m=path.high_height_m,
        eirp_dbm=eirp_dbm - _off_beam_db(emission.antenna, path.there_deg, path.steep_deg),
        gap_hz=gap_hz,
        emission_skirt=emission.skirt,
        selectivity_skirt=reception.skirt,
        emission_mask=emission.shape.whole if emission.shape else None,
        selectivity_mask=reception.shape.whole if emission.shape else None,
        emission_fills_hz=emission.shape.fills_hz if emission.shape else 0.0,
        reception_fills_hz=reception.shape.fills_hz,
        gain_dbi=reception.gain_dbi
        - _off_beam_db(reception.antenna, path.back_deg, path.steep_deg),
        time_percent=air.time_percent,
        surface_refractivity_n=air.surface_refractivity_n,
        lapse_n_per_km=air.lapse_n_per_km,
        land_share=air.land_share,
        refine=air.refine,
    )


def _off_beam_db(
    antenna: Antenna | None, azimuths_deg: tuple[float, float], steep_deg: float
) -> float:
    """Return how far below its peak an antenna is at most in all directions asked; 0: unknown."""
    if antenna is None:
        return 0.0
    return antenna.gain_dbi - float(most_gain_dbi(antenna, azimuths_deg, (-steep_deg, steep_deg)))


def judged(figures: Figures, link: Link) -> LinkBudget | None:
    """Return the budget of some figures against the receiver's limit; None: borne in free space."""
    limit_dbm = limit_of(figures.case, link.reception)
    at_most_dbm = figures.before_loss_dbm - free_space_db(figures.freq_hz, figures.distance_m)
    is_meant = figures.case is Case.IN_BAND
    if limit_dbm is None or (is_meant and figures.freq_hz < LEAST_FREQ_HZ):
        if not is_meant:
            return None
    elif at_most_dbm <= limit_dbm:
        return None
    return weighed(figures, link)


def weighed(figures: Figures, link: Link) -> LinkBudget:
    """Return the budget of some figures, whatever comes of it."""
    limit_dbm = limit_of(figures.case, link.reception)
    found = loss_of(figures)
    arrives_dbm = figures.before_loss_dbm - found.loss_db
    why_unknown, taken = _why_unknown(figures, link, limit_dbm), _assumed(figures.case, link)
    is_unusable = any(text.endswith(NOT_CLEARED) for text in taken)
    verdict = Verdict.NO_MODEL if why_unknown or is_unusable else Verdict.EXCEEDED
    is_bad = is_unusable or figures.freq_hz < LEAST_FREQ_HZ
    if limit_dbm is not None and arrives_dbm <= limit_dbm and not is_bad:
        verdict = Verdict.CLEARED
    reception = link.reception
    need_m = need_dbm = None
    if limit_dbm is not None:
        need_m = free_space_m(figures.freq_hz, figures.before_loss_dbm - limit_dbm)
        need_dbm = figures.eirp_dbm - (arrives_dbm - limit_dbm)
    return LinkBudget(
        case=figures.case,
        verdict=verdict,
        service=reception.service,
        source=reception.source,
        verified=reception.verified,
        freq_hz=figures.freq_hz,
        distance_m=figures.distance_m,
        eirp_dbm=figures.eirp_dbm,
        loss_db=found.loss_db,
        rejection_db=figures.rejection_db,
        gain_dbi=figures.gain_dbi,
        interference_dbm=arrives_dbm,
        limit_dbm=limit_dbm,
        model=f"{found.model}, version {found.version}",
        inputs=figures.inputs(),
        need_m=need_m,
        need_dbm=need_dbm,
        assumed=(*why_unknown, *taken, *_asked(found.why_not)),
    )


def loss_of(figures: Figures) -> Loss:
    """Return the loss of a path by the model that speaks of it; below 30 MHz free space alone."""
    if figures.freq_hz < LEAST_FREQ_HZ:
        free_db = free_space_db(figures.freq_hz, figures.distance_m)
        return Loss(free_db, FREE_SPACE, "4", LONG_WAVES)
    return loss(figures.ends, figures.air)


def again(budget: LinkBudget) -> float:
    """Return the interference of a budget reckoned anew from its own inputs, dBm.

    Raises ImpossibleValueError where the budget does not say all of them.
    """
    figures = Figures.of(budget)
    return figures.before_loss_dbm - loss_of(figures).loss_db


def limit_of(case: Case, reception: Reception) -> float | None:
    """Return what a receiver bears at most in a case; None: not known."""
    return reception.overload_dbm if case is Case.BLOCKING else reception.limit_dbm


def _why_unknown(figures: Figures, link: Link, limit_dbm: float | None) -> tuple[str, ...]:
    """Return why no figure can be trusted to clear or condemn, or nothing."""
    why = []
    if limit_dbm is None:
        why.append(f"what the receiver bears is not known{NOT_CLEARED}")
    if not link.emission.is_declared:
        why.append(f"the power is not declared{NOT_CLEARED}")
    if figures.freq_hz < LEAST_FREQ_HZ:
        why.append(f"{LONG_WAVES}{NOT_CLEARED}")
    return tuple(why)


def _assumed(case: Case, link: Link) -> tuple[str, ...]:
    """Return what was taken for what is not declared, as far as it played a part in the case."""
    taken = (*link.emission.assumed, *link.reception.assumed)
    if case is Case.HARMONIC:
        return taken
    taken = tuple(text for text in taken if not text.startswith("harmonics"))
    if case is Case.OUT_OF_BAND:
        return taken
    return tuple(text for text in taken if "mask" not in text and "selectivity" not in text)


def _asked(why_not: str) -> tuple[str, ...]:
    return (f"only free space could be asked: {why_not}",) if why_not else ()
