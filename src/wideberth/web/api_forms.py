"""What the API takes: forms and parameters, strict."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from wideberth.model.activity import State
from wideberth.model.volume import Arena
from wideberth.node.people import Permission, Role, UserName
from wideberth.peering.messages import Checked
from wideberth.peering.wire import Name, Text, WireActivity

Cursor = Annotated[str, Meta(max_length=6000, pattern=r"^[A-Za-z0-9%_.~/-]*$")]
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


class PagedConflicts(Paged, frozen=True):
    """lasting: only those that last; false: those that are over too. party, arena: of one side."""

    lasting: bool = True
    party: Text = ""
    arena: Arena | None = None


class PagedNotices(Paged, frozen=True):
    """overdue: with a rung that is overdue. effective: at the rung that the agreement names.

    overdue=true and effective=false leave out what was superseded or recalled.
    """

    overdue: bool | None = None
    effective: bool | None = None


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

    contact: Annotated[str, Meta(max_length=200)] = ""


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
