"""A line between two nodes that misbehaves on demand: TCP taken on one port and carried to another.

async with tcp_proxy(port, target) as line:
    line.cut()            # breaks everything off and takes nothing on
    line.mend()
    line.delay_s = 0.2    # what is set counts for all bytes from now on
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random

CHUNK_BYTES = 16_384


@dataclass
class Line:
    """How the line is now; delay_s and rate count for each chunk, both ways.

    is_cut: connections are broken off as soon as they are made. is_silent: bytes are taken and kept
    until it is not. answer_bytes: a connection is broken off after so many bytes of answers.
    corrupt: the share of chunks in which a byte is another when it arrives.
    """

    draw: Random = field(default_factory=lambda: Random(1))
    delay_s: float = 0.0
    bytes_s: float = 0.0
    answer_bytes: int | None = None
    corrupt: float = 0.0
    is_cut: bool = False
    connections: int = 0
    broken: int = 0
    corrupted: int = 0
    _speaks: asyncio.Event = field(default_factory=asyncio.Event)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Break off what is open, and everything that is opened until mended."""
        self.is_cut = True
        self.break_off()

    def break_off(self) -> None:
        """Break off what is open, once."""
        for writer in tuple(self._open):
            self.broken += 1
            writer.transport.abort()

    def fall_silent(self) -> None:
        """Keep all bytes from now on; connections stay, and look well to both ends."""
        self._speaks.clear()

    def mend(self) -> None:
        """Carry everything, at once, whole; what was kept is carried first."""
        self.delay_s = self.bytes_s = self.corrupt = 0.0
        self.answer_bytes = None
        self.is_cut = False
        self._speaks.set()

    async def carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, answers: bool
    ) -> None:
        """Carry one direction of one connection until it ends."""
        count = 0
        while chunk := await source.read(CHUNK_BYTES):
            if self.bytes_s:
                await asyncio.sleep(len(chunk) / self.bytes_s)
            if self.delay_s:
                await asyncio.sleep(self.delay_s)
            await self._speaks.wait()
            if answers and self.answer_bytes is not None:
                left = self.answer_bytes - count
                if len(chunk) >= left:
                    sink.write(chunk[: max(0, left)])
                    self.broken += 1
                    return
            count += len(chunk)
            sink.write(self._arrived(chunk))
            await sink.drain()

    def _arrived(self, chunk: bytes) -> bytes:
        if self.draw.random() >= self.corrupt:
            return chunk
        self.corrupted += 1
        place = self.draw.randrange(len(chunk))
        return chunk[:place] + bytes([chunk[place] ^ 0x55]) + chunk[place + 1 :]


@asynccontextmanager
async def tcp_proxy(port: int, target: int) -> AsyncIterator[Line]:
    """Carry what comes to a port of loopback to another port of it."""
    line = Line()
    line.mend()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # the test is over
            await carried(reader, writer)

    async def carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line.connections += 1
        if line.is_cut:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            writer.transport.abort()
            return
        line._open |= {writer, far_writer}
        ways = [
            asyncio.create_task(line.carry(reader, far_writer, answers=False)),
            asyncio.create_task(line.carry(far_reader, writer, answers=True)),
        ]
        try:
            with suppress(OSError):
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for one in (writer, far_writer):
                line._open.discard(one)
                one.close()

    server = await asyncio.start_server(connected, "127.0.0.1", port)
    try:
        yield line
    finally:
        server.close()
        line.cut()
        line._speaks.set()
        await server.wait_closed()


def slow(line: Line) -> None:
    """Carry everything late."""
    line.delay_s = 0.15


def narrow(line: Line) -> None:
    """Carry little a second."""
    line.bytes_s = 20_000.0


def cut_short(line: Line) -> None:
    """Break off in the middle of an answer, or of the handshake."""
    line.answer_bytes = line.draw.randrange(1, 6000)


def corrupt(line: Line) -> None:
    """Alter a byte now and then."""
    line.corrupt = 0.3


def broken(line: Line) -> None:
    """Break off what is open, once."""
    line.break_off()


TROUBLES = (slow, narrow, cut_short, corrupt, broken)
