"""Where a propagation model speaks, and the typed answer where it does not: "no model".

"No model" never clears anything: what carries it is shown as not cleared.
"""

from dataclasses import dataclass
from typing import Final

from wideberth.errors import WideberthError

LEAST_FREQ_HZ: Final = 30e6  # below, ground and sky waves rule: no model of ours (P.368, P.533)


@dataclass(frozen=True, slots=True)
class NoModel:
    """No figure can be given. model: which one was asked; why: one sentence for a person."""

    model: str
    why: str


class NoModelError(WideberthError):
    """A path lies outside a model's validity; `reason` is the typed answer."""

    def __init__(self, reason: NoModel) -> None:
        self.reason = reason
        super().__init__(
            f"{reason.model}: no model. {reason.why}",
            remedy="Treat the path as not cleared.",
        )


@dataclass(frozen=True, slots=True)
class Span:
    """The values a model's variable may take, both ends included."""

    name: str
    low: float
    high: float

    def refusal(self, model: str, value: float) -> NoModel | None:
        """Return why a value is outside, or None where the model speaks; not a number is outside.

        >>> Span("freq_hz", 1e8, 3e10).refusal("P.528-5", 5e7).why
        'freq_hz 5e+07 is not within 1e+08 to 3e+10.'
        """
        if self.low <= value <= self.high:
            return None
        return NoModel(model, f"{self.name} {value:g} is not within {self.low:g} to {self.high:g}.")
