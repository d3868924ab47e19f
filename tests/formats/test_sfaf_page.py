"""The pages on SFAF and assignment sheets: their examples are read, and they name what there is."""

import re
from pathlib import Path

import pytest

from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.sfaf import read
from wideberth.formats.sfaf_values import assigned
from wideberth.formats.sfaf_writer import write_sfaf
from wideberth.formats.sheet import read_csv
from wideberth.formats.sheet_columns import ASSIGNMENT_COLUMNS
from wideberth.model.volume import Role

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats" / "sfaf.md").read_text(encoding="utf-8")
SHEETS = (ROOT / "docs" / "formats" / "sheet.md").read_text(encoding="utf-8")


def test_the_record_of_the_page_is_read_and_written_back_to_the_letter():
    (record,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    reading = read(record.encode(), "page.sfaf", ReadOptions())
    assert {p.severity for p in reading.problems} <= {Severity.ASSUMED}
    (activity,) = reading.activities
    assert [v.role for v in activity.volumes] == [Role.EMIT, Role.RECEIVE]
    written = write_sfaf([activity])
    assert (written.text, written.problems) == (record, ())


@pytest.mark.parametrize("text", re.findall(r"`([KMG][0-9.]+(?:-[KMG]?[0-9.]+|\(\d+\))?)`", PAGE))
def test_every_frequency_of_the_page_is_read(text):
    assert assigned(text).low_hz > 0.0


def test_every_item_that_the_writer_writes_or_the_reader_names_is_on_the_page():
    named = set(re.findall(r"`(\d{3})`", PAGE))
    written = {"005", "102", "110", "113", "114", "117", "140", "141", "200", "303", "306", "354"}
    assert written | {"356", "357", "358", "359", "360", "362", "403", "406", "502", "711"} <= named


def test_the_page_on_sheets_names_every_word_of_an_assignment_sheet():
    assert set(re.findall(r"`([a-z_]+)`", SHEETS)) >= ASSIGNMENT_COLUMNS


def test_the_same_assignments_are_in_both_examples():
    sheet = read_csv((ROOT / "examples" / "assignments.csv").read_bytes(), "a", ReadOptions())
    records = read((ROOT / "examples" / "assignments.sfaf").read_bytes(), "b", ReadOptions())
    assert write_sfaf(sheet.activities).text == write_sfaf(records.activities).text
