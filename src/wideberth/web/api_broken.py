"""Assurances that an activity of their party acts against, as they last."""

from typing import Final

from msgspec import Struct

from wideberth.node import promises
from wideberth.node.promise_records import Broken
from wideberth.web.api_forms import PagedOfParty
from wideberth.web.api_route import Asked, Route, v1_read


class BrokenPage(Struct, frozen=True, kw_only=True):
    """Broken assurances; left_out: how many of the page the asker may not see."""

    items: tuple[Broken, ...]
    next: str
    left_out: int


async def page(asked: Asked) -> BrokenPage:
    """Return what acts against assurances now; by which private activity only to who may see it."""
    query = asked.query
    found, after = await asked.desk.read(
        lambda reader: promises.broken(
            reader, party=query.party, after=query.after, limit=query.limit
        )
    )
    shown = tuple(one for one in found if asked.sees_private or not one.private)
    return BrokenPage(items=shown, next=after, left_out=len(found) - len(shown))


ROUTES: Final[tuple[Route, ...]] = (
    v1_read(
        "/broken", "Assurances that are acted against now", page, BrokenPage, query=PagedOfParty
    ),
)
