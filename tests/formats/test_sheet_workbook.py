"""Planning sheets as Excel workbooks: the same rows, and nothing typed is taken for nothing."""

import datetime as dt
import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.sheet import read, template_csv
from wideberth.formats.sheet_grid import letters

ANYONE = ReadOptions()
BASE: dict[str, object] = {
    "party": "north",
    "activity": 12,
    "arena": "air",
    "shape": "circle",
    "positions": "34 40.0N 033 10.0E",
    "radius_nm": 5,
    "lower_ft": 1000,
    "upper_ft": 2000.5,
    "start": "2026-11-22T08:00:00Z",
    "end": "2026-11-22T09:00:00Z",
    "priority": 3,
}


def workbook(*rows: dict[str, object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.append(list(BASE))
    for row in rows:
        first.append([row.get(name) for name in BASE])
    for name, cells in sheets.items():
        other = book.create_sheet(name)
        for line in cells:
            other.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def reading(data: bytes) -> Reading:
    return read(data, "plan.xlsx", ANYONE)


def errors(found: Reading) -> list[Problem]:
    return [p for p in found.problems if p.severity is Severity.ERROR]


GOOD = workbook(BASE)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_workbook_gives_a_reading(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    junk = data.draw(st.binary(max_size=6))
    assert reading(GOOD[:at] + junk + GOOD[at + len(junk) :]).format == "sheet"


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_workbook_with_a_damaged_part_gives_a_reading(data: st.DataObject) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w") as new:
        hit = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = old.read(name)
            if name == hit:
                at = data.draw(st.integers(0, len(content) - 1))
                junk = data.draw(st.sampled_from([b"", b"<", b'"', b"9" * 12, b"<f/>", b"&#0;"]))
                content = content[:at] + junk + content[at + data.draw(st.integers(0, 9)) :]
            new.writestr(name, content)
    assert reading(stream.getvalue()).format == "sheet"


@given(st.integers(0, 18_277))
@settings(max_examples=60)
def test_letters_count_columns_as_sheets_do(column: int) -> None:
    assert letters(column) == openpyxl.utils.get_column_letter(column + 1)


def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same_activities() -> None:
    lines = template_csv().splitlines()
    book = openpyxl.Workbook()
    import csv  # noqa: PLC0415

    for row in csv.reader(lines):
        book.active.append([float(c) if c.replace(".", "").isdigit() else c for c in row])
    stream = io.BytesIO()
    book.save(stream)
    as_csv = read(template_csv().encode(), "a.csv", ANYONE)
    assert reading(stream.getvalue()).activities == as_csv.activities


def test_numbers_serve_as_numbers_and_as_names() -> None:
    found = reading(GOOD)
    (activity,) = found.activities
    assert (activity.id, activity.priority) == ("12", 3)
    assert activity.volumes[0].height.upper.height_m == pytest.approx(2000.5 * 0.3048)
    assert not found.problems


@pytest.mark.parametrize(
    "value",
    [dt.datetime(2026, 11, 22, 8, 0), dt.date(2026, 11, 22), dt.time(8, 0)],  # noqa: DTZ001
)
def test_an_excel_date_is_refused_because_it_has_no_zone(value: object) -> None:
    found = reading(workbook({**BASE, "start": value}, BASE))
    assert "no zone" in errors(found)[0].what
    assert errors(found)[0].where == "cell I2"
    assert [v.id for v in found.activities[0].volumes] == ["1"]


@pytest.mark.parametrize(
    ("value", "what"), [("#N/A", "the error #N/A"), ("=1+2", "formula without a stored value")]
)
def test_an_error_or_an_empty_formula_is_not_taken_for_a_blank(value: str, what: str) -> None:
    found = reading(workbook(BASE, {**BASE, "priority": value}))
    assert [p.where for p in errors(found)] == ["cell K3"]
    assert what in errors(found)[0].what
    assert [v.id for v in found.activities[0].volumes] == ["0"]


def test_an_error_alone_in_the_last_row_is_told() -> None:
    found = reading(workbook(BASE, {"priority": "#REF!"}))
    assert any(p.where == "cell K3" and "#REF!" in p.what for p in errors(found))


def test_the_sheet_called_plan_is_read_and_the_others_are_told() -> None:
    data = workbook({**BASE, "activity": "first"}, Plan=[list(BASE), list(BASE.values())])
    found = reading(data)
    assert [a.id for a in found.activities] == ["12"]
    assert any(p.severity is Severity.PARTIAL and "1 other(s)" in p.what for p in found.problems)


def test_faults_on_another_sheet_do_not_refuse_the_plan() -> None:
    assert not errors(reading(workbook(BASE, Other=[["#N/A", "=1/0"]])))


@pytest.mark.parametrize("far", ["XFD2", "A1048576", "XFD1048576"])
def test_a_cell_far_out_does_not_make_the_sheet_vast(far: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.active[far] = "x"
    stream = io.BytesIO()
    book.save(stream)
    found = reading(stream.getvalue())
    assert errors(found)
    if far != "XFD2":
        assert "reaches to row 1048576" in errors(found)[0].what


def test_an_archive_that_swells_or_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(6):
            archive.writestr(f"{i}", b"\0" * 50_000_000)
    assert "unpacks to more" in errors(reading(stream.getvalue()))[0].what
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("doc.kml", "<kml/>")
    assert "broken" in errors(reading(stream.getvalue()))[0].what


def test_without_the_extra_the_reason_says_how_to_install_it() -> None:
    program = (
        "import sys; sys.modules['python_calamine'] = None\n"
        "from wideberth.formats.sheet import read\n"
        "from wideberth.formats.reading import ReadOptions\n"
        "print(read(b'PK\\x03\\x04', 'a.xlsx', ReadOptions()).problems[0].remedy)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "wideberth[xlsx]" in done.stdout
