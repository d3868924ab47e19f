"""What does this emitter do: every receiver it reaches, worst first, and what would be enough.

It asks the check itself, so that the two never differ: the conflicts here are those of the check
in which the emission has a part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.assessing.needed import Needed, needed
from wideberth.checking import check
from wideberth.engine.field import Progress, no_progress
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.budget import LinkBudget
from wideberth.model.conflict import Conflict, NotJudged, VolumeRef
from wideberth.model.volume import Role, Volume

UNTOUCHED: Final = Needed(None, "distance plays no part in it")


class UnknownEmissionError(WideberthError):
    """There is no such activity among those given, or it does not radiate."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which emission is asked about; volume: empty for all that the activity radiates."""

    party: str
    activity: str
    volume: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One finding in which the emission has a part, and the distance that would be enough.

    ours, theirs: the emission's volume and the other of the two that the finding names.
    """

    conflict: Conflict
    ours: VolumeRef
    theirs: VolumeRef
    needed: Needed

    @property
    def budget(self) -> LinkBudget | None:
        """Return what was reckoned, where a receiver is the matter."""
        return self.conflict.finding.budget

    @property
    def is_cleared(self) -> bool:
        """Return whether a model cleared it."""
        return self.conflict.finding.is_cleared


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an emitter does.

    effects: worst first, what a model cleared last. not_judged: as the check says it: what was not
    judged is not clear.
    """

    subject: Subject
    volumes: tuple[Volume, ...]
    effects: tuple[Effect, ...]
    not_judged: tuple[NotJudged, ...]
    agreement: Agreement

    @property
    def is_clear(self) -> bool:
        """Return whether nothing is to be done about any of it."""
        return all(effect.is_cleared for effect in self.effects)


Refine = Callable[[Conflict, Volume, Volume], Conflict]


def assess(  # noqa: PLR0913 - two values, whom it is about, and three named options
    activities: Sequence[Activity],
    agreement: Agreement,
    subject: Subject,
    *,
    within: bool = False,
    refine: Refine | None = None,
    progress: Progress = no_progress,
) -> Assessment:
    """Return everything that an emission does to others under an agreement.

    within: to receivers of its own party, too. refine: may clear a finding on an emission and one
    receiver by a closer look, over terrain for one. Raises UnknownEmissionError.
    """
    emitting = emissions(activities, subject)
    about = frozenset({(subject.party, subject.activity)})
    result = check(activities, agreement, within=within, about=about, progress=progress)
    volumes = {
        (activity.party, activity.id, volume.id): volume
        for activity in result.activities
        for volume in activity.volumes
    }
    names = {volume.id for volume in emitting}
    effects = []
    found = [*result.conflicts, *result.cleared]
    for k, conflict in enumerate(found):
        progress("asking for distances", k, len(found))
        sides = _sides(conflict, subject, names)
        if sides is None:
            continue
        ends = [volumes.get((ref.party, ref.activity, ref.volume)) for ref in sides]
        if refine is not None and ends[0] is not None and ends[1] is not None:
            conflict = refine(conflict, ends[0], ends[1])  # noqa: PLW2901 - the same, looked at closer
        budget = conflict.finding.budget
        effects.append(Effect(conflict, *sides, UNTOUCHED if budget is None else needed(budget)))
    effects.sort(key=_worst_first)
    return Assessment(subject, emitting, tuple(effects), result.not_judged, agreement)


def emissions(activities: Sequence[Activity], subject: Subject) -> tuple[Volume, ...]:
    """Return what the subject radiates; raises UnknownEmissionError, which says what there is."""
    found = [a for a in activities if (a.party, a.id) == (subject.party, subject.activity)]
    if not found:
        raise UnknownEmissionError(
            f"there is no activity {subject.party}/{subject.activity}.", remedy=_known(activities)
        )
    if found[0].is_over:
        raise UnknownEmissionError(
            f"{subject.party}/{subject.activity} is over and radiates nothing.",
            remedy=_known(activities),
        )
    emitting = tuple(v for v in found[0].volumes if v.role is Role.EMIT)
    chosen = tuple(v for v in emitting if subject.volume in ("", v.id))
    if not chosen:
        what = f"{subject.party}/{subject.activity} radiates nothing"
        what += f" in a volume {subject.volume!r}." if subject.volume else "."
        names = ", ".join(v.id for v in emitting)
        raise UnknownEmissionError(
            what, remedy=f"Its emissions: {names}." if names else _known(activities)
        )
    return chosen


def _known(activities: Sequence[Activity]) -> str:
    """Return the emitters there are, as a remedy."""
    names = sorted(
        f"{a.party}/{a.id}"
        for a in activities
        if not a.is_over and any(v.role is Role.EMIT for v in a.volumes)
    )
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"Emitters: {shown}." if names else "No activity radiates."


def _sides(
    conflict: Conflict, subject: Subject, names: set[str]
) -> tuple[VolumeRef, VolumeRef] | None:
    """Return the emission's volume and the other one; None: it has no part in the conflict."""

    def is_ours(ref: VolumeRef) -> bool:
        return (ref.party, ref.activity) == (subject.party, subject.activity) and (
            ref.volume in names
        )

    if is_ours(conflict.a):
        return conflict.a, conflict.b
    if is_ours(conflict.b):
        return conflict.b, conflict.a
    budget = conflict.finding.budget
    for one in budget.contributors if budget is not None else ():
        ref = VolumeRef(one.party, one.activity, 0, one.volume)
        if is_ours(ref):
            return ref, _receiver_of(conflict, budget)
    return None


def _receiver_of(conflict: Conflict, budget: LinkBudget | None) -> VolumeRef:
    """Return which of the two volumes of a conflict is no contributor: the receiver."""
    emitting = {
        (one.party, one.activity, one.volume) for one in (budget.contributors if budget else ())
    }
    is_first = (conflict.a.party, conflict.a.activity, conflict.a.volume) in emitting
    return conflict.b if is_first else conflict.a


def _worst_first(effect: Effect) -> tuple[bool, bool, float, VolumeRef, VolumeRef, str]:
    """Return what sorts: what is open before what is cleared; in it the least margin first."""
    budget = effect.budget
    margin_db = None if budget is None else budget.margin_db
    margin = float("-inf") if margin_db is None else margin_db
    rule = effect.conflict.finding.rule
    return effect.is_cleared, budget is not None, margin, effect.ours, effect.theirs, rule
