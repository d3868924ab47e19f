"""A field as the rules on interference see it: what several of them ask of it, reckoned once.

It lives as long as its field.
"""

from typing import Any

from wideberth.engine.field import Field
from wideberth.interference.propagation import Air
from wideberth.interference.sides import Reception, reception_of
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement
from wideberth.model.budget import LinkBudget


class Laid(Ways):
    """The ways and sides of a field; receivers alike, such as those of a fleet, are one.

    budgets: of (emitter, receiver, whether in the front end), as a rule on pairs has found them.
    """

    def __init__(self, field: Field, agreement: Agreement) -> None:
        super().__init__(field, agreement)
        self._alike: dict[Any, Reception] = {}
        self.agreement, self.air = agreement, Air.of(agreement.spectrum)
        self.budgets: dict[tuple[int, int, bool], LinkBudget] = {}

    def reception(self, place: int) -> Reception:
        """Return what a volume that listens bears at least: by its band, radio and criterion."""
        volume = self.volume(place)
        key = volume.freq, volume.radio, volume.criterion
        if key not in self._alike:
            self._alike[key] = reception_of(volume, self.agreement.spectrum)
        return self._alike[key]


def laid_of(field: Field, agreement: Agreement) -> Laid:
    """Return what is kept with a field for an agreement: the same object each time."""
    return field.kept((Laid, id(agreement)), lambda: Laid(field, agreement))
