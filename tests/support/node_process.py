"""Real nodes in processes of their own, on loopback: SQLite, TLS, the API; killed and started anew.

with node_processes(tmp_path) as (north, south):     # both run and know each other
    async with north.client() as client:
        await client.post("/api/v1/activities", json=a_form("north", "A1"))
    north.kill(); north.start(); await north.healthy()
"""

import asyncio
import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import httpx2
import node_nursery
from free_ports import free_ports

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.assembly.config import Api, NodeConfig, PeerSide
from wideberth.assembly.running import opened
from wideberth.assembly.setting_up import set_up
from wideberth.model.command import AddPeer
from wideberth.node.desk import Desk
from wideberth.node.people import Permission, Role, permissions_of
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_tokens import Tokens
from wideberth.node.people_users import Users

T = TypeVar("T")

AGREEMENT = """\
id = "loopback"
version = 1
title = "Two nodes on loopback"
parties = ["north", "south"]
[[clause]]
id = "S1"
text = "Aircraft keep apart."
[[separation]]
arenas = ["air", "air"]
clause = "S1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
[[unit]]
party = "north"
id = "wing"
[[unit]]
party = "south"
id = "battery"
[notices]
effective = "acknowledged"
heartbeat_s = {heartbeat_s}
link_down_after_s = {link_down_after_s}
reconcile_s = {reconcile_s}
"""
ROLES = (Role.PLANNER, Role.WATCH)
START_WITHIN_S = 120.0  # a busy machine is no failure


def an_agreement_text(
    *,
    heartbeat_s: float = 2.0,
    link_down_after_s: float = 6.0,
    reconcile_s: float = 3.0,
    more: str = "",
) -> str:
    """Return an agreement without validity, of north and south with a unit each."""
    waits = {
        "heartbeat_s": heartbeat_s,
        "link_down_after_s": link_down_after_s,
        "reconcile_s": reconcile_s,
    }
    return AGREEMENT.format(**waits) + more


class Nursery:
    """The process that nodes are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, node_nursery.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def node(self, folder: Path, log: Path) -> int:
        """Start a node and return its process's number."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"folder": str(folder), "log": str(log)}) + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    def end(self) -> None:
        """End it; nodes that are left end with it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@cache
def the_nursery() -> Nursery:
    """Return the one nursery of these tests; it ends with them."""
    nursery = Nursery()
    atexit.register(nursery.end)
    return nursery


@dataclass
class NodeProcess:
    """A node's folder, and its process while it runs."""

    party: str
    folder: Path
    api_port: int
    peer_port: int
    card: bytes
    token: str = ""
    number: int | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder.with_suffix(".log")

    def start(self) -> None:
        """Start the process; it may not listen yet."""
        assert self.number is None
        self.number = the_nursery().node(self.folder, self.log)

    def kill(self) -> None:
        """End the process as a power cut would, and return when it is gone."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Ask the process to end, wait until it has, and return how long that took."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> float:
        assert self.number is not None
        begun_s = time.perf_counter()
        os.kill(self.number, how)
        while self.runs():
            assert time.perf_counter() - begun_s < START_WITHIN_S, self.said()
            time.sleep(0.002)
        self.number = None
        return time.perf_counter() - begun_s

    def runs(self) -> bool:
        """Return whether the process is there."""
        if self.number is None:
            return False
        try:
            os.kill(self.number, 0)
        except ProcessLookupError:
            return False
        return True

    async def healthy(self) -> None:
        """Return when the node answers."""
        async with asyncio.timeout(START_WITHIN_S):
            while not await self.answers():
                assert self.runs(), self.said()
                await asyncio.sleep(0.01)

    async def answers(self) -> bool:
        """Return whether the API answers now."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.api_port)
        except OSError:
            return False
        try:
            writer.write(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return (await reader.readline()).startswith(b"HTTP/1.1 200")
        except OSError:
            return False
        finally:
            writer.close()

    def said(self) -> str:
        """Return what the process wrote."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def move_clock(self, offset_s: float) -> None:
        """Put the node's clock so far from the computer's, at once."""
        new = self.folder / "clock_offset_s.new"
        new.write_text(str(offset_s))
        new.rename(self.folder / node_nursery.OFFSET)

    @asynccontextmanager
    async def client(self, timeout_s: float = 60.0) -> AsyncIterator[httpx2.AsyncClient]:
        """Give a client of the API with a planner's and a watch officer's rights."""
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{self.api_port}",
            headers={"authorization": f"Bearer {self.token}"},
            timeout=timeout_s,
            trust_env=False,
        ) as client:
            yield client

    async def ask(self, work: Callable[[Desk], Awaitable[T]]) -> T:
        """Return what work says of the node's desk, while no process runs it."""
        assert self.number is None
        async with opened(self.folder) as (_config, _keys, desk):
            return await work(desk)


@contextmanager
def node_processes(
    folder: Path,
    agreement: str | None = None,
    *,
    urls: dict[str, str] | None = None,
    stores: dict[str, str] | None = None,
    start: bool = True,
) -> Iterator[tuple[NodeProcess, NodeProcess]]:
    """Give the nodes of north and south, which know each other.

    urls: where they say they are. stores: what they keep things in, where it is no file.
    """
    path = folder / "agreement.toml"
    path.write_text(agreement or an_agreement_text())
    ports = free_ports(4)
    nodes = [
        _made(
            folder / party,
            path,
            NodeConfig(
                party=party,
                store=(stores or {}).get(party, "node.db"),
                api=Api(port=ports.pop()),
                peer=PeerSide(port=ports.pop()),
            ),
            (urls or {}).get(party),
        )
        for party in ("north", "south")
    ]
    try:
        for node, other in (nodes, reversed(nodes)):
            node.token = asyncio.run(_introduced(node, other))
        if start:
            for node in nodes:
                node.start()
            for node in nodes:
                asyncio.run(node.healthy())
        yield nodes[0], nodes[1]
    finally:
        for node in nodes:
            if node.number is not None and node.runs():
                node.kill()


def _made(folder: Path, agreement: Path, config: NodeConfig, url: str | None) -> NodeProcess:
    api, peer = config.api.port, config.peer.port
    made = set_up(folder, config, agreement=agreement, url=url or f"https://127.0.0.1:{peer}")
    return NodeProcess(config.party, folder, api, peer, made.keys.card)


async def _introduced(node: NodeProcess, other: NodeProcess) -> str:
    """Make a node know another, and return a token for its API."""
    clock = SystemClock()
    async with opened(node.folder) as (_config, _keys, desk):
        await desk.do(AddPeer(other.card, "admin"))
        await Users(desk.store, clock, Passwords()).add("tester", ROLES, "")
        scopes = permissions_of(ROLES) - {Permission.SIGNED_IN}
        tokens = Tokens(desk.store, clock, SystemChance())
        token, _record = await tokens.issue("tester", scopes, title="test", lasts_s=86_400.0)
        return token
