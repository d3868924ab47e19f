"""Caveats that a node keeps by itself: what a declaration says of third parties is never forgotten.

A declaration that names third parties opens one; other words, another time or shape have them told
anew; words taken out withdraw it; an activity that is over ends it. A peer learns by none of this
what it was not told: an activity that is private, or that waits for a suspended exchange, says
nothing here before the peer is told of it (R12).
"""

from collections.abc import Iterator
from typing import Any, Final

from wideberth.council import caveat
from wideberth.council.caveat import CaveatStand
from wideberth.council.caveat_words import about_activity, activity_of
from wideberth.council.matter import Matter, Step
from wideberth.node import queries, tables
from wideberth.node.council import matters
from wideberth.node.council.known import BY_ITSELF, Known, Name, has_all, known_of, may_be_told
from wideberth.node.refusals import NotAllowedError
from wideberth.node.telling import told_to
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.caveat import (
    CaveatChanged,
    CaveatEnded,
    CaveatRaised,
    CaveatWithdrawn,
)

NOBODY: Final = "the declaration names nobody any more"


def to_be_said(work: Work, name: Name) -> tuple[CouncilBody, ...]:
    """Return what has changed for the caveats about an activity, and the caveat it still lacks."""
    known = known_of(work, name)
    if known is None:
        return ()
    ours = list(_ours_about(work, name))
    said = [
        body for one in ours for body in _news(work, one, caveat.stand(one, work.agreement), known)
    ]
    if name[0] == work.party and not known.seen.is_over:
        said += _lacking(work, known, ours)
    return tuple(said)


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Note which activity our own caveat is about; raises NotAllowedError for a private matter."""
    said = step.said
    if not isinstance(said, CaveatRaised) or one.opener != work.party:
        return ()
    _refuse_private(work, said)
    name = activity_of(said.about)
    if name is None:
        return ()
    work.draft.put(tables.CAVEAT_OF, tables.key(*name, one.id), b"")
    found: CaveatStand = caveat.stand(one, work.agreement)
    return _news(work, one, found, known_of(work, name))


def _ours_about(work: Work, name: Name) -> Iterator[Matter]:
    """Yield our own caveats about an activity."""
    first, before = tables.under(*name)
    for key, _nothing in work.draft.scan(tables.CAVEAT_OF, first=first, before=before):
        found = matters.matter(work.draft, "caveat", work.party, tables.parts(key)[-1])
        if found is not None:
            yield found


def _news(
    work: Work, one: Matter, found: CaveatStand, known: Known | None
) -> tuple[CouncilBody, ...]:
    """Return what is to be said in a caveat now; nothing that its parties were not told before."""
    if known is None or not _is_told(work, one, known):
        return ()
    named: dict[str, Any] = {"opener": one.opener, "matter": one.id, "role": BY_ITSELF}
    if known.seen.is_over or _is_recalled(work, one, known):
        is_over = found.state in ("ended", "not relayed", "withdrawn")
        return () if is_over else (CaveatEnded(**named),)
    who = known.held.third_parties.strip() if found.declared else found.who
    if not who:
        is_over = found.state == "withdrawn"
        return () if is_over else (CaveatWithdrawn(reason=NOBODY, **named),)
    is_back = found.state == "withdrawn" and found.reason == NOBODY
    if (who, known.digest) == (found.who, found.digest) and not is_back:
        return ()
    if found.state == "withdrawn" and not found.declared:
        return ()
    begins_s = known.begins_s
    if not found.digest and found.begins_s is not None:  # what its raiser said of it
        begins_s = found.begins_s if begins_s is None else min(begins_s, found.begins_s)
    return (CaveatChanged(who=who, begins_s=begins_s, digest=known.digest, **named),)


def _is_told(work: Work, one: Matter, known: Known) -> bool:
    """Return whether every other party of a caveat knows the activity as it is now."""
    if known.seen.party != work.party:
        return set(one.parties) <= {work.party, known.seen.party}
    return all(has_all(work, party, known) for party in one.others(work.party))


def _is_recalled(work: Work, one: Matter, known: Known) -> bool:
    if known.seen.party != work.party:
        return False
    told = [told_to(work.draft, party, known.seen.id) for party in one.others(work.party)]
    return all(t is not None and t.recalled for t in told)


def _lacking(work: Work, known: Known, ours: list[Matter]) -> list[CouncilBody]:
    """Return the caveat of a declaration for the parties that know of it and have none yet."""
    who = known.held.third_parties.strip()
    if not who:
        return []
    name = (known.seen.party, known.seen.id)
    have = {party for one in ours if _is_declared(one) for party in one.parties}
    lacking = tuple(
        peer.party
        for peer in work.peers()
        if peer.party not in have and may_be_told(work, peer.party, known)
    )
    if not lacking:
        return []
    said = CaveatRaised(
        role=BY_ITSELF,
        parties=(work.party, *lacking),
        who=who,
        about=about_activity(*name),
        owed_by=work.party,
        owed_role=known.held.contact,
        begins_s=known.begins_s,
        declared=True,
        digest=known.digest,
    )
    return [said]


def _is_declared(one: Matter) -> bool:
    return isinstance(one.opening, CaveatRaised) and one.opening.declared


def _refuse_private(work: Work, said: CaveatRaised) -> None:
    """Refuse to tell peers of an activity or a conflict that they must not know of."""
    kind, _slash, name = said.about.partition("/")
    is_private = False
    named = activity_of(said.about)
    if named is not None and named[0] == work.party:
        held = work.held(*named)
        is_private = held is not None and known_of(work, named) is None
    if kind == "conflict":
        met = queries.conflict(work.draft, name)
        is_private = met is not None and met.private
    if is_private:
        raise NotAllowedError(
            "what is private cannot be named to a peer.", remedy="Say it in words, as an area."
        )
