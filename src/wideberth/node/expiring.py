"""The agreement's own end: told loudly before and after; nothing is switched off by it."""

import math

from wideberth.council.clocks import at
from wideberth.node.work import Work

SOON = "agreement expires"
OVER = "agreement expired"


def look(work: Work) -> int:
    """Raise the alarm where the agreement in force expires soon, or has; return how many."""
    agreement, now_s = work.agreement, work.now_s
    end_s = math.inf if agreement.validity is None else agreement.validity.end_s
    term = agreement.council.term
    clause = f" (clause {term.clause})" if term.clause else ""
    name = f"version {agreement.version} of agreement {agreement.id!r}"
    if now_s >= end_s:
        work.clear_alarm(SOON, agreement.id, "it has expired")
        text = (
            f"{name} expired at {at(end_s)}{clause}. Nothing is switched off: conflicts are still"
            " found under it. Extend it or sign another."
        )
        work.raise_alarm(OVER, agreement.id, text)
        return 1
    work.clear_alarm(OVER, agreement.id, "an agreement is in force")
    if now_s < end_s - term.warn_s:
        work.clear_alarm(SOON, agreement.id, "an agreement is in force for longer")
        return 0
    work.raise_alarm(SOON, agreement.id, f"{name} expires at {at(end_s)}{clause}: extend it.")
    return 1
