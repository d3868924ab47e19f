"""Two nodes about an agreement: texts of later versions, and what is said of them."""

import asyncio
import dataclasses

from two_nodes import an_agreement, two_nodes

from wideberth.council.kinds import stand_of
from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.agreement import Minima
from wideberth.model.clause import Clause
from wideberth.model.council_clocks import TermRules
from wideberth.model.council_rules import ChecklistItem, CouncilRules
from wideberth.model.volume import Arena
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.peering.council.agreement import AgreementProposed, AgreementSigned

DAY_S = 86400.0
FIRST = an_agreement()
COUNCIL = CouncilRules(
    term=TermRules(notice_s=10 * DAY_S, warn_s=DAY_S, clause=FIRST.clauses[0].id),
    resume_checklist=(ChecklistItem("line", "Tested."), ChecklistItem("lists", "Equal.")),
)


def version(number=2, **different):
    """Return a later version of the agreement: lateral minima of 20 km, and one more clause."""
    wider = tuple(
        dataclasses.replace(one, minima=Minima(20_000.0, one.minima.vertical_m, one.minima.time_s))
        if Arena.SPECTRUM not in one.arenas
        else one
        for one in FIRST.separations
    )
    fields = {
        "version": number,
        "separations": wider,
        "council": COUNCIL,
        "clauses": (*FIRST.clauses, Clause("NEW", "A new clause.")),
    }
    return dataclasses.replace(FIRST, **(fields | different))


def text(agreement):
    return canonical(agreement).decode()


async def propose(node, agreement, by="anna"):
    said = AgreementProposed(role="secretary", text=text(agreement))
    return (await node.do(Say(said, by))).matter


def of(matter, body, **fields):
    return body(opener=matter.opener, matter=matter.id, **({"role": "deputy"} | fields))


async def say(node, matter, body, by="anna", **fields):
    return (await node.do(Say(of(matter, body, **fields), by))).matter


async def sign(node, matter, agreement, by="anna", **fields):
    signed = digest(canonical(agreement))
    return await say(node, matter, AgreementSigned, by, digest=signed, **fields)


async def stand(node, matter):
    found = await node.desk.read(lambda r: matters.matter(r, matter.kind, matter.opener, matter.id))
    return stand_of(found, node.desk.agreement)


async def signed_by_both(pair, agreement):
    matter = await propose(pair.north, agreement)
    await pair.settle()
    await sign(pair.north, matter, agreement)
    await pair.settle()
    await sign(pair.south, matter, agreement)
    await pair.settle()
    return matter


def run(story, **given):
    async def main():
        async with two_nodes(FIRST, **given) as pair:
            await story(pair)

    asyncio.run(main())
