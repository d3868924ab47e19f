"""What the API says when it refuses: problem details as RFC 9457, in three parts."""

import http
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct
from starlette.responses import Response

from wideberth.council.refusals import NotFittingError
from wideberth.errors import WideberthError
from wideberth.formats.typeset import TypesetError
from wideberth.node.desk import DeskClosedError
from wideberth.node.people import NameTakenError, NotSignedInError
from wideberth.node.people_passwords import TooBusyError
from wideberth.node.ports import NoCopyError
from wideberth.node.refusals import (
    ConflictingRevisionError,
    IncompleteError,
    NotAllowedError,
    NotFoundError,
)

MEDIA_TYPE: Final = "application/problem+json"
_STATUS: Final[tuple[tuple[type[WideberthError], int], ...]] = (
    (NotSignedInError, 401),
    (NotAllowedError, 403),
    (NotFittingError, 409),
    (NotFoundError, 404),
    (ConflictingRevisionError, 409),
    (NameTakenError, 409),
    (DeskClosedError, 503),
    (TooBusyError, 503),
    (TypesetError, 501),
    (NoCopyError, 501),
)


class Fault(Struct, frozen=True, kw_only=True):
    """One of several things that are wrong with what was sent."""

    where: str
    what: str
    remedy: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was refused, what to do, and for 500 a number to give to whoever keeps the log.

    held: the revision in force, where that is why.
    """

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    where: str = ""
    remedy: str = ""
    problems: tuple[Fault, ...] = ()
    held: int | None = None
    reference: str = ""


class RefusedError(Exception):
    """A request that is refused by the door itself, before any journey was asked.

    why: a fixed phrase for the audit; empty: no row.
    """

    def __init__(
        self,
        status: int,
        what: str,
        *,
        remedy: str = "",
        why: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.what = what
        self.remedy = remedy
        self.why = why
        self.headers = dict(headers or {})
        super().__init__(what)


def refused_as(error: RefusedError) -> Response:
    """Return the answer to a request that the door refused."""
    return answer(problem_of(error.status, error.what, remedy=error.remedy), error.headers)


def problem_of(status: int, what: str, *, remedy: str = "", where: str = "") -> Problem:
    """Return a problem."""
    title = http.HTTPStatus(status).phrase
    return Problem(title=title, status=status, detail=what, where=where, remedy=remedy)


def status_of(error: WideberthError) -> int:
    """Return the status that says what the asker can do: 422 unless the class says more."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def problem_from(error: WideberthError) -> Problem:
    """Return the problem that a refusal of a journey is."""
    problem = problem_of(status_of(error), error.what, remedy=error.remedy, where=error.where)
    if isinstance(error, IncompleteError):
        faults = tuple(
            Fault(where=where, what=what, remedy=remedy) for where, what, remedy in error.problems
        )
        return msgspec.structs.replace(problem, problems=faults)
    if isinstance(error, ConflictingRevisionError):
        return msgspec.structs.replace(problem, held=error.held)
    return problem


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as it is sent."""
    body = msgspec.json.encode(problem)
    return Response(body, problem.status, headers, media_type=MEDIA_TYPE)
