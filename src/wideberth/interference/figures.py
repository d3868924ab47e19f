"""The figures of one link, all that its budget is made of: what both sides reckon the same from.

A budget carries them as `inputs`, so that anybody can reckon it again.
"""

import math
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final, Self

from wideberth.errors import ImpossibleValueError
from wideberth.interference.propagation import Air, Ends
from wideberth.model.budget import Case, LinkBudget
from wideberth.spectrum.mask import Mask
from wideberth.spectrum.rejection import least_rejection_db, roaming_rejection_db

_UNKNOWN: Final = "not known"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a link is reckoned from.

    eirp_dbm: towards the receiver, of the harmonic or product that arrives. gap_hz: between the
    bands, below zero by how much they overlap. The skirts are counted from the bands' edges. The
    masks are counted from the middle of what fills so much at once; where that of the emission is
    not declared nothing is known of its density, and the skirts alone count.
    """

    case: Case
    freq_hz: float
    distance_m: float
    low_height_m: float | None
    high_height_m: float | None
    eirp_dbm: float
    gap_hz: float
    emission_skirt: Mask
    selectivity_skirt: Mask
    emission_mask: Mask | None
    selectivity_mask: Mask | None
    emission_fills_hz: float
    reception_fills_hz: float
    gain_dbi: float
    time_percent: float
    surface_refractivity_n: float
    lapse_n_per_km: float
    land_share: float
    refine: bool

    @property
    def ends(self) -> Ends:
        """Return the path."""
        return Ends(self.freq_hz, self.distance_m, self.low_height_m, self.high_height_m)

    @property
    def air(self) -> Air:
        """Return what was agreed on about propagation."""
        return Air(
            self.refine,
            self.time_percent,
            self.surface_refractivity_n,
            self.lapse_n_per_km,
            self.land_share,
        )

    @property
    def rejection_db(self) -> float:
        """Return what of the emission the receiver keeps out at least (SM.337).

        Wherever in its band the emission is; of a declared mask also what its density spreads past
        the receiver.
        """
        if self.case not in (Case.IN_BAND, Case.OUT_OF_BAND):
            return 0.0
        if self.emission_mask is not None and self.selectivity_mask is not None:
            masks = self.emission_mask, self.selectivity_mask
            return _spread_db(
                *masks, self.gap_hz, (self.emission_fills_hz, self.reception_fills_hz)
            )
        if self.gap_hz <= 0.0:
            return 0.0
        return _rejection_db(self.gap_hz, self.emission_skirt, self.selectivity_skirt)

    @property
    def before_loss_dbm(self) -> float:
        """Return what would arrive if nothing were lost on the way."""
        return self.eirp_dbm - self.rejection_db + self.gain_dbi

    def inputs(self) -> tuple[tuple[str, float | str], ...]:
        """Return all figures by name, as a budget carries them."""
        return tuple((field.name, _written(getattr(self, field.name))) for field in fields(self))

    @classmethod
    def of(cls, budget: LinkBudget) -> Self:
        """Return the figures of a budget; raises ImpossibleValueError where one is missing."""
        given = dict(budget.inputs)
        missing = [field.name for field in fields(cls) if field.name not in given]
        if missing:
            raise ImpossibleValueError(
                f"the budget does not say its {', '.join(missing)}.",
                remedy="Take the report of a check in JSON, whole.",
            )
        return cls(**{field.name: _read(field.name, given[field.name]) for field in fields(cls)})


@lru_cache(maxsize=1 << 14)
def _spread_db(
    emission: Mask, selectivity: Mask, gap_hz: float, fills_hz: tuple[float, float]
) -> float:
    """Return the least rejection of an emission whose density is known.

    Its spurious part may lie in the receiver's channel all at once: it comes on top.
    """
    shaped_db = float(roaming_rejection_db(emission, selectivity, gap_hz, widths_hz=fills_hz))
    kept = 10.0 ** (-shaped_db / 10.0) + 10.0 ** (-emission.floor_db / 10.0)
    return max(0.0, -10.0 * math.log10(kept))


@lru_cache(maxsize=1 << 14)
def _rejection_db(gap_hz: float, emission_skirt: Mask, selectivity_skirt: Mask) -> float:
    """Return the least rejection over a gap; a budget asks for it several times."""
    return float(least_rejection_db(gap_hz, emission_skirt, selectivity_skirt))


def _written(value: object) -> float | str:
    if isinstance(value, Case):
        return value.value
    if isinstance(value, Mask):
        points = ";".join(f"{hz!r}:{db!r}" for hz, db in value.points)
        return f"{points};{value.floor_db!r}"
    if isinstance(value, bool):
        return str(value).lower()
    return _UNKNOWN if value is None else float(str(value))


def _read(name: str, value: float | str) -> Any:
    try:
        if name == "case":
            return Case(str(value))
        if name.endswith(("_skirt", "_mask")) and value != _UNKNOWN:
            *points, floor_db = str(value).split(";")
            pairs = (point.split(":") for point in points)
            return Mask(tuple((float(hz), float(db)) for hz, db in pairs), float(floor_db))
        if name == "refine":
            return {"true": True, "false": False}[str(value)]
        return None if value == _UNKNOWN else float(value)
    except (ValueError, KeyError, TypeError) as error:
        raise ImpossibleValueError(
            f"the budget's {name} is {value!r}, which cannot be read.",
            remedy="Take the report of a check in JSON, unchanged.",
        ) from error
