"""From a request to an answer: known, allowed, within limits, decoded; refusals leave a row."""

import base64
import hmac
from typing import Any, Final

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wideberth.errors import WideberthError
from wideberth.node.people import Identity, Permission
from wideberth.node.ports import StoreError
from wideberth.web.api_route import Asked, Route, address_of, as_json
from wideberth.web.guard import Door
from wideberth.web.problems import RefusedError, answer, problem_from, problem_of, refused_as
from wideberth.web.sessions import cookie_of

JSON: Final = "application/json"
CSRF: Final = "x-csrf-token"
NOBODY: Final = Identity("", frozenset())
_CHALLENGE: Final = {"www-authenticate": "Bearer"}  # RFC 9110 section 11.6.1
_SAFE: Final = frozenset({"GET", "HEAD"})
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


class Endpoint:
    """Serves all routes of one path."""

    def __init__(self, door: Door, routes: tuple[Route, ...]) -> None:
        self._door = door
        self._routes = {route.method: route for route in routes}
        self._decoders = {
            route.method: msgspec.json.Decoder(route.takes)
            for route in routes
            if route.takes is not None
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = Request(scope, receive)
        method = "GET" if request.method == "HEAD" else request.method
        route = self._routes.get(method)
        if route is None:
            refused = problem_of(405, "this cannot be done here.")
            await answer(refused, {"allow": ", ".join(self._routes)})(scope, receive, send)
            return
        scope["wideberth.route"] = route.path
        response = await self._response(route, request)
        await response(scope, receive, send)

    async def _response(self, route: Route, request: Request) -> Response:
        identity = NOBODY
        try:
            identity = await self._identity(route, request)
            asked = await self._asked(route, request, identity)
            given = await route.handle(asked)
        except RefusedError as error:
            if error.why:
                await self._note(route, request, identity, error.why)
            return refused_as(error)
        except ClientDisconnect:
            return Response(status_code=400)
        except StoreError:
            raise  # no refusal: the shell logs it and says so
        except WideberthError as error:
            problem = problem_from(error)
            if problem.status in (401, 403):
                await self._note(route, request, identity, type(error).__name__)
            return answer(problem)
        return given if isinstance(given, Response) else as_json(given, status=route.status)

    async def _identity(self, route: Route, request: Request) -> Identity:
        """Return who asks; raises RefusedError when that is wrong, or too often."""
        address = address_of(request)
        identity: Identity | None = NOBODY
        if route.permission is not Permission.OPEN:
            identity = await identity_now(self._door, request)
        if identity is None or identity is NOBODY:
            await self._limit(route, request, NOBODY, f"address {address}")
        else:
            key = f"token {identity.token}" if identity.token else f"user {identity.name}"
            await self._limit(route, request, identity, key)
        if identity is None:
            what = "the token or session is unknown, lapsed or revoked."
            raise RefusedError(
                401,
                what,
                remedy="Sign in again.",
                why="unknown token or session",
                headers=_CHALLENGE,
            )
        return identity

    async def _limit(self, route: Route, request: Request, identity: Identity, key: str) -> None:
        door = self._door
        buckets = door.stranger_rate if identity is NOBODY else door.known_rate
        wait_s = buckets.wait_s(key, door.now_s())
        if wait_s > 0.0:
            times = buckets.untold(key)
            if times:
                await self._note(route, request, identity, "too often", times=times)
            raise too_often(wait_s)

    async def _asked(self, route: Route, request: Request, identity: Identity) -> Asked:
        if not self._may(route, request, identity):
            if identity is NOBODY:
                raise RefusedError(
                    401,
                    "nobody is signed in.",
                    remedy="Sign in, or give a token.",
                    why="nobody",
                    headers=_CHALLENGE,
                )
            raise RefusedError(
                403,
                f"this needs the right {route.permission.value!r}.",
                remedy="Ask an administrator.",
                why=f"lacks {route.permission.value}",
            )
        if identity.session and request.method not in _SAFE:
            brought = request.headers.get(CSRF, "")
            if not _same(brought, identity.csrf):
                raise RefusedError(
                    403,
                    "the request does not bring the session's CSRF token.",
                    remedy=f"Send it as {CSRF}; GET /api/v1/session tells it.",
                    why="CSRF",
                )
        query = _query(route, request)
        body = await self._body(route, request)
        return Asked(self._door, request, identity, query, body)

    def _may(self, route: Route, request: Request, identity: Identity) -> bool:
        if route.permission is Permission.METRICS and self._door.settings.open_metrics:
            return identity.may(Permission.METRICS) or address_of(request) in _LOOPBACK
        return identity.may(route.permission)

    async def _body(self, route: Route, request: Request) -> Any:
        if route.takes is None and not route.media:
            return None
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_json = media == JSON and route.takes is not None
        if not is_json and media not in route.media:
            wanted = (JSON, *route.media) if route.takes is not None else route.media
            raise RefusedError(
                415, "the body is of another kind.", remedy=f"Send {' or '.join(wanted)}."
            )
        if request.headers.get("content-encoding", "identity") != "identity":
            raise RefusedError(415, "the body is compressed.", remedy="Send it as it is.")
        data = await _read(request, route.most_bytes)
        if not is_json:
            return data
        try:
            return self._decoders[route.method].decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            fallback = _plan(route, data)
            if fallback is not None:
                return fallback
            what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            status = 422 if isinstance(error, msgspec.ValidationError) else 400
            raise RefusedError(
                status, f"the body is not as it should be: {what}.", remedy="See /openapi.json."
            ) from None

    async def _note(
        self, route: Route, request: Request, identity: Identity, why: str, times: int = 1
    ) -> None:
        await self._door.audit.refuse(
            who=identity.by,
            what=f"{request.method} {route.path}",
            why=why,
            address=address_of(request),
            times=times,
        )


async def identity_now(door: Door, request: Request) -> Identity | None:
    """Return who a request comes from; NOBODY: it brings no key; None: its key is not good."""
    header = request.headers.get("authorization", "")
    if header:
        kind, _, secret = header.partition(" ")
        if kind.lower() == "basic" and request.method in _SAFE:
            secret, kind = _basic_password(secret.strip()), "bearer"
        return await door.known.by_token(secret.strip()) if kind.lower() == "bearer" else None
    cookie = cookie_of(request, secure=door.settings.secure_cookies)
    return await door.known.by_cookie(cookie) if cookie else NOBODY


def _basic_password(given: str) -> str:
    """Return the password of RFC 7617: calendar programs know no bearer token; empty: none.

    A token, for reading alone: a browser would send it along by itself.
    """
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


class _Typed(msgspec.Struct):
    """Any JSON object, for its type."""

    type: str = ""


def _plan(route: Route, data: bytes) -> bytes | None:
    """Return a body that says itself it is GeoJSON, where the route takes that too."""
    if "application/geo+json" not in route.media:
        return None
    try:
        kind = msgspec.json.decode(data, type=_Typed).type
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return data if kind == "FeatureCollection" else None


def _query(route: Route, request: Request) -> Any:
    pairs = request.query_params.multi_items()
    if len({name for name, _value in pairs}) != len(pairs):
        raise RefusedError(422, "a parameter is given twice.", remedy="Give it once.")
    try:
        return msgspec.convert(dict(pairs), type=route.query, strict=False)
    except msgspec.ValidationError as error:
        raise RefusedError(
            422, f"a parameter is not as it should be: {error}.", remedy="See /openapi.json."
        ) from None


async def _read(request: Request, most_bytes: int) -> bytes:
    """Return the body; raises RefusedError before more than the limit is held."""
    stated = request.headers.get("content-length", "0")
    if stated.isascii() and stated.isdigit() and (len(stated) > 12 or int(stated) > most_bytes):
        raise _too_large(most_bytes)
    chunks: list[bytes] = []
    size = 0
    while True:  # request.stream() does the same with a generator around it
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most_bytes:
            raise _too_large(most_bytes)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(most_bytes: int) -> RefusedError:
    what = f"the body is larger than {most_bytes} bytes."
    return RefusedError(413, what, remedy="Send it in parts.")


def _same(one: str, other: str) -> bool:
    """Compare without telling by the time it takes where the first difference is."""
    return hmac.compare_digest(one.encode(), other.encode())


def too_often(wait_s: float) -> RefusedError:
    """Return the refusal of a request that comes too soon."""
    seconds = int(wait_s) + 1
    return RefusedError(
        429,
        "too many requests.",
        remedy=f"Try again in {seconds} s.",
        headers={"retry-after": str(seconds)},
    )
