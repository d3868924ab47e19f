"""Telling peers of an activity: what they may see, the notice, and what each was told last."""

import hashlib
from dataclasses import replace

import msgspec
from msgspec import Struct, structs

from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.notice import Rung
from wideberth.node import tables
from wideberth.node.outgoing import Sent, log_own, send
from wideberth.node.records import Held, Lead, Notice, Peer, Way
from wideberth.node.work import Work
from wideberth.peering import lead as notice_clock
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import Change, Declare
from wideberth.peering.payloads import Commitment, Record
from wideberth.peering.wire import from_wire, to_wire, write_activity


class Told(Struct, frozen=True):
    """What a peer was last told of an activity: enough to compare, not the content."""

    revision: int
    state: State
    digest: str


def tell_all(work: Work, held: Held) -> tuple[Notice, ...]:
    """Queue what each peer must hear of an own activity, and return the notices."""
    activity = from_wire(held.activity)
    if activity.disclose is Disclosure.PRIVATE and not activity.is_over:
        _commit(work, activity)
    notices = [tell(work, peer, held) for peer in work.peers() if not is_suspended(peer)]
    return tuple(notice for notice in notices if notice is not None)


def tell(work: Work, peer: Peer, held: Held) -> Notice | None:
    """Queue what one peer must hear of an own activity as it is now; None: nothing."""
    activity = from_wire(held.activity)
    told = told_to(work, peer.party, activity.id)
    seen = disclosed(activity)
    if seen is None:
        return None
    if told is None:
        return None if seen.is_over else _tell_declaration(work, peer, seen, held)
    if told.digest == digest_of(seen, held):
        return None
    as_told = replace(seen, revision=told.revision, state=told.state)
    if told.digest == digest_of(as_told, held):
        return _tell_change(work, peer, seen, held)
    return _tell_declaration(work, peer, seen, held)


def told_to(work: Work, party: str, activity_id: str) -> Told | None:
    """Return what a peer was last told of an own activity."""
    record = work.draft.get(tables.TOLD, tables.key(party, activity_id))
    return None if record is None else msgspec.json.decode(record, type=Told)


def digest_of(seen: Activity, held: Held) -> str:
    """Return the digest of an activity as disclosed, with what travels beside it (hex SHA-256)."""
    beside = msgspec.json.encode((held.contact, held.doubt, held.third_parties, held.checked))
    return hashlib.sha256(write_activity(seen) + b"\n" + beside).hexdigest()


def is_suspended(peer: Peer) -> bool:
    """Return whether either side suspended the exchange of declarations."""
    return bool(peer.suspended_by_us or peer.suspended_by_them)


def lead_record(
    work: Work, seen: Activity, receiver: str, *, measured_s: float | None
) -> Lead | None:
    """Return the notice clock's figures; measured_s: the receiver's clock, once it is known."""
    received_s = work.now_s if measured_s is None else measured_s
    lead = notice_clock.lead_of(seen, work.agreement, received_s=received_s, receiver=receiver)
    if lead is None:
        return None
    return Lead(
        start_s=lead.start_s,
        given_s=lead.given_s,
        owed_s=lead.owed_s,
        clause=lead.clause,
        late=lead.is_late,
        too_late=lead.is_too_late,
        measured=measured_s is not None,
    )


def _tell_declaration(work: Work, peer: Peer, seen: Activity, held: Held) -> Notice:
    body = Declare(
        activity=to_wire(seen),
        contact=held.contact,
        doubt=held.doubt,
        third_parties=held.third_parties,
        checked=held.checked,
    )
    lead = lead_record(work, seen, peer.party, measured_s=None)
    notice = _noted(work, send(work, peer.party, body), seen, lead=lead, moved=held.moved)
    _keep_told(work, peer, seen, held)
    return notice


def _tell_change(work: Work, peer: Peer, seen: Activity, held: Held) -> Notice:
    body = Change(
        activity=seen.id,
        revision=seen.revision,
        state=seen.state,
        at_s=held.changed_s,
        reason=held.reason,
    )
    notice = _noted(work, send(work, peer.party, body), seen)
    _keep_told(work, peer, seen, held)
    return notice


def _noted(
    work: Work, sent: Sent, seen: Activity, *, lead: Lead | None = None, moved: str = ""
) -> Notice:
    """Keep and return the notice of a message just queued."""
    party = sent.peer.party
    supersede(work, seen.party, seen.id, party)
    notice = Notice(
        way=Way.OUT,
        peer=party,
        owner=seen.party,
        activity=seen.id,
        revision=seen.revision,
        state=seen.state,
        message=sent.digest,
        sequence=sent.sequence,
        index=sent.index,
        sent_s=work.now_s,
        rung=Rung.SENT,
        lead=lead,
        moved=moved,
    )
    keep_notice(work, notice)
    return notice


def _keep_told(work: Work, peer: Peer, seen: Activity, held: Held) -> None:
    told = Told(seen.revision, seen.state, digest_of(seen, held))
    work.draft.put(tables.TOLD, tables.key(peer.party, seen.id), msgspec.json.encode(told))


def keep_notice(work: Work, notice: Notice) -> None:
    """Write a new notice under all the keys by which it is found."""
    work.save(tables.NOTICE, notice.message, notice)
    message = notice.message.encode()
    of = tables.key(notice.owner, notice.activity, notice.revision, notice.peer)
    work.draft.put(tables.NOTICE_OF, of, message)
    work.draft.put(tables.NOTICE_IN_ORDER, tables.key(notice.index), message)
    work.draft.put(tables.WAITING, notice.message, b"")


def supersede(work: Work, owner: str, activity_id: str, peer: str) -> None:
    """Mark the notices of an activity to or from a peer as superseded by one that comes now."""
    first, before = tables.under(owner, activity_id)
    for key, message in work.draft.scan(tables.NOTICE_OF, first=first, before=before):
        if tables.parts(key)[-1] != peer:
            continue
        notice = work.notice(message.decode())
        if not notice.superseded:
            work.change_notice(notice, lambda n: structs.replace(n, superseded=True))
            work.draft.delete(tables.WAITING, notice.message)
            work.clear_alarm("unacknowledged", notice.message, "a later revision was sent")


def _commit(work: Work, activity: Activity) -> None:
    """Log that a private activity exists: a salted hash, so that it can be proved later."""
    salt = work.bench.chance.token(32)
    content = write_activity(activity)
    digest = hashlib.sha256(salt + content).hexdigest()
    log_own(work, Record(at_s=work.now_s, body=Commitment(digest=digest)))
    work.draft.put(tables.SALT, tables.key(activity.id, activity.revision), salt)


def tell_everything(work: Work, party: str) -> tuple[Notice, ...]:
    """Tell a peer every own activity of which it has not heard the latest."""
    peer = work.peer(party)
    if is_suspended(peer):
        return ()
    first, before = tables.under(work.party)
    rows = list(work.draft.scan(tables.ACTIVITY, first=first, before=before))
    notices = []
    for _key, record in rows:
        notice = tell(work, peer, msgspec.json.decode(record, type=Held))
        if notice is not None:
            notices.append(notice)
    return tuple(notices)
