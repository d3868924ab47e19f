"""The check: activities and an agreement in, conflicts out; no file, clock or screen."""

from collections.abc import Sequence

from wideberth.arenas import all_rules, standing_activities
from wideberth.engine.detect import Progress, Question, find_conflicts, lay_out, not_judged
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import CheckResult, Link


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
    activity, carried into the result. Activities that are over take no room.
    """
    rules = all_rules(agreement)
    question = Question(agreement.heights, within, fast, about)
    declared = lay_out(activities, agreement.heights, progress)
    standing = standing_activities(agreement)
    field = lay_out([*activities, *standing], agreement.heights, progress) if standing else declared
    return CheckResult(
        activities=tuple(sorted(activities, key=lambda a: (a.party, a.id))),
        conflicts=find_conflicts(field, rules, question, progress),
        agreement=agreement,
        not_judged=not_judged(declared, rules, question),
        links=(*links, *_declared_links(activities, links)),
        within=within,
    )


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
