"""Why something cannot be said in a matter."""

from wideberth.errors import WideberthError
from wideberth.model.agreement import Agreement


class NotFittingError(WideberthError):
    """That party cannot say that in this matter, or not now."""


def refuse_other(party: str, wanted: str, what: str) -> None:
    """Raise NotFittingError unless the party is the one that alone may do something."""
    if party != wanted:
        raise NotFittingError(f"only {wanted} may {what}.")


def refuse_unknown_clause(clause: str, agreement: Agreement) -> None:
    """Raise NotFittingError for a clause that the agreement does not have; empty: none is cited."""
    if clause and clause not in {one.id for one in agreement.clauses}:
        raise NotFittingError(
            "a clause is cited that the agreement does not have.",
            remedy=f"Its clauses: {', '.join(one.id for one in agreement.clauses)}.",
        )
