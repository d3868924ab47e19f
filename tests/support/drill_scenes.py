"""Scenes with test calls: two nodes whose agreement has them, and what became of each."""

from two_nodes import T0, an_agreement

from wideberth.council.drill_stand import stand
from wideberth.model.council_clocks import DrillRules
from wideberth.model.council_rules import CouncilRules
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.drill_board import board_of
from wideberth.node.council.saying import Say
from wideberth.peering.council.drill import DrillAnswered, DrillOpened, Exercise

NINE_S = T0 + 3600.0  # T0 is 08:00 UTC
FOUR_S = T0 + 8 * 3600.0


def drilled_agreement(**rules):
    base = an_agreement()
    clause = base.clauses[0].id
    return an_agreement(council=CouncilRules(drills=DrillRules(clause=clause, **rules)))


async def drills(node, opener="", what=None):
    """Return a node's drills, by name."""
    found, _next = await node.desk.read(
        lambda reader: matters.matters(reader, kind="drill", is_open=False)
    )
    return [one for one in found if opener in ("", one.opener) and what in (None, one.opening.what)]


async def say(node, body):
    return (await node.do(Say(body, "user"))).matter


def in_drill(body, one, **fields):
    return body(opener=one.opener, matter=one.id, role="duty officer", **fields)


async def answer_all(node):
    """Answer every call that waits at a node; return how many."""
    waiting = [
        one
        for one in await drills(node)
        if one.opener != node.party
        and one.opening.what in (Exercise.SCHEDULED, Exercise.SURPRISE)
        and stand(one, node.desk.agreement).answered_s is None
    ]
    for one in waiting:
        await say(node, in_drill(DrillAnswered, one))
    return len(waiting)


def call(what=Exercise.SURPRISE, **fields):
    return DrillOpened(role="duty officer", what=what, **fields)


async def states(node):
    return [stand(one, node.desk.agreement).state for one in await drills(node)]


async def red(node):
    """Return the texts of all alarms that last."""
    return [alarm.text for alarm in await node.desk.read(queries.alarms)]


async def scores(node, peer, now_s):
    agreement = node.desk.agreement
    return await node.desk.read(
        lambda reader: board_of(reader, (node.party, peer), agreement=agreement, now_s=now_s)
    )
