"""The audit: every refusal with when, who, what and from where; never a secret, never content."""

from typing import Final

import msgspec
from msgspec import Struct

from wideberth.node import tables
from wideberth.node.ports import Clock, Reader, Store, Transaction

MOST_ROWS: Final = 100_000
_LONGEST_TEXT: Final = 200


class Refused(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One refusal. who: a user's name, "token" and its id, or "" for nobody known.

    times: how many like it one after the other this row stands for; the last at at_s.
    """

    number: int
    at_s: float
    who: str
    what: str
    why: str
    address: str
    times: int = 1


class Audit:
    """Keeps the newest rows; how many were dropped follows from the number of the oldest."""

    def __init__(self, store: Store, clock: Clock, *, most_rows: int = MOST_ROWS) -> None:
        self._store = store
        self._clock = clock
        self._most_rows = most_rows

    async def refuse(self, *, who: str, what: str, why: str, address: str, times: int = 1) -> None:
        """Add a row. what: method and route, not the address asked for; why: a fixed phrase."""
        at_s = self._clock.now_s()

        def work(transaction: Transaction) -> None:
            newest = next(transaction.scan(tables.AUDIT, newest=True, limit=1), None)
            number = 1 if newest is None else int(newest[0]) + 1
            row = Refused(
                number=number,
                at_s=at_s,
                who=who[:_LONGEST_TEXT],
                what=what[:_LONGEST_TEXT],
                why=why[:_LONGEST_TEXT],
                address=address[:_LONGEST_TEXT],
                times=times,
            )
            transaction.put(tables.AUDIT, tables.key(number), msgspec.json.encode(row))
            before = tables.key(max(0, number - self._most_rows + 1))
            for key, _record in list(transaction.scan(tables.AUDIT, before=before, limit=10)):
                transaction.delete(tables.AUDIT, key)

        await self._store.transact(work)

    async def page(self, *, before: int = 0, limit: int = 100) -> tuple[list[Refused], int]:
        """Return rows, newest first, with numbers below `before` (0: all); and how many dropped."""

        def work(reader: Reader) -> tuple[list[Refused], int]:
            end = tables.key(before) if before > 0 else None
            rows = reader.scan(tables.AUDIT, before=end, newest=True, limit=limit)
            found = [msgspec.json.decode(record, type=Refused) for _key, record in rows]
            oldest = next(reader.scan(tables.AUDIT, limit=1), None)
            return found, 0 if oldest is None else int(oldest[0]) - 1

        return await self._store.read(work)
