"""What the API stands on: the desk, the ledger, who is known, and the limits at the door."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, Self, TypeVar

from wideberth.model.agreement import Agreement
from wideberth.node.answers import Answer
from wideberth.node.auditing import Audit as Finding
from wideberth.node.auditing import Progress
from wideberth.node.handlers import Command
from wideberth.node.people_audit import Audit
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_sessions import Sessions
from wideberth.node.people_tokens import Tokens
from wideberth.node.people_users import Users
from wideberth.node.ports import Chance, Clock, Reader, Store
from wideberth.web.audits import Audits
from wideberth.web.backups import Backups
from wideberth.web.limits import BackOff, Buckets, Rate
from wideberth.web.metrics import Metrics
from wideberth.web.pictures import Pictures
from wideberth.web.sessions import Known

T = TypeVar("T")

_RATE: Final = Rate(4000.0, 2000.0)  # of one who is known: a guard against loops, not a quota
_STRANGER_RATE: Final = Rate(100.0, 10.0)
_SIGN_IN_RATE: Final = Rate(30.0, 0.5)


class Desk(Protocol):
    """The one place where changes are made; node/desk.py is it."""

    @property
    def party(self) -> str:
        """Return whose node this is."""
        ...

    @property
    def agreement(self) -> Agreement:
        """Return the agreement in force."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the node's clock."""
        ...

    @property
    def store(self) -> Store:
        """Return the node's store."""
        ...

    def status(self) -> dict[str, object]:
        """Return figures about the node without content; "running": False once it has stopped."""
        ...

    async def do(self, command: Command) -> Answer:
        """Do what is asked; raises WideberthError."""
        ...

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work that only reads."""
        ...

    async def next_event(self, after: int, timeout_s: float) -> bool:
        """Return once an event with an id above `after` exists, or False when time is out."""
        ...


class Ledger(Protocol):
    """The node's log as the API shows it."""

    async def size(self) -> int:
        """Return how many entries there are."""
        ...

    async def checkpoint(self) -> bytes:
        """Return the newest checkpoint, a signed note."""
        ...

    async def entries(self, first: int, limit: int) -> Sequence[bytes]:
        """Return exact bytes of entries from an index on."""
        ...

    async def proof(self, index: int) -> bytes:
        """Return evidence for an entry, as `wideberth log prove` writes it."""
        ...

    async def verify(self, peer: str, progress: Progress) -> Finding:
        """Return what `wideberth log verify` finds in our ledger, or in what we hold of a peer's.

        progress is called in another thread, and may raise.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the door is set up.

    hosts: names and addresses by which the node may be called, without port (DNS rebinding).
    secure_cookies: False only where the node listens on loopback without TLS.
    open_metrics: loopback may read /metrics without a token. patience_s: a client of /events that
    does not take what it is sent for so long is cut off. backups: the folder for copies of the
    store; None: this node keeps none.
    """

    hosts: frozenset[str]
    secure_cookies: bool = True
    open_metrics: bool = False
    rate: Rate = _RATE
    stranger_rate: Rate = _STRANGER_RATE
    sign_in_rate: Rate = _SIGN_IN_RATE
    most_streams: int = 64
    patience_s: float = 15.0
    backups: Path | None = None


@dataclass(slots=True, kw_only=True)
class Door:
    """All that a request may need.

    closing is set when the node stops: streams end then. card: makes our card, where there is one.
    """

    desk: Desk
    ledger: Ledger | None
    chance: Chance
    settings: WebSettings
    users: Users
    sessions: Sessions
    tokens: Tokens
    audit: Audit
    known: Known
    metrics: Metrics
    known_rate: Buckets
    stranger_rate: Buckets
    sign_in_rate: Buckets
    sign_ins: BackOff = field(default_factory=BackOff)
    pictures: Pictures = field(default_factory=Pictures)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    streams: int = 0
    card: Callable[[], bytes] | None = None
    audits: Audits = field(init=False)
    backups: Backups = field(init=False)

    def __post_init__(self) -> None:
        self.audits = Audits(self.now_s, self.is_closing)
        self.backups = Backups(self.desk.store, self.settings.backups, self.now_s)

    def is_closing(self) -> bool:
        """Return whether the node is stopping."""
        return self.closing.is_set()

    @classmethod
    def of(
        cls,
        desk: Desk,
        chance: Chance,
        *,
        settings: WebSettings,
        ledger: Ledger | None = None,
        passwords: Passwords | None = None,
    ) -> Self:
        """Return the door of a desk."""
        store, clock = desk.store, desk.clock
        hashing = passwords or Passwords()
        sessions = Sessions(store, clock, chance, hashing)
        tokens = Tokens(store, clock, chance)
        return cls(
            desk=desk,
            ledger=ledger,
            chance=chance,
            settings=settings,
            users=Users(store, clock, hashing),
            sessions=sessions,
            tokens=tokens,
            audit=Audit(store, clock),
            known=Known(sessions, tokens, clock),
            metrics=Metrics(),
            known_rate=Buckets(settings.rate),
            stranger_rate=Buckets(settings.stranger_rate),
            sign_in_rate=Buckets(settings.sign_in_rate),
        )

    def now_s(self) -> float:
        """Return the node's time."""
        return self.desk.clock.now_s()
