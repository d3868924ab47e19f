"""`wideberth incident`: from a report to the close by two folders and bundle files alone."""

import json

import pytest
from node_commands import TwoFolders
from terminal_oracle import seen

REPORT = (
    *("incident", "report", "Close crossing", "--at", "now", "--place", "26", "36.2"),
    *("--radius-km", "5", "--text", "It crossed close ahead.", "--act", "B-01", "--harm", "no"),
    *("--about", "activity/north/N-SURVEY"),
)
ADD = ("incident", "add", "IN-1", "--at", "now", "--text", "We kept our plan.")


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = TwoFolders.made(tmp_path_factory.mktemp("incident"))
    made.declare("north")
    made.settle()
    return made


def keys_of(nodes, side):
    found = nodes.json(side, "log", "keys")
    of = {(one["party"], one["purpose"]): one["key"] for one in found}
    return {purpose: key for (party, purpose), key in of.items() if party == side}


@pytest.fixture(scope="module")
def reported(nodes):
    said = nodes.north(*REPORT)
    assert "incident/north/IN-1: reported." in said
    assert "south owes the preliminary report by" in said
    nodes.settle()
    return nodes


def verified(nodes, *files, code=0, more=()):
    keys = [keys_of(nodes, side) for side in ("north", "south")]
    given = [
        option for one in keys for option in ("--key", one["log"], "--signer", one["envelope"])
    ]
    return nodes.run("incident", "verify", *files, *given, *more, code=code)


def test_a_report_with_an_act_that_is_not_agreed_or_without_a_time_is_refused(nodes):
    wrong = ["B-99" if word == "B-01" else word for word in REPORT]
    assert "Its codes: B-01" in nodes.north(*wrong, code=2)
    given = ("--text", "y", "--folder", "north")
    assert "say when it happened" in nodes.run("incident", "report", "x", *given, code=2)


def test_both_sides_show_the_same_incident_and_their_frozen_evidence(reported):
    nodes = reported
    assert "incident reported" in nodes.south("alarm", "list", code=1)
    shown = nodes.south("incident", "show", "IN-1", code=1)
    seen(shown, color=False)
    assert "B-01 (B1)" in shown
    assert "nothing yet" in shown
    stands = [nodes.json(s, "incident", "show", "IN-1", code=c)["stand"]
              for s, c in (("north", 0), ("south", 1))]  # fmt: skip
    assert stands[0]["frozen"]["north"] == stands[1]["frozen"]["north"]
    said = nodes.south("incident", "evidence", "IN-1")
    assert "declare 2 from north to south" in said or "declare 1 from north to south" in said


def test_the_evidence_of_both_is_shown_to_a_third_person_and_compared(reported):
    nodes = reported
    for side in ("north", "south"):
        nodes.run("incident", "export", "IN-1", "-o", f"{side}.excerpt", "--folder", side)
    said = verified(nodes, "north.excerpt", "south.excerpt")
    assert said.count("  SHOWN.") == 2
    assert "No two entries differ." in said
    assert "In both: 0" not in said
    stated = nodes.json("south", "incident", "evidence", "IN-1")["frozen"]["north"][0]["digest"]
    assert "SHOWN." in verified(nodes, "north.excerpt", more=("--digest", stated))
    assert "NOT SHOWN" in verified(nodes, "north.excerpt", more=("--digest", "0" * 64), code=1)


def test_evidence_that_was_altered_is_not_shown(reported):
    nodes = reported
    nodes.north("incident", "export", "IN-1", "-o", "altered.excerpt")
    file = nodes.at / "altered.excerpt"
    made = json.loads(file.read_text())
    made["entries"][0]["raw"], made["entries"][1]["raw"] = (
        made["entries"][1]["raw"], made["entries"][0]["raw"],
    )  # fmt: skip
    file.write_text(json.dumps(made))
    assert "NOT SHOWN" in verified(nodes, "altered.excerpt", code=1)
    assert "no excerpt" in verified(nodes, "north.geojson", code=2)


def test_it_is_reviewed_closed_by_both_and_opened_again(reported):
    nodes = reported
    assert "under review" in nodes.south(*ADD)
    nodes.settle()
    shown = nodes.north("incident", "show", "IN-1")
    assert "The sides differ in: " in shown
    assert "final report is missing" in nodes.north("incident", "close", "IN-1", code=2)
    for side in ("north", "south"):
        final = ("--final", "--text", "Agreed in the review.")
        nodes.run("incident", "add", "IN-1", *final, "--folder", side)
        nodes.settle()
    final = nodes.json("south", "incident", "show", "IN-1")["stand"]["final"]
    assert final["north"]["about"] == ["activity/north/N-SURVEY"]  # what was not said anew stays
    nodes.north("incident", "review", "IN-1", "--meeting", "meeting/north/M-1")
    action = ("--action", "action/south/A-1")
    nodes.north("incident", "finding", "IN-1", "--text", "Too little room.", *action)
    nodes.settle()
    nodes.south("incident", "finding", "IN-1", "--agree")
    assert "closing" in nodes.south("incident", "close", "IN-1")
    nodes.settle()
    assert "incident/north/IN-1: closed." in nodes.north("incident", "close", "IN-1")
    nodes.settle()
    shown = nodes.south("incident", "show", "IN-1")
    for words in ("State: closed", "The findings agree.", "action/south/A-1", "meeting/north/M-1"):
        assert words in shown
    assert "0 matters" in nodes.south("incident", "list")
    reason = ("--reason", "a recording was found")
    assert "under review" in nodes.south("incident", "reopen", "IN-1", *reason)
    nodes.settle()
    assert "1 matter" in nodes.north("incident", "list")
    for side in ("north", "south"):
        assert "The ledger is whole." in nodes.run("log", "verify", "--folder", side)
