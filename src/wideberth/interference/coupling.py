"""What each emitter of a site hears of each other in its last stage, in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.entries import LEAST_RADIUS_M
from wideberth.engine.geodesy import GEOD
from wideberth.engine.heights import vertical_gap
from wideberth.engine.shape import shape_of
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Circle
from wideberth.spectrum.free_space import METRE_LOSS_DB
from wideberth.spectrum.intermodulation import off_tune_db

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

ROUNDING_M: Final = 0.01  # two ways to one distance differ by less


@dataclass(frozen=True, slots=True, eq=False)
class Coupled:
    """The emitters of a site: places in the field, bands, windows, gains; a row each.

    incoming_dbm: (source, other), what of the other's EIRP gets into the source's last stage,
    through its tuning; minus infinity where they are never near at once, and of itself.
    """

    place: Codes
    low_hz: Floats
    high_hz: Floats
    start_s: Floats
    end_s: Floats
    eirp_dbm: Floats
    gain_dbi: Floats
    incoming_dbm: Floats

    def __len__(self) -> int:
        return len(self.place)

    def nearby(self, source: int) -> Codes:
        """Return the others that a source hears at all, the strongest first."""
        incoming = self.incoming_dbm[source]
        order = np.argsort(-incoming, kind="stable")
        return np.asarray(order[np.isfinite(incoming[order])])


def coupled(site: Sequence[int], ways: Ways, agreement: Agreement) -> Coupled:
    """Return the emitters of a site with what each hears of each other."""
    emissions = [ways.emission(place) for place in site]
    windows = [ways.volume(place).time for place in site]
    start_s = np.array([window.start_s for window in windows])
    end_s = np.array([window.end_s for window in windows])
    low_hz = np.array([one.low_hz for one in emissions])
    high_hz = np.array([one.high_hz for one in emissions])
    eirp_dbm = np.array([one.eirp_dbm for one in emissions])
    antennas = [one.antenna for one in emissions]
    gain_dbi = np.array([0.0 if one is None else one.gain_dbi for one in antennas])
    distance_m = _distances_m(site, ways, agreement, (start_s, end_s))
    loss_db = METRE_LOSS_DB + 20.0 * np.log10(low_hz) + 20.0 * np.log10(np.maximum(1.0, distance_m))
    tuning_db = off_tune_db(low_hz, high_hz, low_hz[:, None], high_hz[:, None])
    return Coupled(
        place=np.array(site, np.intp),
        low_hz=low_hz,
        high_hz=high_hz,
        start_s=start_s,
        end_s=end_s,
        eirp_dbm=eirp_dbm,
        gain_dbi=gain_dbi,
        incoming_dbm=eirp_dbm - loss_db - tuning_db,
    )


def _distances_m(
    site: Sequence[int], ways: Ways, agreement: Agreement, windows: tuple[Floats, Floats]
) -> Floats:
    """Return how near at least each two come that are within a site at once; else infinity.

    Discs that stay are measured all at once, and others by their way.
    """
    count, within_m = len(site), agreement.spectrum.site_m
    first, second = np.triu_indices(count, 1)
    start_s, end_s = windows
    is_at_once = np.maximum(start_s[first], start_s[second]) < np.minimum(
        end_s[first], end_s[second]
    )
    first, second = first[is_at_once], second[is_at_once]
    volumes = [ways.volume(place) for place in site]
    discs = [volume.footprint for volume in volumes]
    lon, lat, radius_m = np.array(
        [(*d.centre, d.radius_m) if isinstance(d, Circle) else (0.0, 0.0, np.nan) for d in discs]
    ).T
    apart_m = GEOD.inv(lon[first], lat[first], lon[second], lat[second])[2]
    gap_m = np.asarray(apart_m) - radius_m[first] - radius_m[second]  # not a number: not discs
    found = np.full((count, count), np.inf)
    maybe = ~(gap_m > within_m + ROUNDING_M)
    shapes = [shape_of(volume.footprint) for volume in volumes]
    for i, j, wide_m in zip(
        first[maybe].tolist(), second[maybe].tolist(), gap_m[maybe].tolist(), strict=True
    ):
        if wide_m < within_m - ROUNDING_M:
            heights = volumes[i].height, volumes[j].height
            high_m = vertical_gap(*heights, (shapes[i], shapes[j]), agreement.heights).gap_m
            found[i, j] = _slant_m(max(0.0, wide_m), high_m)
            continue
        path = ways.path(site[i], site[j])
        if path is not None and path.lateral_m <= within_m:
            found[i, j] = path.distance_m
    return np.asarray(np.minimum(found, found.T))


def _slant_m(lateral_m: float, vertical_m: float) -> float:
    angle = min(np.pi, lateral_m / LEAST_RADIUS_M)
    return float(np.hypot(2.0 * LEAST_RADIUS_M * np.sin(angle / 2.0), vertical_m))
