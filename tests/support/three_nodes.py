"""Three nodes in one process, each on a line with both others; lines move when told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from counted_chance import CountedChance
from key_scenes import Holder
from simulated_link import Network
from two_nodes import HandClock, Node, an_agreement, make_node

from wideberth.model.command import AddPeer
from wideberth.node.door import receive_all
from wideberth.node.outbox import Outbox

PARTIES = ("east", "north", "south")
AGREEMENT = an_agreement(parties=PARTIES)


@dataclass
class Three:
    """The nodes, and the lines between each two of them."""

    nodes: dict[str, Node]
    lines: dict[tuple[str, str], Outbox]

    async def send(self, sender: str, receiver: str) -> bool:
        """Let what waits on one line go, as far as one turn takes it."""
        return await self.lines[sender, receiver].turn()

    async def settle(self) -> None:
        """Let all lines send until nothing waits."""
        for _ in range(60):
            if not any([await self.send(*line) for line in self.lines]):
                return
        raise AssertionError("the nodes never stop talking")


@contextlib.asynccontextmanager
async def three_nodes() -> AsyncIterator[Three]:
    """Give three running nodes that know one another; nothing is sent by itself."""
    clock = HandClock()
    network = Network(sleep=clock.sleep)
    nodes = {party: make_node(party, AGREEMENT, clock) for party in PARTIES}
    lines = {}
    for node in nodes.values():
        node.tasks.append(asyncio.create_task(node.desk.run()))

        async def receive(envelopes, desk=node.desk):
            return await receive_all(desk, envelopes, via="test")

        network.join(node.party, receive)
    for party, node in nodes.items():
        for other in PARTIES:
            if other != party:
                link, chance = network.link(party), CountedChance(party + other)
                lines[party, other] = Outbox(node.desk, link, chance, peer=other)
    try:
        for node in nodes.values():
            for other in PARTIES:
                if other != node.party:
                    holder = Holder(other)
                    await node.do(AddPeer(holder.card(holder.first()), "admin"))
        yield Three(nodes, lines)
    finally:
        for node in nodes.values():
            for task in node.tasks:
                task.cancel()
            await asyncio.gather(*node.tasks, return_exceptions=True)
            await node.store.close()
