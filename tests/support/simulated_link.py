"""Lines between nodes without sockets, which can be told to misbehave; the same seed, the same run.

    network = Network(seed=7)
    network.join("north", north_receive)         # what peer_api would call: lines in, lines out
    network.join("south", south_receive)
    link = network.link("north")                 # the PeerLink that north's outbox uses
    network.line("north", "south").drop_answer = 0.3
    network.partition(["north"], ["south"]); network.heal()
    await network.settle()                       # whatever is still on its way arrives

Every chance is drawn from one random.Random. Delays go through `sleep`, so a test with a clock of
its own waits for nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from random import Random

from wideberth.node.ports import LinkError
from wideberth.peering.lines import that_fit

Receive = Callable[[Sequence[bytes]], Awaitable[Sequence[bytes]]]
Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Line:
    """What befalls requests one way, and the answers to them on the way back.

    All but `cut` and `delay_s` are chances from 0 to 1, each drawn once per exchange.
    drop_request: never arrives. drop_answer: arrives, but the sender does not hear of it.
    duplicate: arrives twice, the copy at once or some exchanges later. late: seems lost, and
    arrives after a later request has overtaken it. shuffle: the envelopes arrive in another order.
    corrupt_request, corrupt_answer: one bit of one envelope is flipped. short: the last answers are
    missing. delay_s: each way takes a time drawn from this range.
    """

    cut: bool = False
    drop_request: float = 0.0
    drop_answer: float = 0.0
    duplicate: float = 0.0
    late: float = 0.0
    shuffle: float = 0.0
    corrupt_request: float = 0.0
    corrupt_answer: float = 0.0
    short: float = 0.0
    delay_s: tuple[float, float] = (0.0, 0.0)
    held: list[list[bytes]] = field(default_factory=list)

    def mend(self) -> None:
        """Make the line sound; what is held is still on its way."""
        for one in fields(self):
            if one.name != "held":
                setattr(self, one.name, one.default)


@dataclass(frozen=True)
class Failure:
    """A node's receiver raised: a bug in the node, whatever came in."""

    party: str
    error: Exception


class Network:
    """The nodes that are up, and a line each way between any two."""

    def __init__(self, *, seed: int = 0, sleep: Sleep = asyncio.sleep) -> None:
        self.random = Random(seed)
        self.sleep = sleep
        self.failures: list[Failure] = []
        self.delivered = 0
        self._nodes: dict[str, Receive] = {}
        self._lines: dict[tuple[str, str], Line] = {}

    def join(self, party: str, receive: Receive) -> None:
        """Bring a node up, or put another in its place."""
        self._nodes[party] = receive

    def leave(self, party: str) -> None:
        """Take a node down: lines to it are refused until it joins again."""
        self._nodes.pop(party, None)

    def link(self, party: str) -> "SimulatedLink":
        """Return the PeerLink that the party's node uses."""
        return SimulatedLink(self, party)

    def line(self, sender: str, recipient: str) -> Line:
        """Return the line one way, to be read or spoiled."""
        return self._lines.setdefault((sender, recipient), Line())

    def both(self, one: str, other: str) -> tuple[Line, Line]:
        """Return the lines both ways."""
        return self.line(one, other), self.line(other, one)

    def partition(self, some: Iterable[str], others: Iterable[str]) -> None:
        """Cut all lines between some nodes and others."""
        others = list(others)
        for line in (line for a in some for b in others for line in self.both(a, b)):
            line.cut = True

    def heal(self) -> None:
        """Make all lines sound."""
        for line in self._lines.values():
            line.mend()

    async def settle(self) -> None:
        """Deliver everything that is still on its way to nodes that are up."""
        for (_, recipient), line in list(self._lines.items()):
            await self._deliver_held(recipient, line)

    async def exchange(self, sender: str, recipient: str, sent: Sequence[bytes]) -> list[bytes]:
        """Carry a request there and its answers back, with whatever befalls them."""
        line, chance = self.line(sender, recipient), self._chance
        await self._delay(line)
        if line.cut:
            raise LinkError("unreachable")
        if recipient not in self._nodes:
            raise LinkError("refused")
        request = sent = list(that_fit(sent))
        if chance(line.shuffle):
            self.random.shuffle(request)
        if chance(line.corrupt_request):
            request = self._corrupted(request)
        if chance(line.drop_request):
            raise LinkError("time-out")
        if chance(line.late):
            line.held.append(request)
            raise LinkError("time-out")
        answers = await self._deliver(recipient, request)
        if chance(line.duplicate):
            line.held.append(request)
        if chance(0.5):
            await self._deliver_held(recipient, line)
        await self._delay(line)
        if line.cut or chance(line.drop_answer):
            raise LinkError("time-out")
        if chance(line.corrupt_answer):
            answers = self._corrupted(answers)
        if chance(line.short):
            answers = answers[: self.random.randrange(len(answers) + 1)]
        if len(answers) > len(sent):
            raise LinkError("bad answer: more lines than were sent")
        return answers

    async def _deliver(self, recipient: str, request: Sequence[bytes]) -> list[bytes]:
        receive = self._nodes.get(recipient)
        if receive is None:
            raise LinkError("refused")
        try:
            answers = list(await receive(tuple(request)))
        except Exception as error:
            self.failures.append(Failure(recipient, error))
            raise LinkError("HTTP 500") from error
        self.delivered += 1
        if self._nodes.get(recipient) is not receive:
            raise LinkError("unreachable")  # it went down, or was replaced, before it could answer
        return answers

    async def _deliver_held(self, recipient: str, line: Line) -> None:
        while line.held and not line.cut and recipient in self._nodes:
            request = line.held.pop(self.random.randrange(len(line.held)))
            try:
                await self._deliver(recipient, request)
            except LinkError:
                continue

    async def _delay(self, line: Line) -> None:
        low_s, high_s = line.delay_s
        await self.sleep(self.random.uniform(low_s, high_s))

    def _chance(self, likely: float) -> bool:
        return likely > 0.0 and self.random.random() < likely

    def _corrupted(self, lines: Sequence[bytes]) -> list[bytes]:
        if not any(lines):
            return list(lines)
        spoiled = [bytearray(line) for line in lines]
        target = self.random.choice([line for line in spoiled if line])
        target[self.random.randrange(len(target))] ^= 1 << self.random.randrange(8)
        return [bytes(line) for line in spoiled]


class SimulatedLink:
    """One party's end of the network: a PeerLink."""

    def __init__(self, network: Network, party: str) -> None:
        self.network = network
        self.party = party

    async def exchange(self, peer: str, envelopes: Sequence[bytes]) -> Sequence[bytes]:
        """Deliver envelopes in order and return the answers; raises LinkError."""
        return await self.network.exchange(self.party, peer, envelopes)


def all_lines(network: Network, parties: Sequence[str]) -> Iterator[Line]:
    """Yield every line between the parties, each way."""
    for one in parties:
        for other in parties:
            if one != other:
                yield network.line(one, other)
