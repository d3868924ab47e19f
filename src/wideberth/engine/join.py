"""All pairs worth judging, and all pairs in conflict: two paths, one answer (ADR 6).

The plain path is numpy and shapely: nothing to compile, quick to start. The compiled one (the
extra `fast`) pays from FAST_FROM entries on and is chosen by itself where it is installed.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Final

import numpy as np

from wideberth.engine.axes import are_too_close
from wideberth.engine.columns import Columns, Marks
from wideberth.engine.entries import Places
from wideberth.engine.near import Pairs, ReachColumns, candidates
from wideberth.engine.screen import Verdict, Verdicts, screen
from wideberth.engine.separation import Reach
from wideberth.model.agreement import Minima

FAST_FROM: Final = 30_000  # below, starting numba costs more than the plain path takes
_MORE_M: Final = 1e-3  # what is within reach to a millimetre is left to the judge
_MORE_S: Final = 1e-3
_MORE_HZ: Final = 1.0

Settle = Callable[[int, int], bool]


def is_fast(columns: Columns, *, fast: bool | None) -> bool:
    """Return whether the compiled path is taken; fast None: where it pays and is installed."""
    if fast is None:
        return len(columns.entries.volume) >= FAST_FROM and find_spec("numba") is not None
    return fast


def narrow(
    columns: Columns,
    members: tuple[Places, Places],
    reach: Reach | ReachColumns,
    *,
    within: bool,
    fast: bool | None,
) -> Pairs:
    """Return the pairs a rule must judge: those within its reach, less those surely apart.

    A rule finds nothing beyond its reach, so a pair whose footprints are surely farther apart
    than that needs no exact judgement. Pairs i < j, in order, each once.
    """
    if isinstance(reach, ReachColumns):
        return candidates(columns, *members, reach, within=within)
    within_reach = Minima(
        reach.lateral_m + _MORE_M,
        reach.vertical_m + _MORE_M,
        reach.time_s + _MORE_S,
        reach.freq_hz + _MORE_HZ,
    )
    i, j, verdicts = _verdicts(columns, members, within_reach, within=within, fast=fast)
    keep = verdicts != Verdict.APART
    return i[keep], j[keep]


def join(  # noqa: PLR0913 - four values and two named options
    columns: Columns,
    members: tuple[Places, Places],
    minima: Minima,
    settle: Settle,
    *,
    within: bool = False,
    fast: bool | None = None,
) -> Pairs:
    """Return the pairs closer than the minima on every axis. Pairs i < j, in order, each once.

    settle: the exact answer for a pair that the screen is not sure of.
    """
    i, j, verdicts = _verdicts(columns, members, minima, within=within, fast=fast)
    is_conflict = verdicts == Verdict.CONFLICT
    for k in np.flatnonzero(verdicts == Verdict.UNSURE).tolist():
        is_conflict[k] = settle(int(i[k]), int(j[k]))
    return i[is_conflict], j[is_conflict]


def _verdicts(
    columns: Columns,
    members: tuple[Places, Places],
    minima: Minima,
    *,
    within: bool,
    fast: bool | None,
) -> tuple[Places, Places, Verdicts]:
    """Return pairs that are too close but perhaps along the ground, and the screen's verdicts."""
    if is_fast(columns, fast=fast):
        from wideberth.engine import fast as compiled_path  # noqa: PLC0415 - numba takes its time

        owner = columns.activity if within else columns.party
        search = compiled_path.Search(_sides(columns, members), owner, Reach.of(minima), minima)
        return compiled_path.find(columns, search)
    i, j = candidates(columns, *members, Reach.of(minima), within=within)
    keep = are_too_close(columns, i, j, minima)
    i, j = i[keep], j[keep]
    return i, j, screen(columns, i, j, minima.lateral_m)


def _sides(columns: Columns, members: tuple[Places, Places]) -> Marks:
    """Return marks of who is a member of each side, (2, n)."""
    sides = np.zeros((2, len(columns)), bool)
    for side, places in zip(sides, members, strict=True):
        side[places] = True
    return sides
