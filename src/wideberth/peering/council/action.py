"""Action items: a role of a party has something to do by a time, and proves that it is done."""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.strict import Hash, Instant
from wideberth.peering.wire import Name, Text


class ActionSaid(Said, frozen=True, kw_only=True):
    """What all steps of an action item share."""

    kind: ClassVar[str] = "action"


class ActionOpened(ActionSaid, Opening, frozen=True, kw_only=True, tag="action_opened"):
    """What is to be done by whom until when; meeting: where it was agreed."""

    title: Name
    owner: Name
    owner_role: Name
    due_s: Instant
    text: Text = ""
    meeting: Ref = ""
    clause: Annotated[str, Meta(max_length=200)] = ""


class ActionMoved(ActionSaid, frozen=True, kw_only=True, tag="action_moved"):
    """Another due date; nobody puts off what it owes itself, the owner asks in a remark."""

    due_s: Instant


class ActionRemarked(ActionSaid, frozen=True, kw_only=True, tag="action_remarked"):
    """How it goes, or what is asked; words says it."""


class ActionDone(ActionSaid, frozen=True, kw_only=True, tag="action_done"):
    """The owner says that it is done. evidence: SHA-256 of what proves it, where there is any."""

    proof: Annotated[str, Meta(min_length=1, max_length=20_000)]
    evidence: Hash = ""


class ActionConfirmed(ActionSaid, frozen=True, kw_only=True, tag="action_confirmed"):
    """The sender has seen that it is done. claim: the turn of the word that it confirms."""

    claim: Annotated[int, Meta(ge=1, le=2**53)]


class ActionReturned(ActionSaid, frozen=True, kw_only=True, tag="action_returned"):
    """The sender sees that it is not done; words: what is missing. claim: the turn it answers."""

    claim: Annotated[int, Meta(ge=1, le=2**53)]


class ActionWithdrawn(ActionSaid, frozen=True, kw_only=True, tag="action_withdrawn"):
    """Whoever opened it asks for it no longer."""


ActionBody = (
    ActionOpened
    | ActionMoved
    | ActionRemarked
    | ActionDone
    | ActionConfirmed
    | ActionReturned
    | ActionWithdrawn
)
