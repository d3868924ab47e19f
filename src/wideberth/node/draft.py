"""Changes not yet written: read through to what lies below, written down in one go or dropped.

A command works on a draft of its own, so that a refusal leaves nothing; a batch of commands has one
draft, so that a record they all change is written once.
"""

from collections.abc import Iterable, Iterator, Sequence

from wideberth.node.ports import Box, Transaction


class Draft:
    """A transaction on top of another; `keep` writes it down."""

    def __init__(self, below: Transaction) -> None:
        self._below = below
        self._tables: dict[str, dict[str, bytes | None]] = {}
        self._places: dict[str, tuple[Box, ...]] = {}

    def get(self, table: str, key: str) -> bytes | None:
        """Return the record under a key, or None."""
        changed = self._tables.get(table)
        if changed is not None and key in changed:
            return changed[key]
        return self._below.get(table, key)

    def put(self, table: str, key: str, record: bytes) -> None:
        """Write a record."""
        self._tables.setdefault(table, {})[key] = record

    def delete(self, table: str, key: str) -> None:
        """Remove a record."""
        self._tables.setdefault(table, {})[key] = None

    def scan(
        self,
        table: str,
        *,
        first: str = "",
        before: str | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[tuple[str, bytes]]:
        """Yield (key, record) in order, the changes laid over what lies below."""
        changed = {
            key: record
            for key, record in self._tables.get(table, {}).items()
            if key >= first and (before is None or key < before)
        }
        enough = None if limit is None else limit + len(changed)
        below = self._below.scan(table, first=first, before=before, limit=enough, newest=newest)
        if not changed:
            return below
        merged = dict(below) | changed
        kept = sorted(
            ((key, record) for key, record in merged.items() if record is not None),
            key=lambda row: row[0],
            reverse=newest,
        )
        return iter(kept[:limit])

    def near(self, boxes: Sequence[Box]) -> frozenset[str]:
        """Return the keys of all places that meet any of the boxes."""
        found = set(self._below.near(boxes)) - self._places.keys()
        for key, places in self._places.items():
            if any(box.meets(place) for box in boxes for place in places):
                found.add(key)
        return frozenset(found)

    def place(self, key: str, boxes: Iterable[Box]) -> None:
        """Put a place where the boxes are."""
        self._places[key] = tuple(boxes)

    def keep(self) -> None:
        """Write all changes to what lies below."""
        for table, changed in self._tables.items():
            for key, record in changed.items():
                if record is None:
                    self._below.delete(table, key)
                else:
                    self._below.put(table, key, record)
        for key, boxes in self._places.items():
            self._below.place(key, boxes)
