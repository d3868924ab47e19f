"""A node comes back on an old backup: seen, told, and settled by people without losing anything."""

import asyncio
import copy

import pytest
from key_scenes import Holder
from two_nodes import Pair, an_activity, two_nodes

from wideberth.model.command import AddPeer
from wideberth.model.notice import Rung
from wideberth.node.desk import _last_event


async def said(pair: Pair, *names: str) -> None:
    for name in names:
        await pair.north.declare(an_activity("north", f"N {name}"))
        await pair.south.declare(an_activity("south", f"S {name}"))
        await pair.settle()


async def taken_again(pair: Pair) -> None:
    """Both parties' people speak, and each takes the other's card into the hand again."""
    for node, other in ((pair.north, "south"), (pair.south, "north")):
        holder = Holder(other)
        await node.do(AddPeer(holder.card(holder.first()), "admin"))


async def older(pair: Pair, newer: tuple[str, ...]):
    """Let north lose all that was said after its backup."""
    await said(pair, "1", "2")
    backup = copy.deepcopy(pair.north.store._shelves)
    await said(pair, *newer)
    pair.north.store._shelves = backup
    pair.north.desk._last_event = await pair.north.desk.read(_last_event)


@pytest.mark.parametrize("newer", [("3",), ("3", "4", "5")])
@pytest.mark.parametrize("first", ["north", "south"])
def test_an_older_store_is_seen_by_both_sides_whoever_speaks_first(newer, first):
    async def scene():
        async with two_nodes() as pair:
            await older(pair, newer)
            for name in (first, "south" if first == "north" else "north"):
                node = getattr(pair, name)
                await node.declare(an_activity(name, f"{name} after"))
                await pair.settle()
            for node in (pair.north, pair.south):
                assert {"unknown message", "two histories"} & set(await node.alarms())
            assert pair.network.failures == []

    asyncio.run(scene())


@pytest.mark.parametrize("newer", [("3",), ("3", "4", "5")])
def test_once_people_have_settled_it_both_hold_all_that_either_declares(newer):
    async def scene():
        async with two_nodes() as pair:
            await older(pair, newer)
            for node in (pair.south, pair.north):
                await node.declare(an_activity(node.party, f"{node.party} after"))
                await pair.settle()
            for k in range(3):
                await taken_again(pair)
                await said(pair, f"round {k}")
            await said(pair, "6", "7")
            for name in ("1", "2", *newer, "6", "7"):
                assert await pair.north.held("south", f"S {name}") is not None, name
            for node, other in ((pair.north, "south"), (pair.south, "north")):
                assert await node.held(other, f"{other} after") is not None
                newest = [n for n in await node.notices() if n.activity.endswith("7")]
                assert {n.rung for n in newest} == {Rung.DELIVERED}
            assert pair.network.failures == []

    asyncio.run(scene())
