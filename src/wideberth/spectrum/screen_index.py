"""An index over one side, built once, that finds the hits of whatever the other side brings."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from typing import Final, Self

import numpy as np

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.screen_pairs import Hits, Limits, settled
from wideberth.spectrum.screen_rows import Codes, Emitters, Receivers, Side, side_of
from wideberth.spectrum.screen_tree import Tree, trees_of
from wideberth.spectrum.screen_walk import scale_of, walk

FAST_FROM: Final = 1000  # rows in an index from which the compiled walk pays for its loading
ROOM: Final = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """One side of a screen in two trees: by band for overlapping bands, by place for the rest.

    Build with `Index.over`. An edit of that side is a new index (or, until then, a screen of the
    edited rows on their own).
    """

    side: Side
    bands: Tree
    places: Tree
    is_over_emitters: bool

    @classmethod
    def over(cls, rows: Emitters | Receivers) -> Self:
        """Return an index over emitters or over receivers."""
        side = side_of(rows)
        return cls(side, *trees_of(side), isinstance(rows, Emitters))

    def __len__(self) -> int:
        return len(self.side)

    def against(
        self,
        rows: Emitters | Receivers,
        *,
        slack_db: float = 0.0,
        unknown_range_m: float = np.inf,
        fast: bool | None = None,
    ) -> Hits:
        """Return the hits of the other side's rows with the rows in the index (`screen.find`).

        fast: compiled or not; None: where numba is installed and it pays. Raises
        ImpossibleValueError where the rows are of the side that is in the index.
        """
        if isinstance(rows, Emitters) == self.is_over_emitters:
            raise ImpossibleValueError(
                f"{type(rows).__name__} were given to an index over {type(rows).__name__}.",
                remedy="Give it the rows of the other side.",
            )
        limits = Limits(slack_db, unknown_range_m)
        queries = side_of(rows)
        if fast is None:
            fast = len(self) >= FAST_FROM and find_spec("numba") is not None
        found = _compiled_keys if fast else _plain_keys
        keys = np.concatenate([np.empty(0, np.int64), *found(self, queries, limits)])
        keys.sort()
        sides = (self.side, queries) if self.is_over_emitters else (queries, self.side)
        return settled(*sides, keys, limits)

    def steps(self, queries: int) -> tuple[int, int]:
        """Return what a pair's key counts for each row asked and each row in the index."""
        return (1, queries) if self.is_over_emitters else (len(self), 1)


def _plain_keys(index: Index, queries: Side, limits: Limits) -> Iterator[Codes]:
    query_step, row_step = index.steps(len(queries))
    for tree, is_in_band in ((index.bands, True), (index.places, False)):
        q, row = walk(tree, queries, scale_of(limits, is_in_band=is_in_band))
        yield q * query_step + row * row_step


def _compiled_keys(index: Index, queries: Side, limits: Limits) -> Iterator[Codes]:
    from wideberth.spectrum.compiled import screen  # noqa: PLC0415 - numba is slow to load

    query = (queries.values, queries.codes)
    for tree, is_in_band in ((index.bands, True), (index.places, False)):
        rows = (tree.rows.values, tree.rows.codes, tree.row)
        scale = astuple(scale_of(limits, is_in_band=is_in_band))
        room = np.empty(len(tree) + (ROOM if len(queries) > 1 else 0), np.int64)
        first = 0
        while first < len(queries):
            out = (first, *index.steps(len(queries)), room)
            first, count = screen.walk(query, rows, (tree.boxes, tree.start), scale, out)
            yield room[:count].copy()
