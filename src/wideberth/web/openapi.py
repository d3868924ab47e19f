"""OpenAPI 3.1, made from the table of routes and the structs that they take and give."""

import http
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from wideberth.node.people import Permission
from wideberth.web.api_route import Route
from wideberth.web.problems import MEDIA_TYPE, Problem

_REF: Final = "#/components/schemas/{name}"
_JSON: Final = "application/json"
_UNSAFE: Final = frozenset({"POST", "PUT", "DELETE"})


def document(routes: Iterable[Route], *, version: str) -> dict[str, Any]:
    """Return the description of an API."""
    table = tuple(routes)
    types = list(dict.fromkeys([Problem, *(kind for route in table for kind in _types(route))]))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    schema_of = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in table:
        operation = _operation(route, schema_of)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wideberth node", "version": version, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SCHEMES},
    }


_SCHEMES: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token (wb_...)."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-wideberth",
        "description": "A session; changes need the header X-CSRF-Token too. The name ends in"
        " -PORT where the node is called by one, and begins without __Host- where it listens on"
        " loopback without TLS.",
    },
}


def _types(route: Route) -> Iterator[Any]:
    """Yield every type a route speaks of."""
    if route.takes is not None:
        yield route.takes
    yield from (kind for kind in _gives(route) if not isinstance(kind, str))


def _gives(route: Route) -> tuple[Any, ...]:
    if route.gives is None:
        return ()
    return route.gives if type(route.gives) is tuple else (route.gives,)


def _operation(route: Route, schema_of: dict[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.summary,
        "description": f"Right: {route.permission.value}. {inspect.getdoc(route.handle) or ''}",
        "parameters": [*_path_parameters(route), *_query_parameters(route.query)],
        "responses": _responses(route, schema_of),
        "security": [] if route.permission is Permission.OPEN else [{"token": []}, {"session": []}],
    }
    if route.takes is not None or route.media:
        content = {media: {"schema": _body_of(media)} for media in route.media}
        if route.takes is not None:
            content[_JSON] = {"schema": schema_of[route.takes]}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _body_of(media: str) -> dict[str, Any]:
    return {"type": "object"} if media.endswith(("json", "urlencoded")) else {"type": "string"}


def _responses(route: Route, schema_of: dict[Any, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {
        kind: {"schema": {"type": "string"}} for kind in _gives(route) if isinstance(kind, str)
    }
    schemas = [schema_of[kind] for kind in _gives(route) if not isinstance(kind, str)]
    if schemas:
        content[_JSON] = {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}
    good: dict[str, Any] = {"description": http.HTTPStatus(route.status).phrase}
    if content:
        good["content"] = content
    responses: dict[str, Any] = {str(route.status): good}
    problem = {MEDIA_TYPE: {"schema": schema_of[Problem]}}
    for status in sorted({*_usual(route), *route.says} - {route.status}):
        phrase = http.HTTPStatus(status).phrase
        if status < 300:
            responses[str(status)] = {"description": phrase, "content": content}
        elif status < 400:
            responses[str(status)] = {"description": phrase}
        else:
            responses[str(status)] = {"description": phrase, "content": problem}
    responses["default"] = {"description": "A refusal", "content": problem}
    return responses


def _usual(route: Route) -> Iterator[int]:
    """Yield the statuses that the door itself may answer."""
    yield from (421, 422, 429, 500)
    if route.permission is not Permission.OPEN:
        yield from (401, 403)
    if route.takes is not None or route.media:
        yield from (400, 413, 415)


def _path_parameters(route: Route) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", route.path):
        is_number = name == "index"
        number = {"type": "integer", "minimum": 0, "maximum": 999_999_999_999}
        schema = number if is_number else {"type": "string", "minLength": 1, "maxLength": 1000}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(query: type[Struct]) -> Iterator[dict[str, Any]]:
    """Yield what a query takes; a query is flat, and no part of it is required."""
    (_schema,), components = msgspec.json.schema_components([query], ref_template=_REF)
    for name, schema in components[query.__name__]["properties"].items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}


def _name(route: Route) -> str:
    """Return a name for the operation: get_activities_activity_revisions."""
    words = re.findall(r"\w+", route.path.removeprefix("/api/v1"))
    return "_".join((route.method.lower(), *words)).replace("-", "_")
