"""Intermodulation: emitters at one site whose signals mix, and what hears the product.

In a transmitter: the other's signal comes in by its antenna, mixes in the last stage, and the
product goes out. In a receiver: strong signals in its front end mix. Forms and levels by
`spectrum.intermodulation` (SM.1134).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from wideberth.engine.columns import ROLES
from wideberth.engine.field import Field, Progress, Question
from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.path import Path, path_between
from wideberth.interference.propagation import Air, free_space_db
from wideberth.interference.rule import finding_of
from wideberth.interference.sides import Emission, emission_of, reception_of
from wideberth.interference.sites import sites
from wideberth.interference.skirts import reckoned
from wideberth.model.agreement import Agreement, Restriction
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.model.conflict import Conflict
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import (
    CONVERSION_DB,
    FORMS,
    NONE,
    Form,
    products,
    receiver_product_dbm,
    transmitter_product_dbm,
)

CHOICES_A_PAIR: Final = 500  # of three emitters: as long as one pair of volumes takes to judge
GUARD_EIRP_DBM: Final = -36.0  # ERC Rec. 74-01: spurious emissions below 1 GHz; verified = False
ASSUMED: Final = (
    f"{CONVERSION_DB:g} dB were taken to be lost as signals mix in a transmitter (not verified)"
)


@dataclass(frozen=True, slots=True)
class _Product:
    """A product that falls into a receiver: its form, emitters in the form's order, and band."""

    form: Form
    emitters: tuple[int, ...]
    receiver: int
    low_hz: float
    high_hz: float


@dataclass(frozen=True, slots=True)
class Mixing:
    """No product of signals that mix at a site is more than a receiver bears.

    Receivers of one kind of carrier, and, with guards, the bands that the agreement keeps free.
    """

    title: str
    aboard: str
    agreement: Agreement
    guards: bool = False

    @property
    def name(self) -> str:
        """Return the rule's name."""
        return f"{self.title} intermodulation"

    def find(self, field: Field, question: Question, progress: Progress) -> list[Conflict]:
        """Return the worst product for each strongest emitter and receiver."""
        listening = self._listening(field)
        if not listening:
            return []
        places = sites(field, self.agreement.spectrum.site_m)
        worst: dict[tuple[int, int], Conflict] = {}
        step, done = f"judging {self.name}", 0
        efforts = [1 + len(site) ** 3 // CHOICES_A_PAIR for site in places]
        progress(step, done, sum(efforts))
        for site, effort in zip(places, efforts, strict=True):
            for product in self._products(field, site, listening, question):
                self._keep(worst, field, product)
            done += effort
            progress(step, done, sum(efforts))
        return [worst[key] for key in sorted(worst)]

    def _listening(self, field: Field) -> list[int]:
        roles = field.columns.role
        found = [
            k
            for k in np.flatnonzero(roles == ROLES.index(Role.RECEIVE)).tolist()
            if _aboard(field.volumes[k]) == self.aboard
        ]
        if self.guards:
            found += np.flatnonzero(roles == ROLES.index(Role.GUARD)).tolist()
        return found

    def _products(
        self, field: Field, site: Sequence[int], listening: Sequence[int], question: Question
    ) -> Iterator[_Product]:
        """Yield the products of a site that fall into receivers which others may harm."""
        emitting = [_edges(field.volumes[k]) for k in site]
        found = products(emitting, [_edges(field.volumes[k]) for k in listening])
        about = field.marked(question)
        owner = field.columns.activity if question.within else field.columns.party
        for row in range(len(found)):
            emitters = tuple(site[e] for e in found.emitter[row].tolist() if e != NONE)
            receiver = listening[int(found.receiver[row])]
            is_others = any(owner[e] != owner[receiver] for e in emitters)
            if is_others and any(about[k] for k in (*emitters, receiver)):
                form = FORMS[int(found.form[row])]
                edges = float(found.low_hz[row]), float(found.high_hz[row])
                yield _Product(form, emitters, receiver, *edges)

    def _keep(
        self, worst: dict[tuple[int, int], Conflict], field: Field, product: _Product
    ) -> None:
        """Keep the conflict of a product if none so far with its two volumes is worse."""
        found = self._judged(field, product)
        if found is None:
            return
        key, conflict = found
        before = worst.get(key)
        if before is None or _severity(conflict) < _severity(before):
            worst[key] = conflict

    def _judged(self, field: Field, product: _Product) -> tuple[tuple[int, int], Conflict] | None:
        volumes = [field.volumes[k] for k in product.emitters]
        start_s = max(volume.time.start_s for volume in volumes)
        end_s = min(volume.time.end_s for volume in volumes)
        if not start_s < end_s:
            return None
        rules = self.agreement.spectrum
        emissions = [emission_of(volume, rules) for volume in volumes]
        leaving = self._leaving(volumes, emissions)
        if leaving is None:
            return None
        source, eirp_dbm = leaving
        receiver = field.volumes[product.receiver]
        path = path_between(volumes[source], receiver, self.agreement.heights)
        if path is None or not max(start_s, path.start_s) < min(end_s, path.end_s):
            return None
        path = replace(path, start_s=max(start_s, path.start_s), end_s=min(end_s, path.end_s))
        if receiver.role is Role.GUARD:
            budget = self._in_guard(receiver, emissions[source], product, eirp_dbm, path)
        else:
            link = Link(emissions[source], reception_of(receiver, rules), path, Air.of(rules))
            inside_dbm = self._inside(volumes, emissions, receiver, product)
            budget = _in_receiver(link, product, eirp_dbm, inside_dbm)
        if budget is None:
            return None
        return self._conflict(field, product, source, (budget, path))

    def _leaving(
        self, volumes: Sequence[Volume], emissions: Sequence[Emission]
    ) -> tuple[int, float] | None:
        """Return which emitter's last stage sends the strongest product, and its EIRP.

        None: no two of them are ever near enough at one time.
        """
        found = []
        for one, here in enumerate(volumes):
            for other, there in enumerate(volumes):
                if one == other:
                    continue
                path = path_between(there, here, self.agreement.heights)
                if path is None or path.lateral_m > self.agreement.spectrum.site_m:
                    continue
                coupling_db = free_space_db(emissions[other].low_hz, path.distance_m)
                eirp_dbm = transmitter_product_dbm(emissions[other].eirp_dbm, coupling_db)
                found.append((float(eirp_dbm), -one))
        if not found:
            return None
        strongest_dbm, place = max(found)
        return -place, strongest_dbm

    def _inside(
        self,
        volumes: Sequence[Volume],
        emissions: Sequence[Emission],
        receiver: Volume,
        product: _Product,
    ) -> float:
        """Return what the receiver makes itself, if all signals are in its front end."""
        reception = reception_of(receiver, self.agreement.spectrum)
        front, powers_dbm = reception.front, []
        for volume, emission in zip(volumes, emissions, strict=True):
            path = path_between(volume, receiver, self.agreement.heights)
            is_in = emission.low_hz < front.high_hz and front.low_hz < emission.high_hz
            if path is None or not is_in:
                return -math.inf
            loss_db = free_space_db(min(emission.low_hz, reception.low_hz), path.distance_m)
            powers_dbm.append(emission.eirp_dbm - loss_db + reception.gain_dbi)
        if reception.iip3_dbm is None:
            return float(receiver_product_dbm(product.form, powers_dbm))
        return float(receiver_product_dbm(product.form, powers_dbm, reception.iip3_dbm))

    def _in_guard(
        self,
        guard: Volume,
        emission: Emission,
        product: _Product,
        eirp_dbm: float,
        path: Path,
    ) -> LinkBudget | None:
        """Return the budget of a product in a band that is kept free, where it is kept free."""
        restriction = _restriction(guard, self.agreement)
        if restriction is None or path.lateral_m > 0.0 or eirp_dbm <= GUARD_EIRP_DBM:
            return None
        return LinkBudget(
            case=Case.INTERMODULATION,
            verdict=Verdict.EXCEEDED,
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
            assumed=(*_undeclared(emission), ASSUMED),
        )

    def _conflict(
        self, field: Field, product: _Product, source: int, reckoned: tuple[LinkBudget, Path]
    ) -> tuple[tuple[int, int], Conflict]:
        """Return the conflict between an emitter of another party and the receiver."""
        budget, path = reckoned
        owner = field.columns.party
        others = [e for e in product.emitters if owner[e] != owner[product.receiver]]
        named = product.emitters[source]
        named = named if named in others else others[0] if others else named
        refs = [field.refs[e] for e in product.emitters]
        budget = replace(
            budget,
            inputs=(*budget.inputs, ("product", product.form.text)),
            contributors=tuple(Contributor(r.party, r.activity, r.volume, None) for r in refs),
        )
        finding = finding_of(budget, path, self.name, self._clause(field, product.receiver))
        first, second = sorted((named, product.receiver))
        return (first, second), Conflict(field.refs[first], field.refs[second], finding)

    def _clause(self, field: Field, receiver: int) -> str:
        restriction = _restriction(field.volumes[receiver], self.agreement)
        return (restriction.clause if restriction else "") or self.agreement.spectrum.clause


def _in_receiver(
    link: Link, product: _Product, eirp_dbm: float, inside_dbm: float
) -> LinkBudget | None:
    """Return the budget of a product that arrives, or that arises within; None: it is borne."""
    limit_dbm = link.reception.limit_dbm
    figures = budgets.figures_of(link, Case.INTERMODULATION, eirp_dbm, 0.0)
    figures = replace(figures, freq_hz=min(product.low_hz, link.reception.low_hz) or 1.0)
    budget = budgets.judged(figures, link)
    if limit_dbm is None or inside_dbm <= limit_dbm:
        return None if budget is None else replace(budget, assumed=(*budget.assumed, ASSUMED))
    budget = budgets.weighed(figures, link)
    if budget.interference_dbm is not None and budget.interference_dbm >= inside_dbm:
        return replace(budget, assumed=(*budget.assumed, ASSUMED))
    return replace(
        budget,
        verdict=Verdict.EXCEEDED,
        interference_dbm=inside_dbm,
        loss_db=None,
        need_m=None,
        need_dbm=None,
        model="mixing within the receiver, at free-space levels (P.525-4)",
        inputs=(),
    )


def _severity(conflict: Conflict) -> tuple[bool, float]:
    assert conflict.finding.budget is not None
    return budgets.severity(conflict.finding.budget)


def _restriction(guard: Volume, agreement: Agreement) -> Restriction | None:
    if guard.role is not Role.GUARD:
        return None
    return next((one for one in agreement.restrictions if one.id == guard.id), None)


def _undeclared(emission: Emission) -> tuple[str, ...]:
    return tuple(text for text in emission.assumed if "EIRP" in text)


def _edges(volume: Volume) -> tuple[float, float]:
    assert volume.freq is not None
    band = reckoned(volume.freq)
    return band.low_hz, band.high_hz


def _aboard(volume: Volume) -> str:
    return volume.radio.aboard if volume.radio else ""
