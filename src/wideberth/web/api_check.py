"""Checking before declaring: the answer that declaring would get, and no trace of the question."""

from typing import Final

from starlette.responses import Response

from wideberth.node.answers import Answer
from wideberth.node.checking_first import check_first
from wideberth.node.people import Permission
from wideberth.node.settings import Settings
from wideberth.web.api_declare import (
    GEOJSON,
    MOST_PLAN_BYTES,
    asked_first,
    refused_of,
    shown_to,
)
from wideberth.web.api_forms import Declaration, PlanQuery
from wideberth.web.api_route import Asked, Route, as_json
from wideberth.web.api_views import Declared


async def check(asked: Asked) -> Response:
    """Return what declaring would be answered; nothing is kept, logged or told.

    If-Match says which revision is to be amended, as when amending; only for a single activity.
    """
    what, commands = await asked_first(asked)
    desk = asked.desk
    settings, now_s = Settings.of(desk.party, desk.agreement), desk.clock.now_s()
    found = await desk.read(lambda reader: check_first(reader, settings, commands, now_s=now_s))
    refused = refused_of(commands, found)
    answers = tuple(shown_to(asked, one) for one in found if isinstance(one, Answer))
    if not what.is_plan:
        return as_json(answers[0])
    told = Declared(declared=answers, refused=refused, remarks=what.remarks)
    return as_json(told, status=207 if refused else 200)


ROUTES: Final = (
    Route(
        method="POST",
        path="/api/v1/check",
        permission=Permission.DECLARE,
        summary="What declaring would be answered, without declaring",
        handle=check,
        takes=Declaration,
        query=PlanQuery,
        gives=(Answer, Declared),
        says=(207, 409),
        media=(GEOJSON,),
        most_bytes=MOST_PLAN_BYTES,
    ),
)
