"""The agreement's rules for notices: the receipt ladder, its deadlines, who is alerted and when."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError

_LONGEST_S: Final = 366.0 * 86400.0  # a wait of more than a year is a slip of the unit


class Rung(StrEnum):
    """How far a notice has climbed: each rung means that all below it were reached too.

    Compared by `rank` or `reaches`; `<` would go by the letters.
    """

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PASSED = "passed"
    ACKNOWLEDGED = "acknowledged"

    @property
    def rank(self) -> int:
        """Return the place on the ladder: 0 for sent, 4 for acknowledged."""
        return _LADDER.index(self)


_LADDER: Final = tuple(Rung)


def reaches(rung: Rung, wanted: Rung) -> bool:
    """Return whether a notice on this rung has climbed at least to the one that is wanted."""
    return rung.rank >= wanted.rank


def check_wait(name: str, wait_s: float, *, zero: bool = False) -> None:
    """Raise ImpossibleValueError unless a wait is above zero (or zero, if allowed) and sane."""
    if not (math.isfinite(wait_s) and (wait_s > 0.0 or (zero and wait_s == 0.0))):
        raise ImpossibleValueError(f"{name} {wait_s:g} s is not above zero.")
    if wait_s > _LONGEST_S:
        raise ImpossibleValueError(
            f"{name} {wait_s:g} s is longer than a year.", remedy="Check the unit."
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A notice must have climbed to the rung within so many seconds of being sent."""

    rung: Rung
    within_s: float
    clause: str

    def __post_init__(self) -> None:
        check_wait(f"deadline for {self.rung!s}", self.within_s)
        if self.rung is Rung.SENT:
            raise ImpossibleValueError(
                "a deadline for 'sent', from which deadlines count.",
                remedy="Name a rung above it.",
            )


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """After so many seconds unanswered the role is alerted, by a clause (empty: none cited)."""

    role: str
    after_s: float
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.role.strip():
            raise ImpossibleValueError("an escalation step names no role.")
        check_wait(f"escalation to {self.role!r}", self.after_s, zero=True)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is told of notices and acknowledges them; (party, id) names it."""

    party: str
    id: str
    title: str = ""

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.id.strip():
            raise ImpossibleValueError("a unit needs a party and an id.")


@dataclass(frozen=True, slots=True)
class Reaction:
    """How long a party needs to act on a notice; a shorter lead is too late to act on."""

    party: str
    reaction_s: float

    def __post_init__(self) -> None:
        check_wait(f"reaction time of {self.party!r}", self.reaction_s, zero=True)


@dataclass(frozen=True, slots=True)
class CeaseRules:
    """How soon a request to cease interference is answered, by a clause (empty: none cited).

    safety_s: where a safety service is the victim (model/interference.py), never the longer one.
    """

    answer_s: float = 900.0
    safety_s: float = 300.0
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait("wait for an answer to a cease request", self.answer_s)
        check_wait("wait for an answer where safety is at stake", self.safety_s)
        if self.safety_s > self.answer_s:
            raise ImpossibleValueError(
                f"a safety service waits {self.safety_s:g} s for an answer, others"
                f" {self.answer_s:g} s.",
                remedy="Give safety services the shorter wait.",
            )


_DEFAULT_ESCALATION: Final = (
    EscalationStep("duty officer", 30.0),
    EscalationStep("deputy", 60.0),
    EscalationStep("decision level", 120.0),
)


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """What the agreement says of notices on their way; what it leaves out has these defaults.

    effective: the rung at which a declaration counts, under effective_clause (empty: none cited).
    escalation: an unanswered call alerts these roles in turn. heartbeat_s: how often a node shows
    that it is there; after link_down_after_s without one the line counts as down. reconcile_s:
    how often both compare what is in force. skew_s: clocks farther apart than this are reported.
    cease: the answer clock of requests to cease interference.
    """

    effective: Rung = Rung.ACKNOWLEDGED
    effective_clause: str = ""
    deadlines: tuple[Deadline, ...] = ()
    escalation: tuple[EscalationStep, ...] = _DEFAULT_ESCALATION
    reactions: tuple[Reaction, ...] = ()
    heartbeat_s: float = 60.0
    link_down_after_s: float = 180.0
    reconcile_s: float = 3600.0
    skew_s: float = 2.0
    units: tuple[Unit, ...] = ()
    cease: CeaseRules = CeaseRules()

    def __post_init__(self) -> None:
        for name, wait_s in (
            ("heartbeat", self.heartbeat_s),
            ("link-down wait", self.link_down_after_s),
            ("reconciliation", self.reconcile_s),
            ("clock skew", self.skew_s),
        ):
            check_wait(name, wait_s)
        if self.link_down_after_s <= self.heartbeat_s:
            raise ImpossibleValueError(
                f"the line counts as down after {self.link_down_after_s:g} s, not longer than one"
                f" heartbeat of {self.heartbeat_s:g} s.",
                remedy="Allow for at least one heartbeat that is lost.",
            )
        _refuse_repeats("deadlines for one rung", (d.rung.value for d in self.deadlines))
        _refuse_repeats("reaction times of one party", (r.party for r in self.reactions))
        _refuse_repeats("units of one name", (f"{u.party} {u.id}" for u in self.units))
        _refuse_disorder(self.deadlines)
        waits_s = [step.after_s for step in self.escalation]
        if any(later <= earlier for earlier, later in itertools.pairwise(waits_s)):
            raise ImpossibleValueError(
                "escalation steps do not come one after the other.",
                remedy="Give each step a longer wait than the one before it.",
            )

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return every clause these rules cite."""
        named = tuple(clause for clause in (self.effective_clause, self.cease.clause) if clause)
        steps = (step.clause for step in self.escalation if step.clause)
        return (*named, *steps, *(deadline.clause for deadline in self.deadlines))

    @property
    def cited(self) -> str:
        """Return the clause as alarms show it behind what they say; empty: none is cited."""
        return f" (clause {self.effective_clause})" if self.effective_clause else ""

    @property
    def parties(self) -> frozenset[str]:
        """Return every party these rules name."""
        return frozenset((*(r.party for r in self.reactions), *(u.party for u in self.units)))

    def deadline_of(self, rung: Rung) -> Deadline | None:
        """Return the deadline that is agreed for a rung, if there is one."""
        return next((d for d in self.deadlines if d.rung is rung), None)

    def reaction_s(self, party: str) -> float:
        """Return how long a party needs to act on a notice; 0 where it has not said."""
        return next((r.reaction_s for r in self.reactions if r.party == party), 0.0)

    def units_of(self, party: str) -> tuple[Unit, ...]:
        """Return a party's units, in the agreement's order."""
        return tuple(unit for unit in self.units if unit.party == party)


def _refuse_repeats(what: str, names: Iterable[str]) -> None:
    listed = list(names)
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise ImpossibleValueError(f"two {what}: {', '.join(twice)}.", remedy="Keep one of them.")


def _refuse_disorder(deadlines: tuple[Deadline, ...]) -> None:
    climbing = sorted(deadlines, key=lambda d: d.rung.rank)
    for below, above in itertools.pairwise(climbing):
        if above.within_s < below.within_s:
            raise ImpossibleValueError(
                f"{above.rung!s} is due before {below.rung!s}, which comes first.",
                remedy="Give a higher rung at least as long as the one below it.",
            )


DEFAULT_NOTICE_RULES: Final = NoticeRules()
