"""kill -9 at random moments: nothing that was acknowledged is lost, nothing happens twice.

WIDEBERTH_NIGHTLY=1: 300 kills in place of 20. WIDEBERTH_SEED=n: other moments.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, urlencode

from free_ports import free_ports
from node_process import NodeProcess, node_processes
from node_traffic import Person, Planner, Remembered, Watch
from node_whole import Found, assert_whole, at_peace, at_rest
from psycopg.conninfo import conninfo_to_dict
from stores_under_test import Home, homes
from tcp_proxy import TROUBLES, Line, tcp_proxy

NIGHTLY = os.environ.get("WIDEBERTH_NIGHTLY") == "1"
SEED = int(os.environ.get("WIDEBERTH_SEED", "20261122"))
KILLS = 300 if NIGHTLY else 20


@dataclass
class Killer:
    """Ends nodes at moments drawn by chance, and starts them again."""

    nodes: tuple[NodeProcess, NodeProcess]
    draw: Random
    memory: Remembered
    most: int
    kills: dict[str, int] = field(default_factory=lambda: {"north": 0, "south": 0})
    while_starting: int = 0
    both: int = 0

    async def work(self) -> None:
        while sum(self.kills.values()) < self.most:
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


@dataclass(frozen=True)
class Night:
    """What became of two nodes that were killed again and again."""

    memory: Remembered
    killer: Killer
    north: Found
    south: Found


async def night(
    nodes: tuple[NodeProcess, NodeProcess], kills: int, ports: Sequence[int] = ()
) -> Night:
    """Let people work on both nodes while the nodes are killed; return what is held in the end.

    ports: where the nodes say they are; lines are put there, and misbehave all night.
    """
    draw, memory, stop = Random(SEED), Remembered(), asyncio.Event()
    killer = Killer(nodes, draw, memory, kills)
    async with AsyncExitStack() as stack:
        people: list[Person] = []
        for node in nodes:
            client = await stack.enter_async_context(node.client())
            at = (node, client)
            people += [
                Planner(*at, Random(draw.random()), memory, stop, name=name) for name in "AB"
            ]
            people.append(Watch(*at, Random(draw.random()), memory, stop))
        lines = [
            await stack.enter_async_context(tcp_proxy(port, node.peer_port))
            for port, node in zip(ports, nodes, strict=False)
        ]
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.work())
            for line in lines:
                group.create_task(misbehave(line, Random(draw.random()), stop))
            await killer.work()
            for node in nodes:
                await node.healthy()
            stop.set()
        await at_peace(nodes)
        return Night(memory, killer, *await at_rest(nodes))


async def misbehave(line: Line, draw: Random, stop: asyncio.Event) -> None:
    """Let a line be in one trouble after the other, and sound in between, until told to stop."""
    while not stop.is_set():
        draw.choice(TROUBLES)(line)
        await asyncio.sleep(draw.uniform(0.0, 0.6))
        line.mend()
        await asyncio.sleep(draw.uniform(0.0, 0.6))


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
    with node_processes(tmp_path) as nodes:
        judge(nodes, capsys, lambda: night(nodes, KILLS))


def test_nodes_killed_on_lines_that_cut_and_corrupt_lose_nothing_and_do_nothing_twice(
    tmp_path, capsys
):
    ports = free_ports(2)
    urls = dict(zip(("north", "south"), (f"https://127.0.0.1:{p}" for p in ports), strict=True))
    with node_processes(tmp_path, urls=urls) as nodes:
        judge(nodes, capsys, lambda: night(nodes, KILLS // 4, ports))


def test_nodes_on_postgresql_killed_at_any_moment_lose_nothing_and_do_nothing_twice(
    tmp_path, capsys
):
    with homes("postgres") as fresh:
        stores = {party: address_of(fresh()) for party in ("north", "south")}
        with node_processes(tmp_path, stores=stores) as nodes:
            judge(nodes, capsys, lambda: night(nodes, KILLS // 4))


def address_of(home: Home) -> str:
    """Return a PostgreSQL store's address as node.toml has it."""
    said = conninfo_to_dict(home.dsn)
    query = urlencode({name: said[name] for name in ("host", "options")}, quote_via=quote)
    return f"postgresql://{said['user']}@/{said['dbname']}?{query}"


def judge(nodes, capsys, play: Callable[[], Coroutine[None, None, Night]]) -> None:
    """Play a night, and see that both nodes came out of it whole; print its seed and figures."""
    said = f"seed {SEED}"
    try:
        found = asyncio.run(play())
        assert_whole(found.north, found.south)
        assert_remembered(found.memory, found.north, found.south)
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
        assert sum(found.killer.kills.values()) >= found.killer.most
        assert found.memory.answered > found.killer.most
        said += f": {summary(found.memory, found.killer, found.north, found.south)}"
    finally:
        with capsys.disabled():
            print(f"\n{said}")  # noqa: T201 - to see the same moments again


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
