"""The lines to all peers: one outbox each, certificates as the peers' key statements say now.

Also brings our own new keys into use: announced first, signed with from then on, and the new
certificate shown once every peer has receipted the announcement.
"""

import asyncio
import ssl
from typing import Final

import structlog

from wideberth.adapters.keys_file import KeysFile
from wideberth.adapters.peer_https import PeerHttps
from wideberth.adapters.tls import show, trust
from wideberth.model.command import RotateKeys
from wideberth.node import queries
from wideberth.node.desk import Desk
from wideberth.node.outbox import Outbox
from wideberth.node.records import Peer
from wideberth.peering.pins import pin_of

LOOK_EVERY_S: Final = 0.5
_log: Final = structlog.stdlib.get_logger(__name__)


class Lines:
    """Keeps the lines as the store says: `look` before the servers start, then again and again."""

    def __init__(
        self, desk: Desk, keys: KeysFile, link: PeerHttps, context: ssl.SSLContext
    ) -> None:
        self.server_context = context
        self._desk = desk
        self._keys = keys
        self._link = link
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._pins: dict[str, str] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def party_of(self, pin: str) -> str | None:
        """Return the party that a certificate's pin belongs to now."""
        return self._pins.get(pin)

    async def look(self) -> None:
        """Bring lines and keys to what the store and the keys' folder say."""
        peers = await self._desk.read(queries.peers)
        for peer in peers:
            await self._set(peer)
        self._pins = {pin_of(pem): peer.party for peer in peers for pem in peer.tls}
        await self._renew(peers)

    async def close(self) -> None:
        """Stop sending and close all lines."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._link.close()

    async def _set(self, peer: Peer) -> None:
        where = (peer.url, peer.tls)
        if self._known.get(peer.party) != where:
            trust(self.server_context, peer.tls)
            await self._link.set_peer(peer.party, peer.url, peer.tls)
            self._known[peer.party] = where
        task = self._tasks.get(peer.party)
        if task is None or task.done():
            if task is not None and not task.cancelled() and task.exception() is not None:
                await _log.aerror(
                    "outbox", peer=peer.party, failure=type(task.exception()).__name__
                )
            outbox = Outbox(self._desk, self._link, self._desk.bench.chance, peer=peer.party)
            self._tasks[peer.party] = asyncio.create_task(outbox.run(), name=f"to {peer.party}")

    async def _renew(self, peers: list[Peer]) -> None:
        """Bring new keys of ours into use, step by step."""
        pending = self._keys.pending
        if pending is None:
            return
        if self._keys.in_use.keys != pending.said.number:
            await self._desk.do(RotateKeys(pending.raw, pending.said.number, by="node"))
            self._keys.use_new_keys()
            return
        if all(peer.receipted >= peer.keys_told for peer in peers):
            self._keys.use_new_certificate()
            own = self._keys.tls
            show(self.server_context, own.certificate, own.key, own.passphrase)
            self._known.clear()
