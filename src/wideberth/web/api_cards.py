"""Cards that parties hand to each other: read before they are trusted, and our own to hand out."""

from typing import Final

from msgspec import Struct

from wideberth.node import queries
from wideberth.node.people import Permission
from wideberth.node.refusals import NotFoundError
from wideberth.peering.cards import fingerprint, open_card
from wideberth.web.api_forms import CardForm
from wideberth.web.api_route import Asked, v1, v1_read


class CardView(Struct, frozen=True, kw_only=True):
    """What a card says. fingerprint: of its root key, to be read aloud.

    trusted: of the root key that this node trusts for the party already; empty: none.
    """

    party: str
    url: str
    fingerprint: str
    trusted: str = ""


class OwnCard(Struct, frozen=True, kw_only=True):
    """Our card as it is handed over, with its fingerprint."""

    party: str
    url: str
    fingerprint: str
    card: str


async def own(asked: Asked) -> OwnCard:
    """Return our card; raises NotFoundError where this node has none."""
    make = asked.door.card
    if make is None:
        raise NotFoundError("this node shows no card.")
    raw = make()
    card = open_card(raw)
    return OwnCard(party=card.party, url=card.url, fingerprint=card.fingerprint, card=raw.decode())


async def read(asked: Asked) -> CardView:
    """Return what a card says, its signatures checked; nobody is trusted by it."""
    card = open_card(asked.body.card.strip().encode())
    peer = await asked.desk.read(lambda reader: queries.peer(reader, card.party))
    return CardView(
        party=card.party,
        url=card.url,
        fingerprint=card.fingerprint,
        trusted="" if peer is None else fingerprint(bytes.fromhex(peer.root)),
    )


async def of_peer(asked: Asked) -> CardView:
    """Return where a peer's node is, and the fingerprint of the root key that we trust."""
    name = asked.path("peer")
    peer = await asked.desk.read(lambda reader: queries.peer(reader, name))
    if peer is None:
        raise NotFoundError("there is no such peer.", remedy="See GET /api/v1/peers.")
    held = fingerprint(bytes.fromhex(peer.root))
    return CardView(party=peer.party, url=peer.url, fingerprint=held, trusted=held)


ROUTES: Final = (
    v1_read("/card", "Our card, to be handed to another party", own, OwnCard, says=(404,)),
    v1(
        "POST",
        "/card",
        Permission.TRUST,
        "Read another party's card; nobody is trusted by it",
        handle=read,
        takes=CardForm,
        gives=CardView,
    ),
    v1_read("/peers/{peer}/card", "A peer's fingerprint", of_peer, CardView, says=(404,)),
)
