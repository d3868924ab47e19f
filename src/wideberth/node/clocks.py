"""All clocks, looked at on every tick: deadlines, escalation, heartbeats, lapses, stale activities.

A tick changes nothing by itself: it raises what is overdue and sends what is due. Silence of the
line and silence of people are told apart (R19): "line down" when nothing came from the peer's
node, "unacknowledged" when its node has a notice and nobody acted.
"""

from collections.abc import Iterator

import msgspec
from msgspec import structs

from wideberth.model.activity import State
from wideberth.model.notice import Deadline, Rung, reaches
from wideberth.node import comparing, tables
from wideberth.node.answers import Answer
from wideberth.node.outgoing import send
from wideberth.node.records import Held, Notice, Peer, Way
from wideberth.node.telling import is_suspended
from wideberth.node.work import Work
from wideberth.peering.messages import Heartbeat


def tick(work: Work) -> Answer:
    """Look at every clock once; count: how many things were raised or sent."""
    count = 0
    for peer in work.peers():
        count += _line(work, peer) + _beat(work, peer) + _reconcile(work, peer)
    for notice in list(_waiting(work)):
        count += _deadlines(work, notice)
    return Answer(count=count + _stale(work))


def _line(work: Work, peer: Peer) -> int:
    """Raise the alarm where nothing came from a peer for too long; the first silence is noted."""
    rules = work.agreement.notice
    heard_s = peer.last_heard_s
    if heard_s is None or work.now_s - heard_s <= rules.link_down_after_s:
        return 0
    if peer.down_since_s is None:
        peer = structs.replace(peer, down_since_s=heard_s, down_reason="nothing heard")
        work.save_peer(peer, tell=True)
    roles = _escalation(work, work.now_s - heard_s - rules.link_down_after_s)
    work.raise_alarm(
        "line down",
        peer.party,
        f"nothing heard from {peer.party} since {heard_s:.0f} s UTC ({peer.down_reason}):"
        " what it declares is unknown. This is not clear.",
        roles,
    )
    return 1


def _beat(work: Work, peer: Peer) -> int:
    """Send a heartbeat where nothing else was sent for long, and none waits already."""
    due_s = (peer.last_sent_s or 0.0) + work.agreement.notice.heartbeat_s
    if work.now_s < due_s or peer.out_sequence > peer.receipted:
        return 0
    send(work, peer.party, Heartbeat(at_s=work.now_s))
    return 1


def _reconcile(work: Work, peer: Peer) -> int:
    """Send the hash of what is in force where it is due."""
    key = tables.key("reconciled", peer.party)
    last_s = float(work.draft.get(tables.META, key) or b"0")
    if work.now_s < last_s + work.agreement.notice.reconcile_s or is_suspended(peer):
        return 0
    if peer.out_sequence > peer.receipted:
        return 0  # what waits is told first
    work.draft.put(tables.META, key, str(work.now_s).encode())
    comparing.announce(work, peer)
    return 1


def _waiting(work: Work) -> Iterator[Notice]:
    for message, _nothing in work.draft.scan(tables.WAITING):
        yield work.notice(message)


def _deadlines(work: Work, notice: Notice) -> int:
    """Mark the rungs whose deadlines passed, and alert the next roles of the escalation."""
    rules = work.agreement.notice
    waited_s = work.now_s - notice.sent_s
    late = [d for d in rules.deadlines if not reaches(notice.rung, d.rung)]
    passed = [d for d in late if waited_s > d.within_s]
    if not passed:
        return 0
    first = min(passed, key=lambda d: d.within_s)
    roles = _escalation(work, waited_s - first.within_s)
    overdue = tuple(d.rung for d in passed)
    changed = structs.replace(notice, overdue=overdue, escalated=len(roles))
    if changed == notice:
        return 0
    work.change_notice(notice, lambda _n: changed)
    work.raise_alarm("unacknowledged", notice.message, _overdue(notice, first), roles)
    return 1


def _overdue(notice: Notice, first: Deadline) -> str:
    who = notice.peer if notice.way is Way.OUT else "this side"
    where = (
        "has not reached its node: line fault"
        if notice.rung is Rung.SENT
        else f"is {notice.rung!s} and no further: no answer"
    )
    return (
        f"a notice to {who} {where}; {first.rung!s} was due within {first.within_s:.0f} s"
        f" ({first.clause})."
    )


def _escalation(work: Work, waited_s: float) -> tuple[str, ...]:
    """Return the roles to be alerted after so long a wait."""
    return tuple(s.role for s in work.agreement.notice.escalation if waited_s >= s.after_s)


def _stale(work: Work) -> int:
    """Raise activities that are past their end and were never ended: they expire loudly."""
    count = 0
    before = tables.key(max(0, int(work.now_s)))
    for key, name in list(work.draft.scan(tables.ENDS, before=before)):
        work.draft.delete(tables.ENDS, key)
        count += _expire(work, name.decode())
    return count


def _expire(work: Work, name: str) -> int:
    record = work.draft.get(tables.ACTIVITY, name)
    if record is None:
        return 0
    held = msgspec.json.decode(record, type=Held)
    if held.activity.state in (State.ENDED, State.WITHDRAWN):
        return 0
    end_s = max((v.end_s or float("inf")) for v in held.activity.volumes)
    if end_s > work.now_s or held.stale_s is not None:
        return 0
    work.save(tables.ACTIVITY, name, structs.replace(held, stale_s=work.now_s))
    whose = "own" if held.activity.party == work.party else held.activity.party
    work.raise_alarm(
        "stale",
        name,
        f"an activity ({whose}) is past its declared end and nobody has ended or confirmed it:"
        " where it is now is unknown.",
    )
    return 1
