"""The agreement used where there is none; DESIGN section 6 prints its figures."""

import math
from typing import Final

from wideberth.formats.protection_toml import shipped_data
from wideberth.model.agreement import Agreement, HeightRanges, Minima, Separation
from wideberth.model.clause import Clause
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Arena
from wideberth.units import METRES_PER_FOOT, METRES_PER_NAUTICAL_MILE, SECONDS_PER_MINUTE

# Sea level pressure 950 to 1050 hPa holds all but tropical storms and record highs; the lowest dry
# land is the Dead Sea shore (-430 m), the highest Everest (8,850 m); air within 20 K of standard.
DEFAULT_HEIGHTS: Final = HeightRanges(
    qnh_hpa=(950.0, 1050.0), terrain_m=(-430.0, 8850.0), isa_deviation_k=(-20.0, 20.0)
)


def builtin_agreement() -> Agreement:
    """Return the default: air 5 NM, 1000 ft, 5 min; sea 2 NM, 30 m, 10 min; and the rest.

    It guards the bands and protects the services that the shipped data names.
    """
    shipped = shipped_data()
    clauses = (
        Clause("default air", "Aircraft keep 5 NM, 1000 ft or 5 min apart."),
        Clause("default sea", "Vessels keep 2 NM, 30 m of depth or 10 min apart."),
        Clause("default air-sea", "Air and sea keep 1 NM, 500 ft or 5 min apart."),
        Clause("default spectrum", "One band is not used twice in one place at one time."),
    )
    air, sea, spectrum = Arena.AIR, Arena.SEA, Arena.SPECTRUM
    separations = (
        Separation((air, air), "default air", _minima(5.0, 1000.0 * METRES_PER_FOOT, 5.0)),
        Separation((sea, sea), "default sea", _minima(2.0, 30.0, 10.0)),
        Separation((air, sea), "default air-sea", _minima(1.0, 500.0 * METRES_PER_FOOT, 5.0)),
        Separation((spectrum, spectrum), "default spectrum", _minima(0.0, math.inf, 0.0)),
    )
    return Agreement(
        id="default",
        version=1,
        title="Built-in default, used where no agreement is given",
        parties=(),
        clauses=clauses,
        separations=separations,
        heights=DEFAULT_HEIGHTS,
        restrictions=shipped.guards,
        spectrum=SpectrumRules(protections=shipped.protections, equipages=shipped.equipages),
        builtin=True,
    )


def _minima(lateral_nm: float, vertical_m: float, time_min: float) -> Minima:
    return Minima(
        lateral_m=lateral_nm * METRES_PER_NAUTICAL_MILE,
        vertical_m=vertical_m,
        time_s=time_min * SECONDS_PER_MINUTE,
    )
