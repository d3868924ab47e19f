"""Cases of interference: reported, asked to cease, answered in time, observed, closed (R26)."""

import asyncio
from typing import Annotated, Final

from msgspec import Meta, Struct, structs

from wideberth.model.command import AnswerCease, CloseCase, ObserveCase, OpenCase, RequestCease
from wideberth.model.interference import CeaseAnswer, Effect, Outcome
from wideberth.node import cases
from wideberth.node.answers import Answer
from wideberth.node.case_records import InterferenceCase
from wideberth.node.people import Permission
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.peering.strict import Instant
from wideberth.peering.wire import Name, Text
from wideberth.peering.wire_interference import (
    WireBearing,
    WireReport,
    bearing_from_wire,
    report_from_wire,
)
from wideberth.web.api_forms import Form, Paged
from wideberth.web.api_route import Asked, v1, v1_command, v1_read

_LONGEST_NAME: Final = 200


class PagedCases(Paged, frozen=True):
    """lasting: only those that are not closed; false: those that are, too."""

    lasting: bool = True


class CasePage(Struct, frozen=True, kw_only=True):
    """Cases by opener and id, each with its newest step alone; the case itself has all.

    next: the cursor of the next page; empty: this is the last.
    """

    items: tuple[InterferenceCase, ...]
    next: str


class OpenForm(Form, frozen=True):
    """All of it is told to the peer. case: a name for it; empty: the node makes one.

    cease: ask the peer at once to cease.
    """

    peer: Name
    report: WireReport
    case: Annotated[str, Meta(max_length=_LONGEST_NAME)] = ""
    cease: bool = False


class CeaseForm(Form, frozen=True):
    """role: who asks, as the peer is told."""

    role: Name
    words: Text = ""


class AnswerForm(Form, frozen=True):
    """when_s: when it ceased, or by when it will; left out: now, or in the time an answer has.

    reason: why not, or why it is disputed.
    """

    role: Name
    answer: CeaseAnswer
    when_s: Instant | None = None
    reason: Text = ""


class ObserveForm(Form, frozen=True):
    """What was seen or done: words, an effect, a bearing."""

    role: Name
    words: Text = ""
    effect: Effect | None = None
    bearing: WireBearing | None = None


class CloseForm(Form, frozen=True):
    """How it ended, and what was found."""

    role: Name
    outcome: Outcome
    words: Text = ""


async def listed(asked: Asked) -> CasePage:
    """Return cases, own and peers'."""
    query = asked.query
    found, after = await asked.desk.read(
        lambda reader: cases.cases(
            reader, is_open=query.lasting, after=query.after, limit=query.limit
        )
    )
    items = tuple(structs.replace(case, steps=case.steps[-1:]) for case in found)
    return CasePage(items=items, next=after)


async def one(asked: Asked) -> InterferenceCase:
    """Return a case; raises NotFoundError."""
    party, name = asked.path("party"), asked.path("case")
    found = None
    if len(party) <= _LONGEST_NAME and len(name) <= _LONGEST_NAME:
        found = await asked.desk.read(lambda reader: cases.case(reader, party, name))
    if found is None:
        raise NotFoundError("there is no such case of interference.")
    return found


async def open_case(asked: Asked) -> Answer:
    """Report interference to a peer."""
    form, by = asked.body, asked.identity.by
    report = await asyncio.to_thread(report_from_wire, form.report)
    command = OpenCase(form.peer, report, by, case=form.case, cease=form.cease)
    return await asked.desk.do(command)


async def cease(asked: Asked) -> Answer:
    """Ask the peer of an own case to cease."""
    form, by = asked.body, asked.identity.by
    name = await _own(asked)
    return await asked.desk.do(RequestCease(name, form.role, by, form.words))


async def answer(asked: Asked) -> Answer:
    """Answer a peer's request to cease."""
    found, form, by = await one(asked), asked.body, asked.identity.by
    command = AnswerCease(
        found.opener,
        found.id,
        form.answer,
        role=form.role,
        by=by,
        when_s=form.when_s,
        reason=form.reason,
    )
    return await asked.desk.do(command)


async def observe(asked: Asked) -> Answer:
    """Add to a case what was seen or done."""
    found, form, by = await one(asked), asked.body, asked.identity.by
    command = ObserveCase(
        found.opener,
        found.id,
        form.role,
        by,
        words=form.words,
        effect=form.effect,
        bearing=bearing_from_wire(form.bearing),
    )
    return await asked.desk.do(command)


async def close(asked: Asked) -> Answer:
    """Close an own case."""
    form, by = asked.body, asked.identity.by
    name = await _own(asked)
    return await asked.desk.do(CloseCase(name, form.outcome, form.role, by, form.words))


async def _own(asked: Asked) -> str:
    found = await one(asked)
    if found.opener != asked.desk.party:
        raise NotAllowedError(f"the case is {found.opener}'s.", remedy="Add what you know of it.")
    return found.id


_CASE: Final = "/interference/{party}/{case}"
_RIGHT: Final = Permission.INTERFERENCE
ROUTES: Final = (
    v1_read("/interference", "Cases of interference", listed, CasePage, query=PagedCases),
    v1_read(_CASE, "A case with all its steps", one, InterferenceCase, says=(404,)),
    v1(
        "POST",
        "/interference",
        _RIGHT,
        "Report interference to a peer",
        handle=open_case,
        takes=OpenForm,
        gives=Answer,
        status=201,
        says=(404,),
    ),
    v1_command(f"{_CASE}/cease", _RIGHT, "Ask the peer to cease", cease, CeaseForm),
    v1_command(f"{_CASE}/answer", _RIGHT, "Answer a request to cease", answer, AnswerForm),
    v1_command(f"{_CASE}/observations", _RIGHT, "Add what was seen", observe, ObserveForm),
    v1_command(f"{_CASE}/close", _RIGHT, "Close an own case", close, CloseForm),
)
