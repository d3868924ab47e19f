"""Suspension (R23) and the clearing of alarms by people.

A suspended exchange sends no declarations; receipts, heartbeats and everything else go on, and both
sides see since when and why. When it is taken up again, each is told all that it has missed.
"""

from typing import Final

import msgspec
from msgspec import structs

from wideberth.model.command import ClearAlarm, Suspend
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.catching_up import tell_everything
from wideberth.node.council import attending
from wideberth.node.outgoing import send
from wideberth.node.records import Alarm, Peer
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.telling import is_suspended
from wideberth.node.work import Work
from wideberth.peering.messages import Suspension

LASTING: Final = {
    "line down": "something comes from the peer again",
    "unacknowledged": "the notice is answered, superseded or recalled",
    "suspended": "the peer takes the exchange up again",
    "suspended by us": "we take the exchange up again",
    "not all told": "the peer was told the rest",
    "not judged": "the activity is judged in a later revision, or is over",
    "assurance broken": "the activity acts against it no longer, or the assurance is over",
    "assurance not judged": "it is judged, or is over",
    "agreement differs": "both nodes work under one version",
    "agreement expires": "an agreement with a later end is in force",
    "agreement expired": "an agreement that has not expired is in force",
    "rules differ": "both programs judge by the same rules",
    "in force differs": "both lists are equal again",
    "nobody on watch": "somebody takes the watch",
    "watch too long": "the watch is handed over",
    "DRILL no surprise test": "either side calls by surprise",
    "DRILL no test to the units": "either side tests down to the units",
    "cease request": "we answer, or the peer closes the case",
    "cease unanswered": "the request is answered, or the case is closed",
    "cease promise not kept": "it is said to have ceased, or the case is closed",
}


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
    peer = structs.replace(work.peer(command.peer), suspended_by_us=reason)
    work.save_peer(since_when(peer, work.now_s), tell=True)
    if command.suspended:
        text = f"we suspended the exchange with {command.peer}: it is told of nothing new."
        work.raise_alarm("suspended by us", command.peer, text)
        return Answer(count=1)
    work.clear_alarm("suspended by us", command.peer, f"taken up again by {command.by}")
    return Answer(notices=tell_everything(work, command.peer), count=1)


def since_when(peer: Peer, now_s: float) -> Peer:
    """Return a peer with the time since when either side has suspended the exchange."""
    if not is_suspended(peer):
        return structs.replace(peer, suspended_s=None)
    return peer if peer.suspended_s is not None else structs.replace(peer, suspended_s=now_s)


def clear_alarm(work: Work, command: ClearAlarm) -> Answer:
    """Clear an alarm that a person has dealt with; its cause may raise it again."""
    record = work.draft.get(tables.ALARM, command.alarm)
    if record is None:
        raise NotFoundError("there is no such alarm.", remedy="List them: `wideberth node status`.")
    alarm = msgspec.json.decode(record, type=Alarm)
    if alarm.cleared_s is None and alarm.kind in LASTING:
        raise NotAllowedError(
            "the cause of this alarm lasts; nobody can clear it.",
            remedy=f"It ends by itself when {LASTING[alarm.kind]}.",
        )
    if alarm.cleared_s is None:
        attending.dismissed(work, alarm)
        work.clear_alarm(alarm.kind, alarm.subject, f"{command.by}: {command.how}")
    return Answer(count=1)
