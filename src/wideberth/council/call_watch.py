"""Whom a call rings and when, and its alarms on both sides (R7): no silence passes unseen.

The called side counts from when the call came or was made, whichever is earlier, so that a call
that was long on its way rings everybody at once. An alarm's text holds nothing of what was said.
"""

import math
from typing import Final

from wideberth.council.call_stand import PENDING, CallStand, stand
from wideberth.council.clocks import at, joined, undelivered, watch_dues
from wideberth.council.matter import Matter
from wideberth.council.stand import Alert, Seen, Watch
from wideberth.model.agreement import Agreement
from wideberth.model.council_rules import Precedence
from wideberth.model.notice import EscalationStep
from wideberth.peering.council.call import CallMade, CallPassed

PUT_BACK_S: Final = 5.0  # less is how clocks are kept right


def ladder(found: CallStand, agreement: Agreement) -> tuple[EscalationStep, ...]:
    """Return who is rung after how long: the role that is called, then by the agreement a flash's.

    A role comes once, at its first time; who holds a call that was passed on is not rung for it.
    """
    steps = [EscalationStep(found.asked, 0.0)]
    if found.precedence is Precedence.FLASH:
        rung = (found.asked, found.holder)
        steps += [s for s in agreement.council.hotline.flash if s.role not in rung]
    return tuple(steps)


def ringing_since_s(matter: Matter, found: CallStand) -> float:
    """Return since when the role that is called now is rung, as far as is known here."""
    asking = [
        step
        for step in matter.steps
        if step.said.turn == found.asked_turn and isinstance(step.said, CallMade | CallPassed)
    ]
    return min(min(step.said.at_s, step.known_s) for step in asking)


def roles_due(matter: Matter, found: CallStand, seen: Seen) -> tuple[str, ...]:
    """Return the roles that are to have been rung by now."""
    waited_s = _waited_s(matter, found, seen)
    due = [s.role for s in ladder(found, seen.agreement) if s.after_s <= waited_s]
    return tuple(dict.fromkeys(due))


def _waited_s(matter: Matter, found: CallStand, seen: Seen) -> float:
    """Return how long the role that is called now is rung; for ever, where nobody can know.

    That is so where our clock was put back since: then everybody is rung.
    """
    waited_s = seen.now_s - ringing_since_s(matter, found)
    return math.inf if waited_s < -PUT_BACK_S else max(0.0, waited_s)


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return the alarms of a call that should last now, and when to look again."""
    found = stand(matter, seen.agreement)
    alerts = [*_heard_otherwise(matter, found), *_refused(matter, found, seen)]
    again_s = None
    if found.state in PENDING:
        alerts += _ringing(matter, found, seen)
        again_s = _next_s(matter, found, seen)
    return joined(watch_dues(matter, found, seen), Watch(tuple(alerts), again_s))


def lost_s(matter: Matter, found: CallStand, agreement: Agreement) -> float:
    """Return from when a call that nobody has taken is in red on both sides.

    A flash: when its last role is rung. Else: when its answer is due.
    """
    since_s = ringing_since_s(matter, found)
    if found.precedence is Precedence.FLASH:
        return since_s + agreement.council.hotline.flash[-1].after_s
    return since_s + agreement.council.hotline.answer_s(found.precedence)


def _ringing(matter: Matter, found: CallStand, seen: Seen) -> list[Alert]:
    alerts = []
    clause = _clause(seen.agreement)
    if seen.party == found.called:
        name = "flash call" if found.precedence is Precedence.FLASH else "call"
        text = (
            f"{matter.ref}: {found.caller} calls our {found.asked}, {found.precedence.value}"
            f"{clause}. Take it: `wideberth hotline take {matter.opener}/{matter.id}`."
        )
        rung = (one.role for one in found.rung if one.turn > found.asked_turn)
        roles = tuple(dict.fromkeys((*roles_due(matter, found, seen), *rung)))
        alerts.append(Alert(name, text, roles))
    is_unknown = math.isinf(_waited_s(matter, found, seen))
    if is_unknown or seen.now_s >= lost_s(matter, found, seen.agreement):
        every = tuple(dict.fromkeys(step.role for step in ladder(found, seen.agreement)))
        alerts.append(Alert("call not taken", _not_taken(matter, found, seen) + clause, every))
    return alerts


def _not_taken(matter: Matter, found: CallStand, seen: Seen) -> str:
    since = at(found.asked_s)
    if seen.party == found.called:
        return f"{matter.ref}: nobody here has taken {found.caller}'s call since {since}"
    if undelivered(matter, seen.party, found.called):
        how = (
            "it has not reached its node: line fault. Use the telephone: `wideberth hotline voice`"
        )
    elif found.rung and not any(one.manned for one in found.rung):
        how = "no answer: its node says that nobody has the watch"
    elif found.rung:
        how = f"no answer: its node has rung {', '.join(one.role for one in found.rung)}"
    else:
        how = "no answer, and its node has not said that it rings"
    return f"{matter.ref}: nobody at {found.called} has taken our call since {since}: {how}"


def _next_s(matter: Matter, found: CallStand, seen: Seen) -> float | None:
    since_s = ringing_since_s(matter, found)
    times = [since_s + step.after_s for step in ladder(found, seen.agreement)]
    times.append(lost_s(matter, found, seen.agreement))
    return min((at_s for at_s in times if at_s > seen.now_s), default=None)


def _heard_otherwise(matter: Matter, found: CallStand) -> list[Alert]:
    if not found.differs:
        return []
    turns = ", ".join(map(str, found.differs))
    text = (
        f"{matter.ref}: what was heard by voice is not what was sent (step {turns})."
        " Read both, and say which holds."
    )
    roles = (found.holder or found.asked,)
    return [Alert("heard differently", text, roles, dismissible=True, about=turns)]


def _refused(matter: Matter, found: CallStand, seen: Seen) -> list[Alert]:
    """Return the alarm that a step of ours was not accepted: the other side does not have it."""
    refused = [
        step.said.turn
        for step in matter.steps
        if step.party == seen.party and any(one.problems for one in step.deliveries)
    ]
    if not refused:
        return []
    turns = ", ".join(map(str, refused))
    text = f"{matter.ref}: the other node did not accept step {turns} of ours. Say it another way."
    roles = (found.holder or found.asked,)
    return [Alert("call not accepted", text, roles, dismissible=True, about=turns)]


def _clause(agreement: Agreement) -> str:
    clause = agreement.council.hotline.clause
    return f" ({clause})" if clause else ""
