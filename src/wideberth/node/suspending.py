"""Suspension (R23) and the clearing of alarms by people.

A suspended exchange sends no declarations; receipts, heartbeats and everything else go on, and both
sides see since when and why. When it is taken up again, each is told all that it has missed.
"""

import msgspec
from msgspec import structs

from wideberth.model.command import ClearAlarm, Suspend
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.outgoing import send
from wideberth.node.records import Alarm
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.telling import tell_everything
from wideberth.node.work import Work
from wideberth.peering.messages import Suspension


def suspend(work: Work, command: Suspend) -> Answer:
    """Suspend the exchange of declarations with a peer, or take it up again."""
    peer = work.peer(command.peer)
    if command.suspended == bool(peer.suspended_by_us):
        state = "suspended" if command.suspended else "not suspended"
        raise NotAllowedError(f"the exchange with {command.peer} is {state} already.")
    if command.suspended and not command.reason.strip():
        raise NotAllowedError("a suspension without a reason.", remedy="Say why.")
    said = Suspension(suspended=command.suspended, at_s=work.now_s, reason=command.reason)
    send(work, command.peer, said)
    reason = command.reason if command.suspended else ""
    since = work.now_s if command.suspended else None
    peer = structs.replace(work.peer(command.peer), suspended_by_us=reason, suspended_s=since)
    work.save_peer(peer, tell=True)
    if command.suspended:
        text = f"we suspended the exchange with {command.peer}: it is told of nothing new."
        work.raise_alarm("suspended by us", command.peer, text)
        return Answer(count=1)
    work.clear_alarm("suspended by us", command.peer, f"taken up again by {command.by}")
    return Answer(notices=tell_everything(work, command.peer), count=1)


def clear_alarm(work: Work, command: ClearAlarm) -> Answer:
    """Clear an alarm that a person has dealt with; its cause may raise it again."""
    record = work.draft.get(tables.ALARM, command.alarm)
    if record is None:
        raise NotFoundError("there is no such alarm.", remedy="List them: GET alarms.")
    alarm = msgspec.json.decode(record, type=Alarm)
    if alarm.cleared_s is None:
        work.clear_alarm(alarm.kind, alarm.subject, f"{command.by}: {command.how}")
    return Answer(count=1)
