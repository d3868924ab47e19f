"""All figures of a period, from the entries of one side's ledger."""

from collections.abc import Iterable, Iterator

from wideberth.council.figures import Basis, Counted, Figures, Line, Period, counted_line
from wideberth.council.figures_cases import case_lines, suspension_lines
from wideberth.council.figures_conflicts import conflict_lines
from wideberth.council.figures_ledger import Reach, exchange
from wideberth.council.figures_matters import matter_lines
from wideberth.council.figures_notices import notice_lines
from wideberth.formats.agreement_json import agreement_digest
from wideberth.model.agreement import Agreement

EXCHANGE = "exchange"


def figures_of(
    entries: Iterable[bytes], parties: tuple[str, str], agreement: Agreement, period: Period
) -> Figures:
    """Return the figures of two parties for a period; the ledger of either gives the same."""
    seen = exchange(entries, parties, before_s=period.to_s)
    basis = Basis(seen, agreement, period)
    return Figures(
        parties=seen.parties,
        from_s=period.from_s,
        to_s=period.to_s,
        agreement=agreement.id,
        version=agreement.version,
        agreement_digest=agreement_digest(agreement),
        counted=tuple(_counted(one) for one in seen.reaches),
        lines=tuple(_lines(basis)),
    )


def _counted(reach: Reach) -> Counted:
    return Counted(
        sender=reach.sender,
        count=reach.count,
        last=reach.last,
        last_message=reach.last_message,
    )


def _lines(basis: Basis) -> Iterator[Line]:
    yield from notice_lines(basis)
    yield from conflict_lines(basis)
    yield from case_lines(basis)
    yield from suspension_lines(basis)
    yield from matter_lines(basis)
    for reach in basis.exchange.reaches:
        about = f"messages of {reach.sender}"
        yield counted_line(EXCHANGE, about, "with a receipt", reach.count)
        yield counted_line(EXCHANGE, about, "not accepted", reach.refused)
        yield counted_line(EXCHANGE, about, "left out, recalled", reach.gone)
