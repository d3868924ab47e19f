"""Values with honest defaults for tests: a flight at 3,000 m over the sea, one hour from noon."""

from wideberth.model.activity import Activity
from wideberth.model.agreement import (
    Agreement,
    HeightRanges,
    Minima,
    Restriction,
    Separation,
)
from wideberth.model.clause import Clause
from wideberth.model.footprint import Circle, Footprint, Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

NOON_S = 1_790_000_000.0 - 1_790_000_000.0 % 86400.0 + 43200.0
RANGES = HeightRanges(
    qnh_hpa=(990.0, 1030.0), terrain_m=(0.0, 2500.0), isa_deviation_k=(-15.0, 15.0)
)
NM = 1852.0
FT = 0.3048


def a_volume(
    footprint: Footprint | None = None,
    *,
    arena: Arena = Arena.AIR,
    lower_m: float = 3000.0,
    upper_m: float = 3300.0,
    datum: Datum = Datum.MSL,
    start_s: float = NOON_S,
    end_s: float = NOON_S + 3600.0,
    band_hz: tuple[float, float] | None = None,
    role: Role | None = None,
    volume_id: str = "0",
) -> Volume:
    place = footprint if footprint is not None else Circle((33.0, 34.0), 5000.0)
    if isinstance(place, Track):
        start_s, end_s = place.times_s[0], place.times_s[-1]
    if arena is Arena.SPECTRUM and band_hz is None:
        band_hz = (225.0e6, 226.0e6)
    return Volume(
        id=volume_id,
        arena=arena,
        footprint=place,
        height=HeightBand.of(lower_m, upper_m, datum),
        time=TimeWindow(start_s, end_s),
        freq=FrequencyBand(*band_hz) if band_hz else None,
        role=(role or Role.EMIT) if band_hz else None,
    )


def an_activity(
    *volumes: Volume, party: str = "north", name: str = "N1", linked: str = ""
) -> Activity:
    return Activity(party=party, id=name, volumes=volumes or (a_volume(),), linked=linked)


AIR = Minima(lateral_m=5 * NM, vertical_m=1000 * FT, time_s=300.0)
SEA = Minima(lateral_m=2 * NM, vertical_m=30.0, time_s=600.0)
AIR_SEA = Minima(lateral_m=1 * NM, vertical_m=500 * FT, time_s=300.0)
SPECTRUM = Minima(lateral_m=20 * NM, vertical_m=float("inf"), time_s=60.0, freq_hz=25e3)


def an_agreement(
    *restrictions: Restriction, without: tuple[Arena, Arena] | None = None
) -> Agreement:
    pairs = (
        ((Arena.AIR, Arena.AIR), AIR),
        ((Arena.SEA, Arena.SEA), SEA),
        ((Arena.AIR, Arena.SEA), AIR_SEA),
        ((Arena.SPECTRUM, Arena.SPECTRUM), SPECTRUM),
    )
    return Agreement(
        id="test",
        version=1,
        title="Test agreement",
        parties=("north", "south"),
        clauses=(Clause("S1", "Keep apart."),),
        separations=tuple(Separation(p, "S1", m) for p, m in pairs if p != without),
        heights=RANGES,
        restrictions=restrictions,
    )
