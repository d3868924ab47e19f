"""The 228 real warnings: every position is placed or told, and the hard ones hold what they say."""

import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wideberth.formats.navwarn import looks_like_navwarn, read
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Polygon
from wideberth.model.volume import Arena, Role

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "navwarn" / "navwarnings.json"
PAIR = re.compile(
    r"(\d+)-(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?([NS])\s+"
    r"(\d+)-(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?([EW])"
)
NM = 1852.0

if not FILE.exists():
    pytest.skip("the real warnings (shared/data) are absent", allow_module_level=True)


@pytest.fixture(scope="module")
def reading():
    return read(FILE.read_bytes(), "navwarnings.json", ReadOptions())


def named(reading, name):
    return next(a for a in reading.activities if a.id == name)


def vertices(footprint):
    if isinstance(footprint, Circle):
        return [footprint.centre]
    if isinstance(footprint, Corridor):
        return footprint.points
    return [p for part in footprint.parts for p in part.outer]


def windows(activity, arena=Arena.SEA):
    return sorted({(show(v.time.start_s), show(v.time.end_s)) for v in activity.volumes
                   if v.arena is arena})  # fmt: skip


def show(time_s):
    return "-" if math.isinf(time_s) else f"{datetime.fromtimestamp(time_s, UTC):%y%m%d-%H%M}"


def test_every_position_of_every_warning_is_a_vertex_or_told(reading):
    rows = json.loads(FILE.read_bytes())["broadcast-warn"]
    told = {}
    for problem in reading.problems:
        told.setdefault(problem.where.rpartition(", ")[2], []).append(problem.text)
    series = {"4": "NAVAREA IV", "12": "NAVAREA XII", "A": "HYDROLANT", "P": "HYDROPAC"}
    positions = 0
    for row in rows:
        name = f"{series.get(row['navArea'], 'HYDROARC')} {row['msgNumber']}/{row['msgYear'] % 100}"
        known = {
            (round(lon, 6), round(lat, 6))
            for a in reading.activities
            if a.id == name
            for v in a.volumes
            for lon, lat in vertices(v.footprint)
        }
        for match in PAIR.finditer(row["text"]):
            positions += 1
            d = [float(g or 0) if i % 4 < 3 else g for i, g in enumerate(match.groups())]
            lat = (d[0] + d[1] / 60 + d[2] / 3600) * (-1 if d[3] == "S" else 1)
            lon = (d[4] + d[5] / 60 + d[6] / 3600) * (-1 if d[7] == "W" else 1)
            near = any(abs(lon - x) < 1e-6 and abs(lat - y) < 1e-6 for x, y in known)
            assert near or any(match[0] in text for text in told.get(name, [])), (name, match[0])
    assert positions == 732


def test_only_the_rings_that_cross_themselves_are_refused(reading):
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert [p.where.rpartition(", ")[2] for p in errors] == ["HYDROLANT 141/23", "HYDROLANT 603/23"]
    assert "25.7022S 048.1732W" in errors[0].what
    assert len({v.footprint for v in named(reading, "HYDROLANT 603/23").volumes}) == 9


def test_crossing_rings_are_mended_on_request():
    mended = read(FILE.read_bytes(), "w.json", ReadOptions(repair=True))
    assert not mended.is_refused
    assert isinstance(named(mended, "HYDROLANT 141/23").volumes[0].footprint, Polygon)


def test_the_mayotte_pair_differs_in_place_and_time(reading):
    one, other = named(reading, "HYDROPAC 1247/23"), named(reading, "HYDROPAC 1256/23")
    assert (one.party, other.party) == ("NAVAREA VII", "AVURNAV LA REUNION")
    assert {type(v.footprint) for v in one.volumes} == {Polygon}
    assert {v.footprint.radius_m for v in other.volumes} == {2 * NM}
    assert windows(one) == [("230418-0500", "230418-1500"), ("230419-0500", "230419-1500")]
    assert windows(other) == [
        ("230418-0500", "230418-0900"),
        ("230418-1100", "230418-1500"),
        ("230419-0500", "230419-0900"),
        ("230419-1100", "230419-1500"),
    ]
    assert len(other.volumes) == 2 * 4 * 4
    air = [v for v in one.volumes if v.arena is Arena.AIR]
    assert [(v.height.lower.height_m, v.height.upper.height_m) for v in air] == [(0, math.inf)] * 2


def test_space_debris_areas_cross_the_date_line_in_one_piece(reading):
    activity = named(reading, "NAVAREA XII 191/23")
    assert (activity.party, activity.kind) == ("SPACEX", "space debris")
    first = [v for v in activity.volumes if v.id.startswith("1.")]
    second = [v for v in activity.volumes if v.id.startswith("2.")]
    assert {len(vertices(v.footprint)) for v in first} == {4}
    assert {len(vertices(v.footprint)) for v in second} == {21}
    assert (178 + 52 / 60) * -1 in [p[0] for p in vertices(second[0].footprint)]
    assert len(first) == len(second) == 2 * 5
    assert show(first[0].time.start_s) == "230417-1025"
    assert show(second[-1].time.end_s) == "230421-1750"


def test_alternates_and_letters_of_a_launch_all_count(reading):
    activity = named(reading, "NAVAREA IV 418/23")
    assert len(windows(activity)) == 7
    assert windows(activity)[0] == ("230419-1218", "230419-1647")
    assert windows(activity)[6] == ("230425-0947", "230425-1416")
    assert {v.id[:2] for v in activity.volumes} == {"1A", "1B"}
    assert windows(activity, Arena.AIR) == windows(activity)


def test_tracklines_take_their_width_or_berth(reading):
    grain = named(reading, "HYDROLANT 603/23").volumes
    widths = {v.footprint.half_width_m for v in grain if isinstance(v.footprint, Corridor)}
    assert widths == {200.0, 1.5 * NM}
    cable = named(reading, "HYDROPAC 3063/22").volumes[0]
    assert cable.footprint.half_width_m == 500.0
    assert cable.height.lower.height_m == -math.inf


def test_a_berth_around_an_area_is_a_corridor_of_its_ring(reading):
    survey = named(reading, "HYDROPAC 1010/23").volumes
    assert [type(v.footprint) for v in survey] == [Polygon, Corridor]
    assert survey[1].footprint.half_width_m == 3 * NM
    assert survey[1].footprint.points[0] == survey[1].footprint.points[-1]


def test_a_berth_after_the_last_letter_is_for_all_letters(reading):
    wells = named(reading, "NAVAREA IV 330/23").volumes
    assert [v.footprint.radius_m for v in wells] == [5 * NM] * 4


def test_letters_with_their_own_days_keep_them_apart(reading):
    work = named(reading, "HYDROPAC 1235/23").volumes
    assert [(v.id[:2], show(v.time.start_s), show(v.time.end_s)) for v in work] == [
        ("1A", "230415-0000", "230508-0000"),
        ("1B", "230508-0000", "230529-0000"),
    ]


def test_frequencies_are_listened_to_or_disturbed(reading):
    def spectrum(name):
        return [(v.role, v.freq.low_hz) for v in named(reading, name).volumes if v.freq is not None]

    assert spectrum("NAVAREA XII 93/23") == [(Role.RECEIVE, 156.7875e6)]
    assert spectrum("HYDROPAC 1166/23") == [(Role.RECEIVE, 406e6 - 12500)]
    assert spectrum("HYDROLANT 1484/21") == [(Role.EMIT, 1559e6)]


def test_in_force_lists_are_compared_with_the_file(reading):
    notes = [p.what for p in reading.problems if "in-force list" in p.what]
    assert len(notes) == 4
    assert "listed: NAVAREA IV 418/23." in notes[0]
    assert "NAVAREA IV 144/21" in notes[0]


def test_cancel_clauses_name_their_targets(reading):
    ended = {(c.by, c.target) for c in reading.cancellations}
    assert ("NAVAREA XII 191/23", "NAVAREA XII 189/23") in ended
    assert ("HYDROLANT 3295/22", "HYDROLANT 3294/22") in ended
    assert ("HYDROPAC 1245/23", "HYDROPAC 1165/23") in ended
    rows = json.loads(FILE.read_bytes())["broadcast-warn"]
    clauses = re.findall(r"CANCEL (?!THIS)((?:[^.]|\.(?!\n))*)", "\n".join(r["text"] for r in rows))
    assert len(reading.cancellations) == sum(len(re.findall(r"\d+/\d+", c)) for c in clauses)


def test_sun_and_holidays_are_for_a_person(reading):
    words = [p.text for p in reading.problems if "a person must look" in p.what]
    assert words.count("SUNRISE TO SUNSET") == 3
    assert "EXCEPT HOLIDAYS" in words


def test_the_same_file_reads_the_same_and_is_recognised(reading):
    assert read(FILE.read_bytes(), "navwarnings.json", ReadOptions()) == reading
    assert looks_like_navwarn(FILE.read_text())
    assert reading.understood[0].startswith("228 warnings, 220 placed")


def test_the_same_warnings_as_a_broadcast_text_give_the_same_activities():
    rows = json.loads(FILE.read_bytes())["broadcast-warn"]
    series = {"4": "NAVAREA IV", "12": "NAVAREA XII", "A": "HYDROLANT", "P": "HYDROPAC"}
    text = "\n".join(
        f"{row['issueDate']}\n{series.get(row['navArea'], 'HYDROARC')}"
        f" {row['msgNumber']}/{row['msgYear'] % 100}({row['subregion']}).\n{row['text']}"
        for row in rows
    )
    one = read(FILE.read_bytes(), "w", ReadOptions(party="p"))
    other = read(text.encode(), "w", ReadOptions(party="p"))
    assert other.activities == one.activities
    assert other.cancellations == one.cancellations
