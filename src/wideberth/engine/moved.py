"""How far an activity moved between two revisions, in figures and in a sentence (R4)."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from wideberth.engine.geodesy import ECCENTRICITY_2, Floats, inverse, lengths
from wideberth.engine.moved_off import largest_off_m
from wideberth.engine.moved_words import sentence
from wideberth.engine.shape import Core, Shape, shape_of
from wideberth.model.activity import Activity
from wideberth.model.footprint import Corridor, Footprint, Point, Track
from wideberth.model.span import FrequencyBand, HeightLimit
from wideberth.model.volume import Volume

_NO_MIDDLE_M: Final = 1000.0  # what surrounds the Earth has no middle on the ground
_SAME_S: Final = 1e-3


@dataclass(frozen=True, slots=True)
class VolumeMoved:
    """How one volume of an activity changed.

    lateral_m: the farthest that any point of either footprint lies off the other one.
    centre_m: how far the middle moved along the ground, and bearing_deg where to (true, None if
    it stayed). lower, upper: the limits before and after where they differ. start_s, end_s: how
    much later (negative: earlier); infinite where the window became open or ceased to be.
    freq: the bands before and after where they differ. others: what else changed, by name.
    """

    id: str
    lateral_m: float
    centre_m: float
    bearing_deg: float | None
    lower: tuple[HeightLimit, HeightLimit] | None
    upper: tuple[HeightLimit, HeightLimit] | None
    start_s: float
    end_s: float
    freq: tuple[FrequencyBand | None, FrequencyBand | None] | None
    others: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing at all changed."""
        places = self.lateral_m == self.centre_m == self.start_s == self.end_s == 0.0
        return places and not (self.lower or self.upper or self.freq or self.others)


@dataclass(frozen=True, slots=True)
class Moved:
    """How an activity's volumes changed: those of both revisions, and ids new and gone."""

    volumes: tuple[VolumeMoved, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def lateral_m(self) -> float:
        """Return the farthest that any point of a volume lies off the same volume's other form."""
        return max((volume.lateral_m for volume in self.volumes), default=0.0)

    @property
    def is_same(self) -> bool:
        """Return whether no volume changed, came or went."""
        return not (self.added or self.removed) and all(v.is_same for v in self.volumes)

    @property
    def text(self) -> str:
        """Return it for a person: moved 9.1 km to the north-east; starts 15 min earlier."""
        parts = {
            volume.id: sentence(volume, volume.lower, volume.upper)
            for volume in self.volumes
            if not volume.is_same
        }
        return _joined(self, parts)


def moved(before: Activity, after: Activity) -> Moved:
    """Return how far the volumes of an activity moved from one revision to another.

    Volumes are the same where their ids are.
    """
    old = {volume.id: volume for volume in before.volumes}
    new = {volume.id: volume for volume in after.volumes}
    return Moved(
        volumes=tuple(_volume_moved(old[name], new[name]) for name in old if name in new),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
    )


def _volume_moved(old: Volume, new: Volume) -> VolumeMoved:
    lateral_m, centre_m, bearing_deg = _ground(old, new)
    lower, upper = (
        (was, now) if was != now else None
        for was, now in (
            (old.height.lower, new.height.lower),
            (old.height.upper, new.height.upper),
        )
    )
    return VolumeMoved(
        id=new.id,
        lateral_m=lateral_m,
        centre_m=centre_m,
        bearing_deg=bearing_deg,
        lower=lower,
        upper=upper,
        start_s=_later_s(old.time.start_s, new.time.start_s),
        end_s=_later_s(old.time.end_s, new.time.end_s),
        freq=None if old.freq == new.freq else (old.freq, new.freq),
        others=tuple(_others(old, new)),
    )


def _later_s(was_s: float, now_s: float) -> float:
    return 0.0 if was_s == now_s else now_s - was_s


def _others(old: Volume, new: Volume) -> list[str]:
    names = [
        name
        for name in ("arena", "role", "eirp_dbm", "criterion")
        if getattr(old, name) != getattr(new, name)
    ]
    is_retimed = _is_retimed(_times_s(old.footprint), _times_s(new.footprint))
    return [*names, "motion"] if is_retimed else names


def _times_s(footprint: Footprint) -> tuple[float, ...]:
    return footprint.times_s if isinstance(footprint, Track) else ()


def _is_retimed(was_s: tuple[float, ...], now_s: tuple[float, ...]) -> bool:
    """Say whether a track has other times along it than those of a plain shift."""
    if len(was_s) != len(now_s):
        return True
    shifts_s = [now - was for was, now in zip(was_s, now_s, strict=True)]
    return bool(shifts_s) and max(shifts_s) - min(shifts_s) > _SAME_S


def _ground(old: Volume, new: Volume) -> tuple[float, float, float | None]:
    before, after = _swept(old.footprint), _swept(new.footprint)
    if before == after:
        return 0.0, 0.0, None
    one, other = shape_of(before), shape_of(after)
    lateral_m = max(largest_off_m(one, other), largest_off_m(other, one))
    start, end = _middle(one), _middle(other)
    if start is None or end is None or start == end:
        return lateral_m, 0.0, None
    azimuth, length = inverse(np.array([start]), np.array([end]))
    return lateral_m, float(length[0]), float(azimuth[0]) % 360.0


def _swept(footprint: Footprint) -> Footprint:
    """Return a footprint without its times: a track is the corridor it sweeps."""
    if isinstance(footprint, Track):
        return Corridor(footprint.points, footprint.radius_m)
    return footprint


def _middle(shape: Shape) -> Point | None:
    """Return the mean of a core's edges by their lengths; None where it has no middle."""
    if shape.core is Core.EVERYWHERE:
        return None
    head, tail = shape.head, shape.tail
    length_m = lengths(shape.lonlat[head], shape.lonlat[tail])
    weight = length_m if length_m.sum() > 0.0 else np.ones_like(length_m)
    mean: Floats = np.average((shape.xyz[head] + shape.xyz[tail]) / 2.0, axis=0, weights=weight)
    if np.linalg.norm(mean) < _NO_MIDDLE_M:
        return None
    polar_m = mean[2] / (1.0 - ECCENTRICITY_2)
    lat_deg = math.degrees(math.atan2(polar_m, math.hypot(mean[0], mean[1])))
    return math.degrees(math.atan2(mean[1], mean[0])), lat_deg


def _joined(change: Moved, parts: dict[str, str]) -> str:
    """Return one sentence of all volumes; one that all share is said once."""
    told: list[str] = []
    if len(set(parts.values())) == 1 and len(parts) == len(change.volumes):
        told.append(next(iter(parts.values())))
    else:
        told += [f"volume {name}: {part}" for name, part in parts.items()]
    told += [f"volume {name} is new" for name in change.added]
    told += [f"volume {name} is gone" for name in change.removed]
    return ". ".join(told) if told else "nothing moved"
