"""Frequency-dependent rejection: what of an emission a receiver at another frequency keeps out.

Recommendation ITU-R SM.337-6, section 2: FDR(df) = 10 log(int P df / int P |H(f + df)|^2 df). Both
masks are straight lines in dB, so each piece of the integral is closed.
"""

import math
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.mask import Mask, attenuation_db, both_sides, even_envelope

Floats = NDArray[np.float64]

NEPERS_PER_DB: Final = math.log(10.0) / 10.0  # of power
FAST_FROM: Final = 4096  # offsets, from which starting numba pays
MOST_CELLS: Final = 1 << 19  # pieces of the integral held in memory at once
FLAT: Final = 1e-6  # below this fall over a piece, in nepers, its power is that of a trapezium


def fdr_db(emission: Mask, selectivity: Mask, offset_hz: ArrayLike) -> Floats:
    """Return the frequency-dependent rejection, dB, of an emission whose whole power is known.

    offset_hz: middle of the emission less middle of the receiver. From 0 to the lesser floor of
    the two masks; NaN at NaN. Where both masks have like sides it never falls with |offset_hz|.
    SM.337-6, eq. 1.
    """
    power = whole(emission)
    kept = _taken(offset_hz, _emission_pieces(emission), _response_pieces(selectivity))
    return _capped(kept / power, emission)


def on_tune_rejection_db(emission: Mask, selectivity: Mask) -> float:
    """Return the rejection at one and the same frequency, dB (SM.337-6, eq. 3)."""
    return float(fdr_db(emission, selectivity, 0.0))


def off_frequency_rejection_db(emission: Mask, selectivity: Mask, offset_hz: ArrayLike) -> Floats:
    """Return what the offset adds to the on-tune rejection, dB (SM.337-6, eq. 4)."""
    on_tune_db = on_tune_rejection_db(emission, selectivity)
    return np.asarray(fdr_db(emission, selectivity, offset_hz) - on_tune_db)[()]


def guaranteed_rejection_db(emission: Mask, selectivity: Mask, offset_hz: ArrayLike) -> Floats:
    """Return a rejection no higher than that at this or any wider offset to either side, dB.

    It never falls with |offset_hz|, so a screen may stop at the first offset that rejects enough.
    The masks are widened to like sides; those of like sides give `fdr_db` itself (the convolution
    of two densities that fall to both sides alike falls to both sides alike).
    """
    widest = even_envelope(emission)
    kept = _taken(
        offset_hz,
        _emission_pieces(widest),
        _response_pieces(even_envelope(selectivity)),
    )
    return _capped(kept / whole(emission), emission)


def roaming_rejection_db(
    emission: Mask, selectivity: Mask, gap_hz: ArrayLike, *, widths_hz: tuple[float, float]
) -> Floats:
    """Return the least rejection, dB, where both shapes are known but not where in their bands.

    As of a net that may hop or be assigned anywhere in a band. gap_hz: between the nearest edges
    of the two bands, below 0 by how much they overlap. widths_hz: what the emission and what the
    receiver takes up of its band, the mask's middle in the middle. It never falls with the gap, so
    a wider band never clears; a wider emission may, by spreading its power past the receiver.
    """
    nearest_hz = np.asarray(gap_hz, np.float64) + 0.5 * sum(widths_hz)
    return guaranteed_rejection_db(emission, selectivity, np.maximum(nearest_hz, 0.0))


def least_rejection_db(gap_hz: ArrayLike, emission_skirt: Mask, selectivity_skirt: Mask) -> Floats:
    """Return the least rejection, dB, of any emission within a band of which only edges are known.

    gap_hz: between the nearest edges of the two bands; at most 0 where they touch or overlap, which
    rejects nothing: the emission may be a carrier at the worst place. The skirts are counted
    from the edges, with like sides: at x Hz of gap the emission spills at most so much of its
    whole power to x and beyond; the receiver responds by at most so much. Of all emissions that
    spill no more, the worst is taken. It never falls with the gap, never rises where a skirt is
    raised or a band widened, and stays below the lesser floor. NaN at NaN.
    """
    if not (emission_skirt.is_even and selectivity_skirt.is_even):
        raise ImpossibleValueError("a skirt has offsets below zero.", remedy="Count from the edge.")
    gap_hz = np.asarray(gap_hz, np.float64)
    away_hz = np.maximum(np.minimum(gap_hz, _reach_hz(emission_skirt, selectivity_skirt)), 0.0)
    flowing = _spill_pieces(emission_skirt)
    kept = _taken(-away_hz, flowing, _edge_pieces(selectivity_skirt))
    for at_hz, part in _lumps(emission_skirt):
        short_hz = away_hz - at_hz
        kept = kept + part * np.where(short_hz > 0.0, _response(selectivity_skirt, short_hz), 1.0)
    rejected = _capped(kept, emission_skirt)
    return np.asarray(np.where(gap_hz <= 0.0, 0.0, rejected))[()]


def settled_gap_hz(emission_skirt: Mask, selectivity_skirt: Mask) -> float:
    """Return the gap from which on the least rejection is all it can be.

    There it is at most 3.01 dB below the lesser floor. A screen that widens each band by its own
    skirt's last offset, and takes that much wherever the widened bands do not meet, loses nothing.
    """
    return emission_skirt.edges_hz[1] + selectivity_skirt.edges_hz[1]


@lru_cache(maxsize=4096)
def whole(emission: Mask) -> float:
    """Return the whole power of an emission whose greatest density is 1 a hertz."""
    everywhere = np.array([[-np.inf, np.inf, 0.0, 0.0, 0.0]])
    return float(_taken_plain(np.zeros(1), _emission_pieces(emission), everywhere)[0])


def _capped(kept: Floats, emission: Mask) -> Floats:
    """Return a rejection from the part kept: at least 0 dB, at most the emission's floor."""
    with np.errstate(divide="ignore"):
        rejected = -10.0 * np.log10(kept)
    return np.asarray(np.clip(rejected, 0.0, emission.floor_db))[()]


def _reach_hz(one: Mask, other: Mask) -> float:
    """Return a gap or offset beyond which nothing changes."""
    return 2.0 * (one.edges_hz[1] + other.edges_hz[1])


def _response(mask: Mask, offset_hz: Floats) -> Floats:
    return np.asarray(np.exp(-NEPERS_PER_DB * attenuation_db(mask, offset_hz)))


# Pieces: rows of (low_hz, high_hz, at_hz, nepers at at_hz, nepers a hertz), ascending, no gaps.


@lru_cache(maxsize=4096)
def _emission_pieces(mask: Mask) -> Floats:
    """Return the density of an emission between its points; there is none beyond them."""
    return _pieces(*both_sides(mask))


@lru_cache(maxsize=4096)
def _response_pieces(mask: Mask) -> Floats:
    """Return the response of a receiver, to both ends of the axis."""
    at_hz, at_db = both_sides(mask)
    floor = -NEPERS_PER_DB * mask.floor_db
    below = [-np.inf, at_hz[0], at_hz[0], floor, 0.0]
    above = [at_hz[-1], np.inf, at_hz[-1], floor, 0.0]
    return np.vstack([below, _pieces(at_hz, at_db), above])


@lru_cache(maxsize=4096)
def _edge_pieces(skirt: Mask) -> Floats:
    """Return the response about the lower edge of a receiver's band: its skirt below, 1 above."""
    at_hz, at_db = np.asarray(skirt.points, np.float64).T
    below = [-np.inf, -at_hz[-1], -at_hz[-1], -NEPERS_PER_DB * skirt.floor_db, 0.0]
    rows = [below, *_pieces(-at_hz[::-1], at_db[::-1])]
    return np.vstack([*rows, [-at_hz[0], np.inf, 0.0, 0.0, 0.0]])


@lru_cache(maxsize=4096)
def _spill_pieces(skirt: Mask) -> Floats:
    """Return the density of the power that a skirt lets an emission spill beyond its edge."""
    rows = _pieces(*np.asarray(skirt.points, np.float64).T)
    with np.errstate(divide="ignore"):
        rows[:, 3] += np.log(-rows[:, 4])  # of what is left at x, the part that goes in 1 Hz
    return rows


@lru_cache(maxsize=4096)
def _lumps(skirt: Mask) -> tuple[tuple[float, float], ...]:
    """Return power that sits at one place of a skirt: (hertz beyond the edge, part of the whole).

    That of its steps, and the spurious part, which may lie anywhere: infinitely far.
    """
    ends = (*skirt.points, (skirt.points[-1][0], skirt.floor_db))
    steps = ((hz, db, next_db) for (hz, db), (next_hz, next_db) in pairwise(ends) if hz == next_hz)
    found = ((hz, _part(db) - _part(next_db)) for hz, db, next_db in steps)
    return (*found, (math.inf, _part(skirt.floor_db)))


def _part(attenuation_db: float) -> float:
    return math.exp(-NEPERS_PER_DB * attenuation_db)


def _pieces(at_hz: Floats, at_db: Floats) -> Floats:
    """Return the pieces between points; steps have none."""
    low_hz, high_hz = at_hz[:-1], at_hz[1:]
    is_wide = high_hz > low_hz
    low_hz, high_hz = low_hz[is_wide], high_hz[is_wide]
    start = -NEPERS_PER_DB * at_db[:-1][is_wide]
    rise = -NEPERS_PER_DB * np.diff(at_db)[is_wide]
    return np.column_stack([low_hz, high_hz, low_hz, start, rise / (high_hz - low_hz)])


def _taken(offset_hz: ArrayLike, emission: Floats, response: Floats) -> Floats:
    """Return the integral of density times response at each offset, by the faster way."""
    offset_hz = np.asarray(offset_hz, np.float64)
    finite = response[np.isfinite(response)]
    reach_hz = 2.0 * float(np.abs(emission[:, :2]).max() + np.abs(finite).max())
    shift = np.clip(offset_hz, -reach_hz, reach_hz).ravel()
    if shift.size >= FAST_FROM and find_spec("numba") is not None:
        from wideberth.spectrum.compiled.rejection import taken  # noqa: PLC0415 - slow to start

        found = taken(shift, emission, response)
    else:
        found = _taken_plain(shift, emission, response)
    return np.asarray(found).reshape(offset_hz.shape)


def _taken_plain(offset_hz: Floats, emission: Floats, response: Floats) -> Floats:
    """Return what the compiled kernel `taken` returns, by numpy alone."""
    step = max(1, MOST_CELLS // (len(emission) * len(response)))
    found = np.empty(len(offset_hz))
    for first in range(0, len(offset_hz), step):
        shift = offset_hz[first : first + step, None, None]
        low = np.maximum(emission[:, None, 0], response[:, 0] - shift)
        high = np.minimum(emission[:, None, 1], response[:, 1] - shift)
        with np.errstate(invalid="ignore", over="ignore"):
            width = np.maximum(high - low, 0.0)
            rise = (emission[:, None, 4] + response[:, 4]) * width
            start = (
                emission[:, None, 3]
                + emission[:, None, 4] * (low - emission[:, None, 2])
                + response[:, 3]
                + response[:, 4] * (low + shift - response[:, 2])
            )
            is_flat = np.abs(rise) < FLAT
            safe = np.where(is_flat, 1.0, rise)
            mean = np.where(is_flat, 1.0 + 0.5 * rise, np.expm1(safe) / safe)
            parts = np.where(width > 0.0, width * np.exp(start) * mean, 0.0)
        parts = np.where(np.isnan(shift), np.nan, parts)
        found[first : first + step] = parts.sum(axis=(1, 2))
    return found
