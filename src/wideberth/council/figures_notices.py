"""Figures of notices: given and late, rung by rung, read back, recalled; planned against used."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from wideberth.council.drill_score import quantile
from wideberth.council.figures import (
    Basis,
    Line,
    counted_line,
    spread_lines,
    time_line,
)
from wideberth.council.figures_ledger import Told
from wideberth.council.repeated import misread
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity, State
from wideberth.model.notice import Rung
from wideberth.peering.lead import Lead, lead_of
from wideberth.peering.messages import (
    Change,
    Climbed,
    Declare,
    ReadBack,
    ReadBackAnswer,
    Recall,
    RecallDone,
)
from wideberth.peering.wire import from_wire

NOTICES = "notices"
RUNGS = "receipt ladder"
READ_BACK = "read-back and recall"
USE = "planned against used"


@dataclass
class _Kind:
    """Notices of one kind in one direction."""

    given: int = 0
    amended: int = 0
    withdrawn: int = 0
    leads: list[Lead] = field(default_factory=list)


def notice_lines(basis: Basis) -> Iterator[Line]:
    """Yield figures of all notices, in both directions."""
    for sender, recipient in basis.ways:
        yield from _given(basis, sender, recipient)
    for sender, recipient in basis.ways:
        yield from _rungs(basis, sender, recipient)
    for sender, recipient in basis.ways:
        yield from _repeated(basis, sender, recipient)
    for sender, _recipient in basis.ways:
        yield from _use(basis, sender)


def activity_of(told: Told) -> Activity | None:
    """Return the activity that a declaration tells; None: its form is one we cannot judge."""
    assert isinstance(told.body, Declare)
    try:
        return from_wire(told.body.activity, is_checked=True)
    except WideberthError:
        return None


def _given(basis: Basis, sender: str, recipient: str) -> Iterator[Line]:
    kinds: dict[str, _Kind] = defaultdict(_Kind)
    kind_of: dict[str, str] = {}
    for told in _from(basis, sender, Declare, Change):
        body = told.body
        if isinstance(body, Declare):
            name, is_new = body.activity.id, body.activity.id not in kind_of
            kind_of[name] = body.activity.kind
            if told.sent_s in basis.period:
                _count(kinds[body.activity.kind], told, recipient, basis, is_new=is_new)
        elif isinstance(body, Change) and told.sent_s in basis.period:
            is_withdrawn = body.state is State.WITHDRAWN
            kinds[kind_of.get(body.activity, "")].withdrawn += is_withdrawn
    for kind in sorted(kinds):
        yield from _kind_lines(f"{sender}: {kind or 'no kind'}", kinds[kind])


def _count(kind: _Kind, told: Told, recipient: str, basis: Basis, *, is_new: bool) -> None:
    kind.given += is_new
    kind.amended += not is_new
    activity = activity_of(told)
    if activity is None:
        return
    lead = lead_of(activity, basis.agreement, received_s=told.received_s, receiver=recipient)
    if lead is not None:
        kind.leads.append(lead)


def _kind_lines(about: str, kind: _Kind) -> Iterator[Line]:
    owed_s = [lead.owed_s for lead in kind.leads if lead.owed_s is not None]
    yield counted_line(NOTICES, about, "given", kind.given)
    yield counted_line(NOTICES, about, "amended", kind.amended)
    yield counted_line(NOTICES, about, "withdrawn", kind.withdrawn)
    yield counted_line(NOTICES, about, "late", sum(lead.is_late for lead in kind.leads))
    too_late = sum(lead.is_too_late for lead in kind.leads)
    yield counted_line(NOTICES, about, "too late to act", too_late)
    yield time_line(NOTICES, about, "lead owed", max(owed_s, default=None))
    given_s = [lead.given_s for lead in kind.leads]
    yield time_line(NOTICES, about, "lead given: median", quantile(given_s, 0.5))
    yield time_line(NOTICES, about, "lead given: shortest", min(given_s, default=None))


def _rungs(basis: Basis, sender: str, recipient: str) -> Iterator[Line]:
    """Yield how long notices took to climb, and how many came how far."""
    notices = [
        told for told in _from(basis, sender, Declare, Change) if told.sent_s in basis.period
    ]
    climbed: dict[str, list[Climbed]] = defaultdict(list)
    for told in _from(basis, recipient, Climbed):
        assert isinstance(told.body, Climbed)
        climbed[told.body.notice].append(told.body)
    named = {unit.id for unit in basis.agreement.notice.units_of(recipient)}
    times: dict[Rung, list[float]] = {rung: [] for rung in list(Rung)[1:]}
    for told in notices:
        times[Rung.DELIVERED].append(told.received_s - told.sent_s)
        for rung, at_s in _climb(climbed[told.message], named).items():
            times[rung].append(at_s - told.received_s)
    about = f"{sender} to {recipient}"
    yield counted_line(RUNGS, about, "notices", len(notices))
    for rung, taken_s in times.items():
        yield from spread_lines(RUNGS, about, rung.value, taken_s)


def _climb(steps: list[Climbed], named: set[str]) -> dict[Rung, float]:
    """Return when a notice reached each rung above delivered, by the receiver's clock.

    It is passed once all units that the agreement names have it, and acknowledged once all that
    have it have acknowledged it.
    """
    found: dict[Rung, float] = {}
    passed: dict[str, float] = {}
    acknowledged: dict[str, float] = {}
    for step in steps:
        match step.rung:
            case Rung.READ:
                found.setdefault(Rung.READ, step.at_s)
            case Rung.PASSED:
                passed.setdefault(step.unit, step.at_s)
            case Rung.ACKNOWLEDGED:
                passed.setdefault(step.unit, step.at_s)
                acknowledged.setdefault(step.unit, step.at_s)
    if Rung.READ in found and passed and named <= passed.keys():
        found[Rung.PASSED] = max(passed.values())
        if acknowledged.keys() == passed.keys():
            found[Rung.ACKNOWLEDGED] = max(acknowledged.values())
    return found


def _repeated(basis: Basis, sender: str, recipient: str) -> Iterator[Line]:
    """Yield how often places were repeated otherwise than they were sent, and what was recalled."""
    about = f"{sender} to {recipient}"
    declared = {told.message: told for told in _from(basis, sender, Declare)}
    differing = set[str]()
    count = 0
    for told in basis.told(ReadBack, ReadBackAnswer):
        body = told.body
        if told.sent_s not in basis.period or not isinstance(body, ReadBack | ReadBackAnswer):
            continue
        notice = declared.get(body.notice)
        if notice is None:
            continue
        if isinstance(body, ReadBackAnswer):
            differing |= set() if body.agreed else {body.notice}
            continue
        count += 1
        activity = activity_of(notice)
        if activity is None or misread(activity, body.volumes, basis.agreement):
            differing.add(body.notice)
    recalls = [one for one in _from(basis, sender, Recall) if one.sent_s in basis.period]
    done = [one for one in _from(basis, recipient, RecallDone) if one.sent_s in basis.period]
    yield counted_line(READ_BACK, about, "read back", count)
    yield counted_line(READ_BACK, about, "read-backs that differed", len(differing))
    yield counted_line(READ_BACK, about, "recalled", len(recalls))
    yield counted_line(READ_BACK, about, "deleted after a recall", len(done))


@dataclass
class _Planned:
    """An activity as it was last declared before it began, and when it was begun and ended."""

    start_s: float
    end_s: float
    begun_s: float | None = None
    over_s: float | None = None
    is_withdrawn: bool = False


def _use(basis: Basis, sender: str) -> Iterator[Line]:
    """Yield what was planned against what was used, of the activities planned to begin then."""
    plans = _plans(basis, sender)
    ours = [p for p in plans.values() if p.start_s in basis.period and not p.is_withdrawn]
    used = [p for p in ours if p.begun_s is not None]
    to_s = basis.period.to_s
    over = [(p, p.over_s) for p in used if p.over_s is not None]
    yield counted_line(USE, sender, "planned", len(ours))
    yield counted_line(USE, sender, "begun", len(used))
    yield counted_line(USE, sender, "ended", len(over))
    unused = sum(1 for p in ours if p.begun_s is None and min(p.end_s, p.over_s or p.end_s) < to_s)
    yield counted_line(USE, sender, "never begun", unused)
    early = sum(1 for p, over_s in over if over_s < p.end_s)
    yield counted_line(USE, sender, "ended before the declared end", early)
    late = sum(1 for p, over_s in over if over_s > p.end_s)
    yield counted_line(USE, sender, "ended after the declared end", late)
    planned_s = sum(min(p.end_s, to_s) - p.start_s for p in ours)
    yield time_line(USE, sender, "planned time", planned_s)
    used_s = sum(min(p.over_s or p.end_s, to_s) - (p.begun_s or 0.0) for p in used)
    yield time_line(USE, sender, "used time", max(used_s, 0.0))
    begun = [p.begun_s - p.start_s for p in used if p.begun_s is not None]
    yield from spread_lines(USE, sender, "begun after the declared start", begun)


def _plans(basis: Basis, sender: str) -> dict[str, _Planned]:
    plans: dict[str, _Planned] = {}
    for told in _from(basis, sender, Declare, Change):
        body = told.body
        if isinstance(body, Declare):
            volumes = body.activity.volumes
            starts = [v.start_s for v in volumes if v.start_s is not None]
            ends = [v.end_s for v in volumes if v.end_s is not None]
            before = plans.get(body.activity.id)
            if len(starts) < len(volumes) or len(ends) < len(volumes):
                plans.pop(body.activity.id, None)  # no window, nothing to compare
            elif before is None or before.begun_s is None:
                plans[body.activity.id] = _Planned(min(starts), max(ends))
        elif isinstance(body, Change) and body.activity in plans:
            _change(plans[body.activity], body)
    return plans


def _change(plan: _Planned, body: Change) -> None:
    match body.state:
        case State.WITHDRAWN:
            plan.is_withdrawn = True
        case State.ENDED:
            plan.over_s = body.at_s if plan.over_s is None else plan.over_s
        case State.ACTIVATED | State.NONCONFORMING | State.CONTINGENT:
            plan.begun_s = body.at_s if plan.begun_s is None else plan.begun_s


def _from(basis: Basis, sender: str, *bodies: type) -> list[Told]:
    """Return a party's messages of some kinds in the order of its numbers."""
    ours = (told for told in basis.told(*bodies) if told.sender == sender)
    return sorted(ours, key=lambda told: told.sequence)
