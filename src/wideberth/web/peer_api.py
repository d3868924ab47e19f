"""What a peer's node may ask: to take messages, and for our card.

Every request must come over TLS with a certificate whose pin is that of a known peer, now: it is
looked up each time, so that a certificate taken back counts no more, on open connections neither.
TLS lets a peer in; what is said counts by its signature alone (peering/envelope.py).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from wideberth.errors import WideberthError
from wideberth.peering.lines import (
    CARD_PATH,
    CONTENT_TYPE,
    MAX_EXCHANGE_BYTES,
    MESSAGES_PATH,
    LinesError,
    join_lines,
    split_lines,
)
from wideberth.peering.problem import Problem, encode_problem
from wideberth.web.tls_protocol import client_pin

READ_TIME_S: Final = 30.0
MAX_AT_ONCE: Final = 4
HEALTH_PATH: Final = "/peer/v1/health"
_log: Final = structlog.stdlib.get_logger(__name__)

ReceiveAll = Callable[[Sequence[bytes]], Awaitable[Sequence[bytes]]]
Allowed = Callable[[str], str | None]


def peer_app(
    *,
    receive_all: ReceiveAll,
    allowed: Allowed,
    card: Callable[[], bytes],
    read_time_s: float = READ_TIME_S,
) -> ASGIApp:
    """Return the application for the port that peers talk to.

    receive_all: takes lines in order and returns an answer a line: a receipt, or, for one refused,
    a line by `encode_problem`; it stops there, so there may be fewer answers. allowed: the party
    that a pin (hex SHA-256 of a certificate's key) belongs to now, or None. card: our own card.
    """
    desk = _Desk(receive_all, read_time_s)

    async def give_card(_: Request) -> Response:
        return Response(card(), media_type="application/json")

    async def say_alive(_: Request) -> Response:
        return Response(b"ok\n", media_type="text/plain")

    routes = [
        Route(MESSAGES_PATH, desk.messages, methods=["POST"]),
        Route(CARD_PATH, give_card, methods=["GET"]),
        Route(HEALTH_PATH, say_alive, methods=["GET"]),
    ]
    app = Starlette(
        routes=routes, exception_handlers={HTTPException: _as_problem, Exception: _as_failure}
    )
    app.router.redirect_slashes = False
    return _Guard(app, allowed)


class _Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """An answer that ends the request."""

    def __init__(self, status: int, code: str, what: str) -> None:
        self.response = _problem(status, code, what)
        super().__init__(code)


class _Guard:
    """Lets in who shows the certificate of a known peer, and puts the party into the scope."""

    def __init__(self, app: ASGIApp, allowed: Allowed) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        pin = client_pin(scope)
        party = None if pin is None else self._allowed(pin)
        if party is None:
            _log.warning("peer_refused", pin=pin)
            refused = _problem(403, "unknown-peer", "This certificate is not of a known peer.")
            await refused(scope, receive, send)
            return
        scope["wideberth.party"] = party
        await self._app(scope, receive, send)


class _Desk:
    """Takes the requests that carry messages, a few of each party at once."""

    def __init__(self, receive_all: ReceiveAll, read_time_s: float) -> None:
        self._receive_all = receive_all
        self._read_time_s = read_time_s
        self._at_once: Counter[str] = Counter()

    async def messages(self, request: Request) -> Response:
        """Take messages and give the answers, line by line."""
        party = request.scope["wideberth.party"]
        if self._at_once[party] >= MAX_AT_ONCE:
            return _problem(429, "too-many-at-once", "Wait for the answers before you send more.")
        self._at_once[party] += 1
        try:
            lines = await self._lines(request)
            answers = await self._receive_all(lines) if lines else ()
        except _Refusal as refusal:
            return refusal.response
        except WideberthError as error:
            return _problem(422, "refused", error.what)
        except Exception as error:  # noqa: BLE001 - a peer must not be able to show us falling over
            return await _as_failure(request, error)
        finally:
            self._at_once[party] -= 1
        return Response(join_lines(answers), media_type=CONTENT_TYPE)

    async def _lines(self, request: Request) -> Sequence[bytes]:
        _check_head(request)
        try:
            async with asyncio.timeout(self._read_time_s):
                body = await _bounded_body(request)
        except TimeoutError:
            raise _Refusal(408, "too-slow", "The request did not come in time.") from None
        except ClientDisconnect:
            raise _Refusal(400, "cut-short", "The request was cut short.") from None
        try:
            return split_lines(body)
        except LinesError as error:
            raise _Refusal(413 if "more" in error.what else 400, "bad-lines", error.what) from error


def _check_head(request: Request) -> None:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != CONTENT_TYPE:
        raise _Refusal(415, "bad-type", f"The content type must be {CONTENT_TYPE}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise _Refusal(415, "bad-encoding", "The content must not be compressed.")


async def _bounded_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_EXCHANGE_BYTES:
            raise _Refusal(413, "too-large", f"More than {MAX_EXCHANGE_BYTES} bytes at once.")
    return bytes(body)


def _problem(status: int, code: str, what: str) -> Response:
    line = encode_problem(Problem(problem=what[:2000], code=code)) + b"\n"
    close = {"connection": "close"} if status in {403, 408, 413} else {}
    return Response(line, status, close, media_type="application/problem+json")


async def _as_problem(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = error.headers if isinstance(error, HTTPException) else None
    response = _problem(status, "not-here", "There is nothing here for this request.")
    response.headers.update(headers or {})
    return response


async def _as_failure(_: Request, error: Exception) -> Response:
    _log.error("peer_request_failed", kind=type(error).__name__)
    return _problem(503, "not-now", "The node cannot take this now; send it again later.")
