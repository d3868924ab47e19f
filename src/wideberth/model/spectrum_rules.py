"""What the agreement says of radio: how propagation is reckoned, and what is protected."""

import math
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.protection import Equipage, Protection


@dataclass(frozen=True, slots=True)
class SpectrumRules:
    """Parameters by which both sides reckon the same number, and the protection data in force.

    clause: what findings cite; empty: the source of the criterion. refine: whether a propagation
    model may clear what free space does not. time_percent: for how much of the time the loss may
    be less than reckoned. surface_refractivity_n, lapse_n_per_km: N0 and delta N of the theatre.
    land_share: how much of a path at the surface is land (0: sea, where waves go farthest).
    margin_db: asked for beside every criterion. undeclared_eirp_dbm: taken of an emission that
    declares no power; what is too much by it is told as not cleared. rejection_floor_db: no
    rejection is taken to be more. site_m: emitters this close mix in each other's stages.
    stated, stated_equipages: ids of the rows that the agreement states itself; the rest of them
    comes with the program.
    """

    clause: str = ""
    refine: bool = True
    time_percent: float = 1.0
    surface_refractivity_n: float = 325.0
    lapse_n_per_km: float = 45.0
    land_share: float = 0.0
    margin_db: float = 0.0
    undeclared_eirp_dbm: float = 60.0
    rejection_floor_db: float = 80.0
    site_m: float = 5_000.0
    protections: tuple[Protection, ...] = ()
    equipages: tuple[Equipage, ...] = ()
    stated: tuple[str, ...] = ()
    stated_equipages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, low, high in _SPANS:
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise ImpossibleValueError(f"{name} {value:g} is not within {low:g} to {high:g}.")
        for what, ids in (
            ("protection", [p.id for p in self.protections]),
            ("equipage", [e.id for e in self.equipages]),
        ):
            if len(set(ids)) != len(ids):
                raise ImpossibleValueError(f"two rows of {what} data share an id.")
        known = {p.id for p in self.protections}
        for craft in self.equipages:
            missing = sorted(set(craft.receivers) - known)
            if missing:
                raise ImpossibleValueError(
                    f"equipage {craft.id!r} names {', '.join(map(repr, missing))}, which no row of"
                    " protection data describes.",
                    remedy=f"Known: {', '.join(sorted(known)) or 'none'}.",
                )

    def protection(self, service: str) -> Protection | None:
        """Return the row of a service, by id."""
        return next((row for row in self.protections if row.id == service), None)

    def equipage(self, name: str) -> Equipage | None:
        """Return what a kind of craft listens with, by id."""
        return next((craft for craft in self.equipages if craft.id == name), None)


_SPANS: Final = (
    ("time_percent", 1.0, 50.0),
    ("surface_refractivity_n", 200.0, 450.0),
    ("lapse_n_per_km", 0.0, 150.0),
    ("land_share", 0.0, 1.0),
    ("margin_db", 0.0, 100.0),
    ("undeclared_eirp_dbm", -100.0, 150.0),
    ("rejection_floor_db", 20.0, 150.0),
    ("site_m", 0.0, 1e6),
)
DEFAULT_SPECTRUM_RULES: Final = SpectrumRules()
