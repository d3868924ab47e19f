"""The node's API as one ASGI application, made from the one table of routes."""

import re
import traceback
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote, unquote

import msgspec
import structlog
from starlette.responses import Response
from starlette.routing import Route as Path
from starlette.routing import Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wideberth import __version__
from wideberth.node.people import Permission
from wideberth.node.ports import StoreError, UncertainError
from wideberth.web import (
    api_activities,
    api_admin,
    api_agreement_draft,
    api_agreement_text,
    api_aloud,
    api_backup,
    api_broken,
    api_cards,
    api_check,
    api_conflict_picture,
    api_council,
    api_declare,
    api_figures,
    api_health,
    api_hotline,
    api_import,
    api_incident,
    api_interference,
    api_meeting,
    api_node,
    api_notices,
    api_peers,
    api_people,
    api_picture,
    api_places,
    api_preview,
    api_spectrum,
    api_unit,
    api_verify,
    api_watch,
    live,
    openapi,
)
from wideberth.web.api_endpoint import Endpoint
from wideberth.web.api_route import Asked, Route
from wideberth.web.guard import Door
from wideberth.web.problems import Problem, answer, problem_of

_HEADERS: Final = tuple(
    (name.encode(), value.encode())
    for name, value in {
        "content-security-policy": (
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            " object-src 'none'"
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "geolocation=(), camera=(), microphone=()",
        "cache-control": "no-store",
    }.items()
)
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000")
_UNKNOWN: Final = "(no route)"
_LOG: Final = structlog.get_logger("wideberth.web")


async def description(_asked: Asked) -> Response:
    """Return the description of the API."""
    return Response(_described(), media_type="application/json")


_DESCRIPTION: Final = Route(
    method="GET",
    path="/openapi.json",
    permission=Permission.OPEN,
    summary="The description of this API (OpenAPI 3.1)",
    handle=description,
    gives=dict[str, Any],
)
TABLE: Final[tuple[Route, ...]] = (
    *api_declare.ROUTES,
    *api_check.ROUTES,
    *api_activities.ROUTES,
    *api_notices.ROUTES,
    *api_interference.ROUTES,
    *api_council.ROUTES,
    *api_figures.ROUTES,
    *api_aloud.ROUTES,
    *api_hotline.ROUTES,
    *api_incident.ROUTES,
    *api_watch.ROUTES,
    *api_agreement_draft.ROUTES,
    *api_agreement_text.ROUTES,
    *api_meeting.ROUTES,
    *api_node.ROUTES,
    *api_places.ROUTES,
    *api_preview.ROUTES,
    *api_import.ROUTES,
    *api_picture.ROUTES,
    *api_conflict_picture.ROUTES,
    *api_spectrum.ROUTES,
    *api_peers.ROUTES,
    *api_cards.ROUTES,
    *api_people.ROUTES,
    *api_admin.ROUTES,
    *api_backup.ROUTES,
    *api_broken.ROUTES,
    *api_verify.ROUTES,
    *api_unit.ROUTES,
    *api_health.ROUTES,
    *live.ROUTES,
    _DESCRIPTION,
)


@cache
def _described() -> bytes:
    return msgspec.json.encode(openapi.document(TABLE, version=__version__))


def node_app(door: Door, more: Iterable[Path] = ()) -> ASGIApp:
    """Return the application; more: routes of others, the console's pages for one."""
    by_path: dict[str, list[Route]] = {}
    for route in TABLE:
        by_path.setdefault(route.path, []).append(route)
    paths = [Path(path, Endpoint(door, tuple(routes))) for path, routes in by_path.items()]
    router = Router([*paths, *more], redirect_slashes=False, default=_nothing)
    return _Shell(router, door)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what no route took."""
    if scope["type"] == "http":
        await answer(problem_of(404, "there is nothing here."))(scope, receive, send)


class _Shell:
    """Around everything: the name we are called by, headers, counts, and what nobody expected."""

    def __init__(self, inner: ASGIApp, door: Door) -> None:
        self._inner = inner
        self._door = door
        hsts = (_HSTS,) if door.settings.secure_cookies else ()
        self._headers = (*_HEADERS, *hsts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        status = 0
        scope["path"] = _encoded(scope)

        async def send_more(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name for name, _value in message["headers"]}
                new = [header for header in self._headers if header[0] not in given]
                message["headers"] = [*message["headers"], *new]
            await send(message)

        try:
            if _host(scope) in self._door.settings.hosts:
                await self._inner(scope, receive, send_more)
            else:
                await self._note_host(scope)
                refused = problem_of(
                    421, "the node is not called so.", remedy="Add the name to the node's hosts."
                )
                await answer(refused)(scope, receive, send_more)
        except Exception as error:  # noqa: BLE001 - the last resort: an answer, not a stack
            reference = self._log(scope, error)
            if not status:
                problem = msgspec.structs.replace(_failed(error), reference=reference)
                await answer(problem)(scope, receive, send_more)
        finally:
            self._count(scope, status)

    async def _note_host(self, scope: Scope) -> None:
        """Note that somebody called us by another name, unless there is a flood of it."""
        address = scope["client"][0] if scope.get("client") else ""
        if not self._door.stranger_rate.wait_s(f"address {address}", self._door.now_s()):
            method = scope["method"] if scope["method"] in _METHODS else "other"
            await self._door.audit.refuse(who="", what=method, why="host", address=address)

    def _log(self, scope: Scope, error: Exception) -> str:
        """Log where it went wrong, not what it was about; return the reference."""
        reference = self._door.chance.token(6).hex()
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        _LOG.error(
            "request failed",
            reference=reference,
            method=scope["method"],
            route=scope.get("wideberth.route", _UNKNOWN),
            kind=type(error).__name__,
            why=error.what if isinstance(error, StoreError) else "",  # a store tells no content
            at=[f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames],
        )
        return reference

    def _count(self, scope: Scope, status: int) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = scope.get("wideberth.route", _UNKNOWN)
        self._door.metrics.requests.labels(method, route, status).inc()


def _failed(error: Exception) -> Problem:
    """Return what is said of a failure: what to do next, and nothing of what it was about."""
    match error:
        case UncertainError():
            what = "the store broke off: what was asked may have been done, or not."
            return problem_of(503, what, remedy="Look before you ask again.")
        case StoreError():
            what = "the store does not work now; nothing was done."
            return problem_of(503, what, remedy="Try again; if it lasts, see the node's log.")
        case _:
            what = "something went wrong here."
            return problem_of(500, what, remedy="Give the reference to your administrator.")


def _encoded(scope: Scope) -> str:
    """Return the path as routes are matched with: each part percent-encoded, in one way only.

    So a slash within a name (%2F) is told apart from one between parts (RFC 3986 section 2.2).
    """
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    text = raw.decode("latin-1")
    if "%" not in text:
        return str(text)
    return "/".join(quote(unquote(part), safe="") for part in text.split("/"))


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(:\d{1,5})?")


def _host(scope: Scope) -> str:
    """Return the name by which we are called, without port and brackets; "" where it is none."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    found = _HOST.fullmatch(hosts[0].decode("latin-1")) if len(hosts) == 1 else None
    return "" if found is None else found["name"].strip("[]").lower().rstrip(".")
