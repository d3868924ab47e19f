"""Half-open intervals on one axis: time, frequency, and the limits of a height band."""

import math
from dataclasses import dataclass
from enum import StrEnum

from wideberth.errors import ImpossibleValueError


class Datum(StrEnum):
    """What a height is measured from.

    `PRESSURE` is the altitude in the standard atmosphere (flight levels); `GROUND` is above the
    terrain below; `MSL` is above mean sea level (EGM96); depth is negative height.
    """

    ELLIPSOID = "ellipsoid"
    MSL = "msl"
    PRESSURE = "pressure"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class HeightLimit:
    """One edge of a height band: metres above a datum; plus or minus infinity is "no limit"."""

    height_m: float
    datum: Datum = Datum.MSL

    def __post_init__(self) -> None:
        if math.isnan(self.height_m):
            raise ImpossibleValueError("height is not a number.", remedy="Give metres.")


@dataclass(frozen=True, slots=True)
class HeightBand:
    """From lower to upper; the two limits may have different datums (500 ft AGL to FL 45).

    Limits on one datum must not run backwards. A band of no thickness is the single height.
    """

    lower: HeightLimit
    upper: HeightLimit

    def __post_init__(self) -> None:
        if self.lower.height_m == math.inf or self.upper.height_m == -math.inf:
            raise ImpossibleValueError("height band lies beyond all heights.")
        if self.lower.datum is self.upper.datum and self.lower.height_m > self.upper.height_m:
            raise ImpossibleValueError(
                f"height runs backwards: {self.lower.height_m:g} m to {self.upper.height_m:g} m.",
                remedy="Swap lower and upper (depth is negative height).",
            )

    @classmethod
    def of(cls, lower_m: float, upper_m: float, datum: Datum = Datum.MSL) -> "HeightBand":
        """Make a band whose two limits share a datum."""
        return cls(HeightLimit(lower_m, datum), HeightLimit(upper_m, datum))


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Seconds since 1970-01-01T00:00Z, half-open `[start_s, end_s)`.

    An infinite start or end means "since before" or "until further notice".
    """

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if math.isnan(self.start_s) or math.isnan(self.end_s):
            raise ImpossibleValueError("time is not a number.", remedy="Give start and end.")
        if not self.start_s < self.end_s:
            raise ImpossibleValueError(
                f"time runs backwards or is empty: start {self.start_s:.0f} s,"
                f" end {self.end_s:.0f} s.",
                remedy="The end must be after the start.",
            )
        if self.start_s == math.inf or self.end_s == -math.inf:
            raise ImpossibleValueError("time window lies beyond all time.")


@dataclass(frozen=True, slots=True)
class FrequencyBand:
    """Hertz, half-open `[low_hz, high_hz)`, both above zero and finite."""

    low_hz: float
    high_hz: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low_hz) and math.isfinite(self.high_hz)):
            raise ImpossibleValueError("frequency is not a finite number.")
        if self.low_hz <= 0.0:
            raise ImpossibleValueError(f"frequency {self.low_hz:g} Hz is not above zero.")
        if not self.low_hz < self.high_hz:
            raise ImpossibleValueError(
                f"frequency runs backwards or is empty: {self.low_hz:g} Hz to {self.high_hz:g} Hz.",
                remedy="The upper edge must be above the lower edge.",
            )
