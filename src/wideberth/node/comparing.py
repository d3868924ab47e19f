"""What is in force, compared by hash on a schedule (R10): a difference is an alarm, field by field.

Each side sends a hash of what it has told the other, a stretch of the list at a time, so that a
list of any length costs little at once. Messages come in order, so whoever gets it has had
everything that was told before, and the hashes must be equal. If they are not, the items go back,
then the activities that differ. Hashes are taken of what is kept, not of what was once written
down about it: a store that was altered behind its node's back is found out.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec
from msgspec import Struct

from wideberth.errors import WideberthError
from wideberth.model.activity import Activity, State
from wideberth.node import tables
from wideberth.node.differing import Lines, Stretch, differences, note
from wideberth.node.outgoing import send
from wideberth.node.records import Held, Peer
from wideberth.node.refusals import NotAllowedError
from wideberth.node.telling import (
    OVER,
    Told,
    as_told,
    declaration,
    digest_of,
    is_suspended,
    told_to,
)
from wideberth.node.work import Work
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import Declare, InForce, InForceBodies, InForceItem, InForceItems
from wideberth.peering.wire import from_wire

MOST_ITEMS: Final = 250  # in one message
MOST_BODIES: Final = 100  # enough to see what is wrong; of the rest the count is told
MOST_BYTES: Final = 700_000  # of bodies, so that they fit one envelope

_UNREADABLE: Final = (msgspec.MsgspecError, WideberthError)


class _InState(Struct):
    state: State


class _Glance(Struct):
    """As much of what is held as says whether it is in force."""

    activity: _InState


def ours(work: Work, party: str, stretch: Stretch) -> Iterator[InForceItem]:
    """Yield what we have told a peer, as we hold it now, in the order of the store."""
    receipted = work.peer(party).receipted
    for key, raw in _rows(work, tables.TOLD, stretch.keys(party)):
        told, name = msgspec.json.decode(raw, type=Told), tables.parts(key)[-1]
        if told.state in OVER:
            if told.sequence <= receipted and not told.recalled:
                work.draft.delete(tables.TOLD, key)  # nothing is left to be told of it
        elif not told.recalled:
            record = work.draft.get(tables.ACTIVITY, tables.key(work.party, name))
            if record is None:
                yield _gone(name, told.revision)
            else:
                yield _item(name, record, disclosed)


def theirs(work: Work, party: str, stretch: Stretch) -> Iterator[InForceItem]:
    """Yield what a peer has in force as we hold it, in the order of the store."""
    for key, record in _rows(work, tables.ACTIVITY, stretch.keys(party)):
        if _is_in_force(record):
            yield _item(tables.parts(key)[-1], record, _as_it_is)


def _rows(work: Work, table: str, keys: tuple[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the rows from a key on to before another, reading no more at once than are used."""
    first, before = keys
    while True:
        page = list(work.draft.scan(table, first=first, before=before, limit=MOST_ITEMS + 1))
        yield from page
        if len(page) <= MOST_ITEMS:
            return
        first = f"{page[-1][0]}\0"


def digest(items: Iterable[InForceItem]) -> str:
    """Return the hash of a list of what is in force (hex SHA-256)."""
    return hashlib.sha256(msgspec.json.encode(sorted(items, key=_by_name))).hexdigest()


def _by_name(item: InForceItem) -> str:
    return item.activity


def announce(work: Work, peer: Peer) -> bool:
    """Send a peer the hash of the next stretch of what we told it; return whether it is the last.

    The first stretch begins before all names and the last ends after all, so that what only the
    other side holds is found as well.
    """
    cursor = tables.key("compared up to", peer.party)
    first = (work.draft.get(tables.META, cursor) or b"").decode()
    items = list(islice(ours(work, peer.party, Stretch(first)), MOST_ITEMS + 1))
    before = items[MOST_ITEMS].activity if len(items) > MOST_ITEMS else ""
    work.draft.put(tables.META, cursor, before.encode())
    told = items[:MOST_ITEMS]
    said = InForce(digest=digest(told), count=len(told), first=first, before=before)
    send(work, peer.party, said)
    return not before


def is_between(work: Work, party: str) -> bool:
    """Return whether a comparison has begun and not yet come to the end of the list."""
    return bool(work.draft.get(tables.META, tables.key("compared up to", party)))


def compare(work: Work, body: InForce, sender: str) -> None:
    """Compare a peer's hash with what we hold of it; send our items back where they differ.

    Where they differed before and do not now, the items go back too: the peer's alarm ends by them.
    """
    if body.count > MOST_ITEMS:
        raise NotAllowedError(f"at most {MOST_ITEMS} activities are compared at once.")
    stretch = Stretch(body.first, body.before)
    items = list(islice(theirs(work, sender, stretch), MOST_ITEMS + 1))
    is_same = len(items) == body.count and digest(items) == body.digest
    had = differences(work, sender, "theirs")
    line = "the lists of what is in force differ; the items are being compared"
    note(work, sender, "theirs", stretch, {} if is_same else {body.first: (line,)})
    if is_same and not any(stretch.holds(name) for name in had):
        return
    if len(items) > MOST_ITEMS:
        stretch = Stretch(body.first, items[MOST_ITEMS].activity)
    said = InForceItems(
        party=sender, items=tuple(items[:MOST_ITEMS]), first=stretch.first, before=stretch.before
    )
    send(work, sender, said)


def answer_items(work: Work, body: InForceItems, sender: str, *, seen: int) -> None:
    """Compare a peer's list of our activities with what we told it; send those that differ.

    seen: our newest message that the peer had when it wrote. What was told later is still on its
    way, and no difference.
    """
    if body.party != work.party:
        raise NotAllowedError("the list is of another party's activities.")
    if is_suspended(work.peer(sender)):
        return  # what differs has not been told
    stretch = Stretch(body.first, body.before)
    mine = {item.activity: item for item in ours(work, sender, stretch)}
    held = {item.activity: item for item in body.items if stretch.holds(item.activity)}
    unlike = [
        name
        for name in sorted(mine | held)
        if mine.get(name) != held.get(name) and not _is_on_its_way(work, sender, name, seen)
    ]
    lines = {name: (_line(name, mine.get(name), held.get(name)),) for name in unlike}
    note(work, sender, "ours", stretch, lines)
    bodies = _bodies(work, [name for name in unlike if name in mine])
    absent = tuple(name for name in unlike if name not in mine)[:MOST_BODIES]
    said = InForceBodies(
        activities=bodies,
        absent=absent,
        more=len(unlike) - len(bodies) - len(absent),
        first=stretch.first,
        before=stretch.before,
    )
    send(work, sender, said)


def compare_bodies(work: Work, body: InForceBodies, sender: str) -> None:
    """Compare a peer's activities with what we hold of them, field by field."""
    lines: Lines = {
        name: (f"{name}: in force here, not with {sender}",)
        for name in body.absent
        if work.draft.get(tables.ACTIVITY, tables.key(sender, name)) is not None
    }
    for there in body.activities:
        name = there.activity.id
        try:
            held = work.held(sender, name)
            found = _unlike(sender, there, None if held is None else as_told(held))
        except _UNREADABLE:
            found = [f"{name}: what is held here cannot be read"]
        if found:
            lines[name] = tuple(found)
    if body.more:
        more = (f"{body.more} more differ",)
        lines[body.first] = (*lines.get(body.first, ()), *more)
    note(work, sender, "theirs", Stretch(body.first, body.before), lines)


def _unlike(sender: str, there: Declare, here: Declare | None) -> list[str]:
    """Return one line for each field in which a peer's declaration and ours of it differ."""
    name = there.activity.id
    if here is None:
        return [f"{name}: in force with {sender}, unknown here"]
    return [
        *_fields(name, here, there, but="activity"),
        *_fields(name, here.activity, there.activity, but="volumes"),
        *_volumes(name, here, there),
    ]


def _fields(name: str, here: Struct, there: Struct, *, but: str) -> Iterator[str]:
    for field in here.__struct_fields__:
        one, other = getattr(here, field), getattr(there, field)
        if field != but and one != other:
            yield f"{name}: {field} is {one!s} here, {other!s} there"


def _volumes(name: str, here: Declare, there: Declare) -> Iterator[str]:
    mine = {volume.id: volume for volume in here.activity.volumes}
    its = {volume.id: volume for volume in there.activity.volumes}
    for volume in sorted(mine.keys() | its.keys()):
        a, b = mine.get(volume), its.get(volume)
        if a is None or b is None:
            yield f"{name}: volume {volume} is only {'there' if a is None else 'here'}"
        elif a != b:
            unlike = [f for f in a.__struct_fields__ if getattr(a, f) != getattr(b, f)]
            yield f"{name}: volume {volume} differs in {', '.join(unlike)}"


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


def _bodies(work: Work, names: list[str]) -> tuple[Declare, ...]:
    """Return the first of some own activities as a peer may see them, as many as fit."""
    found: list[Declare] = []
    size = 0
    for name in names[:MOST_BODIES]:
        try:
            held = work.held(work.party, name)
            one = None if held is None else declaration(held)
        except _UNREADABLE:
            continue
        if one is None:
            continue
        size += len(msgspec.json.encode(one))
        if size > MOST_BYTES:
            break
        found.append(one)
    return tuple(found)


def _is_on_its_way(work: Work, party: str, name: str, seen: int) -> bool:
    told = told_to(work.draft, party, name)
    return told is not None and told.sequence > seen


def _is_in_force(record: bytes) -> bool:
    try:
        return msgspec.json.decode(record, type=_Glance).activity.state not in OVER
    except msgspec.MsgspecError:
        return True  # it is compared, and found to differ


def _as_it_is(activity: Activity) -> Activity:
    """Return a peer's activity as it was told: the hull of a hull would be a wider one."""
    return activity


def _item(name: str, record: bytes, as_seen: Callable[[Activity], Activity | None]) -> InForceItem:
    """Return the item of an activity that is kept here."""
    try:
        held = msgspec.json.decode(record, type=Held)
        seen = as_seen(from_wire(held.activity, is_checked=True))
        hashed = "" if seen is None else digest_of(seen, held)
    except _UNREADABLE:
        return _gone(name, 0)
    return InForceItem(
        activity=name,
        revision=held.activity.revision,
        state=held.activity.state,
        digest=hashed,
    )


def _gone(name: str, revision: int) -> InForceItem:
    """Return the item of an activity of which nothing is left here."""
    return InForceItem(activity=name, revision=revision, state=State.ACCEPTED, digest="")
