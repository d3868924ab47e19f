"""Drills as a kind of matter: who may say what of one, and what fits when."""

from typing import Final

from wideberth.council.drill_stand import CALLS, TITLES, stand
from wideberth.council.drill_watch import watch
from wideberth.council.matter import Matter
from wideberth.council.refusals import NotFittingError, refuse_other
from wideberth.council.stand import Kind
from wideberth.model.agreement import Agreement
from wideberth.peering.council.drill import (
    DrillAcknowledged,
    DrillAnswered,
    DrillClosed,
    DrillOpened,
    DrillPassed,
    DrillRead,
    DrillResumed,
    Exercise,
)
from wideberth.peering.council.said import Said
from wideberth.units import SECONDS_PER_DAY

LONGEST_PAUSE_S: Final = 31.0 * SECONDS_PER_DAY
MACHINE: Final = "node"  # the role of what a node says by itself; no person's


def may(matter: Matter | None, said: Said, party: str, agreement: Agreement) -> None:
    """Refuse what that party may never say: only who was called answers, only who calls ends."""
    if matter is None:
        assert isinstance(said, DrillOpened)
        _refuse_odd(said, party, agreement)
        return
    opening = matter.opening
    assert isinstance(opening, DrillOpened)
    callee = matter.others(matter.opener)[0]
    match said:
        case DrillAnswered():
            _refuse_unless(opening, CALLS, "is answered")
            refuse_other(party, callee, "answer it: who was called")
        case DrillRead() | DrillPassed() | DrillAcknowledged():
            _refuse_unless(opening, (Exercise.END_TO_END,), "goes to units")
            refuse_other(party, callee, "read it and pass it on: who was called")
            _refuse_strange_units(said, callee, agreement)
        case DrillClosed() | DrillResumed():
            refuse_other(party, matter.opener, "end it: who opened it")
            is_pause = opening.what is Exercise.PAUSE
            if is_pause is not isinstance(said, DrillResumed):
                raise NotFittingError("a pause is resumed, everything else is closed.")
            return
    if said.role == MACHINE:
        raise NotFittingError("a person answers a drill, not a node.", remedy="Name the role.")


def _refuse_odd(said: DrillOpened, party: str, agreement: Agreement) -> None:
    """Refuse an opening that is none: its parties, times, units do not go with what it tests."""
    others = [one for one in said.parties if one != party]
    if said.parties and len(others) != 1:
        raise NotFittingError(
            "a drill is between two parties.", remedy="Name the party that is called: --to."
        )
    if (said.what is Exercise.PAUSE) is (said.until_s is None):
        raise NotFittingError("a pause, and nothing else, says until when it lasts.")
    if said.what is Exercise.PAUSE and not said.words.strip():
        raise NotFittingError("a pause without a reason.", remedy="Say why: --reason.")
    if said.until_s is not None and not 0.0 < said.until_s - said.at_s <= LONGEST_PAUSE_S:
        raise NotFittingError(
            "a pause ends after it begins, and within 31 days.",
            remedy="Say until when; pause again where it goes on.",
        )
    count = len(said.slots)
    wanted = {Exercise.SCHEDULED: count == 1, Exercise.NOT_CALLED: count > 0}
    if not wanted.get(said.what, count == 0):
        raise NotFittingError("the agreement's times do not go with what is tested.")
    if said.units and said.what is not Exercise.END_TO_END:
        raise NotFittingError("only a test down to the units names units.")
    for callee in others:
        _refuse_strange_units(said, callee, agreement)


def _refuse_unless(opening: DrillOpened, wanted: tuple[Exercise, ...], what: str) -> None:
    if opening.what not in wanted:
        raise NotFittingError(f"a {TITLES[opening.what]} is not one that {what}.")


def _refuse_strange_units(said: Said, callee: str, agreement: Agreement) -> None:
    named = {unit.id for unit in agreement.notice.units_of(callee)}
    given: tuple[str, ...] = ()
    match said:
        case DrillPassed(units=units) | DrillOpened(units=units):
            given = units
        case DrillAcknowledged(unit=unit):
            given = (unit,)
    if named and not set(given) <= named:
        raise NotFittingError(
            "a unit that the agreement does not name.",
            remedy=f"Its units: {', '.join(sorted(named))}.",
        )


def fits(matter: Matter, said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse what is not in turn: reading comes before passing on, and that before a unit."""
    found = stand(matter, agreement)
    passed = {mark.unit: mark for mark in found.units}
    match said:
        case DrillAnswered() if found.answered_s is not None:
            raise NotFittingError("the drill is answered already.")
        case DrillRead() if found.read_s is not None:
            raise NotFittingError("the drill is read already.")
        case DrillPassed() if found.read_s is None:
            raise NotFittingError("nobody has read the drill yet.", remedy="Read it first.")
        case DrillPassed(units=units) if set(units) <= passed.keys():
            raise NotFittingError("the drill was passed to these units already.")
        case DrillAcknowledged(unit=unit) if unit not in passed:
            raise NotFittingError(
                "the drill was not passed to that unit.", remedy="Pass it on first."
            )
        case DrillAcknowledged(unit=unit) if passed[unit].acknowledged_s is not None:
            raise NotFittingError("the unit has acknowledged the drill already.")
        case DrillClosed() | DrillResumed() if not found.is_open:
            raise NotFittingError(f"the drill is {found.state} already.")


KIND = Kind(
    name="drill",
    prefix="T",
    opening=DrillOpened,
    steps={
        "answer": DrillAnswered,
        "read": DrillRead,
        "pass": DrillPassed,
        "acknowledge": DrillAcknowledged,
        "close": DrillClosed,
        "resume": DrillResumed,
    },
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
