"""What each peer would see of a declaration, before it is made."""

from typing import Final, Literal

from msgspec import Struct

from wideberth.errors import WideberthError
from wideberth.formats.shown import plain
from wideberth.model.activity import Disclosure
from wideberth.node.people import Permission
from wideberth.node.previewing import Hears, PeerHears, refusal_or
from wideberth.node.records import Held
from wideberth.node.settings import Settings
from wideberth.peering.messages import Declare
from wideberth.web.api_declare import (
    GEOJSON,
    MOST_PLAN_BYTES,
    asked_first,
    refused_of,
)
from wideberth.web.api_forms import Declaration, PlanQuery
from wideberth.web.api_route import Asked, Route
from wideberth.web.api_views import NotDeclared


class PeerSees(Struct, frozen=True, kw_only=True):
    """What a peer would see. sees: full, extent (hulls without a title and the like) or nothing.

    hears: what it would be sent now: all, the state alone, nothing (it knows already, or is told
    nothing), or later: the exchange is suspended. declaration: the very body that it would hold;
    null where it sees nothing. knows: the revision that it was told last. words: the same in
    sentences.
    """

    peer: str
    sees: Literal["full", "extent", "nothing"]
    hears: Hears
    declaration: Declare | None
    knows: int | None
    words: tuple[str, ...]


class Preview(Struct, frozen=True, kw_only=True):
    """What each peer would see of an activity."""

    activity: str
    revision: int
    peers: tuple[PeerSees, ...]


class Previews(Struct, frozen=True, kw_only=True):
    """One preview an activity; refused: those that could not be declared, and why."""

    items: tuple[Preview, ...]
    refused: tuple[NotDeclared, ...] = ()


async def preview(asked: Asked) -> Previews:
    """Return what each peer would be told; nothing is kept, logged or told.

    Takes what declaring takes. If-Match says which revision is to be amended.
    """
    _what, commands = await asked_first(asked)
    desk = asked.desk
    settings, now_s = Settings.of(desk.party, desk.agreement), desk.clock.now_s()
    found = await desk.read(
        lambda reader: [refusal_or(reader, settings, one, now_s=now_s) for one in commands]
    )
    refused = refused_of(commands, found)
    items = tuple(_preview(*one) for one in found if not isinstance(one, WideberthError))
    return Previews(items=items, refused=refused)


def _preview(held: Held, peers: tuple[PeerHears, ...]) -> Preview:
    return Preview(
        activity=held.activity.id,
        revision=held.activity.revision,
        peers=tuple(_sees(held, one) for one in peers),
    )


def _sees(held: Held, one: PeerHears) -> PeerSees:
    sees: Literal["full", "extent", "nothing"] = "nothing"
    if one.declaration is not None:
        sees = "full" if held.activity.disclose is Disclosure.FULL else "extent"
    return PeerSees(
        peer=one.peer,
        sees=sees,
        hears=one.hears,
        declaration=one.declaration,
        knows=one.knows,
        words=_words(held, one, sees),
    )


def _words(held: Held, one: PeerHears, sees: str) -> tuple[str, ...]:
    name = plain(one.peer)
    if sees == "nothing":
        return (
            f"{name} is told nothing, not even that there is an activity.",
            "Conflicts with it are found here alone.",
        )
    count = len(held.activity.volumes)
    volumes = "1 volume" if count == 1 else f"{count} volumes"
    first = f"{name} sees the activity as it is declared, {volumes}."
    if sees == "extent":
        first = (
            f"{name} sees who, the kind, priority, state and revision, and hulls that hold all of"
            f" {volumes}; no title, equipage, flex, power or criterion."
        )
    second = {
        Hears.ALL: f"All of that is sent to {name}.",
        Hears.STATE: f"{name} knows it already and is sent the new state alone.",
        Hears.NOTHING: f"{name} knows it already and is sent nothing.",
        Hears.LATER: f"The exchange with {name} is suspended: it is sent when that ends.",
    }[one.hears]
    return first, second, "The contact, the doubt and the third parties go with it."


ROUTES: Final[tuple[Route, ...]] = (
    Route(
        method="POST",
        path="/api/v1/preview",
        permission=Permission.DECLARE,
        summary="What each peer would see of a declaration, without declaring",
        handle=preview,
        takes=Declaration,
        query=PlanQuery,
        gives=Previews,
        says=(409,),
        media=(GEOJSON,),
        most_bytes=MOST_PLAN_BYTES,
    ),
)
