"""Proving the ledger beside the node's work: one audit at a time, as far as it has come."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import Struct

from wideberth.errors import WideberthError
from wideberth.node.auditing import Audit, Progress

Verify = Callable[[str, Progress], Awaitable[Audit]]


class Verdict(Struct, frozen=True, kw_only=True):
    """What an audit found. peer: whose ledger, as far as we hold it; empty: our own.

    whole: nothing is wrong; first_bad: the first entry that is. said: in sentences. failed: why
    it could not be done; then nothing is known, and whole is false.
    """

    peer: str
    started_s: float
    ended_s: float
    whole: bool
    first_bad: int | None
    size: int
    root: str
    said: tuple[str, ...]
    failed: str = ""


class AuditState(Struct, frozen=True, kw_only=True):
    """How far an audit has come, and what the last one found; null: there was none yet."""

    running: bool
    peer: str
    done: int
    total: int
    started_s: float | None
    last: Verdict | None


class _StoppedError(Exception):
    """The node stops; nobody waits for the audit."""


_IDLE: Final = AuditState(running=False, peer="", done=0, total=0, started_s=None, last=None)


class Audits:
    """Runs audits, one at a time."""

    def __init__(self, now_s: Callable[[], float], is_closing: Callable[[], bool]) -> None:
        self._now_s = now_s
        self._is_closing = is_closing
        self._state = _IDLE
        self._task: asyncio.Task[None] | None = None

    @property
    def state(self) -> AuditState:
        """Return how it stands."""
        return self._state

    def start(self, verify: Verify, peer: str) -> bool:
        """Start an audit; False: one is running already."""
        if self._task is not None and not self._task.done():
            return False
        self._state = AuditState(
            running=True,
            peer=peer,
            done=0,
            total=0,
            started_s=self._now_s(),
            last=self._state.last,
        )
        self._task = asyncio.create_task(self._run(verify, peer))
        return True

    async def _run(self, verify: Verify, peer: str) -> None:
        started_s = self._now_s()
        found: Audit | None = None
        failed = "something went wrong here; see the node's log"
        try:
            found = await verify(peer, self._progress)
        except _StoppedError:
            failed = "the node stopped"
        except WideberthError as error:
            failed = error.what
        finally:
            verdict = Verdict(
                peer=peer,
                started_s=started_s,
                ended_s=self._now_s(),
                whole=found is not None and found.first_bad is None,
                first_bad=None if found is None else found.first_bad,
                size=0 if found is None else found.size,
                root="" if found is None else found.root.hex(),
                said=() if found is None else found.said,
                failed="" if found is not None else failed,
            )
            self._state = AuditState(
                running=False, peer="", done=0, total=0, started_s=None, last=verdict
            )

    def _progress(self, done: int, total: int) -> None:
        """Note how far it has come; called in the store's thread."""
        if self._is_closing():
            raise _StoppedError
        state = self._state
        self._state = AuditState(
            running=True,
            peer=state.peer,
            done=done,
            total=total,
            started_s=state.started_s,
            last=state.last,
        )
