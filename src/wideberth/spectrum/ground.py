"""What waves run over: sea and kinds of land, and how much each hampers them.

P.526-15, section 3.1.1. The formula for K has two faces: 0.36 with megahertz and 0.036 with
gigahertz, both with the radius in kilometres; mixed up they are wrong by most of a decibel.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]


class Polarization(StrEnum):
    """Which way the electric field stands."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Ground:
    """A kind of ground by its relative permittivity and its conductivity (siemens per metre)."""

    permittivity: float
    conductivity_s_per_m: float

    def __post_init__(self) -> None:
        if not (self.permittivity > 1.0 and self.conductivity_s_per_m > 0.0):
            raise ImpossibleValueError(
                f"Ground has permittivity {self.permittivity} and conductivity "
                f"{self.conductivity_s_per_m} S/m.",
                remedy="Permittivity is above 1 and conductivity above 0; see P.527.",
            )


SEA: Final = Ground(80.0, 5.0)  # P.452-17, section 4.2.2.1, as are those of land
LAND: Final = Ground(22.0, 0.003)
WET_LAND: Final = Ground(30.0, 0.01)  # P.527, P.368 (not verified against the clause)
DRY_LAND: Final = Ground(15.0, 0.001)


def normalised_admittance(
    ground: Ground, freq_hz: ArrayLike, *, radius_m: ArrayLike, polarization: Polarization
) -> Floats:
    """Return K, the normalised factor of surface admittance (P.526-15, eq. 16; P.452-17, eq. 31).

    radius_m: the effective radius of the earth. Any frequency above 0.
    """
    freq_ghz = np.asarray(freq_hz, np.float64) / 1e9
    radius_km = np.asarray(radius_m, np.float64) / 1e3
    loss = 18.0 * ground.conductivity_s_per_m / freq_ghz
    horizontal = (
        0.036
        * np.power(radius_km * freq_ghz, -1.0 / 3.0)
        * np.power((ground.permittivity - 1.0) ** 2 + loss * loss, -0.25)
    )
    if polarization is Polarization.HORIZONTAL:
        return np.asarray(horizontal)[()]
    return np.asarray(horizontal * np.sqrt(ground.permittivity**2 + loss * loss))[()]
