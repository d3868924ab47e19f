"""What each peer would be told of a declaration: made by what tells them, without telling.

Goes the way of telling as far as that only looks, so that both say the same.
"""

from enum import StrEnum

from msgspec import Struct

from wideberth.errors import WideberthError
from wideberth.model.command import Declare as DeclareCommand
from wideberth.node import queries, telling
from wideberth.node.declaring import drawn_up
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Peer
from wideberth.node.settings import Settings
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import Declare
from wideberth.peering.wire import from_wire


class Hears(StrEnum):
    """What a peer would hear now.

    LATER: the exchange is suspended; it is told when that ends.
    """

    ALL = "all"
    STATE = "state"
    NOTHING = "nothing"
    LATER = "later"


class PeerHears(Struct, frozen=True, kw_only=True):
    """What one peer would hear; declaration: all that it would then know; null: nothing of it.

    knows: the revision that it was told last; null: it was told of none.
    """

    peer: str
    hears: Hears
    declaration: Declare | None
    knows: int | None


def preview(
    reader: Reader, settings: Settings, asked: DeclareCommand, *, now_s: float
) -> tuple[Held, tuple[PeerHears, ...]]:
    """Return the activity as it would be held, and what each peer would hear of it.

    Raises what would refuse the declaration.
    """
    before = queries.activity(reader, settings.party, asked.activity.id)
    held, _activity = drawn_up(settings, asked, before, now_s=now_s)
    said = telling.declaration(held)
    return held, tuple(
        PeerHears(
            peer=peer.party,
            hears=_hears(reader, peer, held),
            declaration=said,
            knows=_knows(reader, peer, held),
        )
        for peer in queries.peers(reader)
    )


def _knows(reader: Reader, peer: Peer, held: Held) -> int | None:
    told = telling.told_to(reader, peer.party, held.activity.id)
    return None if told is None or told.recalled else told.revision


def _hears(reader: Reader, peer: Peer, held: Held) -> Hears:
    activity = from_wire(held.activity, is_checked=True)
    seen = disclosed(activity)
    if seen is None:
        return Hears.NOTHING
    if telling.is_suspended(peer):
        return Hears.LATER
    match telling.due(telling.told_to(reader, peer.party, activity.id), seen, held):
        case telling.Due.ALL:
            return Hears.ALL
        case telling.Due.CHANGE:
            return Hears.STATE
        case telling.Due.NOTHING:
            return Hears.NOTHING


def refusal_or(
    reader: Reader, settings: Settings, asked: DeclareCommand, *, now_s: float
) -> tuple[Held, tuple[PeerHears, ...]] | WideberthError:
    """Return a preview, or what would refuse the declaration."""
    try:
        return preview(reader, settings, asked, now_s=now_s)
    except WideberthError as refusal:
        return refusal
