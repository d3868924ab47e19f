"""What a node refuses to put into a concern: what the other side is not to know of."""

from wideberth.council.matter import Matter, Step
from wideberth.model.activity import Disclosure
from wideberth.node import queries, tables
from wideberth.node.records import Met
from wideberth.node.refusals import NotAllowedError
from wideberth.node.telling import told_to
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.concern import Cited, ConcernRaised, Evidence


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Refuse own evidence that names what no peer knows of."""
    if isinstance(step.said, ConcernRaised) and step.party == work.party:
        for cited in step.said.evidence:
            _refuse_undisclosed(work, one, cited)
    return ()


def _refuse_undisclosed(work: Work, one: Matter, cited: Cited) -> None:
    """Refuse an activity, conflict or entry that the other parties cannot know.

    What is not here and what is private are refused alike.
    """
    match cited.kind:
        case Evidence.ACTIVITY:
            party, _, name = cited.what.partition("/")
            unknown = not _is_known(work, one, party, name)
        case Evidence.CONFLICT:
            met = queries.conflict(work.draft, cited.what)
            unknown = met is None or met.private or not _are_known(work, one, met)
        case Evidence.NOTICE:
            unknown = queries.notice(work.draft, cited.what) is None
        case Evidence.INTERFERENCE:
            parts = cited.what.split("/", 1)
            unknown = work.draft.get(tables.CASE, tables.key(*parts)) is None
        case Evidence.MATTER:
            parts = cited.what.split("/")
            unknown = work.draft.get(tables.MATTER, tables.key(*parts)) is None
        case _:
            unknown = False
    if unknown:
        raise NotAllowedError(
            f"the evidence names {_NAMES[cited.kind]} that both sides do not know.",
            remedy="Name one that both know, or say it in words.",
        )


def _are_known(work: Work, one: Matter, met: Met) -> bool:
    """Return whether both sides of a conflict are known; the agreement's own bands are."""
    return all(
        side.revision == 0 or _is_known(work, one, side.party, side.activity)
        for side in (met.a, met.b)
    )


def _is_known(work: Work, one: Matter, party: str, activity: str) -> bool:
    """Return whether all parties of a matter know of an activity, as far as is known here."""
    held = work.held(party, activity)
    if held is None or held.activity.disclose is Disclosure.PRIVATE or party not in one.parties:
        return False
    others = one.others(work.party) if party == work.party else ()
    return all(told_to(work.draft, other, activity) is not None for other in others)


_NAMES = {
    Evidence.ACTIVITY: "an activity",
    Evidence.CONFLICT: "a conflict",
    Evidence.NOTICE: "a notice",
    Evidence.INTERFERENCE: "a case of interference",
    Evidence.MATTER: "a matter",
}
