"""Where a drill stands: a call is answered by a person; an end-to-end test climbs to every unit.

What is seen of one always says DRILL, and a drill touches nothing but itself.
"""

from typing import Final

from msgspec import Struct

from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Due, Idle, Stand
from wideberth.model.agreement import Agreement
from wideberth.model.council_clocks import DrillRules
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

BANNER: Final = "DRILL"
CALLS: Final = (Exercise.SCHEDULED, Exercise.SURPRISE)
TITLES: Final = {
    Exercise.SCHEDULED: "scheduled test call",
    Exercise.SURPRISE: "surprise test call",
    Exercise.END_TO_END: "test down to the units",
    Exercise.PAUSE: "pause of test calls",
    Exercise.NOT_CALLED: "test calls that were not made",
}


class UnitMark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a drill was passed to a unit, and when that acknowledged it; by the callee's clock."""

    unit: str
    passed_s: float
    acknowledged_s: float | None = None
    is_proved: bool = False


class DrillStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: called, read, passed, answered, answered late, missed, paused, resumed, not called.

    banner: what every view begins with. Times are by the clock of whoever did it. due_s: until when
    it was to be answered, or all units to have acknowledged. answered_s: when that was so.
    """

    banner: str
    what: Exercise
    callee: str
    called_s: float
    due_s: float | None = None
    answered_s: float | None = None
    read_s: float | None = None
    units: tuple[UnitMark, ...] = ()
    ended_s: float | None = None


def stand(matter: Matter, agreement: Agreement) -> DrillStand:
    """Return where a drill stands."""
    opening = matter.opening
    assert isinstance(opening, DrillOpened), "a drill opens with what is tested"
    fold = _Fold(matter, opening, agreement)
    for step in matter.steps[1:]:
        why = fold.take(step)
        if why:
            fold.idle.append(Idle(turn=step.said.turn, party=step.party, why=why))
    return fold.result()


class _Fold:
    """What the steps so far make of a drill."""

    def __init__(self, matter: Matter, opening: DrillOpened, agreement: Agreement) -> None:
        self.idle: list[Idle] = []
        self._opening = opening
        self._rules: DrillRules = agreement.council.drills
        self._callee = matter.others(matter.opener)[0]
        named = tuple(unit.id for unit in agreement.notice.units_of(self._callee))
        self._wanted = frozenset(opening.units or named)
        self._read_s: float | None = None
        self._answered_s: float | None = None
        self._ended_s: float | None = None
        self._units: dict[str, UnitMark] = {}

    def take(self, step: Step) -> str:
        """Take a step; return why it changes nothing, if so."""
        said = step.said
        match said:
            case DrillAnswered() if self._answered_s is None:
                self._answered_s = said.at_s
            case DrillRead() if self._read_s is None:
                self._read_s = said.at_s
            case DrillPassed():
                for unit in said.units:
                    self._units.setdefault(unit, UnitMark(unit=unit, passed_s=said.at_s))
            case DrillAcknowledged(unit=unit) if unit in self._units:
                return self._acknowledged(said)
            case DrillClosed() | DrillResumed() if self._ended_s is None:
                self._ended_s = said.at_s
            case _:
                return "it was said already, or does not fit"
        return ""

    def _acknowledged(self, said: DrillAcknowledged) -> str:
        before = self._units[said.unit]
        if before.acknowledged_s is not None:
            return "the unit had acknowledged it already"
        self._units[said.unit] = UnitMark(
            unit=said.unit,
            passed_s=before.passed_s,
            acknowledged_s=said.at_s,
            is_proved=said.is_proved,
        )
        times = [mark.acknowledged_s for mark in self._units.values()]
        known = [time_s for time_s in times if time_s is not None]
        if len(known) == len(times) and self._wanted <= self._units.keys():
            self._answered_s = max(known)
        return ""

    def result(self) -> DrillStand:
        """Return where the drill stands after all that was taken."""
        opening = self._opening
        state = self._state()
        is_open = self._answered_s is None and self._ended_s is None
        return DrillStand(
            banner=BANNER,
            state=state,
            title=f"DRILL: {TITLES[opening.what]}",
            is_open=is_open,
            dues=self._dues() if is_open else (),
            idle=tuple(self.idle),
            what=opening.what,
            callee=self._callee,
            called_s=opening.at_s,
            due_s=self._due_s(),
            answered_s=self._answered_s,
            read_s=self._read_s,
            units=tuple(self._units[unit] for unit in sorted(self._units)),
            ended_s=self._ended_s,
        )

    def _state(self) -> str:
        due_s = self._due_s()
        if self._opening.what is Exercise.PAUSE:
            return "paused" if self._ended_s is None else "resumed"
        if self._opening.what is Exercise.NOT_CALLED:
            return "not called"
        if self._answered_s is not None:
            return "answered" if due_s is None or self._answered_s <= due_s else "answered late"
        if self._ended_s is not None:
            return "missed"
        if self._units:
            return "passed"
        return "read" if self._read_s is not None else "called"

    def _due_s(self) -> float | None:
        match self._opening.what:
            case Exercise.SCHEDULED | Exercise.SURPRISE:
                return self._opening.at_s + self._rules.answer_s
            case Exercise.END_TO_END:
                return self._opening.at_s + self._rules.end_to_end_s
        return None

    def _dues(self) -> tuple[Due, ...]:
        due_s = self._due_s()
        if due_s is None:
            return ()
        is_call = self._opening.what in CALLS
        what = "answer to the DRILL" if is_call else "units' acknowledgement of the DRILL"
        clause = self._rules.clause
        owed = Due(what=what, party=self._callee, at_s=due_s, clause=clause)
        if is_call or self._read_s is not None:
            return (owed,)
        read_by_s = self._opening.at_s + self._rules.answer_s
        reading = Due(
            what="reading of the DRILL", party=self._callee, at_s=read_by_s, clause=clause
        )
        return (reading, owed) if read_by_s < due_s else (owed,)
