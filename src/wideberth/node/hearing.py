"""What is done about each kind of message; returns why it could not be accepted, if so.

Called with the message logged already. Raising a WideberthError undoes what was begun here and
becomes the problem in the receipt.
"""

from dataclasses import replace

from msgspec import structs

from wideberth.engine.heights import is_upside_down
from wideberth.engine.moved import moved
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.notice import Rung
from wideberth.model.states import next_states
from wideberth.model.volume import Role
from wideberth.node import ceasing_heard, climbing, comparing, recalling, rekeying, tables
from wideberth.node.catching_up import tell_everything
from wideberth.node.council import hearing as council
from wideberth.node.declaring import hold
from wideberth.node.lead_said import lead_said
from wideberth.node.outgoing import send
from wideberth.node.places import said_places
from wideberth.node.records import Held, Notice, Way
from wideberth.node.refusals import NotAllowedError
from wideberth.node.suspending import since_when
from wideberth.node.telling import keep_notice, lead_record, supersede
from wideberth.node.work import Work
from wideberth.peering.council.said import Said
from wideberth.peering.messages import (
    Body,
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Change,
    Climbed,
    Declare,
    Heartbeat,
    InForce,
    InForceBodies,
    InForceItems,
    Interference,
    Keys,
    Observed,
    ReadBack,
    ReadBackAnswer,
    Recall,
    RecallDone,
    Suspension,
)
from wideberth.peering.payloads import Head
from wideberth.peering.wire import from_wire, to_wire

Logged = tuple[str, int]  # hash of the message, index in our log


def hear(work: Work, body: Body, head: Head, logged: Logged) -> tuple[str, ...]:
    """Do what a message says; return the problems that keep it from being accepted."""
    match body:
        case Declare():
            return _declared(work, body, head, logged)
        case Change():
            return _changed(work, body, head, logged)
        case Climbed():
            climbing.climbed_there(work, body, head.sender)
        case ReadBack():
            climbing.read_back(work, body, head.sender)
        case ReadBackAnswer():
            climbing.read_back_answered(work, body, head.sender)
        case InForce():
            comparing.compare(work, body, head.sender)
        case InForceItems():
            comparing.answer_items(work, body, head.sender, seen=head.last_sequence)
        case InForceBodies():
            comparing.compare_bodies(work, body, head.sender)
        case Heartbeat():
            pass  # that it came is all it says
        case Suspension():
            _suspended(work, body, head.sender)
        case Recall():
            recalling.recalled(work, body, head.sender)
        case RecallDone():
            recalling.recall_done(work, body, head.sender)
        case Interference():
            ceasing_heard.opened(work, body, head, logged)
        case CeaseRequest():
            ceasing_heard.requested(work, body, head, logged)
        case CeaseAnswered():
            ceasing_heard.answered(work, body, head, logged)
        case Observed():
            ceasing_heard.observed(work, body, head, logged)
        case CaseClosed():
            ceasing_heard.closed(work, body, head, logged)
        case Keys():
            rekeying.rekey(work, body, head)
        case Said():
            council.refuse_later(body, head.sent_s)
            council.heard(work, body, head.sender, logged)
    return ()


def _declared(work: Work, body: Declare, head: Head, logged: Logged) -> tuple[str, ...]:
    activity = from_wire(body.activity)
    held = work.held(head.sender, activity.id)
    problems = _unfit(activity, held, head.sender) or _upside_down(work, activity)
    if problems:
        return problems
    before = None if held is None else from_wire(held.activity, is_checked=True)
    new = Held(
        activity=to_wire(activity),
        declared_s=work.now_s if held is None else held.declared_s,
        changed_s=work.now_s,
        contact=body.contact,
        doubt=body.doubt,
        third_parties=body.third_parties,
        checked=body.checked,
        moved="" if before is None else moved(before, activity).text,
    )
    hold(work, new, activity)
    work.clear_alarm("stale", tables.key(head.sender, activity.id), "it was declared anew")
    supersede(work, activity, head.sender, anew=True)
    notice = _noticed(work, activity, head, logged)
    notice = structs.replace(
        notice,
        lead=lead_record(work, activity, work.party, measured_s=work.now_s),
        moved=new.moved,
    )
    keep_notice(work, notice)
    if notice.lead is not None and notice.lead.too_late:
        clause = f" (clause {notice.lead.clause})" if notice.lead.clause else ""
        work.raise_alarm(
            "too late to act",
            notice.message,
            f"{activity.id} of {head.sender}: {lead_said(notice.lead.given_s)}, too little"
            f"{clause}.",
        )
    said = ReadBack(
        notice=notice.message,
        activity=activity.id,
        revision=activity.revision,
        volumes=said_places(activity, work.agreement),
    )
    send(work, head.sender, said)
    return ()


def _unfit(activity: Activity, held: Held | None, sender: str) -> tuple[str, ...]:
    """Return why a declaration cannot be accepted."""
    problems = []
    if activity.party != sender:
        problems.append(f"{sender} declares an activity of another party")
    if activity.disclose is Disclosure.PRIVATE:
        problems.append("a private activity does not leave its node")
    if any(volume.role is Role.GUARD for volume in activity.volumes):
        problems.append("a guard band is the agreement's to declare")
    if activity.linked:
        problems.append("a link between notices does not travel: it would hide conflicts")
    if held is not None and activity.revision <= held.activity.revision:
        problems.append(
            f"revision {activity.revision} after revision {held.activity.revision} was declared"
        )
    if held is not None and held.activity.state in (State.ENDED, State.WITHDRAWN):
        problems.append("the activity is over and cannot be declared again")
    return tuple(problems)


def _upside_down(work: Work, activity: Activity) -> tuple[str, ...]:
    """Return which volumes' heights nothing could be judged against."""
    ranges = work.agreement.heights
    return tuple(
        f"volume {volume.id}: its floor lies above its ceiling"
        for volume in activity.volumes
        if is_upside_down(volume.height, volume.footprint, ranges)
    )


def _changed(work: Work, body: Change, head: Head, logged: Logged) -> tuple[str, ...]:
    held = work.held(head.sender, body.activity)
    if held is None:
        return ("the state of an activity that was never declared here",)
    before = from_wire(held.activity, is_checked=True)
    if body.revision <= before.revision:
        return (f"revision {body.revision} after revision {before.revision} was declared",)
    if body.state is not before.state and body.state not in next_states(before.state):
        return (f"{body.state} may not follow {before.state}",)
    after = replace(before, state=body.state, revision=body.revision)
    new = structs.replace(
        held,
        activity=to_wire(after),
        changed_s=work.now_s,
        reason=body.reason,
        moved="",
        stale_s=None,
    )
    hold(work, new, after)
    work.clear_alarm("stale", tables.key(head.sender, body.activity), "its state was changed")
    supersede(work, after, head.sender, anew=False)
    keep_notice(work, _noticed(work, after, head, logged))
    return ()


def _noticed(work: Work, activity: Activity, head: Head, logged: Logged) -> Notice:
    """Return the notice of a message just taken."""
    return Notice(
        way=Way.IN,
        peer=head.sender,
        owner=head.sender,
        activity=activity.id,
        revision=activity.revision,
        state=activity.state,
        message=logged[0],
        sequence=head.sequence,
        index=logged[1],
        sent_s=head.sent_s,
        rung=Rung.DELIVERED,
        delivered_s=work.now_s,
        receipted_s=work.now_s,
        skew_s=work.now_s - head.sent_s,
    )


def _suspended(work: Work, body: Suspension, sender: str) -> None:
    peer = work.peer(sender)
    reason = (body.reason or "no reason given") if body.suspended else ""
    if not body.suspended and not peer.suspended_by_them:
        raise NotAllowedError("the exchange was not suspended by the sender.")
    peer = structs.replace(peer, suspended_by_them=reason)
    work.save_peer(since_when(peer, work.now_s), tell=True)
    if body.suspended:
        work.raise_alarm("suspended", sender, f"{sender} suspended the exchange: {reason}.")
        return
    work.clear_alarm("suspended", sender, "taken up again")
    tell_everything(work, sender)
