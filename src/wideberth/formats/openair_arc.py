"""Arcs of geodesic circles as vertices, off by less than a metre and always to the safe side."""

import math
from dataclasses import dataclass
from typing import Final

from wideberth.engine.geodesy import GEOD, MEAN_RADIUS_M
from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Point, show
from wideberth.model.ring import Gnomonic
from wideberth.units import METRES_PER_NAUTICAL_MILE

_SAGITTA_M: Final = 0.8  # of the 1 m allowed; the rest covers the ellipsoid's departure from a ball
_MARGIN_M: Final = 0.02
_MAX_RADIUS_M: Final = 1000.0 * METRES_PER_NAUTICAL_MILE
_MISMATCH_M: Final = 1000.0  # ends that differ by more (and by a tenth) are a slip, not rounding
_MISMATCH_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of a circle from start to end; sweep_deg above zero runs clockwise.

    Typed ends may lie at unlike distances from the centre; from_m and to_m are those distances.
    """

    centre: Point
    start: Point
    end: Point
    from_m: float
    to_m: float
    from_deg: float
    sweep_deg: float

    def __post_init__(self) -> None:
        for radius_m in (self.from_m, self.to_m):
            if not 0.0 < radius_m <= _MAX_RADIUS_M:
                raise ImpossibleValueError(
                    f"arc radius {radius_m / METRES_PER_NAUTICAL_MILE:g} NM is not above 0 and"
                    " up to 1000.",
                    remedy="Give nautical miles.",
                )
        if self.sweep_deg == 0.0:
            raise ImpossibleValueError(
                "the arc starts and ends in one direction.", remedy="Write a full circle as DC."
            )
        limit_m = max(_MISMATCH_M, _MISMATCH_SHARE * max(self.from_m, self.to_m))
        if self.mismatch_m > limit_m:
            raise ImpossibleValueError(
                f"the arc starts {self.from_m:.0f} m and ends {self.to_m:.0f} m from its centre"
                f" {show(self.centre)}.",
                remedy="Check the centre (V X=) and both ends.",
            )

    @property
    def mismatch_m(self) -> float:
        """Return by how much the ends' distances from the centre differ."""
        return abs(self.from_m - self.to_m)


def arc_of_angles(
    centre: Point, radius_m: float, angles_deg: tuple[float, float], *, clockwise: bool
) -> Arc:
    """Return the arc between two true bearings from the centre."""
    from_deg, to_deg = angles_deg
    return Arc(
        centre,
        _at(centre, from_deg, radius_m),
        _at(centre, to_deg, radius_m),
        radius_m,
        radius_m,
        from_deg,
        _sweep(from_deg, to_deg, clockwise=clockwise),
    )


def arc_of_ends(centre: Point, start: Point, end: Point, *, clockwise: bool) -> Arc:
    """Return the arc about a centre between two typed points."""
    from_deg, _, from_m = GEOD.inv(*centre, *start)
    to_deg, _, to_m = GEOD.inv(*centre, *end)
    sweep_deg = _sweep(from_deg, to_deg, clockwise=clockwise)
    return Arc(centre, start, end, from_m, to_m, from_deg, sweep_deg)


def _sweep(from_deg: float, to_deg: float, *, clockwise: bool) -> float:
    turn = (to_deg - from_deg) % 360.0
    return turn if clockwise or turn == 0.0 else turn - 360.0


def _at(centre: Point, bearing_deg: float, distance_m: float) -> Point:
    lon_deg, lat_deg, _ = GEOD.fwd(*centre, bearing_deg, distance_m)
    return lon_deg, lat_deg


def flattened(arc: Arc, *, bulges: bool) -> tuple[Point, ...]:
    """Return vertices from the arc's start to its end that never make the area smaller.

    bulges: the area lies on the centre's side, so edges touch the circle from outside; else the
    arc bites into the area and vertices lie on the circle. No edge is off by more than 1 m where
    both ends lie at one distance from the centre; else the distance that leaves more area holds.
    """
    radius_m = max(arc.from_m, arc.to_m) if bulges else min(arc.from_m, arc.to_m)
    angle = radius_m / MEAN_RADIUS_M
    reach = angle + _SAGITTA_M / MEAN_RADIUS_M
    half_step = math.degrees(math.acos(math.tan(angle) / math.tan(reach)))
    steps = max(2, math.ceil(abs(arc.sweep_deg) / (2.0 * half_step)))
    step_deg = arc.sweep_deg / steps
    if bulges:
        half = math.cos(math.radians(step_deg / 2.0))
        out_m = math.atan(math.tan(angle) / half) * MEAN_RADIUS_M + _MARGIN_M
        turns = [(i + 0.5) * step_deg for i in range(steps)]
    else:
        out_m = max(0.0, radius_m - _MARGIN_M)
        turns = [i * step_deg for i in range(1, steps)]
    inner = tuple(_at(arc.centre, arc.from_deg + turn, out_m) for turn in turns)
    return (arc.start, *inner, arc.end)


def ring_of(pieces: tuple[Point | Arc, ...]) -> tuple[Point, ...]:
    """Return the ring of points and arcs in order, arcs flattened so that nothing is cut off."""
    clockwise = _runs_clockwise(pieces)
    ring: list[Point] = []
    for piece in pieces:
        if isinstance(piece, Arc):
            ring.extend(flattened(piece, bulges=(piece.sweep_deg > 0.0) == clockwise))
        else:
            ring.append(piece)
    return tuple(ring)


def _runs_clockwise(pieces: tuple[Point | Arc, ...]) -> bool:
    """Say which way round the ring runs, by the signed area of its vertices in a plane."""
    rough: list[Point] = []
    for piece in pieces:
        rough.extend(_sketch(piece) if isinstance(piece, Arc) else (piece,))
    plane = Gnomonic(rough)
    flat = [at for at in map(plane.forward, rough) if at is not None]
    area = sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1], strict=True)
    )
    return area < 0.0


def _sketch(arc: Arc) -> tuple[Point, ...]:
    """Return the arc's ends and enough points between them to tell its side (every 5 degrees)."""
    steps = math.ceil(abs(arc.sweep_deg) / 5.0)
    bearings = [arc.from_deg + arc.sweep_deg * i / steps for i in range(1, steps)]
    return (arc.start, *(_at(arc.centre, b, arc.from_m) for b in bearings), arc.end)
