"""Frozen evidence of incidents over the API: an excerpt of our ledger, with its proofs (R17)."""

from typing import Final

from wideberth.node.council import freezing, matters
from wideberth.node.ports import Reader
from wideberth.node.refusals import NotFoundError
from wideberth.peering.excerpt import Excerpt
from wideberth.web.api_route import Asked, Route, v1_read


async def excerpt(asked: Asked) -> Excerpt:
    """Return one of our excerpts as `wideberth incident verify` reads it; raises NotFoundError."""
    if asked.door.ledger is None:
        raise NotFoundError("this node shows no ledger.")
    newest = await asked.door.ledger.checkpoint()
    opener, name, number = asked.path("party"), asked.path("matter"), asked.number("number")

    def work(reader: Reader) -> Excerpt:
        one = matters.matter(reader, "incident", opener, name)
        kept = [] if one is None else freezing.excerpts(reader, one)
        found = next((e for e in kept if e.number == number), None)
        if found is None:
            raise NotFoundError("there is no such excerpt.")
        return freezing.exported(reader, found, newest)

    return await asked.desk.read(work)


ROUTES: Final[tuple[Route, ...]] = (
    v1_read(
        "/council/incident/{party}/{matter}/excerpts/{number}",
        "Our frozen evidence of an incident",
        excerpt,
        Excerpt,
        says=(404,),
    ),
)
