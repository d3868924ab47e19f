"""Tiles whose nodes lie on one grid around the world, looked up as one.

Neighbours join here: a point between the last column of one tile and the first of the next has
nodes of both. Columns are counted eastwards, modulo one turn, so that 180 degrees is no edge.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Heights = NDArray[np.float32 | np.float64]
Touches = list[tuple[int, Ints]]

_SNAP: Final = 1e-8  # of a step: nearer than this to a node is at it (0.3 micrometres at 1 second)
_ALIKE: Final = 1e-6  # of a step: grids that drift apart by less across a tile are one


class Tile(Protocol):
    """What is placed on a lattice: a terrain tile."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def west_deg(self) -> float:
        """Longitude of column 0."""

    @property
    def south_deg(self) -> float:
        """Latitude of row 0."""

    @property
    def step_lon_deg(self) -> float:
        """Degrees from column to column."""

    @property
    def step_lat_deg(self) -> float:
        """Degrees from row to row."""

    @property
    def heights_m(self) -> Heights:
        """Heights by row and column."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A tile with its number in the mosaic and the lattice's row and column of its first node."""

    index: int
    name: str
    column: int
    row: int
    heights_m: Heights


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """A grid from a corner, and the tiles on it. around: columns in one turn."""

    west_deg: float
    south_deg: float
    step_lon_deg: float
    step_lat_deg: float
    around: int
    tiles: tuple[Placed, ...]

    def heights(self, lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Touches]:
        """Return heights at points (n,), and for tiles by number the points that they served.

        Not a number where a node that counts is in no tile or void.
        """
        margin_deg = _SNAP * self.step_lon_deg
        east_deg = np.mod(lon_deg - self.west_deg + margin_deg, 360.0) - margin_deg
        column, across = _split(east_deg / self.step_lon_deg)
        row, up = _split((lat_deg - self.south_deg) / self.step_lat_deg)
        found_m = np.full(lon_deg.size, np.nan)
        touches = self._inside(found_m, (column, row), (across, up))
        rest = np.flatnonzero(np.isnan(found_m))
        if rest.size:
            found_m[rest], more = self._between((column[rest], row[rest]), (across[rest], up[rest]))
            touches += [(index, rest[points]) for index, points in more]
        return found_m, touches

    def _inside(
        self, found_m: Floats, cells: tuple[Ints, Ints], parts: tuple[Floats, Floats]
    ) -> Touches:
        """Fill in points whose cell lies within one tile, clear of the edge that others share.

        A cell with a void stays open: another tile over the same ground may know the node.
        """
        touches: Touches = []
        pending = np.arange(found_m.size)
        for tile in self.tiles:
            column, row = self._eastwards(cells[0][pending], tile), cells[1][pending] - tile.row
            rows, columns = tile.heights_m.shape
            is_in = (column > 0) & (column < columns - 2) & (row > 0) & (row < rows - 2)
            points = pending[is_in]
            if points.size == 0:
                continue
            nodes_m, first = tile.heights_m.ravel(), row[is_in] * columns + column[is_in]
            across, up = parts[0][points], parts[1][points]
            south_m, north_m = (
                nodes_m.take(node) * (1.0 - across) + nodes_m.take(node + 1) * across
                for node in (first, first + columns)
            )
            found_m[points] = south_m * (1.0 - up) + north_m * up
            touches.append((tile.index, points[~np.isnan(found_m[points])]))
            pending = pending[~is_in]
        return touches

    def _between(
        self, cells: tuple[Ints, Ints], parts: tuple[Floats, Floats]
    ) -> tuple[Floats, Touches]:
        """Return heights of points whose nodes may be in several tiles, each looked up by itself.

        A node that does not count, since the point lies on the far side of the cell, is not asked.
        """
        column, row = cells
        touches: Touches = []
        corners = []
        for up, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
            counts = np.flatnonzero(((parts[0] > 0) | (across == 0)) & ((parts[1] > 0) | (up == 0)))
            node_m = np.full(column.size, np.nan)
            east = (column[counts] + across) % self.around
            node_m[counts], served = self._nodes(east, row[counts] + up)
            corners.append(node_m)
            touches += [(index, counts[points]) for index, points in served]
        return _bilinear((corners[0], corners[1], corners[2], corners[3]), parts), touches

    def _nodes(self, column: Ints, row: Ints) -> tuple[Floats, Touches]:
        """Return heights at nodes, the lower where tiles differ, and the nodes each tile knows."""
        node_m = np.full(column.size, np.nan)
        touches: Touches = []
        for tile in self.tiles:
            c, r = self._eastwards(column, tile), row - tile.row
            rows, columns = tile.heights_m.shape
            points = np.flatnonzero((c < columns) & (r >= 0) & (r < rows))
            if points.size == 0:
                continue
            known_m = tile.heights_m[r[points], c[points]].astype(np.float64)
            node_m[points] = np.fmin(node_m[points], known_m)
            touches.append((tile.index, points[~np.isnan(known_m)]))
        return node_m, touches

    def _eastwards(self, column: Ints, tile: Placed) -> Ints:
        """Return how many columns lie eastwards from a tile's first to each column."""
        east = column - tile.column
        return np.where(east < 0, east + self.around, east)

    def disagreements(self) -> Iterator[tuple[Placed, Placed, float]]:
        """Yield pairs of tiles that share an area (not a line) and differ there, with the gap."""
        for one, other in permutations(self.tiles, 2):
            c, r = (other.column - one.column) % self.around, other.row - one.row
            mine_m = one.heights_m[max(0, r) :, c:]
            theirs_m = other.heights_m[max(0, -r) :, :]
            rows = min(mine_m.shape[0], theirs_m.shape[0])
            columns = min(mine_m.shape[1], theirs_m.shape[1])
            if min(rows, columns) < 2:
                continue
            gap_m = np.abs(mine_m[:rows, :columns] - theirs_m[:rows, :columns])
            worst_m = float(np.fmax.reduce(gap_m, axis=None))
            if worst_m > 0.0:
                yield one, other, worst_m


def lattices_of(tiles: Sequence[Tile]) -> tuple[Lattice, ...]:
    """Return the lattices that tiles lie on, in the order of the first tile of each."""
    found: list[Lattice] = []
    for index, tile in enumerate(tiles):
        own = _own_lattice(tile)
        for place, lattice in enumerate(found):
            placed = _placed(index, tile, lattice)
            if placed is not None and _is_alike(own, lattice, tile):
                found[place] = _with(lattice, placed)
                break
        else:
            first = Placed(index, tile.name, 0, 0, tile.heights_m)
            found.append(_with(own, first))
    return tuple(found)


def _own_lattice(tile: Tile) -> Lattice:
    """Return the lattice of a tile alone; its steps divide a turn where they nearly do."""
    step_deg, around = tile.step_lon_deg, round(360.0 / tile.step_lon_deg)
    if _drift(step_deg, 360.0 / around, tile.heights_m.shape[1]) < _ALIKE:
        step_deg = 360.0 / around
    else:
        around = math.floor(360.0 / step_deg) + 2  # the turn does not close: it joins with nothing
    return Lattice(tile.west_deg, tile.south_deg, step_deg, tile.step_lat_deg, around, ())


def _drift(one_deg: float, other_deg: float, count: int) -> float:
    """Return by what part of a step two steps have drifted apart after a count of them."""
    return count * abs(one_deg / other_deg - 1.0)


def _is_alike(own: Lattice, lattice: Lattice, tile: Tile) -> bool:
    rows = tile.heights_m.shape[0] + max(
        abs(placed.row) + placed.heights_m.shape[0] for placed in lattice.tiles
    )
    return (
        own.around == lattice.around
        and own.step_lon_deg == lattice.step_lon_deg
        and own.step_lon_deg * own.around <= 360.0 * (1.0 + 1e-12)
        and _drift(own.step_lat_deg, lattice.step_lat_deg, rows) < _ALIKE
    )


def _placed(index: int, tile: Tile, lattice: Lattice) -> Placed | None:
    """Return a tile placed on a lattice, or None where its nodes are not the lattice's."""
    column = ((tile.west_deg - lattice.west_deg) % 360.0) / lattice.step_lon_deg
    row = (tile.south_deg - lattice.south_deg) / lattice.step_lat_deg
    if abs(column - round(column)) > _ALIKE or abs(row - round(row)) > _ALIKE:
        return None
    return Placed(index, tile.name, round(column) % lattice.around, round(row), tile.heights_m)


def _with(lattice: Lattice, placed: Placed) -> Lattice:
    return Lattice(
        lattice.west_deg,
        lattice.south_deg,
        lattice.step_lon_deg,
        lattice.step_lat_deg,
        lattice.around,
        (*lattice.tiles, placed),
    )


def _split(steps: Floats) -> tuple[Ints, Floats]:
    """Return whole steps and the part beyond, with what is next to a node put on it."""
    nearest = np.rint(steps)
    steps = np.where(np.abs(steps - nearest) <= _SNAP, nearest, steps)
    whole = np.floor(steps)
    return whole.astype(np.int64), steps - whole


def _bilinear(corners_m: tuple[NDArray[np.floating], ...], parts: tuple[Floats, Floats]) -> Floats:
    """Return heights between south-west, south-east, north-west and north-east nodes.

    A node of no weight does not count, whatever it holds.
    """
    east, north = parts
    west, south = 1.0 - east, 1.0 - north
    total_m = np.zeros(east.shape)
    for corner_m, weight in zip(
        corners_m, (south * west, south * east, north * west, north * east), strict=True
    ):
        total_m += np.where(weight > 0.0, weight * corner_m, 0.0)
    return total_m
