"""The notice clock (R1): time given against time owed; both sides compute it alike.

From the disclosed activity, the receiver's clock in its receipt and the agreement, which both
sides hold, so that both show the same figures.
"""

import math
from dataclasses import dataclass

from wideberth.engine.caution import areas_entered
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, NoticePeriod


@dataclass(frozen=True, slots=True)
class Lead:
    """The time from receipt to start, seconds; owed_s None: none is owed for the kind.

    is_late: given less than owed. is_too_late: less than the receiver needs to react, or begun.
    """

    start_s: float
    given_s: float
    owed_s: float | None
    clause: str
    is_late: bool
    is_too_late: bool


def lead_of(
    activity: Activity, agreement: Agreement, *, received_s: float, receiver: str
) -> Lead | None:
    """Return the lead of a declaration; None where it has no start: it was in force already."""
    start_s = min(volume.time.start_s for volume in activity.volumes)
    if math.isinf(start_s):
        return None
    period = owed(activity, agreement)
    given_s = start_s - received_s
    return Lead(
        start_s=start_s,
        given_s=given_s,
        owed_s=None if period is None else period.lead_s,
        clause="" if period is None else period.clause,
        is_late=period is not None and given_s < period.lead_s,
        is_too_late=given_s < agreement.notice.reaction_s(receiver) or given_s <= 0.0,
    )


def owed(activity: Activity, agreement: Agreement) -> NoticePeriod | None:
    """Return the longest lead owed: that of its kind, or of a caution area that it enters (R25)."""
    period = agreement.lead_owed(activity.kind)
    stricter = [
        NoticePeriod(activity.kind, area.clause, area.lead_s)
        for area in areas_entered(activity, agreement)
    ]
    return max(stricter if period is None else [period, *stricter], key=_lead_s, default=None)


def _lead_s(period: NoticePeriod) -> float:
    return period.lead_s
