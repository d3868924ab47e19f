"""The answer clock of requests to cease interference (R26): both sides are in red when it runs out.

Each case has one place in a queue by time, as notices have (node/deadlines.py). The clock runs for
an answer, and after the answer "ceasing" for what that promised.
"""

import math
from typing import Final

from msgspec import structs

from wideberth.formats.times import show_utc
from wideberth.model.interference import CaseState, Service, answer_within_s
from wideberth.node import cases, deadlines, tables
from wideberth.node.case_records import CaseStep, InterferenceCase, StepKind
from wideberth.node.work import Work
from wideberth.peering.payloads import Receipt

MOST_AT_ONCE: Final = 1000  # what is left is taken by the next tick
ASKED: Final = "cease request"
UNANSWERED: Final = "cease unanswered"
NOT_KEPT: Final = "cease promise not kept"
REFUSED: Final = "will not cease"
REPORTED: Final = "interference"
CLOCK: Final = (ASKED, UNANSWERED, NOT_KEPT)
ALL: Final = (*CLOCK, REFUSED, REPORTED)


def due_s(work: Work, one: InterferenceCase, asked_s: float) -> float:
    """Return until when a request made at a time is to be answered."""
    return asked_s + answer_within_s(one.report.service, work.agreement.notice.cease)


def wind(work: Work, one: InterferenceCase) -> None:
    """Put a case whose clock runs where a tick will find it."""
    at_s = _next_s(work, one)
    if at_s is not None:
        second = max(0, math.floor(at_s) + (1 if at_s > work.now_s else 0))
        work.draft.put(tables.CASE_DUE, tables.key(second, one.opener, one.id), b"")


def look(work: Work) -> int:
    """Raise what is overdue now, the longest waiting first; return how many there are."""
    before = tables.key(max(0, math.floor(work.now_s)) + 1)
    keys = [key for key, _ in work.draft.scan(tables.CASE_DUE, before=before, limit=MOST_AT_ONCE)]
    count = 0
    for key in keys:
        work.draft.delete(tables.CASE_DUE, key)
        _second, opener, case_id = tables.parts(key)
        found = cases.case(work.draft, opener, case_id)
        if found is not None and found.is_running and found.due_s is not None:
            count += _look_at(work, found, found.due_s)
    return count


def receipted(work: Work, receipt: Receipt) -> None:
    """Note that the peer's node has a step of a case, and let what is in red say so."""
    renew(work, cases.receipted(work, receipt))


def renew(work: Work, one: InterferenceCase | None) -> None:
    """Let what is in red of an overdue case say what is true now."""
    if one is not None and one.overdue and one.is_running:
        work.renew_alarm(_kind(one), cases.subject(one), _words(work, one))


def settled(work: Work, one: InterferenceCase, why: str, *kinds: str) -> None:
    """End alarms about a case."""
    for kind in kinds:
        work.clear_alarm(kind, cases.subject(one), why)


def asked_of_us(work: Work, one: InterferenceCase) -> None:
    """Raise the alarm that a peer asks us to cease; it lasts until we answer."""
    until = _at(one.due_s)
    text = f"{one.opener} asks that {what(one)} cease; an answer is due by {until}{_clause(work)}."
    work.raise_alarm(ASKED, cases.subject(one), text)


def what(one: InterferenceCase) -> str:
    """Return what a case is about, in words that name no place."""
    service = one.report.service
    of = "a service" if service is Service.OTHER else f"a service ({service.value})"
    return f"interference with {of}"


def _look_at(work: Work, one: InterferenceCase, due: float) -> int:
    if due > work.now_s:  # it was put there for what has been answered since
        return 0
    if not one.overdue:
        one = cases.keep(work, structs.replace(one, overdue=True))
    roles = deadlines.alerted(work.agreement.notice, work.now_s - due)
    work.raise_alarm(_kind(one), cases.subject(one), _words(work, one), roles)
    wind(work, one)
    return 1


def _kind(one: InterferenceCase) -> str:
    return UNANSWERED if one.state is CaseState.ASKED else NOT_KEPT


def _words(work: Work, one: InterferenceCase) -> str:
    due = f"{_at(one.due_s)}{_clause(work)}"
    ours = one.opener == work.party
    if one.state is CaseState.CEASING:
        if ours:
            return f"{one.other} promised that {what(one)} ceases by {due}, and has not said so."
        return f"we promised {one.opener} that {what(one)} ceases by {due}, and have not said so."
    if not ours:
        return f"we owe {one.opener} an answer: {what(one)}, due by {due}."
    return f"{one.other} was asked to cease {what(one)} and to answer by {due}: {_how(one)}."


def _how(one: InterferenceCase) -> str:
    """Return why there is no answer; asked again in vain over a cut line, it still was asked."""
    asked: list[CaseStep] = []
    for step in one.steps:
        if step.kind is StepKind.ANSWERED:
            asked = []
        if step.kind is StepKind.ASKED:
            asked.append(step)
    there = [step for step in asked if step.delivered_s is not None]
    if not there:
        return "it has not reached its node: line fault"
    return "its node did not accept it" if all(step.problems for step in there) else "no answer"


def _next_s(work: Work, one: InterferenceCase) -> float | None:
    """Return when the clock of a case is next to be looked at: when due, or to alert more roles."""
    if not one.is_running or one.due_s is None:
        return None
    if not one.overdue:
        return one.due_s
    steps = (one.due_s + step.after_s for step in work.agreement.notice.escalation)
    return min((at_s for at_s in steps if at_s > work.now_s), default=None)


def _at(time_s: float | None) -> str:
    return show_utc(float(math.floor(time_s or 0.0))) or ""


def _clause(work: Work) -> str:
    clause = work.agreement.notice.cease.clause
    return f" ({clause})" if clause else ""
