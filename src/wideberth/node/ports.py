"""What the journeys ask of the world; adapters answer, and one test suite runs on all of them.

A store holds two things: records (bytes under a key, in tables, in the order of the keys) and
places (boxes in five dimensions under an activity's key). That is all the journeys need, so a
store is small, and every store does the same. What a record means is said in node/tables.py.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from wideberth.errors import ImpossibleValueError, WideberthError

T = TypeVar("T")
Bounds = tuple[float, float, float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A box in five dimensions; a place is one or more of them, and so is a search.

    Degrees WGS-84 with west <= east (a box over the antimeridian is two boxes), metres above mean
    sea level, seconds UTC, hertz. Bounds may be infinite. Both ends belong to the box. A volume
    that neither radiates nor listens spans all frequencies here: a box is never an answer, only
    the reason to look closer.
    """

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float
    low_m: float
    high_m: float
    start_s: float
    end_s: float
    low_hz: float
    high_hz: float

    def __post_init__(self) -> None:
        """Refuse a box that would never be found: reversed, or with a bound that is no number."""
        if not (
            self.west_deg <= self.east_deg
            and self.south_deg <= self.north_deg
            and self.low_m <= self.high_m
            and self.start_s <= self.end_s
            and self.low_hz <= self.high_hz
        ):
            raise ImpossibleValueError(
                "a box runs backwards or has no number for a bound.",
                remedy="Give the lower bound first.",
            )

    @property
    def by_axis(self) -> Bounds:
        """Return low and high of longitude, latitude, height, time and frequency, ten figures."""
        return (
            self.west_deg,
            self.east_deg,
            self.south_deg,
            self.north_deg,
            self.low_m,
            self.high_m,
            self.start_s,
            self.end_s,
            self.low_hz,
            self.high_hz,
        )

    def meets(self, other: "Box") -> bool:
        """Return whether the two share a point; they do where they touch."""
        return (
            self.west_deg <= other.east_deg
            and other.west_deg <= self.east_deg
            and self.south_deg <= other.north_deg
            and other.south_deg <= self.north_deg
            and self.low_m <= other.high_m
            and other.low_m <= self.high_m
            and self.start_s <= other.end_s
            and other.start_s <= self.end_s
            and self.low_hz <= other.high_hz
            and other.low_hz <= self.high_hz
        )


class Reader(Protocol):
    """A store as one instant saw it."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record under a key, or None."""
        ...

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Yield (key, record) with first <= key < before, by code point; newest: from the end.

        before None: to the end of the table. What is yielded is settled when scan is called.
        """
        ...

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        """Return the keys of all places that meet any of the boxes; some that do not, perhaps."""
        ...


class Transaction(Reader, Protocol):
    """A store being changed: all of it at once, or nothing."""

    def put(self, table: str, key: str, record: bytes) -> None:
        """Write a record, in place of the one before."""
        ...

    def delete(self, table: str, key: str) -> None:
        """Remove a record; none there: nothing happens."""
        ...

    def place(self, key: str, boxes: Iterable[Box]) -> None:
        """Put a place where the boxes are, instead of where it was; no box: nowhere."""
        ...


class StoreError(WideberthError):
    """The store cannot do what was asked; what was not answered for is not kept."""


class UncertainError(StoreError):
    """The line broke while a change was committed: it may be kept, or not. Look before repeating.

    The work is not run again by the store, for then it might be done twice.
    """


class NoCopyError(WideberthError):
    """This store makes no copy of itself; the remedy says how one is made."""


class Store(Protocol):
    """Where a node keeps everything; safe to be used by two nodes' processes at once.

    Work may be run again from its start when it collided with other work: it must change nothing
    but the transaction. When `transact` returns, the change outlives kill -9 and power loss.
    """

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run work and keep what it wrote; keep nothing if it raises. Serializable."""
        ...

    async def read(self, work: Callable[[Reader], T]) -> T:
        """Run work that only reads."""
        ...

    async def copy_to(self, path: str) -> None:
        """Write all that is kept at one instant into a new file, for its owner only.

        Others go on working meanwhile. Raises NoCopyError, StoreError.
        """
        ...

    async def close(self) -> None:
        """Release everything; further use is an error."""
        ...


class Clock(Protocol):
    """Time; only adapters know the real one."""

    def now_s(self) -> float:
        """Return seconds UTC since 1970."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after so long."""
        ...


class Signer(Protocol):
    """The node's keys; private parts never leave it."""

    @property
    def kid(self) -> str:
        """Return the id of the envelope key in use (peering/envelope.py)."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the envelope key."""
        ...

    @property
    def log_key(self) -> bytes:
        """Return the public key, 32 bytes, that this node's checkpoints verify under."""
        ...

    def sign_log(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the log key."""
        ...

    @property
    def cosign_key(self) -> bytes:
        """Return the public key, 32 bytes, that this node's cosignatures verify under."""
        ...

    def cosign(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the cosignature key."""
        ...


class LinkError(Exception):
    """The peer could not be reached or did not answer; `reason` is short and holds no content."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class PeerLink(Protocol):
    """The line to the peers' nodes. The bytes are evidence: never changed on the way."""

    async def exchange(self, peer: str, envelopes: Sequence[bytes]) -> Sequence[bytes]:
        """Deliver envelopes in order and return the peer's answers, one each, in order.

        Fewer answers than envelopes: the peer took no more than those. Raises LinkError.
        """
        ...


class Chance(Protocol):
    """Unpredictable bytes; only adapters know where they come from."""

    def token(self, size: int) -> bytes:
        """Return so many bytes that nobody can guess."""
        ...


class Notifier(Protocol):
    """Something that makes a role look up: the console, a mail, a horn."""

    async def alert(self, role: str, text: str) -> None:
        """Tell whoever holds the role; the text never holds undisclosed content."""
        ...
