"""Two real nodes in a temporary folder, on free ports of this machine, TLS between them."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from wideberth.assembly.config import Api, NodeConfig, PeerSide
from wideberth.assembly.demo_scenario import AGREEMENT
from wideberth.assembly.running import Running, running
from wideberth.assembly.setting_up import Made, set_up
from wideberth.node.desk import Desk


@dataclass(slots=True)
class DemoNode:
    """One side's node; it can be stopped and started again."""

    party: str
    folder: Path
    made: Made
    _now: Running | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def desk(self) -> Desk:
        """Return the desk of the running node."""
        return self.running.desk

    @property
    def running(self) -> Running:
        """Return the node as it runs."""
        assert self._now is not None, "the node was started"
        return self._now

    async def start(self) -> None:
        """Start the node."""
        self._now = await self._stack.enter_async_context(running(self.folder))

    async def stop(self) -> None:
        """Stop the node, cleanly; again: nothing happens."""
        self._now = None
        await self._stack.aclose()
        self._stack = AsyncExitStack()


def make_two(folder: Path) -> tuple[DemoNode, DemoNode]:
    """Make both nodes in a folder; not in an event loop, for it runs one of its own."""
    agreement = folder / "agreement.toml"
    agreement.write_text(AGREEMENT, encoding="utf-8")
    ports = _free_ports(4)
    north, south = (
        _made(folder / party, party, agreement, ports[place : place + 2])
        for place, party in ((0, "north"), (2, "south"))
    )
    return north, south


def _made(folder: Path, party: str, agreement: Path, ports: list[int]) -> DemoNode:
    api, peer = ports
    config = NodeConfig(party, api=Api(port=api), peer=PeerSide(port=peer))
    made = set_up(folder, config, agreement=agreement, url=f"https://127.0.0.1:{peer}")
    return DemoNode(party, folder, made)


def _free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@asynccontextmanager
async def both_running(north: DemoNode, south: DemoNode) -> AsyncIterator[None]:
    """Run both nodes until the context is left."""
    try:
        await north.start()
        await south.start()
        yield
    finally:
        await south.stop()
        await north.stop()
