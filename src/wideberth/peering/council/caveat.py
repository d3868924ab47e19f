"""Caveats: somebody who is no party is affected; who passes it on, and whether that was done (R12).

Third parties are named in words. Whose side they are on has no field.
"""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Said, Turn
from wideberth.peering.strict import Hash, Instant
from wideberth.peering.wire import Name, Text

Words = Annotated[str, Meta(min_length=1, max_length=2000)]
About = Annotated[str, Meta(min_length=1, max_length=700)]


class CaveatSaid(Said, frozen=True, kw_only=True):
    """What all steps of a caveat share."""

    kind: ClassVar[str] = "caveat"


class CaveatRaised(CaveatSaid, Opening, frozen=True, kw_only=True, tag="caveat_raised"):
    """A third party is affected. words: how.

    who: in words. about: activity/PARTY/ID, notice/HASH, conflict/ID, or area/ and words. owed_by,
    owed_role: which party passes it on, and which role of it. begins_s: when that begins of which
    they must know (None: not known, or it has). declared: the raiser's node opened it, for an own
    declaration names them; digest: of that activity as disclosed (hex SHA-256, else empty).
    """

    who: Words
    about: About
    owed_by: Name
    owed_role: Name
    begins_s: Instant | None = None
    declared: bool = False
    digest: Hash = ""


class CaveatChanged(CaveatSaid, frozen=True, kw_only=True, tag="caveat_changed"):
    """What they must know has changed: they are to be told anew. By the raiser."""

    who: Words
    begins_s: Instant | None = None
    digest: Hash = ""


class CaveatRelayed(CaveatSaid, frozen=True, kw_only=True, tag="caveat_relayed"):
    """It was passed on, by the party that owes it.

    of_turn: of the step that says what was passed on. to: whom, in words; how: by which way; done_s
    by the writer's clock (None: now). acknowledged: by whom, in words; empty: no acknowledgement.
    """

    of_turn: Turn
    to: Words
    how: Words
    done_s: Instant | None = None
    acknowledged: Text = ""


class CaveatCannot(CaveatSaid, frozen=True, kw_only=True, tag="caveat_cannot"):
    """It cannot be passed on, says the party that owes it; reason: why. of_turn: as above."""

    of_turn: Turn
    reason: Words


class CaveatAccepted(CaveatSaid, frozen=True, kw_only=True, tag="caveat_accepted"):
    """Another party accepts that it was not acknowledged, or cannot be passed on.

    of_turn: of the step that says so.
    """

    of_turn: Turn


class CaveatWithdrawn(CaveatSaid, frozen=True, kw_only=True, tag="caveat_withdrawn"):
    """Nobody need be told any more, says the raiser; reason: why."""

    reason: Words


class CaveatEnded(CaveatSaid, frozen=True, kw_only=True, tag="caveat_ended"):
    """What it is about is over; by the raiser."""


CaveatBody = (
    CaveatRaised
    | CaveatChanged
    | CaveatRelayed
    | CaveatCannot
    | CaveatAccepted
    | CaveatWithdrawn
    | CaveatEnded
)
