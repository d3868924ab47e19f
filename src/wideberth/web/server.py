"""HTTP servers inside the node's own event loop: they start, say where, and end in time."""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from wideberth.errors import WideberthError
from wideberth.web.tls_protocol import BoundedHttpProtocol

MAX_CONNECTIONS: Final = 512
BACKLOG: Final = 256
IDLE_TIME_S: Final = 60
FAREWELL_TIME_S: Final = 3


class ServerError(WideberthError):
    """The server cannot listen where it should."""


class _Server(uvicorn.Server):
    """A server that says when it is ready, and leaves the signals to whoever runs the loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield


@asynccontextmanager
async def serve(
    app: ASGIApp,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    ssl_context: ssl.SSLContext | None = None,
    uds: Path | None = None,
) -> AsyncIterator[int]:
    """Serve the application, and give the port (0 for uds: a socket in the file system, mode 600).

    port 0: any free one. On leaving, requests that are being answered get FAREWELL_TIME_S. Raises
    ServerError where it cannot listen.
    """
    listening = _listen(host, port) if uds is None else _listen_locally(uds)
    server = _Server(_config(app, ssl_context))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await _ready_or_over(server, running)
        yield 0 if uds is not None else int(listening.getsockname()[1])
    finally:
        server.should_exit = True
        with suppress(TimeoutError):
            await asyncio.wait_for(running, 2 * FAREWELL_TIME_S)
        listening.close()
        if uds is not None:
            _remove(uds)


async def _ready_or_over(server: _Server, running: asyncio.Task[None]) -> None:
    """Return when the server is ready; raise what it failed with."""
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait((ready, running), return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    if running.done():
        running.result()


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _config(app: ASGIApp, ssl_context: ssl.SSLContext | None) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        http=BoundedHttpProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=IDLE_TIME_S,
        timeout_graceful_shutdown=FAREWELL_TIME_S,
    )
    config.load()
    config.ssl = ssl_context
    return config


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    It is made as TCP by name: asyncio sends at once (TCP_NODELAY) on such sockets alone, and 40 ms
    late on others.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise _cannot(host, port, error) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise _cannot(host, port, error) from error
    return listening


def _cannot(host: str, port: int, error: OSError) -> ServerError:
    return ServerError(
        f"The node cannot listen on {host}, port {port}: {error.strerror}.",
        remedy="Take another port, or end what has this one.",
    )


def _listen_locally(path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        _remove(path)
        listening.bind(str(path))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise ServerError(f"The node cannot listen: {error.strerror}.", where=str(path)) from error
    finally:
        os.umask(before)
    return listening
