"""The conservative screen: every pair of emitter and receiver that might interfere.

Free space between the nearest points, no credit for terrain, antenna or horizon; a refined model
may clear what is found here, never add to it. The search is indexed, and finds what brute force
finds, to the bit.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

import numpy as np

from wideberth.spectrum.screen_index import ROOM, Index
from wideberth.spectrum.screen_pairs import (
    Hits,
    Limits,
    in_band_range_m,
    out_of_band_range_m,
    rejection_db,
    settled,
)
from wideberth.spectrum.screen_rows import Codes, Emitters, Receivers, Side, side_of
from wideberth.spectrum.screen_walk import unknown_reach_m

__all__ = [
    "Emitters", "Hits", "Index", "Receivers", "find", "find_by_brute_force", "in_band_range_m",
    "out_of_band_range_m", "rejection_db",
]  # fmt: skip

INDEXED_FROM: Final = 20_000  # pairs from which an index pays for being built
FAST_FROM: Final = 200_000  # pairs from which the compiled path pays for its loading


def find(
    emitters: Emitters,
    receivers: Receivers,
    *,
    slack_db: float = 0.0,
    unknown_range_m: float = np.inf,
    fast: bool | None = None,
) -> Hits:
    """Return the pairs whose interference may come to the limit, or within slack_db below it.

    A pair is a hit when owners differ, links differ or are none, windows overlap, and EIRP less
    free-space loss (P.525-4 section 2.2; nearest points of the balls, at least 1 m; the lowest
    frequency of either) less rejection (`rejection_db` where the bands do not overlap) is at least
    the limit less slack_db. Where a level is not a number, a pair is a hit when the bands overlap
    within unknown_range_m: it is not cleared. fast: compiled or not, the same answer; None: where
    numba is installed and it pays. Nothing is asked about validity: below 30 MHz give levels that
    are not numbers. Memory grows with the hits alone. Raises ImpossibleValueError.
    """
    pairs = len(emitters) * len(receivers)
    if fast is None:
        fast = pairs >= FAST_FROM and find_spec("numba") is not None
    asked = {"slack_db": slack_db, "unknown_range_m": unknown_range_m}
    if pairs < INDEXED_FROM:
        return find_by_brute_force(emitters, receivers, **asked, fast=fast)
    return Index.over(receivers).against(emitters, **asked, fast=fast)


def find_by_brute_force(
    emitters: Emitters,
    receivers: Receivers,
    *,
    slack_db: float = 0.0,
    unknown_range_m: float = np.inf,
    fast: bool | None = None,
) -> Hits:
    """Return what `find` returns, by working out every pair; memory is bounded but for the hits."""
    limits = Limits(slack_db, unknown_range_m)
    sides = side_of(emitters), side_of(receivers)
    pairs = len(emitters) * len(receivers)
    if fast is None:
        fast = pairs >= FAST_FROM and find_spec("numba") is not None
    found = [settled(*sides, np.empty(0, np.int64), limits)]
    found += [
        settled(*sides, keys, limits) for keys in (_near_hits if fast else _all)(*sides, limits)
    ]
    return Hits(
        np.concatenate([part.emitter for part in found]),
        np.concatenate([part.receiver for part in found]),
        np.concatenate([part.margin_db for part in found]),
        np.concatenate([part.is_overlapping for part in found]),
    )


def _all(emitters: Side, receivers: Side, _limits: Limits) -> Iterator[Codes]:
    pairs = len(emitters) * len(receivers)
    for first in range(0, pairs, ROOM):
        yield np.arange(first, min(first + ROOM, pairs))


def _near_hits(emitters: Side, receivers: Side, limits: Limits) -> Iterator[Codes]:
    from wideberth.spectrum.compiled import screen  # noqa: PLC0415 - numba is slow to load

    one, other = (emitters.values, emitters.codes), (receivers.values, receivers.codes)
    room = np.empty(len(receivers) + ROOM, np.int64)
    first = 0
    while first < len(emitters):
        asked = (limits.slack_db, unknown_reach_m(limits))
        first, count = screen.every_pair(one, other, asked, (first, room))
        yield room[:count].copy()
