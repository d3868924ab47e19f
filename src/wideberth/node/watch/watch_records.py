"""The watch as a node keeps it: who has it, what is planned, what was; for this party alone.

Times are seconds UTC by this node's clock.
"""

from enum import StrEnum

from msgspec import Struct


class OnWatch(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The watch of a role; user empty: nobody has it, since then.

    offered_to: whom it is being handed to; until that user accepts, `user` has it.
    """

    role: str
    user: str
    since_s: float
    offered_to: str = ""
    offered_s: float | None = None


class Planned(Struct, frozen=True, kw_only=True):
    """A line of the roster."""

    role: str
    user: str
    from_s: float
    until_s: float


class Change(StrEnum):
    """What happened to the watch of a role."""

    TAKEN = "taken"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    TAKEN_OVER = "taken over"
    LEFT = "left"


class WatchEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the watch log. items: the open items that were accepted with it, by name."""

    at_s: float
    role: str
    user: str
    change: Change
    by: str
    items: tuple[str, ...] = ()
    reason: str = ""


class OpenItem(Struct, frozen=True, kw_only=True):
    """Something that who takes the watch takes over; name: by which it is accepted."""

    name: str
    what: str
