"""What a node keeps, one struct a table; the API shows the same structs.

Times are seconds UTC by this node's clock unless the name says otherwise.
"""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from wideberth.model.activity import State
from wideberth.model.notice import Rung
from wideberth.peering.keys import PeerKey
from wideberth.peering.messages import Checked
from wideberth.peering.wire import WireActivity

NOTHING_HEARD: Final = "nothing heard"  # a peer's down_reason where silence alone says so


class Way(StrEnum):
    """Which way a notice went."""

    OUT = "out"
    IN = "in"


class Held(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An activity as it is in force here, own or a peer's, as far as it is disclosed to us.

    declared_s: its first revision; changed_s: this one. stale_s: since when it has been past its
    end without being ended. contact, doubt, third_parties, checked: as declared.
    """

    activity: WireActivity
    declared_s: float
    changed_s: float
    contact: str
    doubt: str = ""
    third_parties: str = ""
    checked: Checked | None = None
    reason: str = ""
    moved: str = ""
    stale_s: float | None = None
    confirmed_s: float | None = None


class Side(Struct, frozen=True, kw_only=True):
    """One volume of a conflict."""

    party: str
    activity: str
    volume: str
    revision: int


class Met(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A conflict, as found here; a < b by party, then id. Gaps 0: they overlap on that axis.

    private: it involves an activity that no peer knows of. ended_s, ended_why: None while it lasts.
    budget: what was reckoned, where radio is the matter, as reports in JSON carry it.
    """

    id: str
    a: Side
    b: Side
    rule: str
    clause: str
    lateral_m: float | None
    vertical_m: float | None
    time_s: float | None
    freq_hz: float | None = None
    from_s: float | None = None
    to_s: float | None = None
    why: str
    lon_deg: float
    lat_deg: float
    notes: tuple[str, ...] = ()
    found_s: float
    private: bool = False
    ended_s: float | None = None
    ended_why: str = ""
    budget: dict[str, Any] | None = None


class Lead(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Time from the receipt to the start: owed by the agreement, and given (R1).

    given_s counts from when the receiver's node had the notice, by its clock; until then by the
    sender's clock and `measured` is false. owed_s None: the agreement owes none for this kind.
    too_late: less than the receiver needs to react.
    """

    start_s: float
    given_s: float
    owed_s: float | None = None
    clause: str = ""
    late: bool = False
    too_late: bool = False
    measured: bool = False


class UnitStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far a notice came with one unit."""

    unit: str
    passed_s: float | None = None
    acknowledged_s: float | None = None
    by: str = ""


class Notice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A declaration or change on its way, with every rung of the receipt ladder (R5).

    message: hash of the envelope, the same on both sides. delivered_s: the receiver's clock from
    its receipt; receipted_s: when the receipt reached the sender, by the sender's clock.
    unread_since_s: since when revisions of the activity wait to be read, where one before this was
    never read: amending does not put deadlines off. effective_s: when it reached the rung that the
    agreement names. overdue: rungs whose deadlines passed. escalated: how many steps of the
    escalation were alerted. skew_s: receiver less sender. cautions: the caution areas it enters, in
    words, with the channels kept there.
    """

    way: Way
    peer: str
    owner: str
    activity: str
    revision: int
    state: State
    message: str
    sequence: int
    index: int
    sent_s: float
    rung: Rung = Rung.SENT
    delivered_s: float | None = None
    receipted_s: float | None = None
    skew_s: float | None = None
    read_s: float | None = None
    read_by: str = ""
    units: tuple[UnitStep, ...] = ()
    effective_s: float | None = None
    lead: Lead | None = None
    moved: str = ""
    read_back: str = ""
    differences: tuple[str, ...] = ()
    accepted: bool = True
    problems: tuple[str, ...] = ()
    overdue: tuple[Rung, ...] = ()
    escalated: int = 0
    superseded: bool = False
    recalled: str = ""
    unread_since_s: float | None = None
    cautions: tuple[str, ...] = ()


class Alarm(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that must not pass unseen; it stays until cleared by its cause or a person."""

    id: str
    kind: str
    subject: str
    text: str
    raised_s: float
    roles: tuple[str, ...] = ()
    cleared_s: float | None = None
    cleared_why: str = ""


class Event(Struct, frozen=True, kw_only=True):
    """Something changed: which table and key; ids rise by one and never repeat."""

    id: int
    at_s: float
    table: str
    key: str


class Peer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A party's node that we trust, and how far the exchange with it has come.

    root: its root key, hex. tls: certificates it may show, PEM. out_*: our messages; in_*: theirs,
    as far as logged. receipted: our newest message with a receipt. witnessed: size and note of its
    newest checkpoint that we verified; cosigned: the same under our cosignature, not yet told.
    cosigned_by_peer: our newest checkpoint under the peer's cosignature. wants_receipts_from: the
    peer's first message without our receipt, as its last bundle said.
    """

    party: str
    url: str
    root: str
    keys: tuple[PeerKey, ...]
    tls: tuple[str, ...]
    statement: str
    statement_number: int = 1
    out_sequence: int = 0
    out_previous: str = ""
    receipted: int = 0
    in_sequence: int = 0
    in_last: str = ""
    witnessed_size: int = 0
    witnessed_note: str = ""
    cosigned_size: int = 0
    told_size: int = 0
    keys_told: int = 0
    cosigned_by_peer: str = ""
    wants_receipts_from: int = 1
    suspended_by_us: str = ""
    suspended_by_them: str = ""
    suspended_s: float | None = None
    last_heard_s: float | None = None
    last_sent_s: float | None = None
    down_since_s: float | None = None
    down_reason: str = ""
    skew_s: float | None = None
    compared_s: float | None = None
    compared_same: bool | None = None
    in_force_differences: tuple[str, ...] = ()
    fraud: str = ""
