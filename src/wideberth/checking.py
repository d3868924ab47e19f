"""The check: activities and an agreement in, conflicts out; no file, clock or screen."""

from collections.abc import Sequence
from dataclasses import replace

from wideberth.arenas import all_joint_rules, all_rules, standing_activities
from wideberth.engine.caution import areas_entered, words_of
from wideberth.engine.detect import find, not_judged
from wideberth.engine.field import Progress, Question, lay_out
from wideberth.engine.protected import protected_conflicts
from wideberth.interference.craft import equipped
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import CheckResult, Conflict, Link
from wideberth.model.volume import Role


def check(  # noqa: PLR0913 - two values and five named options
    activities: Sequence[Activity],
    agreement: Agreement,
    *,
    within: bool = False,
    fast: bool | None = None,
    about: frozenset[tuple[str, str]] | None = None,
    links: Sequence[Link] = (),
    progress: Progress = lambda _step, _done, _total: None,
) -> CheckResult:
    """Return every conflict between parties' activities under an agreement.

    within: also between activities of one party. fast: True for the compiled search, False for
    the plain one, None to choose by size; all three give the same answer. about: only conflicts of
    these activities, (party, id) each; None: of all. links: notices known to speak of one
    activity, carried into the result. Activities that are over take no room. The activities of the
    result hold the receivers that their equipage brings, too.
    """
    rules = all_rules(agreement)
    question = Question(agreement.heights, within, fast, about)
    activities = [equipped(activity, agreement.spectrum) for activity in activities]
    declared = lay_out(activities, agreement.heights, progress)
    standing = standing_activities(agreement) if _is_anything_radiated(activities) else ()
    field = lay_out([*activities, *standing], agreement.heights, progress) if standing else declared
    found = find(field, rules, all_joint_rules(agreement), question, progress)
    kept = protected_conflicts(activities, agreement, question, progress)
    conflicts = _in_order((*found.conflicts, *kept)) if kept else found.conflicts
    return CheckResult(
        activities=tuple(sorted(activities, key=lambda a: (a.party, a.id))),
        conflicts=_with_cautions(conflicts, activities, agreement),
        agreement=agreement,
        not_judged=not_judged(declared, rules, question),
        links=(*links, *_declared_links(activities, links)),
        within=within,
        cleared=found.cleared,
    )


def _in_order(conflicts: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    return tuple(sorted(conflicts, key=lambda c: (c.a, c.b, c.finding.rule)))


def _with_cautions(
    conflicts: tuple[Conflict, ...], activities: Sequence[Activity], agreement: Agreement
) -> tuple[Conflict, ...]:
    """Return the conflicts, each with the caution areas that its activities enter as notes."""
    if not (agreement.caution_areas and conflicts):
        return conflicts
    named = {(ref.party, ref.activity) for one in conflicts for ref in (one.a, one.b)}
    entered = {
        (one.party, one.id): [f"In {words_of(a, agreement)}" for a in areas_entered(one, agreement)]
        for one in activities
        if (one.party, one.id) in named
    }
    found = []
    for one in conflicts:
        names = ((ref.party, ref.activity) for ref in (one.a, one.b))
        said = dict.fromkeys(words for name in names for words in entered.get(name, ()))
        notes = (*one.finding.notes, *said)
        found.append(replace(one, finding=replace(one.finding, notes=notes)))
    return tuple(found)


def _is_anything_radiated(activities: Sequence[Activity]) -> bool:
    """Return whether there is an emission, without which no band kept free is touched."""
    return any(volume.role is Role.EMIT for activity in activities for volume in activity.volumes)


def _declared_links(activities: Sequence[Activity], links: Sequence[Link]) -> tuple[Link, ...]:
    """Return the links that files declare themselves, so that none is in force unseen."""
    known = {link.name for link in links}
    members: dict[str, set[tuple[str, str]]] = {}
    for activity in activities:
        if activity.linked and activity.linked not in known:
            members.setdefault(activity.linked, set()).add((activity.party, activity.id))
    why = "their files say that they are one activity"
    return tuple(
        Link(name, tuple(sorted(those)), why, ())
        for name, those in sorted(members.items())
        if len(those) > 1
    )
