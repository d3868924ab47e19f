"""The rule on emissions and receivers: what arrives is no more than what is borne.

One rule for each way to harm and for each kind of carrier: receivers of their own, those aboard
aircraft, those aboard ships. `judge` reckons a pair exactly; `screened` finds the pairs.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from wideberth.engine.field import Field, Question
from wideberth.engine.near import Pairs
from wideberth.engine.screened import Zone
from wideberth.engine.separation import Reach
from wideberth.engine.shape import HALF_WORLD_M
from wideberth.interference import budgets, rows, words
from wideberth.interference.budgets import Link
from wideberth.interference.laid import laid_of
from wideberth.interference.path import Path, path_between
from wideberth.interference.propagation import Air
from wideberth.interference.sides import emission_of, reception_of
from wideberth.interference.zones import zones_of
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.budget import LinkBudget
from wideberth.model.conflict import Conflict, Finding, Gaps
from wideberth.model.volume import Arena, Role, Volume

PAIR: Final = (Arena.SPECTRUM, Arena.SPECTRUM)


class Harm(StrEnum):
    """In which way an emission harms a receiver, as a rule each."""

    DIRECT = ""
    BLOCKING = "blocking"
    HARMONICS = "harmonics"


_BUDGETS: Final[dict[Harm, Callable[[Link], LinkBudget | None]]] = {
    Harm.DIRECT: budgets.direct,
    Harm.BLOCKING: budgets.blocking,
    Harm.HARMONICS: budgets.harmonic,
}


@dataclass(frozen=True, slots=True)
class Interference:
    """No receiver of a kind of carrier gets more from an emission than it bears.

    aboard: the arena of the craft that carries the receivers; empty: those declared as such.
    """

    title: str
    harm: Harm
    aboard: str
    agreement: Agreement = field(repr=False)
    arenas: tuple[Arena, Arena] = PAIR
    is_whole: bool = False

    @property
    def name(self) -> str:
        """Return the rule's name: of its arena file, and the harm."""
        return f"{self.title} {self.harm}".strip()

    def reach(self, volume: Volume) -> Reach:  # noqa: ARG002 - strength and need decide together
        """Return the whole Earth and all bands: `screened` and `zones` know better."""
        return Reach(HALF_WORLD_M, math.inf, 0.0, math.inf)

    def screened(self, field: Field, question: Question) -> Pairs:
        """Return the pairs that free space alone would report, and some more."""
        return rows.screened(field, question, self.wants(), self.agreement)

    def zones(self, volume: Volume) -> tuple[Zone, ...]:
        """Return where this rule or one of its siblings may find something about a volume."""
        return zones_of(volume, self.agreement)

    def wants(self) -> rows.Wanted:
        """Return what the screen is to look for."""
        return rows.Wanted(
            harmonics=self.harm is Harm.HARMONICS,
            blocking=self.harm is Harm.BLOCKING,
            aboard=self.aboard,
        )

    def judge(self, a: Volume, b: Volume) -> Finding | None:
        """Return the finding on an emission and a receiver; cleared ones carry their budget."""
        emitter, receiver = (a, b) if a.role is Role.EMIT else (b, a)
        if emitter.role is not Role.EMIT or not self._is_ours(receiver):
            return None
        rules = self.agreement.spectrum
        path = path_between(emitter, receiver, self.agreement.heights)
        if path is None:
            return None
        link = Link(emission_of(emitter, rules), reception_of(receiver, rules), path, Air.of(rules))
        return self._finding(_BUDGETS[self.harm](link), path)

    def judge_at(self, field: Field, i: int, j: int) -> Finding | None:
        """Return what `judge` returns; what others ask of the field too is reckoned once."""
        emitter, receiver = (i, j) if field.volumes[i].role is Role.EMIT else (j, i)
        if field.volumes[emitter].role is not Role.EMIT or not self._is_ours(
            field.volumes[receiver]
        ):
            return None
        laid = laid_of(field, self.agreement)
        path = laid.path(emitter, receiver)
        if path is None:
            return None
        ends = laid.emission(emitter), laid.reception(receiver)
        budget = _BUDGETS[self.harm](Link(*ends, path, laid.air))
        if budget is not None and self.harm is not Harm.HARMONICS:
            laid.budgets[emitter, receiver, self.harm is Harm.BLOCKING] = budget
        return self._finding(budget, path)

    def _finding(self, budget: LinkBudget | None, path: Path) -> Finding | None:
        clause = self.agreement.spectrum.clause
        return None if budget is None else finding_of(budget, path, self.name, clause)

    def _is_ours(self, receiver: Volume) -> bool:
        aboard = receiver.radio.aboard if receiver.radio else ""
        return receiver.role is Role.RECEIVE and aboard == self.aboard


def finding_of(budget: LinkBudget, path: Path, rule: str, clause: str) -> Finding:
    """Return the finding that a budget gives."""
    need_m = budget.need_m if budget.need_m is not None else 0.0
    return Finding(
        rule=rule,
        clause=clause or budget.source,
        gaps=Gaps(path.lateral_m, path.vertical_m, 0.0, path.freq_gap_hz),
        minima=Minima(min(need_m, HALF_WORLD_M), math.inf, 0.0),
        start_s=path.start_s,
        end_s=path.end_s,
        why=words.why(budget),
        place=path.place,
        notes=(*words.notes(budget), *path.notes),
        budget=budget,
    )


def takes_part(conflict: Conflict, question: Question) -> bool:
    """Return whether one of those asked about is harmed, or sends one of what harms together."""
    if question.about is None:
        return True
    budget = conflict.finding.budget
    names = {(ref.party, ref.activity) for ref in (conflict.a, conflict.b)}
    names |= {(one.party, one.activity) for one in (budget.contributors if budget else ())}
    return not question.about.isdisjoint(names)


def interference_rules(title: str, aboard: str, agreement: Agreement) -> tuple[Interference, ...]:
    """Return the rules on receivers of one kind of carrier, one for each way to harm."""
    return tuple(Interference(title, harm, aboard, agreement) for harm in Harm)
