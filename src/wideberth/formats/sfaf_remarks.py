"""What is told of one SFAF record, gathered while its pieces are read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from wideberth.errors import WideberthError
from wideberth.formats.reading import Problem, Severity

T = TypeVar("T")


@dataclass(slots=True)
class Remarks:
    """The remarks on one record, in the order they came up."""

    where: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Say whether a piece of the record was refused."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    def tell(self, severity: Severity, what: str, remedy: str = "", text: str = "") -> None:
        """Note a remark, once."""
        problem = Problem(severity, self.where, what, remedy, text)
        if problem not in self.problems:
            self.problems.append(problem)

    def fail(self, what: str, remedy: str = "") -> None:
        """Note an error, once."""
        self.tell(Severity.ERROR, what, remedy)

    def attempt(self, read: Callable[[], T]) -> T | None:
        """Return what a reading gives, or None with its error noted."""
        try:
            return read()
        except WideberthError as error:
            self.fail(error.what, error.remedy)
            return None
