"""Concerns and assurances at the command line, between two nodes that exchange by file."""

import pytest
from node_commands import TwoFolders


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    found = TwoFolders.made(tmp_path_factory.mktemp("concern") / "at")
    found.declare("north")
    found.carry("north", "south")
    found.carry("south", "north")
    return found


def raised(nodes, *more, **expected):
    given = ("Low passes", "--words", "Twice this week.", "--clause", "A1")
    return nodes.south("concern", "raise", *given, *more, **expected)


def test_what_a_concern_cites_of_the_ledger_is_verified_here_or_told_as_not_held(nodes):
    (notice, *_rest) = nodes.json("south", "notice", "list")
    held = notice["message"]
    raised(
        nodes,
        *("--id", "EV", "--evidence", "notice", held, "duty officer"),
        *("--ledger", "activity", "north/N-SURVEY", "ab" * 32, "duty officer"),
        *(
            "--report",
            "press",
            "A ferry was overflown.",
            "Gazette",
            "2026-11-20T08:00:00Z",
            "press",
        ),
    )
    nodes.carry("south", "north")
    for look in (nodes.north, nodes.south):
        said = look("concern", "show", "EV", code=1 if look == nodes.north else 0)
        assert f"{held[:12]}: verified, entry" in said
        assert f"{'ab' * 6}: not held here" in said
        assert "vouched for by press" in said
        assert "Gazette" in said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--evidence", "activity", "south/NOT-THERE", "r"), "both sides do not know"),
        (("--evidence", "notice", "ab" * 32, "r"), "both sides do not know"),
        (("--evidence", "conflict", "nonsense", "r"), "both sides do not know"),
        (("--evidence", "interference", "south/I-9", "r"), "both sides do not know"),
        (("--evidence", "interference", "no slash", "r"), "both sides do not know"),
        (("--evidence", "matter", "decision/south/D-9", "r"), "both sides do not know"),
        (("--clause", "no-such"), "does not have"),
    ],
)
def test_evidence_that_the_other_side_cannot_know_of_is_refused(nodes, more, words):
    assert words in " ".join(raised(nodes, *more, code=2).split())


def test_no_clause_is_said_in_so_many_words(nodes):
    raised(nodes, "--id", "NONE", "--clause", "none")
    found = nodes.json("south", "concern", "show", "NONE")
    assert found["matter"]["steps"][0]["said"]["without_clause"] is True


def test_plans_are_held_against_assurances_before_they_are_declared(nodes):
    nodes.south(
        "assurance", "give", "No survey", "--until", "2031-06-01T00:00Z",
        "--from", "2031-05-01T00:00Z", "--id", "P",
    )  # fmt: skip
    said = nodes.south("assurance", "check", "south.geojson", code=1)
    assert "ASSURANCE BROKEN: south/P" in said
    assert nodes.json("south", "assurance", "check") == []
    declared = nodes.south(
        "activity", "declare", "south.geojson", "--contact", "duty officer", code=1
    )
    assert "ASSURANCE BROKEN: south/P" in declared
    (found,) = nodes.json("south", "assurance", "list", code=1)
    assert found["now"] == "not begun"
    assert len(found["broken"]) == len(nodes.json("south", "assurance", "check", code=1))


def test_an_expiry_before_its_beginning_is_refused(nodes):
    said = nodes.north(
        "assurance", "give", "Nothing", "--from", "2031-06-01T00:00Z",
        "--until", "2031-05-01T00:00Z", code=2,
    )  # fmt: skip
    assert "does not come after" in said
