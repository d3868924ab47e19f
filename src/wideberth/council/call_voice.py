"""A step of a call as it is read over a telephone, and what was heard as a step of ours (R8).

A call that was read to us becomes one that we open, for nobody can sign in the caller's name; all
else becomes a step "heard" of the call. Who read it and who heard it are told by role.
"""

from typing import Final

from wideberth.council.call_stand import VOICE, CallStand, Text, content, sides
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError
from wideberth.formats.phrase_voice import Said, VoiceMessage
from wideberth.formats.phrases import Coded
from wideberth.model.council_rules import Precedence
from wideberth.peering.council.call import (
    CallAdded,
    CallAnswered,
    CallClosed,
    CallHeard,
    CallMade,
    CallText,
    HeardFrom,
)

_LONGEST_NAME: Final = 200
_WORDS: Final = {
    Said.CALL: "more",  # the call is here already, in other words: it is compared with them
    Said.ANSWER: "answer",
    Said.MORE: "more",
    Said.CLOSE: "close",
}
_SPOKEN: Final[dict[type, Said]] = {
    CallMade: Said.CALL,
    CallAnswered: Said.ANSWER,
    CallAdded: Said.MORE,
    CallClosed: Said.CLOSE,
}


def heard_name(opener: str, call: str) -> str:
    """Return the name of the call that we open for one that was read to us by voice."""
    return f"{call}@{opener}"[:_LONGEST_NAME]


def to_voice(matter: Matter, found: CallStand, party: str) -> VoiceMessage:
    """Return the newest thing that a party has said in a call, to be read aloud.

    Raises NotFittingError where it has said nothing that is to be read.
    """
    said = [step for step in matter.steps if step.party == party and _is_spoken(step)]
    if not said:
        raise NotFittingError("there is nothing of ours in this call to be read aloud.")
    body = said[-1].said
    opening = matter.opening
    assert isinstance(opening, CallMade), "a call opens with a call"
    heard = opening.heard
    to_role = found.asked if party == found.caller else found.texts[0].role
    text = body if isinstance(body, CallMade | CallText) else None
    coded = Coded(text.code, text.values) if text is not None and text.code else None
    return VoiceMessage(
        speaker=party,
        opener=matter.opener if heard is None else found.caller,
        call=matter.id if heard is None else heard.call,
        said=_SPOKEN[type(body)],
        precedence=found.precedence.value,
        turn=body.turn,
        at_s=int(body.at_s),
        by_role=body.role,
        to_role=to_role,
        coded=coded,
        words=body.words,
        language="" if text is None else text.language,
    )


def _is_spoken(step: Step) -> bool:
    is_heard = isinstance(step.said, CallMade) and step.said.heard is not None
    return type(step.said) in _SPOKEN and not is_heard


def call_heard(message: VoiceMessage, party: str, role: str) -> CallMade:
    """Return the call that a party opens for one that was read to a role of it."""
    code, values = _coded(message)
    return CallMade(
        matter=heard_name(message.opener, message.call),
        parties=(party, message.speaker),
        role=role,
        words=message.words,
        language=message.language,
        precedence=Precedence(message.precedence),
        to_role=message.to_role,
        code=code,
        values=values,
        heard=HeardFrom(
            call=message.call,
            turn=message.turn,
            at_s=float(message.at_s),
            by_role=message.by_role,
        ),
    )


def step_heard(message: VoiceMessage, matter: Matter, role: str) -> CallHeard:
    """Return the step by which a role of ours enters what was read to it in a call.

    Raises NotFittingError where the speaker has no part in the call.
    """
    if message.speaker not in sides(matter):
        raise NotFittingError("the speaker has no part in this call.")
    code, values = _coded(message)
    return CallHeard(
        opener=matter.opener,
        matter=matter.id,
        role=role,
        words=message.words,
        language=message.language,
        code=code,
        values=values,
        said=_WORDS[message.said],
        of_turn=message.turn,
        by_role=message.by_role,
        told_s=float(message.at_s),
    )


def is_said(message: VoiceMessage, found: CallStand) -> bool:
    """Return whether a call already has what was heard, word for word."""
    heard = text_of(message)
    return any(
        (text.party, text.turn) == (heard.party, heard.turn) and content(text) == content(heard)
        for text in found.texts
    )


def text_of(message: VoiceMessage, heard_by: str = "") -> Text:
    """Return what was heard as a text of a call; heard_by: the role that heard it."""
    code, values = _coded(message)
    return Text(
        turn=message.turn,
        party=message.speaker,
        role=message.by_role,
        at_s=float(message.at_s),
        via=VOICE,
        heard_by=heard_by,
        code=code,
        values=values,
        words=message.words,
        language=message.language,
    )


def _coded(message: VoiceMessage) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if message.coded is None else (message.coded.code, message.coded.values)
