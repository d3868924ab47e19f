"""From a declaration over HTTP to the peer's signed receipt, taken and logged: two processes, TLS.

Each node is `wideberth node run` with the default store. One declaration at a time: posted to one
node's API, then that node's events are read until one says that the notice was delivered.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import msgspec

from benchmarks.figure import Figure, at_most
from benchmarks.node_activities import activities
from benchmarks.node_run import free_ports, running
from benchmarks.online import AGREEMENT, LEAD_S
from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.assembly.config import Api, NodeConfig, PeerSide
from wideberth.assembly.running import opened
from wideberth.assembly.setting_up import set_up
from wideberth.model.command import AddPeer
from wideberth.node.people import Permission, Role
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_tokens import Tokens
from wideberth.node.people_users import Users
from wideberth.peering.wire import to_wire

DECLARATIONS = 200
WARM_UP = 10
TARGET_MS = 50.0
_SCOPES = frozenset({Permission.DECLARE, Permission.READ})


def figures(declarations: int = DECLARATIONS) -> Iterator[Figure]:
    """Yield how long a declaration takes to be receipted by the peer, median and p95."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        parties = ("north", "south")
        free = free_ports(4)
        ports = {"north": (free[0], free[1]), "south": (free[2], free[3])}
        cards = {party: _made(Path(name) / party, ports[party]) for party in parties}
        tokens = {
            party: asyncio.run(_introduced(Path(name) / party, cards[other]))
            for party, other in (parties, parties[::-1])
        }
        for party in parties:
            stack.enter_context(running(Path(name) / party, ports[party][0]))
        answered_s, receipted_s = _measure(ports["north"][0], tokens["north"], declarations)
    yield Figure("declaration answered, one at a time, median", 1e3 * _at(answered_s, 0.5), "ms")
    yield at_most(
        "declaration to peer's signed receipt, median", 1e3 * _at(receipted_s, 0.5), "ms", TARGET_MS
    )
    yield Figure("declaration to peer's signed receipt, p95", 1e3 * _at(receipted_s, 0.95), "ms")


def _made(folder: Path, ports: tuple[int, int]) -> bytes:
    api, peer = ports
    agreement = folder.parent / "agreement.toml"
    agreement.write_text(AGREEMENT, encoding="utf-8")
    config = NodeConfig(party=folder.name, api=Api(port=api), peer=PeerSide(port=peer))
    return set_up(folder, config, agreement=agreement, url=f"https://127.0.0.1:{peer}").keys.card


async def _introduced(folder: Path, card: bytes) -> str:
    """Make a node know its peer, and return a token for its API."""
    clock = SystemClock()
    async with opened(folder) as (_config, _keys, desk):
        await desk.do(AddPeer(card, "bench"))
        await Users(desk.store, clock, Passwords()).add("bench", [Role.PLANNER], "")
        tokens = Tokens(desk.store, clock, SystemChance())
        return (await tokens.issue("bench", _SCOPES, title="bench", lasts_s=86_400.0))[0]


def _measure(port: int, token: str, count: int) -> tuple[list[float], list[float]]:
    """Return how long each answer took, and each receipt."""
    start_s = SystemClock().now_s() + LEAD_S
    made = activities(3 * (count + WARM_UP), start_s=start_s, seed=3, prefix="new")
    bodies = [
        msgspec.json.encode({"contact": "duty officer", "activity": to_wire(activity)})
        for activity in made
        if activity.party == "north"
    ][: count + WARM_UP]
    head = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    url = f"http://127.0.0.1:{port}"
    answered_s, receipted_s = [], []
    with (
        httpx2.Client(base_url=url, headers=head, timeout=30.0, trust_env=False) as client,
        client.stream("GET", "/events") as stream,
    ):
        events = _events(stream)
        for body in bodies:
            before_s = time.perf_counter()
            answer = client.post("/api/v1/activities", content=body)
            answered_s.append(time.perf_counter() - before_s)
            answer.raise_for_status()
            (notice,) = answer.json()["notices"]
            _await_receipt(events, notice["message"])
            receipted_s.append(time.perf_counter() - before_s)
    return answered_s[WARM_UP:], receipted_s[WARM_UP:]


def _events(stream: httpx2.Response) -> Iterator[dict]:
    for line in stream.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line[5:])


def _await_receipt(events: Iterator[dict], message: str) -> None:
    """Return once the node says that the notice has its receipt: it is logged then."""
    for event in events:
        if event["key"] == message and "receipted_s" in event.get("record", {}):
            return
    raise RuntimeError("the events ended")


def _at(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]
