"""Calls of the hotline (R7): to a role, rung, taken, answered, passed on; by line or by voice (R8).

A text is a coded phrase (code and values of the phrase book), free words in a named language, or
both. Steps tagged by the node itself (rung, matched) are in the role "node".
"""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.model.council_rules import Precedence
from wideberth.peering.council.said import Opening, Ref, Said, Turn
from wideberth.peering.strict import Instant, Strict
from wideberth.peering.wire import Name

Language = Annotated[str, Meta(max_length=35, pattern=r"\A([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?\Z")]
Code = Annotated[str, Meta(max_length=3)]
Values = Annotated[tuple[Annotated[str, Meta(max_length=500)], ...], Meta(max_length=8)]
Roles = Annotated[tuple[Name, ...], Meta(max_length=20)]


class CallSaid(Said, frozen=True, kw_only=True):
    """What all steps of a call share."""

    kind: ClassVar[str] = "call"


class CallText(CallSaid, frozen=True, kw_only=True):
    """A text: a phrase's code with its values in order; words: free ones, in `language` (BCP 47).

    The words are kept as they were said; see CallTranslated.
    """

    code: Code = ""
    values: Values = ()
    language: Language = ""


class HeardFrom(Strict, frozen=True):
    """What was read to us over a telephone: the caller's name for its call and step, and when.

    by_role: who read it there; at_s: by the caller's clock.
    """

    call: Name
    turn: Turn
    at_s: Instant
    by_role: Name


class CallMade(CallSaid, Opening, frozen=True, kw_only=True, tag="call_made"):
    """One party calls a role of another.

    heard: the call was read to the called party by voice; then that party opens the matter, and
    role is who heard it. code, values, language: as in CallText.
    """

    precedence: Precedence
    to_role: Name
    code: Code = ""
    values: Values = ()
    language: Language = ""
    heard: HeardFrom | None = None


class CallRung(CallSaid, frozen=True, kw_only=True, tag="call_rung"):
    """The called party's node alerts these roles now; unmanned: of those nobody has the watch."""

    roles: Roles
    unmanned: Roles = ()


class CallTaken(CallSaid, frozen=True, kw_only=True, tag="call_taken"):
    """The role takes the call: it is the one that holds it now."""


class CallRead(CallSaid, frozen=True, kw_only=True, tag="call_read"):
    """The role has read the call."""


class CallAnswered(CallText, frozen=True, kw_only=True, tag="call_answered"):
    """The called party's answer."""


class CallAdded(CallText, frozen=True, kw_only=True, tag="call_added"):
    """Either party says more."""


class CallPassed(CallSaid, frozen=True, kw_only=True, tag="call_passed"):
    """The call is passed on to another role, which is rung; until it takes it, nothing changes."""

    to_role: Name


class CallTranslated(CallSaid, frozen=True, kw_only=True, tag="call_translated"):
    """A translation of the words of one step; the original stays.

    translator: the role or service that translated; machine: no person did.
    """

    of_turn: Turn
    of_party: Name
    language: Annotated[str, Meta(min_length=2, max_length=35)]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    translator: Name
    machine: bool


class CallHeard(CallText, frozen=True, kw_only=True, tag="call_heard"):
    """What the other party read to us by voice in this call; of_turn: its step there.

    said: "answer", "close" or "more". by_role: who read it there; told_s: by its clock.
    """

    said: Annotated[str, Meta(pattern=r"\A(answer|close|more)\Z")]
    of_turn: Turn
    by_role: Name
    told_s: Instant


class CallMatched(CallSaid, frozen=True, kw_only=True, tag="call_matched"):
    """The call that came over the line is the one we heard by voice as `other`; same: word by word.

    It goes on there.
    """

    other: Ref
    same: bool


class CallClosed(CallSaid, frozen=True, kw_only=True, tag="call_closed"):
    """The call is over."""


CallBody = (
    CallMade
    | CallRung
    | CallTaken
    | CallRead
    | CallAnswered
    | CallAdded
    | CallPassed
    | CallTranslated
    | CallHeard
    | CallMatched
    | CallClosed
)
