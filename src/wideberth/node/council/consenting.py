"""After a step of a consent: two people for two levels, and notices that count now or no more."""

from msgspec import structs

from wideberth.council import consent
from wideberth.council.consent import ConsentStand
from wideberth.council.matter import Matter, Step
from wideberth.node import climbing, queries, tables
from wideberth.node.council.consents import is_lacking
from wideberth.node.records import Notice, Way
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.consent import ConsentAsked, ConsentGiven


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Find a new consent by its activity, and settle the notices that waited for it.

    Raises NotAllowedError where one person would consent on both levels.
    """
    now = consent.stand(one, work.agreement)
    if isinstance(step.said, ConsentAsked):
        key = tables.key(one.opener, now.activity, now.area)
        if work.draft.get(tables.CONSENT_OF, key) is None:
            work.draft.put(tables.CONSENT_OF, key, one.id.encode())
    if step.party == work.party and isinstance(step.said, ConsentGiven):
        _refuse_one_person(one, step, now)
    for notice in _notices_about(work, (one.opener, now.activity)):
        _settle(work, notice)
    return ()


def _refuse_one_person(one: Matter, step: Step, now: ConsentStand) -> None:
    """Raise NotAllowedError where the other level's consent was given by the same person."""
    given = {(give.turn, give.party) for give in now.given if give.party == step.party}
    if any(s.order in given and s.order != step.order and s.by == step.by for s in one.steps):
        raise NotAllowedError(
            "the same person has consented on the other level.",
            remedy="Another person must consent on this one.",
        )


def _notices_about(work: Work, name: tuple[str, str]) -> list[Notice]:
    """Return the notices of an activity that no later one replaces."""
    first, before = tables.under(*name)
    rows = list(work.draft.scan(tables.NOTICE_OF, first=first, before=before))
    found = (queries.notice(work.draft, message.decode()) for _key, message in rows)
    return [one for one in found if one is not None and not one.superseded and not one.recalled]


def _settle(work: Work, notice: Notice) -> None:
    """Let a notice count from now on, or no more."""
    if notice.effective_s is not None and is_lacking(
        work, (notice.owner, notice.activity), notice.peer
    ):
        work.change_notice(notice, lambda one: structs.replace(one, effective_s=None))
        work.draft.put(tables.WAITING, notice.message, b"")
        return
    receiver = notice.peer if notice.way is Way.OUT else work.party
    climbing.settle(work, notice, notice, receiver)
