"""Calls of the hotline as a kind of matter: who may say what, and when it fits."""

from wideberth.council.call_stand import CallStand, sides, stand
from wideberth.council.call_watch import watch
from wideberth.council.matter import Matter
from wideberth.council.refusals import NotFittingError, refuse_other
from wideberth.council.stand import Kind
from wideberth.errors import WideberthError
from wideberth.formats.phrases import Coded, check_coded
from wideberth.model.agreement import Agreement
from wideberth.model.council_rules import Precedence
from wideberth.peering.council.call import (
    CallAdded,
    CallAnswered,
    CallClosed,
    CallHeard,
    CallMade,
    CallMatched,
    CallPassed,
    CallRead,
    CallRung,
    CallTaken,
    CallText,
    CallTranslated,
)
from wideberth.peering.council.said import Said

_OF_THE_CALLED = (CallRung, CallTaken, CallRead, CallAnswered, CallPassed, CallMatched)


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what no side could read alike, and what is the other side's to say."""
    if isinstance(said, CallText | CallMade):
        _check_text(said)
    if isinstance(said, CallMade):
        _check_call(said, agreement)
    if matter is not None and isinstance(said, _OF_THE_CALLED):
        refuse_other(party, sides(matter)[1], "say that in this call")


def _check_text(said: CallText | CallMade) -> None:
    if said.words and not said.language:
        raise NotFittingError("words without their language.", remedy="Name it, like en or ar.")
    if not said.code:
        if said.values:
            raise NotFittingError("values without a phrase.")
        if not said.words and not (isinstance(said, CallHeard) and said.said == "close"):
            raise NotFittingError("a text that says nothing.", remedy="Give a phrase or words.")
        return
    try:
        check_coded(Coded(said.code, said.values))
    except WideberthError as error:
        raise NotFittingError(
            f"not by the phrase book: {error.what}", remedy=error.remedy
        ) from error


def _check_call(said: CallMade, agreement: Agreement) -> None:
    """Refuse a call to nobody known; but a flash rings its ladder whatever role it names.

    So no flash is lost while the two sides work under unlike versions of the agreement.
    """
    if len(said.parties or agreement.parties) != 2:
        raise NotFittingError("a call is between two parties.", remedy="Name the one you call.")
    roles = agreement.council.hotline.roles
    if said.to_role not in roles and said.precedence is not Precedence.FLASH:
        raise NotFittingError(
            "a call to a role that the agreement does not name.",
            remedy=f"Roles: {', '.join(roles)}.",
        )


def fits(matter: Matter, said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse what comes too late or has no sense now."""
    found = stand(matter, agreement)
    if isinstance(said, CallTranslated):
        _check_translation(found, said)
        return
    if not found.is_open:
        where = f" It goes on as {found.goes_on}." if found.goes_on else " Make another."
        raise NotFittingError(f"the call is {found.state}.", remedy=where.strip())
    roles = agreement.council.hotline.roles
    is_flash = found.precedence is Precedence.FLASH
    if isinstance(said, CallTaken) and not is_flash and said.role not in roles:
        raise NotFittingError(
            f"only a flash may be taken by any role; this is {found.precedence.value}.",
            remedy=f"Roles: {', '.join(roles)}.",
        )
    if isinstance(said, CallPassed) and said.to_role not in roles:
        raise NotFittingError("no such role of the hotline.", remedy=f"Roles: {', '.join(roles)}.")


def _check_translation(found: CallStand, said: CallTranslated) -> None:
    if not any((t.turn, t.party) == (said.of_turn, said.of_party) and t.words for t in found.texts):
        raise NotFittingError("that step has no words to translate.", remedy="See its steps.")


KIND = Kind(
    name="call",
    prefix="C",
    opening=CallMade,
    steps={
        "ring": CallRung,
        "take": CallTaken,
        "read": CallRead,
        "answer": CallAnswered,
        "say": CallAdded,
        "pass": CallPassed,
        "translate": CallTranslated,
        "hear": CallHeard,
        "match": CallMatched,
        "close": CallClosed,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
