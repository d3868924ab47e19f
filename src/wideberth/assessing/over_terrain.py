"""A closer look at one emission and one receiver: the terrain between them, and nothing else.

Only between ends that are all but points and stand near the ground. The least loss between many
positions of both counts, never less than what the model in force gives: terrain can only clear.
A height that is missing anywhere clears nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.geodesy import GEOD
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.interference import words
from wideberth.interference.figures import Figures
from wideberth.interference.propagation import conditions_of
from wideberth.model.budget import Case, LinkBudget, Verdict
from wideberth.model.conflict import Conflict
from wideberth.model.span import Datum
from wideberth.model.volume import Volume
from wideberth.spectrum import delta_bullington, terrain_profile, terrestrial
from wideberth.spectrum.terrain import Mosaic
from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]

SINGLE: Final = frozenset({Case.IN_BAND, Case.OUT_OF_BAND, Case.BLOCKING, Case.HARMONIC})
MOST_RADIUS_M: Final = 1_000.0  # of an end's footprint
MOST_SHARE: Final = 0.02  # of the distance between the ends, for the same
MOST_ABOVE_M: Final = 300.0  # above the ground: higher is in the air, where P.528 speaks
MOST_APART_M: Final = 500_000.0
RINGS: Final = (0.5, 1.0)
BEARINGS_DEG: Final = tuple(range(0, 360, 45))
POINTS: Final = (50, 1500)  # of a profile, at least and at most
METRES_A_DEGREE: Final = 111_000.0
MODEL: Final = f"{terrestrial.TERRAIN_MODEL}, version {terrestrial.VERSION}"
_NAMES: Final = (
    *("terrain_one_lon_deg", "terrain_one_lat_deg", "terrain_other_lon_deg"),
    *("terrain_other_lat_deg", "terrain_one_antenna_m", "terrain_other_antenna_m"),
    "terrain_points",
)


@dataclass(frozen=True, slots=True)
class End:
    """One end: its positions (lon, lat), and its antenna's height above a datum at most."""

    places: tuple[tuple[float, float], ...]
    height_m: float
    is_above_ground: bool


@dataclass(frozen=True, slots=True)
class OverTerrain:
    """Looks at findings over the terrain that tiles tell."""

    mosaic: Mosaic

    def __call__(self, conflict: Conflict, emitter: Volume, receiver: Volume) -> Conflict:
        """Return the conflict with the budget over terrain; as it was where there is none."""
        budget = conflict.finding.budget
        if budget is None or not _is_asked(budget):
            return conflict
        looked = self._looked(budget, emitter, receiver)
        told = set(words.notes(budget))
        notes = (*words.notes(looked), *(n for n in conflict.finding.notes if n not in told))
        finding = replace(conflict.finding, why=words.why(looked), notes=notes, budget=looked)
        return replace(conflict, finding=finding)

    def _looked(self, budget: LinkBudget, emitter: Volume, receiver: Volume) -> LinkBudget:
        ends = _ends(emitter, receiver)
        if isinstance(ends, str):
            return replace(budget, assumed=(*budget.assumed, f"terrain was not asked: {ends}"))
        figures = Figures.of(budget)
        worst = least_loss(self.mosaic, figures, ends)
        if isinstance(worst, str):
            return replace(budget, assumed=(*budget.assumed, f"no model over terrain: {worst}"))
        if budget.loss_db is None or worst.loss_db <= budget.loss_db:
            return budget
        return _with_loss(budget, figures, worst)


@dataclass(frozen=True, slots=True)
class Worst:
    """The least loss over terrain between any two positions, and all it was reckoned from."""

    loss_db: float
    inputs: tuple[tuple[str, float], ...]
    data: tuple[tuple[str, str], ...]


def _is_asked(budget: LinkBudget) -> bool:
    return (
        budget.verdict is not Verdict.CLEARED
        and budget.case in SINGLE
        and budget.limit_dbm is not None
        and budget.freq_hz >= LEAST_FREQ_HZ
    )


def _with_loss(budget: LinkBudget, figures: Figures, worst: Worst) -> LinkBudget:
    limit_dbm = budget.limit_dbm
    assert limit_dbm is not None
    arrives_dbm = figures.before_loss_dbm - worst.loss_db
    return replace(
        budget,
        verdict=Verdict.CLEARED if arrives_dbm <= limit_dbm else budget.verdict,
        loss_db=worst.loss_db,
        interference_dbm=arrives_dbm,
        need_dbm=figures.eirp_dbm - (arrives_dbm - limit_dbm),
        model=MODEL,
        inputs=(*budget.inputs, *worst.inputs),
        data=(*budget.data, *worst.data),
    )


def _ends(emitter: Volume, receiver: Volume) -> tuple[End, End] | str:
    """Return both ends, or why terrain cannot speak of them."""
    discs = [_disc(volume) for volume in (emitter, receiver)]
    if discs[0] is None or discs[1] is None:
        return "an end is more than a small area, and may be anywhere in it"
    (one_lon, one_lat, one_m), (other_lon, other_lat, other_m) = discs[0], discs[1]
    length_m = float(GEOD.inv(one_lon, one_lat, other_lon, other_lat)[2])
    apart_m = length_m - one_m - other_m
    if max(one_m, other_m) > MOST_SHARE * apart_m:
        return "the ends are too near for their size, and may be anywhere in it"
    if length_m > MOST_APART_M:
        return f"the ends are more than {MOST_APART_M / 1000.0:g} km apart"
    ends = []
    for volume, (lon, lat, radius_m) in zip((emitter, receiver), (discs[0], discs[1]), strict=True):
        upper = volume.height.upper
        if upper.datum not in (Datum.GROUND, Datum.MSL) or not math.isfinite(upper.height_m):
            return "an end's greatest height is not known above the ground or the sea"
        places = _places(lon, lat, radius_m)
        ends.append(End(places, upper.height_m, upper.datum is Datum.GROUND))
    return ends[0], ends[1]


def _disc(volume: Volume) -> tuple[float, float, float] | None:
    """Return longitude, latitude and radius of a disc about a footprint, if it is small."""
    shape = shape_of(volume.footprint)
    if len(shape.cap_m) != 1 or float(shape.cap_m[0]) > MOST_RADIUS_M:
        return None
    lon_deg, lat_deg = shape.cap_lonlat[0].tolist()
    return lon_deg, lat_deg, float(shape.cap_m[0])


def _places(lon: float, lat: float, radius_m: float) -> tuple[tuple[float, float], ...]:
    """Return positions in a disc: its middle, and rings on which the nearest of all is."""
    if radius_m < 1.0:
        return ((lon, lat),)
    found = [(lon, lat)]
    for share in RINGS:
        for bearing_deg in BEARINGS_DEG:
            at_lon, at_lat, _ = GEOD.fwd(lon, lat, bearing_deg, share * radius_m)
            found.append((float(at_lon), float(at_lat)))
    return tuple(found)


def least_loss(mosaic: Mosaic, figures: Figures, ends: tuple[End, End]) -> Worst | str:
    """Return the least loss between any positions of two ends, or why there is no model."""
    starts = np.repeat(np.array(ends[0].places), len(ends[1].places), axis=0)
    stops = np.tile(np.array(ends[1].places), (len(ends[0].places), 1))
    points = _points(mosaic, starts, stops)
    ways = terrain_profile.profiles(mosaic, starts, stops, n_points=points)
    missing = next((why for k in range(len(starts)) if (why := ways.no_model(k))), None)
    if missing is not None:
        return missing.why
    antennas = [
        _antenna_m(end, ways.height_m[:, side]) for end, side in zip(ends, (0, -1), strict=True)
    ]
    if max(float(np.max(antenna)) for antenna in antennas) > MOST_ABOVE_M:
        return f"an end may be more than {MOST_ABOVE_M:g} m above the ground"
    losses_db = _losses_db(figures, ways, (antennas[0], antennas[1]))
    if np.isnan(losses_db).any():
        return "the model does not speak of this path"
    k = int(np.argmin(losses_db))
    values = (*starts[k], *stops[k], antennas[0][k], antennas[1][k], points)
    inputs = tuple(zip(_NAMES, (float(value) for value in values), strict=True))
    names = {tile.sha256: tile.name for tile in mosaic.tiles}
    used = sorted({digest for path in ways.digests for digest in path})
    return Worst(float(losses_db[k]), inputs, tuple((names[one], one) for one in used))


def _points(mosaic: Mosaic, starts: Floats, stops: Floats) -> int:
    """Return how many points a profile needs to see each node of the finest tile once."""
    steps = [min(tile.step_lat_deg, tile.step_lon_deg) for tile in mosaic.tiles]
    step_m = METRES_A_DEGREE * min(steps, default=1.0)
    _, _, length_m = GEOD.inv(*starts[:, :2].T, *stops[:, :2].T)
    return int(np.clip(math.ceil(float(np.max(length_m)) / step_m) + 1, *POINTS))


def _antenna_m(end: End, ground_m: Floats) -> Floats:
    """Return heights above the ground: never below it, whatever was declared above the sea."""
    above_m = end.height_m - (0.0 if end.is_above_ground else ground_m)
    return np.asarray(np.maximum(0.0, above_m + 0.0 * ground_m))


def _losses_db(
    figures: Figures, ways: terrain_profile.Profiles, antennas_m: tuple[Floats, Floats]
) -> Floats:
    profiles = delta_bullington.Profiles.of(
        ways.distance_m,
        ways.height_m,
        antennas_m=antennas_m,
        sea_fraction=1.0 - figures.land_share,
    )
    found = terrestrial.loss_with_terrain_db(
        figures.freq_hz, profiles, conditions=conditions_of(figures.air)
    )
    return np.asarray(np.atleast_1d(found))


def is_over_terrain(budget: LinkBudget) -> bool:
    """Return whether a budget's loss is that over terrain."""
    return budget.model == MODEL


def again(budget: LinkBudget, mosaic: Mosaic) -> float:
    """Return the interference of a budget over terrain reckoned anew, dBm.

    Raises ImpossibleValueError where the budget or the tiles do not say all that it takes.
    """
    figures, given = Figures.of(budget), _terrain_inputs(dict(budget.inputs))
    have = {tile.sha256 for tile in mosaic.tiles}
    lacking = [f"{name} (SHA-256 {digest})" for name, digest in budget.data if digest not in have]
    if lacking:
        raise ImpossibleValueError(
            f"it was reckoned over {', '.join(lacking)}.", remedy="Give these tiles: --terrain."
        )
    start, stop = np.array([given[0:2]]), np.array([given[2:4]])
    ways = terrain_profile.profiles(mosaic, start, stop, n_points=int(given[6]))
    antennas = np.array([given[4]]), np.array([given[5]])
    return figures.before_loss_dbm - float(_losses_db(figures, ways, antennas)[0])


def _terrain_inputs(given: Mapping[str, float | str]) -> Sequence[float]:
    values = [given.get(name) for name in _NAMES]
    found = [float(value) for value in values if isinstance(value, int | float)]
    if len(found) != len(_NAMES) or not POINTS[0] <= found[6] <= POINTS[1]:
        raise ImpossibleValueError("the budget does not say its path over the terrain.")
    return found
