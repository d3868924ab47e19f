"""Telling peers of an activity: what they may see, the notice, and what each was told last."""

import hashlib
from dataclasses import replace
from enum import Enum, auto
from typing import Final

import msgspec
from msgspec import Struct, structs

from wideberth.engine.caution import areas_entered, words_of
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.agreement import Agreement
from wideberth.model.notice import Rung
from wideberth.node import deadlines, queries, tables
from wideberth.node.outgoing import Sent, log_own, send
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Lead, Notice, Peer, Way
from wideberth.node.work import Work
from wideberth.peering import lead as notice_clock
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import Change, Declare
from wideberth.peering.payloads import Commitment, Record
from wideberth.peering.wire import from_wire, to_wire, write_activity

OVER: Final = (State.ENDED, State.WITHDRAWN)
MENDED: Final = ("read-back differs", "too late to act", "not accepted")  # by telling it anew


class Due(Enum):
    """What a peer must hear of an activity: nothing, that its state changed, or all of it."""

    NOTHING = auto()
    CHANGE = auto()
    ALL = auto()


class Told(Struct, frozen=True):
    """What a peer was last told of an activity: enough to compare, not the content.

    digest: empty where the peer did not accept it, so that it is told all of it next time.
    sequence: of the newest message about it; declared: of the newest that says all of it.
    recalled: it was not for this peer, which is told no more of it.
    """

    revision: int
    state: State
    digest: str
    sequence: int = 0
    declared: int = 0
    recalled: bool = False


def tell_all(work: Work, held: Held) -> tuple[Notice, ...]:
    """Queue what each peer must hear of an own activity, and return the notices."""
    activity = from_wire(held.activity, is_checked=True)
    work.clear_alarm("stale", tables.key(work.party, activity.id), "it was declared anew")
    if activity.disclose is Disclosure.PRIVATE and not activity.is_over:
        _commit(work, activity)
    notices = [tell(work, peer, held) for peer in work.peers() if not is_suspended(peer)]
    return tuple(notice for notice in notices if notice is not None)


def tell(work: Work, peer: Peer, held: Held) -> Notice | None:
    """Queue what one peer must hear of an own activity as it is now; None: nothing."""
    activity = from_wire(held.activity, is_checked=True)
    told = told_to(work.draft, peer.party, activity.id)
    seen = disclosed(activity)
    if seen is None:
        return None
    match due(told, seen, held):
        case Due.NOTHING:
            return None
        case Due.CHANGE:
            assert told is not None, "what changed was told before"
            return _tell_change(work, peer, seen, held, told=told)
        case Due.ALL:
            return _tell_declaration(work, peer, seen, held)


def due(told: Told | None, seen: Activity, held: Held) -> Due:
    """Return what a peer must hear of an own activity, as disclosed; told: what it heard last."""
    if told is None:
        return Due.NOTHING if seen.is_over else Due.ALL
    if told.recalled or told.digest == digest_of(seen, held):
        return Due.NOTHING
    before = replace(seen, revision=told.revision, state=told.state)
    return Due.CHANGE if told.digest == digest_of(before, held) else Due.ALL


def told_to(reader: Reader, party: str, activity_id: str) -> Told | None:
    """Return what a peer was last told of an own activity."""
    record = reader.get(tables.TOLD, tables.key(party, activity_id))
    return None if record is None else msgspec.json.decode(record, type=Told)


def digest_of(seen: Activity, held: Held) -> str:
    """Return the digest of an activity as disclosed, with what travels beside it (hex SHA-256)."""
    beside = msgspec.json.encode((held.contact, held.doubt, held.third_parties, held.checked))
    return hashlib.sha256(write_activity(seen) + b"\n" + beside).hexdigest()


def declaration(held: Held) -> Declare | None:
    """Return an activity as a peer is told of it; None: it is told nothing."""
    seen = disclosed(from_wire(held.activity, is_checked=True))
    return None if seen is None else _said(seen, held)


def as_told(held: Held) -> Declare:
    """Return a peer's activity as it was told to us."""
    return _said(from_wire(held.activity, is_checked=True), held)


def _said(seen: Activity, held: Held) -> Declare:
    return Declare(
        activity=to_wire(seen),
        contact=held.contact,
        doubt=held.doubt,
        third_parties=held.third_parties,
        checked=held.checked,
    )


def is_suspended(peer: Peer) -> bool:
    """Return whether either side suspended the exchange of declarations."""
    return bool(peer.suspended_by_us or peer.suspended_by_them)


def lead_record(
    work: Work, seen: Activity, receiver: str, *, measured_s: float | None
) -> Lead | None:
    """Return the notice clock's figures; measured_s: the receiver's clock, once it is known."""
    received_s = work.now_s if measured_s is None else measured_s
    lead = lead_at(work.agreement, seen, receiver, received_s=received_s)
    return lead and structs.replace(lead, measured=measured_s is not None)


def lead_at(
    agreement: Agreement, seen: Activity, receiver: str, *, received_s: float
) -> Lead | None:
    """Return the notice clock's figures, not measured; None: what it is about has no start."""
    lead = notice_clock.lead_of(seen, agreement, received_s=received_s, receiver=receiver)
    if lead is None:
        return None
    return Lead(
        start_s=lead.start_s,
        given_s=lead.given_s,
        owed_s=lead.owed_s,
        clause=lead.clause,
        late=lead.is_late,
        too_late=lead.is_too_late,
    )


def _tell_declaration(work: Work, peer: Peer, seen: Activity, held: Held) -> Notice:
    body = _said(seen, held)
    lead = lead_record(work, seen, peer.party, measured_s=None)
    supersede(work, seen, peer.party, anew=True)
    sent = send(work, peer.party, body)
    _keep_told(work, sent, seen, held, declared=sent.sequence)
    return _noted(work, sent, seen, lead=lead, moved=held.moved)


def _tell_change(work: Work, peer: Peer, seen: Activity, held: Held, *, told: Told) -> Notice:
    body = Change(
        activity=seen.id,
        revision=seen.revision,
        state=seen.state,
        at_s=held.changed_s,
        reason=held.reason,
    )
    supersede(work, seen, peer.party, anew=False)
    sent = send(work, peer.party, body)
    _keep_told(work, sent, seen, held, declared=told.declared)
    return _noted(work, sent, seen)


def _noted(
    work: Work, sent: Sent, seen: Activity, *, lead: Lead | None = None, moved: str = ""
) -> Notice:
    """Keep and return the notice of a message just queued."""
    notice = Notice(
        way=Way.OUT,
        peer=sent.peer.party,
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


def _keep_told(work: Work, sent: Sent, seen: Activity, held: Held, *, declared: int) -> None:
    told = Told(seen.revision, seen.state, digest_of(seen, held), sent.sequence, declared)
    keep_told(work, sent.peer.party, seen.id, told)
    work.clear_alarm("not told", tables.key(sent.peer.party, seen.id), "it was told")


def keep_told(work: Work, party: str, activity_id: str, told: Told) -> None:
    """Write down what a peer was last told of an own activity."""
    work.draft.put(tables.TOLD, tables.key(party, activity_id), msgspec.json.encode(told))
    work.concerned.add((work.party, activity_id))


def refused(work: Work, notice: Notice) -> None:
    """Note that a peer did not accept a notice: it holds something older, or nothing."""
    told = told_to(work.draft, notice.peer, notice.activity)
    if told is not None and told.declared <= notice.sequence and not told.recalled:
        keep_told(work, notice.peer, notice.activity, structs.replace(told, digest=""))


def keep_notice(work: Work, notice: Notice) -> None:
    """Write a new notice under all the keys by which it is found."""
    since_s = deadlines.unread_since_s(work.draft, notice)
    notice = structs.replace(notice, unread_since_s=since_s, cautions=_cautions(work, notice))
    work.save(tables.NOTICE, notice.message, notice)
    message = notice.message.encode()
    of = tables.key(notice.owner, notice.activity, notice.revision, notice.peer)
    work.draft.put(tables.NOTICE_OF, of, message)
    work.draft.put(tables.NOTICE_IN_ORDER, tables.key(notice.index), message)
    work.draft.put(tables.WAITING, notice.message, b"")
    deadlines.queue(work.draft, notice, work.agreement.notice, work.now_s)


def _cautions(work: Work, notice: Notice) -> tuple[str, ...]:
    """Return the caution areas that the activity of a notice enters, as disclosed."""
    held = work.held(notice.owner, notice.activity) if work.agreement.caution_areas else None
    activity = None if held is None else disclosed(from_wire(held.activity, is_checked=True))
    if activity is None or activity.is_over:
        return ()
    return tuple(words_of(one, work.agreement) for one in areas_entered(activity, work.agreement))


def supersede(work: Work, seen: Activity, peer: str, *, anew: bool) -> None:
    """Mark the notices of an activity to or from a peer as superseded by one that comes now.

    anew: it says all of the activity. Then what was wrong with the one before is judged anew with
    it, and the alarms of the one before end; a change of state alone mends nothing.
    """
    first, before = tables.under(seen.party, seen.id)
    rows = list(work.draft.scan(tables.NOTICE_OF, first=first, before=before))
    for key, message in rows:
        if tables.parts(key)[-1] != peer:
            continue
        notice = queries.notice(work.draft, message.decode())
        if notice is None:
            continue  # lost from the store: it must not keep what comes now from being told
        if not notice.superseded:
            work.change_notice(notice, lambda n: structs.replace(n, superseded=True))
            work.draft.delete(tables.WAITING, notice.message)
            work.clear_alarm("unacknowledged", notice.message, "a later revision was sent")
        if anew or seen.is_over:
            for kind in MENDED:
                work.clear_alarm(kind, notice.message, "a later revision was sent")


def _commit(work: Work, activity: Activity) -> None:
    """Log that a private activity exists: a salted hash, so that it can be proved later."""
    salt = work.bench.chance.token(32)
    content = write_activity(activity)
    digest = hashlib.sha256(salt + content).hexdigest()
    log_own(work, Record(at_s=work.now_s, body=Commitment(digest=digest)))
    work.draft.put(tables.SALT, tables.key(activity.id, activity.revision), salt)
