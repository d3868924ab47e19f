"""A matter after anything happened to it: kept, its alarms as they should be, its clock wound.

Which alarms should last is worked out anew each time from the matter and the time (the kind's
`watch`), so that no alarm outlives its cause and none says what was true before.
"""

import math

from msgspec import structs

from wideberth.council.kinds import KINDS
from wideberth.council.matter import Matter
from wideberth.council.stand import Seen
from wideberth.node import tables
from wideberth.node.council import matters
from wideberth.node.records import Alarm
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.payloads import Receipt


def look_at(work: Work, one: Matter) -> Matter:
    """Raise and end a matter's alarms as they should be now, and wind its clock."""
    watch = KINDS[one.kind].watch(one, _seen(work))
    about = matters.subject(one)
    wanted = {alert.name: alert for alert in watch.alerts}
    known = {alert.dismissal for alert in watch.alerts}
    dismissed = tuple(dealt for dealt in one.dismissed if dealt in known)
    lasting = {name: alert for name, alert in wanted.items() if alert.dismissal not in dismissed}
    for name in one.raised:
        if name not in lasting:
            work.clear_alarm(name, about, "it is so no longer")
    for alert in lasting.values():
        work.raise_alarm(alert.name, about, alert.text, alert.roles)
    now = structs.replace(one, raised=tuple(lasting), dismissed=dismissed)
    _wind(work, now, watch.again_s)
    return now if now == one else matters.keep(work, now)


def receipted(work: Work, receipt: Receipt) -> None:
    """Take what a receipt says of a step of ours."""
    found = matters.receipted(work, receipt)
    if found is not None:
        look_at(work, found)


def dismissed(work: Work, alarm: Alarm) -> None:
    """Note that a person has dealt with an alarm; raises NotAllowedError where that cannot be."""
    found = matters.of_subject(work.draft, alarm.subject)
    if found is None:
        return
    watch = KINDS[found.kind].watch(found, _seen(work))
    alert = next((one for one in watch.alerts if one.name == alarm.kind), None)
    if alert is not None and not alert.dismissible:
        raise NotAllowedError(
            "the cause of this alarm lasts; nobody can clear it.",
            remedy=f"Look at the {found.kind}: `wideberth council show {found.ref}`.",
        )
    raised = tuple(name for name in found.raised if name != alarm.kind)
    gone = (*found.dismissed, alert.dismissal) if alert is not None else found.dismissed
    matters.keep(work, structs.replace(found, raised=raised, dismissed=gone))


def _seen(work: Work) -> Seen:
    """Return from where this node looks at its matters now."""
    heard_s = {p.party: p.last_heard_s for p in work.peers() if p.last_heard_s is not None}
    return Seen(work.party, work.now_s, work.agreement, heard_s)


def _wind(work: Work, one: Matter, again_s: float | None) -> None:
    """Put a matter where a tick will find it."""
    if again_s is not None and math.isfinite(again_s):
        second = max(0, math.ceil(again_s) if again_s > work.now_s else math.floor(again_s))
        key = tables.key(second, one.kind, one.opener, one.id)
        work.draft.put(tables.MATTER_DUE, key, b"")
