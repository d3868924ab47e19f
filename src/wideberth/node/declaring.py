"""Own activities: declare, amend, withdraw, activate, end, release early, confirm.

Each is one command: checked, held with its revision, put in place for the search, told to peers.
"""

import math
from dataclasses import replace

import msgspec
from msgspec import structs

from wideberth.engine.moved import moved
from wideberth.formats.complete import missing
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.agreement import Agreement
from wideberth.model.command import ChangeState, Confirm, Declare
from wideberth.model.states import next_states
from wideberth.model.volume import Role
from wideberth.node import naming, tables
from wideberth.node.answers import Answer
from wideberth.node.lead_said import lead_said, span_said
from wideberth.node.records import Held, Notice
from wideberth.node.refusals import (
    ConflictingRevisionError,
    IncompleteError,
    NotAllowedError,
    NotFoundError,
)
from wideberth.node.settings import Settings
from wideberth.node.telling import tell_all
from wideberth.node.work import Work
from wideberth.peering.messages import Checked
from wideberth.peering.wire import from_wire, to_wire, within_bounds


def declare(work: Work, command: Declare) -> Answer:
    """Declare an activity, or amend one that is in force."""
    held = work.held(work.party, command.activity.id)
    new, activity = drawn_up(work.bench.settings, command, held, now_s=work.now_s)
    hold(work, new, activity)
    notices = tell_all(work, new)
    return Answer(activity=new, notices=notices, advice=advice_on(notices))


def drawn_up(
    settings: Settings, command: Declare, held: Held | None, *, now_s: float
) -> tuple[Held, Activity]:
    """Return what a declaration will be held as; raises what refuses it. held: what is, now."""
    activity = command.activity
    if activity.party != settings.party:
        raise NotAllowedError(
            f"this node speaks for {settings.party!r}, not for {activity.party!r}.",
            remedy="Declare at that party's own node.",
        )
    activity = _numbered(activity, held)
    _refuse_incomplete(settings.agreement, activity, command.contact)
    checked = command.checked
    before = None if held is None else from_wire(held.activity, is_checked=True)
    new = Held(
        activity=within_bounds(to_wire(activity)),
        declared_s=now_s if held is None else held.declared_s,
        changed_s=now_s,
        contact=command.contact,
        doubt=command.doubt,
        third_parties=command.third_parties,
        checked=None
        if checked is None
        else Checked(by=checked.by, at_s=checked.at_s, how=checked.how),
        moved="" if before is None else moved(before, activity).text,
    )
    return new, activity


def change_state(work: Work, command: ChangeState) -> Answer:
    """Withdraw, activate, end, release early, or mark an own activity."""
    held = _own(work, command.activity)
    activity = from_wire(held.activity, is_checked=True)
    if command.of_revision is not None and command.of_revision != activity.revision:
        raise _stale(activity)
    if command.state not in next_states(activity.state):
        allowed = ", ".join(sorted(next_states(activity.state))) or "none: it is over"
        raise NotAllowedError(
            f"{command.state} may not follow {activity.state}.", remedy=f"Allowed: {allowed}."
        )
    changed = replace(activity, state=command.state, revision=activity.revision + 1)
    new = structs.replace(
        held,
        activity=to_wire(changed),
        changed_s=work.now_s,
        reason=command.reason,
        moved="",
        stale_s=None,
    )
    hold(work, new, changed)
    work.clear_alarm("stale", tables.key(work.party, activity.id), "its state was changed")
    notices = tell_all(work, new)
    return Answer(activity=new, notices=notices, advice=advice_on(notices))


def confirm(work: Work, command: Confirm) -> Answer:
    """Confirm that an activity past its planned end is still in force."""
    held = _own(work, command.activity)
    if held.activity.state in (State.ENDED, State.WITHDRAWN):
        raise NotAllowedError("the activity is over.", remedy="Declare a new one.")
    name = tables.key(work.party, command.activity)
    new = structs.replace(held, confirmed_s=work.now_s, stale_s=None)
    work.save(tables.ACTIVITY, name, new)
    work.clear_alarm("stale", name, f"{command.by} confirmed it")
    again_s = math.ceil(work.now_s + work.agreement.notice.reconcile_s)  # looked at once more
    work.draft.put(tables.ENDS, tables.key(again_s, work.party, command.activity), name.encode())
    return Answer(activity=new)


def hold(work: Work, held: Held, activity: Activity) -> None:
    """Keep a revision, as the one in force, and put it where the search finds it."""
    name = (activity.party, activity.id)
    naming.note(work, activity)
    work.save(tables.ACTIVITY, tables.key(*name), held)
    revision = tables.key(*name, activity.revision)
    work.draft.put(tables.REVISION, revision, msgspec.json.encode(held))
    end_s = max(volume.time.end_s for volume in activity.volumes)
    if not activity.is_over and 0.0 <= end_s < math.inf:
        ends = tables.key(math.ceil(end_s), *name)
        work.draft.put(tables.ENDS, ends, tables.key(*name).encode())
    work.search[name] = activity


def _own(work: Work, activity_id: str) -> Held:
    held = work.held(work.party, activity_id)
    if held is None:
        raise NotFoundError(
            "there is no such own activity.", remedy="List them: `wideberth activity list`."
        )
    return held


def _numbered(activity: Activity, held: Held | None) -> Activity:
    """Return the activity with its right revision and state."""
    if held is None:
        if activity.revision != 1:
            raise ConflictingRevisionError(
                f"revision {activity.revision} of an activity that was never declared.",
                held=0,
                remedy="Declare it as revision 1.",
            )
        if activity.state is not State.ACCEPTED:
            raise NotAllowedError(
                f"a new activity is {State.ACCEPTED}, not {activity.state}.",
                remedy="Declare it, then change its state.",
            )
        return activity
    before = from_wire(held.activity, is_checked=True)
    if before.is_over:
        raise NotAllowedError(
            f"the activity is {before.state}.", remedy="Declare a new one under another id."
        )
    if activity.revision != before.revision + 1:
        raise _stale(before)
    if activity.disclose is Disclosure.PRIVATE and before.disclose is not Disclosure.PRIVATE:
        raise NotAllowedError(
            "what was told to a peer cannot be made private.",
            remedy="Withdraw it, which the peer is told, and declare a private one.",
        )
    return replace(activity, state=before.state)


def _stale(held: Activity) -> ConflictingRevisionError:
    return ConflictingRevisionError(
        f"revision {held.revision} is in force; somebody was faster.",
        held=held.revision,
        remedy=f"Look at it, then send revision {held.revision + 1}.",
    )


def _refuse_incomplete(agreement: Agreement, activity: Activity, contact: str) -> None:
    """Raise IncompleteError with every problem at once (R3, R4)."""
    found = [
        (problem.where, problem.what, problem.remedy)
        for problem in missing(activity, agreement, contact)
    ]
    found += [
        (
            f"volume {volume.id}",
            "a guard band is the agreement's to declare.",
            "Use emit or receive.",
        )
        for volume in activity.volumes
        if volume.role is Role.GUARD
    ]
    if found:
        raise IncompleteError(tuple(found))


def advice_on(notices: tuple[Notice, ...]) -> tuple[str, ...]:
    """Return what the asker should know of the notices: late, or too late to act on."""
    said = []
    for notice in notices:
        lead = notice.lead
        if lead is None:
            continue
        if lead.too_late:
            said.append(
                f"{notice.peer}: {lead_said(lead.given_s)}, too little to act on: propose a delay."
            )
        elif lead.late and lead.owed_s is not None:
            said.append(
                f"late for {notice.peer}: {lead_said(lead.given_s)}, {span_said(lead.owed_s)} owed"
                f" under {lead.clause}."
            )
    return tuple(said)
