"""Figures of suspensions and of interference: how often, how long, how soon answered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from wideberth.council.figures import Basis, Line, Period, counted_line, spread_lines, time_line
from wideberth.council.figures_ledger import Told
from wideberth.model.interference import Outcome, Service, answer_within_s
from wideberth.peering.messages import (
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Interference,
    Observed,
    Suspension,
)

SUSPENDED = "suspensions"
CASES = "interference"


def suspension_lines(basis: Basis) -> Iterator[Line]:
    """Yield how often and for how long each party suspended the exchange, within the period."""
    for party, _other in basis.ways:
        spans = _spans(basis, party)
        within = [_within(from_s, to_s, basis.period) for from_s, to_s in spans]
        lengths = [length for length in within if length > 0.0]
        begun = sum(1 for from_s, _to_s in spans if from_s in basis.period)
        yield counted_line(SUSPENDED, party, "suspended", begun)
        yield time_line(SUSPENDED, party, "total time", sum(lengths))
        yield time_line(SUSPENDED, party, "longest", max(lengths, default=None))


def _spans(basis: Basis, party: str) -> list[tuple[float, float]]:
    """Return from when to when a party had suspended the exchange; to the end, where it lasts."""
    spans: list[tuple[float, float]] = []
    since_s: float | None = None
    for told in sorted(basis.told(Suspension), key=lambda one: one.sequence):
        body = told.body
        if told.sender != party or not isinstance(body, Suspension):
            continue
        if body.suspended and since_s is None:
            since_s = body.at_s
        elif not body.suspended and since_s is not None:
            spans.append((since_s, max(since_s, body.at_s)))
            since_s = None
    return spans if since_s is None else [*spans, (since_s, basis.period.to_s)]


def _within(from_s: float, to_s: float, period: Period) -> float:
    return min(to_s, period.to_s) - max(from_s, period.from_s)


@dataclass
class _Case:
    """A case of interference as the messages tell it."""

    opener: str
    service: Service
    opened_s: float
    asked_s: list[float] = field(default_factory=list)
    answers_s: list[float] = field(default_factory=list)
    late: int = 0
    waits_since_s: float | None = None
    outcome: Outcome | None = None


def case_lines(basis: Basis) -> Iterator[Line]:
    """Yield the cases each party opened: requests, how soon they were answered, how they ended."""
    cases = _cases(basis)
    for opener, other in basis.ways:
        ours = [one for one in cases if one.opener == opener and one.opened_s in basis.period]
        about = f"{opener}'s cases"
        yield counted_line(CASES, about, "opened", len(ours))
        yield counted_line(CASES, about, "open at the end", sum(c.outcome is None for c in ours))
        yield counted_line(CASES, about, "requests to cease", sum(len(c.asked_s) for c in ours))
        answers_s = [time_s for one in ours for time_s in one.answers_s]
        yield from spread_lines(CASES, about, f"{other}'s time to answer", answers_s)
        late = sum(one.late for one in ours)
        yield counted_line(CASES, about, f"{other}'s late answers, or none", late)
        outcomes = Counter(one.outcome.value for one in ours if one.outcome is not None)
        for outcome in sorted(outcomes):
            yield counted_line(CASES, about, f"closed: {outcome}", outcomes[outcome])


def _cases(basis: Basis) -> list[_Case]:
    found: dict[tuple[str, str], _Case] = {}
    about = basis.told(Interference, CeaseRequest, CeaseAnswered, Observed, CaseClosed)
    for told in sorted(about, key=lambda one: (one.sent_s, one.sender, one.sequence)):
        body = told.body
        if isinstance(body, Interference):
            found[told.sender, body.case] = _Case(told.sender, body.report.service, body.at_s)
            continue
        opener = told.recipient if isinstance(body, CeaseAnswered) else told.sender
        one = found.get((opener, getattr(body, "case", "")))
        if one is not None and not isinstance(body, Observed):
            _step(one, told, basis)
    for one in found.values():
        if one.waits_since_s is not None and one.outcome is None:
            wait_s = answer_within_s(one.service, basis.agreement.notice.cease)
            one.late += one.waits_since_s + wait_s < basis.period.to_s
    return list(found.values())


def _step(one: _Case, told: Told, basis: Basis) -> None:
    match told.body:
        case CeaseRequest():
            one.asked_s.append(told.received_s)
            if one.waits_since_s is None:
                one.waits_since_s = told.received_s
        case CeaseAnswered(at_s=at_s) if one.waits_since_s is not None:
            taken_s = at_s - one.waits_since_s
            one.answers_s.append(taken_s)
            one.late += taken_s > answer_within_s(one.service, basis.agreement.notice.cease)
            one.waits_since_s = None
        case CaseClosed(outcome=outcome):
            one.outcome = outcome
