"""Every failure of the past has a scene that fails without its remedy; the page tells which.

WIDEBERTH_NIGHTLY=1: take each remedy away in a copy of the project and see its test fail.
"""

import os
import re

import pytest
from remedies import ROOT, played_without, remedies, table

PAGE = ROOT / "docs" / "failures.md"
ALL = remedies()
NO_FAILURES = {
    "test_arrangement_2015", "test_arrangement_by_hand_2015", "test_first_meeting_2015",
}  # fmt: skip
IDS = [f"{one.test} {one.requirement}: {one.fails}" for one in ALL]


def test_every_scene_of_a_failure_has_a_remedy_that_can_be_taken_away():
    cases = {path.stem for path in (ROOT / "tests" / "journeys").glob("test_*_[0-9]*.py")}
    cases |= {"test_koreas_test_calls"}
    assert cases - NO_FAILURES == {f"test_{one.test}" for one in ALL}


@pytest.mark.parametrize("remedy", ALL, ids=IDS)
def test_a_remedy_is_where_it_is_said_to_be_and_its_test_is_there(remedy):
    source = (ROOT / remedy.source).read_text(encoding="utf-8")
    assert source.count(remedy.was) == 1, f"{remedy.file} has not once: {remedy.was}"
    scene = (ROOT / remedy.scene).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {remedy.fails}\(", scene, re.MULTILINE)


def test_the_page_on_failures_has_every_remedy():
    assert table(ALL) in PAGE.read_text(encoding="utf-8")


@pytest.mark.skipif(not os.environ.get("WIDEBERTH_NIGHTLY"), reason="WIDEBERTH_NIGHTLY=1")
@pytest.mark.parametrize("remedy", ALL, ids=IDS)
def test_without_its_remedy_a_failure_is_back(remedy, tmp_path):
    said = played_without(remedy, tmp_path)
    assert re.search(r"\d+ failed", said), said
    assert "error" not in said.splitlines()[-1], said
