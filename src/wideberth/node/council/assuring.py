"""What a node does about assurances: they are kept where the search finds them, and lapse."""

from typing import Final

from wideberth.council import assurance
from wideberth.council.assurance import Now
from wideberth.council.matter import Matter, Step
from wideberth.node import keeping, promises, tables
from wideberth.node.council import matters
from wideberth.node.promise_records import Promise
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.council.assurance import AssuranceGiven, AssuranceLapsed
from wideberth.peering.council.bodies import CouncilBody

MOST_STANDING: Final = 200  # of one party: each of its activities is held against all of them
_NODE: Final = "node"


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Search anew after a step."""
    if isinstance(step.said, AssuranceGiven):
        _refuse_too_many(work, one)
        if step.party == work.party:
            _refuse_unknown_concern(work, step.said)
    _settle(work, one)
    return ()


def looked(work: Work, one: Matter) -> tuple[CouncilBody, ...]:
    """End what has lapsed; at its giver's node, put that on record."""
    _settle(work, one)
    if not assurance.lapse_due(one, work.party, work.now_s, work.agreement):
        return ()
    return (AssuranceLapsed(opener=one.opener, matter=one.id, role=_NODE),)


def _settle(work: Work, one: Matter) -> None:
    found = assurance.stand(one, work.agreement)
    now = assurance.now_of(found, work.now_s)
    promise = Promise(party=one.opener, id=one.id, scope=found.scope, clause=found.clause)
    key = tables.key(one.opener, one.id)
    if now in (Now.LAPSED, Now.WITHDRAWN):
        work.draft.delete(tables.PROMISE, key)
        earlier = promises.by_assurance(work.draft, one.opener, one.id)
        promises.end(work, earlier, f"the assurance is {now.value}")
        promises.judged_whole(work, promise)
        return
    if promises.promise(work.draft, one.opener, one.id) != promise:
        work.save(tables.PROMISE, key, promise)
    keeping.look_for(work, promise)


def _refuse_too_many(work: Work, one: Matter) -> None:
    if len(promises.standing(work.draft, one.opener, work.now_s)) >= MOST_STANDING:
        raise NotAllowedError(
            f"more than {MOST_STANDING} assurances of one party stand.",
            remedy="Withdraw one, or give one that covers several.",
        )


def _refuse_unknown_concern(work: Work, said: AssuranceGiven) -> None:
    if not said.answers:
        return
    parts = said.answers.split("/")
    known = len(parts) == 3 and parts[0] == "concern"
    if not known or matters.matter(work.draft, *parts) is None:
        raise NotAllowedError(
            "the concern that it answers is not known.", remedy="Name it: concern/OPENER/ID."
        )
