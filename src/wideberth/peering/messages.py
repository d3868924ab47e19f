"""What nodes say to each other: the bodies of messages, strict; unknown fields are refused.

Hashes are hex SHA-256 of whole envelopes. Times are seconds UTC by the writer's clock; nothing is
ever ordered by a peer's clock.
"""

from typing import Annotated

from msgspec import Meta

from wideberth.model.activity import State
from wideberth.model.interference import CeaseAnswer, Effect, Outcome
from wideberth.model.notice import Rung
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.strict import Count, Hash, Instant, Strict
from wideberth.peering.wire import Name, Text, WireActivity
from wideberth.peering.wire_interference import WireBearing, WireReport


class Checked(Strict, frozen=True):
    """Who checked the coordinates, when and how (R11)."""

    by: Name
    at_s: Instant
    how: Text


class Declare(Strict, frozen=True, tag="declare"):
    """An activity, new or amended, as far as it is disclosed.

    contact: the role that answers for it. doubt: dissent or uncertainty that travels with it and
    cannot be dropped (R9). third_parties: who else is affected and not a party (R12).
    """

    activity: WireActivity
    contact: Name
    doubt: Text = ""
    third_parties: Text = ""
    checked: Checked | None = None


class Change(Strict, frozen=True, tag="change"):
    """A new state of an activity declared before; the revision goes up by one."""

    activity: Name
    revision: Count
    state: State
    at_s: Instant
    reason: Text = ""


class Climbed(Strict, frozen=True, tag="climbed"):
    """A notice of the recipient's reached a rung on the sender's side (R5).

    notice: hash of the message that carried it. unit: for passed and acknowledged. by: the role.
    """

    notice: Hash
    activity: Name
    revision: Count
    rung: Rung
    at_s: Instant
    by: Name
    unit: Text = ""


class SaidPlace(Strict, frozen=True):
    """A place repeated in other notations (R4); bearing: from a named point of the agreement."""

    which: Text
    mgrs: Text
    dms: Text
    bearing: Text = ""


class SaidVolume(Strict, frozen=True):
    """A volume as it is read back: every place of it, and the rest in words."""

    id: Name
    arena: Text
    shape: Text
    places: Annotated[tuple[SaidPlace, ...], Meta(max_length=20_000)]
    heights: Text
    times: Text
    band: Text = ""


class ReadBack(Strict, frozen=True, tag="read_back"):
    """The receiver's node repeats the places of a notice."""

    notice: Hash
    activity: Name
    revision: Count
    volumes: Annotated[tuple[SaidVolume, ...], Meta(max_length=1000)]


class ReadBackAnswer(Strict, frozen=True, tag="read_back_answer"):
    """Whether the places repeated are those meant; if not, where they differ."""

    notice: Hash
    activity: Name
    revision: Count
    agreed: bool
    differences: Annotated[tuple[Text, ...], Meta(max_length=1000)] = ()


class InForceItem(Strict, frozen=True):
    """One activity in force; digest: of its disclosed form (hex SHA-256)."""

    activity: Name
    revision: Count
    state: State
    digest: Hash


class InForce(Strict, frozen=True, tag="in_force"):
    """What the sender has in force towards the recipient, as a hash (R10).

    first, before: the stretch of names that is hashed, in the order of tables.key; empty: from
    the first of all, or to the last.
    """

    digest: Hash
    count: Count
    first: Text = ""
    before: Text = ""


class InForceItems(Strict, frozen=True, tag="in_force_items"):
    """What the writer holds of a stretch of one party's list, item by item."""

    party: Name
    items: Annotated[tuple[InForceItem, ...], Meta(max_length=1000)]
    first: Text = ""
    before: Text = ""


class InForceBodies(Strict, frozen=True, tag="in_force_bodies"):
    """Activities of the sender whose items differed, for a field-by-field comparison.

    absent: those that the recipient has in force and the sender has not. more: how many others of
    the stretch differ, which did not fit here. All empty: nothing differs any more.
    """

    activities: Annotated[tuple[Declare, ...], Meta(max_length=1000)] = ()
    absent: Annotated[tuple[Name, ...], Meta(max_length=1000)] = ()
    more: Count = 0
    first: Text = ""
    before: Text = ""


class Heartbeat(Strict, frozen=True, tag="heartbeat"):
    """The line and the node behind it are alive; it lapses unless renewed."""

    at_s: Instant


class Suspension(Strict, frozen=True, tag="suspension"):
    """The sender suspends the exchange of declarations, or takes it up again (R23)."""

    suspended: bool
    at_s: Instant
    reason: Text


class Recall(Strict, frozen=True, tag="recall"):
    """A notice went to somebody it was not for; its content is to be deleted (R22)."""

    notice: Hash
    reason: Text


class RecallDone(Strict, frozen=True, tag="recall_done"):
    """The content of a recalled notice is deleted; what is left is its hash."""

    notice: Hash
    at_s: Instant


class Interference(Strict, frozen=True, tag="interference"):
    """The sender opens a case of interference with the recipient (R26); case: its name for it."""

    case: Name
    report: WireReport
    at_s: Instant


class CeaseRequest(Strict, frozen=True, tag="cease_request"):
    """The sender, whose case it is, asks the recipient to cease; the answer clock runs."""

    case: Name
    at_s: Instant
    role: Name
    words: Text = ""


class CeaseAnswered(Strict, frozen=True, tag="cease_answered"):
    """The answer to a request in a case of the recipient's.

    when_s: when it ceased, or by when it will. reason: why not, or why it is disputed.
    """

    case: Name
    answer: CeaseAnswer
    at_s: Instant
    role: Name
    when_s: Instant | None = None
    reason: Text = ""


class Observed(Strict, frozen=True, tag="interference_observed"):
    """More about a case of either side's; opener: whose."""

    opener: Name
    case: Name
    at_s: Instant
    role: Name
    words: Text = ""
    effect: Effect | None = None
    bearing: WireBearing | None = None


class CaseClosed(Strict, frozen=True, tag="interference_closed"):
    """The sender closes its case: how it ended, and what was found."""

    case: Name
    outcome: Outcome
    at_s: Instant
    role: Name
    words: Text = ""


class Keys(Strict, frozen=True, tag="keys"):
    """A key statement, itself an envelope by the party's root key (peering/statements.py)."""

    statement: Annotated[str, Meta(max_length=20_000)]


Body = (
    Declare
    | Change
    | Climbed
    | ReadBack
    | ReadBackAnswer
    | InForce
    | InForceItems
    | InForceBodies
    | Heartbeat
    | Suspension
    | Recall
    | RecallDone
    | Interference
    | CeaseRequest
    | CeaseAnswered
    | Observed
    | CaseClosed
    | Keys
    | CouncilBody
)
