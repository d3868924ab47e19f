"""Two real nodes over real TLS, and a line between them that does all that lines do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx2
import msgspec
from free_ports import free_ports
from node_process import NodeProcess, an_agreement_text, node_processes
from node_traffic import a_form, an_air_activity
from node_whole import EXPECTED_ALARMS, assert_whole, at_rest
from tcp_proxy import TROUBLES, Line, tcp_proxy

from wideberth.adapters.clock import SystemClock
from wideberth.model.activity import State
from wideberth.node.records import Peer

DEADLINES = """\
clause = "S1"
[[notices.deadline]]
rung = "delivered"
clause = "S1"
within_s = 1
[[notices.deadline]]
rung = "read"
clause = "S1"
within_s = 2
[[notices.escalation]]
role = "duty officer"
after_s = 1
"""
PATIENCE_S = 180.0  # a busy machine is no failure
LATE = EXPECTED_ALARMS | {"unacknowledged"}


@dataclass
class Side:
    """A node, who works at it, and the line by which the other reaches it."""

    node: NodeProcess
    client: httpx2.AsyncClient
    line: Line
    draw: Random
    count: int = 0

    async def declare(self, **different: object) -> dict:
        self.count += 1
        activity = an_air_activity(self.node.party, f"A{self.count}", self.draw)
        answer = await self.client.post("/api/v1/activities", json=a_form(activity))
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def get(self, url: str) -> dict:
        answer = await self.client.get(f"/api/v1{url}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def peer(self) -> Peer:
        return msgspec.convert(await self.get("/peers"), list[Peer])[0]

    async def alarms(self) -> dict[str, str]:
        return {one["kind"]: one["text"] for one in (await self.get("/alarms"))["items"]}

    async def until(
        self, seen: Callable[[dict[str, str], Peer], bool]
    ) -> tuple[dict[str, str], Peer]:
        """Return alarms and peer once they are as they should be."""
        found: object = None
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    found = (await self.alarms(), await self.peer())
                    if seen(*found):
                        return found
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{self.node.party} shows {found}") from None


@dataclass
class Scene:
    north: Side
    south: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return (self.north, self.south)

    async def all_well(self) -> None:
        """Return once both have receipts for all, and no line counts as down."""
        for side in self.sides:
            await side.until(is_well)


def is_well(alarms: dict[str, str], peer: Peer) -> bool:
    is_up = "line down" not in alarms and peer.down_since_s is None
    return is_up and peer.last_heard_s is not None and peer.out_sequence == peer.receipted


def is_down(alarms: dict[str, str], peer: Peer) -> bool:
    return "line down" in alarms and peer.down_since_s is not None


@asynccontextmanager
async def scene_of(
    nodes: tuple[NodeProcess, NodeProcess], ports: list[int]
) -> AsyncIterator[Scene]:
    async with AsyncExitStack() as stack:
        sides = []
        for node, port in zip(nodes, ports, strict=True):
            line = await stack.enter_async_context(tcp_proxy(port, node.peer_port))
            client = await stack.enter_async_context(node.client())
            sides.append(Side(node, client, line, Random(node.party)))
        for node in nodes:
            node.start()
        for node in nodes:
            await node.healthy()
        yield Scene(*sides)


def play(folder: Path, journey, *, allowed: set[str] = LATE) -> None:
    """Run a journey; then stop the nodes and see that nothing is lost, doubled or unhandled."""
    ports = free_ports(2)
    urls = dict(zip(("north", "south"), (f"https://127.0.0.1:{p}" for p in ports), strict=True))
    agreement = an_agreement_text(
        heartbeat_s=0.5, link_down_after_s=1.0, reconcile_s=1.0, more=DEADLINES
    )

    async def played(nodes) -> None:
        async with scene_of(nodes, ports) as scene:
            await journey(scene)
            calm_s = SystemClock().now_s()
            await scene.all_well()
            for side in scene.sides:
                await side.until(lambda _a, p: bool(p.compared_same) and p.compared_s > calm_s)
            found = await at_rest(nodes)
        assert_whole(*found, allowed=allowed)

    with node_processes(folder, agreement, urls=urls, start=False) as nodes:
        asyncio.run(played(nodes))
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
            assert "never retrieved" not in node.said(), node.said()


def test_a_cut_line_is_told_from_people_who_do_not_answer_and_heals_by_itself(tmp_path):
    async def journey(scene):
        await scene.all_well()
        for side in scene.sides:
            side.line.cut()
        for side in scene.sides:
            await side.declare()
        for side in scene.sides:
            await side.until(is_down)
            alarms, peer = await side.until(
                lambda a, _p: "line fault" in a.get("unacknowledged", "")
            )
            assert "This is not clear" in alarms["line down"]
            assert "broken off" in peer.down_reason
        for side in scene.sides:
            side.line.mend()
        await scene.all_well()
        for side in scene.sides:
            alarms, _peer = await side.until(
                lambda a, _p: "no answer" in a.get("unacknowledged", "")
            )
            assert "line down" not in alarms

    play(tmp_path, journey)


def test_a_line_that_falls_silent_counts_as_down_though_no_connection_broke(tmp_path):
    async def journey(scene):
        await scene.all_well()
        for side in scene.sides:
            side.line.fall_silent()
        await scene.north.declare()
        for side in scene.sides:
            await side.until(is_down)
            assert side.line.broken == 0
        for side in scene.sides:
            side.line.mend()

    play(tmp_path, journey)


def test_a_node_on_a_silent_line_stops_within_seconds_and_goes_on_where_it_was(tmp_path):
    async def journey(scene):
        await scene.all_well()
        for side in scene.sides:
            side.line.fall_silent()
        for side in scene.sides:
            await side.declare()
        await asyncio.sleep(0.2)
        took_s = [await asyncio.to_thread(side.node.stop) for side in scene.sides]
        assert max(took_s) < 30.0
        for side in scene.sides:
            assert side.node.said().endswith("stopped cleanly\n"), side.node.said()
            side.line.mend()
            side.node.start()
            await side.node.healthy()

    play(tmp_path, journey)


def test_a_line_that_delays_throttles_cuts_and_corrupts_loses_nothing_and_heals(tmp_path):
    async def journey(scene):
        draw = Random(3)
        for _ in range(10):
            for side in scene.sides:
                side.line.mend()
                draw.choice(TROUBLES)(side.line)
            for side in scene.sides:
                await side.declare()
                await asyncio.sleep(draw.uniform(0.0, 0.3))
        for side in scene.sides:
            assert side.line.broken or side.line.corrupted
            side.line.mend()

    play(tmp_path, journey)


def test_altered_bytes_end_the_connection_and_no_more_and_are_told_from_a_broken_line(tmp_path):
    async def journey(scene):
        await scene.all_well()
        scene.south.line.corrupt = 1.0
        await scene.north.declare()
        await scene.north.until(lambda _a, p: "altered" in p.down_reason)
        assert scene.south.line.corrupted
        await assert_it_waits(scene)
        scene.south.line.mend()

    play(tmp_path, journey)


def test_an_answer_that_breaks_off_in_the_middle_is_asked_for_again(tmp_path):
    async def journey(scene):
        await scene.all_well()
        scene.south.line.answer_bytes = 1500  # the handshake is 740, with the first receipt 2100
        scene.south.line.break_off()
        await scene.north.declare()
        await scene.north.until(lambda _a, p: "broken off" in p.down_reason)
        await assert_it_waits(scene)
        scene.south.line.mend()

    play(tmp_path, journey)


async def assert_it_waits(scene: Scene) -> None:
    """Check that north's message waits, and that both nodes are up."""
    peer = await scene.north.peer()
    assert peer.receipted < peer.out_sequence
    for side in scene.sides:
        assert await side.node.answers()


def test_clocks_apart_are_flagged_on_both_sides_and_nothing_goes_by_the_peers_clock(tmp_path):
    async def journey(scene):
        await scene.all_well()
        made = (await scene.south.declare())["activity"]["activity"]
        for offset_s in (5.0, -3600.0, 7200.0):
            scene.south.node.move_clock(offset_s)
            await scene.north.declare()
            await change(scene.south, made)
            for side in scene.sides:
                await side.until(lambda a, _p: "clock skew" in a)
            await until_held(scene.north, made)
            scene.south.node.move_clock(0.0)
            await change(scene.south, made)
            for side in scene.sides:
                await side.until(lambda a, _p: "clock skew" not in a)
            await until_held(scene.north, made)
        revisions = await scene.north.get(f"/activities/{made['id']}/revisions?party=south")
        assert [one["activity"].get("revision", 1) for one in revisions] == list(range(1, 8))

    play(tmp_path, journey)


async def change(side: Side, made: dict) -> None:
    """Let an activity of a side's take up or leave its plan, in turns; made: as it was."""
    is_on = made.get("state") == State.ACTIVATED
    state = State.NONCONFORMING if is_on else State.ACTIVATED
    answer = await side.client.post(f"/api/v1/activities/{made['id']}/state", json={"state": state})
    assert answer.status_code == 200, answer.text
    made |= answer.json()["activity"]["activity"]


async def until_held(side: Side, made: dict) -> None:
    """Return once a side holds the peer's activity as it is now."""
    url = f"/activities/{made['id']}?party=south"
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if (await side.get(url))["activity"] == made:
                return
            await asyncio.sleep(0.05)
