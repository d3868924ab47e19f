"""The figures of a period from this node's ledger, and from nothing else."""

from wideberth.council.figures import Figures, Period
from wideberth.council.figures_all import figures_of
from wideberth.model.agreement import Agreement
from wideberth.node import tables
from wideberth.node.ports import Reader


def figures_here(
    reader: Reader, parties: tuple[str, str], *, agreement: Agreement, period: Period
) -> Figures:
    """Return the figures of two parties, of which this is one; it reads the whole ledger."""
    entries = (raw for _key, raw in reader.scan(tables.ENTRY))
    return figures_of(entries, parties, agreement, period)
