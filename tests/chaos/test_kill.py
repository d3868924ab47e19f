"""kill -9 at random moments: nothing that was acknowledged is lost, nothing happens twice.

WIDEBERTH_NIGHTLY=1: 300 kills in place of 20. WIDEBERTH_SEED=n: other moments.
"""

import asyncio
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random

import msgspec
from node_process import NodeProcess, an_agreement_text, node_processes
from node_traffic import Person, Planner, Remembered, Watch
from node_whole import Found, assert_whole, at_rest

from wideberth.adapters.clock import SystemClock
from wideberth.node.records import Peer

NIGHTLY = os.environ.get("WIDEBERTH_NIGHTLY") == "1"
SEED = int(os.environ.get("WIDEBERTH_SEED", "20261122"))
KILLS = 300 if NIGHTLY else 20
QUIET_WITHIN_S = 90.0


@dataclass
class Killer:
    """Ends nodes at moments drawn by chance, and starts them again."""

    nodes: tuple[NodeProcess, NodeProcess]
    draw: Random
    memory: Remembered
    kills: dict[str, int] = field(default_factory=lambda: {"north": 0, "south": 0})
    while_starting: int = 0
    both: int = 0

    async def work(self) -> None:
        while sum(self.kills.values()) < KILLS:
            await self._wait()
            chosen = self._chosen()
            for node in chosen:
                self.kills[node.party] += 1
                self.while_starting += not await node.answers()
                node.kill()
            if self.draw.random() < 0.4:
                await asyncio.sleep(self.draw.uniform(0.0, 0.5))
            for node in chosen:
                node.start()
            if self.draw.random() < 0.8:
                for node in chosen:
                    await node.healthy()

    async def _wait(self) -> None:
        """Let a moment pass, or wait until somebody has just asked for something."""
        await asyncio.sleep(self.draw.uniform(0.0, 0.6))
        if self.draw.random() < 0.5:
            posted = self.memory.posted.setdefault(
                self.draw.choice(("north", "south")), asyncio.Event()
            )
            posted.clear()
            await posted.wait()
            await asyncio.sleep(self.draw.uniform(0.0, 0.01))

    def _chosen(self) -> tuple[NodeProcess, ...]:
        if self.draw.random() < 0.1:
            self.both += 1
            return self.nodes
        return (self.draw.choice(self.nodes),)


async def trouble(
    nodes: tuple[NodeProcess, NodeProcess],
) -> tuple[Remembered, Killer, Found, Found]:
    """Let people work on both nodes while the nodes are killed; return what is held in the end."""
    draw, memory, stop = Random(SEED), Remembered(), asyncio.Event()
    killer = Killer(nodes, draw, memory)
    async with AsyncExitStack() as stack:
        people: list[Person] = []
        for node in nodes:
            client = await stack.enter_async_context(node.client())
            at = (node, client)
            people += [
                Planner(*at, Random(draw.random()), memory, stop, name=name) for name in "AB"
            ]
            people.append(Watch(*at, Random(draw.random()), memory, stop))
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.work())
            await killer.work()
            for node in nodes:
                await node.healthy()
            stop.set()
        await quiet(people[0], people[-1])
    return memory, killer, *await at_rest(nodes)


async def quiet(*people: Person) -> None:
    """Return once both nodes have receipts for everything and have compared what is in force."""
    calm_s = SystemClock().now_s()
    async with asyncio.timeout(QUIET_WITHIN_S):
        while True:
            states = [
                msgspec.json.decode((await one.must_ask("/peers")).content, type=list[Peer])[0]
                for one in people
            ]
            if all(
                peer.out_sequence == peer.receipted
                and peer.compared_same
                and peer.compared_s > calm_s
                for peer in states
            ):
                return
            await asyncio.sleep(0.1)


def assert_remembered(memory: Remembered, north: Found, south: Found) -> None:
    """Check that what was acknowledged is there with exactly that content, and nothing else."""
    by_party = {"north": north, "south": south}
    asked: set[str] = set()
    for (party, name), wires in memory.kept.items():
        for wire in wires:
            key = f"{party}/{name}/{wire.revision:012d}"
            asked.add(key)
            assert by_party[party].revisions[key].activity == wire
        assert by_party[party].held[f"{party}/{name}"].activity == wires[-1]
        assert [wire.revision for wire in wires] == list(range(1, len(wires) + 1))
    assert asked == north.revisions.keys() & asked
    assert north.revisions.keys() == asked, "a revision that nobody asked for"
    notices = {n.message: n for n in (*north.notices, *south.notices)}
    for message, step in memory.climbed:
        notice = notices[message]
        assert notice.read_s is not None
        assert step == "read" or notice.units[0].passed_s is not None
        assert step != "acknowledge" or notice.units[0].acknowledged_s is not None


def test_nodes_killed_at_any_moment_lose_nothing_and_do_nothing_twice(tmp_path, capsys):
    with node_processes(tmp_path, an_agreement_text()) as nodes:
        try:
            memory, killer, north, south = asyncio.run(trouble(nodes))
        finally:
            with capsys.disabled():
                print(f"\nseed {SEED}")  # noqa: T201 - to see the same moments again
        assert_whole(north, south)
        assert_remembered(memory, north, south)
    assert sum(killer.kills.values()) >= KILLS
    assert memory.answered > KILLS
    with capsys.disabled():
        print(summary(memory, killer, north, south))  # noqa: T201 - the figures of the night


def summary(memory: Remembered, killer: Killer, north: Found, south: Found) -> str:
    """Return in a line what was done to the nodes and what was found."""
    return (
        f"killed north {killer.kills['north']} and south {killer.kills['south']} times"
        f" ({killer.both} times both, {killer.while_starting} while starting);"
        f" {memory.answered} requests answered, {memory.lost} not, of these"
        f" {memory.done_though_lost} seen to be done; {len(memory.kept)} activities,"
        f" {len(north.revisions)} revisions, {len(north.notices)} notices,"
        f" {north.peer.out_sequence + south.peer.out_sequence} messages,"
        f" {north.audits[0].size} and {south.audits[0].size} entries,"
        f" {len(north.conflicts)} conflicts on both sides: nothing lost, nothing twice"
    )
