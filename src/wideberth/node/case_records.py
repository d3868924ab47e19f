"""Cases of interference as a node keeps them, own and peers'; the API shows the same structs.

Nothing of a case is ever deleted: it grows by steps, each with the message that told it. Times are
seconds UTC by this node's clock unless the name says otherwise.
"""

from enum import StrEnum

from msgspec import Struct

from wideberth.model.interference import CaseState, CeaseAnswer, Effect, Outcome
from wideberth.peering.wire_interference import WireBearing, WireReport


class StepKind(StrEnum):
    """What a step of a case is."""

    OPENED = "opened"
    ASKED = "asked"
    ANSWERED = "answered"
    OBSERVED = "observed"
    CLOSED = "closed"


class CaseStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that one side said of a case.

    said_s: by its own clock; known_s: when it was known here. role: as both sides see it; by: who
    gave it here, which no peer is told. words: what was asked, seen or found, or why. when_s: of an
    answer, when it ceased or will. message, index: the message and its entry in our ledger.
    delivered_s: when the peer's receipt for it came; problems: why it was not accepted.
    """

    number: int
    party: str
    kind: StepKind
    said_s: float
    known_s: float
    role: str
    message: str
    index: int
    words: str = ""
    answer: CeaseAnswer | None = None
    when_s: float | None = None
    effect: Effect | None = None
    bearing: WireBearing | None = None
    outcome: Outcome | None = None
    by: str = ""
    delivered_s: float | None = None
    problems: tuple[str, ...] = ()


class InterferenceCase(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case of interference; (opener, id) names it. other: the party it was told to.

    asked_s: since when an answer is asked for; due_s: until when it is due, or what is promised.
    answer: the newest. overdue: due_s has passed without what was due.
    """

    opener: str
    id: str
    other: str
    report: WireReport
    opened_s: float
    steps: tuple[CaseStep, ...]
    state: CaseState = CaseState.OPEN
    asked_s: float | None = None
    due_s: float | None = None
    overdue: bool = False
    answer: CeaseAnswer | None = None
    answered_s: float | None = None
    outcome: Outcome | None = None
    closed_s: float | None = None

    @property
    def is_running(self) -> bool:
        """Return whether a clock runs: for an answer, or for what an answer promised."""
        return self.state in (CaseState.ASKED, CaseState.CEASING)


class CaseMark(Struct, frozen=True):
    """Where a case that is not closed stands: enough to count it."""

    state: CaseState
    overdue: bool


class SaidStep(Struct, frozen=True):
    """Which step of which case a message of ours told."""

    opener: str
    id: str
    number: int
