"""One route: what it takes, gives and permits. The server and OpenAPI are both made from these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from wideberth.node.answers import Answer
from wideberth.node.people import Identity, Permission
from wideberth.web.guard import Desk, Door
from wideberth.web.problems import RefusedError

MOST_BYTES: Final = 4 * 1024 * 1024
_ENCODER: Final = msgspec.json.Encoder()


class NoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """A route that takes no parameters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was let in: who asks, and what, decoded."""

    door: Door
    request: Request
    identity: Identity
    query: Any
    body: Any

    @property
    def desk(self) -> Desk:
        """Return the desk."""
        return self.door.desk

    @property
    def sees_private(self) -> bool:
        """Return whether activities that no peer knows of may be shown."""
        return self.identity.may(Permission.READ_PRIVATE)

    @property
    def address(self) -> str:
        """Return from where the request came."""
        return address_of(self.request)

    def path(self, name: str) -> str:
        """Return a part of the path, decoded."""
        return unquote(self.request.path_params[name])

    def number(self, name: str) -> int:
        """Return a part of the path that is a number; raises RefusedError."""
        text = self.path(name)
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise RefusedError(404, "this is no number.", remedy="Give up to 12 digits.")
        return int(text)


Handle = Callable[[Asked], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A method of a path.

    takes: what the JSON body decodes to; None: no body. media: further media types of the body,
    given to the handler as bytes. gives: what the answer encodes, or its media type; a tuple: one
    of these. says: statuses beside the usual refusals.
    """

    method: str
    path: str
    permission: Permission
    summary: str
    handle: Handle
    takes: Any = None
    query: type[Struct] = NoQuery
    gives: Any = None
    status: int = 200
    says: tuple[int, ...] = ()
    media: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES


def address_of(request: Request) -> str:
    """Return from where a request came, or an empty string."""
    return request.client.host if request.client is not None else ""


def as_json(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a value as it is sent."""
    body = b"" if value is None else _ENCODER.encode(value)
    media = None if value is None else "application/json"
    return Response(body, status, headers, media_type=media)


def v1(method: str, path: str, permission: Permission, summary: str, **more: Any) -> Route:
    """Return a route under /api/v1."""
    whole = f"/api/v1{path}"
    return Route(method=method, path=whole, permission=permission, summary=summary, **more)


def v1_read(path: str, summary: str, handle: Handle, gives: Any, **more: Any) -> Route:
    """Return a route that shows something to whoever may read."""
    return v1("GET", path, Permission.READ, summary, handle=handle, gives=gives, **more)


def v1_command(
    path: str, permission: Permission, summary: str, handle: Handle, takes: Any
) -> Route:
    """Return a route that gives the desk a command."""
    says = (404, 409)
    more = {"handle": handle, "takes": takes, "gives": Answer, "says": says}
    return v1("POST", path, permission, summary, **more)
