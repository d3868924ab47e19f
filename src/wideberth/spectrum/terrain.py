"""Terrain as regular grids of height above mean sea level, and what lies between their nodes.

Where nothing is known the height is not a number: it is never guessed, and stands for "no model".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.terrain_lattice import Lattice, Placed, lattices_of

Floats = NDArray[np.float64]
Heights = NDArray[np.float32 | np.float64]

MAX_POINTS: Final = 1 << 26  # nodes of one tile; a tile of 1 degree by half-seconds has 52 million
LOWEST_M: Final = -500.0  # the Dead Sea's shore lies at -430 m; lower are depths or marks of a void
HIGHEST_M: Final = 9000.0  # Mount Everest is 8849 m
_SLACK_DEG: Final = 1e-9
_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """One tile: heights in metres above mean sea level at the nodes of a regular grid on WGS-84.

    heights_m[row, column] is at latitude south_deg + row * step_lat_deg and longitude
    west_deg + column * step_lon_deg: rows run from south to north, columns from west to east.
    Not a number marks a void. name: the file's; sha256: of the file's bytes, in lower-case hex.
    """

    name: str
    sha256: str
    west_deg: float
    south_deg: float
    step_lon_deg: float
    step_lat_deg: float
    heights_m: Heights

    def __post_init__(self) -> None:
        heights_m = self.heights_m
        if heights_m.dtype not in (np.float32, np.float64):
            raise ImpossibleValueError(f"heights are {heights_m.dtype}, not float32 or float64.")
        if heights_m.ndim != 2 or min(heights_m.shape) < 2 or heights_m.size > MAX_POINTS:
            raise ImpossibleValueError(
                f"a grid of {' x '.join(map(str, heights_m.shape))} heights is no tile.",
                remedy=f"Give 2 rows and columns at least, {MAX_POINTS} heights at most.",
            )
        if not _SHA256.match(self.sha256):
            raise ImpossibleValueError("a tile's SHA-256 is not 64 lower-case hex digits.")
        self._check_extent()
        self._check_heights()
        if heights_m.flags.writeable or not heights_m.flags.c_contiguous:
            object.__setattr__(self, "heights_m", heights_m.copy(order="C"))
            self.heights_m.setflags(write=False)

    def _check_extent(self) -> None:
        rows, columns = self.heights_m.shape
        steps_deg = (self.step_lon_deg, self.step_lat_deg)
        if not all(np.isfinite((self.west_deg, self.south_deg, *steps_deg))) or min(steps_deg) <= 0:
            raise ImpossibleValueError(
                f"the corner {self.west_deg}, {self.south_deg} or the steps {steps_deg} are no"
                " degrees.",
                remedy="Give finite degrees and steps above 0.",
            )
        north_deg = self.south_deg + (rows - 1) * self.step_lat_deg
        if self.south_deg < -90.0 - _SLACK_DEG or north_deg > 90.0 + _SLACK_DEG:
            raise ImpossibleValueError(
                f"the rows run from latitude {self.south_deg:g} to {north_deg:g}.",
                remedy="Give degrees of WGS-84, at most 90.",
            )
        is_wide = (columns - 1) * self.step_lon_deg > 360.0 + _SLACK_DEG
        if is_wide or not -360.0 <= self.west_deg <= 360.0:
            raise ImpossibleValueError(
                f"{columns} columns from longitude {self.west_deg:g} go more than once around.",
                remedy="Give degrees of WGS-84.",
            )

    def _check_heights(self) -> None:
        """Refuse what is no height of land; fmin and fmax pass over voids, infinity does not."""
        low_m = float(np.fmin.reduce(self.heights_m, axis=None))
        high_m = float(np.fmax.reduce(self.heights_m, axis=None))
        if low_m < LOWEST_M or high_m > HIGHEST_M:
            raise ImpossibleValueError(
                f"heights run from {low_m:g} to {high_m:g} m, which is no land:"
                f" {LOWEST_M:g} to {HIGHEST_M:g} m are taken.",
                remedy="Declare the value that marks voids; set depths of the sea to 0.",
            )

    @property
    def void(self) -> NDArray[np.bool_]:
        """Return where the tile knows no height, one truth value a node."""
        return np.isnan(self.heights_m)

    @property
    def north_deg(self) -> float:
        """Return the latitude of the last row."""
        return float(self.south_deg + (self.heights_m.shape[0] - 1) * self.step_lat_deg)

    @property
    def east_deg(self) -> float:
        """Return the longitude of the last column; beyond 180 where the tile crosses there."""
        return float(self.west_deg + (self.heights_m.shape[1] - 1) * self.step_lon_deg)


@dataclass(frozen=True, slots=True)
class Sampled:
    """Heights at points (n,), and which tiles gave them: (n // per_path, tiles) truth values."""

    height_m: Floats
    used: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mosaic:
    """Several tiles, in an order of their own: finest first, then from west and south.

    The finest grid that knows a point answers; a coarser one fills its voids. Tiles on one grid
    join without a seam, also where each ends a step before the next (pixels given by their
    centres). On a line that two of them share and differ on, the lower height holds: it shields
    less. Raises ImpossibleValueError where two of one grid differ over an area.
    """

    tiles: tuple[Terrain, ...]
    _lattices: tuple[Lattice, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        tiles = tuple(sorted(self.tiles, key=_order))
        tiles = tuple(t for i, t in enumerate(tiles) if i == 0 or _order(t) != _order(tiles[i - 1]))
        object.__setattr__(self, "tiles", tiles)
        object.__setattr__(self, "_lattices", lattices_of(tiles))
        for lattice in self._lattices:
            for one, other, gap_m in lattice.disagreements():
                raise ImpossibleValueError(
                    f"{_name(one)} and {_name(other)} cover the same ground and differ by up to"
                    f" {gap_m:g} m.",
                    remedy="Keep one of them.",
                )

    @classmethod
    def of(cls, tiles: Iterable[Terrain]) -> "Mosaic":
        """Return the mosaic of tiles in any order."""
        return cls(tuple(tiles))

    def height_m(self, lon_deg: ArrayLike, lat_deg: ArrayLike) -> Floats:
        """Return heights above mean sea level at points, metres; they broadcast.

        Bilinear between the four nodes around a point, exact at nodes (a point within 1e-8 of a
        step of one is at it). Not a number where no tile is, where a node that counts is void, and
        where a position is none. Longitudes may be given past 180.
        """
        lon, lat = np.broadcast_arrays(np.asarray(lon_deg, float), np.asarray(lat_deg, float))
        sampled = self.sampled(lon.ravel(), lat.ravel(), per_path=max(1, lon.size))
        return sampled.height_m.reshape(lon.shape)[()]

    def sampled(self, lon_deg: Floats, lat_deg: Floats, *, per_path: int) -> Sampled:
        """Return heights at points (n,) and which tiles each run of per_path points drew on."""
        heights_m = np.full(lon_deg.size, np.nan)
        used = np.zeros((lon_deg.size // per_path, len(self.tiles)), bool)
        is_place = np.isfinite(lon_deg) & (np.abs(lat_deg) <= 90.0)
        for lattice in self._lattices:
            pending = np.flatnonzero(is_place & np.isnan(heights_m))
            if pending.size == 0:
                break
            found_m, touches = lattice.heights(lon_deg[pending], lat_deg[pending])
            heights_m[pending] = found_m
            for index, points in touches:
                drawn = points[~np.isnan(found_m[points])]
                used[pending[drawn] // per_path, index] = True
        return Sampled(heights_m, used)


def _order(tile: Terrain) -> tuple[float, float, float, float, str]:
    area = tile.step_lon_deg * tile.step_lat_deg
    return (area, tile.step_lon_deg, tile.west_deg, tile.south_deg, tile.sha256)


def _name(placed: Placed) -> str:
    return repr(placed.name)
