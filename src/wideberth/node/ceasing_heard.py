"""What a peer says of interference (R26): its cases, its requests and answers, what it saw.

A peer opens, asks in and closes its own cases alone, and answers ours alone. What crosses a closing
on the way is kept, and changes the case no more. Whether an activity or a conflict that it names is
known here is not told: it would give away what is private.
"""

from msgspec import structs

from wideberth.errors import ImpossibleValueError
from wideberth.model.interference import LONGEST_PROMISE_S, CaseState, CeaseAnswer, check_answer
from wideberth.node import answer_clock, cases, ceasing
from wideberth.node.case_records import CaseStep, InterferenceCase, StepKind
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.work import Work
from wideberth.peering.messages import (
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Interference,
    Observed,
)
from wideberth.peering.payloads import Head
from wideberth.peering.wire_interference import bearing_from_wire, report_from_wire

_Said = Interference | CeaseRequest | CeaseAnswered | Observed | CaseClosed
Logged = tuple[str, int]  # hash of the message, index in our log


def opened(work: Work, body: Interference, head: Head, logged: Logged) -> None:
    """Take a case that a peer opens, and raise the alarm that it did."""
    report = report_from_wire(body.report)
    parties = (head.sender, work.party)
    if report.source is not None and report.source.party not in ("", *parties):
        raise ImpossibleValueError("the suspected source is of a third party.")
    if not body.case.strip():
        raise ImpossibleValueError("the case's name is blank.")
    if cases.case(work.draft, head.sender, body.case) is not None:
        raise NotAllowedError("the sender has a case of that name already.")
    one = InterferenceCase(
        opener=head.sender,
        id=body.case,
        other=work.party,
        report=body.report,
        opened_s=work.now_s,
        steps=(),
    )
    step = _step(work, StepKind.OPENED, body, head.sender, logged=logged)
    kept = cases.keep(work, cases.with_step(one, step))
    text = f"{head.sender} reports {answer_clock.what(kept)} and suspects our side."
    work.raise_alarm(answer_clock.REPORTED, cases.subject(kept), text)


def requested(work: Work, body: CeaseRequest, head: Head, logged: Logged) -> None:
    """Take a request to cease; the clock runs from when it was sent, at the latest from now."""
    one = _theirs(work, head.sender, body.case)
    step = _step(work, StepKind.ASKED, body, head.sender, logged=logged)
    step = structs.replace(step, words=body.words)
    asked_s = min(body.at_s, head.sent_s, work.now_s)
    kept = cases.keep(work, cases.with_step(ceasing.asked(work, one, asked_s), step))
    answer_clock.asked_of_us(work, kept)
    answer_clock.renew(work, kept)


def answered(work: Work, body: CeaseAnswered, head: Head, logged: Logged) -> None:
    """Take a peer's answer in a case of ours; that it will not cease is an alarm."""
    one = cases.existing(work, work.party, body.case)
    if one.other != head.sender:
        raise NotFoundError("the sender was not asked in a case of that name.")
    if one.asked_s is None:
        raise NotAllowedError("nobody asked the sender to cease.")
    skew_s = work.agreement.notice.skew_s
    check_answer(body.answer, reason=body.reason, when_s=body.when_s, at_s=body.at_s, skew_s=skew_s)
    step = _step(work, StepKind.ANSWERED, body, head.sender, logged=logged)
    step = structs.replace(step, words=body.reason, answer=body.answer, when_s=body.when_s)
    if one.state is CaseState.CLOSED:
        cases.keep(work, cases.with_step(one, step))
        return
    when_s = body.when_s
    if when_s is not None:  # a clock that is ahead cannot put our alarm off
        when_s = min(when_s, work.now_s + LONGEST_PROMISE_S)
    one = ceasing.answered(work, one, body.answer, when_s)
    kept = cases.keep(work, cases.with_step(one, step))
    if body.answer not in (CeaseAnswer.CEASING, CeaseAnswer.CEASED):
        about = answer_clock.what(kept)
        text = f"{head.sender} was asked to cease {about} and answers '{body.answer.value}'."
        work.raise_alarm(answer_clock.REFUSED, cases.subject(kept), text)


def observed(work: Work, body: Observed, head: Head, logged: Logged) -> None:
    """Take what a peer adds to a case of either side's."""
    one = cases.existing(work, body.opener, body.case)
    if head.sender not in (one.opener, one.other):
        raise NotFoundError("the sender has no part in a case of that name.")
    bearing_from_wire(body.bearing)
    step = _step(work, StepKind.OBSERVED, body, head.sender, logged=logged)
    step = structs.replace(step, words=body.words, effect=body.effect, bearing=body.bearing)
    cases.keep(work, cases.with_step(one, step))


def closed(work: Work, body: CaseClosed, head: Head, logged: Logged) -> None:
    """Take that a peer closed its case."""
    one = _theirs(work, head.sender, body.case)
    step = _step(work, StepKind.CLOSED, body, head.sender, logged=logged)
    step = structs.replace(step, words=body.words, outcome=body.outcome)
    cases.keep(work, cases.with_step(ceasing.closed(work, one, step), step))


def _theirs(work: Work, sender: str, case_id: str) -> InterferenceCase:
    one = cases.existing(work, sender, case_id)
    if one.state is CaseState.CLOSED:
        raise NotAllowedError("the sender has closed that case.")
    return one


def _step(work: Work, kind: StepKind, body: _Said, sender: str, *, logged: Logged) -> CaseStep:
    message, index = logged
    return CaseStep(
        number=0,
        party=sender,
        kind=kind,
        said_s=body.at_s,
        known_s=work.now_s,
        role=body.report.role if isinstance(body, Interference) else body.role,
        message=message,
        index=index,
    )
