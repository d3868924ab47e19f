"""Antenna gain by direction: envelopes that no antenna of the kind exceeds, and the worst pointing.

Directions are azimuth from true north, clockwise, and elevation above the horizon, degrees. A beam
that scans or whose pointing is not said points anywhere within what was declared.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.model.radio import Antenna, AntennaKind

Floats = NDArray[np.float64]
Range = tuple[ArrayLike, ArrayLike]

UNKNOWN_AIRBORNE_DBI: Final = 3.0  # upper end of 0 to 3 dBi; [K]
SECTOR_SIDE_DB: Final = 20.0  # below the peak, beside and behind a sector; F.1336 gives more; [K]
RADAR_SIDE_DB: Final = 13.2  # M.1851: first side lobe of an aperture lit evenly; [K]
MAIN_LOBE: Final = 12.0  # F.1336, M.1851: 12 (angle / beamwidth)^2 dB, 3 dB at half; [K]
HALF: Final = 0.5
DISH_GAIN_DB: Final = 7.7  # F.699: peak gain is 20 log(D / wavelength) + 7.7
LARGE_DISH: Final = 100.0  # wavelengths; F.699 recommends 2.1 and 2.2
SIDE_LOBES_END_DEG: Final = 48.0
ROUNDING_DEG: Final = 1e-6


def gain_dbi(antenna: Antenna, azimuth_deg: ArrayLike, elevation_deg: ArrayLike) -> Floats:
    """Return the greatest gain that an antenna may have in directions, dBi.

    Of an antenna pointed anywhere within what it declares, the pointing nearest to the direction
    counts. NaN at NaN.
    """
    at = (azimuth_deg, azimuth_deg), (elevation_deg, elevation_deg)
    return _gain(antenna, _off_axis_deg(antenna, *at))


def most_gain_dbi(antenna: Antenna, azimuth_deg: Range, elevation_deg: Range) -> Floats:
    """Return the greatest gain in any direction of a range, dBi: towards a whole volume.

    azimuth_deg: (from, to) clockwise, over north where from is more than to; 360 or more apart is
    all round. elevation_deg: (from, to). No direction within has more. Arrays broadcast.
    """
    off_axis_deg = _off_axis_deg(antenna, azimuth_deg, elevation_deg)
    return _gain(antenna, np.asarray(np.maximum(off_axis_deg - ROUNDING_DEG, 0.0)))


def assumed(gain_dbi: float = UNKNOWN_AIRBORNE_DBI) -> Antenna:
    """Return the antenna taken where none is declared: one gain in all directions."""
    return Antenna(AntennaKind.OMNI, gain_dbi)


def beam_gain_dbi(
    off_axis_deg: ArrayLike, peak_dbi: float, *, beamwidth_deg: float, side_db: float
) -> Floats:
    """Return a single beam's envelope, dBi (F.1336, M.1851, simplified).

    The peak within half a beamwidth of the axis, then 12 (angle / beamwidth)^2 dB below it, but
    never more than side_db.
    """
    off_axis_deg = np.asarray(off_axis_deg, np.float64)
    fall_db = np.minimum(MAIN_LOBE * np.square(off_axis_deg / beamwidth_deg), side_db)
    is_within = off_axis_deg <= HALF * beamwidth_deg
    return np.asarray(peak_dbi - np.where(is_within, 0.0, fall_db))[()]


def dish_gain_dbi(
    off_axis_deg: ArrayLike, peak_dbi: float, *, diameter_wavelengths: float | None = None
) -> Floats:
    """Return the envelope of a parabolic antenna, dBi (F.699-8, recommends 2; RR Appendix 8).

    diameter_wavelengths: None: by the peak gain. 0.1 to 86 GHz. Where the pieces of the
    Recommendation leave a step, the higher one is kept, so that it never rises off the axis. A
    peak below 7.7 dBi is no dish: then the same all round.
    """
    size = diameter_wavelengths or 10.0 ** ((peak_dbi - DISH_GAIN_DB) / 20.0)
    off_axis_deg = np.asarray(off_axis_deg, np.float64)
    if size < 1.0:
        return np.asarray(peak_dbi + 0.0 * off_axis_deg)[()]
    first_side_dbi = 2.0 + 15.0 * math.log10(size)
    less_db = 10.0 * math.log10(min(size, LARGE_DISH))
    with np.errstate(divide="ignore"):
        side_dbi = 52.0 - less_db - 25.0 * np.log10(off_axis_deg)
    back_dbi = 10.0 - less_db
    main_dbi = peak_dbi - 2.5e-3 * np.square(size * off_axis_deg)
    beside_dbi = np.maximum(np.minimum(side_dbi, first_side_dbi), back_dbi)
    return np.asarray(np.minimum(np.maximum(main_dbi, beside_dbi), peak_dbi))[()]


def earth_station_gain_dbi(
    off_axis_deg: ArrayLike, peak_dbi: float, *, diameter_wavelengths: float
) -> Floats:
    """Return the envelope of an earth station's antenna, dBi (S.465-6, recommends 2).

    2 to 31 GHz. 32 - 25 log of the angle to 48 degrees, then -10; nearer the axis than the
    Recommendation speaks (1 degree or 100 wavelengths over the diameter; of small antennas
    2 degrees or 114 (D / wavelength)^-1.09) the peak.
    """
    size = diameter_wavelengths
    least_deg = max(1.0, 100.0 / size) if size >= 50.0 else max(2.0, 114.0 * size**-1.09)
    off_axis_deg = np.asarray(off_axis_deg, np.float64)
    with np.errstate(divide="ignore"):
        side_dbi = 32.0 - 25.0 * np.log10(np.minimum(off_axis_deg, SIDE_LOBES_END_DEG))
    back_dbi = np.where(off_axis_deg >= SIDE_LOBES_END_DEG, -10.0, side_dbi)
    found = np.where(off_axis_deg < least_deg, peak_dbi, back_dbi)
    return np.asarray(np.minimum(found, peak_dbi))[()]


def _gain(antenna: Antenna, off_axis_deg: Floats) -> Floats:
    """Return the gain at angles from the nearest pointing; what is not declared earns no credit."""
    if antenna.kind is AntennaKind.PARABOLIC:
        return dish_gain_dbi(off_axis_deg, antenna.gain_dbi)
    if antenna.kind is AntennaKind.OMNI or antenna.beamwidth_deg is None:
        return np.asarray(antenna.gain_dbi + 0.0 * off_axis_deg)[()]
    is_radar = antenna.kind is AntennaKind.RADAR
    return beam_gain_dbi(
        off_axis_deg,
        antenna.gain_dbi,
        beamwidth_deg=antenna.beamwidth_deg,
        side_db=RADAR_SIDE_DB if is_radar else SECTOR_SIDE_DB,
    )


def _off_axis_deg(antenna: Antenna, azimuth_deg: Range, elevation_deg: Range) -> Floats:
    """Return the least angle between a range of directions and where the antenna may point."""
    apart_deg = _azimuth_gap_deg(antenna.azimuth_deg or (0.0, 360.0), azimuth_deg)
    pointed = [np.asarray(value) for value in antenna.elevation_deg or (-90.0, 90.0)]
    asked = [np.asarray(value, np.float64) for value in elevation_deg]
    ways = [_nearest(end, pointed, apart_deg) for end in asked]
    ways += [_nearest(end, asked, apart_deg) for end in pointed]
    across_deg = np.degrees(2.0 * np.arcsin(np.sqrt(np.clip(np.minimum.reduce(ways), 0.0, 1.0))))
    above_deg = np.maximum(np.maximum(asked[0] - pointed[1], pointed[0] - asked[1]), 0.0)
    return np.asarray(np.where(apart_deg <= 0.0, above_deg, across_deg))


def _azimuth_gap_deg(one: Range, other: Range) -> Floats:
    """Return the least angle between two ranges of azimuth; 0 where they share one."""
    starts, widths = [], []
    for start, end in (one, other):
        start_deg, end_deg = np.asarray(start, np.float64), np.asarray(end, np.float64)
        starts.append(start_deg)
        turn = end_deg - start_deg
        widths.append(np.where(turn >= 360.0, 360.0, np.mod(turn, 360.0)))
    ahead = np.mod(starts[1] - starts[0], 360.0)
    gap = np.minimum(ahead - widths[0], 360.0 - ahead - widths[1])
    return np.asarray(np.maximum(gap, 0.0))


def _nearest(end_deg: Floats, range_deg: list[Floats], apart_deg: Floats) -> Floats:
    """Return the least haversine from one elevation to a range of them on another meridian.

    On a sphere the nearest point of a meridian is where the great circle meets it squarely.
    """
    end, apart = np.radians(end_deg), np.radians(apart_deg)
    foot = np.degrees(np.arctan2(np.sin(end), np.cos(end) * np.cos(apart)))
    tried = (range_deg[0], range_deg[1], np.clip(foot, range_deg[0], range_deg[1]))
    found = [
        np.square(np.sin(0.5 * (np.radians(there) - end)))
        + np.cos(end) * np.cos(np.radians(there)) * np.square(np.sin(0.5 * apart))
        for there in tried
    ]
    return np.asarray(np.minimum.reduce(found))
