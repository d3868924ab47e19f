"""What the called party's node does by itself in a call: it rings roles, and says which.

A call that was read to us by voice before it came over the line is not rung twice.
"""

from wideberth.council import call_stand
from wideberth.council.call_stand import PENDING, CallStand, sides
from wideberth.council.call_voice import heard_name
from wideberth.council.call_watch import ladder, roles_due
from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Seen
from wideberth.node.council import matters
from wideberth.node.watch import on_watch
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.call import CallMade, CallMatched, CallRung

NODE = "node"
NOT_OURS = "call not ours"


def after(work: Work, one: Matter, step: Step) -> tuple[CouncilBody, ...]:
    """Return what the node says after a step: which roles it rings now."""
    if isinstance(step.said, CallMade) and step.party != work.party:
        if step.said.heard is not None:
            _check_ours(work, one, step.said)
            return ()
        heard = matters.matter(work.draft, "call", work.party, heard_name(one.opener, one.id))
        if heard is not None and sides(heard) == sides(one):  # else it is one that we made
            return (_matched(one, heard),)
    return looked(work, one)


def looked(work: Work, one: Matter) -> tuple[CouncilBody, ...]:
    """Return which further roles are rung now, if any; of which nobody has the watch."""
    found = call_stand.stand(one, work.agreement)
    if found.called != work.party or found.state not in PENDING:
        return ()
    due = _manned_too(work, found, roles_due(one, found, _seen(work)))
    before = {rung.role for rung in found.rung if rung.turn > found.asked_turn}
    new = tuple(role for role in due if role not in before)
    if not new:
        return ()
    said = CallRung(
        opener=one.opener,
        matter=one.id,
        role=NODE,
        roles=new,
        unmanned=on_watch.unmanned(work.draft, new),
    )
    return (said,)


def _check_ours(work: Work, one: Matter, said: CallMade) -> None:
    """Raise the alarm where a peer heard by voice a call that we did not make, or not so."""
    assert said.heard is not None, "it was read to the peer"
    ours = matters.matter(work.draft, "call", work.party, said.heard.call)
    if ours is not None and _is_alike(ours.opening, said):
        return
    what = "we did not make" if ours is None else "we made otherwise"
    text = (
        f"{one.ref}: {one.opener} heard by voice a call that {what}, and acts on it."
        " Somebody misheard, or spoke in our name: say at once what holds."
    )
    work.raise_alarm(NOT_OURS, matters.subject(one), text, (said.heard.by_role,))


def _is_alike(ours: CouncilBody, told: CallMade) -> bool:
    assert isinstance(ours, CallMade), "a call opens with a call"
    alike = call_stand.content(ours) == call_stand.content(told)
    return alike and (ours.precedence, ours.to_role) == (told.precedence, told.to_role)


def _seen(work: Work) -> Seen:
    return Seen(work.party, work.now_s, work.agreement)


def _manned_too(work: Work, found: CallStand, due: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles to ring: where none of them has anybody on watch, the next ones as well."""
    ringing = list(due)
    for step in ladder(found, work.agreement):
        if len(on_watch.unmanned(work.draft, tuple(ringing))) < len(ringing):
            break
        ringing.append(step.role)
    return tuple(dict.fromkeys(ringing))


def _matched(one: Matter, heard: Matter) -> CouncilBody:
    came, told = one.opening, heard.opening
    assert isinstance(came, CallMade), "a call opens with a call"
    assert isinstance(told, CallMade), "a call opens with a call"
    same = _is_alike(came, told)
    return CallMatched(opener=one.opener, matter=one.id, role=NODE, other=heard.ref, same=same)
