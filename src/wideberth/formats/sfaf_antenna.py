"""The antenna items of an SFAF record: gain, beamwidth and where it points, both ways."""

import re
from collections.abc import Mapping
from typing import Final

from wideberth.formats.sfaf_records import Record
from wideberth.formats.sfaf_values import figure, shortened
from wideberth.model.radio import Antenna, AntennaKind

_NAME: Final = "54"  # the last two figures of an item: 354 of a transmitter, 454 of a receiver
_GAIN: Final = "57"
_BEAMWIDTH: Final = "60"
_ORIENTATION: Final = "62"
PARABOLIC: Final = "PARABOLIC"
_POINTED: Final = re.compile(r"(?P<azimuth>\d{3})")
_EARTH: Final = re.compile(r"V(?P<elevation>\d\d),(?P<low>\d{3})(?:[/-](?P<high>\d{3}))?")
_MOVES: Final[Mapping[str, AntennaKind]] = {
    "ND": AntennaKind.OMNI,
    "R": AntennaKind.RADAR,
    **dict.fromkeys(("S", "SSH", "SSV", "T", ""), AntennaKind.SECTOR),
}


def antennas_of(record: Record, head: str, which: int | None = None) -> list[Antenna]:
    """Return the antennas of the transmitter ("3"), or of one receiver ("4"), that have a gain.

    Raises ImpossibleValueError for figures that no antenna has. An orientation that is not
    understood is left unused, so that it is shown; the beam may then point anywhere.
    """
    gains = record.all_of(head + _GAIN)
    wanted = gains if which is None else {which: gains[which]} if which in gains else {}
    return [_antenna(record, head, one, text) for one, text in wanted.items()]


def _antenna(record: Record, head: str, which: int, gain: str) -> Antenna:
    gain_dbi = figure(gain, head + _GAIN)
    beamwidth = record.text(head + _BEAMWIDTH, which)
    beamwidth_deg = figure(beamwidth, head + _BEAMWIDTH) if beamwidth else None
    kind = AntennaKind.SECTOR
    azimuth = elevation = None
    said = record.said(head + _ORIENTATION, which).upper().replace(" ", "")
    if said in _MOVES:
        kind = _MOVES[said]
        record.text(head + _ORIENTATION, which)
    elif pointed := _POINTED.fullmatch(said):
        azimuth = (float(pointed["azimuth"]),) * 2
        record.text(head + _ORIENTATION, which)
    elif earth := _EARTH.fullmatch(said):
        azimuth = float(earth["low"]), float(earth["high"] or earth["low"])
        elevation = (float(earth["elevation"]),) * 2
        record.text(head + _ORIENTATION, which)
    if record.said(head + _NAME, which).upper() == PARABOLIC:
        record.text(head + _NAME, which)
        kind = AntennaKind.PARABOLIC
    return Antenna(kind, gain_dbi, azimuth, elevation, beamwidth_deg)


def antenna_lines(antenna: Antenna, head: str) -> list[tuple[str, str]]:
    """Return the items that come nearest to an antenna; a beam that cannot be said is any."""
    lines = [(head + _NAME, PARABOLIC)] if antenna.kind is AntennaKind.PARABOLIC else []
    lines.append((head + _GAIN, shortened(antenna.gain_dbi, 4)))
    if antenna.beamwidth_deg is not None:
        lines.append((head + _BEAMWIDTH, shortened(antenna.beamwidth_deg, 4)))
    return [*lines, (head + _ORIENTATION, _orientation(antenna))]


def _orientation(antenna: Antenna) -> str:
    azimuth, elevation = antenna.azimuth_deg, antenna.elevation_deg
    if antenna.kind is AntennaKind.OMNI:
        return "ND"
    if antenna.kind is AntennaKind.RADAR:
        return "R"
    if azimuth is None or not all(angle.is_integer() for angle in azimuth):
        return "S"
    low, high = (f"{angle:03.0f}" for angle in azimuth)
    if elevation is not None:
        is_one = elevation[0] == elevation[1] and elevation[0].is_integer()
        beyond = "" if low == high else f"-{high}"
        return f"V{elevation[0]:02.0f},{low}{beyond}" if is_one and elevation[0] >= 0.0 else "S"
    return low if low == high else "S"
