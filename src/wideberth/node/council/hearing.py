"""What peers say in the council: taken where that party may say it, in the place of its turn."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from wideberth.council.kinds import KINDS
from wideberth.council.matter import Matter, Step
from wideberth.errors import WideberthError
from wideberth.node import tables
from wideberth.node.council import matters
from wideberth.node.council.saying import settled
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.said import Opening, Said

MOST_EARLY: Final = 100  # steps of one party in matters whose opening has not come yet
LATEST_S: Final = 86_400.0  # a step is said again after its sender's clock was put back
FARTHEST_TURN: Final = 1000  # a turn so far beyond what is known here is no honest one
Logged = tuple[str, int]  # hash of the message, index in our log


class Early(Struct, frozen=True):
    """A step that came before its matter's opening, which a third party sent."""

    party: str
    said: CouncilBody
    message: str
    index: int
    known_s: float


def refuse_later(said: Said, sent_s: float) -> None:
    """Refuse a step of a time after its message was sent, by the same clock.

    Clocks count from the times in steps: it would put off what its sender owes.
    """
    if said.at_s > sent_s + LATEST_S:
        raise NotAllowedError("a step of a time after its message was sent.")


def heard(work: Work, said: CouncilBody, sender: str, logged: Logged) -> None:
    """Take a step of a peer's; raises what becomes the problem in the receipt."""
    if not said.role.strip():
        raise NotAllowedError("a step without a role.")
    message, index = logged
    step = Step(party=sender, said=said, known_s=work.now_s, message=message, index=index)
    if isinstance(said, Opening):
        _opened(work, said, step)
        return
    found = matters.matter(work.draft, said.kind, said.opener, said.matter)
    if found is None:
        _keep_early(work, step)
        return
    _go_on(work, found, step)


def _opened(work: Work, said: Any, step: Step) -> None:
    if said.opener != step.party:
        raise NotAllowedError("a matter opened in the name of another party.")
    if said.turn != 1 or not said.matter.strip():
        raise NotAllowedError("an opening without a name, or not in turn.")
    strangers = [party for party in said.parties if party not in work.agreement.parties]
    if strangers or not {step.party, work.party} <= set(said.parties):
        raise NotAllowedError("the matter's parties are not those of the agreement, or lack one.")
    if len(set(said.parties)) != len(said.parties):
        raise NotAllowedError("a party is named twice.")
    if matters.matter(work.draft, said.kind, said.opener, said.matter) is not None:
        raise NotAllowedError("the sender has opened a matter of that name already.")
    KINDS[said.kind].may(None, said, step.party, work.agreement)
    found = Matter(
        kind=said.kind,
        opener=said.opener,
        id=said.matter,
        parties=said.parties,
        opened_s=work.now_s,
        steps=(step,),
    )
    settled(work, found, step)
    _take_early(work, found)


def _go_on(work: Work, found: Matter, step: Step) -> None:
    if step.party not in found.parties:
        raise NotFoundError("the sender has no part in a matter of that name.")
    own_last = max((s.said.turn for s in found.steps if s.party == step.party), default=1)
    if not own_last < step.said.turn <= found.last_turn + FARTHEST_TURN:
        raise NotAllowedError("the step is not in turn.")
    if matters.is_full(found, step.party):
        raise NotAllowedError("the sender has said far too much in this matter.")
    KINDS[found.kind].may(found, step.said, step.party, work.agreement)
    settled(work, found.with_step(step), step)


def _keep_early(work: Work, step: Step) -> None:
    """Keep a step until the opening comes, where a third party owes us that; else refuse it."""
    said = step.said
    if said.opener in (step.party, work.party) or said.opener not in work.agreement.parties:
        raise NotFoundError(f"there is no {said.kind} of that name between us and the sender.")
    first, before = tables.under(step.party)
    if sum(1 for _row in work.draft.scan(tables.MATTER_EARLY, first=first, before=before)) >= (
        MOST_EARLY
    ):
        raise NotAllowedError("too many steps in matters that nobody has opened here.")
    early = Early(step.party, said, step.message, step.index, step.known_s)
    key = tables.key(step.party, step.index)
    work.draft.put(tables.MATTER_EARLY, key, msgspec.json.encode(early))


def _take_early(work: Work, found: Matter) -> None:
    """Take the steps of a matter that came before its opening, in the order of their turns."""
    for party in found.others(work.party):
        first, before = tables.under(party)
        for key, record in list(work.draft.scan(tables.MATTER_EARLY, first=first, before=before)):
            early = msgspec.json.decode(record, type=Early)
            if (early.said.kind, early.said.opener, early.said.matter) != (
                found.kind,
                found.opener,
                found.id,
            ):
                continue
            work.draft.delete(tables.MATTER_EARLY, key)
            step = Step(
                party=early.party,
                said=early.said,
                known_s=early.known_s,
                message=early.message,
                index=early.index,
            )
            _take_one_early(work, found, step)


def _take_one_early(work: Work, found: Matter, step: Step) -> None:
    """Take a step that waited; its receipt said "accepted" already, so a refusal is an alarm."""

    def take(attempt: Work) -> None:
        _go_on(attempt, matters.existing(attempt, found.kind, found.opener, found.id), step)

    try:
        work.attempt(take)
    except WideberthError as error:
        text = f"a step of {step.party}'s in {found.ref} could not be taken: {error.what}"
        work.raise_alarm("step not taken", step.message, text)
