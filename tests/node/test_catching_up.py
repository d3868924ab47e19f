"""A peer that has missed much is told all of it, a stretch at a time, and until then it is said."""

import asyncio

from two_nodes import an_activity, two_nodes

from wideberth.model.activity import State
from wideberth.model.command import Suspend
from wideberth.node import queries, tables
from wideberth.node.catching_up import MOST_AT_ONCE

MANY = MOST_AT_ONCE + 20


async def in_force(node, party: str) -> set[str]:
    names, after = set(), ""
    while page := await node.desk.read(
        lambda r, after=after: queries.activities(r, party=party, after=after)
    ):
        names |= {h.activity.id for h in page if h.activity.state is State.ACCEPTED}
        after = tables.key(party, page[-1].activity.id)
    return names


def test_all_that_was_declared_while_suspended_is_told_and_an_alarm_lasts_until_it_is():
    async def main():
        async with two_nodes() as pair:
            await pair.north.do(Suspend("south", suspended=True, by="s", reason="talks"))
            await pair.settle()
            names = sorted([*(f"A{k:04d}" for k in range(MANY)), f"A{MOST_AT_ONCE - 1:04d}-b"])
            for name in names:
                await pair.north.declare(an_activity(name=name))
            await pair.north.do(Suspend("south", suspended=False, by="s", reason=""))
            assert "not all told" in await pair.north.alarms()
            await pair.settle()
            assert len(await in_force(pair.south, "north")) == MOST_AT_ONCE
            await pair.north.change(names[-1], State.WITHDRAWN)  # before its turn has come
            await pair.north.declare(an_activity(name="B"))  # told at once, out of turn
            for _ in range(3):
                await pair.north.tick()
                await pair.settle()
            assert "not all told" not in await pair.north.alarms()
            assert await in_force(pair.south, "north") == {*names[:-1], "B"}

    asyncio.run(main())
