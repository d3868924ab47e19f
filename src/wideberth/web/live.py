"""What changes, as it changes: server-sent events (HTML Living Standard 9.2), resumable.

A stream asks the store for what comes after the last event it sent, a page at a time, and asks
again when the client took it. So no queue can grow; a client that does not take a page in time is
cut off, and resumes with Last-Event-ID.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial
from typing import Any, Final

import msgspec
from msgspec import Struct
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wideberth.node import queries, tables
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Event
from wideberth.web.api_endpoint import identity_now
from wideberth.web.api_forms import Since
from wideberth.web.api_route import Asked, Route
from wideberth.web.api_shown import is_private_record
from wideberth.web.problems import RefusedError

HEARTBEAT_S: Final = 2.0
_PAGE: Final = 100
_SMALL_BYTES: Final = 4096
_OF_THE_WATCH: Final = frozenset({tables.WATCH, tables.WATCH_PLAN})
_SHOWN: Final = frozenset(
    {
        tables.ACTIVITY,
        tables.CONFLICT,
        tables.NOTICE,
        tables.CASE,
        tables.PEER,
        tables.ALARM,
        tables.MATTER,
        tables.BROKEN,
        tables.AGREEMENT,
        *_OF_THE_WATCH,
    }
)
_NAMED_ONLY: Final = frozenset({tables.MATTER, tables.AGREEMENT})


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The data of an event: what changed; the record itself where it is small."""

    table: str
    key: str
    at_s: float
    record: msgspec.Raw | None = None


class Here(Struct, frozen=True, kw_only=True):
    """The data of the event `here`: the node is well. newest: the id of its newest event."""

    at_s: float
    newest: int


class Stream(Response):
    """An answer that goes on until the client, its rights or the node end."""

    def __init__(self, asked: Asked, after: int) -> None:
        super().__init__(media_type="text/event-stream")
        self._asked = asked
        self._after = after
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until somebody ends it (ASGI)."""
        door = self._asked.door
        door.streams += 1
        gone = asyncio.create_task(_gone(receive))
        try:
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(start)
            if scope["method"] != "HEAD":
                await self._send_all(send, gone)
            await self._send_soon(send, b"", more=False)
        except (TimeoutError, OSError):
            return  # too slow, or gone: it can resume
        finally:
            door.streams -= 1
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone

    async def _send_all(self, send: Send, gone: asyncio.Task[None]) -> None:
        async with aclosing(chunks(self._asked, self._after)) as pages:
            closing = asyncio.create_task(self._asked.door.closing.wait())
            try:
                while True:
                    page: asyncio.Task[bytes] = asyncio.ensure_future(anext(pages, b""))
                    over = {gone, closing}
                    await asyncio.wait({page, *over}, return_when=asyncio.FIRST_COMPLETED)
                    if gone.done() or closing.done() or not page.result():
                        page.cancel()
                        with suppress(asyncio.CancelledError):
                            await page
                        return
                    await self._send_soon(send, page.result(), more=True)
            finally:
                closing.cancel()

    async def _send_soon(self, send: Send, body: bytes, *, more: bool) -> None:
        """Send, or raise TimeoutError where the client takes too long."""
        message: dict[str, Any] = {"type": "http.response.body", "body": body, "more_body": more}
        await asyncio.wait_for(send(message), self._asked.door.settings.patience_s)


async def chunks(asked: Asked, after: int) -> AsyncGenerator[bytes, None]:
    """Yield pages of events from after an id on, and heartbeats; end when rights end."""
    yield b"retry: 2000\n\n"
    while await _is_still_known(asked):
        found, text = await asked.desk.read(partial(_page, asked=asked, after=after))
        if found:
            after = found
            yield text or await _here(asked)
        elif not await asked.desk.next_event(after, HEARTBEAT_S):
            if not asked.desk.status().get("running", True):
                return  # the desk has stopped; nothing more will happen
            yield await _here(asked)


async def _here(asked: Asked) -> bytes:
    """Return the heartbeat: an event, for a page cannot see comments; it has no id."""
    newest = await asked.desk.read(_newest)
    data = msgspec.json.encode(Here(at_s=asked.door.now_s(), newest=newest))
    return b"event: here\ndata: %b\n\n" % data


def _page(reader: Reader, *, asked: Asked, after: int) -> tuple[int, bytes]:
    """Return the id of the last event looked at (0: none), and those shown as they are sent."""
    events = queries.events(reader, after=after, limit=_PAGE)
    lines = [_line(event, change_of(reader, asked, event)) for event in events]
    if events and events[0].id > after + 1:
        lines.insert(0, b"event: missed\ndata: {}\n\n")  # too long ago: look at everything anew
    return (events[-1].id if events else 0), b"".join(lines)


def change_of(reader: Reader, asked: Asked, event: Event) -> Change | None:
    """Return what the asker may see of an event; None: nothing."""
    if event.table not in _SHOWN:
        return None
    if event.table in _OF_THE_WATCH and not asked.identity.may(Permission.HOTLINE):
        return None
    record = reader.get(event.table, event.key)
    if not asked.sees_private and is_private_record(reader, event.table, record):
        return None
    is_told = event.table not in _NAMED_ONLY and record and len(record) <= _SMALL_BYTES
    small = msgspec.Raw(record) if record and is_told else None
    return Change(table=event.table, key=event.key, at_s=event.at_s, record=small)


def _line(event: Event, change: Change | None) -> bytes:
    if change is None:
        return b""
    data = msgspec.json.encode(change)
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (event.id, change.table.encode(), data)


async def events(asked: Asked) -> Response:
    """Open a stream after the event that was seen last; without one: from now on."""
    door = asked.door
    if door.streams >= door.settings.most_streams:
        raise RefusedError(503, "too many streams are open.", headers={"retry-after": "30"})
    seen = asked.request.headers.get("last-event-id", "")
    if seen:
        if not (seen.isascii() and seen.isdigit() and len(seen) <= 12):
            raise RefusedError(400, "Last-Event-ID is no event's id.", remedy="Leave it out.")
        return Stream(asked, int(seen))
    if asked.query.after is not None:
        return Stream(asked, asked.query.after)
    return Stream(asked, await asked.desk.read(_newest))


def _newest(reader: Reader) -> int:
    row = next(reader.scan(tables.EVENT, newest=True, limit=1), None)
    return 0 if row is None else int(row[0])


async def _is_still_known(asked: Asked) -> bool:
    """Return whether who opened the stream may still read; its rights may have changed."""
    identity = await identity_now(asked.door, asked.request)
    if identity is None or not identity.may(Permission.READ):
        return False
    rights = (Permission.READ_PRIVATE, Permission.HOTLINE)
    return all(identity.may(right) == asked.identity.may(right) for right in rights)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


ROUTES: Final = (
    Route(
        method="GET",
        path="/events",
        permission=Permission.READ,
        summary="What changes, as it changes (server-sent events)",
        handle=events,
        query=Since,
        gives="text/event-stream",
        says=(400, 503),
    ),
)
