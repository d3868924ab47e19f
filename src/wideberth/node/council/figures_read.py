"""The figures of a period from this node's ledger, and from nothing else."""

from wideberth.council.figures import Figures, Period
from wideberth.council.figures_all import figures_of
from wideberth.node import tables
from wideberth.node.ports import Reader
from wideberth.node.settings import Settings


def figures_here(reader: Reader, *, settings: Settings, peer: str, period: Period) -> Figures:
    """Return the figures of this party and a peer; it reads the whole ledger."""
    entries = (raw for _key, raw in reader.scan(tables.ENTRY))
    return figures_of(entries, (settings.party, peer), settings.agreement, period)
