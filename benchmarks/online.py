"""Durable declarations over HTTP, beside the same server's bare hello; how fast a node starts."""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.figure import Figure, at_least, at_most
from benchmarks.node_activities import activities, fill
from wideberth.adapters.clock import SystemClock
from wideberth.assembly.config import Api, NodeConfig, PeerSide, load_agreement, read_config
from wideberth.assembly.running import open_store
from wideberth.assembly.setting_up import set_up
from wideberth.node import tables
from wideberth.node.people import Role, User
from wideberth.node.settings import Settings
from wideberth.peering.wire import to_wire

CONNECTIONS = 32
SECONDS = 8.0
REQUESTS = 30_000
LEAD_S = 8 * 86_400.0

HELLO = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

AGREEMENT = """\
id = "bench"
version = 1
title = "Bench"
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
"""


def figures(in_force: int, *, seconds: float = SECONDS) -> Iterator[Figure]:
    """Yield the figures of a node that holds so many activities, loaded for so long."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "node"
        start_s = SystemClock().now_s() + LEAD_S
        _make(folder, in_force, start_s)
        bodies = _bodies(start_s)
        hello = _measure(["hello"], lambda _said: [HELLO] * 200_000, seconds)
        found = _measure(["node", str(folder)], lambda said: _requests(said, bodies), seconds)
    label = f"declare over HTTP, {in_force:,} in force"
    wrong = {k: v for k, v in found["statuses"].items() if k != "201"}
    if wrong:
        raise RuntimeError(f"{label}: answers that are no success: {wrong}")
    yield Figure("bare hello, 32 connections", hello["rate"], "answers/s")
    yield Figure(label, found["rate"], "answers/s")
    yield at_least(f"{label} / bare hello", found["rate"] / hello["rate"], "ratio", 0.10)
    yield at_most(f"{label}, p99", found["p99_ms"], "ms", 100.0)
    yield at_most(f"start of a node with {in_force:,}", found["opened_s"], "s", 5.0)


def _make(folder: Path, in_force: int, start_s: float) -> None:
    agreement = folder.parent / "agreement.toml"
    agreement.write_text(AGREEMENT, encoding="utf-8")
    config = NodeConfig(party="north", api=Api(port=0), peer=PeerSide(port=0))
    set_up(folder, config, agreement=agreement, url="https://127.0.0.1:8443")
    asyncio.run(_fill(folder, in_force, start_s))


async def _fill(folder: Path, in_force: int, start_s: float) -> None:
    config = read_config(folder)
    settings = Settings.of("north", load_agreement(folder, config))
    store = open_store(folder, config)
    try:
        user = User(name="bench", roles=(Role.PLANNER, Role.ADMIN), password="", created_s=start_s)
        await store.transact(
            lambda tx: tx.put(tables.USER, tables.key("bench"), msgspec.json.encode(user))
        )
        those = activities(in_force, start_s=start_s, seed=1, prefix="held")
        await fill(store, settings, those, start_s)
    finally:
        await store.close()


def _bodies(start_s: float) -> list[bytes]:
    """Return declarations of north's own activities."""
    made = activities(2 * REQUESTS, start_s=start_s, seed=2, prefix="new")
    return [
        msgspec.json.encode({"contact": "duty officer", "activity": to_wire(activity)})
        for activity in made
        if activity.party == "north"
    ]


def _requests(said: dict[str, Any], bodies: list[bytes]) -> list[bytes]:
    head = (
        "POST /api/v1/activities HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {said['token']}\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n\r\n"
    )
    return [head.format(len(body)).encode() + body for body in bodies]


def _measure(server: list[str], requests: Any, seconds: float) -> dict[str, Any]:
    with _served(server) as said, tempfile.NamedTemporaryFile() as file:
        for request in requests(said):
            file.write(len(request).to_bytes(4) + request)
        file.flush()
        load = [sys.executable, "-m", "benchmarks.node_load", str(said["port"])]
        done = subprocess.run(
            [*load, str(CONNECTIONS), str(seconds), file.name],
            check=True,
            capture_output=True,
        )
        return json.loads(done.stdout) | said


@contextmanager
def _served(arguments: list[str]) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.node_server", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.stdin.close()
            server.wait(30)
