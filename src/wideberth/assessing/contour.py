"""How far an emission is heard: for each azimuth the distance beyond which a level is never met.

The outside edge, on the safe side: the emitter anywhere in its area and at its highest, its
antenna at its strongest towards each stretch of azimuths, the lowest frequency of its band, all its
power within the receiver's bandwidth.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from wideberth.assessing.advice import ADVISORY
from wideberth.assessing.needed import FARTHEST_M
from wideberth.assessing.over_terrain import MODEL, MOST_ABOVE_M, End
from wideberth.assessing.radial import heard_over_terrain_m
from wideberth.engine.entries import LEAST_RADIUS_M
from wideberth.engine.geodesy import GEOD
from wideberth.engine.heights import msl_range_m
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.interference.propagation import Air, Ends, loss
from wideberth.interference.sides import emission_of
from wideberth.model.agreement import Agreement
from wideberth.model.radio import Antenna
from wideberth.model.span import Datum
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.antenna import most_gain_dbi
from wideberth.spectrum.terrain import Mosaic
from wideberth.spectrum.validity import LEAST_FREQ_HZ

LEAST_AZIMUTHS: Final = 72
MOST_AZIMUTHS: Final = 720
MOST_LEVELS: Final = 12
MOST_HEIGHT_M: Final = 20_000.0
CLOSE: Final = 1.001
POINT_M: Final = 100.0  # an area no larger than this is a point to terrain
_ANY_ELEVATION: Final = (-90.0, 90.0)


class NoContourError(ImpossibleValueError):
    """No contour can be drawn of what was asked."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level whose edge is asked for, at the antenna port of a receiver, and why that one."""

    power_dbm: float
    title: str = ""
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver anywhere: how high above the sea at most (over terrain: the ground), its gain."""

    height_m: float
    gain_dbi: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.height_m <= MOST_HEIGHT_M:
            raise NoContourError(f"a height of {self.height_m:g} m is not within 0 to 20,000 m.")
        if not -60.0 <= self.gain_dbi <= 90.0:
            raise NoContourError(f"a gain of {self.gain_dbi:g} dBi is not within -60 to 90 dBi.")


@dataclass(frozen=True, slots=True)
class Edge:
    """One contour: a closed ring (lon, lat) and the distance in each azimuth from its middle.

    beyond_deg: azimuths in which the level reaches beyond 1,800 km; the ring is cut there.
    """

    level: Level
    ring: tuple[tuple[float, float], ...]
    distances_m: tuple[float, ...]
    beyond_deg: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Contours:
    """The edges of several levels about one emission, and what they were reckoned from."""

    volume: Volume
    centre: tuple[float, float]
    azimuths_deg: tuple[float, ...]
    edges: tuple[Edge, ...]
    receiver: Receiver
    air: Air
    models: tuple[str, ...]
    data: tuple[tuple[str, str], ...]
    assumed: tuple[str, ...]
    advisory: str = ADVISORY


@dataclass(frozen=True, slots=True)
class _Source:
    """An emission to draw about: where, how large its area, how high at most, its power."""

    volume: Volume
    centre: tuple[float, float]
    radius_m: float
    top_m: float | None
    freq_hz: float
    eirp_dbm: float
    antenna: Antenna | None
    assumed: tuple[str, ...]


def contours(  # noqa: PLR0913 - what is asked, and two named options
    volume: Volume,
    receiver: Receiver,
    levels: Sequence[Level],
    agreement: Agreement,
    *,
    azimuths: int = LEAST_AZIMUTHS,
    mosaic: Mosaic | None = None,
) -> Contours:
    """Return the contours of an emission, one for each level; raises NoContourError."""
    if not 1 <= len(levels) <= MOST_LEVELS:
        raise NoContourError(f"give 1 to {MOST_LEVELS} levels.")
    if not LEAST_AZIMUTHS <= azimuths <= MOST_AZIMUTHS:
        raise NoContourError(f"give {LEAST_AZIMUTHS} to {MOST_AZIMUTHS} azimuths.")
    source, air = _source(volume, agreement), Air.of(agreement.spectrum)
    bearings = tuple(360.0 * k / azimuths for k in range(azimuths))
    end = None if mosaic is None else _end(source)
    models: dict[str, None] = {}
    data: dict[tuple[str, str], None] = {}
    edges = []
    for level in levels:
        found_m, beyond = [], []
        for bearing_deg in bearings:
            reach = _Reach(source, receiver, level, air, 360.0 / azimuths)
            far_m = reach.far_m(bearing_deg, models)
            if mosaic is not None and end is not None:
                spare_db = reach.spare_db(bearing_deg, max(1.0, far_m or FARTHEST_M))
                asked = (source.freq_hz, spare_db, bearing_deg)
                seen = heard_over_terrain_m(
                    mosaic, source.centre, (end, receiver.height_m), asked, air
                )
                far_m, used = seen
                models[MODEL] = None
                data.update(dict.fromkeys(used))
            if far_m is None:
                beyond.append(bearing_deg)
            found_m.append(_outside_m(FARTHEST_M if far_m is None else far_m, source, azimuths))
        ring = _ring(source.centre, bearings, found_m)
        edges.append(Edge(level, ring, tuple(found_m), tuple(beyond)))
    assumed = source.assumed
    if mosaic is not None and end is None:
        assumed = (
            *assumed,
            "terrain was not asked: the emitter is not all but a point near the ground",
        )
    return Contours(
        volume, source.centre, bearings, tuple(edges), receiver, air,
        tuple(models), tuple(sorted(data)), assumed,
    )  # fmt: skip


def _source(volume: Volume, agreement: Agreement) -> _Source:
    if volume.role is not Role.EMIT or volume.freq is None:
        raise NoContourError(f"{volume.id!r} radiates nothing.", remedy="Name an emission.")
    emission = emission_of(volume, agreement.spectrum)
    if emission.low_hz < LEAST_FREQ_HZ:
        raise NoContourError("no model speaks below 30 MHz.", remedy="Ask the regulator.")
    shape = shape_of(volume.footprint)
    if len(shape.cap_m) != 1 or float(shape.cap_m[0]) > FARTHEST_M:
        raise NoContourError(
            "the emitter's area is too large for one contour.", remedy="Split the area."
        )
    lon_deg, lat_deg = shape.cap_lonlat[0].tolist()
    top_m = msl_range_m(volume.height.upper, shape, agreement.heights)[1]
    is_known = math.isfinite(top_m)
    assumed = () if is_known else ("the emitter's height is not known: free space was taken",)
    return _Source(
        volume=volume,
        centre=(lon_deg, lat_deg),
        radius_m=float(shape.cap_m[0]),
        top_m=max(0.0, top_m) if is_known else None,
        freq_hz=emission.low_hz,
        eirp_dbm=emission.eirp_dbm,
        antenna=emission.antenna,
        assumed=(*(a for a in emission.assumed if "EIRP" in a), *assumed),
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far one level reaches."""

    source: _Source
    receiver: Receiver
    level: Level
    air: Air
    step_deg: float

    def far_m(self, bearing_deg: float, models: dict[str, None]) -> float | None:
        """Return the distance along the ground that is enough; None: none up to 1,800 km.

        Seen from far off an area is narrow: what is enough for how wide it looks from a distance,
        f, falls with the distance. Of any d that is enough, f(f(d)) is enough too, and no more.
        """
        found_m = self._enough_m(self.spare_db(bearing_deg, 0.0), models)
        if found_m is None or self.source.antenna is None or self.source.radius_m <= 0.0:
            return found_m
        for _ in range(2):
            narrow_m = self._enough_m(self.spare_db(bearing_deg, found_m or 0.0), models)
            found_m = self._enough_m(self.spare_db(bearing_deg, narrow_m or 0.0), models)
        return found_m

    def spare_db(self, bearing_deg: float, away_m: float) -> float:
        """Return the loss at which the level is met, towards a stretch of azimuths."""
        antenna, radius_m = self.source.antenna, self.source.radius_m
        off_db = 0.0
        if antenna is not None:
            lean_deg = 0.0
            if radius_m > 0.0:
                lean_deg = math.degrees(math.asin(min(1.0, radius_m / max(away_m, radius_m))))
            half_deg = self.step_deg + 2.0 * lean_deg
            fan = (0.0, 360.0)
            if half_deg < 180.0:
                fan = (bearing_deg - half_deg) % 360.0, (bearing_deg + half_deg) % 360.0
            off_db = antenna.gain_dbi - float(most_gain_dbi(antenna, fan, _ANY_ELEVATION))
        return self.source.eirp_dbm - off_db + self.receiver.gain_dbi - self.level.power_dbm

    def _enough_m(self, spare_db: float, models: dict[str, None]) -> float | None:
        if self._loss_db(FARTHEST_M, models) < spare_db:
            return None
        near_m, far_m = 1.0, FARTHEST_M
        while far_m > near_m * CLOSE:
            middle_m = math.sqrt(near_m * far_m)
            if self._loss_db(middle_m, models) >= spare_db:
                far_m = middle_m
            else:
                near_m = middle_m
        chord = min(1.0, far_m / (2.0 * LEAST_RADIUS_M))
        return 2.0 * LEAST_RADIUS_M * math.asin(chord)

    def _loss_db(self, distance_m: float, models: dict[str, None]) -> float:
        top_m, height_m = self.source.top_m, self.receiver.height_m
        known = top_m is not None
        low_m, high_m = sorted((top_m or 0.0, height_m))
        ends = Ends(
            self.source.freq_hz, distance_m, low_m if known else None, high_m if known else None
        )
        found = loss(ends, self.air)
        models[f"{found.model}, version {found.version}"] = None
        return found.loss_db


def _end(source: _Source) -> End | None:
    """Return the emitter as terrain can see it; None: it cannot."""
    upper = source.volume.height.upper
    if source.radius_m > POINT_M or upper.datum not in (Datum.GROUND, Datum.MSL):
        return None
    is_above_ground = upper.datum is Datum.GROUND
    if not math.isfinite(upper.height_m) or (is_above_ground and upper.height_m > MOST_ABOVE_M):
        return None
    return End((source.centre,), upper.height_m, is_above_ground)


def _outside_m(far_m: float, source: _Source, azimuths: int) -> float:
    """Return how far out a corner is to be put so that no edge between corners cuts in."""
    return (far_m + source.radius_m) / math.cos(math.pi / azimuths)


def _ring(
    centre: tuple[float, float], bearings: Sequence[float], distances_m: Sequence[float]
) -> tuple[tuple[float, float], ...]:
    """Return the closed ring, counter-clockwise; longitudes run on past 180 where it crosses."""
    count = len(bearings)
    lon, lat, _ = GEOD.fwd(
        np.full(count, centre[0]), np.full(count, centre[1]), bearings, distances_m
    )
    around = centre[0] + (np.asarray(lon) - centre[0] + 180.0) % 360.0 - 180.0
    points = [(float(x), float(y)) for x, y in zip(around, lat, strict=True)][::-1]
    return (*points, points[0])
