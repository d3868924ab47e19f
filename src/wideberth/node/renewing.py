"""Places and conflicts made anew when the agreement, or how this program judges, has changed.

Boxes hold what rules reach, and conflicts what rules found: under other minima both would be wrong
without showing it. So a node notes under what it searched, and does not run before all it holds
has been searched again. While that goes on no other process writes: what it wrote behind the place
that was reached would stay as the old rules have it.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from wideberth.errors import WideberthError
from wideberth.node import deadlines, queries, tables
from wideberth.node.council import concerning, council_clock
from wideberth.node.draft import Draft
from wideberth.node.ports import Reader, Store, Transaction
from wideberth.node.records import Held
from wideberth.node.searching import find_all
from wideberth.node.settings import Settings
from wideberth.node.work import Bench, Work
from wideberth.peering.wire import from_wire

TOGETHER: Final = 200
_SEARCHED: Final = "searched under"
_REACHED: Final = "searched again to"
_BY_NOBODY: Final = b"being searched"  # under no settings, so that every desk refuses

Progress = Callable[[int], None]
Alerts = list[tuple[str, str]]


class OutdatedError(WideberthError):
    """This process judges otherwise than the store was left: another agreement, or program."""


def is_current(reader: Reader, settings: Settings) -> bool:
    """Return whether what the store holds was searched under these settings."""
    return reader.get(tables.META, _SEARCHED) == settings.digest.encode()


def refuse_outdated(reader: Reader, settings: Settings) -> None:
    """Raise OutdatedError where another process searched all under other settings since."""
    if reader.get(tables.META, _SEARCHED) not in (None, settings.digest.encode()):
        raise OutdatedError(
            "the agreement of this store was changed while this process ran.",
            remedy="Start the node again.",
        )


def note_current(transaction: Transaction, settings: Settings) -> None:
    """Note that all that the store holds was searched under these settings."""
    transaction.put(tables.META, _SEARCHED, settings.digest.encode())
    transaction.delete(tables.META, _REACHED)


async def renew(
    bench: Bench,
    store: Store,
    now_s: float,
    progress: Progress = lambda _count: None,
    alerts: Alerts | None = None,
) -> int:
    """Search everything again where that is needed; return how many activities that was.

    In steps of their own, and carried on where it was interrupted; the desk must not run yet.
    alerts: takes who is to be alerted of what was found (role, text).
    """
    if await store.read(lambda reader: is_current(reader, bench.settings)):
        return 0
    count = 0
    while True:
        done, found = await store.transact(lambda tx: _step(bench, tx, now_s))
        if alerts is not None:
            alerts += found
        if done is None:
            return count
        count += done
        progress(count)


def _step(bench: Bench, transaction: Transaction, now_s: float) -> tuple[int | None, Alerts]:
    """Search the next activities again; None: there were none left, and all is noted as current."""
    under = bench.settings.digest
    transaction.put(tables.META, _SEARCHED, _BY_NOBODY)
    reached = transaction.get(tables.META, _REACHED)
    state, last = msgspec.json.decode(reached, type=tuple[str, str]) if reached else ("", "")
    first = f"{last}\0" if state == under and last else ""
    rows = list(transaction.scan(tables.ACTIVITY, first=first, limit=TOGETHER))
    draft = Draft(transaction)
    work = Work(bench, draft, now_s)
    if not rows:
        _queue_again(work)
        note_current(draft, bench.settings)
        work.tell(tables.AGREEMENT, bench.settings.agreement_digest)
        draft.keep()
        return None, work.alerts
    for _key, record in rows:
        wire = msgspec.json.decode(record, type=Held).activity
        work.search[wire.party, wire.id] = from_wire(wire, is_checked=True)
    find_all(work)
    concerning.look(work)
    draft.put(tables.META, _REACHED, msgspec.json.encode((under, rows[-1][0])))
    draft.keep()
    return len(rows), work.alerts


def _queue_again(work: Work) -> None:
    """Put what waits for an answer where the clocks will find it under the deadlines of now."""
    council_clock.look_at_all(work)
    for notice in queries.waiting_notices(work.draft):
        deadlines.queue(work.draft, notice, work.agreement.notice, work.now_s)
