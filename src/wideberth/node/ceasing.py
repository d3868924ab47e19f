"""Interference with a service of ours or of a peer's (R26): report, ask, answer, observe, close.

Who suffers opens a case with the party it suspects, may ask it to cease, and closes it; who is
asked answers in time, and anew as things go on; both add what they see. A suspended exchange stops
none of it: this is the way that stays open (R23). All that is said goes to the peer; who gave it
here does not.
"""

from msgspec import structs

from wideberth.errors import ImpossibleValueError
from wideberth.model.activity import Disclosure
from wideberth.model.command import AnswerCease, CloseCase, ObserveCase, OpenCase, RequestCease
from wideberth.model.interference import CaseState, CeaseAnswer, check_answer
from wideberth.node import answer_clock, cases, queries, tables
from wideberth.node.answers import Answer
from wideberth.node.case_records import CaseStep, InterferenceCase, StepKind
from wideberth.node.outgoing import Sent, send
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.messages import (
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Interference,
    Observed,
)
from wideberth.peering.wire_interference import WireReport, bearing_to_wire, report_to_wire

_NUMBER = "interference"


def open_case(work: Work, command: OpenCase) -> Answer:
    """Open a case with a peer, and ask it to cease at once where that is wanted."""
    peer = work.peer(command.peer)
    report = report_to_wire(command.report)
    _refuse_undisclosed(work, report, peer.party)
    name = command.case or _numbered(work)
    if not name.strip():
        raise NotAllowedError("the case's name is blank.", remedy="Leave it out, or give one.")
    if cases.case(work.draft, work.party, name) is not None:
        raise NotAllowedError("there is a case of that name.", remedy="Give it another name.")
    sent = send(work, peer.party, Interference(case=name, report=report, at_s=work.now_s))
    step = _step(work, sent, StepKind.OPENED, role=report.role, by=command.by)
    one = InterferenceCase(
        opener=work.party,
        id=name,
        other=peer.party,
        report=report,
        opened_s=work.now_s,
        steps=(),
    )
    one = _said(work, one, step)
    if not command.cease:
        return Answer(case=one)
    return request(work, RequestCease(case=name, role=report.role, by=command.by))


def request(work: Work, command: RequestCease) -> Answer:
    """Ask the peer of an own case to cease; asked again, the clock that runs is not put off."""
    one = _own(work, command.case)
    said = CeaseRequest(case=one.id, at_s=work.now_s, role=command.role, words=command.words)
    sent = send(work, one.other, said)
    step = _step(work, sent, StepKind.ASKED, role=command.role, by=command.by)
    step = structs.replace(step, words=command.words)
    return Answer(case=_said(work, asked(work, one, work.now_s), step))


def answer(work: Work, command: AnswerCease) -> Answer:
    """Answer a peer's request to cease; a later answer takes the place of the one before."""
    one = cases.existing(work, command.opener, command.case)
    if one.opener == work.party:
        raise NotAllowedError("this is our own case; the peer answers it.")
    _refuse_closed(one)
    if one.asked_s is None:
        raise NotAllowedError("nobody has asked us to cease.", remedy="Add what you know of it.")
    when_s = _when_s(work, one, command)
    reason = command.reason
    check_answer(command.answer, reason=reason, when_s=when_s, at_s=work.now_s)
    said = CeaseAnswered(
        case=one.id,
        answer=command.answer,
        at_s=work.now_s,
        role=command.role,
        when_s=when_s,
        reason=reason,
    )
    sent = send(work, one.opener, said)
    step = _step(work, sent, StepKind.ANSWERED, role=command.role, by=command.by)
    step = structs.replace(step, words=reason, answer=command.answer, when_s=when_s)
    return Answer(case=_said(work, answered(work, one, command.answer, when_s), step))


def observe(work: Work, command: ObserveCase) -> Answer:
    """Add to a case what was seen or done; a closed one takes remarks too."""
    one = cases.existing(work, command.opener, command.case)
    if not command.words.strip() and command.effect is None and command.bearing is None:
        raise NotAllowedError(
            "an observation that says nothing.", remedy="Give words, an effect or a bearing."
        )
    bearing = bearing_to_wire(command.bearing)
    said = Observed(
        opener=one.opener,
        case=one.id,
        at_s=work.now_s,
        role=command.role,
        words=command.words,
        effect=command.effect,
        bearing=bearing,
    )
    sent = send(work, _peer_of(work, one), said)
    step = _step(work, sent, StepKind.OBSERVED, role=command.role, by=command.by)
    step = structs.replace(step, words=command.words, effect=command.effect, bearing=bearing)
    return Answer(case=_said(work, one, step))


def close(work: Work, command: CloseCase) -> Answer:
    """Close an own case; all that both sides said of it stays."""
    one = _own(work, command.case)
    said = CaseClosed(
        case=one.id,
        outcome=command.outcome,
        at_s=work.now_s,
        role=command.role,
        words=command.words,
    )
    sent = send(work, one.other, said)
    step = _step(work, sent, StepKind.CLOSED, role=command.role, by=command.by)
    step = structs.replace(step, words=command.words, outcome=command.outcome)
    return Answer(case=_said(work, closed(work, one, step), step))


def asked(work: Work, one: InterferenceCase, asked_s: float) -> InterferenceCase:
    """Return a case in which an answer is asked for; one that is waited for is not put off."""
    due_s = answer_clock.due_s(work, one, asked_s)
    if one.state is CaseState.ASKED and one.due_s is not None:
        due_s = min(due_s, one.due_s)
        asked_s = asked_s if one.asked_s is None else min(asked_s, one.asked_s)
    else:
        answer_clock.settled(work, one, "asked anew", *answer_clock.ALL)
        one = structs.replace(one, overdue=False)
    asked_one = structs.replace(one, state=CaseState.ASKED, asked_s=asked_s, due_s=due_s)
    answer_clock.wind(work, asked_one)
    return asked_one


def answered(
    work: Work, one: InterferenceCase, said: CeaseAnswer, when_s: float | None
) -> InterferenceCase:
    """Return a case with an answer; the clock goes on for what "ceasing" promises."""
    answer_clock.settled(work, one, f"the answer: {said.value}", *answer_clock.ALL)
    is_ceasing = said is CeaseAnswer.CEASING
    found = structs.replace(
        one,
        state=CaseState.CEASING if is_ceasing else CaseState.ANSWERED,
        answer=said,
        answered_s=work.now_s,
        due_s=when_s if is_ceasing else None,
        overdue=False,
    )
    answer_clock.wind(work, found)
    return found


def closed(work: Work, one: InterferenceCase, step: CaseStep) -> InterferenceCase:
    """Return a case that is closed as a step says."""
    answer_clock.settled(work, one, "the case is closed", *answer_clock.ALL)
    return structs.replace(
        one,
        state=CaseState.CLOSED,
        outcome=step.outcome,
        closed_s=work.now_s,
        due_s=None,
        overdue=False,
    )


def _said(work: Work, one: InterferenceCase, step: CaseStep) -> InterferenceCase:
    """Keep a case with a step of ours, and end the alarm that it was reported: somebody acted."""
    kept = cases.keep(work, cases.with_step(one, step))
    cases.note_said(work, kept)
    answer_clock.renew(work, kept)
    answer_clock.settled(work, kept, f"{step.role}: {step.kind.value}", answer_clock.REPORTED)
    return kept


def _step(work: Work, sent: Sent, kind: StepKind, *, role: str, by: str) -> CaseStep:
    return CaseStep(
        number=0,
        party=work.party,
        kind=kind,
        said_s=work.now_s,
        known_s=work.now_s,
        role=role,
        message=sent.digest,
        index=sent.index,
        by=by,
    )


def _own(work: Work, case_id: str) -> InterferenceCase:
    one = cases.existing(work, work.party, case_id)
    _refuse_closed(one)
    return one


def _refuse_closed(one: InterferenceCase) -> None:
    if one.state is CaseState.CLOSED:
        raise NotAllowedError("the case is closed.", remedy="Add a remark, or open a new case.")


def _peer_of(work: Work, one: InterferenceCase) -> str:
    return one.other if one.opener == work.party else one.opener


def _when_s(work: Work, one: InterferenceCase, command: AnswerCease) -> float | None:
    """Return the time of an answer: as said, else now, or within the time that an answer has."""
    if command.when_s is not None:
        return command.when_s
    match command.answer:
        case CeaseAnswer.CEASED:
            return work.now_s
        case CeaseAnswer.CEASING:
            return answer_clock.due_s(work, one, work.now_s)
        case _:
            return None


def _numbered(work: Work) -> str:
    """Return the next name that no case of ours has."""
    number = int(work.draft.get(tables.META, _NUMBER) or b"0")
    while True:
        number += 1
        if cases.case(work.draft, work.party, f"I-{number}") is None:
            work.draft.put(tables.META, _NUMBER, str(number).encode())
            return f"I-{number}"


def _refuse_undisclosed(work: Work, report: WireReport, peer: str) -> None:
    """Refuse to name an activity or a conflict that the peer does not know from us or by itself.

    What is not here and what is private are refused alike.
    """
    source = report.source
    if source is not None and source.party:
        held = work.held(source.party, source.activity)
        is_between = source.party in (work.party, peer)
        if not is_between or held is None or held.activity.disclose is Disclosure.PRIVATE:
            raise ImpossibleValueError(
                "the suspected source is no activity that both sides know.",
                remedy="Name one of theirs or a disclosed one of ours, or say it in words.",
            )
    if report.conflict:
        met = queries.conflict(work.draft, report.conflict)
        if met is None or met.private or {met.a.party, met.b.party} != {work.party, peer}:
            raise ImpossibleValueError(
                "the conflict is none that both sides know.", remedy="Leave it out."
            )
