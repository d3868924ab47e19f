"""`wideberth demo`: a story told by two real nodes, that ends when it should."""

import os
import pty
import re
import signal
import subprocess
import sys

import httpx2
import pytest
from dying_with_us import DYING_WITH_US

PROGRAM = (sys.executable, "-m", "wideberth", "demo")
PASSWORD = "copper lantern ninth harbour"
SEATS = ("demo", "planner", "watch", "spectrum", "secretary", "lead", "admin")
HTML = "text/html; charset=utf-8"
CHAPTERS = (
    "Two nodes, no centre",
    "Each declares; each finds the conflict",
    "The receipts climb",
    "An amendment that moves",
    "What is private stays at home",
    "The line goes down, and comes back",
    "Proof",
    "An ordinary day",
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


def test_the_day_lasts_on_both_sides_with_conflicts_and_matters_of_both(story):
    told = chapter(story, 8)
    for met in ("north N-PATROL with south", "north N-LINK with south S-RELAY"):
        assert told.count(met) == 2
    assert told.count("N-QUIET") == 1
    opened = re.findall(r"(\w+/\w+/[A-Z]+-\d)", told)
    kinds = {one.split("/")[0] for one in opened}
    assert kinds == {"assurance", "call", "caveat", "concern", "meeting"}
    assert all(opened.count(one) == 2 for one in opened)


def test_the_consoles_are_told_before_the_story_and_after_it(story):
    before, after = story.stdout.partition("1. ")[0], chapter(story, 9)
    for told in (before, after):
        assert len(set(re.findall(r"(?:north|south)'s console: (http://\S+/)", told))) == 2
    assert re.findall(r"^  \S{16}$", before, re.MULTILINE)


def test_one_browser_signs_in_at_both_consoles_at_once_in_every_seat():
    run = subprocess.Popen(
        (*PROGRAM, "--stay", "--password", PASSWORD),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        said = []
        for line in run.stdout:
            said.append(line)
            if line.startswith("The nodes run on"):
                break
        addresses = sorted(set(re.findall(r"console: (http://\S+)/", "".join(said))))
        with httpx2.Client() as browser:
            for seat in SEATS:
                body = {"name": seat, "password": PASSWORD}
                for url in addresses:
                    assert browser.post(f"{url}/api/v1/session", json=body).status_code == 201
                me = [browser.get(f"{url}/api/v1/session").json() for url in addresses]
                assert [one["name"] for one in me] == [seat, seat]
                assert {one["party"] for one in me} == {"north", "south"}
            pages = [browser.get(f"{url}/") for url in addresses]
            assert [page.headers["content-type"] for page in pages] == [HTML, HTML]
    finally:
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=300)
    assert run.returncode == 0


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


def test_on_a_terminal_it_opens_both_consoles_and_goes_on_until_it_is_interrupted(tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    ours, its = pty.openpty()
    run = subprocess.Popen(
        PROGRAM, stdout=its, env=os.environ | {"DISPLAY": ":9", "BROWSER": f"{browser} %s"}
    )
    os.close(its)
    with os.fdopen(ours, encoding="utf-8", errors="replace", newline="") as screen:
        said = ""
        while "The nodes run on" not in said:
            said += screen.readline()
        run.send_signal(signal.SIGINT)
        while "Both nodes have stopped" not in said:
            said += screen.readline()
    assert run.wait(timeout=300) == 0
    addresses = set(re.findall(r"console: (http://[\d.:]+/)", said))
    assert len(addresses) == 2
    assert set(opened.read_text(encoding="utf-8").split()) == addresses
