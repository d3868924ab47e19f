"""Activities: look at them, change their state, confirm them."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from starlette.responses import Response

from wideberth.model.command import ChangeState, Confirm
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Met, Notice
from wideberth.node.refusals import NotFoundError
from wideberth.web.api_declare import amend, shown_to, tag_of
from wideberth.web.api_forms import (
    Amendment,
    OfParty,
    PagedOfParty,
    StateForm,
)
from wideberth.web.api_route import Asked, Route, as_json, v1_read
from wideberth.web.api_shown import is_private
from wideberth.web.api_views import ActivityPage

T = TypeVar("T")


async def change_state(asked: Asked) -> Answer:
    """Withdraw, activate, end, or mark."""
    form = asked.body
    command = ChangeState(
        activity=asked.path("activity"),
        state=form.state,
        by=asked.identity.by,
        of_revision=form.of_revision,
        reason=form.reason,
    )
    return shown_to(asked, await asked.desk.do(command))


async def confirm(asked: Asked) -> Answer:
    """Confirm that an activity is still in force."""
    command = Confirm(activity=asked.path("activity"), by=asked.identity.by)
    return shown_to(asked, await asked.desk.do(command))


async def page(asked: Asked) -> ActivityPage:
    """Return activities as they are now."""
    query = asked.query
    found = await asked.desk.read(
        lambda reader: queries.activities(
            reader, party=query.party, after=query.after, limit=query.limit
        )
    )
    last = found[-1].activity if len(found) == query.limit else None
    shown = tuple(held for held in found if is_shown(asked, held))
    return ActivityPage(items=shown, next="" if last is None else tables.key(last.party, last.id))


async def one(asked: Asked) -> Response:
    """Return an activity as it is now."""
    party = asked.query.party or asked.desk.party
    name = asked.path("activity")
    held = await asked.desk.read(lambda reader: queries.activity(reader, party, name))
    if held is None or not is_shown(asked, held):
        raise NotFoundError("there is no such activity.", remedy="Give party for a peer's.")
    return as_json(held, headers=tag_of(held))


async def revisions(asked: Asked) -> tuple[Held, ...]:
    """Return all revisions of an activity, oldest first."""
    party = asked.query.party or asked.desk.party
    name = asked.path("activity")
    found = await asked.desk.read(lambda reader: queries.revisions(reader, party, name))
    shown = tuple(held for held in found if is_shown(asked, held))
    if not shown:
        raise NotFoundError("there is no such activity.", remedy="Give party for a peer's.")
    return shown


async def conflicts(asked: Asked) -> tuple[Met, ...]:
    """Return the conflicts of an activity that last."""
    found = await _with(asked, queries.conflicts_of)
    return tuple(met for met in found if asked.sees_private or not met.private)


async def notices(asked: Asked) -> tuple[Notice, ...]:
    """Return the notices of an activity, by revision and peer."""
    found = await _with(asked, queries.notices_of)
    return tuple(found)


async def _with(asked: Asked, query: Callable[[Reader, str, str], list[T]]) -> list[T]:
    """Return what hangs on an activity that the asker may see; raises NotFoundError."""
    party = asked.query.party or asked.desk.party
    name = asked.path("activity")
    held, found = await asked.desk.read(
        lambda reader: (queries.activity(reader, party, name), query(reader, party, name))
    )
    if held is None or not is_shown(asked, held):
        raise NotFoundError("there is no such activity.", remedy="Give party for a peer's.")
    return found


def is_shown(asked: Asked, held: Held) -> bool:
    """Return whether the asker may see an activity."""
    return asked.sees_private or not is_private(held)


_BASE: Final = "/api/v1/activities"
_ONE: Final = _BASE + "/{activity}"
_CHANGES: Final[dict[str, Any]] = {"permission": Permission.CHANGE, "says": (404, 409)}
ROUTES: Final = (
    Route(
        method="GET",
        path=_BASE,
        permission=Permission.READ,
        summary="Activities in force, own and disclosed, by party and id",
        handle=page,
        query=PagedOfParty,
        gives=ActivityPage,
    ),
    Route(
        method="GET",
        path=_ONE + "/revisions",
        permission=Permission.READ,
        summary="All revisions of an activity",
        handle=revisions,
        query=OfParty,
        gives=tuple[Held, ...],
        says=(404,),
    ),
    v1_read(
        "/activities/{activity}/conflicts",
        "The conflicts of an activity that last",
        conflicts,
        tuple[Met, ...],
        query=OfParty,
        says=(404,),
    ),
    v1_read(
        "/activities/{activity}/notices",
        "The notices of an activity",
        notices,
        tuple[Notice, ...],
        query=OfParty,
        says=(404,),
    ),
    Route(
        method="POST",
        path=_ONE + "/state",
        summary="Withdraw, activate, end, or mark an own activity",
        handle=change_state,
        takes=StateForm,
        gives=Answer,
        **_CHANGES,
    ),
    Route(
        method="POST",
        path=_ONE + "/confirm",
        summary="Confirm that an own activity is still in force",
        handle=confirm,
        gives=Answer,
        **_CHANGES,
    ),
    Route(
        method="GET",
        path=_ONE,
        permission=Permission.READ,
        summary="An activity as it is now",
        handle=one,
        query=OfParty,
        gives=Held,
        says=(404,),
    ),
    Route(
        method="PUT",
        path=_ONE,
        permission=Permission.DECLARE,
        summary="Amend an own activity",
        handle=amend,
        takes=Amendment,
        gives=Answer,
        says=(404, 409, 428),
    ),
)
