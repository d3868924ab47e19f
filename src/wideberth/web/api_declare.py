"""Declaring: one activity at a time as fast as it goes, or each of a plan."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace
from starlette.responses import Response

from wideberth.errors import WideberthError
from wideberth.formats import geojson
from wideberth.formats.reading import Reading, ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.command import Declare, Verified
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.records import Held
from wideberth.node.refusals import IncompleteError, NotAllowedError
from wideberth.peering.messages import Checked
from wideberth.peering.wire import from_wire, read_activity, write_activity
from wideberth.web.api_forms import (
    Amendment,
    Declaration,
    PlanQuery,
)
from wideberth.web.api_route import Asked, Route, as_json
from wideberth.web.api_shown import shown_answer
from wideberth.web.api_views import Declared, NotDeclared
from wideberth.web.problems import RefusedError, problem_from

GEOJSON: Final = "application/geo+json"
MOST_PLAN_BYTES: Final = 16 * 1024 * 1024
_MOST_ACTIVITIES: Final = 1000


@dataclass(frozen=True, slots=True)
class Brought:
    """What a request brings to be declared; form: what travels with each of the activities."""

    activities: tuple[Activity, ...]
    form: Declaration
    is_plan: bool = False
    remarks: tuple[str, ...] = ()


async def brought(asked: Asked) -> Brought:
    """Return the activity or the plan of a request, read whole; raises what is wrong with it."""
    body = asked.body
    if isinstance(body, bytes):
        if not asked.query.contact:
            raise RefusedError(
                422, "a plan needs a contact.", remedy="Add ?contact= and the role that answers."
            )
        return await _plan(asked, body, Declaration(contact=asked.query.contact))
    if (body.activity is UNSET) == (body.plan is UNSET):
        raise RefusedError(422, "give an activity or a plan: one of the two.")
    if body.plan is not UNSET:
        return await _plan(asked, bytes(body.plan), body)
    return Brought((from_wire(body.activity),), body)


async def declare(asked: Asked) -> Response:
    """Declare an activity, or each of a plan."""
    what = await brought(asked)
    if what.is_plan:
        return await _declare_plan(asked, what)
    answer = await _declared(asked, what.activities[0], what.form)
    return as_json(answer, status=201)


async def amend(asked: Asked) -> Response:
    """Declare the next revision of our own activity."""
    form = asked.body
    activity = form.activity
    if activity.id != asked.path("activity"):
        raise RefusedError(422, "the body is about another activity.", remedy="Give one id.")
    seen = seen_revision(asked)
    if seen is not None:
        activity = replace(activity, revision=seen + 1)
    elif activity.revision < 2:
        raise RefusedError(
            428,
            "which revision was seen is not said.",
            remedy='Send it as If-Match: "1", or give the next revision in the activity.',
        )
    answer = await _declared(asked, from_wire(activity), form)
    return as_json(answer, headers=tag_of(answer.activity))


async def _plan(asked: Asked, data: bytes, form: Declaration) -> Brought:
    """Read the whole plan; raises IncompleteError with all that speaks against it."""
    options = ReadOptions(party=asked.desk.party)
    reading, errors = await asyncio.to_thread(_read_plan, data, options)
    if errors or not reading.activities:
        raise IncompleteError(
            tuple(errors) or (("plan", "it holds no activity.", "Add a feature."),)
        )
    if len(reading.activities) > _MOST_ACTIVITIES:
        raise RefusedError(413, f"more than {_MOST_ACTIVITIES} activities.", remedy="Split it.")
    if any(activity.party != asked.desk.party for activity in reading.activities):
        raise NotAllowedError(
            "the plan holds activities of another party.", remedy="Declare your own only."
        )
    remarks = tuple(f"{problem.where}: {problem.what}" for problem in reading.problems)
    return Brought(tuple(reading.activities), form, is_plan=True, remarks=remarks)


async def _declare_plan(asked: Asked, plan: Brought) -> Response:
    declared: list[Answer] = []
    refused: list[NotDeclared] = []
    for activity in plan.activities:
        try:
            declared.append(await _declared(asked, activity, plan.form))
        except WideberthError as error:
            if len(plan.activities) == 1:
                raise
            refused.append(NotDeclared(activity=activity.id, problem=problem_from(error)))
    answer = Declared(declared=tuple(declared), refused=tuple(refused), remarks=plan.remarks)
    return as_json(answer, status=207 if refused else 201)


def _read_plan(data: bytes, options: ReadOptions) -> tuple[Reading, list[tuple[str, str, str]]]:
    """Return a plan and all that speaks against declaring it."""
    reading = geojson.read(data, "plan", options)
    errors = [
        (problem.where, problem.what, problem.remedy)
        for problem in reading.problems
        if problem.severity is Severity.ERROR
    ]
    for activity in reading.activities:
        errors += _beyond_the_form(activity)
    return reading, errors


def _beyond_the_form(activity: Activity) -> list[tuple[str, str, str]]:
    """Return why an activity of a plan cannot be sent to a peer: a name too long, say."""
    try:
        read_activity(write_activity(activity))
    except WideberthError as error:
        return [(f"activity {activity.id[:60]!r}", error.what, error.remedy)]
    return []


async def _declared(asked: Asked, activity: Activity, form: Declaration | Amendment) -> Answer:
    answer = await asked.desk.do(command_of(asked, activity, form))
    asked.door.metrics.declarations.inc()
    return shown_to(asked, answer)


def command_of(asked: Asked, activity: Activity, form: Declaration | Amendment) -> Declare:
    """Return the command that declares an activity."""
    return Declare(
        activity=activity,
        contact=form.contact,
        by=asked.identity.by,
        doubt=form.doubt,
        third_parties=form.third_parties,
        checked=_verified(form.checked),
    )


async def asked_first(asked: Asked) -> tuple[Brought, tuple[Declare, ...]]:
    """Return what was brought and the commands that declaring it would give, without giving them.

    If-Match says which revision is to be amended, as when amending; only for a single activity.
    """
    what = await brought(asked)
    activities = what.activities
    seen = seen_revision(asked)
    if seen is not None and not what.is_plan:
        activities = (from_wire(replace(asked.body.activity, revision=seen + 1)),)
    return what, tuple(command_of(asked, activity, what.form) for activity in activities)


def refused_of(commands: Sequence[Declare], found: Sequence[object]) -> tuple[NotDeclared, ...]:
    """Return which commands would be refused, and why; raises the refusal of a single one."""
    if len(found) == 1 and isinstance(found[0], WideberthError):
        raise found[0]
    return tuple(
        NotDeclared(activity=command.activity.id, problem=problem_from(one))
        for command, one in zip(commands, found, strict=True)
        if isinstance(one, WideberthError)
    )


def _verified(checked: Checked | None) -> Verified | None:
    return None if checked is None else Verified(checked.by, checked.at_s, checked.how)


def seen_revision(asked: Asked) -> int | None:
    """Return the revision that the asker says was seen (If-Match); None: it is not said."""
    tag = asked.request.headers.get("if-match", "")
    if not tag:
        return None
    number = tag.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        raise RefusedError(400, "If-Match is no revision.", remedy='Send it as If-Match: "1".')
    return int(number)


def shown_to(asked: Asked, answer: Answer) -> Answer:
    """Return an answer as far as the asker may see it."""
    return answer if asked.sees_private else shown_answer(answer)


def tag_of(held: Held | None) -> dict[str, str]:
    """Return the header that says which revision it is."""
    return {} if held is None else {"etag": f'"{held.activity.revision}"'}


ROUTES: Final = (
    Route(
        method="POST",
        path="/api/v1/activities",
        permission=Permission.DECLARE,
        summary="Declare an activity, or each activity of a plan",
        handle=declare,
        takes=Declaration,
        query=PlanQuery,
        gives=(Answer, Declared),
        status=201,
        says=(207, 409),
        media=(GEOJSON,),
        most_bytes=MOST_PLAN_BYTES,
    ),
)
