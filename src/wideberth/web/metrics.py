"""Figures for Prometheus: counts only, never an id, a title or a place."""

from collections import Counter as Tally
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from wideberth.node import cases, queries, tables
from wideberth.node.ports import Reader

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
FRESH_S: Final = 10.0  # counting conflicts reads a table: not at every scrape
_MOST_COUNTED: Final = 200_000


class Metrics:
    """A registry of its own, so that two nodes in one process do not add up."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        gauge = self._gauge
        self.requests = Counter(
            "wideberth_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.declarations = Counter(
            "wideberth_declarations", "Declarations taken by the API.", registry=self._registry
        )
        self._conflicts = gauge("wideberth_conflicts", "Conflicts that last.")
        self._alarms = gauge("wideberth_alarms", "Alarms that last.")
        self._notices = gauge("wideberth_notices_waiting", "Notices not yet effective.", "rung")
        self._cases = gauge(
            "wideberth_interference_cases", "Cases of interference not closed.", "state"
        )
        self._cases_overdue = gauge(
            "wideberth_interference_overdue", "Cases in which an answer or a promise is overdue."
        )
        self._outbox = gauge("wideberth_outbox", "Messages without a receipt.", "peer")
        self._up = gauge("wideberth_link_up", "1: the line to the peer is up.", "peer")
        self._ledger = gauge("wideberth_ledger_entries", "Entries of the ledger.")
        self._counted_s = float("-inf")

    def is_stale(self, now_s: float) -> bool:
        """Return whether the figures of the store are to be counted again."""
        return not 0.0 <= now_s - self._counted_s < FRESH_S

    def count(self, reader: Reader, now_s: float) -> None:
        """Count what the store holds; beyond 200,000 rows a count stays there."""
        rows = reader.scan(tables.CONFLICT_OF, limit=_MOST_COUNTED)
        self._conflicts.set(len({tables.parts(key)[-1] for key, _nothing in rows}))
        self._alarms.set(sum(1 for _row in reader.scan(tables.ALARM_ON, limit=_MOST_COUNTED)))
        self._count_notices(reader)
        self._count_cases(reader)
        for peer in queries.peers(reader):
            self._outbox.labels(peer.party).set(peer.out_sequence - peer.receipted)
            self._up.labels(peer.party).set(0 if peer.down_since_s is not None else 1)
        self._counted_s = now_s

    def set_ledger(self, size: int) -> None:
        """Note the size of the ledger."""
        self._ledger.set(size)

    def text(self) -> bytes:
        """Return the figures in Prometheus' text format."""
        return generate_latest(self._registry)

    def _count_notices(self, reader: Reader) -> None:
        waiting = reader.scan(tables.WAITING, limit=_MOST_COUNTED)
        found = (queries.notice(reader, message) for message, _nothing in waiting)
        self._notices.clear()
        for rung, count in Tally(one.rung.value for one in found if one is not None).items():
            self._notices.labels(rung).set(count)

    def _count_cases(self, reader: Reader) -> None:
        found = cases.marks(reader, limit=_MOST_COUNTED)
        self._cases.clear()
        for state, count in Tally(one.state.value for one in found).items():
            self._cases.labels(state).set(count)
        self._cases_overdue.set(sum(1 for one in found if one.overdue))

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=self._registry)
