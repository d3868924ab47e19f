"""Masks: how an emission falls beside its band, and how a receiver rejects beside its own.

A mask is piecewise linear in dB over the offset in hertz. Defaults stand in where none is declared;
a default says where it is from and whether that was verified against the clause.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]
Points = tuple[tuple[float, float], ...]  # (offset_hz, attenuation_db)
Side = Literal["left", "right"]

MOST_FLOOR_DB: Final = 100.0  # no filter and no case rejects more than this for certain
RECEIVER_FLOOR_DB: Final = 80.0  # lower end of 80 to 100 dB; verified = False
ADJACENT_DB: Final = 40.0  # at one bandwidth from the middle, where undeclared; verified = False
SPURIOUS_DB: Final = 70.0  # RR Appendix 3, most that is asked of general services; [K]
RADAR_SPURIOUS_DB: Final = 60.0  # RR Appendix 3, most that is asked of radars; [K]
SPURIOUS_BASE_DB: Final = 43.0  # RR Appendix 3: 43 + 10 log P(W); [K]
OUT_OF_BAND_ENDS: Final = 2.5  # SM.1541: the spurious domain begins at 250 % of the bandwidth; [K]
DECADE_DB: Final = 40.0  # the fall of the out-of-band mask per decade, SM.1541 style; [K]
STEPS: Final = (0.5, 0.6, 0.75, 1.0, 1.25, 1.6, 2.0, OUT_OF_BAND_ENDS)  # in bandwidths


@dataclass(frozen=True, slots=True)
class Mask:
    """A mask: (offset_hz, attenuation_db) ascending from the middle, then floor_db.

    Offsets all at or above zero: both sides are alike; else both sides are given. Two points at
    one offset are a step. The attenuation is 0 dB somewhere and never falls away from there. Before
    the first point (both sides alike) it is the first's, beyond the last it is floor_db.
    Of a receiver: its response. Of an emission: the density of its power beside the greatest;
    outside its points floor_db says which part of its whole power may arrive anywhere (dBc).
    source, verified: where the figures are from, and whether they were read there.
    """

    points: Points
    floor_db: float
    source: str = "declared"
    verified: bool = True

    def __post_init__(self) -> None:
        _check_points(self.points)
        attenuations = [attenuation_db for _, attenuation_db in self.points]
        if not (0.0 <= self.floor_db <= MOST_FLOOR_DB):
            raise ImpossibleValueError(
                f"the mask's floor {self.floor_db:g} dB is not within 0 to {MOST_FLOOR_DB:g}.",
                remedy="No rejection is endless: give what is certain, at most 100 dB.",
            )
        if max(attenuations) > self.floor_db:
            raise ImpossibleValueError(
                f"the mask attenuates {max(attenuations):g} dB, more than its floor of"
                f" {self.floor_db:g} dB.",
                remedy="Raise the floor, or lower the points to it.",
            )
        _check_shape(attenuations, is_even=self.is_even)
        if self.edges_hz[0] == self.edges_hz[1]:
            raise ImpossibleValueError("a mask has no width.", remedy="Give points beside 0 Hz.")

    @property
    def is_even(self) -> bool:
        """Say whether both sides are alike: no offset below zero is given."""
        return self.points[0][0] >= 0.0

    @property
    def edges_hz(self) -> tuple[float, float]:
        """Return the offsets of the lowest and the highest point, both sides counted."""
        low_hz, high_hz = self.points[0][0], self.points[-1][0]
        return (-high_hz if self.is_even else low_hz), high_hz


def _check_points(points: Points) -> None:
    if not points:
        raise ImpossibleValueError("a mask has no points.", remedy="Give (offset, attenuation).")
    if not all(math.isfinite(value) for point in points for value in point):
        raise ImpossibleValueError("a mask's offset or attenuation is not a finite number.")
    offsets = [offset_hz for offset_hz, _ in points]
    if any(one > other for one, other in pairwise(offsets)):
        raise ImpossibleValueError("a mask's offsets do not ascend.", remedy="Sort them.")
    if any(one == other for one, other in zip(offsets, offsets[2:], strict=False)):
        raise ImpossibleValueError("a mask has three points at one offset.")


def _check_shape(attenuations: list[float], *, is_even: bool) -> None:
    least = min(attenuations)
    if least != 0.0:
        raise ImpossibleValueError(
            f"the mask's least attenuation is {least:g} dB, not 0.",
            remedy="Give attenuations beside the pass band or the greatest density.",
        )
    middle = 0 if is_even else attenuations.index(0.0)
    falls = any(one < other for one, other in pairwise(attenuations[: middle + 1]))
    rises = any(one > other for one, other in pairwise(attenuations[middle:]))
    if falls or rises:
        raise ImpossibleValueError(
            "the mask's attenuation falls with the offset.", remedy="Give its envelope."
        )


def declared(points: Points, *, floor_db: float | None = None) -> Mask:
    """Return the mask that somebody declared; attenuation beyond the floor counts as the floor.

    floor_db None: no more is believed than the last point (of both sides: the lesser) says, and
    never more than 100 dB. Where both sides are alike and the first offset is above 0 the mask is
    open as far as that: `12.5 kHz: 40 dB` says nothing is kept out before 12.5 kHz. Raises
    ImpossibleValueError where no such mask can exist.
    """
    _check_points(points)
    if points[0][0] > 0.0 and points[0][1] > 0.0:
        points = ((0.0, 0.0), (points[0][0], 0.0), *points)
    ends = [points[-1][1]] if points[0][0] >= 0.0 else [points[0][1], points[-1][1]]
    floor_db = min(*ends, MOST_FLOOR_DB) if floor_db is None else floor_db
    return Mask(tuple((hz, min(db, floor_db)) for hz, db in points), floor_db)


def default_emission(bandwidth_hz: float, power_dbm: float, *, is_radar: bool = False) -> Mask:
    """Return the mask of an emission that declares none.

    The necessary bandwidth at 0 dB, then 40 dB a decade as far as 2.5 bandwidths from the middle
    (SM.1541 style), then the spurious level (RR Appendix 3, SM.329). power_dbm: mean power of
    the transmitter (of radars the peak envelope power). verified = False.
    """
    floor_db = spurious_db(power_dbm, is_radar=is_radar)
    fall = ((step, DECADE_DB * math.log10(step / STEPS[0])) for step in STEPS)
    points = tuple((step * bandwidth_hz, min(down_db, floor_db)) for step, down_db in fall)
    return Mask(points, floor_db, "SM.1541, RR Appendix 3", verified=False)


def spurious_db(power_dbm: float, *, is_radar: bool = False) -> float:
    """Return how far spurious emissions are below the power of the transmitter, dBc.

    RR Appendix 3 and SM.329: the lesser of 43 + 10 log P(W) and 70 dB (of radars 60 dB); never
    below 0. verified = False.
    """
    asked_db = SPURIOUS_BASE_DB + power_dbm - 30.0
    return max(0.0, min(asked_db, RADAR_SPURIOUS_DB if is_radar else SPURIOUS_DB))


def default_selectivity(
    bandwidth_hz: float, *, adjacent_db: float = ADJACENT_DB, floor_db: float = RECEIVER_FLOOR_DB
) -> Mask:
    """Return the mask of a receiver that declares none.

    0 dB over the bandwidth, adjacent_db at one bandwidth from the middle (in the middle of the
    next channel), floor_db from 2.5 bandwidths on. verified = False.
    """
    points = (
        (0.5 * bandwidth_hz, 0.0),
        (bandwidth_hz, min(adjacent_db, floor_db)),
        (OUT_OF_BAND_ENDS * bandwidth_hz, floor_db),
    )
    return Mask(points, floor_db, "assumed, after SM.337", verified=False)


def skirt(mask: Mask, half_width_hz: float) -> Mask:
    """Return a mask counted from the edge of its band, as `rejection.least_rejection_db` takes it.

    half_width_hz: from the middle of the band to its edge. It begins at 0 dB at the edge; of a
    mask of two sides the one that attenuates less counts. A step at the very edge stays one.
    """
    even = even_envelope(mask)
    beyond = tuple((hz - half_width_hz, db) for hz, db in even.points if hz > half_width_hz)
    at_edge = [db for hz, db in even.points if hz == half_width_hz and db > 0.0]
    if at_edge:
        beyond = ((0.0, at_edge[-1]), *(beyond or ((half_width_hz, at_edge[-1]),)))
    if not beyond:
        raise ImpossibleValueError(
            "a mask does not reach past the edge of its band.",
            remedy="Give points beyond half the bandwidth.",
        )
    return Mask(((0.0, 0.0), *beyond), mask.floor_db, mask.source, verified=mask.verified)


@lru_cache(maxsize=4096)
def even_envelope(mask: Mask) -> Mask:
    """Return the least mask with both sides alike that lets through all that this one does.

    At each offset the least attenuation there, farther out or on the other side. A mask whose
    sides are alike is returned as it is.
    """
    if mask.is_even:
        return mask
    at_hz = np.unique(np.abs([0.0, *(hz for hz, _ in mask.points)]))
    inner, outer = at_hz[:-1], at_hz[1:]
    starts = np.stack([_running(mask, sign, inner, "right") for sign in (1.0, -1.0)])
    ends = np.stack([_running(mask, sign, outer, "left") for sign in (1.0, -1.0)])
    before, after = starts[0] - starts[1], ends[0] - ends[1]
    points: list[tuple[float, float]] = []
    for k in range(len(inner)):
        points.append((float(inner[k]), float(starts[:, k].min())))
        if before[k] * after[k] < 0.0:  # the sides cross in between
            share = before[k] / (before[k] - after[k])
            cross_db = starts[0, k] + share * (ends[0, k] - starts[0, k])
            points.append((float(inner[k] + share * (outer[k] - inner[k])), float(cross_db)))
        points.append((float(outer[k]), float(ends[:, k].min())))
    return Mask(_tidied(points), mask.floor_db, mask.source, verified=mask.verified)


def _running(mask: Mask, sign: float, offset_hz: Floats, side: Side) -> Floats:
    """Return the least attenuation at an offset and farther out on one side (sign), at one limit.

    side: of a step the value before ("left") or after ("right") it, going outwards.
    """
    at_hz, at_db = both_sides(mask)
    if sign < 0.0:
        at_hz, at_db = -at_hz[::-1], at_db[::-1]
    last_open_hz = at_hz[at_db == 0.0].max()
    found = _between(at_hz, at_db, offset_hz, side)
    found = np.where(np.isnan(found), mask.floor_db, found)
    is_open = offset_hz <= last_open_hz if side == "left" else offset_hz < last_open_hz
    return np.where(is_open, 0.0, found)


def _tidied(points: list[tuple[float, float]]) -> Points:
    """Return points without repeats, and without the rounding that would let them fall."""
    kept: list[tuple[float, float]] = []
    for hz, db in points:
        point = (hz, max(db, kept[-1][1]) if kept else db)
        if not kept or point != kept[-1]:
            kept.append(point)
    return tuple(kept)


def attenuation_db(mask: Mask, offset_hz: ArrayLike) -> Floats:
    """Return what a mask attenuates at offsets, dB; at a step the lesser; NaN at NaN."""
    offset_hz = np.asarray(offset_hz, np.float64)
    at_hz, at_db = both_sides(mask)
    before = _between(at_hz, at_db, offset_hz, "left")
    after = _between(at_hz, at_db, offset_hz, "right")
    found = np.fmin(before, after)  # NaN: beyond the points
    found = np.where(np.isnan(found), mask.floor_db, found)
    return np.asarray(np.where(np.isnan(offset_hz), np.nan, found))[()]


@lru_cache(maxsize=4096)
def both_sides(mask: Mask) -> tuple[Floats, Floats]:
    """Return offsets, hertz, and attenuations, dB, of all points from the lowest to the highest."""
    given = np.asarray(mask.points, np.float64)
    if mask.is_even:
        given = np.concatenate([given[::-1] * (-1.0, 1.0), given])
    at_hz, at_db = np.ascontiguousarray(given[:, 0]), np.ascontiguousarray(given[:, 1])
    at_hz.flags.writeable = at_db.flags.writeable = False
    return at_hz, at_db


def _between(at_hz: Floats, at_db: Floats, offset_hz: Floats, side: Side) -> Floats:
    """Return attenuations between points, at a point those before or after it; NaN beyond."""
    after = np.searchsorted(at_hz, offset_hz, side)
    inside = (after > 0) & (after < len(at_hz))
    after = np.clip(after, 1, len(at_hz) - 1)
    low_hz, low_db = at_hz[after - 1], at_db[after - 1]
    width_hz = at_hz[after] - low_hz
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(width_hz > 0.0, (offset_hz - low_hz) / width_hz, 0.0)
        found = low_db + share * (at_db[after] - low_db)
    return np.where(inside, found, np.nan)
