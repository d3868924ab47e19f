"""The kinds of PeerLink, each between two nodes that are up, for the suite that runs on all."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from loopback_nodes import a_node
from simulated_link import Network

from wideberth.node.ports import PeerLink

Receive = Callable[[Sequence[bytes]], Awaitable[Sequence[bytes]]]


@dataclass
class LinePair:
    """North's line to south; `take_down` ends south's node."""

    link: PeerLink
    take_down: Callable[[], Awaitable[None]]


@asynccontextmanager
async def simulated(_: Path, receive: Receive) -> AsyncIterator[LinePair]:
    network = Network()
    network.join("south", receive)

    async def take_down() -> None:
        network.leave("south")

    yield LinePair(network.link("north"), take_down)


@asynccontextmanager
async def https(folder: Path, receive: Receive) -> AsyncIterator[LinePair]:
    north, south = a_node(folder, "north"), a_node(folder, "south", receive)
    south.let_in(north)
    server, link = south.up(north), north.link()
    down = []

    async def take_down() -> None:
        down.append(True)
        await server.__aexit__(None, None, None)

    url = await server.__aenter__()
    await link.set_peer("south", url, [south.certificate])
    try:
        yield LinePair(link, take_down)
    finally:
        await link.close()
        if not down:
            await take_down()


KINDS = {"simulated": simulated, "https": https}
