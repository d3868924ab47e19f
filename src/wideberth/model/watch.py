"""What is asked of the watch's own records: who has it, who takes it over, who is to have it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeWatch:
    """A user takes the watch of a role that nobody has; or takes it over, with a reason.

    seen: the open items the user accepts, by name; all that there are. reason: why there is no
    hand-over, where somebody else has the watch.
    """

    role: str
    user: str
    by: str
    seen: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfferWatch:
    """Who has the watch of a role hands it to another user.

    Until that one accepts, nothing changes.
    """

    role: str
    to_user: str
    by: str


@dataclass(frozen=True, slots=True)
class AcceptWatch:
    """The user the watch was offered to takes it, and accepts every open item by name."""

    role: str
    user: str
    by: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveWatch:
    """Nobody has the watch of a role from now on; callers see it."""

    role: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanWatch:
    """A user is to have the watch of a role from one time to another; user empty: no longer."""

    role: str
    user: str
    from_s: float
    until_s: float
    by: str


WatchCommand = TakeWatch | OfferWatch | AcceptWatch | LeaveWatch | PlanWatch
