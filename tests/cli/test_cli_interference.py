"""`wideberth interference`: from a report to its end by two folders and bundle files alone."""

import pytest
from node_commands import TwoFolders

REPORT = (
    *("--system", "GPS of two helicopters", "--service", "gnss", "--band", "1563.42-1587.42"),
    *("--effect", "lost", "--place", "26.1", "36.2", "--radius-km", "4", "--bearing", "45"),
    *("--source", "a transmitter on the coast", "--action", "flown home by sight"),
)
CLOSE = ("interference", "close", "I-1", "--outcome", "ceased")


@pytest.fixture
def nodes(tmp_path):
    return TwoFolders.made(tmp_path)


def opened(nodes, *more, report=REPORT, **how):
    return nodes.north("interference", "open", "south", *report, *more, **how)


def test_a_case_goes_by_bundle_from_the_report_to_its_end(nodes):
    assert "Case north/I-1: asked to cease." in opened(nodes, "--cease")
    assert "south is to answer by" in nodes.north("interference", "request", "I-1")
    nodes.settle()
    assert "asked to cease" in nodes.south("interference", "list", code=1)
    said = nodes.south("interference", "answer", "I-1", "--ceasing", "--reason", "a test of ours")
    assert "We are to have ceased by" in said
    seen = ("--words", "weaker", "--effect", "degraded", "--bearing", "225")
    nodes.south("interference", "observe", "I-1", *seen, "--seen-from", "26.3", "36.4")
    nodes.settle()
    said = nodes.north("interference", "show", "I-1")
    for words in (
        "State: ceasing",
        "1.56342 GHz to 1.58742 GHz",
        "45° true, seen from 36°12.00'N 026°06.00'E",
        "within 4 km",
        "Suspected: a transmitter on the coast",
        "Done so far: flown home by sight",
        "from 225° true",
        "a test of ours",
    ):
        assert words in said
    nodes.south("interference", "answer", "I-1", "--ceased")
    nodes.settle()
    assert "Case north/I-1: closed: ceased." in nodes.north(*CLOSE, "--words", "gone")
    nodes.settle()
    assert "0 cases" in nodes.south("interference", "list")
    nodes.south("interference", "observe", "I-1", "--words", "it was not ours alone")
    nodes.settle()
    ours, theirs = (nodes.json(s, "interference", "show", "I-1") for s in ("north", "south"))
    assert ours["report"] == theirs["report"]
    messages = [{step["message"] for step in case["steps"]} for case in (ours, theirs)]
    assert messages[0] == messages[1]
    assert len(messages[0]) == 8
    (listed,) = nodes.json("south", "interference", "list", "--all")
    assert (listed["state"], len(listed["steps"])) == ("closed", 1)
    for side in ("north", "south"):
        assert "The ledger is whole." in nodes.run("log", "verify", "--folder", side)


def test_a_bundle_taken_twice_makes_no_second_step(nodes):
    opened(nodes, "--cease")
    nodes.run("peer", "export", "south", "x.bundle", "--folder", "north")
    for _ in range(2):
        nodes.south("peer", "import", "x.bundle")
    assert len(nodes.json("south", "interference", "show", "I-1", code=1)["steps"]) == 2


def test_the_status_counts_open_cases_and_alarms_tell_who_is_asked(nodes):
    assert "interference" not in nodes.north("node", "status")
    opened(nodes, "--cease")
    assert "1 case of interference open; 0 overdue." in nodes.north("node", "status")
    nodes.settle()
    said = nodes.south("node", "status", code=1)
    assert "1 case of interference open" in said
    assert "north asks that interference with a service (gnss) cease" in said


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--band", "1563"), "LOW-HIGH in MHz"),
        (("--band", "1587-1563"), "runs backwards"),
        (("--place", "26.1", "96.2"), "latitude"),
        (("--bearing", "360"), "360"),
        (("--activity", "S-1"), "PARTY/ID"),
        (("--activity", "south/NONE"), "no activity that both sides know"),
        (("--conflict", "none"), "none that both sides know"),
        (("--from", "noon"), "RFC 3339"),
        (("--to", "2001-01-01T00:00:00Z"), "runs backwards"),
        (("--system", "x" * 201), "no other node could read this"),
        (("--case", "x" * 201), "no other node could read this"),
        (("--case", " "), "blank"),
        (("--radius-km", "-1"), "radius"),
        (("--service", "enemy"), "enemy"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy_and_leaves_no_case(nodes, asked, words):
    assert words in opened(nodes, *asked, code=2)
    assert "0 cases" in nodes.north("interference", "list", "--all")


def test_a_report_needs_its_effect_and_a_bearing_its_place(nodes):
    least = ("--system", "GPS", "--service", "gnss", "--band", "1-2")
    assert "--effect" in opened(nodes, report=least, code=2)
    said = opened(nodes, "--effect", "lost", "--bearing", "4", report=least, code=2)
    assert "--seen-from" in said
    said = opened(nodes, "--effect", "lost", "--seen-from", "4", "5", report=least, code=2)
    assert "--bearing" in said


def test_a_name_that_means_two_cases_is_asked_for_in_full(nodes):
    opened(nodes)
    nodes.run("interference", "open", "north", *REPORT, "--folder", "south")
    nodes.settle()
    said = nodes.north("interference", "show", "I-1", code=2)
    assert "north/I-1 or south/I-1" in said
    assert "Case south/I-1 with south" in nodes.north("interference", "show", "south/I-1")
    assert "is south's" in nodes.north("interference", "request", "south/I-1", code=2)
    assert "there is no case I-9" in nodes.north("interference", "show", "I-9", code=2)


def test_an_answer_says_which(nodes):
    opened(nodes, "--cease")
    nodes.settle()
    assert "say which" in nodes.south("interference", "answer", "I-1", code=2)
    assert "reason" in nodes.south("interference", "answer", "I-1", "--cannot", code=2)
    said = nodes.south("interference", "answer", "I-1", "--not-ours")
    assert "answered: not-ours" in said
    nodes.settle()
    assert "will not cease" in nodes.north("alarm", "list", code=1)
    assert "1 in red" in nodes.north("interference", "list", code=1)
