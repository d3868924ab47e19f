"""Caveats: owed until they are passed on in time; in red where nobody passed on, or could (R12).

states: owed; relayed (and acknowledged); unacknowledged (open until it is, or the others accept);
cannot (red until the others accept); accepted; withdrawn; ended, or not relayed, when what it is
about is over.
"""

from typing import Final

from msgspec import Struct, structs

from wideberth.council.caveat_words import refuse_strange
from wideberth.council.clocks import at, joined, next_role_s, roles_at, watch_dues
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError, refuse_other
from wideberth.council.stand import Alert, Due, Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.caveat import (
    CaveatAccepted,
    CaveatCannot,
    CaveatChanged,
    CaveatEnded,
    CaveatRaised,
    CaveatRelayed,
    CaveatWithdrawn,
)
from wideberth.peering.council.said import Said

OPEN: Final = ("owed", "unacknowledged", "cannot")
RELAY: Final = "relay"
NOT_TOLD: Final = "third party not told"
ANEW: Final = "what they must know was changed meanwhile: they are to be told anew"


class Relay(Struct, frozen=True, kw_only=True):
    """Whom it was passed on to, how, when, and who acknowledged it (empty: nobody)."""

    to: str
    how: str
    done_s: float
    acknowledged: str


class CaveatStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """Where a caveat stands.

    turn: of the step that says what they must know. answer_turn: of the step that the others may
    accept, which was said at answered_s. accepted: which parties did. is_relayed: at any time.
    """

    who: str
    about: str
    owed_by: str
    owed_role: str
    turn: int
    begins_s: float | None = None
    digest: str = ""
    declared: bool = False
    relay: Relay | None = None
    is_relayed: bool = False
    reason: str = ""
    answer_turn: int = 0
    answered_s: float = 0.0
    accepted: tuple[str, ...] = ()


def stand(matter: Matter, agreement: Agreement) -> CaveatStand:
    """Return where a caveat stands."""
    now = _opened(matter)
    idle: list[Idle] = []
    for step in matter.steps[1:]:
        after = _after(now, step, matter)
        if isinstance(after, str):
            idle.append(Idle(turn=step.said.turn, party=step.party, why=after))
        else:
            now = after
    return structs.replace(
        now, is_open=now.state in OPEN, idle=tuple(idle), dues=_dues(matter, now, agreement)
    )


def _opened(matter: Matter) -> CaveatStand:
    opening = matter.opening
    assert isinstance(opening, CaveatRaised), "a caveat opens with who is affected"
    return CaveatStand(
        state="owed",
        title=opening.who,
        who=opening.who,
        about=opening.about,
        owed_by=opening.owed_by,
        owed_role=opening.owed_role,
        turn=opening.turn,
        begins_s=opening.begins_s,
        digest=opening.digest,
        declared=opening.declared,
    )


def _after(now: CaveatStand, step: Step, matter: Matter) -> CaveatStand | str:
    """Return where it stands after a step; or why the step changes nothing."""
    said = step.said
    match said:
        case CaveatChanged():
            return _owed_anew(now, said)
        case CaveatEnded():
            return structs.replace(now, state="ended" if now.is_relayed else "not relayed")
    if now.state not in (*OPEN, "relayed", "accepted"):
        return f"the caveat was {now.state} already"
    match said:
        case CaveatWithdrawn():
            return structs.replace(now, state="withdrawn", reason=said.reason)
        case CaveatRelayed() | CaveatCannot() if said.of_turn != now.turn:
            return ANEW
        case CaveatRelayed():
            return _relayed(now, said)
        case CaveatCannot():
            return _cannot(now, said)
        case CaveatAccepted() if now.state not in ("unacknowledged", "cannot"):
            return "there was nothing to accept"
        case CaveatAccepted() if said.of_turn != now.answer_turn:
            return "another answer was given meanwhile"
    accepted = tuple(dict.fromkeys((*now.accepted, step.party)))
    is_all = set(matter.others(now.owed_by)) <= set(accepted)
    return structs.replace(now, accepted=accepted, state="accepted" if is_all else now.state)


def _owed_anew(now: CaveatStand, said: CaveatChanged) -> CaveatStand:
    """Return it as owed once more, whatever was said of what they had to know before."""
    return structs.replace(
        now,
        state="owed",
        title=said.who,
        who=said.who,
        turn=said.turn,
        begins_s=said.begins_s,
        digest=said.digest,
        relay=None,
        reason="",
        accepted=(),
    )


def _cannot(now: CaveatStand, said: CaveatCannot) -> CaveatStand | str:
    if now.relay is not None:
        return "it was passed on already"
    return structs.replace(
        now,
        state="cannot",
        reason=said.reason,
        answer_turn=said.turn,
        answered_s=said.at_s,
        accepted=(),
    )


def _relayed(now: CaveatStand, said: CaveatRelayed) -> CaveatStand | str:
    if now.relay is not None and now.relay.acknowledged and not said.acknowledged.strip():
        return "it was acknowledged already"
    done_s = said.at_s if said.done_s is None else said.done_s
    relay = Relay(to=said.to, how=said.how, done_s=done_s, acknowledged=said.acknowledged.strip())
    return structs.replace(
        now,
        state="relayed" if relay.acknowledged else "unacknowledged",
        relay=relay,
        is_relayed=True,
        answer_turn=said.turn,
        answered_s=said.at_s,
        accepted=(),
    )


def _dues(matter: Matter, now: CaveatStand, agreement: Agreement) -> tuple[Due, ...]:
    """Return the relay that is owed: in the agreement's time, and before what it is about begins.

    What has begun when it is said is due at once.
    """
    if now.state != "owed":
        return ()
    rules = agreement.council.caveat
    said_s = next(s.said.at_s for s in matter.steps if s.order == (now.turn, matter.opener))
    due_s = said_s + rules.relay_s
    if now.begins_s is not None:
        due_s = max(said_s, min(due_s, now.begins_s))
    return (Due(what=RELAY, party=now.owed_by, at_s=due_s, clause=rules.clause),)


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse a caveat about nothing that can be named, and steps that are another party's."""
    match said:
        case CaveatRaised():
            refuse_strange(said, agreement)
    if matter is None:
        return
    owed_by = _opened(matter).owed_by
    match said:
        case CaveatChanged() | CaveatEnded() | CaveatWithdrawn():
            refuse_other(party, matter.opener, "change, end or withdraw its caveat")
        case CaveatRelayed() | CaveatCannot():
            refuse_other(party, owed_by, "say what became of the relay, which it owes")
        case CaveatAccepted() if party == owed_by:
            raise NotFittingError("the party that owes the relay accepts nothing of its own.")


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing, and a relay that is still to come."""
    if isinstance(said, CaveatRelayed) and (said.done_s or 0.0) > said.at_s:
        raise NotFittingError(
            "it was passed on at a time that is still to come.", remedy="Say it when it is done."
        )
    assert not isinstance(said, CaveatRaised), "an opening is no later step"
    step = Step(party=party, said=said, known_s=said.at_s)  # type: ignore[arg-type]
    after = _after(stand(matter, agreement), step, matter)
    if isinstance(after, str):
        raise NotFittingError(f"{after}.", remedy="Look at the caveat first.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: the relay is overdue, or cannot be had and nobody has accepted that."""
    now = stand(matter, seen.agreement)
    clock = watch_dues(matter, now, seen)
    if now.state != "cannot":
        return clock
    rules, steps = seen.agreement.council.caveat, seen.agreement.notice.escalation
    cited = f" ({rules.clause})" if rules.clause else ""
    since = Due(what=RELAY, party=now.owed_by, at_s=now.answered_s, clause=rules.clause)
    text = (
        f"{matter.ref}: {now.owed_by} could not pass it on, said {at(now.answered_s)}{cited}; a"
        f" third party was not told, and not all parties have accepted that."
    )
    alert = Alert(NOT_TOLD, text, roles_at(steps, since, seen))
    return joined(clock, Watch((alert,), next_role_s(steps, since, seen)))


KIND = Kind(
    name="caveat",
    prefix="CV",
    opening=CaveatRaised,
    steps={
        "change": CaveatChanged,
        "relay": CaveatRelayed,
        "cannot": CaveatCannot,
        "accept": CaveatAccepted,
        "withdraw": CaveatWithdrawn,
        "end": CaveatEnded,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
