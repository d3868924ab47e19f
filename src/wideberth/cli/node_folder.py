"""A node's folder at the command line: opened for one command, whether or not the node runs.

Store and log are safe for several processes at once: every command reads numbers and hashes in
the transaction that writes them. A node that runs sends what a command here has queued within a
second or so, at its next look at the clock.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click
import structlog

from wideberth.adapters.keys_file import KeysFile
from wideberth.assembly.config import NodeConfig
from wideberth.assembly.running import opened
from wideberth.cli.outputs import RefusedError
from wideberth.errors import WideberthError
from wideberth.formats.shown import line, quoted
from wideberth.node.desk import Desk
from wideberth.node.refusals import IncompleteError

T = TypeVar("T")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_PASSPHRASE: Final = "WIDEBERTH_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Opened:
    """A node's folder while a command works on it."""

    config: NodeConfig
    keys: KeysFile
    desk: Desk


@dataclass(frozen=True, slots=True)
class NodeFolder:
    """Where a node is, and what opens its keys."""

    path: Path
    passphrase: bytes | None

    def do(self, work: Callable[[Opened], Awaitable[T]]) -> T:
        """Run work on the opened node and return what it gives."""
        return asyncio.run(self._do(work))

    async def _do(self, work: Callable[[Opened], Awaitable[T]]) -> T:
        async with opened(self.path, passphrase=self.passphrase) as (config, keys, desk):
            return await work(Opened(config, keys, desk))


def passphrase_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --passphrase-file."""
    return click.option(
        "--passphrase-file",
        metavar="F",
        envvar=_PASSPHRASE,
        help=f"Holds the passphrase of the keys; or {_PASSPHRASE}.",
    )(function)


def with_node(function: Callable[..., int | None]) -> Callable[..., Any]:
    """Give a command the options that name a node, and `node`: its folder.

    What the command returns is its exit code; an error of Wideberth's is told and is 2.
    """

    @click.option("--folder", default=".", show_default=True, metavar="DIR", help="The node's.")
    @passphrase_option
    @wraps(function)
    def called(folder: str, passphrase_file: str | None, **given: Any) -> None:
        node = NodeFolder(Path(folder), passphrase_of(passphrase_file))
        leave(lambda: function(node=node, **given))

    return called


def leave(work: Callable[[], int | None]) -> None:
    """Run a command's work and leave with its exit code; refusals are told, exit code 2."""
    log_to_stderr()
    try:
        code = work()
    except WideberthError as error:
        raise RefusedError(refusal_words(error)) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise RefusedError(f"{where}{error.strerror or error}.") from None
    click.get_current_context().exit(code or 0)


def refusal_words(error: WideberthError) -> str:
    """Return an error in words; a declaration's problems line by line."""
    if not isinstance(error, IncompleteError):
        return error.diagnostics()
    lines = [f"- {where}: {what} {remedy}".rstrip() for where, what, remedy in error.problems]
    return "\n".join(["the declaration is not complete, and nothing was declared:", *lines])


def passphrase_of(file: str | None) -> bytes | None:
    """Return the passphrase in a file, its last line end cut off; None: there is none."""
    if not file:
        return None
    try:
        found = Path(file).read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise RefusedError(f"{file}: {error.strerror}.") from None
    if not found:
        raise RefusedError(f"{file}: no passphrase in it.")
    return found


def log_to_stderr(level: int = logging.WARNING) -> None:
    """Have log lines go to standard error, so that standard output is the command's alone."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _rendered,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _rendered(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """Return a log line: one line, its text quoted, nothing in it able to act on a terminal."""
    first = {key: event[key] for key in ("timestamp", "level", "event") if key in event}
    return " ".join(f"{line(key)}={_logged(value)}" for key, value in {**first, **event}.items())


def _logged(value: Any) -> str:
    return quoted(value) if isinstance(value, str) else line(repr(value))


def by_option(default: str) -> Decorator:
    """Return the option that says which role gives a command; peers are told it."""
    return click.option(
        "--by", default=default, show_default=True, metavar="ROLE", help="The role that says so."
    )


json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Show it as JSON, for programs."
)
