"""What every step of a matter says of itself, and how matters are named (ADR 13)."""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.strict import Instant, Strict
from wideberth.peering.wire import Name, Text

Turn = Annotated[int, Meta(ge=0, le=2**53)]
Ref = Annotated[str, Meta(max_length=700)]  # kind/opener/id of a matter; empty: none
MOST_PARTIES = 20


class Said(Strict, frozen=True, kw_only=True):
    """A step of a matter; (kind, opener, matter) names the matter.

    turn: one more than the greatest that the writer knew in it (a Lamport number): steps go by
    (turn, party), which is the same order everywhere. at_s: by the writer's clock. role: who says
    it, never a person's name. A form may leave opener, matter, turn and at_s out: the node fills
    them in; in a message they are always there.
    """

    kind: ClassVar[str] = ""

    opener: Annotated[str, Meta(max_length=200)] = ""
    matter: Annotated[str, Meta(max_length=200)] = ""
    turn: Turn = 0
    at_s: Instant = 0.0
    role: Name
    words: Text = ""


class Opening(Said, frozen=True, kw_only=True):
    """The first step of a matter; parties: all that have a part in it, the opener among them.

    A form may leave the parties out: then they are all of the agreement.
    """

    parties: Annotated[tuple[Name, ...], Meta(max_length=MOST_PARTIES)] = ()
