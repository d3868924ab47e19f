"""Forces bound until a date: when it has passed, both sides are in red until it is settled."""

import asyncio
from dataclasses import replace

from behind import pass_time
from two_nodes import T0, an_agreement, make_node, two_nodes

from wideberth.model.binding import Force
from wideberth.model.command import Tick
from wideberth.node import queries
from wideberth.node.forces_clock import EXPIRED
from wideberth.node.renewing import renew

BASE = an_agreement()
CLAUSE = BASE.clauses[0].id
FORCE = Force("south", "Coastal command", T0 - 10.0, T0 + 60.0, CLAUSE)
OPEN = Force("north", "Air group")
BOUND = replace(BASE, forces=(FORCE, OPEN))


async def alarms(node):
    return [a for a in await node.desk.read(queries.alarms) if a.kind == EXPIRED]


def test_a_commitment_that_has_expired_is_an_alarm_on_both_sides_until_it_is_renewed():
    async def run():
        async with two_nodes(BOUND) as pair:
            await pass_time(pair, 59.0, step_s=59.0)
            assert [await alarms(node) for node in (pair.north, pair.south)] == [[], []]
            await pass_time(pair, 200.0, step_s=100.0)
            for node in (pair.north, pair.south):
                (alarm,) = await alarms(node)
                assert "Coastal command" in alarm.text
                assert f"({CLAUSE})" in alarm.text
                assert alarm.roles[-1] == "decision level"
            anew = replace(BOUND, forces=(replace(FORCE, until_s=T0 + 1e6), OPEN))
            node = make_node("north", anew, pair.clock, store=pair.north.store)
            await renew(node.desk.bench, node.store, pair.clock.now)
            task = asyncio.create_task(node.desk.run())
            await node.do(Tick())
            assert await alarms(node) == []
            task.cancel()

    asyncio.run(run())


def test_one_of_two_commitments_for_the_same_force_is_enough():
    async def run():
        agreement = replace(
            BASE, forces=(FORCE, replace(FORCE, from_s=T0 + 60.0, until_s=T0 + 1e9))
        )
        async with two_nodes(agreement) as pair:
            await pass_time(pair, 90.0, step_s=90.0)
            assert await alarms(pair.north) == []

    asyncio.run(run())
