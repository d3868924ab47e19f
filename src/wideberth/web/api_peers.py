"""Peers, the agreement, what is in force between us, and the ledger."""

from typing import Final

import msgspec
from starlette.responses import Response

from wideberth.model.activity import Disclosure, State
from wideberth.model.command import AddPeer, Suspend
from wideberth.node import queries, tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Peer
from wideberth.node.refusals import NotFoundError
from wideberth.web.api_agreement import AgreementView, view_of
from wideberth.web.api_forms import CardForm, Numbered, PagedSide, ReasonForm
from wideberth.web.api_route import Asked, v1_command, v1_read
from wideberth.web.api_views import Entry, EntryPage, InForceLine, InForceView, LedgerView
from wideberth.web.guard import Ledger

_OVER: Final = frozenset({State.ENDED, State.WITHDRAWN})


async def peers(asked: Asked) -> list[Peer]:
    """Return all peers."""
    return await asked.desk.read(queries.peers)


async def peer(asked: Asked) -> Peer:
    """Return a peer; raises NotFoundError."""
    name = asked.path("peer")
    found = await asked.desk.read(lambda reader: queries.peer(reader, name))
    if found is None:
        raise NotFoundError("there is no such peer.", remedy="See GET /api/v1/peers.")
    return found


async def add(asked: Asked) -> Answer:
    """Trust a party's node by its card."""
    return await asked.desk.do(AddPeer(card=asked.body.card.encode(), by=asked.identity.by))


async def suspend(asked: Asked) -> Answer:
    """Suspend the exchange of declarations."""
    return await _suspend(asked, suspended=True)


async def resume(asked: Asked) -> Answer:
    """Take the exchange up again."""
    return await _suspend(asked, suspended=False)


async def _suspend(asked: Asked, *, suspended: bool) -> Answer:
    name = (await peer(asked)).party
    by, reason = asked.identity.by, asked.body.reason
    return await asked.desk.do(Suspend(peer=name, suspended=suspended, by=by, reason=reason))


async def agreement(asked: Asked) -> AgreementView:
    """Return the agreement."""
    return view_of(asked.desk.agreement)


async def in_force(asked: Asked) -> InForceView:
    """Return what is in force towards a peer, or from it, and how the last comparison went."""
    found = await peer(asked)
    query = asked.query
    party = asked.desk.party if query.side == "ours" else found.party

    def work(reader: Reader) -> tuple[list[Held], str]:
        first, before = tables.under(party)
        start = f"{query.after}\0" if query.after > first else first
        rows = list(reader.scan(tables.ACTIVITY, first=start, before=before, limit=query.limit))
        held = [msgspec.json.decode(record, type=Held) for _key, record in rows]
        return held, rows[-1][0] if len(rows) == query.limit else ""

    held, after = await asked.desk.read(work)
    activities = (one.activity for one in held)
    return InForceView(
        peer=found.party,
        items=tuple(
            InForceLine(activity=one.id, revision=one.revision, state=one.state)
            for one in activities
            if one.state not in _OVER and one.disclose is not Disclosure.PRIVATE
        ),
        next=after,
        compared_s=found.compared_s,
        same=found.compared_same,
        differences=found.in_force_differences,
    )


def _ledger(asked: Asked) -> Ledger:
    if asked.door.ledger is None:
        raise NotFoundError("this node shows no ledger.")
    return asked.door.ledger


async def ledger(asked: Asked) -> LedgerView:
    """Return the ledger's size."""
    return LedgerView(size=await _ledger(asked).size())


async def checkpoint(asked: Asked) -> Response:
    """Return the newest checkpoint."""
    return Response(await _ledger(asked).checkpoint(), media_type="text/plain")


async def entries(asked: Asked) -> EntryPage:
    """Return a page of entries."""
    first = asked.query.first
    found = await _ledger(asked).entries(first, asked.query.limit)
    return EntryPage(
        items=tuple(Entry(index=first + place, envelope=data) for place, data in enumerate(found))
    )


async def entry(asked: Asked) -> Response:
    """Return the exact bytes of an entry."""
    found = await _ledger(asked).entries(asked.number("index"), 1)
    if not found:
        raise NotFoundError("there is no such entry.")
    if not found[0]:
        raise NotFoundError("its content was recalled and deleted; its hash stays in the tree.")
    return Response(found[0], media_type="application/octet-stream")


async def proof(asked: Asked) -> Response:
    """Return evidence for an entry that a third person can check."""
    index = asked.number("index")
    if index >= await _ledger(asked).size():
        raise NotFoundError("there is no such entry.")
    return Response(await _ledger(asked).proof(index), media_type="text/plain")


_ENTRY: Final = "/ledger/entries/{index}"
_BYTES: Final = "application/octet-stream"
ROUTES: Final = (
    v1_read("/agreement", "The agreement", agreement, AgreementView),
    v1_read("/peers", "Peers and their lines", peers, tuple[Peer, ...]),
    v1_command("/peers", Permission.TRUST, "Trust a party's node by its card", add, CardForm),
    v1_read("/peers/{peer}", "A peer", peer, Peer, says=(404,)),
    v1_command(
        "/peers/{peer}/suspend", Permission.SUSPEND, "Suspend the exchange", suspend, ReasonForm
    ),
    v1_command("/peers/{peer}/resume", Permission.SUSPEND, "Take it up again", resume, ReasonForm),
    v1_read(
        "/in-force/{peer}",
        "What is in force between us and a peer",
        in_force,
        InForceView,
        query=PagedSide,
        says=(404,),
    ),
    v1_read("/ledger", "The ledger's size", ledger, LedgerView, says=(404,)),
    v1_read("/ledger/checkpoint", "The newest checkpoint", checkpoint, "text/plain", says=(404,)),
    v1_read("/ledger/entries", "Entries", entries, EntryPage, query=Numbered, says=(404,)),
    v1_read(_ENTRY, "An entry's exact bytes", entry, _BYTES, says=(404,)),
    v1_read(f"{_ENTRY}/proof", "Evidence for an entry", proof, "text/plain", says=(404,)),
)
