"""Shapes, heights, times and bands as they are read back: each figure in two units, time in UTC."""

import math
from collections.abc import Iterator

from wideberth.engine.moved_words import lasting
from wideberth.engine.words import figure, hertz
from wideberth.formats.reading import counted
from wideberth.formats.times import show_utc
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Polygon, Track
from wideberth.model.radio import Antenna, Radio
from wideberth.model.span import Datum, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Volume
from wideberth.units import METRES_PER_FLIGHT_LEVEL, METRES_PER_FOOT, METRES_PER_NAUTICAL_MILE

_DATUMS = {
    Datum.ELLIPSOID: "above the WGS-84 ellipsoid",
    Datum.MSL: "above mean sea level",
    Datum.PRESSURE: "of pressure altitude",
    Datum.GROUND: "above ground",
}


def shape(footprint: Footprint) -> str:
    """Return what a footprint is, with its radius or width in metres and nautical miles."""
    match footprint:
        case Polygon(parts):
            rings = [len(ring) for part in parts for ring in (part.outer, *part.holes)]
            counts = " + ".join(map(str, rings))
            return f"area of {counted(len(rings), 'ring')}, {counts} vertices"
        case Circle(_, radius_m):
            return f"circle of radius {_length(radius_m)}"
        case Corridor(points, half_width_m):
            return f"corridor of {len(points)} vertices, {_length(half_width_m)} either side"
        case Track(points, _, radius_m):
            return f"moving disc of radius {_length(radius_m)}, {len(points)} vertices"
        case Everywhere():
            return "the whole Earth"


def _length(length_m: float) -> str:
    in_nm = figure(length_m / METRES_PER_NAUTICAL_MILE, 3, up=True)
    return f"{figure(length_m, 1, up=True)} m ({in_nm} NM)"


def heights(band: HeightBand) -> str:
    """Return a band's limits in metres and feet; the lower is rounded down, the upper up."""
    return f"from {_limit(band.lower, up=False)} to {_limit(band.upper, up=True)}"


def _limit(limit: HeightLimit, *, up: bool) -> str:
    if math.isinf(limit.height_m):
        return "no limit"
    in_ft = figure(limit.height_m / METRES_PER_FOOT, 0, up=up)
    said = f"{figure(limit.height_m, 1, up=up)} m ({in_ft} ft) {_DATUMS[limit.datum]}"
    if limit.datum is Datum.PRESSURE:
        said += f", FL {figure(limit.height_m / METRES_PER_FLIGHT_LEVEL, 1, up=up)}"
    return said


def times(window: TimeWindow, footprint: Footprint) -> str:
    """Return a window in UTC with how long it lasts, and a track's time at every vertex."""
    start, end = show_utc(window.start_s) or "open", show_utc(window.end_s) or "open"
    lasts = window.end_s - window.start_s
    said = f"{start} to {end}, {'without end' if math.isinf(lasts) else lasting(lasts)}"
    if isinstance(footprint, Track):
        said += "; at the vertices " + ", ".join(show_utc(t) or "" for t in footprint.times_s)
    return said


def bands(volume: Volume) -> str:
    """Return a spectrum volume's band and what it does there; empty for other volumes."""
    if volume.freq is None or volume.role is None:
        return ""
    power = "" if volume.eirp_dbm is None else f", {volume.eirp_dbm:g} dBm EIRP"
    low, high = hertz(volume.freq.low_hz), hertz(volume.freq.high_hz)
    radio = "" if volume.radio is None else "".join(f", {said}" for said in _radio(volume.radio))
    return f"{low} to {high}, {volume.role.value}{power}{radio}"


def _radio(radio: Radio) -> Iterator[str]:
    """Yield what is declared of a radio, piece by piece."""
    if radio.service:
        yield f"service {radio.service}"
    if radio.emission:
        yield f"emission {radio.emission}"
    if radio.antenna is not None:
        yield antenna(radio.antenna)
    if radio.mask:
        steps = "; ".join(f"{step_db:g} dB at {hertz(hz)}" for hz, step_db in radio.mask)
        yield f"mask {steps}"
    for name, value, unit in (
        ("noise figure", radio.noise_figure_db, "dB"),
        ("overload", radio.overload_dbm, "dBm"),
        ("intercept point", radio.iip3_dbm, "dBm"),
        ("harmonics down by", radio.harmonics_db, "dB"),
    ):
        if value is not None:
            yield f"{name} {value:g} {unit}"


def antenna(declared: Antenna) -> str:
    """Return an antenna: its kind and gain, where it points, its beamwidth."""
    said = f"{declared.kind.value} antenna of {declared.gain_dbi:g} dBi"
    for name, span in (("azimuth", declared.azimuth_deg), ("elevation", declared.elevation_deg)):
        if span is not None:
            said += f", {name} {span[0]:g} to {span[1]:g} degrees"
    width_deg = declared.beamwidth_deg
    return said if width_deg is None else f"{said}, beamwidth {width_deg:g} degrees"
