"""Two nodes at work over a line that misbehaves: random commands, then what must hold after all.

Every run follows from its seed.
"""

from dataclasses import dataclass, field
from random import Random

from behind import pass_time
from two_nodes import Pair, a_volume, an_activity, two_nodes

from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import (
    AnswerReadBack,
    MarkRead,
    PassToUnits,
    RecallNotice,
    Suspend,
    UnitAcknowledge,
)
from wideberth.model.states import next_states
from wideberth.node import queries, tables
from wideberth.node.auditing import audit_own, audit_peers
from wideberth.node.records import Way
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import from_wire, to_wire

SPOILS = (
    ("drop_request", 0.3),
    ("drop_answer", 0.3),
    ("duplicate", 0.4),
    ("late", 0.3),
    ("shuffle", 0.5),
    ("corrupt_request", 0.3),
    ("corrupt_answer", 0.3),
    ("short", 0.4),
)
UNITS = {"north": ("wing",), "south": ("battery", "frigate")}
DISHONEST = ("two histories", "peer's log", "log witness", "unknown message", "not accepted")
DOWN = "line down"


@dataclass
class Chaos:
    """One run: who declared what, and what went wrong that should not."""

    pair: Pair
    random: Random
    revisions: dict = field(default_factory=dict)  # (party, id) -> revision
    recalled: set = field(default_factory=set)
    wrong: list = field(default_factory=list)
    count: int = 0
    levels: tuple = (Disclosure.FULL, Disclosure.FULL, Disclosure.EXTENT)

    @property
    def nodes(self):
        return (self.pair.north, self.pair.south)

    async def step(self):
        """Do one thing at random."""
        node = self.random.choice(self.nodes)
        do = self.random.choices(
            (self.declare, self.change, self.climb, self.turn, self.spoil, self.wait, self.rarely),
            (5, 3, 5, 6, 2, 3, 1),
        )[0]
        try:
            await do(node)
        except WideberthError:
            self.count += 1  # refused; nothing was done

    async def declare(self, node):
        number = self.random.randrange(6)
        name = (node.party, f"{node.party}{number}")
        revision = self.revisions.get(name, 0) + 1
        place = (33.0 + self.random.uniform(-0.2, 0.2), 34.0 + self.random.uniform(-0.2, 0.2))
        activity = an_activity(
            *name,
            revision=revision,
            title=f"t{self.random.random()}",
            volumes=(a_volume(*place),),
            disclose=self.random.choice(self.levels),
        )
        await node.declare(activity)
        self.revisions[name] = revision

    async def change(self, node):
        mine = [name for name in self.revisions if name[0] == node.party]
        if not mine:
            return
        name = self.random.choice(mine)
        held = await node.held(*name)
        states = sorted(next_states(held.activity.state))
        if states:
            await node.change(name[1], State(self.random.choice(states)))
            self.revisions[name] += 1

    async def climb(self, node):
        notices = await node.notices()
        if not notices:
            return
        one = self.random.choice(notices)
        unit = self.random.choice(UNITS[node.party])
        commands = (
            MarkRead(one.message, "watch"),
            PassToUnits(one.message, UNITS[node.party], "watch"),
            UnitAcknowledge(one.message, unit, "unit"),
            AnswerReadBack(one.message, agreed=self.random.random() < 0.8, by="p"),
        )
        await node.do(self.random.choice(commands))

    async def turn(self, node):
        await node.outbox.turn()

    async def spoil(self, _node):
        line = self.random.choice(self.pair.network.both("north", "south"))
        line.mend()
        for name, likely in SPOILS:
            if self.random.random() < 0.5:
                setattr(line, name, likely)

    async def wait(self, node):
        self.pair.clock.now += self.random.choice((1.0, 20.0, 70.0))
        await node.tick()

    async def rarely(self, node):
        """Suspend, take up again, recall, or cut the line for longer than agreed."""
        other = "south" if node.party == "north" else "north"
        match self.random.randrange(4):
            case 0 | 1:
                suspended = bool((await node.peer(other)).suspended_by_us)
                await node.do(Suspend(other, suspended=not suspended, by="w", reason="drill"))
            case 2:
                sent = [one for one in await node.notices() if one.way is Way.OUT]
                if sent:
                    one = self.random.choice(sent)
                    await node.do(RecallNotice(one.message, "w", "misaddressed"))
                    self.recalled.add((one.owner, one.activity))
            case _:
                await self.cut()

    async def cut(self):
        """Cut the line for longer than agreed; both sides must say that it is down."""
        self.pair.network.partition(["north"], ["south"])
        for _ in range(5):
            self.pair.clock.now += 50.0
            for node in self.nodes:
                await node.tick()
                await node.outbox.turn()
        for node in self.nodes:
            if DOWN not in await node.alarms():
                self.wrong.append(f"{node.party} does not say that the line is down")
        self.pair.network.heal()

    async def heal(self):
        """Make the line sound, take up what was suspended, and let all that waits arrive."""
        self.pair.network.heal()
        await self.pair.network.settle()
        for node, other in zip(self.nodes, ("south", "north"), strict=True):
            if (await node.peer(other)).suspended_by_us:
                await node.do(Suspend(other, suspended=False, by="w", reason=""))
        await self.pair.settle()
        await self.pair.network.settle()
        await pass_time(self.pair, 4000.0, step_s=100.0)

    async def faults(self):
        """Return everything that is not as it must be."""
        found = [
            *self.wrong,
            *(f"{f.party} raised {f.error!r}" for f in self.pair.network.failures),
        ]
        for node, other in (self.nodes, self.nodes[::-1]):
            found += [fault async for fault in self._held(node, other)]
            found += [fault async for fault in self._notices(node, other)]
            found += await _dishonest(node)
            found += await _proved(node, other.party)
            if not (await node.peer(other.party)).compared_same:
                lines = (await node.peer(other.party)).in_force_differences
                found.append(f"{node.party}'s lists in force differ: {lines}")
            if DOWN in await node.alarms():
                found.append(f"{node.party} still says that the line is down")
        if set(self.levels) == {Disclosure.FULL}:
            found += await self._conflicts()
        return found

    async def _conflicts(self):
        """Return what one side finds in conflict and the other does not."""
        here, there = [
            {
                (met.id, met.a.revision, met.b.revision, met.why)
                for met in await node.conflicts()
                if not {(s.party, s.activity) for s in (met.a, met.b)} & self.recalled
            }
            for node in self.nodes
        ]
        return [f"only one side finds {one}" for one in here ^ there]

    async def _held(self, node, other):
        """Yield where the other side does not hold what a node declared, as disclosed."""
        for name in self.revisions:
            if name[0] != node.party:
                continue
            own = await node.held(*name)
            there = await other.held(*name)
            if name in self.recalled:
                if there is not None:
                    yield f"{name} was recalled and is still held"
                continue
            seen = disclosed(from_wire(own.activity))
            if there is None:
                if not seen.is_over:
                    yield f"{name} never arrived"
            elif there.activity != to_wire(seen):
                yield f"{name} is {there.activity} there and {to_wire(seen)} here"

    async def _notices(self, node, other):
        """Yield where a notice did not arrive exactly once, or climbed on one side only."""
        sent = {one.message: one for one in await node.notices() if one.way is Way.OUT}
        taken = [one for one in await other.notices() if one.way is Way.IN]
        if sorted(sent) != sorted(one.message for one in taken):
            yield f"{len(sent)} notices sent by {node.party}, {len(taken)} taken"
        for there in taken:
            here = sent.get(there.message)
            if here is None or here.recalled or there.recalled:
                continue
            for what in ("rung", "units", "read_s", "revision", "state", "superseded"):
                if getattr(here, what) != getattr(there, what):
                    yield f"{what} {getattr(here, what)} here, {getattr(there, what)} there"
            if here.lead != there.lead and there.lead is not None:
                one = (here.lead.given_s, here.lead.owed_s, here.lead.late, here.lead.too_late)
                two = (there.lead.given_s, there.lead.owed_s, there.lead.late, there.lead.too_late)
                if one != two:
                    yield f"lead {one} here, {two} there"
        if await _same_entries(node, other, sent, taken):
            yield f"the logs hold other bytes of a notice of {node.party}"


async def _same_entries(node, other, sent, taken):
    async def entry(one, index):
        return await one.store.read(lambda r: r.get(tables.ENTRY, tables.key(index)))

    for there in taken:
        here = sent.get(there.message)
        if here is None or there.recalled:
            continue
        if await entry(node, here.index) != await entry(other, there.index):
            return True
    return False


async def _dishonest(node):
    lasting = await node.desk.read(lambda r: queries.alarms(r, lasting=False))
    return [
        f"{node.party} says of an honest peer: {alarm.kind}: {alarm.text}"
        for alarm in lasting
        if alarm.kind in DISHONEST
    ]


async def _proved(node, other):
    """Return what is wrong with a node's log, or with what it holds of its peer's."""
    known = {node.signer.kid: node.signer._pair("envelope").public_key}
    settings = node.desk.bench.settings
    own = await node.store.read(lambda r: audit_own(r, settings, known, lambda _d, _a: None))
    peers = await node.store.read(lambda r: audit_peers(r, settings, other, lambda _d, _a: None))
    return [
        f"{node.party}: {' '.join(audit.said)}"
        for audit in (own, peers)
        if audit.first_bad is not None
    ]


async def played(seed, steps, *levels):
    """Play one run and return its faults; levels: how much of activities is disclosed."""
    async with two_nodes(seed=seed) as pair:
        chaos = Chaos(pair, Random(seed))
        chaos.levels = levels or chaos.levels
        for _ in range(steps):
            await chaos.step()
        await chaos.heal()
        return await chaos.faults()
