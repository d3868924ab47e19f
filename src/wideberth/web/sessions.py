"""Cookies, and who is behind a request: remembered for seconds, forgotten at once on a change."""

import re
from collections import OrderedDict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from wideberth.node.people import Identity
from wideberth.node.people_sessions import LONGEST_S, Sessions, session_key
from wideberth.node.people_tokens import Tokens, token_key
from wideberth.node.ports import Clock

_REMEMBERED_S: Final = 3.0
_MOST: Final = 10_000
_SECURE: Final = "__Host-"  # RFC 6265bis: no other host can set or see it
_PORT: Final = re.compile(r":(\d{1,5})$")


class Known:
    """Looks identities up, at most every 3 seconds for each secret; keyed by its hash."""

    def __init__(self, sessions: Sessions, tokens: Tokens, clock: Clock) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._clock = clock
        self._found: OrderedDict[str, tuple[float, Identity]] = OrderedDict()
        self._changes = 0

    async def by_cookie(self, secret: str) -> Identity | None:
        """Return whose session it is."""
        key = session_key(secret)
        remembered = self._remembered(key)
        if remembered is not None:
            return remembered
        changes = self._changes
        return self._remember(key, await self._sessions.identity(secret), changes)

    async def by_token(self, secret: str) -> Identity | None:
        """Return whom a program's token speaks for."""
        key = token_key(secret)
        remembered = self._remembered(key)
        if remembered is not None:
            return remembered
        changes = self._changes
        return self._remember(key, await self._tokens.identity(secret), changes)

    def forget(self) -> None:
        """Look everybody up again: a user, session or token was changed."""
        self._found.clear()
        self._changes += 1

    def _remembered(self, key: str) -> Identity | None:
        until_s, identity = self._found.get(key, (0.0, None))
        return identity if self._clock.now_s() < until_s else None

    def _remember(self, key: str, identity: Identity | None, changes: int) -> Identity | None:
        if identity is not None and changes == self._changes:
            self._found[key] = (self._clock.now_s() + _REMEMBERED_S, identity)
            self._found.move_to_end(key)
            if len(self._found) > _MOST:
                self._found.popitem(last=False)
        return identity


def cookie_name(request: Request, *, secure: bool) -> str:
    """Return the name of the session's cookie; it carries the port by which we are called.

    A browser gives a host's cookies to all its ports, so that two nodes on one machine, or two
    that are reached through it, would sign each other's people out.
    """
    port = _PORT.search(request.headers.get("host", ""))
    called = f"wideberth-{int(port[1])}" if port else "wideberth"
    return f"{_SECURE}{called}" if secure else called


def cookie_of(request: Request, *, secure: bool) -> str:
    """Return the session's secret from a request, or an empty string."""
    return request.cookies.get(cookie_name(request, secure=secure), "")


def set_cookie(request: Request, response: Response, secret: str, *, secure: bool) -> None:
    """Give a session's secret to the browser; empty: take it away."""
    response.set_cookie(
        cookie_name(request, secure=secure),
        secret,
        max_age=int(LONGEST_S) if secret else 0,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )
