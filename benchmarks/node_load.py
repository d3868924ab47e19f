"""A load of HTTP requests over loopback in a process of its own: so many connections, each busy.

python -m benchmarks.node_load PORT CONNECTIONS SECONDS FILE: the file holds requests, each with its
length before it (4 bytes, big-endian). Prints one line of JSON: answers by status, rate, latencies.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


class _Line(asyncio.Protocol):
    """One connection: sends the next request as soon as the answer to the last is whole."""

    def __init__(self, requests: Iterator[bytes], until_s: float) -> None:
        self._requests, self._until_s = requests, until_s
        self._found = b""
        self._sent_s = 0.0
        self.statuses: Counter[str] = Counter()
        self.waits_s: list[float] = []
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._found += data
        head = self._found.find(b"\r\n\r\n")
        if head < 0:
            return
        lower = self._found[:head].lower()
        at = lower.index(b"content-length:") + 15
        length = int(lower[at:].split(b"\r\n", 1)[0])
        if len(self._found) < head + 4 + length:
            return
        self.waits_s.append(time.perf_counter() - self._sent_s)
        self.statuses[self._found[9:12].decode()] += 1
        self._found = b""
        self._next()

    def connection_lost(self, _exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _next(self) -> None:
        request = next(self._requests, None) if time.perf_counter() < self._until_s else None
        if request is None:
            self._transport.close()
            return
        self._sent_s = time.perf_counter()
        self._transport.write(request)


def requests_in(path: Path) -> list[bytes]:
    """Return the requests of a file."""
    data, found, at = path.read_bytes(), [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return found


async def main(port: int, connections: int, seconds: float, path: Path) -> None:
    """Load the port and print what came back."""
    requests = iter(requests_in(path))
    start_s = time.perf_counter()
    loop = asyncio.get_running_loop()
    lines = []
    for _ in range(connections):
        _transport, line = await loop.create_connection(
            lambda: _Line(requests, start_s + seconds), "127.0.0.1", port
        )
        lines.append(line)
    await asyncio.gather(*(line.done for line in lines))
    took_s = time.perf_counter() - start_s
    waits_s = sorted(wait for line in lines for wait in line.waits_s)
    statuses = sum((line.statuses for line in lines), Counter())
    said = {
        "statuses": dict(statuses),
        "rate": len(waits_s) / took_s,
        "p50_ms": 1e3 * waits_s[len(waits_s) // 2],
        "p99_ms": 1e3 * waits_s[int(len(waits_s) * 0.99)],
    }
    print(json.dumps(said))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
