"""What a peer read to us over a telephone, as it is entered here (R8)."""

from wideberth.council import call_voice
from wideberth.council.call_stand import stand
from wideberth.council.matter import Matter
from wideberth.formats.phrase_voice import Said, VoiceMessage
from wideberth.model.agreement import Agreement
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.peering.council.bodies import CouncilBody


def call_of(reader: Reader, message: VoiceMessage, party: str) -> Matter | None:
    """Return the call that a message belongs to: from the line, or heard by voice before."""
    found = matters.matter(reader, "call", message.opener, message.call)
    heard = call_voice.heard_name(message.opener, message.call)
    return found or matters.matter(reader, "call", party, heard)


def is_here(known: Matter | None, message: VoiceMessage, agreement: Agreement) -> bool:
    """Return whether a message is here already, word for word."""
    return known is not None and call_voice.is_said(message, stand(known, agreement))


def to_enter(message: VoiceMessage, known: Matter | None, party: str, role: str) -> CouncilBody:
    """Return what a role of ours enters: a step of a call that is known, or the call.

    Raises NotAllowedError for our own message, NotFoundError for a step of no call known here.
    """
    if message.speaker == party:
        raise NotAllowedError("that is our own message; the other side enters it.")
    if known is not None:
        return call_voice.step_heard(message, known, role)
    if message.said is not Said.CALL:
        raise NotFoundError(
            "that belongs to a call we have not heard.", remedy="Ask for the call first."
        )
    return call_voice.call_heard(message, party, role)
