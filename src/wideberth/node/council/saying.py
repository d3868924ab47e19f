"""What we say in the council: one command for every kind of matter.

A suspended exchange stops none of it: this is the way that stays open (R23). All that is said goes
to every other party of the matter; who gave it here does not.
"""

from dataclasses import dataclass
from typing import Any, Final

from msgspec import structs

from wideberth.council.kinds import KINDS
from wideberth.council.matter import Delivery, Matter, Step
from wideberth.council.refusals import NotFittingError
from wideberth.council.stand import Kind
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.council import attending, hooks, matters
from wideberth.node.outgoing import Sent, send
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.said import Opening

BY_ITSELF: Final = "node"  # who gives what a node says of its own accord
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Say:
    """Open a matter, or say something in one; by: who gives it here.

    said: with opener and matter of the matter that is meant; an opening needs neither (the node
    makes a name where there is none). turn and at_s are the node's to fill in.
    """

    said: CouncilBody
    by: str


def say(work: Work, command: Say) -> Answer:
    """Do what the command asks; raises NotAllowedError, NotFoundError or NotFittingError."""
    said = command.said
    if not said.role.strip():
        raise NotAllowedError("a step without a role.", remedy="Say which role speaks.")
    if isinstance(said, Opening):
        return _open(work, said, command.by)
    return _go_on(work, said, command.by)


def settled(work: Work, one: Matter, step: Step) -> Matter:
    """Keep a matter to which a step was added, and do what the step asks for."""
    matters.keep(work, one)
    after = hooks.AFTER.get(one.kind)
    for said in () if after is None else after(work, one, step):
        say(work, Say(said, BY_ITSELF))
    return attending.look_at(work, matters.existing(work, one.kind, one.opener, one.id))


def _open(work: Work, said: Any, by: str) -> Answer:
    """Open a matter and tell its parties."""
    kind = KINDS[said.kind]
    parties = tuple(dict.fromkeys(said.parties or work.agreement.parties))
    if work.party not in parties:
        parties = (work.party, *parties)
    name = said.matter or _numbered(work, kind)
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise NotAllowedError("the matter's name is blank or too long.", remedy="Leave it out.")
    said = structs.replace(
        said, opener=work.party, matter=name, turn=1, at_s=work.now_s, parties=parties
    )
    if matters.matter(work.draft, kind.name, work.party, name) is not None:
        raise NotAllowedError(
            f"there is a {kind.name} of that name.", remedy="Give it another name."
        )
    kind.may(None, said, work.party, work.agreement)
    _ask(work, None, said, by)
    step = _told(work, said, parties, by)
    opened = Matter(
        kind=kind.name,
        opener=work.party,
        id=name,
        parties=parties,
        opened_s=work.now_s,
        steps=(step,),
    )
    return Answer(matter=settled(work, opened, step))


def _go_on(work: Work, said: Any, by: str) -> Answer:
    """Say something in a matter that there is."""
    found = matters.existing(work, said.kind, said.opener, said.matter)
    kind = KINDS[found.kind]
    said = structs.replace(said, turn=found.last_turn + 1, at_s=work.now_s)
    kind.may(found, said, work.party, work.agreement)
    kind.fits(found, said, work.party, work.agreement)
    _ask(work, found, said, by)
    if matters.is_full(found, work.party):
        raise NotFittingError(
            "this side has said far too much in this matter.", remedy="Open a new one."
        )
    before = hooks.BEFORE.get(found.kind)
    said = said if before is None else before(work, found, said)
    step = _told(work, said, found.parties, by)
    return Answer(matter=settled(work, found.with_step(step), step))


def _ask(work: Work, one: Matter | None, said: Any, by: str) -> None:
    asked = hooks.ASKED.get(said.kind)
    if asked is not None:
        asked(work, one, said, by)


def _told(work: Work, said: CouncilBody, parties: tuple[str, ...], by: str) -> Step:
    """Return our step, with a message on its way to every other party."""
    others = [party for party in parties if party != work.party]
    if not others:
        raise NotAllowedError("a matter needs another party.", remedy="Name one.")
    sent = {party: send(work, party, said) for party in others}
    deliveries = tuple(_delivery(party, one) for party, one in sent.items())
    step = Step(party=work.party, said=said, known_s=work.now_s, by=by, deliveries=deliveries)
    for one in deliveries:
        matters.note_said(work, said, one)
    return step


def _delivery(party: str, sent: Sent) -> Delivery:
    return Delivery(peer=party, message=sent.digest, index=sent.index)


def _numbered(work: Work, kind: Kind) -> str:
    """Return a name that neither this node nor anybody here has given yet."""
    key = tables.key("council", kind.prefix)
    number = int(work.draft.get(tables.META, key) or b"0") + 1
    while matters.matter(work.draft, kind.name, work.party, f"{kind.prefix}-{number}") is not None:
        number += 1
    work.draft.put(tables.META, key, str(number).encode())
    return f"{kind.prefix}-{number}"
