"""Who may do what on a node: roles, permissions, and what is kept of users, sessions and tokens.

MAY is the only table of rights. A token has rights only as far as its user has them still.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

from wideberth.errors import WideberthError
from wideberth.node.refusals import NotAllowedError, NotFoundError


class Role(StrEnum):
    """What a user is there for; a user has one or more."""

    PLANNER = "planner"
    WATCH = "watch"
    SPECTRUM = "spectrum"
    SECRETARY = "secretary"
    ADMIN = "admin"
    OBSERVER = "observer"
    LEAD = "lead"


class Permission(StrEnum):
    """A right. OPEN: nobody need sign in. SIGNED_IN: everybody who is known."""

    OPEN = "open"
    SIGNED_IN = "signed-in"
    READ = "read"
    READ_PRIVATE = "read-private"
    DECLARE = "declare"
    CHANGE = "change"
    ACKNOWLEDGE = "acknowledge"
    INTERFERENCE = "interference"
    COUNCIL = "council"
    HOTLINE = "hotline"
    SIGN = "sign"
    RECALL = "recall"
    CLEAR = "clear"
    SUSPEND = "suspend"
    TRUST = "trust"
    UNITS = "units"
    METRICS = "metrics"
    ADMIN = "admin"


_ALL: Final = frozenset(Role)
MAY: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.SIGNED_IN: _ALL,
    Permission.READ: _ALL,
    Permission.READ_PRIVATE: frozenset({Role.PLANNER, Role.WATCH, Role.SPECTRUM}),
    Permission.DECLARE: frozenset({Role.PLANNER, Role.SPECTRUM}),
    Permission.CHANGE: frozenset({Role.PLANNER, Role.SPECTRUM, Role.WATCH}),
    Permission.ACKNOWLEDGE: frozenset({Role.WATCH}),
    Permission.INTERFERENCE: frozenset({Role.SPECTRUM, Role.WATCH}),
    Permission.COUNCIL: frozenset({Role.SECRETARY, Role.WATCH, Role.LEAD}),
    Permission.HOTLINE: frozenset(
        {Role.WATCH, Role.PLANNER, Role.SPECTRUM, Role.SECRETARY, Role.LEAD}
    ),
    Permission.SIGN: frozenset({Role.LEAD}),
    Permission.RECALL: frozenset({Role.PLANNER, Role.WATCH, Role.SECRETARY}),
    Permission.CLEAR: frozenset({Role.WATCH, Role.ADMIN}),
    Permission.SUSPEND: frozenset({Role.SECRETARY, Role.ADMIN}),
    Permission.TRUST: frozenset({Role.ADMIN}),
    Permission.UNITS: frozenset({Role.WATCH, Role.ADMIN}),
    Permission.METRICS: frozenset({Role.ADMIN, Role.OBSERVER}),
    Permission.ADMIN: frozenset({Role.ADMIN}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return all that somebody with the roles may do."""
    held = frozenset(roles)
    return frozenset(permission for permission, may in MAY.items() if held & may)


UserName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]


class User(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or program; password: its argon2id hash, empty: it cannot sign in.

    version goes up with every change and ends the sessions of the versions before.
    """

    name: str
    roles: tuple[Role, ...]
    password: str
    created_s: float
    version: int = 1
    disabled: bool = False


class SignIn(Struct, frozen=True, kw_only=True):
    """A session; its key in the table is the hash of its secret. version: of the user."""

    user: str
    created_s: float
    seen_s: float
    version: int
    address: str


class ApiToken(Struct, frozen=True, kw_only=True, tag="api"):
    """A program's key: what it may do at most, and until when. `id` is no secret."""

    id: str
    user: str
    title: str
    scopes: tuple[Permission, ...]
    created_s: float
    expires_s: float


class UnitToken(Struct, frozen=True, kw_only=True, tag="unit"):
    """A unit's key to the notices passed to it (R8). `id` is no secret."""

    id: str
    unit: str
    created_s: float
    expires_s: float


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and what they may do now. Neither field is a secret; csrf is the session's."""

    name: str
    permissions: frozenset[Permission]
    session: str = ""
    token: str = ""
    csrf: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def by(self) -> str:
        """Return the name under which commands are given."""
        return f"{self.name} (token {self.token})" if self.token else self.name

    def may(self, permission: Permission) -> bool:
        """Return whether this is allowed."""
        return permission is Permission.OPEN or permission in self.permissions


class NotKnownError(NotFoundError):
    """No such user, token or session."""


class NameTakenError(WideberthError):
    """There is such a user already."""


class PasswordRuleError(WideberthError):
    """A password that is not accepted; the message does not repeat it."""


class NotSignedInError(WideberthError):
    """Wrong name, password, code or token: which of them is not said."""


class LastAdminError(NotAllowedError):
    """A node without an administrator could not be mended."""
