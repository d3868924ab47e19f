"""What a field's volumes are as emissions and receivers, and the ways between: each asked once."""

from wideberth.engine.field import Field
from wideberth.interference.path import Path, path_between
from wideberth.interference.sides import Emission, Reception, emission_of, reception_of
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Volume


class Ways:
    """Paths and sides by places in a field; each is reckoned when it is first asked for, and kept.

    For one search: what it keeps grows with what is asked.
    """

    def __init__(self, field: Field, agreement: Agreement) -> None:
        self._field, self._agreement = field, agreement
        self._paths: dict[tuple[int, int], Path | None] = {}
        self._emissions: dict[int, Emission] = {}
        self._receptions: dict[int, Reception] = {}

    def volume(self, place: int) -> Volume:
        """Return the volume at a place."""
        return self._field.volumes[place]

    def path(self, one: int, other: int) -> Path | None:
        """Return the worst way from the one to the other; None: they are never there at once."""
        key = one, other
        if key not in self._paths:
            ends = self.volume(one), self.volume(other)
            self._paths[key] = path_between(*ends, self._agreement.heights)
        return self._paths[key]

    def emission(self, place: int) -> Emission:
        """Return what a volume that radiates may do at worst."""
        if place not in self._emissions:
            found = emission_of(self.volume(place), self._agreement.spectrum)
            self._emissions[place] = found
        return self._emissions[place]

    def reception(self, place: int) -> Reception:
        """Return what a volume that listens bears at least."""
        if place not in self._receptions:
            found = reception_of(self.volume(place), self._agreement.spectrum)
            self._receptions[place] = found
        return self._receptions[place]
