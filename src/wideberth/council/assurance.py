"""Assurances: they lapse by themselves, on every side at the same instant, whatever the line does.

What stands names when it lapses; whether it has is a matter of the time at which it is asked.
"""

from enum import StrEnum

from msgspec import Struct, structs

from wideberth.assessing.promised import why_not_judged
from wideberth.council.clocks import at
from wideberth.council.matter import Matter
from wideberth.council.refusals import NotFittingError, refuse_other, refuse_unknown_clause
from wideberth.council.stand import Alert, Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.assurance import (
    AssuranceGiven,
    AssuranceLapsed,
    AssuranceRenewed,
    AssuranceWithdrawn,
)
from wideberth.peering.council.said import Said
from wideberth.peering.wire_scope import WireScope, scope_from_wire
from wideberth.units import SECONDS_PER_DAY


class Now(StrEnum):
    """How an assurance stands at a time."""

    NOT_BEGUN = "not begun"
    STANDS = "stands"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Renewal(Struct, frozen=True, kw_only=True):
    """The expiry moved from one time to another; at_s: when that was said."""

    at_s: float
    before_s: float
    until_s: float


class AssuranceStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: given, withdrawn, or lapsed once that is on record; see `now_of` for a time.

    until_s: when it lapses or ended. scope: as it is now, until then.
    """

    scope: WireScope
    until_s: float
    clause: str = ""
    answers: str = ""
    renewals: tuple[Renewal, ...] = ()


def stand(matter: Matter, agreement: Agreement) -> AssuranceStand:
    """Return where an assurance stands."""
    opening = matter.opening
    assert isinstance(opening, AssuranceGiven), "an assurance opens with what is given"
    now = AssuranceStand(
        state="given",
        title=opening.title,
        scope=opening.scope,
        until_s=opening.scope.end_s,
        clause=opening.clause or agreement.council.assurance.clause,
        answers=opening.answers,
    )
    for step in matter.steps[1:]:
        why = _vain(now, step.said)
        if why:
            idle = Idle(turn=step.said.turn, party=step.party, why=why)
            now = structs.replace(now, idle=(*now.idle, idle))
        else:
            now = _stepped(now, step.said)
    return now


def now_of(stood: AssuranceStand, now_s: float) -> Now:
    """Return how an assurance stands at a time."""
    if now_s >= stood.until_s:
        return Now.WITHDRAWN if stood.state == "withdrawn" else Now.LAPSED
    return Now.STANDS if now_s >= stood.scope.start_s else Now.NOT_BEGUN


def _vain(now: AssuranceStand, said: Said) -> str:
    """Return why a step changes nothing; empty: it does."""
    match said:
        case AssuranceLapsed(at_s=at_s):
            if not now.is_open:
                return "that is on record already"
            return "" if at_s >= now.until_s else "it had not lapsed yet"
        case AssuranceRenewed() | AssuranceWithdrawn() if now.state != "given":
            return f"it was {now.state} already"
        case AssuranceRenewed() | AssuranceWithdrawn() if said.at_s >= now.until_s:
            return "it had lapsed already"
        case AssuranceRenewed(until_s=until_s) if until_s <= now.until_s:
            return "that is no later than its expiry"
        case AssuranceWithdrawn(ends_s=ends_s) if ends_s > now.until_s:
            return "that is later than its expiry"
    return ""


def _stepped(now: AssuranceStand, said: Said) -> AssuranceStand:
    match said:
        case AssuranceRenewed(at_s=at_s, until_s=until_s):
            renewal = Renewal(at_s=at_s, before_s=now.until_s, until_s=until_s)
            return _until(now, until_s, renewals=(*now.renewals, renewal))
        case AssuranceWithdrawn(at_s=at_s, ends_s=ends_s):
            return _until(now, max(at_s, ends_s), state="withdrawn")
        case AssuranceLapsed():
            state = "withdrawn" if now.state == "withdrawn" else "lapsed"
            return structs.replace(now, state=state, is_open=False)
    return now


def _until(now: AssuranceStand, until_s: float, **more: object) -> AssuranceStand:
    """Return the stand with another end; before its beginning nothing of the scope is left."""
    end_s = max(until_s, now.scope.start_s)
    scope = structs.replace(now.scope, end_s=end_s)
    return structs.replace(now, until_s=until_s, scope=scope, **more)


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse a scope that cannot be, or be judged; and what the giver alone may say."""
    if isinstance(said, AssuranceGiven):
        refuse_unknown_clause(said.clause, agreement)
        _refuse_unjudged(said, agreement)
    if matter is None:
        return
    refuse_other(party, matter.opener, "renew or withdraw it")
    opening = matter.opening
    assert isinstance(opening, AssuranceGiven)
    match said:
        case AssuranceRenewed(at_s=at_s, until_s=until_s):
            _refuse_too_long(until_s - max(opening.scope.start_s, at_s), agreement)
            if until_s <= opening.scope.start_s:
                raise NotFittingError("it would end before it begins.")
            scope_from_wire(structs.replace(opening.scope, end_s=until_s), is_checked=True)
        case AssuranceWithdrawn(at_s=at_s, ends_s=ends_s) if ends_s < at_s:
            raise NotFittingError(
                "an assurance is not withdrawn for a time that has passed.",
                remedy="Give a time to come, or none.",
            )


def _refuse_unjudged(said: AssuranceGiven, agreement: Agreement) -> None:
    scope = scope_from_wire(said.scope)
    why = why_not_judged(scope, agreement.heights)
    if why:
        raise NotFittingError(f"nothing could be judged against it: {why}.")
    if scope.window.end_s <= said.at_s:
        raise NotFittingError("an assurance for a time that has passed.", remedy="Check the date.")
    _refuse_too_long(scope.window.end_s - max(scope.window.start_s, said.at_s), agreement)


def _refuse_too_long(lasts_s: float, agreement: Agreement) -> None:
    longest_s = agreement.council.assurance.longest_s
    if lasts_s > longest_s:
        raise NotFittingError(
            "it would last longer than the agreement allows"
            f" ({longest_s / SECONDS_PER_DAY:g} days).",
            remedy="Give an earlier expiry, and renew it.",
        )


def fits(matter: Matter, said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing, and a withdrawal without a reason."""
    why = _vain(stand(matter, agreement), said)
    if why:
        raise NotFittingError(f"{why}.", remedy="Look at the assurance again.")
    if isinstance(said, AssuranceWithdrawn) and not said.words.strip():
        raise NotFittingError("a withdrawal without a reason.", remedy="Say why.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: it lapses soon, it was withdrawn, it has lapsed; on both sides."""
    now = stand(matter, seen.agreement)
    clause = f" ({now.clause})" if now.clause else ""
    name = f"assurance {matter.opener}/{matter.id}{clause}"
    if seen.now_s >= now.until_s:
        return Watch((_over(now, name),))
    if now.state == "withdrawn":
        text = f"{name} is withdrawn by its giver: it ends at {at(now.until_s)}."
        return Watch((Alert("assurance withdrawn", text, dismissible=True),), now.until_s)
    warn_s = now.until_s - seen.agreement.council.assurance.warn_s
    if seen.now_s < warn_s:
        return Watch((), warn_s)
    text = f"{name} lapses at {at(now.until_s)} unless {matter.opener} renews it."
    return Watch((Alert("assurance lapses soon", text, dismissible=True),), now.until_s)


def _over(now: AssuranceStand, name: str) -> Alert:
    if now.state == "withdrawn":
        text = f"{name} has ended at {at(now.until_s)}: it was withdrawn."
        return Alert("assurance withdrawn", text, dismissible=True)
    text = f"{name} has lapsed at {at(now.until_s)}: it was not renewed and holds no longer."
    return Alert("assurance lapsed", text, dismissible=True)


def lapse_due(matter: Matter, party: str, now_s: float, agreement: Agreement) -> bool:
    """Return whether its giver's node has still to put on record that it is over."""
    found = stand(matter, agreement)
    return party == matter.opener and found.is_open and now_s >= found.until_s


KIND = Kind(
    name="assurance",
    prefix="AS",
    opening=AssuranceGiven,
    steps={"renew": AssuranceRenewed, "withdraw": AssuranceWithdrawn, "lapse": AssuranceLapsed},
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
