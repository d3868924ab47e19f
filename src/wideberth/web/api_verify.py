"""Proving the ledger whole from the console: started here, looked at while it runs."""

from typing import Annotated, Final

from msgspec import Meta

from wideberth.node.people import Permission
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, Route, v1, v1_read
from wideberth.web.audits import AuditState


class VerifyQuery(Form, frozen=True):
    """peer: whose ledger, as far as we hold it; empty: our own."""

    peer: Annotated[str, Meta(max_length=200)] = ""


async def state(asked: Asked) -> AuditState:
    """Return how far the audit that runs has come, and what the last one found."""
    return asked.door.audits.state


async def start(asked: Asked) -> AuditState:
    """Start an audit of the whole ledger; one runs at a time."""
    ledger = asked.door.ledger
    if ledger is None:
        raise NotFoundError("this node shows no ledger.")
    if asked.door.closing.is_set():
        raise NotAllowedError("the node is stopping.")
    asked.door.audits.start(ledger.verify, asked.query.peer)
    return asked.door.audits.state


ROUTES: Final[tuple[Route, ...]] = (
    v1_read("/ledger/verify", "How an audit of the ledger goes, and went", state, AuditState),
    v1(
        "POST",
        "/ledger/verify",
        Permission.READ,
        "Prove the ledger whole; one audit runs at a time",
        handle=start,
        query=VerifyQuery,
        gives=AuditState,
        status=202,
        says=(404,),
    ),
)
