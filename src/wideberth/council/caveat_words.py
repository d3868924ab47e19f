"""What a caveat may be about, and what of it is refused."""

from typing import Final

from wideberth.council.refusals import NotFittingError
from wideberth.model.agreement import Agreement
from wideberth.peering.council.caveat import CaveatRaised

ABOUT: Final = ("activity", "notice", "conflict", "area")
_WAYS: Final = "activity/PARTY/ID, notice/HASH, conflict/ID or area/WORDS"


def refuse_strange(said: CaveatRaised, agreement: Agreement) -> None:
    """Raise NotFittingError for a caveat that names nobody, nothing, or owes it to no party."""
    if not said.who.strip():
        raise NotFittingError("a caveat names nobody.", remedy="Say who is affected, in words.")
    kind, _slash, name = said.about.partition("/")
    party, slash, activity = name.partition("/")
    is_named = bool(name.strip())
    if kind == "activity":
        is_named = bool(slash and activity.strip()) and party in agreement.parties
    if kind not in ABOUT or not is_named:
        raise NotFittingError("a caveat is about nothing known.", remedy=f"Write {_WAYS}.")
    for party in (said.owed_by, *said.parties):
        if party not in agreement.parties:
            raise NotFittingError(
                "a caveat whose relay no party owes.",
                remedy=f"Parties: {', '.join(agreement.parties)}.",
            )
    if said.parties and said.owed_by not in said.parties:
        raise NotFittingError("the party that owes the relay has no part in the caveat.")
    if not said.owed_role.strip():
        raise NotFittingError("a caveat whose relay no role owes.", remedy="Name a role.")
    if said.declared and (party_of(said.about), said.owed_by) != (said.opener, said.opener):
        raise NotFittingError("a declared caveat about another party's activity.")


def about_activity(party: str, activity: str) -> str:
    """Return how a caveat names an activity."""
    return f"activity/{party}/{activity}"


def activity_of(about: str) -> tuple[str, str] | None:
    """Return the party and id of the activity that a caveat is about; None: it is about none."""
    kind, _slash, name = about.partition("/")
    party, _slash, activity = name.partition("/")
    return (party, activity) if kind == "activity" and party and activity else None


def party_of(about: str) -> str:
    """Return whose activity a caveat is about; empty: it is about none."""
    named = activity_of(about)
    return "" if named is None else named[0]
