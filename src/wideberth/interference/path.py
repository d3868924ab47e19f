"""The way between an emission and a receiver at its worst: how near, how high, when, where to.

The least distance that two volumes can have while both are there, never that of their centres.
"""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from wideberth.engine.distance import Gap
from wideberth.engine.entries import LEAST_RADIUS_M
from wideberth.engine.geodesy import GEOD
from wideberth.engine.heights import msl_range_m, vertical_gap
from wideberth.engine.minima import lateral_gap, time_gap
from wideberth.engine.shape import HALF_WORLD_M, Core, Shape, shape_of
from wideberth.model.agreement import HeightRanges, Minima
from wideberth.model.volume import Volume

AT_ONCE: Final = Minima(lateral_m=0.0, vertical_m=math.inf, time_s=0.0)
ALL_ROUND: Final = (0.0, 360.0)
LOWEST_M: Final = 1000.0  # no antenna is farther below the sea
POLAR_DEG: Final = 89.0  # beyond, north is another way a step aside
SPARE_DEG: Final = 1.0  # for what a plane triangle says of bearings on the Earth
MOST_APART_M: Final = 2_000_000.0  # beyond, bearings over the curved Earth are not bounded so


@dataclass(frozen=True, slots=True)
class Path:
    """The worst way between two volumes.

    distance_m: in a straight line, at least so much. lateral_m, vertical_m, freq_gap_hz: gaps as
    in every finding. low_height_m, high_height_m: how high the lower and the higher end can be
    above the sea at most; None: not known. there_deg, back_deg: (from, to) clockwise, all bearings
    under which the receiver can be seen from the emitter, and the emitter from the receiver.
    steep_deg: how far above or below the horizontal the one can be seen from the other at most.
    """

    distance_m: float
    lateral_m: float
    vertical_m: float
    freq_gap_hz: float
    low_height_m: float | None
    high_height_m: float | None
    there_deg: tuple[float, float]
    back_deg: tuple[float, float]
    steep_deg: float
    place: tuple[float, float]
    start_s: float
    end_s: float
    notes: tuple[str, ...]


class _Chord(NamedTuple):
    """Discs about two footprints (longitude, latitude, radius_m), and the geodesic between them.

    are_points: the footprints are these discs.
    """

    one: tuple[float, float, float]
    other: tuple[float, float, float]
    there_deg: float
    back_deg: float
    length_m: float
    are_points: bool

    @property
    def around_m(self) -> float:
        """Return the sum of the radii."""
        return self.one[2] + self.other[2]


def path_between(emitter: Volume, receiver: Volume, ranges: HeightRanges) -> Path | None:
    """Return the worst way from an emitter to a receiver; None: they are never there at once."""
    if not time_gap(emitter, receiver, AT_ONCE)[1]:
        return None
    shapes = (shape_of(emitter.footprint), shape_of(receiver.footprint))
    chord = _chord(*shapes)
    wide = _between_points(chord) or lateral_gap(emitter, receiver, AT_ONCE)
    if wide is None:
        return None
    high = vertical_gap(emitter.height, receiver.height, shapes, ranges)
    tops_m = [_top_m(emitter, shapes[0], ranges), _top_m(receiver, shapes[1], ranges)]
    known = sorted(top_m for top_m in tops_m if top_m is not None)
    there_deg, back_deg = _bearings(chord)
    return Path(
        distance_m=slant_m(wide.gap_m, high.gap_m),
        lateral_m=wide.gap_m,
        vertical_m=high.gap_m,
        freq_gap_hz=_freq_gap_hz(emitter, receiver),
        low_height_m=known[0] if len(known) == 2 else None,
        high_height_m=known[1] if len(known) == 2 else None,
        there_deg=there_deg,
        back_deg=back_deg,
        steep_deg=_steep_deg(wide.gap_m, _farthest_m(chord), known),
        place=wide.place,
        start_s=max(emitter.time.start_s, receiver.time.start_s),
        end_s=min(emitter.time.end_s, receiver.time.end_s),
        notes=high.notes,
    )


def slant_m(lateral_m: float, vertical_m: float) -> float:
    """Return the least straight line between points so far apart along the ground and in height.

    The chord on the most curved sphere that fits the Earth anywhere; heights only lengthen it.
    """
    angle = min(math.pi, lateral_m / LEAST_RADIUS_M)
    return math.hypot(2.0 * LEAST_RADIUS_M * math.sin(angle / 2.0), vertical_m)


def _top_m(volume: Volume, shape: Shape, ranges: HeightRanges) -> float | None:
    """Return the greatest height above the sea that a volume can have; None: it is not known."""
    top_m = msl_range_m(volume.height.upper, shape, ranges)[1]
    return max(0.0, top_m) if math.isfinite(top_m) else None


def _steep_deg(nearest_m: float, farthest_m: float, tops_m: list[float]) -> float:
    """Return the greatest angle from the horizontal under which one end can see the other.

    By the highest top, as if the other end stood at the lowest land or deep in the sea, where they
    are nearest; and half of the angle that the Earth curves away where they are farthest.
    """
    if len(tops_m) < 2 or nearest_m <= 0.0:
        return 90.0
    rise_deg = math.degrees(math.atan2(tops_m[-1] + LOWEST_M, nearest_m))
    dip_deg = math.degrees(farthest_m / LEAST_RADIUS_M / 2.0)
    return min(90.0, rise_deg + dip_deg + SPARE_DEG)


def _chord(one: Shape, other: Shape) -> _Chord:
    """Return the geodesic between the middles of discs about two footprints."""
    discs = _disc(one), _disc(other)
    there, back, length_m = GEOD.inv(*discs[0][:2], *discs[1][:2])
    are_points = one.core is other.core is Core.POINT
    return _Chord(*discs, float(there), float(back), float(length_m), are_points)


def _between_points(chord: _Chord) -> Gap | None:
    """Return the gap of two circles, as `gap` has it; None: they are no circles.

    Nothing of the way asks whether they overlap; touching counts.
    """
    if not chord.are_points:
        return None
    lon_deg, lat_deg, _ = chord.one
    place = lon_deg, lat_deg
    if chord.length_m > 0.0:
        lon_deg, lat_deg, _ = GEOD.fwd(*place, chord.there_deg, chord.length_m / 2.0)
        place = float(lon_deg), float(lat_deg)
    gap_m = max(0.0, chord.length_m - chord.around_m)
    return Gap(gap_m, gap_m <= 0.0, place)


def _farthest_m(chord: _Chord) -> float:
    """Return a length along the ground that no two places of two footprints exceed."""
    return min(HALF_WORLD_M, chord.length_m + chord.around_m)


def _freq_gap_hz(one: Volume, other: Volume) -> float:
    assert one.freq is not None
    assert other.freq is not None
    return max(0.0, one.freq.low_hz - other.freq.high_hz, other.freq.low_hz - one.freq.high_hz)


def _bearings(chord: _Chord) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return all bearings from somewhere in the one to somewhere in the other, and back.

    The two are discs: seen from the one's centre the other's half-width is asin(r / d), with both
    radii in r since the viewer may stand anywhere in its own; meridians converge by as much as
    the viewer's place may differ in longitude, nearest to a pole most.
    """
    around_m, length_m = chord.around_m, chord.length_m
    if around_m >= 0.9 * length_m or length_m > MOST_APART_M:
        return ALL_ROUND, ALL_ROUND
    edge_deg = max(
        abs(lat) + math.degrees(radius_m / LEAST_RADIUS_M)
        for _, lat, radius_m in (chord.one, chord.other)
    )
    if edge_deg >= POLAR_DEG:
        return ALL_ROUND, ALL_ROUND
    lean = math.tan(math.radians(edge_deg))
    half_deg = 1.05 * math.degrees(math.asin(around_m / length_m))  # a sphere widens it a little
    half_deg += math.degrees(around_m / LEAST_RADIUS_M) * (1.0 + lean) + SPARE_DEG
    if half_deg >= 180.0:
        return ALL_ROUND, ALL_ROUND
    return _fan(chord.there_deg, half_deg), _fan(chord.back_deg, half_deg)


def _disc(shape: Shape) -> tuple[float, float, float]:
    """Return longitude, latitude and radius of a disc about a footprint."""
    if len(shape.cap_m) != 1:
        return 0.0, 0.0, HALF_WORLD_M
    lon_deg, lat_deg = shape.cap_lonlat[0].tolist()
    return lon_deg, lat_deg, float(shape.cap_m[0])


def _fan(middle_deg: float, half_deg: float) -> tuple[float, float]:
    return (middle_deg - half_deg) % 360.0, (middle_deg + half_deg) % 360.0
