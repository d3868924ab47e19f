"""What the API takes and gives beside the node's own records."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from wideberth.model.activity import State
from wideberth.model.notice import Rung
from wideberth.node.answers import Answer
from wideberth.node.people import Permission, Role, UserName
from wideberth.node.people_audit import Refused
from wideberth.node.records import Alarm, Held, Met, Notice
from wideberth.peering.messages import Checked
from wideberth.peering.wire import Name, Text, WireActivity, WireVolume
from wideberth.web.problems import Problem

Cursor = Annotated[str, Meta(max_length=1000, pattern=r"^[A-Za-z0-9%_.~/-]*$")]
Limit = Annotated[int, Meta(ge=1, le=1000)]
Number = Annotated[int, Meta(ge=0, le=999_999_999_999)]
Password = Annotated[str, Meta(max_length=1000)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Reason = Annotated[str, Meta(min_length=1, max_length=2000)]


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all forms share: unknown fields are refused."""


class Paged(Form, frozen=True):
    """after: `next` of the page before; empty: from the start."""

    after: Cursor = ""
    limit: Limit = 100


class Numbered(Form, frozen=True):
    """first: the number of the first entry."""

    first: Number = 0
    limit: Limit = 100


class OfParty(Form, frozen=True):
    """party: whose; empty: our own."""

    party: Text = ""


class PagedOfParty(Paged, frozen=True):
    """party: whose; empty: all."""

    party: Text = ""


class PagedAlarms(Form, frozen=True):
    """lasting: only those not cleared."""

    lasting: bool = True
    limit: Limit = 100


class PagedSide(Paged, frozen=True):
    """side: what we have in force towards the peer, or the peer towards us."""

    side: Literal["ours", "theirs"] = "ours"


class PagedAudit(Form, frozen=True):
    """before: the number of the last row of the page before; 0: from the newest."""

    before: Number = 0
    limit: Limit = 100


class PlanQuery(Form, frozen=True):
    """contact: the role that answers for the plan's activities, where the body is GeoJSON."""

    contact: Text = ""


class Since(Form, frozen=True):
    """after: id of the last event that was seen; Last-Event-ID counts more."""

    after: Number | None = None


class Declaration(Form, frozen=True):
    """An activity, or a plan (GeoJSON): one of the two; what travels with it.

    contact: the role that answers. doubt: dissent or uncertainty (R9). third_parties: who else is
    affected (R12). checked: who checked the coordinates, when and how (R11).
    """

    contact: Name
    activity: WireActivity | UnsetType = UNSET
    plan: msgspec.Raw | UnsetType = UNSET
    doubt: Text = ""
    third_parties: Text = ""
    checked: Checked | None = None


class Amendment(Form, frozen=True):
    """A new revision of an activity."""

    contact: Name
    activity: WireActivity
    doubt: Text = ""
    third_parties: Text = ""
    checked: Checked | None = None


class NotDeclared(Struct, frozen=True, kw_only=True):
    """An activity of a plan that was refused after others were declared."""

    activity: str
    problem: Problem


class Declared(Struct, frozen=True, kw_only=True):
    """What became of each activity of a plan."""

    declared: tuple[Answer, ...]
    refused: tuple[NotDeclared, ...] = ()
    remarks: tuple[str, ...] = ()


class StateForm(Form, frozen=True):
    """of_revision: the revision that was seen; left out: whichever is in force."""

    state: State
    of_revision: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    reason: Text = ""


class UnitsForm(Form, frozen=True):
    """Units by their ids in the agreement."""

    units: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=1000)]


class AcknowledgeForm(Form, frozen=True):
    """code: the check digits of an offline slip, if it came on paper."""

    unit: Name
    code: Text = ""


class UnitAcknowledgeForm(Form, frozen=True):
    """notice: the hash of its message."""

    notice: Hash


class ReadBackForm(Form, frozen=True):
    """agreed: the places the peer repeated are those meant."""

    agreed: bool
    reason: Text = ""


class ReasonForm(Form, frozen=True):
    """Why."""

    reason: Reason


class CardForm(Form, frozen=True):
    """A peer's card, exactly as its node wrote it; its fingerprint was read aloud."""

    card: Annotated[str, Meta(min_length=1, max_length=100_000)]


class SignInForm(Form, frozen=True):
    """Name and password."""

    name: Annotated[str, Meta(max_length=64)]
    password: Password


class ClaimForm(Form, frozen=True):
    """The code that `node init` printed, and who is to be the first administrator."""

    code: Annotated[str, Meta(max_length=64)]
    name: UserName
    password: Password


class PasswordForm(Form, frozen=True):
    """The old and the new password."""

    old: Password
    new: Password


class UserForm(Form, frozen=True):
    """password empty: a program that uses tokens alone."""

    name: UserName
    roles: Annotated[tuple[Role, ...], Meta(min_length=1, max_length=6)]
    password: Password = ""


class UserChangeForm(Form, frozen=True):
    """What is left out stays."""

    roles: Annotated[tuple[Role, ...], Meta(min_length=1, max_length=6)] | None = None
    disabled: bool | None = None
    password: Password | None = None


class TokenForm(Form, frozen=True):
    """scopes: at most what the user's roles allow. lasts_s: up to 366 days."""

    user: UserName
    scopes: Annotated[tuple[Permission, ...], Meta(min_length=1, max_length=20)]
    title: Text = ""
    lasts_s: float = 90 * 86400.0


class UnitTokenForm(Form, frozen=True):
    """unit: by its id in the agreement, of our own party."""

    unit: Name
    lasts_s: float = 30 * 86400.0


class Me(Struct, frozen=True, kw_only=True):
    """Who is signed in. csrf: to be sent as X-CSRF-Token with every change; empty for tokens."""

    name: str
    party: str
    permissions: tuple[Permission, ...]
    csrf: str


class UserView(Struct, frozen=True, kw_only=True):
    """A user."""

    name: str
    roles: tuple[Role, ...]
    disabled: bool
    has_password: bool
    created_s: float


class TokenView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A token; secret and path are there only in the answer that made it."""

    id: str
    created_s: float
    expires_s: float
    user: str = ""
    title: str = ""
    scopes: tuple[Permission, ...] = ()
    unit: str = ""
    secret: str = ""
    path: str = ""


class ActivityPage(Struct, frozen=True, kw_only=True):
    """next: the cursor of the next page; empty: this is the last."""

    items: tuple[Held, ...]
    next: str


class ConflictPage(Struct, frozen=True, kw_only=True):
    """Conflicts by id; those with ended_s are over."""

    items: tuple[Met, ...]
    next: str


class NoticePage(Struct, frozen=True, kw_only=True):
    """Notices of both ways, in the order of the ledger."""

    items: tuple[Notice, ...]
    next: str


class AlarmPage(Struct, frozen=True, kw_only=True):
    """Alarms, newest first."""

    items: tuple[Alarm, ...]


class AuditPage(Struct, frozen=True, kw_only=True):
    """Refusals, newest first; dropped: how many older ones are no longer kept."""

    items: tuple[Refused, ...]
    dropped: int


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rung that was reached. clock: whose clock at_s is by."""

    rung: Rung
    at_s: float
    clock: Literal["ours", "theirs"]
    unit: str = ""
    by: str = ""


class Receipts(Struct, frozen=True, kw_only=True):
    """How far a notice has climbed, by both clocks. skew_s: receiver's clock less sender's."""

    message: str
    rung: Rung
    steps: tuple[Step, ...]
    skew_s: float | None
    effective_s: float | None
    overdue: tuple[Rung, ...]


class UnitNotice(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A notice as a unit sees it."""

    notice: str
    owner: str
    activity: str
    revision: int
    state: State
    passed_s: float
    acknowledged_s: float | None = None
    superseded: bool = False
    title: str = ""
    kind: str = ""
    volumes: tuple[WireVolume, ...] = ()


class UnitNotices(Struct, frozen=True, kw_only=True):
    """What was passed to a unit: all that is not acknowledged, and the newest of the rest."""

    unit: str
    notices: tuple[UnitNotice, ...]


class InForceLine(Struct, frozen=True, kw_only=True):
    """An activity in force between us and a peer."""

    activity: str
    revision: int
    state: State


class InForceView(Struct, frozen=True, kw_only=True):
    """One side's list, and how the last comparison with the peer went (R10)."""

    peer: str
    items: tuple[InForceLine, ...]
    next: str
    compared_s: float | None
    same: bool | None
    differences: tuple[str, ...]


class LedgerView(Struct, frozen=True, kw_only=True):
    """The log's size."""

    size: int


class Entry(Struct, frozen=True, kw_only=True):
    """An entry of the log; envelope: its exact bytes, in base64."""

    index: int
    envelope: bytes


class EntryPage(Struct, frozen=True, kw_only=True):
    """Entries in order."""

    items: tuple[Entry, ...]


class Health(Struct, frozen=True, kw_only=True):
    """ok, or degraded: something needs a person."""

    status: Literal["ok", "degraded"]
    at_s: float
