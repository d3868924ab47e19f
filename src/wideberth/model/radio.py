"""What is declared of a transmitter or receiver beside its band: antenna, masks, receiver figures.

All of it may be left undeclared; then defaults are taken on the safe side, and findings say so.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from wideberth.errors import ImpossibleValueError


class AntennaKind(StrEnum):
    """How an antenna spreads its power."""

    OMNI = "omni"
    SECTOR = "sector"
    PARABOLIC = "parabolic"
    RADAR = "radar"


@dataclass(frozen=True, slots=True)
class Antenna:
    """An antenna: its greatest gain, and where its main beam may point.

    azimuth_deg: (from, to), clockwise from true north; None is all round. elevation_deg: (from,
    to) above the horizon; None is any. A scanning or unsaid beam points anywhere within. beamwidth
    is that between the points 3 dB down; None where it is not declared.
    """

    kind: AntennaKind
    gain_dbi: float
    azimuth_deg: tuple[float, float] | None = None
    elevation_deg: tuple[float, float] | None = None
    beamwidth_deg: float | None = None

    def __post_init__(self) -> None:
        _refuse("antenna gain", self.gain_dbi, -60.0, 90.0, "dBi")
        for value in self.azimuth_deg or ():
            _refuse("azimuth", value, 0.0, 360.0, "degrees")
        for value in self.elevation_deg or ():
            _refuse("elevation", value, -90.0, 90.0, "degrees")
        if self.elevation_deg is not None and self.elevation_deg[0] > self.elevation_deg[1]:
            raise ImpossibleValueError("the elevation runs backwards.", remedy="Swap from and to.")
        if self.beamwidth_deg is not None:
            _refuse("beamwidth", self.beamwidth_deg, 0.001, 360.0, "degrees")


@dataclass(frozen=True, slots=True)
class Radio:
    """What is declared of an emission or a receiver.

    service: the row of the protection data it belongs to; empty: found by its band. emission: its
    designator (RR Appendix 1), as 25K0F3E. mask: (offset_hz from the middle of the band,
    attenuation_db) ascending: of an emission what it spills, of a receiver what it rejects.
    overload_dbm: total power at which its front end is blocked. iip3_dbm: third-order intercept.
    harmonics_db: how far harmonics are below the carrier. aboard: the arena of the craft that
    carries it, where the activity's equipage brings it; such volumes are never declared.
    """

    service: str = ""
    emission: str = ""
    antenna: Antenna | None = None
    mask: tuple[tuple[float, float], ...] = ()
    noise_figure_db: float | None = None
    overload_dbm: float | None = None
    iip3_dbm: float | None = None
    harmonics_db: float | None = None
    aboard: str = ""

    def __post_init__(self) -> None:
        _refuse("noise figure", self.noise_figure_db, 0.0, 60.0, "dB")
        _refuse("overload", self.overload_dbm, -150.0, 100.0, "dBm")
        _refuse("intercept point", self.iip3_dbm, -100.0, 100.0, "dBm")
        _refuse("attenuation of harmonics", self.harmonics_db, 0.0, 300.0, "dB")
        _check_mask(self.mask)


def _check_mask(mask: tuple[tuple[float, float], ...]) -> None:
    for offset_hz, attenuation_db in mask:
        _refuse("mask offset", offset_hz, 0.0, 1e12, "Hz")
        _refuse("mask attenuation", attenuation_db, 0.0, 300.0, "dB")
    if any(one > other for (one, _), (other, _) in pairwise(mask)):
        raise ImpossibleValueError("the mask's offsets do not ascend.", remedy="Sort them.")
    if any(one > other for (_, one), (_, other) in pairwise(mask)):
        raise ImpossibleValueError(
            "the mask's attenuation falls with the offset.", remedy="Give its envelope."
        )


def _refuse(name: str, value: float | None, low: float, high: float, unit: str) -> None:
    if value is not None and not (math.isfinite(value) and low <= value <= high):
        raise ImpossibleValueError(
            f"{name} {value:g} {unit} is not within {low:g} to {high:g}.",
            remedy="Check the figure and its unit.",
        )
