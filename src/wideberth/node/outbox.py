"""The line to each peer: what waits is sent in order, again and again, until a receipt comes.

One task a peer. Failures wait longer each time, up to a bound, for ever; since when the line is
down is written down and shown. Nothing is sent from memory: every try reads the store.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from wideberth.errors import WideberthError
from wideberth.model.command import LinkState, TakeReceipt
from wideberth.node import queries, tables
from wideberth.node.desk import Desk, DeskClosedError
from wideberth.node.ports import Chance, LinkError, PeerLink, Reader
from wideberth.peering.problem import decode_problem

MOST_TOGETHER: Final = 32
MOST_BYTES: Final = 4 * 1_048_576
FIRST_WAIT_S: Final = 0.25
LONGEST_WAIT_S: Final = 30.0
LISTEN_EVERY_S: Final = 0.25
IDLE_S: Final = 0.5  # what is queued without an event waits so long: less than clocks may differ


def waiting(reader: Reader, peer: str) -> list[bytes]:
    """Return the oldest envelopes without a receipt, as many as go together."""
    first, before = tables.under(peer)
    found: list[bytes] = []
    size = 0
    rows = reader.scan(tables.OUTBOX, first=first, before=before, limit=MOST_TOGETHER)
    for _key, raw in rows:
        size += len(raw)
        if found and size > MOST_BYTES:
            break
        found.append(raw)
    return found


class Outbox:
    """Sends to one peer until cancelled."""

    def __init__(self, desk: Desk, link: PeerLink, chance: Chance, *, peer: str) -> None:
        self._desk = desk
        self._link = link
        self._chance = chance
        self._peer = peer
        self._failures = 0

    async def run(self) -> None:
        """Send what waits, whenever something waits, until cancelled or the desk closes."""
        seen = 0
        while True:
            try:
                sent = await self.turn()
            except DeskClosedError:
                return
            if sent:
                continue
            if self._failures:
                await self.wait()
                continue
            await self._desk.next_event(seen, IDLE_S)
            seen = await self._desk.read(_last_event)

    async def turn(self) -> bool:
        """Send once; return whether something was receipted."""
        envelopes = await self._desk.read(lambda reader: waiting(reader, self._peer))
        if not envelopes:
            return False
        try:
            answers = await self._link.exchange(self._peer, envelopes)
            await self._take(answers)
        except LinkError as error:
            await self._failed(error.reason)
            return False
        if self._failures:
            self._failures = 0
            await self._desk.do(LinkState(self._peer, up=True, reason=""))
        return True

    async def _take(self, answers: Sequence[bytes]) -> None:
        """Take receipts in order, in one commit; a line that is none ends the turn as a failure."""
        if not answers:
            raise LinkError("no answer")
        refusals = [decode_problem(answer) for answer in answers]
        first = next((at for at, one in enumerate(refusals) if one), len(answers))
        taken = [self._desk.do(TakeReceipt(self._peer, answer)) for answer in answers[:first]]
        for outcome in await asyncio.gather(*taken, return_exceptions=True):
            if isinstance(outcome, WideberthError) and not isinstance(outcome, DeskClosedError):
                raise LinkError(f"bad receipt: {type(outcome).__name__}") from outcome
            if isinstance(outcome, BaseException):
                raise outcome
        refusal = refusals[first] if first < len(answers) else None
        if refusal is not None:
            raise LinkError(f"refused: {refusal.code}")

    async def _failed(self, reason: str) -> None:
        """Note why; the same again changes nothing."""
        self._failures += 1
        await self._desk.do(LinkState(self._peer, up=False, reason=reason))

    async def wait(self) -> None:
        """Wait for long, or until something comes from the peer: then it can be reached again."""
        left_s = self._wait_s()
        heard_s = await self._desk.read(self._heard_s)
        while left_s > 0.0 and await self._desk.read(self._heard_s) == heard_s:
            await self._desk.clock.sleep(min(left_s, LISTEN_EVERY_S))
            left_s -= LISTEN_EVERY_S

    def _heard_s(self, reader: Reader) -> float | None:
        peer = queries.peer(reader, self._peer)
        return None if peer is None else peer.last_heard_s

    def _wait_s(self) -> float:
        """Return how long to wait: doubling up to a bound, and spread."""
        longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(self._failures - 1, 20))
        return longest * (0.5 + self._chance.token(1)[0] / 512.0)


def _last_event(reader: Reader) -> int:
    return int(reader.get(tables.META, "event") or b"0")
