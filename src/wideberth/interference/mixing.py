"""Intermodulation: emitters at one site whose signals mix, and what hears the product.

In a transmitter: the other's signal comes in by its antenna, mixes in the last stage, and the
product goes out. In a receiver: strong signals in its front end mix. Forms by
`spectrum.intermodulation` (SM.1134), the search by `mixtures`, levels by `products`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wideberth.engine.columns import ROLES
from wideberth.engine.field import Field, Progress, Question
from wideberth.interference import budgets
from wideberth.interference.coupling import coupled
from wideberth.interference.ears import ears
from wideberth.interference.mixtures import (
    LEAST_NEIGHBOURS,
    SLACK_DB,
    Candidate,
    Mixtures,
)
from wideberth.interference.products import Heard, Product, heard, restriction_of
from wideberth.interference.rule import finding_of, takes_part
from wideberth.interference.sites import sites
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement
from wideberth.model.budget import Contributor
from wideberth.model.conflict import Conflict
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import Form

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mixing:
    """No product of signals that mix at a site is more than a receiver bears.

    Receivers of one kind of carrier, and, with guards, the bands that the agreement keeps free.
    neighbours: of an emitter looked at first; more where they may be worse, so any will do.
    """

    title: str
    aboard: str
    agreement: Agreement
    guards: bool = False
    neighbours: int = LEAST_NEIGHBOURS

    @property
    def name(self) -> str:
        """Return the rule's name."""
        return f"{self.title} intermodulation"

    def find(self, field: Field, question: Question, progress: Progress) -> list[Conflict]:
        """Return the worst product for each emitter that it leaves by, and receiver, each once.

        It is told twice how much is to do: to survey the sites, then to judge what they may harm.
        """
        listening = self._listening(field)
        places = sites(field, self.agreement.spectrum.site_m) if listening else []
        if not places:
            return []
        ways, about = Ways(field, self.agreement), field.marked(question)
        step, done = f"judging {self.name}", 0
        efforts = [_effort(len(site), len(listening)) for site in places]
        progress(step, done, sum(efforts))
        owner = field.columns.activity if question.within else field.columns.party
        surveyed = []
        for site, effort in zip(places, efforts, strict=True):
            asked = listening
            if not about[list(site)].any():
                asked = [place for place in listening if about[place]]
            if asked:
                one = Mixtures(
                    field,
                    np.asarray(owner, np.intp),
                    coupled(site, ways, self.agreement),
                    ears(field, asked, ways),
                    ways,
                    self.neighbours,
                )
                if one.survey():
                    surveyed.append(one)
            done += effort
            progress(step, done, sum(efforts))
        found = self._judged(field, surveyed, ways, progress)
        return [conflict for conflict in found if takes_part(conflict, question)]

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

    def _judged(
        self, field: Field, surveyed: Sequence[Mixtures], ways: Ways, progress: Progress
    ) -> list[Conflict]:
        """Return the worst conflict of each two volumes, in order."""
        step, done = f"judging products, {self.name}", 0
        total = sum(sum(one.efforts()) for one in surveyed)
        progress(step, done, total)
        found: dict[Key, list[Candidate]] = {}
        for one in surveyed:
            for (source, listening), effort in zip(one.pairs, one.efforts(), strict=True):
                for candidate in one.candidates(source, listening):
                    first, second = sorted((candidate.named, candidate.product.receiver))
                    found.setdefault((first, second), []).append(candidate)
                done += effort
                progress(step, done, total)
        judged = {key: self._worst(those, ways) for key, those in found.items()}
        worst = {key: one for key, one in judged.items() if one is not None}
        return [self._conflict(field, key, *worst[key]) for key in _told_once(worst)]

    def _worst(self, candidates: Sequence[Candidate], ways: Ways) -> tuple[Product, Heard] | None:
        """Return the worst of some products, exactly; None: all are borne.

        None can be worse than free space tells: the search ends where the next cannot be.
        """
        best: tuple[Product, Heard] | None = None
        for one in sorted(candidates, key=_at_most):
            if best is not None:
                is_cleared, margin_db = budgets.severity(best[1].budget)
                if not is_cleared and -margin_db >= one.over_db - SLACK_DB:
                    break
            found = heard(one.product, ways, self.agreement, within=one.within)
            if found is None:
                continue
            if best is None or budgets.severity(found.budget) < budgets.severity(best[1].budget):
                best = one.product, found
        return best

    def _conflict(self, field: Field, key: Key, product: Product, found: Heard) -> Conflict:
        refs = [field.refs[e] for e in product.emitters]
        budget = replace(
            found.budget,
            inputs=(*found.budget.inputs, ("product", product.form.text)),
            contributors=tuple(Contributor(r.party, r.activity, r.volume, None) for r in refs),
        )
        guarded = restriction_of(field.volumes[product.receiver], self.agreement)
        clause = (guarded.clause if guarded else "") or self.agreement.spectrum.clause
        finding = finding_of(budget, found.path, self.name, clause)
        return Conflict(field.refs[key[0]], field.refs[key[1]], finding)


def _told_once(worst: Mapping[Key, tuple[Product, Heard]]) -> list[Key]:
    """Return whose products to tell, in order: one that leaves by several sources at its worst."""
    found: dict[tuple[Form, tuple[int, ...], int], Key] = {}
    for key in sorted(worst, key=lambda key: (budgets.severity(worst[key][1].budget), key)):
        product = worst[key][0]
        found.setdefault((product.form, product.emitters, product.receiver), key)
    return sorted(found.values())


def _effort(emitters: int, listening: int) -> int:
    """Return how much a site is to survey, in pairs of volumes judged: half a millisecond each."""
    return 1 + emitters + emitters**2 // 50 + emitters**3 // 22_000 + emitters * listening // 5_000


def _at_most(candidate: Candidate) -> tuple[float, float, tuple[int, ...]]:
    product = candidate.product
    return -candidate.over_db, product.form.order, product.emitters


def _aboard(volume: Volume) -> str:
    return volume.radio.aboard if volume.radio else ""
