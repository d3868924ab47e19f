"""The log as the API shows it."""

from collections.abc import Callable, Mapping, Sequence

from wideberth.node import auditing, tables
from wideberth.node.desk import Desk
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader
from wideberth.node.queries import LARGEST_PAGE
from wideberth.peering.checkpoint import Checkpoint, sign_checkpoint


class LogView:
    """Reads the log of a desk's node; own_keys: those it was ever signed with, by their ids."""

    def __init__(self, desk: Desk, own_keys: Callable[[], Mapping[str, bytes]] = dict) -> None:
        self._desk = desk
        self._own_keys = own_keys

    async def size(self) -> int:
        """Return how many entries there are."""
        return await self._desk.read(lambda reader: Logbook(reader).size)

    async def checkpoint(self) -> bytes:
        """Return a checkpoint of the log as it is now, signed by its key."""
        return await self._desk.read(self._checkpoint)

    async def entries(self, first: int, limit: int) -> Sequence[bytes]:
        """Return exact bytes of entries from an index on; empty bytes: content was deleted."""

        def work(reader: Reader) -> list[bytes]:
            rows = reader.scan(
                tables.ENTRY, first=tables.key(max(first, 0)), limit=min(limit, LARGEST_PAGE)
            )
            return [entry for _key, entry in rows]

        return await self._desk.read(work)

    async def proof(self, index: int) -> bytes:
        """Return evidence for an entry, under a countersigned checkpoint if there is one."""

        def work(reader: Reader) -> bytes:
            checkpoint = auditing.best_checkpoint(reader, index) or self._checkpoint(reader)
            return auditing.prove(reader, index, checkpoint)

        return await self._desk.read(work)

    async def verify(self, peer: str, progress: auditing.Progress) -> auditing.Audit:
        """Prove our log whole, or what we hold of a peer's; raises NotFoundError."""
        settings, own_keys = self._desk.bench.settings, dict(self._own_keys())

        def work(reader: Reader) -> auditing.Audit:
            if peer:
                return auditing.audit_peers(reader, settings, peer, progress)
            return auditing.audit_own(reader, settings, own_keys, progress)

        return await self._desk.read(work)

    def _checkpoint(self, reader: Reader) -> bytes:
        log, bench = Logbook(reader), self._desk.bench
        made = Checkpoint(bench.settings.origin(self._desk.party), log.size, log.root)
        return sign_checkpoint(made, bench.signer.log_key, sign=bench.signer.sign_log)
