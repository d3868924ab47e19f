"""What the console's benchmark shows: volumes over a day, a few at a time, and tracks."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint, Part, Point, Polygon, Track
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume

PARTIES = ("north", "south")
WEST, SOUTH, EAST, NORTH = (24.0, 30.0, 40.0, 40.0)
DAY_S = 86_400.0
ACTIVE_SHARE = 0.07
_TRACK_RADIUS_M = 500.0
_LEVEL_M = 100.0


@dataclass(frozen=True, slots=True)
class World:
    """So many volumes, and as many tracks, over the day around an instant."""

    count: int
    at_s: float
    seed: int = 7

    @property
    def from_s(self) -> float:
        """Return when the day begins."""
        return self.at_s - DAY_S / 2.0

    def activities(self) -> Iterator[Activity]:
        """Yield an activity for each volume and each track."""
        chance = random.Random(self.seed)
        for number in range(self.count):
            yield _activity(f"V{number}", number, *self._volume(chance), Arena.AIR)
        for number in range(self.count):
            yield _activity(f"T{number}", number, *self._track(chance), Arena.AIR)

    def page(self) -> dict[str, Any]:
        """Return the same as the reference page reads it."""
        volumes, tracks = [], []
        for activity in self.activities():
            (volume,) = activity.volumes
            ours = activity.party == PARTIES[0]
            match volume.footprint:
                case Track(points, times_s):
                    tracks.append({"points": points, "times_s": times_s, "ours": ours})
                case Polygon(parts):
                    outer = parts[0].outer
                    geometry = {"type": "Polygon", "coordinates": [[*outer, outer[0]]]}
                    window = {"from_s": volume.time.start_s, "to_s": volume.time.end_s}
                    volumes.append({"geometry": geometry, "ours": ours} | window)
        return {"at_s": self.at_s, "volumes": volumes, "tracks": tracks}

    def _volume(self, chance: random.Random) -> tuple[Footprint, TimeWindow]:
        lasts_s = 2.0 * ACTIVE_SHARE * DAY_S * chance.random()
        start_s = self.from_s + chance.random() * (DAY_S - lasts_s / 2.0) - lasts_s / 2.0
        return _ring(_place(chance), chance), TimeWindow(start_s, start_s + lasts_s + 60.0)

    def _track(self, chance: random.Random) -> tuple[Footprint, TimeWindow]:
        points = _place(chance), _place(chance)
        window = TimeWindow(self.from_s, self.from_s + DAY_S)
        return Track(points, (window.start_s, window.end_s), _TRACK_RADIUS_M), window


def _place(chance: random.Random) -> Point:
    return chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)


def _ring(centre: Point, chance: random.Random) -> Polygon:
    corners = chance.randint(4, 12)
    size_deg = chance.uniform(0.05, 0.3)
    turns = [2.0 * math.pi * corner / corners for corner in range(corners)]
    ring = tuple(
        (centre[0] + size_deg * math.cos(turn), centre[1] + 0.8 * size_deg * math.sin(turn))
        for turn in turns
    )
    return Polygon((Part(ring, ()),))


def _activity(
    name: str, number: int, footprint: Footprint, window: TimeWindow, arena: Arena
) -> Activity:
    low_m = _LEVEL_M * (number % 90)
    volume = Volume("0", arena, footprint, HeightBand.of(low_m, low_m + _LEVEL_M / 2.0), window)
    return Activity(PARTIES[number % 2], name, (volume,), kind="transit")
