"""Planning sheets as CSV: rows become volumes, and every problem names its cell."""

import csv
import io
import math
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.sheet import TEMPLATE_COLUMNS, read, template_csv
from wideberth.formats.sheet_positions import positions_of
from wideberth.formats.times import parse_rfc3339
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Corridor, Part, Polygon, Track

ANYONE = ReadOptions()
EXAMPLE = Path(__file__).parents[2] / "examples" / "planning-sheet.csv"
AT = "34 40.0N 033 10.0E"
LINE = f"{AT}; 34 50.0N 033 20.0E"
BASE = {
    "party": "north",
    "activity": "N-7",
    "arena": "air",
    "shape": "circle",
    "positions": AT,
    "radius_nm": "5",
    "lower_ft": "1000",
    "upper_ft": "2000",
    "start": "2026-11-22T08:00:00Z",
    "end": "2026-11-22T09:00:00Z",
}


def sheet(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """Write rows under a header of every column that any row has, in order of first use."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def a_row(**changes: str) -> dict[str, str]:
    return {**BASE, **changes}


def reading(*rows: dict[str, str], options: ReadOptions = ANYONE) -> Reading:
    return read(sheet(*rows), "plan.csv", options)


def errors(found: Reading) -> list[Problem]:
    return [p for p in found.problems if p.severity is Severity.ERROR]


def told(found: Reading) -> str:
    return "\n".join(f"{p.where}: {p.what}" for p in found.problems)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_reading_with_a_problem(junk: bytes) -> None:
    assert read(junk, "x.csv", ANYONE).problems
    assert read(template_csv().encode() + junk, "x.csv", ANYONE).format == "sheet"
    assert errors(read(b"PK\x03\x04" + junk, "x.xlsx", ANYONE))


CELLS = st.sampled_from(
    ["", "north", "air", "circle", "track", "polygon", AT, LINE, "5", "-1", "nan", "1e999", "1_0",
     "2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z;2026-11-22T08:30:00Z", "msl", "yes", "\u0665"]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=24), max_size=5), st.permutations(TEMPLATE_COLUMNS))
@settings(max_examples=150, deadline=None)
def test_any_cells_give_a_reading(rows: list[list[str]], columns: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    found = read(text.getvalue().encode(), "x.csv", ReadOptions(party="north"))
    assert found.problems


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw rows of a few activities, each row told apart by its height."""
    names = draw(st.lists(st.sampled_from("ABC"), min_size=1, max_size=8))
    return [
        a_row(activity=name, upper_ft=str(2000 + i), kind="" if i % 2 else f"kind {name}")
        for i, name in enumerate(names)
    ]


def content(activities: tuple[Activity, ...]) -> set[tuple[str, str, frozenset[object]]]:
    return {(a.id, a.kind, frozenset((v.height, v.time) for v in a.volumes)) for a in activities}


@given(plans(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_changes_nothing_but_the_place_of_volumes(
    rows: list[dict[str, str]], chance: random.Random
) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    one, other = reading(*rows), reading(*shuffled)
    assert content(one.activities) == content(other.activities)
    assert sum(len(a.volumes) for a in one.activities) == len(rows)
    for activity in other.activities:
        assert [v.id for v in activity.volumes] == [str(i) for i in range(len(activity.volumes))]


@given(
    lat=st.tuples(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59)),
    lon=st.tuples(st.integers(0, 179), st.integers(0, 59), st.integers(1, 59)),
    hemispheres=st.tuples(st.sampled_from("NS"), st.sampled_from("EW")),
)
@settings(max_examples=60)
def test_a_position_in_any_of_the_forms_is_one_position(
    lat: tuple[int, int, int], lon: tuple[int, int, int], hemispheres: tuple[str, str]
) -> None:
    ns, ew = hemispheres
    (d, m, s), (dd, mm, ss) = lat, lon
    forms = [
        f"{d:02}-{m:02}-{s:02}{ns} {dd:03}-{mm:02}-{ss:02}{ew}",
        f"{d} {m} {s} {ns}, {dd} {mm} {ss} {ew}",
        f"{d}\u00b0{m}'{s}\"{ns} {dd}\u00b0{mm}'{ss}\"{ew}",
        f"{d} {m + s / 60:.9f}{ns} {dd} {mm + ss / 60:.9f}{ew}",
        f"{d + m / 60 + s / 3600:.10f}{ns} {dd + mm / 60 + ss / 3600:.10f}{ew}",
    ]
    points, problems = positions_of(";".join(forms))
    assert not problems
    want_lat = (d + m / 60 + s / 3600) * (1 if ns == "N" else -1)
    want_lon = (dd + mm / 60 + ss / 3600) * (1 if ew == "E" else -1)
    for point in points:
        assert point == pytest.approx((want_lon, want_lat), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("34.5 33.2", "has no N, S, E or W"),
        ("033 10.0E 34 40.0N", "longitude first"),
        ("N34 40.0 E033 10.0", "not understood"),
        ("343000N 0331000E", "not understood"),
        ("34 75.0N 033 10.0E", "not below 60"),
        ("94 00.0N 033 10.0E", "beyond 90"),
        ("34.5 20N 033 10.0E", "fraction before"),
        ("34 40,0N 033 10,0E", "not understood"),
        ("00 00N 000 00E", "null island"),
        ("34 40.0N", "not understood"),
        ("\u0663\u0664N 033E", "not understood"),
    ],
)
def test_a_position_that_could_be_misread_is_refused(text: str, what: str) -> None:
    points, problems = positions_of(f"{AT}; {text}")
    assert len(points) == 1
    assert what in problems[0].what
    assert problems[0].what.startswith("position 2")


def test_the_template_reads_and_the_example_file_is_the_template() -> None:
    found = read(template_csv().encode(), "template.csv", ANYONE)
    assert not errors(found)
    (activity,) = found.activities
    assert [v.arena.value for v in activity.volumes] == ["air", "spectrum"]
    assert EXAMPLE.read_text("utf-8") == template_csv()


def test_each_shape_is_read() -> None:
    ring = f"{LINE}; 34 30.0N 033 30.0E"
    times = "2026-11-22T08:00:00Z; 2026-11-22T09:00:00Z"
    found = reading(
        a_row(activity="a"),
        a_row(activity="b", shape="corridor", positions=LINE, radius_nm="", half_width_m="900"),
        a_row(activity="c", shape="polygon", positions=ring, radius_nm=""),
        a_row(activity="d", shape="track", positions=LINE, times=times, start="", end=""),
    )
    assert not errors(found)
    circle, corridor, polygon, track = (a.volumes[0].footprint for a in found.activities)
    here, there = (33 + 10 / 60, 34 + 40 / 60), (33 + 20 / 60, 34 + 50 / 60)
    assert circle == Circle(here, 9260.0)
    assert corridor == Corridor((here, there), 900.0)
    assert polygon == Polygon((Part((here, there, (33.5, 34.5))),))
    begin = parse_rfc3339("2026-11-22T08:00:00Z")
    assert track == Track((here, there), (begin, begin + 3600.0), 9260.0)
    assert found.activities[3].volumes[0].time.end_s == begin + 3600.0


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_delimiter_and_the_byte_order_mark_make_no_difference(
    delimiter: str, mark: bytes
) -> None:
    data = mark + sheet(a_row(title="first, second; third"), delimiter=delimiter)
    (activity,) = read(data, "plan.csv", ANYONE).activities
    assert activity.title == "first, second; third"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("party;activity\nM\u00f6we;1".encode("cp1252"), "not UTF-8"),
        ("party;activity".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0junk", "old .xls"),
        (b"", "no column that is known"),
        (b"one,two\n1,2", "no column that is known"),
        (b'party,activity\n"north,1', "broken near line"),
        (b"party,activity\nno\0rth,1", "zero byte"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_reason(data: bytes, what: str) -> None:
    assert what in errors(read(data, "plan.csv", ANYONE))[0].what


@pytest.mark.parametrize(
    ("changes", "cell", "what"),
    [
        ({"upper_ft": "1,500"}, "cell H2 (upper_ft)", "not a number"),
        ({"upper_ft": "500"}, "row 2", "backwards"),
        ({"start": "2026-11-22T08:00"}, "cell I2 (start)", "no zone"),
        ({"arena": "Air"}, "cell C2 (arena)", "not one of"),
        ({"shape": "blob"}, "cell D2 (shape)", "'blob'"),
        ({"shape": ""}, "cell D2 (shape)", "missing"),
        ({"positions": "34.5 33.2"}, "cell E2 (positions)", "no N, S, E or W"),
        ({"positions": LINE}, "cell E2 (positions)", "a circle has 1"),
        ({"radius_nm": ""}, "row 2", "no radius_m, radius_km or radius_nm"),
        ({"radius_nm": "-3"}, "row 2", "radius"),
        ({"half_width_m": "5"}, "cell K2 (half_width_m)", "no meaning for a circle"),
        ({"times": "2026-11-22T08:00:00Z"}, "cell K2 (times)", "no meaning for a circle"),
        ({"shape": "polygon", "radius_nm": ""}, "cell E2 (positions)", "at least 3"),
        ({"freq_low_mhz": "100"}, "cell K2 (freq_low_mhz)", "in the air arena"),
    ],
)
def test_a_problem_names_its_cell(changes: dict[str, str], cell: str, what: str) -> None:
    found = reading(a_row(**changes))
    assert found.activities == ()
    assert any(p.where == cell and what in p.what for p in errors(found)), told(found)


def test_a_refused_row_does_not_hide_the_others_and_keeps_their_places() -> None:
    found = reading(a_row(), a_row(upper_ft="high", start="soon"), a_row(upper_ft="3000"))
    (activity,) = found.activities
    assert [v.id for v in activity.volumes] == ["0", "2"]
    assert {p.where for p in errors(found)} == {"cell H3 (upper_ft)", "cell I3 (start)"}


def test_a_track_whose_times_are_wrong_tells_only_of_them() -> None:
    found = reading(a_row(shape="track", positions=LINE, times="2026-11-22T08:00:00Z; later"))
    assert [p.where for p in errors(found)] == ["cell K2 (times)"]


def test_an_unknown_column_refuses_the_rows_that_use_it() -> None:
    found = reading(a_row(priorty="3"), a_row(activity="N-8"))
    assert [a.id for a in found.activities] == ["N-8"]
    assert errors(found)[0].where == "cell K1"
    assert "Did you mean 'priority'" in errors(found)[0].remedy


def test_a_column_of_targets_is_refused() -> None:
    assert "no such field" in errors(reading(a_row(target="x")))[0].what


def test_columns_of_ones_own_begin_with_x_and_are_told() -> None:
    found = reading(a_row(x_remark="call first"))
    assert len(found.activities) == 1
    assert "'x_remark' is kept out" in told(found)


def test_a_column_named_twice_or_not_at_all_is_refused_where_it_is_filled() -> None:
    header = ",".join(BASE) + ",party,"
    row = ",".join(BASE.values())
    found = read(f"{header}\n{row},south,\n{row},,note\n".encode(), "plan.csv", ANYONE)
    assert found.activities == ()
    assert [p.where for p in errors(found)] == ["cell K1", "cell K2", "cell L3"]


def test_rows_of_one_activity_may_leave_what_another_says_but_not_contradict_it() -> None:
    same = reading(a_row(kind="firing"), a_row(kind=""))
    assert [(a.kind, len(a.volumes)) for a in same.activities] == [("firing", 2)]
    assert "'kind' is not what row 2 says" in told(reading(a_row(kind="firing"), a_row(kind="x")))


def test_the_party_may_come_from_the_person_who_reads() -> None:
    row = {k: v for k, v in BASE.items() if k != "party"}
    assert "'party' is missing" in told(reading(row))
    assert reading(row, options=ReadOptions(party="south")).activities[0].party == "south"


def test_blank_rows_and_a_late_header_keep_the_numbers_of_the_sheet() -> None:
    lines = sheet(a_row(), a_row(start="soon")).decode().splitlines()
    data = "\n".join(["", lines[0], lines[1], ",,,", "", lines[2]]).encode()
    found = read(data, "plan.csv", ANYONE)
    assert len(found.activities[0].volumes) == 1
    assert errors(found)[0].where == "cell I6 (start)"


def test_flex_open_ends_and_flags_are_read() -> None:
    found = reading(
        a_row(end="", until_further_notice="yes", flex_time_min="30", upper_ft="",
              upper_unlimited="true")
    )  # fmt: skip
    (activity,) = found.activities
    assert activity.flex is not None
    assert activity.flex.time_s == 1800.0
    assert activity.volumes[0].time.end_s == math.inf
    assert activity.volumes[0].height.upper.height_m == math.inf


def test_a_polygon_that_crosses_itself_is_mended_only_on_request() -> None:
    bow = "34 00N 033 00E; 34 10N 033 10E; 34 10N 033 00E; 34 00N 033 10E"
    row = a_row(shape="polygon", positions=bow, radius_nm="")
    assert errors(reading(row))[0].where == "cell E2 (positions)"
    assert len(reading(row, options=ReadOptions(repair=True)).activities) == 1


def test_too_many_rows_are_refused() -> None:
    data = ",".join(BASE).encode() + b"\n" * 100_001
    assert "more than 100000 rows" in errors(read(data, "plan.csv", ANYONE))[0].what
