"""What the agreement says of the working group: leads, hotline, clocks, and how it resumes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.council_clocks import (
    ActionRules,
    AssuranceRules,
    CaveatRules,
    DrillRules,
    IncidentRules,
    MeetingRules,
    QuestionRules,
    TermRules,
    WatchRules,
)
from wideberth.model.notice import EscalationStep, check_wait
from wideberth.units import SECONDS_PER_DAY

DEFAULT_LEAD: Final = "deputy"


class Precedence(StrEnum):
    """How urgent a message is; a flash interrupts every console."""

    FLASH = "flash"
    IMMEDIATE = "immediate"
    PRIORITY = "priority"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Lead:
    """The role that leads a party's side of the working group."""

    party: str
    role: str
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.role.strip():
            raise ImpossibleValueError("a lead needs a party and a role.")


@dataclass(frozen=True, slots=True)
class AnswerWait:
    """How soon a message of a precedence is answered."""

    precedence: Precedence
    answer_s: float
    clause: str = ""

    def __post_init__(self) -> None:
        check_wait(f"wait for an answer to {self.precedence.value}", self.answer_s)


_ANSWERS: Final = (
    AnswerWait(Precedence.FLASH, 30.0),
    AnswerWait(Precedence.IMMEDIATE, 600.0),
    AnswerWait(Precedence.PRIORITY, 3600.0),
    AnswerWait(Precedence.ROUTINE, SECONDS_PER_DAY),
)
_FLASH: Final = (
    EscalationStep("duty officer", 0.0),
    EscalationStep("deputy", 30.0),
    EscalationStep("second deputy", 60.0),
    EscalationStep("decision level", 120.0),
)


@dataclass(frozen=True, slots=True)
class HotlineRules:
    """Who answers the hotline.

    flash: who is rung, after how long, while nobody took a flash. answers: one wait for each
    precedence, the more urgent the shorter. roles: whom a call may be addressed to.
    """

    flash: tuple[EscalationStep, ...] = _FLASH
    answers: tuple[AnswerWait, ...] = _ANSWERS
    roles: tuple[str, ...] = ("duty officer", "deputy", "second deputy", "decision level")
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.flash:
            raise ImpossibleValueError("nobody is rung for a flash.", remedy="Name a role.")
        waits_s = [step.after_s for step in self.flash]
        if any(later <= earlier for earlier, later in itertools.pairwise(waits_s)):
            raise ImpossibleValueError(
                "the roles rung for a flash do not come one after the other.",
                remedy="Give each a longer wait than the one before it.",
            )
        if [wait.precedence for wait in self.answers] != list(Precedence):
            raise ImpossibleValueError(
                "not one wait for each precedence.",
                remedy=f"Give {', '.join(Precedence)}, in this order.",
            )
        if any(b.answer_s < a.answer_s for a, b in itertools.pairwise(self.answers)):
            raise ImpossibleValueError("a more urgent message waits longer for its answer.")
        missing = [step.role for step in self.flash if step.role not in self.roles]
        if missing or len(set(self.roles)) != len(self.roles):
            raise ImpossibleValueError(
                "the roles that can be called do not hold each role that is rung, once.",
                remedy=f"Add {', '.join(missing)}." if missing else "Keep one of each.",
            )

    def wait_of(self, precedence: Precedence) -> AnswerWait:
        """Return how soon a message of a precedence is answered, and by which clause."""
        return next(wait for wait in self.answers if wait.precedence is precedence)

    def answer_s(self, precedence: Precedence) -> float:
        """Return how soon, in seconds, a message of a precedence is answered."""
        return self.wait_of(precedence).answer_s


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that is done and ticked by a role before a suspended agreement is resumed."""

    id: str
    text: str
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.text.strip():
            raise ImpossibleValueError("an item of the checklist needs an id and a text.")


_CHECKLIST: Final = (
    ChecklistItem("line", "The hotline was tested both ways, on both paths."),
    ChecklistItem("lists", "Both sides hold the same list of what is in force."),
    ChecklistItem("watch", "Both watches are manned and have accepted what is open."),
    ChecklistItem("units", "The units have been told that the agreement applies again."),
    ChecklistItem("cause", "What led to the suspension is answered, or has a date."),
)


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """What the agreement says of the working group; what it leaves out has these defaults."""

    leads: tuple[Lead, ...] = ()
    question: QuestionRules = field(default_factory=QuestionRules)
    assurance: AssuranceRules = field(default_factory=AssuranceRules)
    incident: IncidentRules = field(default_factory=IncidentRules)
    hotline: HotlineRules = field(default_factory=HotlineRules)
    watch: WatchRules = field(default_factory=WatchRules)
    drills: DrillRules = field(default_factory=DrillRules)
    meetings: MeetingRules = field(default_factory=MeetingRules)
    action: ActionRules = field(default_factory=ActionRules)
    caveat: CaveatRules = field(default_factory=CaveatRules)
    term: TermRules = field(default_factory=TermRules)
    resume_checklist: tuple[ChecklistItem, ...] = _CHECKLIST
    clause: str = ""

    def __post_init__(self) -> None:
        for what, names in (
            ("leads of one party", [lead.party for lead in self.leads]),
            ("items of the checklist of one id", [item.id for item in self.resume_checklist]),
        ):
            if len(set(names)) != len(names):
                raise ImpossibleValueError(f"two {what}.", remedy="Keep one of them.")

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return every clause these rules cite."""
        return tuple(clause for clause in _clauses(self) if clause)

    def lead(self, party: str) -> Lead:
        """Return who leads a party's side; its deputy where the agreement does not say."""
        named = (lead for lead in self.leads if lead.party == party)
        return next(named, Lead(party, DEFAULT_LEAD, self.clause))


def _clauses(value: object) -> Iterator[str]:
    """Yield what every `clause` of a value holds, and of all the values within it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _clauses(item)
    elif is_dataclass(value):
        for part in fields(value):
            inner = getattr(value, part.name)
            if part.name == "clause":
                yield inner
            else:
                yield from _clauses(inner)


DEFAULT_COUNCIL_RULES: Final = CouncilRules()
