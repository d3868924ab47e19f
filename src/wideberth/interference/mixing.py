"""Intermodulation: emitters at one site whose signals mix, and what hears the product.

In a transmitter: the other's signal comes in by its antenna, mixes in the last stage, and the
product goes out. In a receiver: strong signals in its front end mix. Forms by
`spectrum.intermodulation` (SM.1134), levels by `products`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from wideberth.engine.columns import NO_LINK, ROLES, Marks
from wideberth.engine.field import Field, Progress, Question
from wideberth.interference import budgets
from wideberth.interference.products import Heard, Product, restriction_of, worst
from wideberth.interference.rule import finding_of, takes_part
from wideberth.interference.sites import sites
from wideberth.interference.skirts import reckoned
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement
from wideberth.model.budget import Contributor
from wideberth.model.conflict import Conflict
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import FORMS, NONE, products

CHOICES_A_PAIR: Final = 500  # of three emitters: as long as one pair of volumes takes to judge
MOST_CHOICES: Final = 10_000_000  # of emitters and receivers, looked at in one go


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
        """Return the worst product for each emitter that it leaves by, and receiver."""
        listening = self._listening(field)
        if not listening:
            return []
        places = sites(field, self.agreement.spectrum.site_m)
        ways = Ways(field, self.agreement)
        found = _Found(field, question, field.marked(question), {})
        step = f"judging {self.name}"

        def told(effort: int) -> None:
            progress(step, 0, effort)

        for site in places:
            for product in found.products(site, listening, told):
                heard = worst(product, ways, self.agreement)
                if heard is not None:
                    found.keep(product, heard, self._conflict(field, product, heard))
        progress(step, 1, 1)
        return found.asked()

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

    def _conflict(self, field: Field, product: Product, heard: Heard) -> Conflict:
        """Return a conflict for a product, of its source and what hears it as yet."""
        refs = [field.refs[e] for e in product.emitters]
        budget = replace(
            heard.budget,
            inputs=(*heard.budget.inputs, ("product", product.form.text)),
            contributors=tuple(Contributor(r.party, r.activity, r.volume, None) for r in refs),
        )
        guarded = restriction_of(field.volumes[product.receiver], self.agreement)
        clause = (guarded.clause if guarded else "") or self.agreement.spectrum.clause
        finding = finding_of(budget, heard.path, self.name, clause)
        return Conflict(field.refs[heard.source], field.refs[product.receiver], finding)


@dataclass(frozen=True, slots=True)
class _Found:
    """The worst conflict so far for each pair of an emitter and what hears a product of it."""

    field: Field
    question: Question
    about: Marks
    worst: dict[tuple[int, int], Conflict]

    def products(
        self, site: Sequence[int], listening: Sequence[int], told: Callable[[int], None]
    ) -> Iterator[Product]:
        """Yield the products of a site that fall into what others than its emitters listen to.

        Where none of the site is asked about, only into what is. told: how much work comes next,
        in pairs of volumes.
        """
        if not self.about[list(site)].any():
            listening = [k for k in listening if self.about[k]]
        choices = len(site) ** 3
        several = max(1, MOST_CHOICES // choices)
        for first in range(0, len(listening), several):
            told(1 + choices // CHOICES_A_PAIR)
            yield from self._heard(site, listening[first : first + several], told)

    def _heard(
        self, site: Sequence[int], listening: Sequence[int], told: Callable[[int], None]
    ) -> Iterator[Product]:
        volumes = self.field.volumes
        found = products(
            [_edges(volumes[k]) for k in site], [_edges(volumes[k]) for k in listening]
        )
        told(len(found))
        for row in range(len(found)):
            emitters = tuple(site[e] for e in found.emitter[row].tolist() if e != NONE)
            receiver = listening[int(found.receiver[row])]
            if any(self._is_foreign(e, receiver) for e in emitters):
                form = FORMS[int(found.form[row])]
                edges = float(found.low_hz[row]), float(found.high_hz[row])
                yield Product(form, emitters, receiver, *edges)

    def keep(self, product: Product, heard: Heard, conflict: Conflict) -> None:
        """Keep a conflict if none so far with its two volumes is worse.

        It names the emitter by which it leaves; if that is the receiver's own, another.
        """
        others = [e for e in product.emitters if self._is_foreign(e, product.receiver)]
        named = heard.source if heard.source in others else others[0]
        first, second = sorted((named, product.receiver))
        refs = self.field.refs
        conflict = replace(conflict, a=refs[first], b=refs[second])
        before = self.worst.get((first, second))
        if before is None or _severity(conflict) < _severity(before):
            self.worst[first, second] = conflict

    def asked(self) -> list[Conflict]:
        """Return the conflicts in which one of those asked about takes part, in order."""
        found = (self.worst[key] for key in sorted(self.worst))
        return [conflict for conflict in found if takes_part(conflict, self.question)]

    def _is_foreign(self, emitter: int, receiver: int) -> bool:
        """Return whether an emitter is another's than the receiver, as this question has it."""
        columns = self.field.columns
        owner = columns.activity if self.question.within else columns.party
        is_linked = columns.link[emitter] == columns.link[receiver] != NO_LINK
        return bool(owner[emitter] != owner[receiver]) and not is_linked


def _severity(conflict: Conflict) -> tuple[bool, float]:
    assert conflict.finding.budget is not None
    return budgets.severity(conflict.finding.budget)


def _edges(volume: Volume) -> tuple[float, float]:
    assert volume.freq is not None
    band = reckoned(volume.freq)
    return band.low_hz, band.high_hz


def _aboard(volume: Volume) -> str:
    return volume.radio.aboard if volume.radio else ""
