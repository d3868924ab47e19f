"""Decisions: proposed, and each party's position on it; a dissent stays beside it."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Ref, Said
from wideberth.peering.wire import Name, Text


class Position(StrEnum):
    """What a party makes of a proposed decision."""

    ADOPT = "adopt"
    DEFER = "defer"
    RESERVE = "reserve"


class DecisionSaid(Said, frozen=True, kw_only=True):
    """What all steps of a decision share."""

    kind: ClassVar[str] = "decision"


class DecisionProposed(DecisionSaid, Opening, frozen=True, kw_only=True, tag="decision_proposed"):
    """A decision is proposed; meeting: in which; clause: of the agreement that it rests on.

    Whoever proposes has adopted it, unless it says otherwise in a step of its own.
    """

    title: Name
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    meeting: Ref = ""
    clause: Annotated[str, Meta(max_length=200)] = ""


class DecisionPosition(DecisionSaid, frozen=True, kw_only=True, tag="decision_position"):
    """The sender's position; the newest counts. dissent: kept beside the decision for good."""

    position: Position
    dissent: Text = ""


class DecisionWithdrawn(DecisionSaid, frozen=True, kw_only=True, tag="decision_withdrawn"):
    """The proposer withdraws it; words: why."""


DecisionBody = DecisionProposed | DecisionPosition | DecisionWithdrawn
