"""Real servers and real lines on loopback, with keys made for the test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from counted_chance import CountedChance

from wideberth.adapters.keys_file import KeysFile
from wideberth.adapters.peer_https import Patience, PeerHttps
from wideberth.adapters.tls import client_context, server_context
from wideberth.peering.pins import pin_of
from wideberth.web.peer_api import peer_app
from wideberth.web.server import serve

Receive = Callable[[Sequence[bytes]], Awaitable[Sequence[bytes]]]
PATIENCE = Patience(connect_s=30.0, read_s=30.0, whole_s=90.0)


async def echo(lines: Sequence[bytes]) -> Sequence[bytes]:
    """Answer each line with itself."""
    return [b"took " + line for line in lines]


@dataclass
class LoopbackNode:
    """A party's keys, whom it lets in, and what it answers."""

    keys: KeysFile
    receive: Receive = echo
    allowed: dict[str, str] = field(default_factory=dict)

    @property
    def certificate(self) -> str:
        return self.keys.tls.certificate.read_text()

    @property
    def pin(self) -> str:
        return pin_of(self.certificate)

    def let_in(self, *others: "LoopbackNode") -> None:
        for other in others:
            self.allowed[other.pin] = other.keys.party

    def context_to(self, *peers: "LoopbackNode"):
        return self.client_context([peer.certificate for peer in peers])

    def client_context(self, trusted: Iterable[str]):
        own = self.keys.tls
        return client_context(own.certificate, own.key, passphrase=own.passphrase, trusted=trusted)

    def server_context(self, trusted: Iterable[str]):
        own = self.keys.tls
        return server_context(own.certificate, own.key, passphrase=own.passphrase, trusted=trusted)

    def link(self, patience: Patience = PATIENCE) -> PeerHttps:
        return PeerHttps(self.client_context, patience=patience)

    async def take(self, lines: Sequence[bytes]) -> Sequence[bytes]:
        return await self.receive(lines)

    @asynccontextmanager
    async def up(self, *trusted: "LoopbackNode", app=None, **more) -> AsyncIterator[str]:
        """Serve on loopback, and give the address."""
        context = self.server_context([other.certificate for other in trusted])
        app = app or peer_app(
            receive_all=self.take,
            allowed=self.allowed.get,
            card=lambda: self.keys.card,
            **more,
        )
        async with serve(app, ssl_context=context) as port:
            yield f"https://127.0.0.1:{port}"


def a_node(folder: Path, party: str, receive: Receive = echo) -> LoopbackNode:
    chance = CountedChance(party)
    make = partial(KeysFile.create, party=party, url="https://127.0.0.1", chance=chance)
    return LoopbackNode(make(folder / party), receive)
