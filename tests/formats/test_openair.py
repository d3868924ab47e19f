"""OpenAir files: what is read, what is assumed, and that nothing is dropped in silence."""

import math

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wideberth.formats.openair import looks_like_openair, read
from wideberth.formats.openair_values import height, interval, positions
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Polygon
from wideberth.model.span import Datum, HeightLimit
from wideberth.model.volume import Arena

NORTH = ReadOptions(party="north")
HEAD = "AC Q\nAN GANNET ONE\nAL GND\nAH FL100\n"
CENTRE = "V X=34:30:00 N 033:15:00 E\n"
SQUARE = "".join(
    f"DP {p}\n"
    for p in ("34:00 N 033:00 E", "34:10 N 033:00 E", "34:10 N 033:10 E", "34:00 N 033:10 E")
)


def reading(text: str, options: ReadOptions = NORTH) -> Reading:
    return read(text.encode(), "areas.txt", options)


def errors(found: Reading) -> list[Problem]:
    return [p for p in found.problems if p.severity is Severity.ERROR]


def said(found: Reading, severity: Severity) -> str:
    return "\n".join(
        f"{p.where}: {p.what} {p.text}" for p in found.problems if p.severity == severity
    )


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_reading_with_a_problem_or_an_activity(data: bytes) -> None:
    found = read(data, "areas.txt", NORTH)
    assert found.problems or found.activities


CODES = [
    "AC",
    "AN",
    "AH",
    "AL",
    "AF",
    "AA",
    "SP",
    "V",
    "DP",
    "DA",
    "DB",
    "DC",
    "DY",
    "TO",
    "*",
    "ZZ",
]
VALUES = (
    "R", "GND", "UNL", "FL100", "-5", "1e9", "999999", "X=34:30 N 033:15 E", "D=-", "W=-2",
    "34:30:00 N 033:15:00 E", "34:40 N 033:15 E, 34:30 N 033:27 E", "90 N 180 W", "34:60 N 0 E",
    "10, 270, 290", "10, 270, 1e9", "NONE", "2026-11-22T08:00Z/2026-11-22T24:00Z", "\u0663", "",
)  # fmt: skip
LINES = st.tuples(st.sampled_from(CODES), st.sampled_from(VALUES)).map(" ".join)


@given(st.lists(LINES, max_size=25).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_any_arrangement_of_its_words_gives_a_reading(text: str) -> None:
    looks_like_openair(text)
    found = reading(HEAD + text)
    assert found.problems or found.activities


@given(
    st.integers(0, 89),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from("NS"),
    st.integers(0, 179),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from("EW"),
)
@example(0, 0, 1, "S", 0, 0, 0, "W")
@settings(max_examples=60)
def test_a_position_written_in_three_ways_is_one_position(
    d: int, m: int, s: int, ns: str, dd: int, mm: int, ss: int, ew: str
) -> None:
    assume(any((d, m, s, dd, mm, ss)))  # 0, 0 is refused
    sexagesimal = f"{d:02}:{m:02}:{s:02} {ns} {dd:03}:{mm:02}:{ss:02} {ew}"
    minutes = f"{d}:{m + s / 60:.9f}{ns},{dd}:{mm + ss / 60:.9f}{ew}"
    decimal = f"{d + m / 60 + s / 3600:.10f} {ns} {dd + mm / 60 + ss / 3600:.10f} {ew}"
    (want,) = positions(sexagesimal)
    assert positions(minutes)[0] == pytest.approx(want, abs=1e-9)
    assert positions(decimal)[0] == pytest.approx(want, abs=1e-9)
    assert want[1] == pytest.approx((d + m / 60 + s / 3600) * (1 if ns == "N" else -1))
    assert want[0] == pytest.approx((dd + mm / 60 + ss / 3600) * (1 if ew == "E" else -1))


@pytest.mark.parametrize(
    ("text", "height_m", "datum"),
    [
        ("GND", 0.0, Datum.GROUND),
        ("sfc", 0.0, Datum.GROUND),
        ("FL100", 3048.0, Datum.PRESSURE),
        ("FL 65", 1981.2, Datum.PRESSURE),
        ("4500ft AMSL", 1371.6, Datum.MSL),
        ("4500 MSL", 1371.6, Datum.MSL),
        ("1500 m", 1500.0, Datum.MSL),
        ("1500m AGL", 1500.0, Datum.GROUND),
        ("1000 AGND", 304.8, Datum.GROUND),
        ("5000ft STD", 1524.0, Datum.PRESSURE),
        ("UNL", math.inf, Datum.MSL),
        ("UNLIMITED", math.inf, Datum.MSL),
        ("2000", 609.6, Datum.MSL),
    ],
)
def test_heights_are_read_with_their_datum(text: str, height_m: float, datum: Datum) -> None:
    limit, _ = height(text)
    assert limit.height_m == pytest.approx(height_m)
    assert limit.datum is datum


@pytest.mark.parametrize(
    "text", ["", "FL", "100m AGL/423m AMSL", "Ask", "FL1000000", "1e5", "MSL", "12 furlongs"]
)
def test_a_height_that_is_not_understood_refuses_the_airspace(text: str) -> None:
    found = reading(f"AC R\nAN TERN\nAL GND\nAH {text}\n{CENTRE}DC 5\n")
    assert found.activities == ()
    assert "AH" in errors(found)[0].text


def test_a_bare_number_is_feet_above_mean_sea_level_and_said_so() -> None:
    found = reading(f"AC R\nAN TERN\nAL 500\nAH 2000\n{CENTRE}DC 5\n")
    assert found.activities[0].volumes[0].height.upper == HeightLimit(2000 * 0.3048, Datum.MSL)
    assert said(found, Severity.ASSUMED).count("in feet above mean sea level") == 2


def test_a_circle_is_exact() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\n")
    (volume,) = found.activities[0].volumes
    assert volume.footprint == Circle((33.25, 34.5), 5 * 1852.0)
    assert volume.arena is Arena.AIR
    assert found.activities[0].kind == "danger area"
    assert not errors(found)


def test_two_circles_are_two_volumes() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\nDC 7\n")
    assert [v.id for v in found.activities[0].volumes] == ["0", "1"]


@pytest.mark.parametrize("close", ["", "DP 34:00 N 033:00 E\n"])
def test_an_outline_may_be_closed_or_open(close: str) -> None:
    (activity,) = reading(HEAD + SQUARE + close).activities
    footprint = activity.volumes[0].footprint
    assert isinstance(footprint, Polygon)
    assert len(footprint.parts[0].outer) == 4


def test_the_direction_of_arcs_starts_afresh_in_each_airspace() -> None:
    arc = "DB 34:40:00 N 033:15:00 E, 34:30:00 N 033:27:00 E\nDP 34:30:00 N 033:15:00 E\n"
    first = f"{HEAD}{CENTRE}V D=-\n{arc}"
    second = HEAD.replace("ONE", "TWO") + CENTRE + arc
    large, small = reading(first + second).activities
    outlines = [a.volumes[0].footprint for a in (large, small)]
    counts = [len(f.parts[0].outer) for f in outlines if isinstance(f, Polygon)]
    assert counts[0] > 2 * counts[1]


def test_a_centre_does_not_carry_over_to_the_next_airspace() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\n{HEAD.replace('ONE', 'TWO')}DC 5\n")
    assert [a.id for a in found.activities] == ["GANNET ONE"]
    assert "no centre" in errors(found)[0].what


def test_a_vertex_at_exactly_nought_is_a_lost_position() -> None:
    found = reading(HEAD + SQUARE + "DP 00:00:00 N 000:00:00 E\n")
    assert found.activities == ()
    assert "null island" in errors(found)[0].what


def test_an_airway_is_a_corridor_of_half_its_width() -> None:
    found = reading(f"{HEAD}V W=6\nDY 34:00 N 033:00 E\nDY 34:30 N 034:00 E\n")
    assert found.activities[0].volumes[0].footprint == Corridor(
        ((33.0, 34.0), (34.0, 34.5)), 3 * 1852.0
    )
    assert "round" in said(found, Severity.ASSUMED)


def test_activation_times_are_windows_and_each_is_a_volume() -> None:
    times = "AA 2026-11-22T08:00Z/2026-11-22T24:00Z\nAA 2026-11-24T08:00Z/NONE\n"
    (activity,) = reading(HEAD + times + CENTRE + "DC 5\n").activities
    first, second = (v.time for v in activity.volumes)
    assert first.end_s - first.start_s == 16 * 3600.0
    assert second.start_s - first.end_s == 32 * 3600.0
    assert second.end_s == math.inf


@pytest.mark.parametrize("times", ["", "AA NONE\n", "AA NONE/NONE\n"])
def test_an_airspace_without_times_is_active_always_and_said_so(times: str) -> None:
    found = reading(HEAD + times + CENTRE + "DC 5\n")
    window = found.activities[0].volumes[0].time
    assert (window.start_s, window.end_s) == (-math.inf, math.inf)
    assert "active at all times" in said(found, Severity.ASSUMED)


@pytest.mark.parametrize(
    "text",
    ["2026-11-22T08:00/2026-11-22T09:00", "08:00-09:00", "2026-11-22T09:00Z/2026-11-22T08:00Z"],
)
def test_activation_times_that_cannot_be_are_refused(text: str) -> None:
    found = reading(f"{HEAD}AA {text}\n{CENTRE}DC 5\n")
    assert found.activities == ()
    assert errors(found)[0].text == f"AA {text}"


def test_an_interval_may_be_open_at_its_start() -> None:
    window = interval("NONE/2026-11-22T08:00:00Z")
    assert window is not None
    assert window.start_s == -math.inf


def test_a_file_that_names_no_party_is_refused_once_with_all_its_other_problems() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\n{HEAD}DC x\n", ReadOptions())
    assert found.activities == ()
    assert sum("names no party" in p.what for p in errors(found)) == 1
    assert any("radius" in p.what for p in errors(found))


def test_a_refused_airspace_does_not_hide_its_neighbours() -> None:
    broken = "AC R\nAN SHAG\nAH 500 cubits\nDP 34:75 N 033:00 E\nDP nowhere\n"
    found = reading(f"{HEAD}{CENTRE}DC 5\n{broken}{HEAD.replace('ONE', 'TWO')}{SQUARE}")
    assert [a.id for a in found.activities] == ["GANNET ONE", "GANNET TWO"]
    assert [p.text for p in errors(found) if p.text] == [
        "AH 500 cubits",
        "DP 34:75 N 033:00 E",
        "DP nowhere",
    ]
    assert "floor (AL)" in errors(found)[0].what


def test_every_line_is_used_or_told() -> None:
    extras = {
        "AF 128.5": Severity.NOTE,
        "AG Gannet Radar": Severity.NOTE,
        "AX 7000": Severity.NOTE,
        "ZQ hours by arrangement": Severity.PARTIAL,
        "see supplement 12": Severity.PARTIAL,
        "* Monday to Friday": Severity.NOTE,
    }
    found = reading(HEAD + "\n".join(extras) + f"\nSP 0,1,0,0,255\n{CENTRE}DC 5\n")
    for text, severity in extras.items():
        words = text.removeprefix("* ") if text[0] == "*" else text.removeprefix(text[:3])
        assert words in said(found, severity)
    assert "1 SP record(s) say only how to draw" in said(found, Severity.NOTE)


def test_terrain_is_told_and_not_taken_for_airspace() -> None:
    found = reading(f"TC Lake\n{SQUARE}{HEAD}{CENTRE}DC 5\n")
    assert len(found.activities) == 1
    assert "terrain of 5 lines" in said(found, Severity.NOTE)


def test_airspaces_of_one_name_stay_apart() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\n" * 3)
    assert [a.id for a in found.activities] == ["GANNET ONE", "GANNET ONE #2", "GANNET ONE #3"]
    assert "3 airspaces are called" in said(found, Severity.NOTE)


def test_a_remark_made_of_many_airspaces_is_told_once_with_all_their_places() -> None:
    text = "".join(f"{HEAD.replace('ONE', str(i))}AF 12{i}.5\n{CENTRE}DC 5\n" for i in range(5))
    found = reading(text)
    always = [p for p in found.problems if "active at all times" in p.what]
    assert len(always) == 1
    assert always[0].what.startswith("5 times")
    assert all(f"GANNET {i}" in always[0].text for i in range(5))
    assert all(f"12{i}.5" in said(found, Severity.NOTE) for i in range(5))


def test_a_nameless_airspace_is_kept_under_its_line() -> None:
    found = reading(f"AC Q\nAL GND\nAH FL100\n{CENTRE}DC 5\n")
    assert found.activities[0].id == "airspace at line 1"
    assert "no name" in said(found, Severity.ASSUMED)


def test_a_missing_ac_record_between_two_airspaces_is_refused() -> None:
    found = reading(f"{HEAD}{CENTRE}DC 5\nAN GANNET TWO\nAL GND\nAH FL50\n{CENTRE}DC 9\n")
    assert found.activities == ()
    assert any("2 names" in p.what for p in errors(found))


def test_mixed_shapes_and_missing_shapes_are_refused() -> None:
    mixed, none = HEAD + SQUARE + CENTRE + "DC 5\n", HEAD
    assert "mixes" in errors(reading(mixed))[0].what
    assert "no shape" in errors(reading(none))[0].what


def test_an_outline_that_crosses_itself_is_refused_and_mended_only_on_request() -> None:
    lines = SQUARE.splitlines(keepends=True)
    bow = HEAD + lines[0] + lines[2] + lines[1] + lines[3]
    assert reading(bow).activities == ()
    assert "crosses itself" in errors(reading(bow))[0].what
    mended = reading(bow, ReadOptions(party="north", repair=True))
    assert len(mended.activities) == 1
    assert "Mended on request" in said(mended, Severity.ASSUMED)


def test_letters_that_are_not_utf8_are_told_and_cost_nothing_but_the_name() -> None:
    data = f"{HEAD}{CENTRE}DC 5\n".replace("GANNET", "M\u00d6WE").encode("cp1252")
    found = read(data, "areas.txt", NORTH)
    assert len(found.activities) == 1
    assert "not UTF-8" in said(found, Severity.PARTIAL)


def test_openair_is_told_from_other_texts() -> None:
    assert looks_like_openair("* by hand\r\n" + HEAD + CENTRE + "DC 5")
    assert not looks_like_openair("NAVAREA III 101/26\nAC MOORED\nDC 5")
    assert not looks_like_openair("{}")
    assert not looks_like_openair("AC R")
