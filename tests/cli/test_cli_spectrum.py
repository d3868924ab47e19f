"""The questions of a spectrum manager at the command line: answers, exit codes, refusals."""

import json
from xml.etree import ElementTree as ET

import pytest
from builders import an_activity
from click.testing import CliRunner
from radio_scenes import a_receiver, an_emission

from wideberth.cli import wideberth
from wideberth.formats.plan_writer import render
from wideberth.formats.report_budget import ADVISORY

WHEN = ["--from", "2026-09-21T12:00Z", "--to", "2026-09-21T13:00Z"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    north = an_activity(an_emission(300.0), name="E1", party="north")
    south = an_activity(a_receiver(300.0, place=(33.1, 34.0)), name="R1", party="south")
    (tmp_path / "north.geojson").write_text(render([north]), encoding="utf-8")
    (tmp_path / "south.geojson").write_text(render([south]), encoding="utf-8")
    area = {"type": "Point", "coordinates": [33.0, 34.0], "radius_nm": 1}
    (tmp_path / "area.json").write_text(json.dumps(area), encoding="utf-8")
    return tmp_path


def run(*words):
    found = CliRunner().invoke(wideberth, ["spectrum", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found


PLANS = ("north.geojson", "south.geojson")
ABOUT = ("--activity", "north/E1")


def test_assess_answers_and_its_report_is_reckoned_anew(folder):
    text = run("assess", *PLANS, *ABOUT)
    assert text.exit_code == 1
    assert ADVISORY in text.stdout
    assert "south R1" in text.stdout
    run("assess", *PLANS, *ABOUT, "--format", "json", "-o", "a.json")
    report = json.loads((folder / "a.json").read_text())
    assert report["effects"]
    again = run("recompute", "a.json")
    assert (again.exit_code, "agree to 0.01 dB" in again.stdout) == (0, True)
    budget = next(e["conflict"]["budget"] for e in report["effects"] if e["margin_db"])
    budget["interference_dbm"] += 0.02
    (folder / "a.json").write_text(json.dumps(report))
    again = run("recompute", "a.json")
    assert (again.exit_code, "DIFFERS" in again.stdout) == (1, True)


def test_free_leaves_out_the_channel_that_somebody_listens_in(folder):
    asked = ["--band", "299-301", "--width", "25k", "--area", "area.json", *WHEN, "--eirp", "10"]
    del folder
    found = run("free", *PLANS, *asked, "--format", "json", "--for", "west")
    assert found.exit_code in (0, 1)
    told = json.loads(found.stdout)
    assert told["advisory"] == ADVISORY
    assert len(told["channels"]) == 80
    text = run("free", *PLANS, *asked)
    assert "south R1" in text.stdout
    told_again = run("free", *PLANS, *asked, "--area", "33.0,34.0,1nm", "--format", "json")
    assert json.loads(told_again.stdout)["channels"] == told["channels"]
    alone = run("free", *asked)
    assert alone.exit_code == 0


def test_occupancy_is_told_in_the_form_that_the_ending_says(folder):
    asked = ["occupancy", *PLANS, "--band", "299-301"]
    start, end = "1970-01-01T00:00Z", "2099-01-01T00:00Z"
    when = ["--from", start, "--to", end]
    assert "north E1" in run(*asked, *when).stdout
    for name in ("o.svg", "o.csv", "o.json"):
        assert run(*asked, *when, "-o", name).exit_code == 0
    assert ET.fromstring((folder / "o.svg").read_text()).tag.endswith("svg")
    assert len(json.loads((folder / "o.json").read_text())["uses"]) == 2
    assert (folder / "o.csv").read_text().count("\n") == 3
    away = {"type": "Point", "coordinates": [10.0, 50.0], "radius_nm": 1}
    (folder / "away.json").write_text(json.dumps(away))
    assert "Nobody" in run(*asked, *when, "--area", "away.json").stdout


def test_contour_is_drawn_as_geojson_and_as_a_picture(folder):
    asked = ["contour", "north.geojson", *ABOUT, "--level-dbm", "-80", "--service", "gnss_l1"]
    found = run(*asked)
    assert found.exit_code == 0
    assert len(json.loads(found.stdout)["features"]) == 2
    assert run(*asked, "-o", "c.svg").exit_code == 0
    assert ET.fromstring((folder / "c.svg").read_text()).tag.endswith("svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["assess", *PLANS, "--activity", "north"], "PARTY/ID"),
        (["assess", *PLANS, "--activity", "north/none"], "north/E1"),
        (["assess", *PLANS, *ABOUT, "--agreement", "south.geojson"], "no agreement"),
        (["assess", *PLANS, *ABOUT, "--terrain", "none.hgt"], "cannot be read"),
        (["assess", *PLANS, *ABOUT, "--terrain", "area.json"], "no known terrain"),
        (["assess", "none.geojson", *ABOUT], "does not exist"),
        (["contour", "north.geojson", *ABOUT], "no level"),
        (["contour", "north.geojson", *ABOUT, "--service", "none"], "gnss_l1"),
        (["recompute", "none.json"], "cannot be read"),
        (["recompute", "north.geojson"], "no report"),
        (["free", "--band", "400-225", "--width", "1M", "--area", "area.json", *WHEN], "no band"),
        (["free", "--band", "1-2", "--width", "wide", "--area", "area.json", *WHEN], "no width"),
        (["free", "--band", "1-2", "--width", "1", "--area", "area.json", *WHEN], "channels"),
        (["free", "--band", "1-2", "--width", "1M", "--area", "none.json", *WHEN], "read"),
        (["occupancy", *PLANS, "--band", "1-2", "--from", "noon", "--to", "later"], "no instant"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_code_2(folder, words, said):
    del folder
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.stderr
