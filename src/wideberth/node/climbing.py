"""The receipt ladder (R5): read by the watch, passed to units, acknowledged by each unit.

What happens to a peer's notice here is told to the peer; what it tells of ours is written down. A
notice is effective at the rung that the agreement names.
"""

from typing import Final

from msgspec import structs

from wideberth.formats.slip_checkin import CheckIn, is_checkin
from wideberth.model.command import AnswerReadBack, MarkRead, PassToUnits, UnitAcknowledge
from wideberth.model.notice import Rung, reaches
from wideberth.node import deadlines, tables
from wideberth.node.answers import Answer
from wideberth.node.council.consents import is_lacking
from wideberth.node.outgoing import send
from wideberth.node.places import misread
from wideberth.node.ports import Reader
from wideberth.node.records import Notice, UnitStep, Way
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.work import Work
from wideberth.peering.messages import Climbed, ReadBack, ReadBackAnswer

MOST_UNITS: Final = 200  # where the agreement names none
SECRET_BYTES: Final = 16


def mark_read(work: Work, command: MarkRead) -> Answer:
    """Note that the watch has read a peer's notice, and tell the peer."""
    notice = _incoming(work, command.notice)
    if notice.read_s is not None:
        return Answer(notices=(notice,))
    return _climb(work, structs.replace(notice, read_s=work.now_s, read_by=command.by), command.by)


def pass_to_units(work: Work, command: PassToUnits) -> Answer:
    """Note that a peer's notice was passed to units; it must have been read."""
    notice = _incoming(work, command.notice)
    if notice.read_s is None:
        raise NotAllowedError("nobody has read the notice yet.", remedy="Read it first.")
    _refuse_unknown(work, command.units)
    steps = {step.unit: step for step in notice.units}
    for unit in command.units:
        if secret_of(work.draft, unit) is None:
            key = tables.key("check-in", unit)
            work.draft.put(tables.META, key, work.bench.chance.token(SECRET_BYTES))
        steps.setdefault(unit, UnitStep(unit=unit, passed_s=work.now_s, by=command.by))
    passed = structs.replace(notice, units=tuple(steps[unit] for unit in sorted(steps)))
    return _climb(work, passed, command.by)


def acknowledge(work: Work, command: UnitAcknowledge) -> Answer:
    """Note that a unit has acknowledged a notice that was passed to it."""
    notice = _incoming(work, command.notice)
    step = next((s for s in notice.units if s.unit == command.unit), None)
    if step is None:
        raise NotAllowedError(
            f"the notice was not passed to unit {command.unit!r}.", remedy="Pass it on first."
        )
    if step.acknowledged_s is not None:
        return Answer(notices=(notice,))
    _refuse_superseded(notice)
    if command.code:
        _check_code(work, notice, command)
    done = structs.replace(step, acknowledged_s=work.now_s, by=command.by)
    units = tuple(done if s.unit == command.unit else s for s in notice.units)
    return _climb(work, structs.replace(notice, units=units), command.by, unit=command.unit)


def answer_read_back(work: Work, command: AnswerReadBack) -> Answer:
    """Tell the peer whether the places its node repeated are those meant."""
    notice = work.notice(command.notice)
    if notice.way is not Way.OUT or not notice.read_back:
        raise NotAllowedError("the peer has repeated no places of this notice.")
    said = ReadBackAnswer(
        notice=notice.message,
        activity=notice.activity,
        revision=notice.revision,
        agreed=command.agreed,
        differences=() if command.agreed else (command.reason or "the places are not those meant",),
    )
    send(work, notice.peer, said)
    read_back = "agreed" if command.agreed else "differs"
    changed = work.change_notice(notice, lambda n: structs.replace(n, read_back=read_back))
    if command.agreed:
        work.clear_alarm("read-back differs", notice.message, f"{command.by} confirmed the places")
    else:
        work.raise_alarm("read-back differs", notice.message, "the places repeated are not ours.")
    return Answer(notices=(changed,))


def climbed_there(work: Work, body: Climbed, sender: str) -> None:
    """Write down what a peer says became of our notice."""
    notice = _ours(work, body, sender)
    match body.rung:
        case Rung.READ:
            changed = structs.replace(notice, read_s=body.at_s, read_by=body.by)
        case Rung.PASSED | Rung.ACKNOWLEDGED:
            _refuse_strange_unit(work, notice, body.unit)
            changed = _unit_step(notice, body)
        case _:
            raise NotAllowedError(f"rung {body.rung!s} is not a peer's to announce.")
    settle(work, notice, changed, sender)


def read_back(work: Work, body: ReadBack, sender: str) -> None:
    """Convert the repeated places back, compare them with ours, and say what differs."""
    notice = _ours(work, body, sender)
    held = work.draft.get(tables.REVISION, tables.key(work.party, notice.activity, notice.revision))
    differences = misread(held, body.volumes, work.agreement)
    state = "differs" if differences else "said"
    work.change_notice(
        notice, lambda n: structs.replace(n, read_back=state, differences=differences)
    )
    if differences:
        work.raise_alarm(
            "read-back differs",
            notice.message,
            f"{sender} repeats other places than were sent: {differences[0]}",
        )


def read_back_answered(work: Work, body: ReadBackAnswer, sender: str) -> None:
    """Write down whether the peer confirmed the places that our node repeated."""
    notice = _theirs(work, body, sender)
    state = "agreed" if body.agreed else "differs"
    work.change_notice(
        notice,
        lambda n: structs.replace(n, read_back=state, differences=body.differences),
    )
    if body.agreed:
        work.clear_alarm("read-back differs", notice.message, f"{sender} confirmed the places")
    else:
        work.raise_alarm(
            "read-back differs", notice.message, f"{sender} says that its places are others."
        )


def rung_of(work: Work, notice: Notice, receiver: str) -> Rung:
    """Return how far a notice has climbed with its receiver."""
    named = {unit.id for unit in work.agreement.notice.units if unit.party == receiver}
    steps = {step.unit: step for step in notice.units}
    told = bool(steps) and named <= steps.keys()
    if notice.read_s is not None and told:
        if all(step.acknowledged_s is not None for step in steps.values()):
            return Rung.ACKNOWLEDGED
        return Rung.PASSED
    if notice.read_s is not None:
        return Rung.READ
    return Rung.DELIVERED if notice.delivered_s is not None else Rung.SENT


def settle(work: Work, before: Notice, notice: Notice, receiver: str) -> Notice:
    """Write a notice at the rung it has reached; clear what waited for that."""
    rung = rung_of(work, notice, receiver)
    effective_s = notice.effective_s
    counts = notice.accepted and reaches(rung, work.agreement.notice.effective)
    name = (notice.owner, notice.activity)
    if effective_s is None and counts and not is_lacking(work, name, notice.peer):
        effective_s = work.now_s
    overdue = tuple(late for late in notice.overdue if not reaches(rung, late))
    notice = structs.replace(notice, rung=rung, effective_s=effective_s, overdue=overdue)
    if notice.overdue != before.overdue and not overdue:
        work.clear_alarm("unacknowledged", notice.message, f"it is {rung!s} now")
        notice = structs.replace(notice, escalated=0)
    if notice.superseded or notice.recalled:
        return work.change_notice(before, lambda _n: notice)
    if effective_s is not None and not _has_deadline_above(work, rung):
        work.draft.delete(tables.WAITING, notice.message)
    else:
        work.draft.put(tables.WAITING, notice.message, b"")
    rules = work.agreement.notice
    work.renew_alarm("unacknowledged", notice.message, deadlines.words(notice, rules))
    if not reaches(rung, before.rung):  # it was passed to one more unit
        deadlines.queue(work.draft, notice, rules, work.now_s)
    return work.change_notice(before, lambda _n: notice)


def _has_deadline_above(work: Work, rung: Rung) -> bool:
    return any(not reaches(rung, d.rung) for d in work.agreement.notice.deadlines)


def _climb(work: Work, notice: Notice, by: str, *, unit: str = "") -> Answer:
    """Write an incoming notice and tell its sender which rung it reached, or which unit did."""
    before = work.notice(notice.message)
    after = settle(work, before, notice, work.party)
    news = _news(before, after, unit)
    for rung, one in news:
        said = Climbed(
            notice=after.message,
            activity=after.activity,
            revision=after.revision,
            rung=rung,
            at_s=work.now_s,
            by=by,
            unit=one,
        )
        send(work, after.peer, said)
    return Answer(notices=(after,))


def _news(before: Notice, after: Notice, unit: str) -> list[tuple[Rung, str]]:
    if unit:
        return [(Rung.ACKNOWLEDGED, unit)]
    if before.read_s is None and after.read_s is not None:
        return [(Rung.READ, "")]
    known = {step.unit for step in before.units}
    return [(Rung.PASSED, step.unit) for step in after.units if step.unit not in known]


def _refuse_strange_unit(work: Work, notice: Notice, unit: str) -> None:
    """Refuse a unit of a peer's that the agreement does not name, or one of far too many."""
    if not unit:
        raise NotAllowedError("a unit's step names no unit.")
    named = {one.id for one in work.agreement.notice.units_of(notice.peer)}
    if named and unit not in named:
        raise NotAllowedError("a step of a unit that the agreement does not name.")
    if len(notice.units) >= MOST_UNITS and unit not in {step.unit for step in notice.units}:
        raise NotAllowedError(f"steps of more than {MOST_UNITS} units.")


def _unit_step(notice: Notice, body: Climbed) -> Notice:
    steps = {step.unit: step for step in notice.units}
    step = steps.get(body.unit, UnitStep(unit=body.unit))
    if body.rung is Rung.PASSED:
        step = structs.replace(step, passed_s=body.at_s, by=body.by)
    else:
        passed_s = body.at_s if step.passed_s is None else step.passed_s
        step = structs.replace(step, passed_s=passed_s, acknowledged_s=body.at_s, by=body.by)
    steps[body.unit] = step
    return structs.replace(notice, units=tuple(steps[unit] for unit in sorted(steps)))


def _incoming(work: Work, message: str) -> Notice:
    notice = work.notice(message)
    if notice.way is not Way.IN:
        raise NotAllowedError("this is our own notice; its receiver reads and passes it on.")
    if notice.recalled:
        raise NotAllowedError("the notice was recalled by its sender.")
    return notice


def _check_code(work: Work, notice: Notice, command: UnitAcknowledge) -> None:
    """Raise unless a code read aloud is this unit's for this revision (R8)."""
    secret = work.draft.get(tables.META, tables.key("check-in", command.unit))
    said = CheckIn(notice.owner, notice.activity, notice.revision, command.unit)
    if secret is None or not is_checkin(command.code, said, secret=secret):
        raise NotAllowedError(
            "the code is not this unit's for this revision.",
            remedy="Have the unit read the code of the newest slip.",
        )


def secret_of(reader: Reader, unit: str) -> bytes | None:
    """Return the secret of a unit's check-in codes, for its paper; None: nothing was passed yet."""
    return reader.get(tables.META, tables.key("check-in", unit))


def _refuse_superseded(notice: Notice) -> None:
    if notice.superseded:
        raise NotAllowedError(
            f"revision {notice.revision} was superseded.", remedy="Acknowledge the newest one."
        )


def _refuse_unknown(work: Work, units: tuple[str, ...]) -> None:
    named = {unit.id for unit in work.agreement.notice.units_of(work.party)}
    unknown = sorted(set(units) - named) if named else []
    if unknown or not units:
        raise NotFoundError(
            f"units that the agreement does not name: {', '.join(unknown) or 'none given'}.",
            remedy=f"Its units: {', '.join(sorted(named)) or 'none'}.",
        )


def _ours(work: Work, body: Climbed | ReadBack, sender: str) -> Notice:
    return _about(work, body, sender, Way.OUT)


def _theirs(work: Work, body: ReadBackAnswer, sender: str) -> Notice:
    return _about(work, body, sender, Way.IN)


def _about(work: Work, body: Climbed | ReadBack | ReadBackAnswer, sender: str, way: Way) -> Notice:
    """Return the notice that a peer speaks of, if it went that way and is the one it names."""
    notice = work.notice(body.notice)
    if notice.way is not way or notice.peer != sender:
        raise NotFoundError("no notice between us and the sender has that hash.")
    if (body.activity, body.revision) != (notice.activity, notice.revision):
        raise NotFoundError("the notice of that hash is about something else.")
    return notice
