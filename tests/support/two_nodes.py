"""Two nodes in one process: memory stores, a hand-moved clock, lines that may misbehave."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from counted_chance import CountedChance
from key_scenes import Holder
from simulated_link import Network

from wideberth.adapters.store_memory import MemoryStore
from wideberth.formats.builtin import builtin_agreement
from wideberth.model.activity import Activity, Disclosure
from wideberth.model.agreement import Agreement, NoticePeriod
from wideberth.model.command import AddPeer, ChangeState, Command, Declare, Tick
from wideberth.model.council_clocks import DrillRules
from wideberth.model.council_rules import CouncilRules
from wideberth.model.footprint import Circle
from wideberth.model.notice import Deadline, EscalationStep, NoticeRules, Reaction, Rung, Unit
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume
from wideberth.node import queries
from wideberth.node.answers import Answer
from wideberth.node.desk import Desk
from wideberth.node.door import receive_all
from wideberth.node.outbox import Outbox
from wideberth.node.ports import Store
from wideberth.node.settings import Settings
from wideberth.node.work import Bench
from wideberth.peering.envelope import key_id

T0 = 1_800_000_000.0


class HandClock:
    """A clock that stands until moved; sleeping moves nothing and yields."""

    def __init__(self, now_s: float = T0) -> None:
        self.now = now_s
        self.slept: list[float] = []

    def now_s(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


@dataclass
class HeldKeys:
    """A signer whose keys are a function of the party's name and the generation."""

    holder: Holder
    generation: int = 1

    def _pair(self, purpose: str):
        return self.holder.pair(purpose, self.generation)

    @property
    def kid(self) -> str:
        return key_id(self._pair("envelope").public_key)

    def sign(self, data: bytes) -> bytes:
        return self._pair("envelope").sign(data)

    @property
    def log_key(self) -> bytes:
        return self._pair("log").public_key

    def sign_log(self, data: bytes) -> bytes:
        return self._pair("log").sign(data)

    @property
    def cosign_key(self) -> bytes:
        return self._pair("cosign").public_key

    def cosign(self, data: bytes) -> bytes:
        return self._pair("cosign").sign(data)


@dataclass
class Heard:
    """A notifier that remembers."""

    alerts: list[tuple[str, str]] = field(default_factory=list)

    async def alert(self, role: str, text: str) -> None:
        self.alerts.append((role, text))


def an_agreement(**different: object) -> Agreement:
    """Return an agreement of north and south with units, deadlines and notice periods."""
    base = builtin_agreement()
    # no test calls by themselves: they would come in between (tests/node/test_drills.py has them)
    notice = NoticeRules(
        effective=Rung.ACKNOWLEDGED,
        deadlines=(
            Deadline(Rung.DELIVERED, 60.0, base.clauses[0].id),
            Deadline(Rung.READ, 300.0, base.clauses[0].id),
            Deadline(Rung.ACKNOWLEDGED, 1800.0, base.clauses[0].id),
        ),
        escalation=(
            EscalationStep("duty officer", 30.0),
            EscalationStep("deputy", 60.0),
            EscalationStep("decision level", 120.0),
        ),
        reactions=(Reaction("south", 600.0),),
        units=(Unit("south", "frigate"), Unit("south", "battery"), Unit("north", "wing")),
    )
    fields = {
        "id": "test-agreement",
        "parties": ("north", "south"),
        "notice": notice,
        "notice_periods": (NoticePeriod("*", base.clauses[0].id, 3600.0),),
        "named_points": (("MIDWAY", (33.0, 34.0)),),
        "builtin": False,
        "council": CouncilRules(drills=DrillRules(times=())),
    }
    return replace(base, **(fields | different))


def a_volume(lon_deg: float = 33.0, lat_deg: float = 34.0, **different: object) -> Volume:
    """Return a disc of 10 km in the air, from two hours after T0 on, for an hour."""
    fields = {
        "id": "0",
        "arena": Arena.AIR,
        "footprint": Circle((lon_deg, lat_deg), 10_000.0),
        "height": HeightBand.of(1000.0, 3000.0),
        "time": TimeWindow(T0 + 7200.0, T0 + 10_800.0),
    }
    return Volume(**(fields | different))


def an_activity(party: str = "north", name: str = "A1", **different: object) -> Activity:
    """Return an activity of one disc."""
    volumes = different.pop("volumes", None) or (a_volume(),)
    fields = {"kind": "patrol", "title": "Patrol one", "disclose": Disclosure.FULL}
    return Activity(party, name, volumes, **(fields | different))


@dataclass
class Node:
    """A node with everything that a test may want to touch."""

    party: str
    desk: Desk
    store: Store
    clock: HandClock
    heard: Heard
    signer: HeldKeys
    outbox: Outbox | None = None
    tasks: list[asyncio.Task] = field(default_factory=list)

    async def do(self, command: Command) -> Answer:
        return await self.desk.do(command)

    async def declare(self, activity: Activity, **different: object) -> Answer:
        return await self.do(
            Declare(activity, **({"contact": "duty officer", "by": "p"} | different))
        )

    async def change(self, activity: str, state, **different: object) -> Answer:
        return await self.do(ChangeState(activity, state, "p", **different))

    async def tick(self) -> Answer:
        return await self.do(Tick())

    async def alarms(self) -> list[str]:
        return sorted(alarm.kind for alarm in await self.desk.read(queries.alarms))

    async def notices(self):
        return await self.desk.read(queries.notices)

    async def held(self, party: str, name: str):
        return await self.desk.read(lambda r: queries.activity(r, party, name))

    async def peer(self, party: str):
        return await self.desk.read(lambda r: queries.peer(r, party))

    async def conflicts(self):
        met = await self.desk.read(queries.conflicts)
        return [one for one in met if one.ended_s is None]


def make_node(
    party: str, agreement: Agreement, clock: HandClock, *, store: Store | None = None
) -> Node:
    """Return a node that does not run yet."""
    signer = HeldKeys(Holder(party))
    bench = Bench(Settings.of(party, agreement), signer, CountedChance(party))
    store = store or MemoryStore()
    heard = Heard()
    desk = Desk(bench, store, clock=clock, notifier=heard)
    return Node(party, desk, store, clock, heard, signer)


@dataclass
class Pair:
    """Two nodes that know each other, and the lines between them."""

    north: Node
    south: Node
    network: Network
    clock: HandClock

    async def settle(self, rounds: int = 60) -> None:
        """Let both send until nothing waits (or the lines do not let it through)."""
        for _ in range(rounds):
            sent = False
            for node in (self.north, self.south):
                assert node.outbox is not None
                sent = await node.outbox.turn() or sent
            if not sent:
                return
        raise AssertionError("the nodes never stop talking")


@contextlib.asynccontextmanager
async def two_nodes(
    agreement: Agreement | None = None, *, stores: tuple[Store, Store] | None = None, seed: int = 0
) -> AsyncIterator[Pair]:
    """Give two running nodes that know each other; nothing is sent before `settle`."""
    agreement = agreement or an_agreement()
    clock = HandClock()
    network = Network(seed=seed, sleep=clock.sleep)
    kept = stores or (MemoryStore(), MemoryStore())
    north, south = (
        make_node(party, agreement, clock, store=store)
        for party, store in zip(("north", "south"), kept, strict=True)
    )
    for node, other in ((north, south), (south, north)):
        join(node, other.party, network)
    try:
        for node, other in ((north, south), (south, north)):
            holder = Holder(other.party)
            await node.do(AddPeer(holder.card(holder.first()), "admin"))
        yield Pair(north, south, network, clock)
    finally:
        for node in (north, south):
            for task in node.tasks:
                task.cancel()
            await asyncio.gather(*node.tasks, return_exceptions=True)
            await node.store.close()


def join(node: Node, peer: str, network: Network) -> None:
    """Start a node's desk and put it on the line."""
    node.tasks.append(asyncio.create_task(node.desk.run()))

    async def receive(envelopes):
        return await receive_all(node.desk, envelopes, via="test")

    network.join(node.party, receive)
    link = network.link(node.party)
    node.outbox = Outbox(node.desk, link, CountedChance(node.party), peer=peer)
