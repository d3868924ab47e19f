"""What the API gives beside the node's own records."""

from typing import Literal

from msgspec import Struct

from wideberth.model.activity import State
from wideberth.model.notice import Rung
from wideberth.node.answers import Answer
from wideberth.node.people import Permission, Role
from wideberth.node.people_audit import Refused
from wideberth.node.records import Alarm, Held, Met, Notice
from wideberth.peering.wire import WireVolume
from wideberth.web.problems import Problem


class NotDeclared(Struct, frozen=True, kw_only=True):
    """An activity of a plan that was refused after others were declared."""

    activity: str
    problem: Problem


class Declared(Struct, frozen=True, kw_only=True):
    """What became of each activity of a plan."""

    declared: tuple[Answer, ...]
    refused: tuple[NotDeclared, ...] = ()
    remarks: tuple[str, ...] = ()


class Me(Struct, frozen=True, kw_only=True):
    """Who is signed in. csrf: to be sent as X-CSRF-Token with every change; empty for tokens.

    roles: of the user; a token may do less than they allow, and permissions says what.
    """

    name: str
    party: str
    roles: tuple[Role, ...]
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
    """Conflicts; those with ended_s are over."""

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
