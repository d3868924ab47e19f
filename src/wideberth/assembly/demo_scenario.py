"""The demonstration's scenario: two invented parties in a strait, today, a few hours from now."""

from dataclasses import dataclass, replace
from typing import Final

from wideberth.model.activity import Activity, Disclosure
from wideberth.model.footprint import Circle, Corridor, Part, Polygon
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume
from wideberth.units import METRES_PER_FOOT, METRES_PER_NAUTICAL_MILE

_HOUR_S: Final = 3600.0
_NM: Final = METRES_PER_NAUTICAL_MILE

AGREEMENT: Final = """\
id = "demonstration"
version = 1
title = "Working arrangement for the strait"
parties = ["north", "south"]

[theatre]
polygon = [[24.4, 34.8], [28.0, 34.8], [28.0, 37.3], [24.4, 37.3]]

[[clause]]
id = "A1"
text = "Aircraft of the two parties keep 5 nautical miles, 1000 feet or 5 minutes apart."
[[clause]]
id = "S1"
text = "Vessels and work at sea keep 2 nautical miles, 30 metres of depth or 10 minutes apart."
[[clause]]
id = "X1"
text = "Aircraft and firing at sea keep 2 nautical miles, 500 feet or 10 minutes apart."
[[clause]]
id = "F1"
text = "No receiver of a party gets more from the other party's emissions than it bears."
[[clause]]
id = "N1"
text = "Firing is declared four hours ahead, all else one hour."
[[clause]]
id = "N2"
text = "A notice counts when every unit it concerns has acknowledged it."

[[separation]]
arenas = ["air", "air"]
clause = "A1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
[[separation]]
arenas = ["sea", "sea"]
clause = "S1"
lateral_nm = 2
vertical_m = 30
time_min = 10
[[separation]]
arenas = ["air", "sea"]
clause = "X1"
lateral_nm = 2
vertical_ft = 500
time_min = 10

[[notice]]
kind = "firing"
clause = "N1"
lead_h = 4
[[notice]]
kind = "*"
clause = "N1"
lead_h = 1

[notices]
effective = "acknowledged"
clause = "N2"
heartbeat_s = 1
link_down_after_s = 3
reconcile_s = 5

[[notices.reaction]]
party = "north"
reaction_min = 20
[[unit]]
party = "north"
id = "wing-1"
[[unit]]
party = "south"
id = "frigate-2"
[[unit]]
party = "south"
id = "battery-5"
[spectrum]
clause = "F1"
[[channel]]
id = "A"
what = "VHF marine channel 72"
clause = "N2"
[[contact]]
party = "north"
role = "duty officer"
how = "the hotline, then channel A"
[[contact]]
party = "south"
role = "duty officer"
how = "the hotline, then channel A"
[[named_point]]
name = "MIDWAY"
lon = 26.0
lat = 36.0
"""

UNITS: Final = ("battery-5", "frigate-2")  # south's


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the two sides declare; secret: north's, which never leaves its node."""

    survey: Activity
    firing: Activity
    firing_moved: Activity
    secret: Activity
    resupply: Activity


def scenario(now_s: float) -> Scenario:
    """Return the scenario with times that count from now, to the minute."""
    start_s = (now_s // 60.0) * 60.0
    survey = _activity(
        ("north", "N-SURVEY", "survey flight", "Aerial survey along the strait"),
        Volume(
            "0",
            Arena.AIR,
            Corridor(((25.2, 36.2), (26.0, 36.1), (26.7, 36.3)), 3.0 * _NM),
            HeightBand.of(1500.0 * METRES_PER_FOOT, 4000.0 * METRES_PER_FOOT),
            TimeWindow(start_s + 2.0 * _HOUR_S, start_s + 5.0 * _HOUR_S),
        ),
    )
    firing = _activity(
        ("south", "S-FIRING", "firing", "Gunnery practice, danger area"),
        Volume(
            "0",
            Arena.SEA,
            _rectangle(26.3, 36.0, 26.8, 36.4),
            HeightBand.of(0.0, 3000.0 * METRES_PER_FOOT),
            TimeWindow(start_s + 3.0 * _HOUR_S, start_s + 6.0 * _HOUR_S),
        ),
    )
    moved = replace(firing.volumes[0], footprint=_rectangle(27.0, 35.5, 27.5, 35.9))
    secret = _activity(
        ("north", "N-QUIET", "transit", "A ship that north does not speak of"),
        Volume(
            "0",
            Arena.SEA,
            Circle((27.2, 35.7), 2.0 * _NM),
            HeightBand.of(-10.0, 30.0),
            TimeWindow(start_s + 4.0 * _HOUR_S, start_s + 5.0 * _HOUR_S),
        ),
    )
    resupply = _activity(
        ("north", "N-RESUPPLY", "resupply", "Resupply of a ship at anchor"),
        Volume(
            "0",
            Arena.SEA,
            Circle((25.0, 34.8), 4.0 * _NM),
            HeightBand.of(-10.0, 30.0),
            TimeWindow(start_s + 3.0 * _HOUR_S, start_s + 7.0 * _HOUR_S),
        ),
    )
    return Scenario(
        survey,
        firing,
        replace(firing, revision=2, volumes=(moved,)),
        replace(secret, disclose=Disclosure.PRIVATE),
        resupply,
    )


def _activity(said: tuple[str, str, str, str], volume: Volume) -> Activity:
    party, name, kind, title = said
    return Activity(party, name, (volume,), title, kind)


def _rectangle(west: float, south: float, east: float, north: float) -> Polygon:
    return Polygon((Part(((west, south), (east, south), (east, north), (west, north)), ()),))
