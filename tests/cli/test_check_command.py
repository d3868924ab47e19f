"""`wideberth check` in one process: answers, agreements, outputs and their refusals."""

import contextlib
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from wideberth.cli import wideberth
from wideberth.cli.inputs import MAX_BYTES

AGREEMENT = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[clause]]
id = "S1"
text = "Aircraft keep apart."
[[separation]]
arenas = ["air", "air"]
clause = "S1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""


def a_plan(party, lon=26.0, **properties):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, 36.0]},
        "properties": {
            "party": party,
            "activity": "survey",
            "arena": "air",
            "radius_m": 1000,
            "lower_ft": 1000,
            "upper_ft": 2000,
            "start": "2027-03-01T08:00:00Z",
            "end": "2027-03-01T09:00:00Z",
        }
        | properties,
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


@pytest.fixture
def folder(tmp_path):
    with contextlib.chdir(tmp_path):
        Path("north.geojson").write_text(a_plan("north"), encoding="utf-8")
        Path("south.geojson").write_text(a_plan("south", 26.05), encoding="utf-8")
        Path("far.geojson").write_text(a_plan("south", 29.0), encoding="utf-8")
        Path("agreement.toml").write_text(AGREEMENT, encoding="utf-8")
        yield tmp_path


def run(*arguments, **options):
    return CliRunner().invoke(wideberth, ["check", *arguments], **options)


def report_of(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


def test_two_plans_that_meet_are_a_conflict_and_exit_1(folder):
    result = run("north.geojson", "south.geojson")
    assert result.exit_code == 1
    assert "default air" in result.stdout
    assert result.stderr == ""


def test_two_plans_apart_exit_0(folder):
    assert run("north.geojson", "far.geojson").exit_code == 0


@pytest.mark.parametrize(
    "given", [("--agreement", "agreement.toml"), ("agreement.toml",)], ids=["option", "among"]
)
def test_the_agreement_is_cited_wherever_it_is_given(folder, given):
    report = report_of("north.geojson", "south.geojson", *given)
    assert report["agreement"]["id"] == "example"
    assert [c["clause"] for c in report["conflicts"]] == ["S1"]


def test_an_agreement_given_by_option_and_among_the_files_is_one(folder):
    given = ("north.geojson", "agreement.toml", "--agreement", "agreement.toml")
    assert report_of(*given)["agreement"]["id"] == "example"


def test_two_agreements_are_refused(folder):
    Path("other.toml").write_text(AGREEMENT.replace("version = 1", "version = 2"))
    result = run("north.geojson", "agreement.toml", "other.toml")
    assert result.exit_code == 2
    assert "agreement.toml, other.toml" in result.stderr


@pytest.mark.parametrize("broken", [AGREEMENT.replace("lateral_nm", "lateral"), "", None])
def test_a_broken_agreement_is_never_replaced_in_silence(folder, broken):
    if broken is None:
        Path("agreement.toml").unlink()
    else:
        Path("agreement.toml").write_text(broken, encoding="utf-8")
    result = run("north.geojson", "south.geojson", "--agreement", "agreement.toml")
    assert result.exit_code == 2
    assert "built-in default was used" in result.stderr
    assert "default air" in result.stdout


def test_conflicts_within_a_party_are_looked_for_only_on_request(folder):
    Path("more.geojson").write_text(a_plan("north", 26.05, activity="other"))
    assert run("north.geojson", "more.geojson").exit_code == 0
    assert run("north.geojson", "more.geojson", "--within").exit_code == 1


def test_an_error_in_one_file_hides_no_conflict_and_the_check_is_said_not_to_be_complete(folder):
    Path("bad.geojson").write_text(a_plan("south", hight=3), encoding="utf-8")
    result = run("north.geojson", "south.geojson", "bad.geojson")
    assert result.exit_code == 2
    assert "NOT COMPLETE" in result.stderr
    assert "bad.geojson, feature 0 (activity 'survey'): unknown key 'hight'" in result.stderr
    assert "default air" in result.stdout


def test_the_order_of_files_changes_not_one_byte(folder):
    Path("bad.geojson").write_text(a_plan("south", hight=3), encoding="utf-8")
    names = ["north.geojson", "south.geojson", "bad.geojson", "agreement.toml", "missing.kml"]
    for form in ("text", "json", "geojson", "html"):
        outputs = {run(*order, "--format", form).stdout for order in (names, names[::-1])}
        assert len(outputs) == 1


def test_the_folder_that_files_lie_in_changes_not_one_byte(folder):
    Path("deep").mkdir()
    for name in ("north.geojson", "south.geojson"):
        Path("deep", name).write_bytes(Path(name).read_bytes())
    here = run("north.geojson", "south.geojson", "--format", "json").stdout
    there = run("deep/north.geojson", "deep/south.geojson", "--format", "json").stdout
    assert here == there


def test_one_file_under_two_names_is_read_once_and_told(folder):
    Path("copy.geojson").write_bytes(Path("north.geojson").read_bytes())
    report = report_of("north.geojson", "copy.geojson")
    assert ["read once" in p["what"] for p in report["problems"]] == [True]


def test_two_files_of_one_name_are_told_apart_by_their_paths(folder):
    Path("deep").mkdir()
    Path("deep/north.geojson").write_text(a_plan("south", hight=3), encoding="utf-8")
    result = run("north.geojson", "deep/north.geojson")
    assert "deep/north.geojson, feature 0" in result.stderr


def test_a_party_is_given_to_a_file_that_names_none(folder):
    Path("bare.geojson").write_text(a_plan(None), encoding="utf-8")
    assert run("bare.geojson", "south.geojson").exit_code == 2
    given = ("bare.geojson", "south.geojson", "--party", "bare.geojson=north")
    assert run(*given).exit_code == 1


@pytest.mark.parametrize("party", ["nothing", "other.geojson=x", "north.geojson= ", "=x"])
def test_a_slip_in_party_is_refused(folder, party):
    assert run("north.geojson", "--party", party).exit_code == 2


def test_a_crossing_ring_is_mended_on_request_only(folder):
    bow = [[26.0, 36.0], [26.2, 36.2], [26.2, 36.0], [26.0, 36.2], [26.0, 36.0]]
    plan = json.loads(a_plan("south", radius_m=None))
    plan["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    Path("bow.geojson").write_text(json.dumps(plan))
    assert run("north.geojson", "bow.geojson").exit_code == 2
    assert run("north.geojson", "bow.geojson", "--repair").exit_code == 1


def test_standard_input_is_a_file(folder):
    result = run("south.geojson", "-", input=Path("north.geojson").read_bytes())
    assert result.exit_code == 1


def test_a_report_goes_to_its_file_and_not_to_the_screen(folder):
    result = run("north.geojson", "south.geojson", "--format", "json", "--output", "out.json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(json.loads(Path("out.json").read_text())["conflicts"]) == 1


def test_a_map_is_written_beside_and_its_place_is_told(folder):
    result = run("north.geojson", "south.geojson", "--map")
    assert "wideberth-report.html" in result.stderr
    assert "<svg" in Path("wideberth-report.html").read_text(encoding="utf-8")
    Path("deep").mkdir()
    run("north.geojson", "south.geojson", "--map", "--output", "deep/report.txt")
    assert sorted(p.name for p in Path("deep").iterdir()) == ["report.txt", "wideberth-report.html"]
    run("north.geojson", "south.geojson", "--map", "--format", "html", "--output", "own.html")
    assert "<svg" in Path("own.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["north.geojson", "missing/out.txt", "."])
def test_an_output_that_cannot_be_written_is_refused_and_leaves_all_as_it_was(folder, target):
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    result = run("north.geojson", "south.geojson", "--output", target)
    assert result.exit_code == 2
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_report_is_replaced_in_one_step_so_that_nobody_sees_half_of_it(folder):
    Path("report.json").write_text("as before", encoding="utf-8")
    with Path("report.json").open(encoding="utf-8") as reader:
        run("north.geojson", "south.geojson", "--format", "json", "--output", "report.json")
        assert reader.read() == "as before"
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["conflicts"]
    assert not list(folder.glob(".*"))


def test_a_file_name_that_is_no_text_is_shown_all_the_same(folder):
    name = os.fsdecode(b"caf\xe9.geojson")
    Path(name).write_bytes(Path("south.geojson").read_bytes())
    result = run("north.geojson", name)
    assert result.exit_code == 1
    assert "caf" in result.stdout


def test_a_device_as_output_is_written_to_and_stays_a_device(folder):
    run("north.geojson", "south.geojson", "--output", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_both_searches_give_the_same_answer(folder):
    plain = run("north.geojson", "south.geojson", "--no-fast", "--format", "json")
    fast = run("north.geojson", "south.geojson", "--fast", "--format", "json")
    assert plain.stdout == fast.stdout


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(folder):
    with Path("large.geojson").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    result = run("north.geojson", "large.geojson")
    assert result.exit_code == 2
    assert "256 MiB" in result.stderr
