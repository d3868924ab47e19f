"""What a node refuses to put into a concern: what the other side is not to know of."""

from wideberth.council.matter import Matter, Step
from wideberth.model.activity import Disclosure
from wideberth.node import queries, tables
from wideberth.node.refusals import NotAllowedError
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
            held = work.held(party, name)
            unknown = held is None or held.activity.disclose is Disclosure.PRIVATE
        case Evidence.CONFLICT:
            met = queries.conflict(work.draft, cited.what)
            unknown = met is None or met.private or not {met.a.party, met.b.party} <= {*one.parties}
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


_NAMES = {
    Evidence.ACTIVITY: "an activity",
    Evidence.CONFLICT: "a conflict",
    Evidence.NOTICE: "a notice",
    Evidence.INTERFERENCE: "a case of interference",
    Evidence.MATTER: "a matter",
}
