"""Nodes that run in processes of their own: one that holds a world, or two that talk."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.node_activities import fill
from benchmarks.online import AGREEMENT
from wideberth.adapters.clock import SystemClock
from wideberth.assembly.config import Api, NodeConfig, PeerSide, load_agreement, read_config
from wideberth.assembly.running import open_store, opened
from wideberth.assembly.setting_up import set_up
from wideberth.model.activity import Activity
from wideberth.model.command import AddPeer
from wideberth.node.people import Role
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_users import Users
from wideberth.node.settings import Settings

NAME, PASSWORD = "bench", "copper lantern ninth harbour"
_STARTS_WITHIN_S = 60.0


@contextmanager
def two_nodes(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the addresses of two nodes that know each other and hold nothing."""
    ports = free_ports(4)
    sides = {"north": ports[:2], "south": ports[2:]}
    cards = {party: make(folder / party, *sides[party]) for party in sides}
    for party, other in (("north", "south"), ("south", "north")):
        asyncio.run(_knows(folder / party, cards[other]))
    with running(folder / "north", ports[0]) as north, running(folder / "south", ports[2]) as south:
        yield north, south


@contextmanager
def node_with(folder: Path, activities: Iterable[Activity]) -> Iterator[str]:
    """Give the address of a node that holds activities."""
    api, peer = free_ports(2)
    make(folder / "north", api, peer)
    asyncio.run(_fill(folder / "north", activities))
    with running(folder / "north", api) as url:
        yield url


def make(folder: Path, api: int, peer: int) -> bytes:
    """Make a node's folder with a user of every right; return its card."""
    agreement = folder.parent / "agreement.toml"
    agreement.write_text(AGREEMENT, encoding="utf-8")
    config = NodeConfig(party=folder.name, api=Api(port=api), peer=PeerSide(port=peer))
    made = set_up(folder, config, agreement=agreement, url=f"https://127.0.0.1:{peer}")
    asyncio.run(_person(folder))
    return made.keys.card


async def _person(folder: Path) -> None:
    async with opened(folder) as (_config, _keys, desk):
        await Users(desk.store, SystemClock(), Passwords()).add(NAME, tuple(Role), PASSWORD)


async def _knows(folder: Path, card: bytes) -> None:
    async with opened(folder) as (_config, _keys, desk):
        await desk.do(AddPeer(card, NAME))


async def _fill(folder: Path, activities: Iterable[Activity]) -> None:
    config = read_config(folder)
    settings = Settings.of(config.party, load_agreement(folder, config))
    store = open_store(folder, config)
    try:
        await fill(store, settings, activities, SystemClock().now_s())
    finally:
        await store.close()


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    """Run a node's process while the context lasts; give its address."""
    command = [sys.executable, "-m", "wideberth", "node", "run", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as node:
        try:
            _await_port(port, node)
            yield f"http://127.0.0.1:{port}"
        finally:
            node.terminate()


def _await_port(port: int, node: "subprocess.Popen[bytes]") -> None:
    end_s = time.perf_counter() + _STARTS_WITHIN_S
    while time.perf_counter() < end_s:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        if node.poll() is not None:
            raise RuntimeError(f"the node ended with {node.returncode}")
        time.sleep(0.01)
    raise RuntimeError("the node does not start")


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports
