"""Clocks of matters: what is overdue, whom it alerts, and when to look again.

Both sides are in red when something owed does not come; a fault of the line is told from silence.
"""

import math
from dataclasses import replace

from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Alert, Due, Seen, Stand, Watch
from wideberth.formats.times import show_utc
from wideberth.model.notice import EscalationStep


def watch_dues(matter: Matter, stand: Stand, seen: Seen) -> Watch:
    """Return the alarms of all clocks of a matter that ran out, and when the next one does."""
    return joined(*(watch_due(matter, due, seen) for due in stand.dues))


def watch_due(matter: Matter, due: Due, seen: Seen) -> Watch:
    """Return the alarm of one clock, its roles by the agreement's escalation."""
    steps = seen.agreement.notice.escalation
    if seen.now_s < due.at_s:
        return Watch(again_s=due.at_s)
    alert = Alert(f"{due.what} overdue", overdue(matter, due, seen), roles_at(steps, due, seen))
    return Watch((alert,), next_role_s(steps, due, seen))


def joined(*watches: Watch) -> Watch:
    """Return all alarms of several, those of one name as one, and the first time to look again."""
    times = [one.again_s for one in watches if one.again_s is not None]
    alerts: dict[str, Alert] = {}
    for alert in (alert for one in watches for alert in one.alerts):
        alerts[alert.name] = _both(alerts[alert.name], alert) if alert.name in alerts else alert
    return Watch(tuple(alerts.values()), min(times, default=None))


def _both(one: Alert, other: Alert) -> Alert:
    """Return two alarms of one name as one: both sides owe the same, say."""
    if one.text == other.text:
        return replace(one, roles=tuple(dict.fromkeys((*one.roles, *other.roles))))
    return Alert(
        one.name,
        f"{one.text} {other.text}",
        tuple(dict.fromkeys((*one.roles, *other.roles))),
        dismissible=one.dismissible and other.dismissible,
    )


def roles_at(steps: tuple[EscalationStep, ...], due: Due, seen: Seen) -> tuple[str, ...]:
    """Return the roles that are alerted so long after something was due."""
    return tuple(step.role for step in steps if seen.now_s - due.at_s >= step.after_s)


def next_role_s(steps: tuple[EscalationStep, ...], due: Due, seen: Seen) -> float | None:
    """Return when further roles are alerted; None: all were."""
    times = (due.at_s + step.after_s for step in steps)
    return min((at_s for at_s in times if at_s > seen.now_s), default=None)


def overdue(matter: Matter, due: Due, seen: Seen) -> str:
    """Return in words that something owed did not come, and why, as far as is known here."""
    clause = f" ({due.clause})" if due.clause else ""
    name = f"{matter.kind} {matter.opener}/{matter.id}"
    if due.party == seen.party:
        return f"{name}: we owe the {due.what}, due by {at(due.at_s)}{clause}."
    waiting = undelivered(matter, seen.party, due.party)
    if waiting:
        how = f"{len(waiting)} of our messages have not reached its node: line fault"
    else:
        how = "no answer"
    return f"{name}: {due.party} owes the {due.what}, due by {at(due.at_s)}{clause}: {how}."


def undelivered(matter: Matter, party: str, peer: str) -> tuple[Step, ...]:
    """Return the steps of a party that a peer's node has not confirmed."""
    return tuple(
        step
        for step in matter.steps
        if step.party == party
        and any(one.peer == peer and one.delivered_s is None for one in step.deliveries)
    )


def at(time_s: float) -> str:
    """Return a time as alarms show it."""
    return show_utc(float(math.floor(time_s))) or ""
