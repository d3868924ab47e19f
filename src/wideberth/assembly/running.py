"""A node that runs: stores, keys, line and servers plugged together, and everything stopped again.

Order matters on the way down: first the doors close, then what sends stops, then the desk ends with
everything answered, then the store closes.
"""

import asyncio
import gc
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.adapters.keys_file import KeysFile
from wideberth.adapters.notify_log import NotifyLog
from wideberth.adapters.peer_https import PeerHttps
from wideberth.adapters.tls import client_context, https_context, server_context
from wideberth.assembly.config import (
    CONFIG,
    KEYS,
    ConfigError,
    NodeConfig,
    load_agreement,
    read_config,
)
from wideberth.assembly.lines import LOOK_EVERY_S, Lines
from wideberth.model.command import Tick
from wideberth.node.desk import Desk, DeskClosedError
from wideberth.node.door import receive_all
from wideberth.node.log_view import LogView
from wideberth.node.ports import Clock, Store
from wideberth.node.renewing import renew
from wideberth.node.settings import Settings
from wideberth.node.work import Bench
from wideberth.node.working_agreement import agreement_now
from wideberth.peering.problem import decode_problem
from wideberth.peering.statements import envelope_keys
from wideberth.web.app import node_app
from wideberth.web.console import Console, read_console
from wideberth.web.guard import Door, WebSettings
from wideberth.web.peer_api import peer_app
from wideberth.web.server import serve

TICK_S: Final = 1.0
BACKUPS: Final = "backups"  # below the node's folder
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_log: Final = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """A node that runs: its desk, its door for people, and the ports it is bound to."""

    config: NodeConfig
    desk: Desk
    door: Door
    keys: KeysFile
    api_port: int
    peer_port: int


def open_store(folder: Path, config: NodeConfig) -> Store:
    """Open the store that node.toml names; a file's path is from the folder."""
    if config.store.startswith(("postgresql://", "postgres://")):
        from wideberth.adapters.store_postgres import PostgresStore  # noqa: PLC0415 - an extra

        return PostgresStore.open(config.store)
    from wideberth.adapters.store_sqlite import SqliteStore  # noqa: PLC0415 - one of the two

    return SqliteStore.open(folder / config.store)


@asynccontextmanager
async def opened(
    folder: Path, *, passphrase: bytes | None = None, clock: Clock | None = None
) -> AsyncIterator[tuple[NodeConfig, KeysFile, Desk]]:
    """Give a node's desk without line or servers: for commands at the command line.

    clock: the computer's unless a test gives another.
    """
    config = read_config(folder)
    keys = KeysFile(folder / KEYS, passphrase=passphrase)
    of_file = load_agreement(folder, config)
    store = open_store(folder, config)
    agreement = await store.read(lambda reader: agreement_now(reader, of_file))
    bench = Bench(Settings.of(config.party, agreement), keys, SystemChance())
    desk = Desk(bench, store, clock=clock or SystemClock(), notifier=NotifyLog())
    task: asyncio.Task[None] | None = None
    try:
        count = await renew(bench, store, desk.clock.now_s(), _tell_renewal)
        if count:
            await _log.awarning("the agreement or program changed: all searched again", count=count)
        task = asyncio.create_task(desk.run(), name="desk")
        yield config, keys, desk
    finally:
        await _end([task] if task is not None else [])
        await store.close()


@asynccontextmanager
async def running(
    folder: Path, *, passphrase: bytes | None = None, clock: Clock | None = None
) -> AsyncIterator[Running]:
    """Run a node from its folder until the context is left. Raises WideberthError."""
    _collect_rarely()
    async with AsyncExitStack() as stack:
        config, keys, desk = await stack.enter_async_context(
            opened(folder, passphrase=passphrase, clock=clock)
        )
        lines = _lines(keys, desk)
        await lines.look()
        stack.push_async_callback(lines.close)
        tasks = [
            asyncio.create_task(_again_and_again(desk, "lines", lines.look, LOOK_EVERY_S)),
            asyncio.create_task(_again_and_again(desk, "clocks", lambda: desk.do(Tick()), TICK_S)),
        ]
        stack.push_async_callback(_end, tasks)
        door = _door(folder, config, desk, keys)
        peers = peer_app(
            receive_all=lambda envelopes: take_lines(desk, envelopes),
            allowed=lines.party_of,
            card=lambda: keys.card,
        )
        peer_port = await stack.enter_async_context(
            serve(
                peers,
                host=config.peer.host,
                port=config.peer.port,
                ssl_context=lines.server_context,
            )
        )
        api_port = await stack.enter_async_context(
            serve(
                node_app(door, _console().routes),
                host=config.api.host,
                port=config.api.port,
                ssl_context=_api_context(folder, config),
            )
        )
        stack.callback(door.closing.set)
        await desk.remind()
        yield Running(config, desk, door, keys, api_port, peer_port)


async def take_lines(desk: Desk, envelopes: Sequence[bytes]) -> Sequence[bytes]:
    """Give a peer's lines to the desk; what is refused leaves its kind in the log, no content.

    A gap is ordinary; anything else means a forged, misaddressed or contradictory message.
    """
    answers = await receive_all(desk, envelopes, via="https")
    for answer in answers:
        problem = decode_problem(answer)
        if problem is not None and problem.code != "gap":
            await _log.awarning("message refused", code=problem.code)
    return answers


def _lines(keys: KeysFile, desk: Desk) -> Lines:
    def for_client(trusted: Sequence[str]) -> ssl.SSLContext:
        own = keys.tls
        return client_context(own.certificate, own.key, passphrase=own.passphrase, trusted=trusted)

    own = keys.tls
    context = server_context(own.certificate, own.key, passphrase=own.passphrase, trusted=())
    return Lines(desk, keys, PeerHttps(for_client), context)


def _door(folder: Path, config: NodeConfig, desk: Desk, keys: KeysFile) -> Door:
    on_loopback = config.api.host in LOOPBACK
    settings = WebSettings(
        hosts=frozenset(config.api.hosts),
        secure_cookies=not on_loopback or bool(config.api.certificate),
        open_metrics=on_loopback,
        backups=folder / BACKUPS,
    )
    ledger = LogView(desk, lambda: envelope_keys(keys.statements))
    door = Door.of(desk, desk.bench.chance, settings=settings, ledger=ledger)
    door.card = lambda: keys.card
    return door


def _console() -> Console:
    """Return the console; what was altered is told, and not served."""
    console = read_console()
    if console.altered:
        _log.error("the console is not as it was built, and is not shown", file=console.altered)
    return console


def _collect_rarely() -> None:
    """Look for garbage seldom, and not at what the program itself is made of.

    A node makes many small objects that refer to nothing round about; looking through all of them
    every 700 costs a twentieth of its time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _api_context(folder: Path, config: NodeConfig) -> ssl.SSLContext | None:
    """Return TLS for people's door; beyond loopback there is no door without it.

    Raises ConfigError: passwords would cross the network for all to read.
    """
    api = config.api
    if api.certificate or api.key:
        return https_context(folder / api.certificate, folder / api.key)
    if api.host in LOOPBACK or api.behind_proxy:
        return None
    raise ConfigError(
        f"the API would listen on {api.host}, beyond this machine, without TLS.",
        remedy="Give api.certificate and api.key, or set api.behind_proxy = true where a proxy on"
        " this machine or a protected line does it.",
        where=str(folder / CONFIG),
    )


def _tell_renewal(count: int) -> None:
    _log.info("searching again what is in force", done=count)


async def _again_and_again(
    desk: Desk, what: str, turn: Callable[[], Awaitable[object]], every_s: float
) -> None:
    """Take turns until the desk closes; a failure is told and does not end it.

    Clocks and lines that stop would be silence that nobody notices.
    """
    while True:
        try:
            await turn()
        except DeskClosedError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it was, the next turn comes
            await _log.aerror("failed, goes on", what=what, failure=type(error).__name__)
        await desk.clock.sleep(every_s)


async def _end(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
