"""What every answer about the spectrum says of itself: whom it serves, and what is not verified."""

from collections.abc import Iterable

from wideberth.formats.report_budget import ADVISORY
from wideberth.model.agreement import Agreement
from wideberth.model.budget import LinkBudget

__all__ = ("ADVISORY", "named", "unverified")


def unverified(budgets: Iterable[LinkBudget]) -> tuple[str, ...]:
    """Return the rows of protection data used whose figures were not held against their source."""
    return tuple(sorted({one.service for one in budgets if not one.verified}))


def named(agreement: Agreement) -> dict[str, str | int]:
    """Return which agreement an answer was reckoned by."""
    return {"id": agreement.id, "version": agreement.version}
