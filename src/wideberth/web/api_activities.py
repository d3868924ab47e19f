"""Activities: list, declare, amend, change state, confirm."""

import asyncio
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace
from starlette.responses import Response

from wideberth.errors import WideberthError
from wideberth.formats import geojson
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.command import ChangeState, Confirm, Declare, Verified
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.records import Held
from wideberth.node.refusals import IncompleteError, NotAllowedError, NotFoundError
from wideberth.peering.messages import Checked
from wideberth.peering.wire import from_wire
from wideberth.web.api_forms import (
    Amendment,
    Declaration,
    OfParty,
    PagedOfParty,
    PlanQuery,
    StateForm,
)
from wideberth.web.api_route import Asked, Route, as_json
from wideberth.web.api_shown import is_private, shown_answer
from wideberth.web.api_views import ActivityPage, Declared, NotDeclared
from wideberth.web.problems import RefusedError, problem_from

GEOJSON: Final = "application/geo+json"
_MOST_PLAN_BYTES: Final = 16 * 1024 * 1024
_MOST_ACTIVITIES: Final = 1000


async def declare(asked: Asked) -> Response:
    """Declare an activity, or each of a plan."""
    body = asked.body
    if isinstance(body, bytes):
        if not asked.query.contact:
            raise RefusedError(
                422, "a plan needs a contact.", remedy="Add ?contact= and the role that answers."
            )
        return await _declare_plan(asked, body, Declaration(contact=asked.query.contact))
    if (body.activity is UNSET) == (body.plan is UNSET):
        raise RefusedError(422, "give an activity or a plan: one of the two.")
    if body.plan is not UNSET:
        return await _declare_plan(asked, bytes(body.plan), body)
    answer = await _declared(asked, from_wire(body.activity), body)
    return as_json(answer, status=201)


async def amend(asked: Asked) -> Response:
    """Declare the next revision of our own activity."""
    form = asked.body
    activity = form.activity
    if activity.id != asked.path("activity"):
        raise RefusedError(422, "the body is about another activity.", remedy="Give one id.")
    seen = asked.request.headers.get("if-match", "")
    if seen:
        activity = replace(activity, revision=_revision(seen) + 1)
    elif activity.revision < 2:
        raise RefusedError(
            428,
            "which revision was seen is not said.",
            remedy='Send it as If-Match: "1", or give the next revision in the activity.',
        )
    answer = await _declared(asked, from_wire(activity), form)
    return as_json(answer, headers=_tag(answer.activity))


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
    return _shown(asked, await asked.desk.do(command))


async def confirm(asked: Asked) -> Answer:
    """Confirm that an activity is still in force."""
    command = Confirm(activity=asked.path("activity"), by=asked.identity.by)
    return _shown(asked, await asked.desk.do(command))


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
    return as_json(held, headers=_tag(held))


async def revisions(asked: Asked) -> tuple[Held, ...]:
    """Return all revisions of an activity, oldest first."""
    party = asked.query.party or asked.desk.party
    name = asked.path("activity")
    found = await asked.desk.read(lambda reader: queries.revisions(reader, party, name))
    shown = tuple(held for held in found if is_shown(asked, held))
    if not shown:
        raise NotFoundError("there is no such activity.", remedy="Give party for a peer's.")
    return shown


def is_shown(asked: Asked, held: Held) -> bool:
    """Return whether the asker may see an activity."""
    return asked.sees_private or not is_private(held)


async def _declare_plan(asked: Asked, data: bytes, form: Declaration) -> Response:
    """Read the whole plan and refuse it before anything is declared; then declare each."""
    options = ReadOptions(party=asked.desk.party)
    reading = await asyncio.to_thread(geojson.read, data, "plan", options)
    errors = tuple(
        (problem.where, problem.what, problem.remedy)
        for problem in reading.problems
        if problem.severity is Severity.ERROR
    )
    if errors or not reading.activities:
        raise IncompleteError(errors or (("plan", "it holds no activity.", "Add a feature."),))
    if len(reading.activities) > _MOST_ACTIVITIES:
        raise RefusedError(413, f"more than {_MOST_ACTIVITIES} activities.", remedy="Split it.")
    if any(activity.party != asked.desk.party for activity in reading.activities):
        raise NotAllowedError(
            "the plan holds activities of another party.", remedy="Declare your own only."
        )
    declared: list[Answer] = []
    refused: list[NotDeclared] = []
    for activity in reading.activities:
        try:
            declared.append(await _declared(asked, activity, form))
        except WideberthError as error:
            if not declared and len(reading.activities) == 1:
                raise
            refused.append(NotDeclared(activity=activity.id, problem=problem_from(error)))
    answer = Declared(
        declared=tuple(declared),
        refused=tuple(refused),
        remarks=tuple(f"{problem.where}: {problem.what}" for problem in reading.problems),
    )
    return as_json(answer, status=207 if refused else 201)


async def _declared(asked: Asked, activity: Activity, form: Declaration | Amendment) -> Answer:
    answer = await asked.desk.do(_command(asked, activity, form))
    asked.door.metrics.declarations.inc()
    return _shown(asked, answer)


def _shown(asked: Asked, answer: Answer) -> Answer:
    return answer if asked.sees_private else shown_answer(answer)


def _command(asked: Asked, activity: Activity, form: Declaration | Amendment) -> Declare:
    return Declare(
        activity=activity,
        contact=form.contact,
        by=asked.identity.by,
        doubt=form.doubt,
        third_parties=form.third_parties,
        checked=_verified(form.checked),
    )


def _verified(checked: Checked | None) -> Verified | None:
    return None if checked is None else Verified(checked.by, checked.at_s, checked.how)


def _revision(tag: str) -> int:
    number = tag.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        raise RefusedError(400, "If-Match is no revision.", remedy='Send it as If-Match: "1".')
    return int(number)


def _tag(held: Held | None) -> dict[str, str]:
    return {} if held is None else {"etag": f'"{held.activity.revision}"'}


_BASE: Final = "/api/v1/activities"
_ONE: Final = _BASE + "/{activity:path}"
_CHANGES: Final[dict[str, Any]] = {"permission": Permission.CHANGE, "says": (404, 409)}
ROUTES: Final = (
    Route(
        method="POST",
        path=_BASE,
        permission=Permission.DECLARE,
        summary="Declare an activity, or each activity of a plan",
        handle=declare,
        takes=Declaration,
        query=PlanQuery,
        gives=(Answer, Declared),
        status=201,
        says=(207, 409),
        media=(GEOJSON,),
        most_bytes=_MOST_PLAN_BYTES,
    ),
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
