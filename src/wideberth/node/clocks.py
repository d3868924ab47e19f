"""All clocks, looked at on every tick: deadlines, escalation, heartbeats, lapses, stale activities.

A tick changes nothing by itself: it raises what is overdue and sends what is due. Silence of the
line and silence of people are told apart (R19): "line down" when nothing came from the peer's
node, "unacknowledged" when its node has a notice and nobody acted.
"""

from typing import Final

import msgspec
from msgspec import structs

from wideberth.formats.times import show_utc
from wideberth.model.activity import State
from wideberth.node import (
    answer_clock,
    comparing,
    deadlines,
    expiring,
    forces_clock,
    queries,
    tables,
)
from wideberth.node.answers import Answer
from wideberth.node.catching_up import tell_on
from wideberth.node.council import council_clock, drill_clock
from wideberth.node.outgoing import send
from wideberth.node.records import NOTHING_HEARD, Held, Peer
from wideberth.node.telling import is_suspended
from wideberth.node.watch import watch_clock
from wideberth.node.work import Work
from wideberth.peering.messages import Heartbeat

MOST_AT_ONCE: Final = 1000  # of each kind; what is left is taken by the next tick


def tick(work: Work) -> Answer:
    """Look at every clock once; count: how many things were raised or sent."""
    count = 0
    for known in work.peers():
        peer = _not_ahead(work, known)
        count += _line(work, peer) + _beat(work, peer) + _reconcile(work, peer)
        count += tell_on(work, peer)
    for message in deadlines.take_due(work.draft, work.now_s, MOST_AT_ONCE):
        count += _deadlines(work, message)
    count += answer_clock.look(work)
    count += drill_clock.look(work)
    count += council_clock.look(work)
    count += expiring.look(work)
    count += watch_clock.look(work)
    count += forces_clock.look(work)
    return Answer(count=count + _stale(work))


def _not_ahead(work: Work, peer: Peer) -> Peer:
    """Return a peer none of whose times is still to come: our clock may have been put back.

    Else there would be no heartbeat and no alarm until it has caught up again.
    """
    times = {
        name: min(at_s, work.now_s)
        for name in ("last_heard_s", "last_sent_s", "down_since_s")
        if (at_s := getattr(peer, name)) is not None
    }
    here = structs.replace(peer, **times)
    if here != peer:
        work.save_peer(here)
    return here


def _line(work: Work, peer: Peer) -> int:
    """Raise the alarm where nothing came from a peer for too long; the first silence is noted.

    Of a peer that was never heard the silence counts from the first try that failed.
    """
    rules = work.agreement.notice
    heard_s = peer.down_since_s if peer.last_heard_s is None else peer.last_heard_s
    if heard_s is None or work.now_s - heard_s <= rules.link_down_after_s:
        return 0
    if peer.down_since_s is None:
        peer = structs.replace(peer, down_since_s=heard_s, down_reason=NOTHING_HEARD)
        work.save_peer(peer, tell=True)
    roles = deadlines.alerted(rules, work.now_s - heard_s - rules.link_down_after_s)
    work.raise_alarm(
        "line down",
        peer.party,
        f"nothing heard from {peer.party} since {show_utc(float(int(heard_s)))}"
        f" ({peer.down_reason}): what it declares is unknown. This is not clear"
        f"{rules.cited}.",
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
    """Send the hash of what is in force, a stretch at a time, where it is due."""
    key = tables.key("reconciled", peer.party)
    last_s = float(work.draft.get(tables.META, key) or b"0")
    is_due = not last_s <= work.now_s < last_s + work.agreement.notice.reconcile_s
    if is_suspended(peer) or not (is_due or comparing.is_between(work, peer.party)):
        return 0
    if peer.out_sequence > peer.receipted:
        return 0  # what waits is told first
    if comparing.announce(work, peer):
        work.draft.put(tables.META, key, str(work.now_s).encode())
    return 1


def _deadlines(work: Work, message: str) -> int:
    """Mark the rungs whose deadlines passed, and alert the next roles of the escalation."""
    notice = queries.notice(work.draft, message)
    if notice is None or notice.superseded or notice.recalled:
        return 0
    rules = work.agreement.notice
    found = deadlines.overdue(notice, rules, work.now_s)
    if found is None:
        deadlines.queue(work.draft, notice, rules, work.now_s)
        return 0
    marked = structs.replace(
        notice, overdue=tuple(d.rung for d in found.passed), escalated=len(found.roles)
    )
    work.change_notice(notice, lambda _n: marked)
    deadlines.queue(work.draft, marked, rules, work.now_s)
    work.raise_alarm("unacknowledged", message, deadlines.words(marked, rules), found.roles)
    return 1


def _stale(work: Work) -> int:
    """Raise activities that are past their end and were never ended: they expire loudly."""
    count = 0
    before = tables.key(max(0, int(work.now_s)))
    for key, name in list(work.draft.scan(tables.ENDS, before=before, limit=MOST_AT_ONCE)):
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
