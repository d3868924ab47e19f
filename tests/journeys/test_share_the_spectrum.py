"""What the page on sharing the spectrum promises; its commands are run by tests/test_docs.py.

Both sides get the same number: a budget that has gone through a report is reckoned again from its
own figures, and no party's file has to come first.
"""

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

from wideberth.formats.budget_json import read_budget
from wideberth.interference.budgets import again

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "journeys" / "share-the-spectrum.md"
FOLDER = ROOT / "examples" / "eastern-mediterranean" / "spectrum"
ADVISORY = "do not replace the regulator's or the safety authority's judgement"
SAME_DB = 0.01


def asked(*options, files=("north.geojson", "south.geojson")):
    command = [sys.executable, "-m", "wideberth", "check", *files, "--agreement", "agreement.toml"]
    run = subprocess.run(
        [*command, *options], cwd=FOLDER, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def report():
    return json.loads(asked("--format", "json"))


def test_the_other_side_reckons_each_link_of_the_report_to_the_same_number(report):
    links = [
        budget
        for finding in (*report["conflicts"], *report["cleared"])
        if "budget" in finding
        for budget in [read_budget(finding["budget"])]
        if "distance_m" in dict(budget.inputs) and not budget.contributors
    ]
    assert len(links) == 5
    for budget in links:
        assert again(budget) == pytest.approx(budget.interference_dbm, abs=SAME_DB)


def test_what_the_report_says_of_five_emissions_adds_up(report):
    [budget] = [
        read_budget(conflict["budget"])
        for conflict in report["conflicts"]
        if conflict["rule"] == "interference aggregate"
    ]
    powers_dbm = [one.power_dbm for one in budget.contributors]
    total_dbm = 10.0 * math.log10(sum(10.0 ** (dbm / 10.0) for dbm in powers_dbm))
    assert total_dbm == pytest.approx(budget.interference_dbm, abs=SAME_DB)
    assert max(powers_dbm) < budget.limit_dbm < total_dbm
    assert len(powers_dbm) == 5


def test_the_sum_by_hand_on_the_page_is_the_reports(report):
    page = PAGE.read_text(encoding="utf-8")
    figures = re.search(r"(\d+) - ([\d.]+) \+ (\d+) = \*\*(-[\d.]+) dBm\*\*", page)
    eirp_dbm, loss_db, gain_dbi, arrives_dbm = map(float, figures.groups())
    assert eirp_dbm - loss_db + gain_dbi == pytest.approx(arrives_dbm, abs=0.05)
    [budget] = [
        read_budget(conflict["budget"])
        for conflict in report["conflicts"]
        if conflict["rule"] == "air_spectrum"
    ]
    found = (budget.eirp_dbm, budget.loss_db, budget.gain_dbi, budget.interference_dbm)
    assert found == pytest.approx((eirp_dbm, loss_db, gain_dbi, arrives_dbm), abs=0.1)


def test_both_sides_get_the_same_report_whosever_file_comes_first(report):
    turned = asked("--format", "json", files=("south.geojson", "north.geojson"))
    assert json.loads(turned) == report


@pytest.mark.parametrize("form", ["text", "json", "geojson", "html"])
def test_every_form_of_the_report_says_that_it_only_advises(form):
    said = asked("--format", form).replace("&#39;", "'").replace("&#x27;", "'")
    assert ADVISORY in " ".join(said.split())


def test_the_lines_of_the_report_that_the_page_shows_are_the_reports():
    said = {" ".join(line.split()) for line in asked().splitlines()}
    blocks = re.findall(
        r"^```text\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    shown = [" ".join(line.split()) for block in blocks for line in block.splitlines()]
    assert len(blocks) == 6
    assert [line for line in shown if line not in said | {"..."}] == []


def test_the_page_says_that_it_only_advises():
    assert ADVISORY in " ".join(PAGE.read_text(encoding="utf-8").split())
