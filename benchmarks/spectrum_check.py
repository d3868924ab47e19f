"""Checks of emissions against receivers and against flights whose equipage listens."""

import time
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.figure import Figure
from wideberth.checking import check
from wideberth.formats.builtin import builtin_agreement
from wideberth.model.activity import Activity
from wideberth.model.conflict import CheckResult
from wideberth.model.footprint import Circle, Corridor, Footprint
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

DAY_S = 1_790_000_000.0  # some day; only differences of times count
HOUR_S = 3600.0
LEVEL_M = 304.8  # a thousand feet
PARTIES = ("east", "north", "south")

# Band edges in MHz, bandwidth in kHz, EIRP in dBm, whether it is a radar.
BANDS = (
    (118.0, 137.0, 8.33, 44.0, False),
    (156.0, 162.0, 25.0, 44.0, False),
    (225.0, 400.0, 25.0, 47.0, False),
    (380.0, 470.0, 12.5, 40.0, False),
    (960.0, 1215.0, 1_000.0, 55.0, False),
    (1700.0, 1900.0, 5_000.0, 45.0, False),
    (2700.0, 3400.0, 5_000.0, 90.0, True),
    (4400.0, 5000.0, 20_000.0, 40.0, False),
    (9300.0, 9500.0, 40_000.0, 80.0, True),
)
OFTEN = (0.2, 0.15, 0.2, 0.15, 0.05, 0.1, 0.03, 0.1, 0.02)  # voice often, radars seldom


def emissions(count: int, role: Role, seed: int = 7) -> tuple[Activity, ...]:
    """Return emissions or receivers in a theatre of 8 x 10 degrees, half of them airborne."""
    chance = np.random.default_rng(seed + (role is Role.EMIT))
    return tuple(_station(chance, number, role) for number in range(count))


def _station(chance: np.random.Generator, number: int, role: Role) -> Activity:
    low_mhz, high_mhz, width_khz, eirp_dbm, is_radar = BANDS[chance.choice(len(BANDS), p=OFTEN)]
    channel = int(chance.integers(int((high_mhz - low_mhz) * 1e3 / width_khz)))
    low_hz = low_mhz * 1e6 + channel * width_khz * 1e3
    is_airborne = bool(chance.random() < 0.5)
    antenna = Antenna(AntennaKind.RADAR, 33.0) if is_radar and role is Role.EMIT else None
    name = f"{role.value}{number}"
    volume = Volume(
        id=name,
        arena=Arena.SPECTRUM,
        footprint=Circle(_place(chance), float(chance.choice((5e3, 20e3))) if is_airborne else 0.0),
        height=_height(chance, is_airborne=is_airborne),
        time=_window(chance),
        freq=FrequencyBand(low_hz, low_hz + width_khz * 1e3),
        role=role,
        eirp_dbm=eirp_dbm + float(chance.uniform(-4.0, 3.0)) if role is Role.EMIT else None,
        radio=None if antenna is None else Radio(antenna=antenna),
    )
    return Activity(PARTIES[chance.integers(3)], name, (volume,), kind="emission")


def flights(count: int, seed: int = 8) -> tuple[Activity, ...]:
    """Return flights of one leg each, with what a transport under instrument rules carries."""
    chance = np.random.default_rng(seed)
    return tuple(_flight(chance, number) for number in range(count))


def _flight(chance: np.random.Generator, number: int) -> Activity:
    name = f"flight{number}"
    volume = Volume(
        id=name,
        arena=Arena.AIR,
        footprint=_leg(chance),
        height=_height(chance, is_airborne=True),
        time=_window(chance),
    )
    party = PARTIES[chance.integers(3)]
    return Activity(party, name, (volume,), kind="flight", equipage="ifr_transport")


def _leg(chance: np.random.Generator) -> Footprint:
    lon, lat = _place(chance)
    east, north = chance.uniform(-1.0, 1.0, 2).tolist()
    return Corridor(((lon, lat), (lon + east, lat + north)), 5000.0)


def _place(chance: np.random.Generator) -> tuple[float, float]:
    return float(chance.uniform(28.0, 38.0)), float(chance.uniform(31.0, 39.0))


def _height(chance: np.random.Generator, *, is_airborne: bool) -> HeightBand:
    middle_m = LEVEL_M * float(chance.integers(4, 40))
    low_m, high_m = (middle_m - 150.0, middle_m + 150.0) if is_airborne else (0.0, 20.0)
    return HeightBand(HeightLimit(low_m), HeightLimit(high_m))


def _window(chance: np.random.Generator) -> TimeWindow:
    start_s = DAY_S + float(chance.uniform(0.0, 24.0)) * HOUR_S
    return TimeWindow(start_s, start_s + float(chance.uniform(1.0, 6.0)) * HOUR_S)


def figures(rounds: int = 1, *, size: int = 1000) -> Iterator[Figure]:
    """Yield the seconds and the pairs a second of whole checks, the best of some rounds."""
    few = max(size // 3, 2)
    yield from _both(few, few, rounds)
    yield from _both(size, size, rounds)
    crowd = (*flights(2 * size), *emissions(max(size // 20, 2), Role.EMIT))
    label = f"check {2 * size:,} equipped flights x {max(size // 20, 2):,} emissions"
    yield from _measured(label, crowd, rounds)


def _both(emitting: int, listening: int, rounds: int) -> Iterator[Figure]:
    crowd = (*emissions(emitting, Role.EMIT), *emissions(listening, Role.RECEIVE))
    label = f"check {emitting:,} emissions x {listening:,} receivers"
    yield from _measured(label, crowd, rounds)


def _measured(label: str, crowd: Sequence[Activity], rounds: int) -> Iterator[Figure]:
    agreement = builtin_agreement()
    took_s, result = [], None
    for _ in range(rounds):
        start = time.perf_counter()
        result = check(crowd, agreement)
        took_s.append(time.perf_counter() - start)
    assert result is not None
    pairs = _pairs(result)
    yield Figure(f"{label}: whole", min(took_s), "s")
    yield Figure(f"{label}: of them findings", len(result.conflicts), "pairs")
    yield Figure(f"{label}: emissions by receivers", pairs / min(took_s), "pairs/s")


def _pairs(result: CheckResult) -> int:
    """Return how many emissions could meet how many receivers, as declared and as equipped."""
    roles = [volume.role for activity in result.activities for volume in activity.volumes]
    return roles.count(Role.EMIT) * roles.count(Role.RECEIVE)
