"""Emissions that singly pass and together are too much for a receiver, at the worst instant.

Powers add; the limit and the safety margin count once. What one emission does alone is found
alone; here are those that it would bear one by one.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np

from wideberth.engine.columns import ROLES
from wideberth.engine.field import Field, Progress, Question
from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.path import Path
from wideberth.interference.propagation import Air
from wideberth.interference.rows import SLACK_DB as ROUNDING_DB
from wideberth.interference.rows import Wanted, heard
from wideberth.interference.rule import finding_of, takes_part
from wideberth.interference.skirts import NOT_CLEARED
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.model.conflict import Conflict
from wideberth.model.volume import Role
from wideberth.spectrum.aggregate import sum_dbm, worst_instant

SLACK_DB: Final = 20.0  # a hundred emissions alike are too much from so far below the limit on


@dataclass(frozen=True, slots=True)
class _Part:
    """One emission's share: its place in the field, the way, and its budget."""

    place: int
    path: Path
    budget: LinkBudget

    @property
    def power_dbm(self) -> float:
        assert self.budget.interference_dbm is not None
        return self.budget.interference_dbm


@dataclass(frozen=True, slots=True)
class Together:
    """The sum of what arrives at receivers of one kind of carrier, in band or in the front end."""

    title: str
    aboard: str
    agreement: Agreement
    blocking: bool = False

    @property
    def name(self) -> str:
        """Return the rule's name."""
        return f"{self.title} aggregate" + (" blocking" if self.blocking else "")

    def find(self, field: Field, question: Question, progress: Progress) -> list[Conflict]:
        """Return a conflict for each receiver, with the strongest of the emissions that add up."""
        wanted = Wanted(
            blocking=self.blocking, aboard=self.aboard, slack_db=_slack_db(_emitters(field))
        )
        crowds = list(self._crowds(field, question, wanted))
        step, done = f"judging {self.name}", 0
        total = sum(len(emitters) for _, emitters in crowds)
        progress(step, done, total)
        ways, found = Ways(field, self.agreement), []
        for receiver, emitters in crowds:
            conflict = self._judged(field, ways, receiver, emitters)
            done += len(emitters)
            progress(step, done, total)
            if conflict is not None and takes_part(conflict, question):
                found.append(conflict)
        return found

    def _crowds(
        self, field: Field, question: Question, wanted: Wanted
    ) -> Iterator[tuple[int, list[int]]]:
        """Yield receivers with the emissions whose sum in free space could be too much."""
        pairs = heard(field, question, wanted, self.agreement)
        about = field.marked(question)
        order = np.argsort(pairs.receiver, kind="stable")
        rows = zip(
            pairs.receiver[order].tolist(),
            pairs.emitter[order].tolist(),
            pairs.margin_db[order].tolist(),
            strict=True,
        )
        for receiver, those in groupby(rows, key=lambda row: row[0]):
            members = [(emitter, margin) for _, emitter, margin in those if not math.isnan(margin)]
            emitters = [emitter for emitter, _ in members]
            is_asked = about[receiver] or any(about[emitter] for emitter in emitters)
            total_db = float(sum_dbm([-margin for _, margin in members]))
            if len(emitters) > 1 and is_asked and total_db > -ROUNDING_DB:
                yield receiver, emitters

    def _judged(
        self, field: Field, ways: Ways, receiver: int, emitters: Sequence[int]
    ) -> Conflict | None:
        parts = [part for e in emitters if (part := self._part(ways, e, receiver)) is not None]
        if len(parts) < 2:
            return None
        worst = worst_instant(
            [part.path.start_s for part in parts],
            [part.path.end_s for part in parts],
            [part.power_dbm for part in parts],
        )
        limit_dbm = parts[0].budget.limit_dbm
        if worst is None or limit_dbm is None or worst.power_dbm <= limit_dbm:
            return None
        on_air = [parts[k] for k in worst.members]
        path = replace(
            on_air[0].path,
            start_s=max(part.path.start_s for part in on_air),
            end_s=min(part.path.end_s for part in on_air),
        )
        budget = _summed(field, on_air, worst.power_dbm)
        finding = finding_of(budget, path, self.name, self.agreement.spectrum.clause)
        first, second = sorted((on_air[0].place, receiver))
        return Conflict(field.refs[first], field.refs[second], finding)

    def _part(self, ways: Ways, emitter: int, receiver: int) -> _Part | None:
        """Return what one emission adds; None: nothing at any time, or too much by itself."""
        path = ways.path(emitter, receiver)
        if path is None:
            return None
        ends = ways.emission(emitter), ways.reception(receiver)
        link = Link(*ends, path, Air.of(self.agreement.spectrum))
        figures = budgets.blocking_figures(link) if self.blocking else budgets.direct_figures(link)
        if figures is None:
            return None
        budget = budgets.weighed(figures, link)
        return _Part(emitter, path, budget) if _passes(budget) else None


def _emitters(field: Field) -> int:
    return int((field.columns.role == ROLES.index(Role.EMIT)).sum())


def _slack_db(count: int) -> float:
    """Return how far below a limit emissions alike, so many of them, may be too much together."""
    return max(SLACK_DB, 10.0 * math.log10(max(count, 1)))


def _passes(budget: LinkBudget) -> bool:
    """Return whether an emission is borne by itself; what is not is a finding of its own."""
    margin_db = budget.margin_db
    return margin_db is not None and margin_db >= 0.0


def _summed(field: Field, parts: Sequence[_Part], total_dbm: float) -> LinkBudget:
    """Return the budget of emissions together: of the strongest, with what all of them add to."""
    strongest = parts[0].budget
    refs = [(field.refs[part.place], part.power_dbm) for part in parts]
    contributors = tuple(Contributor(r.party, r.activity, r.volume, dbm) for r, dbm in refs)
    assert strongest.limit_dbm is not None
    assert strongest.eirp_dbm is not None
    assumed = dict.fromkeys(text for part in parts for text in part.budget.assumed)
    is_open = any(text.endswith(NOT_CLEARED) for text in assumed)
    return replace(
        strongest,
        case=Case.AGGREGATE,
        verdict=Verdict.NO_MODEL if is_open else Verdict.EXCEEDED,
        interference_dbm=total_dbm,
        contributors=contributors,
        need_m=None,
        need_dbm=strongest.eirp_dbm - (total_dbm - strongest.limit_dbm),
        assumed=tuple(assumed),
    )
