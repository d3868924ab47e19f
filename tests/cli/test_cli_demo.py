"""`wideberth demo`: a story told by two real nodes, that ends when it should."""

import os
import re
import signal
import subprocess
import sys

import pytest
from dying_with_us import DYING_WITH_US

PROGRAM = (sys.executable, "-m", "wideberth", "demo")
CHAPTERS = (
    "Two nodes, no centre",
    "Each declares; each finds the conflict",
    "The receipts climb",
    "An amendment that moves",
    "What is private stays at home",
    "The line goes down, and comes back",
    "Proof",
    "Where to go on",
)


@pytest.fixture(scope="module")
def story():
    return subprocess.run(PROGRAM, capture_output=True, encoding="utf-8", timeout=300, check=False)


def chapter(story, number):
    found = re.split(r"^\d\. ", story.stdout, flags=re.MULTILINE)
    return found[number]


def test_the_whole_story_is_told_and_ends_well(story):
    assert story.returncode == 0, story.stderr
    assert story.stderr == ""
    for number, title in enumerate(CHAPTERS, start=1):
        assert chapter(story, number).startswith(title)


def test_both_nodes_show_the_same_conflict(story):
    told = chapter(story, 2)
    assert told.count("north N-SURVEY with south S-FIRING") == 2
    assert told.count("36°11.18'N 026°18.00'E") == 2
    assert "LATE" in told


def test_the_notice_climbs_to_acknowledged_on_both_sides(story):
    told = chapter(story, 3)
    assert re.findall(r"North's node shows: (\w+)", told) == ["read", "passed", "acknowledged"]
    assert told.count("has come to acknowledged") == 2


def test_the_amendment_moves_and_ends_the_conflict_on_both_sides(story):
    told = chapter(story, 4)
    assert re.search(r"moved \d+\.\d km to the south-east", told)
    assert told.count("no conflict found") == 2


def test_a_private_activity_shows_on_its_own_side_only(story):
    told = chapter(story, 5)
    assert told.count("N-QUIET") == 1
    assert told.count("no conflict found") == 1


def test_the_line_that_went_down_raised_an_alarm_and_nothing_was_lost(story):
    told = " ".join(chapter(story, 6).replace("│", " ").split())
    assert re.search(r"nothing heard from south since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told)
    assert "N-RESUPPLY: delivered" in told


def test_ledgers_are_whole_and_an_altered_proof_is_seen(story):
    told = chapter(story, 7)
    assert len(re.findall(r"whole, \d+ entries", told)) == 4
    assert "public keys alone: shown." in told
    assert "altered: not shown." in told


def test_it_stops_after_the_seconds_given_in_the_middle_of_the_story():
    run = subprocess.run(
        (*PROGRAM, "--seconds", "1"),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "Both nodes have stopped" in run.stdout
    assert CHAPTERS[-1] not in run.stdout


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_it_cleanly_and_leaves_nothing_behind(how, tmp_path):
    run = subprocess.Popen(
        (*DYING_WITH_US, *PROGRAM, "--stay"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
    )
    for line in run.stdout:
        if line.startswith("2. "):
            break
    run.send_signal(how)
    said, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    assert "Both nodes have stopped" in said
    assert list(tmp_path.iterdir()) == []
