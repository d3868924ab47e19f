"""Emissions that singly pass and together are too much for a receiver, at the worst instant.

Powers add; the limit and the safety margin count once. What one emission does alone is found
alone; here are those that it would bear one by one.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.columns import ROLES
from wideberth.engine.field import Field, Progress, Question
from wideberth.interference import budgets
from wideberth.interference.budgets import Link
from wideberth.interference.crowd import Crowd
from wideberth.interference.figures import Figures
from wideberth.interference.laid import Laid, laid_of
from wideberth.interference.path import Path
from wideberth.interference.propagation import free_space_db
from wideberth.interference.rows import SLACK_DB as ROUNDING_DB
from wideberth.interference.rows import Wanted, heard
from wideberth.interference.rule import finding_of, takes_part
from wideberth.interference.skirts import NOT_CLEARED
from wideberth.model.agreement import Agreement
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.model.conflict import Conflict
from wideberth.model.volume import Role
from wideberth.spectrum.aggregate import worst_instant

Floats = NDArray[np.float64]
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

    @property
    def over_db(self) -> float:
        """Return how far above the limit it is by itself."""
        margin_db = self.budget.margin_db
        assert margin_db is not None
        return -margin_db


@dataclass(frozen=True, slots=True)
class _Share:
    """What one emission may add: the link and its figures, and the budget where it is known."""

    place: int
    link: Link
    figures: Figures
    known: LinkBudget | None

    @property
    def over_db(self) -> float:
        """Return how far above the limit it is in free space: no model adds to that."""
        limit_dbm = budgets.limit_of(self.figures.case, self.link.reception)
        assert limit_dbm is not None
        free_db = free_space_db(self.figures.freq_hz, self.figures.distance_m)
        return self.figures.before_loss_dbm - free_db - limit_dbm

    def part(self) -> _Part | None:
        """Return what it does add; None: too much by itself, which is a finding of its own."""
        budget = self.known or budgets.weighed(self.figures, self.link)
        return _Part(self.place, self.link.path, budget) if _passes(budget) else None


class _Heard(NamedTuple):
    """A receiver, the emissions that it may hear, and how far above its limit each is at most."""

    receiver: int
    emitters: list[int]
    over_db: Floats


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
        total = sum(len(crowd.emitters) for crowd in crowds)
        progress(step, done, total)
        laid, found = laid_of(field, self.agreement), []
        for crowd in crowds:
            conflict = self._judged(field, laid, crowd)
            done += len(crowd.emitters)
            progress(step, done, total)
            if conflict is not None and takes_part(conflict, question):
                found.append(conflict)
        return found

    def _crowds(self, field: Field, question: Question, wanted: Wanted) -> Iterator[_Heard]:
        """Yield receivers with the emissions whose sum in free space could be too much."""
        pairs = heard(field, question, wanted, self.agreement)
        is_known = ~np.isnan(pairs.margin_db)
        emitter, receiver = pairs.emitter[is_known], pairs.receiver[is_known]
        over_db = ROUNDING_DB - pairs.margin_db[is_known]
        order = np.argsort(receiver, kind="stable")
        about = field.marked(question)
        listening, first, count = np.unique(receiver[order], return_index=True, return_counts=True)
        for one, begin, number in zip(
            *(k.tolist() for k in (listening, first, count)), strict=True
        ):
            rows = order[begin : begin + number]
            those = emitter[rows]
            if len(those) > 1 and (about[one] or about[those].any()):
                yield _Heard(one, those.tolist(), over_db[rows])

    def _judged(self, field: Field, laid: Laid, heard: _Heard) -> Conflict | None:
        parts = self._parts(field, laid, heard)
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
        first, second = sorted((on_air[0].place, heard.receiver))
        return Conflict(field.refs[first], field.refs[second], finding)

    def _parts(self, field: Field, laid: Laid, heard: _Heard) -> list[_Part]:
        """Return what the emissions add, as far as it decides; none where they are borne.

        First what the screen allows each, then what free space does, then what it is.
        """
        start_s, end_s = _windows(field, heard)
        is_there = start_s < end_s
        emitters = [e for e, k in zip(heard.emitters, is_there, strict=True) if k]
        crowd = Crowd(start_s[is_there], end_s[is_there], heard.over_db[is_there])
        shares: dict[int, _Share] = {}
        parts: dict[int, _Part] = {}
        while (k := crowd.next()) is not None:
            if k in shares:
                part = shares[k].part()
            elif (share := self._share(laid, emitters[k], heard.receiver)) is not None:
                shares[k] = share
                crowd.bound(k, share.over_db)
                continue
            else:
                part = None
            crowd.settle(k, -math.inf if part is None else part.over_db)
            if part is not None:
                parts[k] = part
        return [parts[k] for k in sorted(parts)] if crowd.is_too_much() else []

    def _share(self, laid: Laid, emitter: int, receiver: int) -> _Share | None:
        """Return what one emission adds at most; None: nothing at any time."""
        path = laid.path(emitter, receiver)
        if path is None:
            return None
        link = Link(laid.emission(emitter), laid.reception(receiver), path, laid.air)
        figures = budgets.blocking_figures(link) if self.blocking else budgets.direct_figures(link)
        if figures is None:
            return None
        known = laid.budgets.get((emitter, receiver, self.blocking))
        return _Share(emitter, link, figures, known)


def _windows(field: Field, heard: _Heard) -> tuple[Floats, Floats]:
    """Return from when to when each emission is on the air while the receiver listens."""
    here = field.volumes[heard.receiver].time
    times = [field.volumes[emitter].time for emitter in heard.emitters]
    start_s = np.array([max(time.start_s, here.start_s) for time in times])
    return start_s, np.array([min(time.end_s, here.end_s) for time in times])


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
