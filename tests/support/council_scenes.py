"""What is said in the council between the nodes of a pair, and what stands on a side.

call = await opened(pair, pair.north, CallMade(role="watch", ...))
await said(pair, pair.south, call, CallTaken, role="deputy")
assert (await stand(pair.north, call)).holder == "deputy"
"""

from wideberth.council.kinds import stand_of
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.saying import Say


async def opened(pair, node, opening):
    """Open a matter at a node, let the other side hear of it, and return it."""
    answer = await node.do(Say(opening, "user"))
    await pair.settle()
    return answer.matter


async def said(pair, node, matter, body, **given):
    """Say something in a matter at a node, and let the other side hear of it."""
    given = {"role": "duty officer"} | given
    await node.do(Say(body(opener=matter.opener, matter=matter.id, **given), "user"))
    await pair.settle()


async def held(node, matter):
    """Return a matter as a node has it; None: it does not know it."""
    one = (matter.kind, matter.opener, matter.id)
    return await node.desk.read(lambda reader: matters.matter(reader, *one))


async def stand(node, matter):
    """Return where a matter stands at a node."""
    return stand_of(await held(node, matter), node.desk.agreement)


async def texts_of(node, kind):
    """Return what the alarms of a kind say that last at a node."""
    found = await node.desk.read(queries.alarms)
    return [alarm.text for alarm in found if alarm.kind == kind]
