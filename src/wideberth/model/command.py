"""What a person or a program asks of a node: one frozen class for each change.

`by` says who asks: a user's name, or the program's token. The node adds when.
"""

from dataclasses import dataclass

from wideberth.model.activity import Activity, State
from wideberth.model.interference import Bearing, CeaseAnswer, Effect, Outcome, Report


@dataclass(frozen=True, slots=True)
class Verified:
    """Who checked the coordinates of an activity, when and how (R11)."""

    by: str
    at_s: float
    how: str


@dataclass(frozen=True, slots=True)
class Declare:
    """Declare an activity, or amend one: then revision is one more than that in force.

    contact: the role that answers for it. doubt: dissent or uncertainty that travels with it (R9).
    third_parties: who else is affected and not a party (R12).
    """

    activity: Activity
    contact: str
    by: str
    doubt: str = ""
    third_parties: str = ""
    checked: Verified | None = None


@dataclass(frozen=True, slots=True)
class ChangeState:
    """Withdraw, activate, end, release early, or mark as nonconforming or contingent.

    of_revision: the revision that the asker saw; None: whichever is in force.
    """

    activity: str
    state: State
    by: str
    of_revision: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarkRead:
    """A watch officer has read a notice that a peer sent; notice: its message's hash."""

    notice: str
    by: str


@dataclass(frozen=True, slots=True)
class PassToUnits:
    """A notice was passed to units."""

    notice: str
    units: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class UnitAcknowledge:
    """A unit has acknowledged a notice; code: of an offline slip, else empty."""

    notice: str
    unit: str
    by: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class AnswerReadBack:
    """Say whether the places the peer's node repeated are those meant."""

    notice: str
    agreed: bool
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Suspend the exchange of declarations with a peer, or take it up again (R23)."""

    peer: str
    suspended: bool
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecallNotice:
    """Ask a peer to delete a notice that was not for it (R22)."""

    notice: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Report interference to a peer (R26); case: a name for it, empty: the node makes one.

    cease: ask the peer at once to cease.
    """

    peer: str
    report: Report
    by: str
    case: str = ""
    cease: bool = False


@dataclass(frozen=True, slots=True)
class RequestCease:
    """Ask the peer of an own case to cease, or ask again; role: tells the peer who asks."""

    case: str
    role: str
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCease:
    """Answer a peer's request to cease, or answer anew.

    when_s: when it ceased, or by when it will. reason: why not, or why it is disputed.
    """

    opener: str
    case: str
    answer: CeaseAnswer
    role: str
    by: str
    when_s: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ObserveCase:
    """Add to a case, own or a peer's, closed ones too: what was seen or done, a remark."""

    opener: str
    case: str
    role: str
    by: str
    words: str = ""
    effect: Effect | None = None
    bearing: Bearing | None = None


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Close an own case: how it ended, and what was found."""

    case: str
    outcome: Outcome
    role: str
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class AddPeer:
    """Trust a party's node by its card (peering/cards.py), whose fingerprint was read aloud."""

    card: bytes
    by: str


@dataclass(frozen=True, slots=True)
class ClearAlarm:
    """Say that an alarm was seen and dealt with."""

    alarm: str
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirm that an activity past its planned end, or unheard of for long, is still in force."""

    activity: str
    by: str


@dataclass(frozen=True, slots=True)
class Receive:
    """Take a message from a peer: exact bytes; via: "https" or "file"."""

    envelope: bytes
    via: str


@dataclass(frozen=True, slots=True)
class TakeReceipt:
    """Take a peer's answer to a message."""

    peer: str
    envelope: bytes


@dataclass(frozen=True, slots=True)
class RotateKeys:
    """Announce our key statement of that number to all peers (peering/statements.py)."""

    statement: bytes
    number: int
    by: str


@dataclass(frozen=True, slots=True)
class LinkState:
    """The line to a peer came up or went down; reason: short, no content."""

    peer: str
    up: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Look at every clock: deadlines, heartbeats, lapses, stale activities, reconciliation."""


Command = (
    Declare
    | ChangeState
    | MarkRead
    | PassToUnits
    | UnitAcknowledge
    | AnswerReadBack
    | Suspend
    | RecallNotice
    | OpenCase
    | RequestCease
    | AnswerCease
    | ObserveCase
    | CloseCase
    | AddPeer
    | ClearAlarm
    | Confirm
    | Receive
    | TakeReceipt
    | RotateKeys
    | LinkState
    | Tick
)
