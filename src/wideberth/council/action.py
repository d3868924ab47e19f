"""Action items: open, done as the owner says, confirmed by the others; overdue is an alarm."""

from msgspec import structs

from wideberth.council.clocks import at, joined, watch_dues
from wideberth.council.matter import Matter, Step
from wideberth.council.refusals import NotFittingError, refuse_other, refuse_unknown_clause
from wideberth.council.stand import Alert, Due, Idle, Kind, Seen, Stand, Watch
from wideberth.model.agreement import Agreement
from wideberth.peering.council.action import (
    ActionConfirmed,
    ActionDone,
    ActionMoved,
    ActionOpened,
    ActionRemarked,
    ActionReturned,
    ActionWithdrawn,
)
from wideberth.peering.council.said import Said

_OWED = "action"


class ActionStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: open, done (as its owner says), confirmed or withdrawn. claim: the turn that says so.

    confirmed: who has seen that it is done.
    """

    owner: str
    owner_role: str
    due_s: float
    text: str = ""
    meeting: str = ""
    claim: int = 0
    claimed_s: float | None = None
    proof: str = ""
    evidence: str = ""
    confirmed: tuple[str, ...] = ()


def stand(matter: Matter, agreement: Agreement) -> ActionStand:
    """Return where an action item stands."""
    opening = matter.opening
    assert isinstance(opening, ActionOpened), "an action item opens with what is to be done"
    now = ActionStand(
        state="open",
        title=opening.title,
        owner=opening.owner,
        owner_role=opening.owner_role,
        due_s=opening.due_s,
        text=opening.text,
        meeting=opening.meeting,
    )
    for step in matter.steps[1:]:
        why = _vain(now, step)
        if why:
            idle = Idle(turn=step.said.turn, party=step.party, why=why)
            now = structs.replace(now, idle=(*now.idle, idle))
        else:
            now = _stepped(now, step, matter)
    is_open = now.state not in ("confirmed", "withdrawn")
    now = structs.replace(now, is_open=is_open)
    return structs.replace(now, dues=_dues(now, matter, agreement) if is_open else ())


def _vain(now: ActionStand, step: Step) -> str:
    """Return why a step changes nothing; empty: it does, or it is a remark."""
    match step.said:
        case ActionRemarked():
            return ""
        case ActionConfirmed(claim=claim) | ActionReturned(claim=claim) if now.is_open:
            return (
                "" if now.claim and claim == now.claim else "it answers another word than the last"
            )
    if now.state in ("confirmed", "withdrawn"):
        return f"it was {now.state} already"
    return ""


def _stepped(now: ActionStand, step: Step, matter: Matter) -> ActionStand:
    said = step.said
    match said:
        case ActionMoved(due_s=due_s):
            return structs.replace(now, due_s=due_s)
        case ActionDone(proof=proof, evidence=evidence):
            return structs.replace(
                now,
                state="done",
                claim=said.turn,
                claimed_s=said.at_s,
                proof=proof,
                evidence=evidence,
                confirmed=(),
            )
        case ActionReturned():
            return structs.replace(now, state="open", claim=0, claimed_s=None, confirmed=())
        case ActionConfirmed():
            confirmed = tuple(sorted({*now.confirmed, step.party}))
            whole = set(confirmed) == set(matter.others(now.owner))
            return structs.replace(
                now,
                confirmed=confirmed,
                state="confirmed" if whole else "done",
                is_open=not whole,
            )
        case ActionWithdrawn():
            return structs.replace(now, state="withdrawn", is_open=False)
    return now


def _dues(now: ActionStand, matter: Matter, agreement: Agreement) -> tuple[Due, ...]:
    opening = matter.opening
    assert isinstance(opening, ActionOpened)
    rules = agreement.council
    if now.claimed_s is None:
        clause = opening.clause or rules.action.clause
        return (Due(what=_OWED, party=now.owner, at_s=now.due_s, clause=clause),)
    answer_s = now.claimed_s + rules.meetings.answer_s
    return tuple(
        Due(what="confirmation", party=party, at_s=answer_s, clause=rules.meetings.clause)
        for party in matter.others(now.owner)
        if party not in now.confirmed
    )


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what another side alone may say: done by its owner, seen and put off by the others."""
    if isinstance(said, ActionOpened):
        refuse_unknown_clause(said.clause, agreement)
        parties = said.parties or agreement.parties
        if said.owner not in parties:
            raise NotFittingError("its owner has no part in it.", remedy="Name one of its parties.")
    if matter is None:
        return
    opening = matter.opening
    assert isinstance(opening, ActionOpened)
    match said:
        case ActionDone():
            refuse_other(party, opening.owner, "say that it is done")
        case ActionConfirmed() | ActionReturned() | ActionMoved() if party == opening.owner:
            raise NotFittingError("nobody confirms or puts off what it owes itself.")
        case ActionWithdrawn():
            refuse_other(party, matter.opener, "withdraw it")


def fits(matter: Matter, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what would change nothing, and a remark or refusal without words."""
    why = _vain(
        stand(matter, agreement),
        Step(party=party, said=said, known_s=said.at_s),  # type: ignore[arg-type]
    )
    if why:
        raise NotFittingError(f"{why}.", remedy="Look at the action item again.")
    if isinstance(said, ActionRemarked | ActionReturned) and not said.words.strip():
        raise NotFittingError("it says nothing.", remedy="Say it in words.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: overdue, and at the owner's side a warning before it is due."""
    now = stand(matter, seen.agreement)
    watched = watch_dues(matter, now, seen)
    owed = now.is_open and now.claimed_s is None and now.owner == seen.party
    warn_s = now.due_s - seen.agreement.council.action.warn_s
    if not owed or seen.now_s >= now.due_s:
        return watched
    if seen.now_s < warn_s:
        return joined(watched, Watch(again_s=warn_s))
    text = f"action {matter.opener}/{matter.id}: {now.owner_role} owes it by {at(now.due_s)}."
    alert = Alert("action due soon", text, (now.owner_role,), dismissible=True)
    return joined(watched, Watch((alert,)))


KIND = Kind(
    name="action",
    prefix="A",
    opening=ActionOpened,
    steps={
        "move": ActionMoved,
        "remark": ActionRemarked,
        "done": ActionDone,
        "confirm": ActionConfirmed,
        "return": ActionReturned,
        "withdraw": ActionWithdrawn,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
