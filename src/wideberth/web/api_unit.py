"""A unit's page: what was passed to it, and a button to acknowledge; the link is the key (R8).

It works without scripts. No other site can press the button: it would need the link.
"""

import asyncio
import contextlib
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec
from starlette.responses import RedirectResponse, Response

from wideberth.model.command import UnitAcknowledge
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Notice, Way
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.web.api_forms import UnitAcknowledgeForm
from wideberth.web.api_route import Asked, Route, as_json
from wideberth.web.api_unit_page import POLICY, page
from wideberth.web.api_views import UnitNotice, UnitNotices
from wideberth.web.problems import RefusedError

_FORM: Final = "application/x-www-form-urlencoded"
_NEWEST: Final = 500  # acknowledged notices beyond these are in the ledger
_MOST_WAITING: Final = 100_000


async def unit_page(asked: Asked) -> Response:
    """Return the page, or JSON to who accepts only that."""
    unit = await _unit(asked)
    notices = await asked.desk.read(lambda reader: notices_of(reader, unit))
    if "application/json" in asked.request.headers.get("accept", ""):
        return as_json(UnitNotices(unit=unit, notices=notices))
    desk = asked.desk
    text = await asyncio.to_thread(
        page,
        unit,
        notices,
        desk.agreement,
        action=f"/unit/{asked.path('token')}/acknowledge",
        now_s=desk.clock.now_s(),
    )
    headers = {"content-security-policy": POLICY}
    return Response(text, headers=headers, media_type="text/html")


async def acknowledge(asked: Asked) -> Response:
    """Acknowledge a notice that was passed to the unit; a browser goes back to the page."""
    unit = await _unit(asked)
    is_form = isinstance(asked.body, bytes)
    form = _from_form(asked.body) if is_form else asked.body
    notice = await asked.desk.read(lambda reader: queries.notice(reader, form.notice))
    if notice is None or notice.way is not Way.IN or _passed_s(notice, unit) is None:
        raise NotFoundError("no such notice was passed to this unit.")
    command = UnitAcknowledge(notice=form.notice, unit=unit, by=f"unit {unit}")
    if not is_form:
        return as_json(await asked.desk.do(command))
    with contextlib.suppress(NotAllowedError):  # replaced meanwhile: the page says so
        await asked.desk.do(command)
    return RedirectResponse(f"/unit/{asked.path('token')}", status_code=303)


def notices_of(reader: Reader, unit: str) -> tuple[UnitNotice, ...]:
    """Return what was passed to a unit, newest first: all that waits, and the newest others."""
    names = {key for key, _nothing in reader.scan(tables.WAITING, limit=_MOST_WAITING)}
    newest = reader.scan(tables.NOTICE_IN_ORDER, newest=True, limit=_NEWEST)
    names |= {message.decode() for _key, message in newest}
    found = (queries.notice(reader, name) for name in names)
    ours = [one for one in found if one is not None and one.way is Way.IN]
    passed = [one for one in ours if _passed_s(one, unit) is not None]
    return tuple(_shown(reader, one, unit) for one in sorted(passed, key=lambda one: -one.index))


async def _unit(asked: Asked) -> str:
    unit = await asked.door.tokens.unit_of(asked.path("token"))
    if unit is None:
        raise RefusedError(
            404, "this link is unknown, lapsed or void.", remedy="Ask your watch.", why="unit link"
        )
    return unit


def _from_form(data: bytes) -> UnitAcknowledgeForm:
    fields = parse_qs(data.decode("ascii", errors="replace"), max_num_fields=5)
    try:
        return msgspec.convert({"notice": fields.get("notice", [""])[0]}, UnitAcknowledgeForm)
    except msgspec.ValidationError:
        raise RefusedError(422, "the form names no notice.") from None


def _passed_s(notice: Notice, unit: str) -> float | None:
    return next((step.passed_s for step in notice.units if step.unit == unit), None)


def _shown(reader: Reader, notice: Notice, unit: str) -> UnitNotice:
    """Return a notice with the revision it is about, as far as that is still held."""
    step = next(step for step in notice.units if step.unit == unit)
    key = tables.key(notice.owner, notice.activity, notice.revision)
    record = None if notice.recalled else reader.get(tables.REVISION, key)
    held = None if record is None else msgspec.json.decode(record, type=Held).activity
    return UnitNotice(
        notice=notice.message,
        owner=notice.owner,
        activity=notice.activity,
        revision=notice.revision,
        state=notice.state,
        passed_s=step.passed_s or 0.0,
        acknowledged_s=step.acknowledged_s,
        superseded=notice.superseded,
        title="" if held is None else held.title,
        kind="" if held is None else held.kind,
        volumes=() if held is None else held.volumes,
    )


_BASE: Final[dict[str, Any]] = {"permission": Permission.OPEN, "says": (303, 404)}
ROUTES: Final = (
    Route(
        method="GET",
        path="/unit/{token}",
        summary="A unit's notices: a page, or JSON",
        handle=unit_page,
        gives=("text/html", UnitNotices),
        **_BASE,
    ),
    Route(
        method="POST",
        path="/unit/{token}/acknowledge",
        summary="A unit acknowledges a notice",
        handle=acknowledge,
        takes=UnitAcknowledgeForm,
        media=(_FORM,),
        most_bytes=10_000,
        gives=Answer,
        **_BASE,
    ),
)
