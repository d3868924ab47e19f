"""Results to report on, built by hand; `everything` holds one of each thing a report can say."""

import math

from wideberth.formats.reading import Problem, Reading, Severity
from wideberth.formats.times import parse_rfc3339
from wideberth.model.activity import Activity
from wideberth.model.agreement import (
    Agreement,
    HeightRanges,
    Minima,
    Restriction,
    RestrictionKind,
    Separation,
)
from wideberth.model.clause import Clause
from wideberth.model.conflict import (
    CheckResult,
    Conflict,
    Finding,
    Gaps,
    Link,
    NotJudged,
    VolumeRef,
)
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

NM = 1852.0
FT = 0.3048
INF = math.inf
AIR, SEA, SPECTRUM = Arena.AIR, Arena.SEA, Arena.SPECTRUM
HEIGHTS = HeightRanges((950.0, 1050.0), (-430.0, 8850.0), (-20.0, 20.0))
AIR_MINIMA = Minima(5 * NM, 1000 * FT, 300.0)
SEA_MINIMA = Minima(2 * NM, 30.0, 600.0)
AIR_SEA_MINIMA = Minima(1 * NM, 500 * FT, 300.0)
RADIO_MINIMA = Minima(10 * NM, INF, 0.0, 25e3)


def at(text):
    return parse_rfc3339(f"2026-11-22T{text}Z")


def hours(start, end):
    return TimeWindow(at(start), at(end))


def feet(lower_ft, upper_ft, datum=Datum.MSL):
    return HeightBand.of(lower_ft * FT, upper_ft * FT, datum)


def an_agreement(**changes):
    fields = {
        "id": "gulf-of-two",
        "version": 3,
        "title": "Gulf of Two arrangement",
        "parties": ("north", "south"),
        "clauses": (
            Clause("S1", "Aircraft of the two parties keep 5 NM, 1000 ft or 5 min apart."),
            Clause("S2", "Vessels keep 2 NM, 30 m of depth or 10 min apart."),
            Clause("S3", "Firing at sea and aircraft keep 1 NM, 500 ft or 5 min apart."),
            Clause("E1", "One band is not used twice within 10 NM at one time."),
        ),
        "separations": (
            Separation((AIR, AIR), "S1", AIR_MINIMA),
            Separation((SEA, SEA), "S2", SEA_MINIMA),
            Separation((AIR, SEA), "S3", AIR_SEA_MINIMA),
            Separation((SPECTRUM, SPECTRUM), "E1", RADIO_MINIMA),
        ),
        "heights": HEIGHTS,
    }
    return Agreement(**(fields | changes))


def a_volume(volume_id="0", arena=AIR, **changes):
    fields = {
        "id": volume_id,
        "arena": arena,
        "footprint": Circle((33.2, 34.2), 10 * NM),
        "height": feet(5000, 12000),
        "time": hours("08:00", "10:00"),
    }
    if arena is SPECTRUM:
        fields |= {"freq": FrequencyBand(243.0e6, 243.1e6), "role": Role.EMIT}
    return Volume(**(fields | changes))


def an_activity(party, name, *volumes, **changes):
    return Activity(party, name, tuple(volumes) or (a_volume(),), **changes)


def a_finding(**changes):
    fields = {
        "rule": "air",
        "clause": "S1",
        "gaps": Gaps(0.0, 0.0, 0.0),
        "minima": AIR_MINIMA,
        "start_s": at("08:30"),
        "end_s": at("09:10"),
        "why": "Areas overlap (5 NM needed); heights overlap (1000 ft needed).",
        "place": (33.25, 34.25),
    }
    return Finding(**(fields | changes))


def ref(activity, place=0):
    return VolumeRef(activity.party, activity.id, place, activity.volumes[place].id)


def a_conflict(a, b, **changes):
    return Conflict(ref(a), ref(b), a_finding(**changes))


def a_result(activities, conflicts=(), **changes):
    return CheckResult(
        tuple(activities), tuple(conflicts), **({"agreement": an_agreement()} | changes)
    )


def one_conflict(party_a="north", party_b="south", **changes):
    a, b = an_activity(party_a, "A-1"), an_activity(party_b, "B-1")
    return a_result([a, b], [a_conflict(a, b, **changes)])


def some_readings():
    return (
        Reading(
            "south.geojson",
            "plan",
            understood=("4 activities, 4 volumes",),
            problems=(
                Problem(
                    Severity.ERROR,
                    "feature 3",
                    "height runs backwards: 900 m to 300 m.",
                    "Swap lower and upper.",
                ),
                Problem(Severity.ASSUMED, "feature 1", "datum not given: mean sea level taken."),
            ),
        ),
        Reading(
            "warnings.txt",
            "navwarn",
            understood=("12 warnings, 11 placed",),
            problems=(
                Problem(
                    Severity.PARTIAL,
                    "HYDROLANT 12/26",
                    "no position found.",
                    "Ask the issuer.",
                    "VICINITY OF THE HEADLAND",
                ),
                Problem(Severity.NOTE, "HYDROLANT 14/26", "cancelled by HYDROLANT 20/26."),
            ),
        ),
        Reading("north.geojson", "plan", understood=("5 activities, 6 volumes",)),
    )


def _north():
    patrol = an_activity(
        "north",
        "N-PATROL",
        a_volume(
            "box", footprint=Polygon.of([(32.6, 34.0), (33.5, 34.0), (33.4, 34.6), (32.7, 34.5)])
        ),
        a_volume(
            "radar",
            SPECTRUM,
            footprint=Circle((33.0, 34.3), 25 * NM),
            freq=FrequencyBand(2.90e9, 3.10e9),
        ),
        title="Maritime patrol",
        kind="patrol",
    )
    transit = an_activity(
        "north",
        "N-TRANSIT",
        a_volume(
            "leg",
            footprint=Track(
                ((31.8, 34.9), (32.7, 34.7), (34.2, 34.9)),
                (at("08:20"), at("08:50"), at("09:35")),
                2 * NM,
            ),
            time=TimeWindow(at("08:20"), at("09:35")),
            height=HeightBand.of(4000.0, 4900.0, Datum.PRESSURE),
        ),
        title="Transit flight",
    )
    ship = an_activity(
        "north",
        "N-TOW",
        a_volume(
            "tow",
            SEA,
            footprint=Corridor(((33.6, 33.6), (34.0, 34.0), (34.5, 34.0)), 1.5 * NM),
            height=HeightBand.of(-200.0, 0.0),
            time=TimeWindow(at("06:00"), INF),
        ),
        title="Towed array",
    )
    return patrol, transit, ship


def _south():
    firing = an_activity(
        "south",
        "S-GUNEX",
        a_volume(
            "danger",
            SEA,
            footprint=Polygon.of([(33.2, 34.3), (33.9, 34.2), (33.9, 34.8), (33.3, 34.8)]),
            height=HeightBand(HeightLimit(0.0), HeightLimit(INF)),
            time=hours("08:30", "11:00"),
        ),
        title="Gunnery firing",
        kind="firing",
    )
    survey = an_activity(
        "south",
        "S-SURVEY",
        a_volume(
            "area",
            SEA,
            footprint=Circle((34.2, 33.9), 6 * NM),
            height=HeightBand.of(-300.0, -50.0),
            time=hours("07:00", "12:00"),
        ),
    )
    link = an_activity(
        "south",
        "S-LINK",
        a_volume(
            "net",
            SPECTRUM,
            footprint=Circle((33.4, 34.0), 20 * NM),
            freq=FrequencyBand(3.05e9, 3.30e9),
            time=hours("09:00", "12:00"),
        ),
    )
    return firing, survey, link


def everything():
    patrol, transit, ship = _north()
    firing, survey, link = _south()
    far = an_activity("south", "S-FAR", a_volume(footprint=Circle((35.4, 35.2), 12 * NM)))
    conflicts = [
        a_conflict(
            patrol,
            firing,
            rule="air-sea",
            clause="S3",
            minima=AIR_SEA_MINIMA,
            place=(33.33, 34.38),
            start_s=at("08:30"),
            end_s=at("10:00"),
            why="Areas overlap (1 NM needed); heights overlap (500 ft needed); times overlap.",
        ),
        Conflict(
            ref(patrol, 1),
            ref(link),
            a_finding(
                rule="spectrum",
                clause="E1",
                gaps=Gaps(0.0, 0.0, 0.0, 0.0),
                minima=RADIO_MINIMA,
                place=(33.2, 34.1),
                start_s=at("09:00"),
                end_s=at("10:00"),
                why="Areas overlap; heights do not separate here; bands overlap.",
            ),
        ),
        a_conflict(
            ship,
            survey,
            rule="sea",
            clause="S2",
            gaps=Gaps(0.0, 0.0, 0.0),
            minima=SEA_MINIMA,
            place=(34.2, 34.0),
            start_s=at("07:00"),
            end_s=at("12:00"),
            why="Areas overlap (2 NM needed); depths overlap (30 m needed).",
        ),
        a_conflict(
            transit,
            firing,
            rule="air-sea",
            clause="S3",
            gaps=Gaps(740.2, 0.0, 0.0),
            minima=AIR_SEA_MINIMA,
            place=(33.4, 34.81),
            start_s=at("09:05"),
            end_s=at("09:22"),
            why="Areas 0.4 NM apart (1 NM needed); heights overlap.",
            notes=("Flight levels and heights above the sea were compared with 210 m in doubt.",),
        ),
    ]
    return a_result(
        [patrol, transit, ship, firing, survey, link, far],
        conflicts,
        not_judged=(NotJudged(("air", "spectrum"), 2, "No rule covers this pair yet."),),
        links=(
            Link(
                "gunex-22",
                (("south", "S-GUNEX"), ("warnings", "HYDROLANT 14/26")),
                "both name GUNEX 22",
                ("one ends at 11:00 Z, the other at 12:00 Z",),
            ),
        ),
    )


def nothing_found():
    return a_result([an_activity("north", "A-1"), an_activity("south", "B-1")])


def over_the_antimeridian():
    a = an_activity("east", "E-1", a_volume(footprint=Circle((179.6, -17.0), 40 * NM)))
    b = an_activity(
        "west",
        "W-1",
        a_volume(
            footprint=Polygon.of([(179.7, -17.6), (-179.0, -17.4), (-179.1, -16.6), (179.9, -16.4)])
        ),
    )
    return a_result([a, b], [a_conflict(a, b, place=(179.95, -17.0))])


def about_the_pole():
    a = an_activity(
        "east", "E-1", a_volume(footprint=Polygon.of([(-100, 86), (20, 86), (140, 86)]))
    )
    b = an_activity("west", "W-1", a_volume(footprint=Corridor(((30, 87), (-140, 88)), 20 * NM)))
    return a_result([a, b], [a_conflict(a, b, place=(0.0, 89.5))])


def spectrum_only():
    a = an_activity("north", "R-1", a_volume(arena=SPECTRUM, footprint=Everywhere()))
    b = an_activity(
        "south",
        "R-2",
        a_volume(arena=SPECTRUM, freq=FrequencyBand(243.05e6, 243.2e6)),
    )
    found = a_conflict(
        a,
        b,
        rule="spectrum",
        clause="E1",
        gaps=Gaps(0.0, 0.0, 0.0, 0.0),
        minima=RADIO_MINIMA,
    )
    return a_result([a, b], [found])


def restricted_band():
    """Return a radar that radiates in a band the agreement keeps free, everywhere and always."""
    kept_free = Restriction(
        "GUARD-1",
        RestrictionKind.PROTECTED,
        "E1",
        FrequencyBand(243.0e6, 243.1e6),
        Everywhere(),
        TimeWindow(-INF, INF),
        title="Distress frequency",
    )
    radio = an_activity("north", "R-1", a_volume("0", SPECTRUM))
    guard = VolumeRef("agreement gulf-of-two", "GUARD-1", 0, "GUARD-1")
    found = a_finding(
        rule="restricted band",
        clause="E1",
        gaps=Gaps(0.0, 0.0, 0.0, 0.0),
        minima=Minima(0.0, INF, 0.0),
        why="Emission in PROTECTED band Distress frequency.",
    )
    conflict = Conflict(guard, ref(radio), found)
    return a_result([radio], [conflict], agreement=an_agreement(restrictions=(kept_free,)))


def worldwide():
    spots = [
        (-150.0, 10.0),
        (-60.0, -30.0),
        (20.0, 60.0),
        (100.0, 0.0),
        (170.0, 40.0),
        (-30.0, 80.0),
    ]
    activities, conflicts = [], []
    for i, (lon_deg, lat_deg) in enumerate(spots):
        a = an_activity("north", f"A-{i}", a_volume(footprint=Circle((lon_deg, lat_deg), 600e3)))
        b = an_activity(
            "south", f"B-{i}", a_volume(footprint=Circle((lon_deg + 5, lat_deg), 500e3))
        )
        activities += [a, b]
        conflicts.append(a_conflict(a, b, place=(lon_deg + 2.5, lat_deg)))
    return a_result(activities, conflicts)


def open_ended():
    forever = TimeWindow(-INF, INF)
    endless = HeightBand.of(-INF, INF)
    a = an_activity("north", "A-1", a_volume(time=forever, height=endless))
    b = an_activity("south", "B-1", a_volume(time=forever, height=endless))
    return a_result([a, b], [a_conflict(a, b, start_s=-INF, end_s=INF)])


def crowded(number=1000):
    """Return 2 x number volumes in a grid, every tenth pair in conflict."""
    activities, conflicts = [], []
    for i in range(number):
        spot = (20.0 + (i % 40) * 0.6, 20.0 + (i // 40) * 0.25)
        a = an_activity("north", f"A-{i:04}", a_volume(footprint=Circle(spot, 8e3)))
        b = an_activity(
            "south", f"B-{i:04}", a_volume(footprint=Circle((spot[0] + 0.1, spot[1]), 6e3))
        )
        activities += [a, b]
        if i % 10 == 0:
            conflicts.append(a_conflict(a, b, place=(spot[0] + 0.05, spot[1])))
    return a_result(activities, conflicts)


def hostile():
    name = "</script><img src=x onerror=alert(1)>"
    a = an_activity(name, f'"{name}', a_volume(f"'{name}"), title="{{ 7 * 7 }}\x1b[31m\u202e")
    b = an_activity("south\ud800", "B-1", a_volume())
    readings = (
        Reading(
            name,
            "plan",
            understood=(name,),
            problems=(Problem(Severity.PARTIAL, name, name, name, f"\x1b]0;x\x07{name}"),),
        ),
    )
    result = a_result(
        sorted([a, b], key=lambda x: x.party),
        [a_conflict(*sorted([a, b], key=lambda x: x.party), why=name, notes=(name,))],
        agreement=an_agreement(title=name),
        not_judged=(NotJudged(("air", "spectrum"), 1, name),),
        links=(Link(name, ((name, name),), name, (name,)),),
    )
    return result, readings
