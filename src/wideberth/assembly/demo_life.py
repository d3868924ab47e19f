"""An ordinary day in the strait: what both sides do around now, so that a console shows life.

Times count from now, to the minute. Some of it has begun, some comes late, some meets; a shape of
south's goes out as its extent alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.assembly.demo_people import DUTY
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.command import ChangeState, Declare
from wideberth.model.footprint import Circle, Corridor, Footprint, Part, Polygon, Track
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.node.people import Role as Seat
from wideberth.units import HERTZ_PER_MEGAHERTZ, METRES_PER_FOOT, METRES_PER_NAUTICAL_MILE

_HOUR_S: Final = 3600.0
_NM: Final = METRES_PER_NAUTICAL_MILE
_SURFACE: Final = HeightBand.of(-10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity of the day; has_begun: it is under way when it is told."""

    activity: Activity
    has_begun: bool = False
    third_parties: str = ""


def the_day(now_s: float) -> tuple[Planned, ...]:
    """Return what both sides do, in the order in which they declare it."""
    start_s = (now_s // 60.0) * 60.0
    return (*_flights(start_s), *_at_sea(start_s), *_on_the_air(start_s))


async def live_through(north: DemoNode, south: DemoNode) -> None:
    """Declare the day on both sides, and begin what has begun."""
    for planned in the_day(north.desk.clock.now_s()):
        activity = planned.activity
        desk = (north if activity.party == north.party else south).desk
        by = Seat.SPECTRUM if activity.kind == "emission" else Seat.PLANNER
        await desk.do(
            Declare(activity, contact=DUTY, by=by.value, third_parties=planned.third_parties)
        )
        if planned.has_begun:
            await desk.do(ChangeState(activity.id, State.ACTIVATED, Seat.WATCH.value))


def _flights(start_s: float) -> Iterator[Planned]:
    patrol = _volume(
        Corridor(((25.0, 36.6), (25.8, 36.7), (26.6, 36.6)), 4.0 * _NM),
        _feet(8000.0, 12000.0),
        _hours(start_s, 0.0, 6.0),
    )
    yield Planned(
        _activity("north", "N-PATROL", "patrol flight", "Fishery patrol, two aircraft", patrol),
        has_begun=True,
    )
    shuttle = _volume(
        Corridor(((26.0, 36.2), (26.15, 36.6), (26.2, 37.0)), 3.0 * _NM),
        _feet(9000.0, 11000.0),
        _hours(start_s, 1.5, 4.0),
    )
    yield Planned(
        _activity("south", "S-SHUTTLE", "supply flight", "Supply flights to the islands", shuttle)
    )
    training = _volume(
        Circle((26.9, 35.25), 6.0 * _NM), _feet(0.0, 1500.0), _hours(start_s, 0.0, 3.0)
    )
    yield Planned(
        _activity("south", "S-HELO", "training flight", "Helicopter deck landings", training),
        has_begun=True,
    )
    ambulance = _moving(
        ((24.9, 35.5, 0.75), (25.6, 35.95, 1.0), (26.5, 36.25, 1.35)),
        start_s,
        1.0 * _NM,
        _feet(3000.0, 5000.0),
    )
    yield Planned(
        _activity("north", "N-AMBULANCE", "ambulance flight", "Transfer of a patient", ambulance)
    )
    survey = _volume(
        _rectangle(24.8, 36.85, 25.6, 37.15), _feet(20000.0, 24000.0), _hours(start_s, 20.0, 26.0)
    )
    yield Planned(
        _activity("north", "N-MAPPING", "survey flight", "Photographs of the coast", survey),
        third_parties="The gliding club on the northern coast",
    )


def _at_sea(start_s: float) -> Iterator[Planned]:
    sounding = _volume(
        _rectangle(25.4, 35.5, 25.85, 35.7), HeightBand.of(-80.0, 20.0), _hours(start_s, 0.0, 8.0)
    )
    yield Planned(
        _activity("north", "N-SOUNDING", "survey at sea", "Soundings with a towed sonar", sounding),
        has_begun=True,
    )
    tanker = _volume(
        Corridor(((24.6, 34.6), (25.1, 34.75), (25.7, 34.8)), 1.0 * _NM),
        _SURFACE,
        _hours(start_s, 4.0, 6.0),
    )
    yield Planned(_activity("south", "S-TANKER", "transit", "Tanker with two tugs, slow", tanker))
    ferry = _moving(
        ((26.6, 35.1, 0.0), (26.3, 35.45, 1.5), (25.95, 35.95, 3.5), (25.9, 36.4, 5.0)),
        start_s,
        0.5 * _NM,
        _SURFACE,
    )
    yield Planned(
        _activity("south", "S-FERRY", "transit", "Ferry with a pilot aboard", ferry), has_begun=True
    )
    exercise = _volume(
        _rectangle(27.1, 36.5, 27.6, 36.9), HeightBand.of(-200.0, 60.0), _hours(start_s, 6.0, 18.0)
    )
    whole = _activity("south", "S-SONAR", "exercise", "Towed array trials", exercise)
    yield Planned(replace(whole, disclose=Disclosure.EXTENT))


def _on_the_air(start_s: float) -> Iterator[Planned]:
    mast = Circle((25.6, 36.2), 8.0 * _NM)
    at_mast = HeightBand.of(0.0, 3000.0)
    band = _megahertz(312.0, 312.2)
    day = _hours(start_s, 0.0, 10.0)
    link = (
        Volume("0", Arena.SPECTRUM, mast, at_mast, day, freq=band, role=Role.RECEIVE),
        Volume("1", Arena.SPECTRUM, mast, at_mast, day, band, Role.EMIT, eirp_dbm=40.0),
    )
    yield Planned(
        Activity("north", "N-LINK", link, "Data link of the patrol flights", "emission"),
        has_begun=True,
    )
    tropo = Volume(
        "0",
        Arena.SPECTRUM,
        Circle((26.4, 36.0), 2.0 * _NM),
        HeightBand.of(0.0, 100.0),
        _hours(start_s, 0.5, 9.0),
        _megahertz(312.1, 312.6),
        Role.EMIT,
        eirp_dbm=57.0,
    )
    yield Planned(Activity("south", "S-RELAY", (tropo,), "Relay between two ships", "emission"))
    radar = Volume(
        "0",
        Arena.SPECTRUM,
        Circle((27.3, 36.05), 1.0 * _NM),
        HeightBand.of(0.0, 120.0),
        day,
        _megahertz(9405.0, 9415.0),
        Role.EMIT,
        eirp_dbm=85.0,
    )
    yield Planned(
        Activity("south", "S-RADAR", (radar,), "Coast radar, trials", "emission"), has_begun=True
    )


def _activity(party: str, name: str, kind: str, title: str, volume: Volume) -> Activity:
    return Activity(party, name, (volume,), title, kind)


def _volume(footprint: Footprint, height: HeightBand, time: TimeWindow) -> Volume:
    """Return a volume in the air, or at sea where it reaches below the surface."""
    arena = Arena.SEA if height.lower.height_m < 0.0 else Arena.AIR
    return Volume("0", arena, footprint, height, time)


def _moving(
    legs: tuple[tuple[float, float, float], ...],
    start_s: float,
    radius_m: float,
    height: HeightBand,
) -> Volume:
    """Return a moving volume; legs: longitude, latitude, and the hour from now."""
    points = tuple((lon, lat) for lon, lat, _hour in legs)
    times_s = tuple(start_s + hour * _HOUR_S for _lon, _lat, hour in legs)
    window = TimeWindow(times_s[0], times_s[-1])
    return _volume(Track(points, times_s, radius_m), height, window)


def _hours(start_s: float, first: float, last: float) -> TimeWindow:
    return TimeWindow(start_s + first * _HOUR_S, start_s + last * _HOUR_S)


def _feet(lower: float, upper: float) -> HeightBand:
    return HeightBand.of(lower * METRES_PER_FOOT, upper * METRES_PER_FOOT)


def _megahertz(low: float, high: float) -> FrequencyBand:
    return FrequencyBand(low * HERTZ_PER_MEGAHERTZ, high * HERTZ_PER_MEGAHERTZ)


def _rectangle(west: float, south: float, east: float, north: float) -> Polygon:
    return Polygon((Part(((west, south), (east, south), (east, north), (west, north)), ()),))
