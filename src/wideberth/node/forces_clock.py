"""Forces that a party answered for until a date that has passed: an alarm on every side (R24)."""

import math
from typing import Final

from wideberth.formats.times import show_utc
from wideberth.model.binding import Force
from wideberth.node import deadlines, tables
from wideberth.node.work import Work

EXPIRED: Final = "force not bound any more"


def look(work: Work) -> int:
    """Raise an alarm for each force that nobody answers for any more; return how many there are.

    It lasts until an agreement is in force that binds it anew, or says nothing of it.
    """
    agreement = work.agreement
    expired = {
        tables.key(one.party, one.name): one
        for one in agreement.forces
        if one.until_s <= work.now_s and not _is_bound_anew(work, one)
    }
    first, before = tables.under(EXPIRED)
    for key, _id in list(work.draft.scan(tables.ALARM_ON, first=first, before=before)):
        subject = tables.parts(key)[-1]
        if subject not in expired:
            work.clear_alarm(EXPIRED, subject, "the agreement in force says otherwise now")
    for subject, one in expired.items():
        roles = deadlines.alerted(agreement.notice, work.now_s - one.until_s)
        work.raise_alarm(EXPIRED, subject, _words(one), roles)
    return len(expired)


def _is_bound_anew(work: Work, force: Force) -> bool:
    return any(
        (one.party, one.name) == (force.party, force.name) and one.is_bound(work.now_s)
        for one in work.agreement.forces
    )


def _words(force: Force) -> str:
    until = show_utc(float(math.floor(force.until_s)))
    clause = f" ({force.clause})" if force.clause else ""
    return (
        f"{force.party} answered for {force.name} until {until}{clause}: nobody does now, and it"
        " may act outside the agreement."
    )
