"""Alarms show the clause of the agreement that they come of."""

import asyncio
from dataclasses import replace

from two_nodes import T0, a_volume, an_activity, an_agreement, two_nodes

from wideberth.model.span import TimeWindow
from wideberth.node import queries

BASE = an_agreement()
CLAUSE = BASE.clauses[0].id
AGREEMENT = replace(BASE, notice=replace(BASE.notice, effective_clause=CLAUSE))


async def texts(node):
    return {alarm.kind: alarm.text for alarm in await node.desk.read(queries.alarms)}


def test_late_notices_silent_lines_and_unlike_clocks_name_their_clause():
    soon = a_volume(time=TimeWindow(T0 + 60.0, T0 + 3600.0))

    async def main():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(an_activity("north", volumes=(soon,)))
            pair.clock.now += 10.0  # on its way for ten seconds
            await pair.settle()
            said = await texts(pair.south)
            assert f"(clause {CLAUSE})" in said["too late to act"]
            assert f"(clause {CLAUSE})" in said["clock skew"]
            pair.clock.now += 3600.0
            await pair.north.tick()
            said = await texts(pair.north)
            assert f"(clause {CLAUSE})" in said["line down"]
            assert f"({CLAUSE})" in said["unacknowledged"]

    asyncio.run(main())
