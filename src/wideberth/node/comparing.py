"""What is in force, compared by hash on a schedule (R10): a difference is an alarm, field by field.

Each side sends a hash of what it has told the other. Messages come in order, so whoever gets it
has had everything that was told before, and the hashes must be equal. If they are not, the items
go back, then the activities that differ, and both sides end up with the same list of differences.
"""

import hashlib
from collections.abc import Iterable

import msgspec
from msgspec import structs

from wideberth.model.activity import State
from wideberth.node import tables
from wideberth.node.outgoing import send
from wideberth.node.records import Held, Peer
from wideberth.node.refusals import NotAllowedError
from wideberth.node.telling import Told, digest_of
from wideberth.node.work import Work
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import InForce, InForceBodies, InForceItem, InForceItems
from wideberth.peering.wire import WireActivity, from_wire, to_wire

OVER = (State.ENDED, State.WITHDRAWN)
MOST_BODIES = 100  # enough to see what is wrong; the rest is named by id


def ours(work: Work, party: str) -> tuple[InForceItem, ...]:
    """Return what we have told a peer and is in force, by id."""
    first, before = tables.under(party)
    rows = work.draft.scan(tables.TOLD, first=first, before=before)
    told = [(tables.parts(key)[-1], msgspec.json.decode(raw, type=Told)) for key, raw in rows]
    return tuple(
        InForceItem(activity=name, revision=one.revision, state=one.state, digest=one.digest)
        for name, one in told
        if one.state not in OVER
    )


def theirs(work: Work, party: str) -> tuple[InForceItem, ...]:
    """Return what a peer has in force as we hold it, by id."""
    first, before = tables.under(party)
    rows = work.draft.scan(tables.ACTIVITY, first=first, before=before)
    held = [msgspec.json.decode(raw, type=Held) for _key, raw in rows]
    return tuple(
        InForceItem(
            activity=one.activity.id,
            revision=one.activity.revision,
            state=one.activity.state,
            digest=digest_of(from_wire(one.activity), one),
        )
        for one in held
        if one.activity.state not in OVER
    )


def digest(items: Iterable[InForceItem]) -> str:
    """Return the hash of a list of what is in force (hex SHA-256)."""
    return hashlib.sha256(msgspec.json.encode(sorted(items, key=_by_name))).hexdigest()


def _by_name(item: InForceItem) -> str:
    return item.activity


def announce(work: Work, peer: Peer) -> None:
    """Send a peer the hash of what we told it."""
    items = ours(work, peer.party)
    send(work, peer.party, InForce(digest=digest(items), count=len(items)))


def compare(work: Work, body: InForce, sender: str) -> None:
    """Compare a peer's hash with what we hold of it; send our items back where they differ."""
    items = theirs(work, sender)
    is_same = digest(items) == body.digest and len(items) == body.count
    peer = structs.replace(work.peer(sender), compared_s=work.now_s, compared_same=is_same)
    if is_same:
        work.save_peer(structs.replace(peer, in_force_differences=()))
        work.clear_alarm("in force differs", sender, "both lists are equal again")
        return
    work.save_peer(peer, tell=True)
    _alarm(work, sender, ("the lists of what is in force differ; the items are being compared",))
    send(work, sender, InForceItems(party=sender, items=items))


def answer_items(work: Work, body: InForceItems, sender: str) -> None:
    """Compare a peer's list of our activities with what we told it; send those that differ."""
    if body.party != work.party:
        raise NotAllowedError("the list is of another party's activities.")
    mine = {item.activity: item for item in ours(work, sender)}
    held = {item.activity: item for item in body.items}
    unlike = sorted(name for name in mine | held if mine.get(name) != held.get(name))
    lines = tuple(_line(name, mine.get(name), held.get(name)) for name in unlike)
    peer = structs.replace(
        work.peer(sender),
        compared_s=work.now_s,
        compared_same=not lines,
        in_force_differences=lines,
    )
    work.save_peer(peer, tell=True)
    if not lines:
        return
    _alarm(work, sender, lines)
    bodies = [_as_told(work, name) for name in unlike if name in mine][:MOST_BODIES]
    kept = tuple(wire for wire in bodies if wire is not None)
    absent = tuple(name for name in unlike if name not in mine)[:MOST_BODIES]
    send(work, sender, InForceBodies(activities=kept, absent=absent))


def compare_bodies(work: Work, body: InForceBodies, sender: str) -> None:
    """Compare a peer's activities with what we hold of them, field by field."""
    sent = {wire.id: wire for wire in body.activities}
    lines = [f"{name}: in force here, not with {sender}" for name in body.absent]
    for name, wire in sorted(sent.items()):
        mine = work.held(sender, name)
        if mine is None:
            lines.append(f"{name}: in force with {sender}, unknown here")
        else:
            lines += field_differences(mine.activity, wire)
    if not lines:
        return
    peer = structs.replace(
        work.peer(sender), compared_same=False, in_force_differences=tuple(lines)
    )
    work.save_peer(peer, tell=True)
    _alarm(work, sender, tuple(lines))


def field_differences(here: WireActivity, there: WireActivity) -> list[str]:
    """Return one line for each field in which two forms of an activity differ."""
    lines = []
    for name in WireActivity.__struct_fields__:
        one, other = getattr(here, name), getattr(there, name)
        if one == other:
            continue
        if name != "volumes":
            lines.append(f"{here.id}: {name} is {one!s} here, {other!s} there")
            continue
        mine = {volume.id: volume for volume in one}
        its = {volume.id: volume for volume in other}
        for volume in sorted(mine.keys() | its.keys()):
            a, b = mine.get(volume), its.get(volume)
            if a is None or b is None:
                lines.append(
                    f"{here.id}: volume {volume} is only {'there' if a is None else 'here'}"
                )
            elif a != b:
                fields = [f for f in a.__struct_fields__ if getattr(a, f) != getattr(b, f)]
                lines.append(f"{here.id}: volume {volume} differs in {', '.join(fields)}")
    return lines


def _line(name: str, told: InForceItem | None, held: InForceItem | None) -> str:
    if told is None:
        return f"{name}: in force with the peer, not here"
    if held is None:
        return f"{name}: in force here, unknown to the peer"
    if told.revision != held.revision:
        return f"{name}: revision {told.revision} here, {held.revision} with the peer"
    if told.state is not held.state:
        return f"{name}: {told.state} here, {held.state} with the peer"
    return f"{name}: revision {told.revision} has other content with the peer"


def _as_told(work: Work, name: str) -> WireActivity | None:
    held = work.held(work.party, name)
    seen = None if held is None else disclosed(from_wire(held.activity))
    return None if seen is None else to_wire(seen)


def _alarm(work: Work, party: str, lines: tuple[str, ...]) -> None:
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    work.raise_alarm("in force differs", party, f"{party}: {lines[0]}{more}")
