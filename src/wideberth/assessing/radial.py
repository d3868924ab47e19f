"""Along one azimuth over terrain: the farthest place at which a level may still be met."""

from typing import Final

import numpy as np

from wideberth.assessing.needed import FARTHEST_M
from wideberth.assessing.over_terrain import End
from wideberth.engine.geodesy import GEOD
from wideberth.interference.propagation import Air, conditions_of, free_space_m
from wideberth.spectrum import delta_bullington, terrain_profile, terrestrial
from wideberth.spectrum.terrain import Mosaic

FARTHEST_OVER_TERRAIN_M: Final = 300_000.0
STEPS: Final = 100  # places along an azimuth
POINTS: Final = 201  # of the profile to each of them

Data = tuple[tuple[str, str], ...]


def heard_over_terrain_m(
    mosaic: Mosaic,
    centre: tuple[float, float],
    ends: tuple[End, float],
    asked: tuple[float, float, float],
    air: Air,
) -> tuple[float | None, Data]:
    """Return the distance beyond which a level is nowhere met, and the tiles that say so.

    ends: the emitter, and the receiver's height above the ground. asked: the frequency, the loss at
    which the level is met, the azimuth. Looks at a hundred places out to free space's reach, at
    most 300 km: where a height is missing, and beyond the last place that meets the level, the
    level counts as met up to the next place. None: it may be met beyond the last of them.
    """
    end, above_m = ends
    freq_hz, spare_db, bearing_deg = asked
    free_m = min(free_space_m(freq_hz, spare_db), FARTHEST_M)
    if free_m <= 1.0:
        return 1.0, ()
    reach_m = min(free_m, FARTHEST_OVER_TERRAIN_M)
    away_m = reach_m * np.arange(1, STEPS + 1) / STEPS
    count = np.ones(STEPS)
    lon, lat, _ = GEOD.fwd(centre[0] * count, centre[1] * count, bearing_deg * count, away_m)
    stops = np.column_stack([lon, lat])
    ways = terrain_profile.profiles(mosaic, [centre], stops, n_points=POINTS)
    ground_m = ways.height_m[:, 0]
    antenna_m = np.maximum(0.0, end.height_m - (0.0 if end.is_above_ground else ground_m))
    profiles = delta_bullington.Profiles.of(
        ways.distance_m,
        ways.height_m,
        antennas_m=(antenna_m + 0.0 * ground_m, above_m + 0.0 * ground_m),
        sea_fraction=1.0 - air.land_share,
    )
    losses_db = terrestrial.loss_with_terrain_db(freq_hz, profiles, conditions=conditions_of(air))
    is_met = ~(np.asarray(losses_db) >= spare_db)
    names = {tile.sha256: tile.name for tile in mosaic.tiles}
    used = sorted({digest for path in ways.digests for digest in path})
    data = tuple((names[one], one) for one in used)
    last = int(np.flatnonzero(is_met)[-1]) if is_met.any() else -1
    if last + 1 < STEPS:
        return float(away_m[last + 1]), data
    return (free_m if free_m <= FARTHEST_OVER_TERRAIN_M else None), data
