"""`wideberth convert`: what was understood is told, and nothing is written by halves."""

import contextlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from wideberth.cli import wideberth

NOTAM = """(A0123/27 NOTAMN
Q) LGGG/QRTCA/IV/BO/W/000/195/3630N02530E012
A) LGGG B) 2703010600 C) 2703011200
E) TEMPORARY RESTRICTED AREA WI 12NM RADIUS OF 363000N0253000E.
F) GND G) FL195)
"""


@pytest.fixture
def folder(tmp_path):
    with contextlib.chdir(tmp_path):
        Path("notice.txt").write_text(NOTAM, encoding="utf-8")
        Path("noise.bin").write_bytes(b"\x00\x01\x02")
        yield tmp_path


def run(*arguments):
    return CliRunner().invoke(wideberth, ["convert", *arguments])


def test_a_notice_becomes_a_plan_that_reads_back(folder):
    result = run("notice.txt", "--to", "plan.geojson")
    assert result.exit_code in (0, 1)
    assert "1 NOTAM" in result.stdout
    (feature,) = json.loads(Path("plan.geojson").read_text())["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["lower_datum"] == "ground"
    again = run("plan.geojson", "--to", "again.geojson")
    assert again.exit_code == 0
    assert Path("again.geojson").read_bytes() == Path("plan.geojson").read_bytes()


def test_a_plan_that_is_read_in_part_exits_1_and_says_what_is_missing(folder):
    result = run("notice.txt", "noise.bin", "--to", "plan.geojson")
    assert result.exit_code == 1
    assert "noise.bin, file: the file is binary" in result.stdout
    assert "noise.bin" in result.stderr
    assert Path("plan.geojson").exists()


def test_where_nothing_is_understood_nothing_is_written(folder):
    Path("plan.geojson").write_text("as before")
    assert run("noise.bin", "--to", "plan.geojson").exit_code == 2
    assert Path("plan.geojson").read_text() == "as before"


def test_the_plan_goes_to_the_screen_and_the_remarks_beside_it(folder):
    result = run("notice.txt", "--to", "-")
    assert json.loads(result.stdout)["type"] == "FeatureCollection"
    assert "Understood" in result.stderr


def test_an_input_is_never_written_over(folder):
    before = Path("notice.txt").read_bytes()
    assert run("notice.txt", "--to", "notice.txt").exit_code == 2
    assert Path("notice.txt").read_bytes() == before
