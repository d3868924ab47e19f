"""`wideberth hotline` and `watch`: by two folders, bundle files and the telephone alone."""

import pytest
from node_commands import TwoFolders

PLACE = "36-12-00.00N 026-06-00.00E"
HAZARD = ("--phrase", f"hazard; place={PLACE}; distance=5 NM")
UNDERSTOOD = ("--phrase", "understood")


@pytest.fixture
def nodes(tmp_path):
    return TwoFolders.made(tmp_path)


def read_aloud(nodes, side, call):
    said = nodes.run("hotline", "voice", call, "--folder", side)
    (nodes.at / "heard.txt").write_text(said, encoding="utf-8")
    return said


def test_a_call_goes_by_file_from_the_flash_to_its_end(nodes):
    assert "call/north/C-1: ringing." in nodes.north("hotline", "call", "south", *HAZARD)
    said = nodes.north("hotline", "show", "C-1")
    assert "Delivered to south's node: not yet" in said
    nodes.settle()
    said = nodes.south("hotline", "show", "C-1", "--language", "fr", code=1)
    assert f"Danger ici : {PLACE}. Restez à une distance d'au moins 5 NM." in said
    assert "nobody" in nodes.south("hotline", "list", code=1)
    nodes.south("hotline", "take", "C-1", "--by", "deputy")
    nodes.south("hotline", "answer", "C-1", "--by", "deputy", *UNDERSTOOD)
    assert "deputy" in nodes.south("hotline", "list")
    nodes.settle()
    said = nodes.north("hotline", "show", "C-1")
    for words in ("Held by: deputy", "Rung: duty officer at", "Time until it was taken:"):
        assert words in said
    nodes.north("hotline", "close", "C-1")
    nodes.settle()
    stands = [nodes.json(side, "hotline", "show", "C-1")["stand"] for side in ("north", "south")]
    assert stands[0] == stands[1]
    assert stands[0]["state"] == "closed"


def test_what_was_heard_is_entered_once_and_then_said_to_be_here(nodes):
    nodes.north("hotline", "call", "south", *HAZARD)
    read_aloud(nodes, "north", "C-1")
    said = nodes.south("hotline", "hear", "heard.txt", "--by", "deputy")
    assert "call/south/C-1@north: entered as heard by voice." in said
    assert "by voice to deputy" in said
    assert "Read back: place is 35S MA 19089 06507" in said
    assert "here already, word for word" in nodes.south("hotline", "hear", "heard.txt")
    assert "our own message" in nodes.north("hotline", "hear", "heard.txt", code=2)


def test_the_groups_that_were_misheard_are_named(nodes):
    nodes.north("hotline", "call", "south", *HAZARD)
    said = read_aloud(nodes, "north", "C-1")
    (nodes.at / "heard.txt").write_text(said.replace("3612", "3621"), encoding="utf-8")
    assert "Ask for what is named again." in nodes.south("hotline", "hear", "heard.txt", code=2)
    assert "0 calls" in nodes.south("hotline", "list")


def test_a_call_that_was_heard_and_came_otherwise_by_file_is_in_red(nodes):
    nodes.north("hotline", "call", "south", "--id", "X", *HAZARD)
    nodes.settle()
    other = nodes.at / "other"
    other.mkdir()
    apart = TwoFolders.made(other)  # a north whose call of that name says otherwise
    apart.north("hotline", "call", "south", "--id", "X", "--phrase", "line-test")
    (nodes.at / "heard.txt").write_text(read_aloud(apart, "north", "X"), encoding="utf-8")
    nodes.south("hotline", "hear", "heard.txt")
    assert "Alarm: heard differently" in nodes.south("hotline", "show", "X", code=1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "say something"),
        (("--phrase", "hazard; place=here; distance=5 NM"), "place:"),
        (("--phrase", "line-tset"), "line-test"),
        (("--words", "hello", "--role", "admiral"), "no such role"),
        (("--words", "hello", "--in", "not a language"), "no other node could read"),
    ],
)
def test_what_cannot_be_said_is_refused_before_anything_leaves(nodes, more, words):
    assert words in nodes.north("hotline", "call", "south", *more, code=2)
    assert "0 calls" in nodes.north("hotline", "list")


def test_the_watch_is_handed_over_by_the_list_that_was_read(nodes):
    nodes.south("watch", "take", "--user", "ada")
    nodes.south("hotline", "call", "north", "--phrase", "line-test")
    nodes.south("watch", "offer", "--to", "ben")
    code = nodes.json("south", "watch", "status")["list"]
    nodes.south("hotline", "call", "north", "--phrase", "line-test")
    said = nodes.south("watch", "accept", "--user", "ben", "--list", code, code=2)
    assert "not the list of what is open now" in said
    code = nodes.json("south", "watch", "status")["list"]
    said = nodes.south("watch", "accept", "--user", "ben", "--list", code)
    assert "ben has the watch of duty officer, with 2 open items." in said
    assert "offered" in nodes.south("watch", "roster")
