"""Matters of the council: one route for opening each kind, one for each thing to be said (ADR 13).

The routes are made from the kinds; a body may leave out what the node fills in.
"""

import asyncio
from typing import Any, Final

from msgspec import Struct, structs
from starlette.responses import Response

from wideberth.council.calendars import feed
from wideberth.council.kinds import KINDS
from wideberth.council.shown import Shown, shown
from wideberth.council.stand import Kind
from wideberth.formats.ical_writer import write
from wideberth.node.answers import Answer
from wideberth.node.council import matters
from wideberth.node.council.meeting_sources import with_times
from wideberth.node.council.rights import right_to
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.peering.council.said import Said
from wideberth.peering.wire import Text
from wideberth.web.api_forms import Paged
from wideberth.web.api_route import Asked, Handle, Route, v1, v1_read

_LONGEST_NAME: Final = 200
_CALENDAR: Final = "text/calendar"


class PagedMatters(Paged, frozen=True):
    """kind: of one kind alone. lasting: only those in which somebody has still to do something."""

    kind: Text = ""
    lasting: bool = True


class MatterPage(Struct, frozen=True, kw_only=True):
    """Matters by kind, opener and id, each with its newest step alone.

    next: the cursor of the next page; empty: this is the last.
    """

    items: tuple[Shown, ...]
    next: str


async def listed(asked: Asked) -> MatterPage:
    """Return matters."""
    query = asked.query
    if query.kind and query.kind not in KINDS:
        raise NotFoundError("there is no such kind of matter.", remedy=_KINDS)
    found, after = await asked.desk.read(
        lambda reader: matters.matters(
            reader, kind=query.kind, is_open=query.lasting, after=query.after, limit=query.limit
        )
    )
    agreement = asked.desk.agreement
    return MatterPage(items=tuple(shown(one, agreement, newest=True) for one in found), next=after)


async def one(asked: Asked) -> Shown:
    """Return a matter; raises NotFoundError."""
    kind, opener, name = asked.path("kind"), asked.path("party"), asked.path("matter")
    found = None
    if max(len(kind), len(opener), len(name)) <= _LONGEST_NAME:
        found = await asked.desk.read(lambda reader: matters.matter(reader, kind, opener, name))
    if found is None:
        raise NotFoundError("there is no such matter.")
    return shown(found, asked.desk.agreement)


async def calendar(asked: Asked) -> Response:
    """Return all that has a time as iCalendar, for a calendar program that subscribes."""
    desk = asked.desk
    found = await desk.read(with_times)
    data = await asyncio.to_thread(lambda: write(feed(found, desk.agreement, desk.party)))
    return Response(data, media_type=f"{_CALENDAR}; charset=utf-8")


async def opened(asked: Asked) -> Answer:
    """Open a matter."""
    _refuse_own(asked.body)
    return await asked.desk.do(Say(asked.body, asked.identity.by))


async def said(asked: Asked) -> Answer:
    """Say something in a matter."""
    body = asked.body
    for given, name in ((body.opener, "party"), (body.matter, "matter")):
        if given not in ("", asked.path(name)):
            raise NotAllowedError("the body names another matter than the path.")
    _refuse_own(body)
    named = structs.replace(body, opener=asked.path("party"), matter=asked.path("matter"))
    return await asked.desk.do(Say(named, asked.identity.by))


def _refuse_own(body: Any) -> None:
    if body.turn or body.at_s:
        raise NotAllowedError("turn and at_s are the node's to fill in.", remedy="Leave them out.")


def _routes(kind: Kind) -> tuple[Route, ...]:
    path = f"/council/{kind.name}"
    one_path = f"{path}/{{party}}/{{matter}}"
    first = _route(path, kind, kind.opening, opened)
    return (first, *(_route(f"{one_path}/{w}", kind, b, said) for w, b in kind.steps.items()))


def _route(path: str, kind: Kind, body: type[Said], handle: Handle) -> Route:
    is_first = body is kind.opening
    return v1(
        "POST",
        path,
        right_to(kind.name, body),
        f"Open a {kind.name}" if is_first else f"Say in a {kind.name}: {path.rsplit('/', 1)[-1]}",
        handle=handle,
        takes=body,
        gives=Answer,
        status=201 if is_first else 200,
        says=(404, 409),
    )


_KINDS: Final = f"Kinds: {', '.join(KINDS)}."
ROUTES: Final = (
    v1_read("/council", "Matters of the council", listed, MatterPage, query=PagedMatters),
    v1_read(
        "/council/{kind}/{party}/{matter}", "A matter with all its steps", one, Shown, says=(404,)
    ),
    v1_read("/council/calendar.ics", "The council as a calendar", calendar, _CALENDAR),
    *(route for kind in KINDS.values() for route in _routes(kind)),
)
